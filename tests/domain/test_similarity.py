"""The right account comes first, and nothing is taken without asking unless it stands out."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.names import squash
from bot.domain.similarity import Ambiguous, Certain, Nothing, Ranked, decide, rank, score
from tests.domain.company_names import SLIPS, companies, queries

BOOK = companies(10_000)
ROWS = list(enumerate(BOOK))


def test_the_right_account_is_first_in_96_and_among_five_in_99_of_100() -> None:
    first, within, asked = Counter[str](), Counter[str](), 490
    for query in queries(BOOK, asked, seed=11):
        found = [one.id for one in rank(query.text, ROWS)]
        first[query.slip] += found[:1] == [query.meant]
        within[query.slip] += query.meant in found
    assert first.total() / asked >= 0.96, first
    assert within.total() / asked >= 0.99, within
    assert min(first[slip] for slip in SLIPS if slip != "prefix") >= 0.97 * asked / len(SLIPS), first


def test_an_account_taken_without_asking_is_the_right_one() -> None:
    for query in queries(BOOK, 210, seed=12):
        decision = decide(rank(query.text, ROWS))
        assert not isinstance(decision, Certain) or decision.match.id == query.meant, query


def test_a_company_that_is_not_in_the_book_is_rarely_taken_for_another() -> None:
    absent = companies(10_200)[10_000:]
    taken = [query for query in queries(absent, 210, seed=13) if isinstance(decide(rank(query.text, ROWS)), Certain)]
    assert len(taken) <= 0.02 * 210, taken


def test_the_short_list_loses_no_winner() -> None:
    """Ranking 2,000 at once finds the best score that scoring each of them one by one finds."""
    some = ROWS[:2_000]
    for query in queries(BOOK[:2_000], 42, seed=14):
        best = max(score(query.text, name) for _, name in some)
        assert rank(query.text, some)[0].score == best


@pytest.mark.parametrize(
    ("query", "right", "others"),
    [
        ("acme", "Acme Ltd", ["Acme Labs", "Acne Ltd", "Apex"]),
        ("acme labs", "Acme Labs", ["Acme Ltd", "Labs Acme Group"]),
        ("gtxpro", "GTX Pro", ["GTX Plus", "GTK Pro Group"]),
        ("labs acme", "Acme Labs", ["Acme Ltd", "Lab Acmex"]),
        ("contso elec", "Contoso Electric", ["Contour Elevators", "Costco"]),
        ("muller sohne", "Müller & Söhne GmbH & Co. KG", ["Möller Söhne Bau", "Müller Bau"]),
        ("mueller", "Müller GmbH", ["Miller Inc", "Mueslidreams"]),
        ("northwnd traders", "Northwind Traders", ["Northern Trading", "Northwind Labs"]),
        ("日立", "株式会社日立製作所", ["三菱電機株式会社", "日本製鉄"]),
    ],
)
def test_who_is_first(query: str, right: str, others: list[str]) -> None:
    names = [*others, right]
    assert rank(query, enumerate(names))[0].name == right


def test_a_hundred_means_the_same_letters() -> None:
    assert score("GTX Pro Inc", "gtxpro") == 100
    assert score("acme", "Acme Labs") < 100
    assert score("", "Acme") == 0
    assert score("Acme", "") == 0


@given(st.text(max_size=30), st.text(max_size=30))
def test_a_score_is_between_0_and_100_and_full_only_for_the_same_letters(query: str, name: str) -> None:
    assert 0 <= score(query, name) <= 100
    assert (score(query, name) == 100) == (squash(query) == squash(name) != "")


@given(st.lists(st.sampled_from(BOOK[:300]), max_size=12, unique=True), st.randoms(use_true_random=False))
def test_the_order_of_candidates_does_not_matter(names: list[str], shuffler: random.Random) -> None:
    rows = list(enumerate(names))
    shuffled = rows.copy()
    shuffler.shuffle(shuffled)
    assert rank("nordic bank", rows) == rank("nordic bank", iter(shuffled))


def test_the_best_of_several_names_counts_and_an_account_is_listed_once() -> None:
    ranked = rank("ibm", [(1, "International Business Machines"), (1, "IBM"), (2, "IBN Systems")])
    assert [one.id for one in ranked] == [1, 2]
    assert ranked[0] == Ranked(1, "IBM", 100.0)


def test_no_more_than_the_limit() -> None:
    assert len(rank("acme", [(at, f"Acme {at}") for at in range(20)], limit=3)) == 3
    assert rank("acme", []) == []


def _ranked(*scores: float) -> list[Ranked]:
    return [Ranked(at, f"Name {at}", value) for at, value in enumerate(scores)]


@pytest.mark.parametrize(
    ("scores", "decision"),
    [
        ((), Nothing),
        ((54.9,), Nothing),
        ((55.0,), Ambiguous),
        ((89.9,), Ambiguous),
        ((90.0,), Certain),
        ((90.0, 82.0), Certain),
        ((90.0, 82.1), Ambiguous),
        ((100.0, 95.0), Ambiguous),
        ((100.0, 92.0), Certain),
    ],
)
def test_decide(scores: tuple[float, ...], decision: type) -> None:
    assert type(decide(_ranked(*scores))) is decision


def test_the_unlike_are_not_offered() -> None:
    assert decide(_ranked(80, 70, 20)) == Ambiguous(tuple(_ranked(80, 70)))


def test_the_same_seed_makes_the_same_names() -> None:
    assert companies(200, seed=5) == companies(200, seed=5) != companies(200, seed=6)
    assert list(queries(BOOK, 20, seed=3)) == list(queries(BOOK, 20, seed=3))
    assert len({squash(name) for name in BOOK}) == len(BOOK)
