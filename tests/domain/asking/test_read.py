"""Questions in people's own words: what is understood of them, and what is never taken for something else."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.asking.outcome import Before, Unclear, Understood
from bot.domain.asking.queries import QUESTIONS, Query, Status, names_in
from bot.domain.asking.read import read
from bot.domain.asking.words import NameKind
from bot.domain.names import fold
from tests.domain.asking.phrasings import Phrasing, heard, known, phrasings, roster
from tests.domain.asking.score import exact, named, wrong_accounts

KNOWN = known()


@pytest.mark.parametrize("one", list(phrasings("phrasings.csv")), ids=lambda one: " >> ".join(one.turns))
def test_asks_for_what_was_meant(one: Phrasing) -> None:
    assert heard(one.turns, KNOWN) == one.want


@pytest.mark.parametrize(
    ("file", "share"),
    [("paraphrases.csv", 0.97), ("fresh.csv", 0.97), ("voices.csv", 0.97), ("held_out.csv", 0.94), ("sealed.csv", 0.9)],
)
def test_understands_paraphrases(file: str, share: float) -> None:
    """Before the parser knew them it read 80 %, 91 %, 78 % and 50 % of these files exactly, none with a wrong account.
    It was made better with the first three; of `held_out.csv` only the score was ever looked at, of `sealed.csv`
    the score only once, at the end: 54 of 60."""
    right, wrong = exact(phrasings(file))
    assert len(right) / (len(right) + len(wrong)) >= share


def test_never_takes_one_account_for_another() -> None:
    """A name that is passed on and that an account has, to the letter, is the one that was typed."""
    for file in ("phrasings.csv", "paraphrases.csv", "fresh.csv", "voices.csv", "held_out.csv", "sealed.csv"):
        assert wrong_accounts(phrasings(file)) == []


_ALSO_WORDS = (
    "next target overdue may all team march open renewal health risk friday quarter today champion notice promise "
    "status mine who the my new last first support insights growth summer april q1 arr nps csat churn forecast quota "
    "customer account ticket usage step plan call touch week month year monday easter ocean march first left plus core"
)


def test_words_of_questions_are_nobody_s_name_where_accounts_are_called_so() -> None:
    """In a book of very many names some are words: nothing that is asked is taken for one of them."""
    with_words: dict[str, NameKind] = dict.fromkeys(_ALSO_WORDS.split(), "account")
    for file in ("phrasings.csv", "paraphrases.csv", "fresh.csv", "voices.csv"):
        for one in phrasings(file):
            found = named(heard(one.turns, {**with_words, **KNOWN}))
            assert found & set(with_words) <= named(one.want), one.turns


@pytest.mark.parametrize(
    "more", ["holdings", "trading", "shipping", "systems", "global", "Next", "Energy & Co", "Holdings"]
)
@pytest.mark.parametrize("ask", ["how is {} doing", "{} renewal", "did {} mention pricing", "is {} at risk", "{}?"])
def test_a_name_that_goes_on_is_another(ask: str, more: str) -> None:
    found = read(ask.format(f"acme {more}" if more.islower() else f"Acme {more}"), KNOWN)
    assert isinstance(found, Unclear) or "acme" not in [fold(name) for one in found.questions for name in names_in(one)]


@pytest.mark.parametrize("account", [*roster()["accounts"]])
@pytest.mark.parametrize("more", ["Digital", "group", "north", "2", "holding"])
def test_a_longer_name_is_never_the_shorter_one(account: str, more: str) -> None:
    for text in (f"when does {account} {more} renew?", f"open tickets for {account.lower()} {more.lower()}"):
        found = read(text, KNOWN)
        assert isinstance(found, Understood)
        assert [fold(name) for one in found.questions for name in names_in(one)] == [fold(f"{account} {more}")]


def test_a_quoted_name_is_a_name_whatever_it_says() -> None:
    accounts = {**KNOWN, fold("Open Next Renewals"): "account", fold("May"): "account"}
    assert read('status of "Open Next Renewals"', accounts) == Understood((Status(account="Open Next Renewals"),))
    assert read('how is "may" doing', accounts) == Understood((Status(account="may"),))


def test_words_of_questions_name_no_account_unless_written_like_one() -> None:
    accounts = {**KNOWN, "next month": "account", "may": "account"}
    renewing = read("what renews next month", accounts)
    assert isinstance(renewing, Understood)
    assert names_in(renewing.questions[0]) == ()


_WORDS = sorted({word for one in phrasings("phrasings.csv") for turn in one.turns for word in turn.split()})


@settings(max_examples=150)
@given(st.text(max_size=200) | st.lists(st.sampled_from(_WORDS)).map(" ".join))
def test_reads_anything(text: str) -> None:
    """Whatever is typed is a question of the closed set or unclear, and what was understood can be kept as text."""
    for before in (Before(), Before((Status(account="Acme"),), here="Globex")):
        found = read(text, KNOWN, before)
        assert isinstance(found, Understood | Unclear)
        if isinstance(found, Understood):
            assert 1 <= len(found.questions) <= 3
            assert all(isinstance(one, Query) for one in found.questions)
            assert QUESTIONS.validate_json(QUESTIONS.dump_json(found.questions)) == found.questions


def test_reads_a_page_of_text_at_once() -> None:
    assert isinstance(read("acme " * 5_000, KNOWN), Understood | Unclear)
    assert isinstance(read("a" * 100_000, KNOWN), Understood | Unclear)
