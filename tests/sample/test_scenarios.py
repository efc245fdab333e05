"""Every state that the table promises is true in the written rows, on any day."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import date

import pytest

from bot.sample import SCENARIOS
from tests.sample.reading import DAYS, Book, Row, book

Check = Callable[[Book, Row], bool]
every_day = pytest.mark.parametrize("today", DAYS, ids=str)


def healthy(b: Book, a: Row) -> bool:
    scores = b.latest_nps(a)
    loud = [t for t in b.of("tickets", a) if not t["solved_at"] and t["priority"] in {"urgent", "high"}]
    return (
        b.share(a, 0) >= 0.65
        and sum(scores) / len(scores) >= 7.5
        and all(b.age(ticket["opened_at"]) <= 14 for ticket in loud)
        and b.last_touch(a) <= 30
        and not overdue(b, a)
    )


def slipping(b: Book, a: Row) -> bool:
    scores = b.latest_nps(a)
    return falling(b, a) and sum(scores) / len(scores) < 7.75 and paying(b, a)


def at_risk(b: Book, a: Row) -> bool:
    scores = b.latest_nps(a)
    stuck = [t for t in b.of("tickets", a) if not t["solved_at"] and b.age(t["opened_at"]) > 14]
    return falling(b, a) and sum(scores) / len(scores) < 6.5 and bool(stuck) and overdue(b, a) and paying(b, a)


def unknown(b: Book, a: Row) -> bool:
    return not any(b.of(name, a) for name in ("usage", "surveys", "tickets")) and b.last_touch(a) > 180 and paying(b, a)


def paying(b: Book, a: Row) -> bool:
    return any(line["status"] == "active" for line in b.lines(a))


def falling(b: Book, a: Row) -> bool:
    return b.share(a, 0) <= b.share(a, 26) * 0.9


def rising(b: Book, a: Row) -> bool:
    return b.share(a, 0) >= b.share(a, 52) * 1.08


def flat(b: Book, a: Row) -> bool:
    return abs(b.share(a, 0) / b.share(a, 26) - 1) < 0.08


def overdue(b: Book, a: Row) -> bool:
    return any(p["status"] == "open" and p["by"] == "us" and b.age(p["due_on"]) > 0 for p in b.of("promises", a))


def notice_left(b: Book, a: Row) -> list[int]:
    """Days until notice must be given, for lines that would otherwise run on."""
    lines = [line for line in b.lines(a) if line["auto_renew"] == "true" and line["notice_days"]]
    return [-b.age(line["ends_on"]) - int(line["notice_days"]) for line in lines if b.age(line["ends_on"]) <= 0]


def rolled_forward(b: Book, a: Row) -> bool:
    return all(
        ln["auto_renew"] == "true" and b.age(ln["ends_on"]) > 0 and ln["status"] == "active" for ln in b.lines(a)
    )


def lapsed(b: Book, a: Row) -> bool:
    return all(ln["auto_renew"] == "false" and 0 < b.age(ln["ends_on"]) < 90 for ln in b.lines(a))


def overlapping(b: Book, a: Row) -> bool:
    running = [ln for ln in b.of("contracts", a) if b.age(ln["starts_on"]) >= 0 >= b.age(ln["ends_on"])]
    return len({ln["product"] for ln in running}) < len(running) and len({ln["contract_number"] for ln in running}) > 1


def champion_left(b: Book, a: Row) -> bool:
    champions = [p for p in b.of("people", a) if p["role"] == "champion"]
    named = sum(champions[0]["name"].split()[0] in row["text"] for row in b.of("interactions", a))
    return all(person["left_on"] for person in champions) and named > 10


def brand_new(b: Book, a: Row) -> bool:
    first = max(b.age(line["starts_on"]) for line in b.of("contracts", a))
    return 10 <= first <= 18 and a["lifecycle"] == "onboarding"


def orphan(b: Book, a: Row) -> bool:
    members = {m["email"]: m for m in b.files["members.csv"]}
    return members[a["owner_email"]]["active"] == "false"


def similar(b: Book, a: Row) -> bool:
    return sum(name.split()[0] == a["name"].split()[0] for name in b.accounts) > 1


def plain(text: str) -> bool:
    return all(ord(character) < 128 for character in text)


def latin(text: str) -> bool:
    return all("LATIN" in unicodedata.name(c) for c in text if c.isalpha())


def told(b: Book, a: Row, *words: str) -> bool:
    return any(word in row["text"] for row in b.of("interactions", a) for word in words)


def hostile(b: Book, a: Row) -> bool:
    needed = ("<!channel>", "<http://evil.example|click>", "=HYPERLINK(", "gnore previous instructions", "\u202e", "🚨")
    notes = [row for row in b.of("interactions", a) if all(part in row["text"] for part in needed)]
    return bool(notes) and all(row["by_customer"] == "true" and row["client_safe"] == "false" for row in notes)


def currencies(b: Book, a: Row) -> set[str]:
    return {line["currency"] for line in b.lines(a)}


def nps(b: Book, a: Row, low: int, high: int) -> bool:
    return any(low <= score <= high for score in b.latest_nps(a))


def ticket_waits(b: Book, a: Row) -> bool:
    urgent = [t for t in b.of("tickets", a) if t["priority"] == "urgent" and t["status"] == "open"]
    return any(b.age(ticket["opened_at"]) > 30 and ticket["escalated"] == "true" for ticket in urgent)


def promised(status: str) -> Check:
    return lambda b, a: any(promise["status"] == status for promise in b.of("promises", a))


def sold_only_in(code: str) -> Check:
    return lambda b, a: currencies(b, a) == {code}


def sized(segment: str) -> Check:
    return lambda _, a: a["segment"] == segment


CHECKS: dict[str, Check] = {
    "healthy": healthy,
    "slipping": slipping,
    "at risk": at_risk,
    "unknown": unknown,
    "usage falling": falling,
    "usage rising": rising,
    "usage flat": flat,
    "over entitlement": lambda b, a: b.share(a, 0) > 1.05,
    "notice deadline passed": lambda b, a: any(left < 0 for left in notice_left(b, a)),
    "notice deadline soon": lambda b, a: 0 <= min(notice_left(b, a)) <= 14,
    "business-day notice": lambda b, a: any(ln["notice_business_days"] == "true" for ln in b.lines(a)),
    "renewal window": lambda b, a: all(-120 <= b.age(ln["ends_on"]) <= -60 for ln in b.lines(a)),
    "rolled forward": rolled_forward,
    "lapsed": lapsed,
    "overlapping subscriptions": overlapping,
    "champion left": champion_left,
    "silent": lambda b, a: b.last_touch(a) > 120 and paying(b, a) and b.share(a, 0) > 0.4,
    "brand new": brand_new,
    "two currencies": lambda b, a: len(currencies(b, a)) == 2,
    "parent": lambda b, a: sum(other["parent"] == a["name"] for other in b.accounts.values()) == 2,
    "subsidiary": lambda b, a: a["parent"] in b.accounts,
    "similar name": similar,
    "exact alias": lambda b, a: [n for n, o in b.accounts.items() if "Acme" in o["aliases"].split("; ")] == [a["name"]],
    "alias": lambda _, a: bool(a["aliases"]),
    "former name": lambda _, a: bool(a["aliases"]),
    "non-Latin name": lambda _, a: not latin(a["name"]),
    "accents": lambda _, a: not plain(a["name"]) and latin(a["name"]),
    "apostrophe": lambda _, a: "’" in a["name"] and "'" in a["aliases"],
    "ampersand": lambda _, a: "&" in a["name"],
    "orphan": orphan,
    "no owner": lambda _, a: not a["owner_email"] and not a["owner"],
    "former customer": lambda b, a: a["kind"] == "former" and all(ln["status"] == "cancelled" for ln in b.lines(a)),
    "trial": lambda b, a: all(ln["trial"] == "true" and float(ln["amount"]) == 0 for ln in b.lines(a)),
    "prospect": lambda b, a: a["kind"] == "prospect" and not b.of("contracts", a) and bool(b.of("opportunities", a)),
    "competitor mentioned": lambda b, a: told(b, a, "Docuvia", "Papyron"),
    "promise overdue": overdue,
    "promise missed": promised("missed"),
    "promise kept": promised("kept"),
    "urgent old ticket": ticket_waits,
    "NPS detractor": lambda b, a: nps(b, a, 0, 6),
    "NPS promoter": lambda b, a: nps(b, a, 9, 10),
    "hostile note": hostile,
    "very long note": lambda b, a: any(len(row["text"]) > 3000 for row in b.of("interactions", a)),
    **{code: sold_only_in(code) for code in ("EUR", "GBP", "USD", "SEK", "JPY")},
    **{size: sized(size) for size in ("strategic", "mid-market", "small")},
}


def test_the_table_names_every_account_and_every_state() -> None:
    assert set(SCENARIOS) == set(book(DAYS[4]).accounts)
    assert {state for states in SCENARIOS.values() for state in states} == set(CHECKS)


@every_day
def test_every_state_is_true_in_the_rows(today: date) -> None:
    b = book(today)
    wrong = [
        (name, state)
        for name, states in SCENARIOS.items()
        for state in states
        if not CHECKS[state](b, b.accounts[name])
    ]
    assert wrong == []


@pytest.mark.parametrize("seed", [1, 99])
def test_another_seed_keeps_every_state(seed: int) -> None:
    b = book(DAYS[4], seed)
    assert [
        (name, state)
        for name, states in SCENARIOS.items()
        for state in states
        if not CHECKS[state](b, b.accounts[name])
    ] == []


@every_day
def test_both_kinds_of_visibility_and_of_origin_are_there(today: date) -> None:
    rows = book(today).files["interactions.csv"]
    for column in ("client_safe", "by_customer"):
        share = sum(row[column] == "true" for row in rows) / len(rows)
        assert 0.1 < share < 0.8, column
    assert all(bool(row["author_email"]) != (row["by_customer"] == "true") for row in rows)


@every_day
def test_four_managers_share_the_book(today: date) -> None:
    owners = [row["owner"] for row in book(today).accounts.values()]
    for name in ("Maya Lindqvist", "Jonas Berg", "Priya Raman", "Tomás Ferreira"):
        assert owners.count(name) >= 6
