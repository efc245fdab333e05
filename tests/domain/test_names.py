"""Folding of company names and hosts."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.names import domain_of, fold, squash


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Acme Ltd", "acme"),
        ("ACME LIMITED", "acme"),
        ("The Acme Company, Inc.", "acme"),
        ("Acme Labs", "acme labs"),
        ("Acme Group", "acme group"),
        ("Acme Holdings Ltd.", "acme holdings"),
        ("Müller & Söhne GmbH & Co. KG", "muller and sohne"),
        ("Müller und Söhne GmbH & Co KG", "muller and sohne"),
        ("MULLER AND SOHNE", "muller and sohne"),
        ("Société Générale S.A.", "societe generale"),
        ("Dupont et Fils SARL", "dupont and fils"),
        ("Dupont & Cie", "dupont"),
        ("Acme S. A.", "acme"),
        ("Fratelli Rossi S.r.l.", "fratelli rossi"),
        ("Fratelli Rossi Srl", "fratelli rossi"),
        ("Ferrero S.p.A.", "ferrero"),
        ("Cemex, S.A.B. de C.V.", "cemex"),
        ("Grupo Norte, S. de R.L. de C.V.", "grupo norte"),
        ("Perez y Garcia, S.L.", "perez and garcia"),
        ("Construções Lopes Lda.", "construcoes lopes"),
        ("Padaria Sol Ltda", "padaria sol"),
        ("Atlassian Pty. Ltd.", "atlassian"),
        ("Acme (Pty) Ltd", "acme"),
        ("Grab Pte Ltd", "grab"),
        ("Petronas Dagangan Sdn. Bhd.", "petronas dagangan"),
        ("Infosys Private Limited", "infosys"),
        ("Infosys Pvt. Ltd.", "infosys"),
        ("Ericsson AB (publ)", "ericsson"),
        ("Novo Nordisk A/S", "novo nordisk"),
        ("Kone Oyj", "kone"),
        ("Ørsted A/S", "orsted"),
        ("Łódź Foods Sp. z o.o.", "lodz foods"),
        ("Škoda Auto a.s.", "skoda auto"),
        ("Vodafone Libertel B.V.", "vodafone libertel"),
        ("Türk Hava A.Ş.", "turk hava"),
        ("İstanbul Gıda Ltd. Şti.", "istanbul gida"),
        ("株式会社日立製作所", "日立製作所"),
        ("日立製作所株式会社", "日立製作所"),
        ("㈱日立製作所", "日立製作所"),
        ("Hitachi KK", "hitachi"),
        ("ｶﾞｽ工業", "ガス工業"),
        ("华为技术有限公司", "华为技术"),
        ("주식회사 카카오", "카카오"),
        ("ООО «Ромашка»", "ромашка"),
        ("PT Telkom Indonesia Tbk", "telkom indonesia"),
        ("บริษัท ปตท จำกัด (มหาชน)", "ปตท"),
        ("J.P. Morgan", "jp morgan"),
        ("J P Morgan", "jp morgan"),
        ("U.S. Steel", "us steel"),
        ("McDonald’s Corp.", "mcdonalds"),
        ("Disney+", "disney plus"),
        ("Booking.com B.V.", "booking com"),
        ("Version 3.5 Labs", "version 3 5 labs"),
        ("Straße AG", "strasse"),
        ("Zero\u200bWidth Inc", "zerowidth"),
        ("  many   spaces  ", "many spaces"),
    ],
)
def test_fold(name: str, folded: str) -> None:
    assert fold(name) == folded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Acme Ltd", "Acme Labs"),
        ("Acme Ltd", "Acme Group Ltd"),
        ("GTXPro", "GTX Pro"),
        ("ハス", "バス"),
        ("Disney", "Disney+"),
        ("Company_1", "Company_11"),
        ("Vitamin A", "Vitamin B"),
        ("3M", "4M"),
    ],
)
def test_different_companies_stay_different(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@pytest.mark.parametrize(
    "name", ["Ltd", "GmbH & Co. KG", "The", "The Co", "株式会社", "!!!", "&", "-", "...", "\u200b"]
)
def test_a_name_that_is_only_a_legal_form_or_signs_keeps_something(name: str) -> None:
    assert fold(name)


def test_the_legal_form_alone_stays_what_it_says() -> None:
    assert fold("Ltd") == "ltd"
    assert fold("AB Oy") == "ab"
    assert fold("The Company") == "company"


@pytest.mark.parametrize(
    ("one", "other"), [("GTXPro", "GTX Pro"), ("Face Book Inc", "facebook"), ("7-Eleven", "7eleven")]
)
def test_squash_ignores_spaces(one: str, other: str) -> None:
    assert squash(one) == squash(other)


@given(st.text(max_size=40))
@example("İ")
@example("ǅ & Co")
@example("a b ltd c")
@example("ﬃ Ltd\u0301")
def test_folding_twice_is_folding_once_and_never_loses_a_name(name: str) -> None:
    folded = fold(name)
    assert fold(folded) == folded
    assert bool(folded) == bool(name.strip())


@given(
    st.lists(
        st.sampled_from(
            ["the", "acme", "ltd", "co", "and", "gmbh", "&", "s", "a", ".", "kg", "labs", "株式会社", "oy", "y"]
        ),
        min_size=1,
        max_size=6,
    )
)
def test_any_mix_of_forms_folds_stably(words: list[str]) -> None:
    folded = fold(" ".join(words))
    assert folded
    assert fold(folded) == folded


@given(st.from_regex(r"[A-Za-z]{3,10} [A-Za-z]{3,10}", fullmatch=True))
def test_case_and_punctuation_never_matter(name: str) -> None:
    assert fold(name.upper()) == fold(name.lower()) == fold(name.replace(" ", " - ") + ".")


@pytest.mark.parametrize(
    ("text", "host"),
    [
        ("acme.com", "acme.com"),
        ("ACME.com", "acme.com"),
        ("www.acme.com", "acme.com"),
        ("https://www.acme.co.uk/about?x=1#top", "acme.co.uk"),
        ("http://user:secret@acme.com:8080/x", "acme.com"),
        ("//acme.com/x", "acme.com"),
        ("acme.com/contact@us", "acme.com"),
        ("acme.com:443", "acme.com"),
        ("acme.com.", "acme.com"),
        ("ana@acme.com", "acme.com"),
        ("Ana Lopez <ana@acme.com>", "acme.com"),
        ("mailto:ana@acme.com", "acme.com"),
        ("ana@mail.acme.com", "mail.acme.com"),
        ("acme.myshopify.com", "acme.myshopify.com"),
        ("https://münchen.de", "xn--mnchen-3ya.de"),
        ("xn--mnchen-3ya.de", "xn--mnchen-3ya.de"),
        ("ana@gmail.com", None),
        ("ana@yahoo.co.jp", None),
        ("gmx.de", None),
        ("https://www.linkedin.com/company/acme", None),
        ("https://de.linkedin.com/company/acme", None),
        ("localhost", None),
        ("http://localhost:3000", None),
        ("192.168.1.10", None),
        ("http://[::1]/", None),
        ("Acme Ltd", None),
        ("no website", None),
        ("n/a", None),
        ("", None),
        ("   ", None),
        ("@", None),
        ("acme", None),
        ("-acme-.com", None),
        ("a..com", None),
        ("ana@", None),
    ],
)
def test_domain_of(text: str, host: str | None) -> None:
    assert domain_of(text) == host


@given(st.text(max_size=60))
def test_any_text_gives_a_plausible_host_or_none(text: str) -> None:
    host = domain_of(text)
    assert host is None or ("." in host and host == host.lower() and not host.startswith("www."))
    assert host is None or domain_of(host) == host
