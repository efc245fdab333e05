"""The nightly pass: exact as of any day, done once, and quiet when it was the data that moved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.bootstrap import load_policies
from bot.domain.health_past import Kept, is_same, kept
from bot.domain.ids import parse_id
from bot.domain.policy import Policies, parse_policies
from bot.rulebook import SHIPPED
from bot.services.health.nightly import LEASE, Nightly, Passed, keep_health
from bot.services.measure import healths
from bot.storage import health as storage
from bot.storage.queries import health as queries
from tests.services.clerk import NOW, SELF, Clerk

POLICIES = load_policies(None)
UTC = ZoneInfo("UTC")
TODAY = NOW.date()
TICKETS = "ticket_id,account_id,opened at,status,priority,subject\nT0,1,2026-03-02T08:00:00Z,solved,normal,Old\n"
BOOK = {
    "accounts.csv": "id,name,segment\n1,Birch,mid\n2,Oak,mid\n3,Bare,mid\n",
    "calls.csv": "call_id,account_id,activity date,activity type,subject\n"
    "C1,1,2026-02-20,call,a\nC2,2,2026-02-25,call,b\n",
    "contracts.csv": "contract number,account id,product,mrr,start date,end date,auto renew\n"
    "K1,1,Folio,10,2025-02-01,2027-01-31,true\nK2,2,Folio,10,2025-02-01,2026-04-30,false\n",
    "tickets.csv": TICKETS,
}


@pytest.fixture
def book(clerk: Clerk) -> Clerk:
    clerk.bring(BOOK)
    return clerk


def account(clerk: Clerk, key: str) -> int:
    return parse_id(clerk.find(key).account_id or "") or 0


def night(clerk: Clerk, after: int = 0, policies: Policies = POLICIES) -> Passed:
    return keep_health(clerk.database, policies, UTC, lambda: NOW + timedelta(days=after))


def standing(clerk: Clerk, one: int, day: date) -> Kept | None:
    with clerk.database.reading(SELF) as reader:
        return queries.standing(reader, [one], day).get(one)


def live(clerk: Clerk, after: int, ids: Sequence[int]) -> dict[int, Kept]:
    now = NOW + timedelta(days=after)
    with clerk.database.reading(SELF) as reader:
        found = healths(reader, ids, POLICIES, now, now.date())
    return {one: kept(health, POLICIES, now.date()) for one, health in found.items()}


def urgent(number: int) -> dict[str, str]:
    rows = "".join(f"U{at},1,2026-03-04T08:00:00Z,open,urgent,Down {at}\n" for at in range(number))
    return {"tickets.csv": TICKETS + rows}


def test_any_day_reads_as_it_was(book: Clerk) -> None:
    ids = [account(book, key) for key in ("1", "2", "3")]
    was = {}
    for after in range(0, 40, 3):
        was[TODAY + timedelta(days=after)] = live(book, after, ids)
        assert night(book, after) == Passed(TODAY + timedelta(days=after), True, 3, _written(book, after), 0)
    for day, found in was.items():
        for one in ids:
            assert is_same(known := standing(book, one, day) or pytest.fail("no reading"), found[one])
            assert known.on <= day
    assert standing(book, ids[0], TODAY - timedelta(days=1)) is None
    assert len(book.rows_of("health_reading")) < 3 * len(was), "days that say the same are not written"


def _written(clerk: Clerk, after: int) -> int:
    day = TODAY + timedelta(days=after)
    return sum(row.on == day for row in clerk.rows_of("health_reading"))


def test_a_pass_is_done_once(book: Clerk) -> None:
    assert night(book).accounts == 3
    assert night(book) == Passed(TODAY, done=True)
    assert [(row.on, row.accounts, row.written, row.finished_at is None) for row in book.rows_of("health_pass")] == [
        (TODAY, 3, 3, False)
    ]


def test_another_goes_on_where_a_dead_one_stopped(book: Clerk) -> None:
    first = sorted(account(book, key) for key in ("1", "2", "3"))[0]
    with book.database.writing(SELF, NOW) as writer:
        turn = storage.begin(writer, TODAY, "[]", "dead", NOW + LEASE)
        assert turn is not None
        assert storage.begin(writer, TODAY, "[]", "other", NOW + LEASE) is None
        assert storage.advance(writer, turn, first, 1, 0, NOW + LEASE)
    assert night(book) == Passed(TODAY, done=False), "it may be alive"
    later = keep_health(book.database, POLICIES, UTC, lambda: NOW + LEASE)
    assert (later.done, later.accounts) == (True, 2)
    with book.database.writing(SELF, NOW) as writer:
        assert not storage.advance(writer, turn, first, 1, 0, NOW + LEASE)
        assert not storage.finish(writer, turn, 5)


def test_a_fall_is_told_once(book: Clerk) -> None:
    night(book)
    night(book, 1)
    book.bring(urgent(2))
    assert night(book, 2).alerts == 1
    [row] = book.rows_of("reminder")
    assert (row.rule, row.account_id, row.recipient, row.carrier) == ("alert", account(book, "1"), "owner", "own")
    assert (row.anchor_on, row.state) == (TODAY + timedelta(days=2), "planned")
    assert [night(book, after).alerts for after in (3, 4, 9)] == [0, 0, 0]


def test_nobody_hears_of_the_first_pass_of_new_sources_or_of_new_rules(book: Clerk) -> None:
    night(book)
    surveys = "response id,account id,survey,score,scale min,scale max,response date\nS1,1,nps,0,0,10,2026-03-03\n"
    book.bring({"surveys.csv": surveys, **urgent(1)})
    assert night(book, 1).alerts == 0
    texts = {path.stem: path.read_text() for path in SHIPPED.glob("*.yml")}
    rules = parse_policies(texts | {"health": texts["health"].replace("urgent: 40", "urgent: 41")})
    assert night(book, 2, rules).alerts == 0
    done = book.bring(urgent(3))
    assert night(book, 3, rules).alerts == 1, "the same sources, the same rules: now it is the customer"
    book.undo(done)
    assert night(book, 4, rules).alerts == 0


def test_when_many_fall_at_once_it_was_the_data(clerk: Clerk) -> None:
    rows = "".join(f"{at},Customer {at},mid\n" for at in range(30))
    calls = "".join(f"C{at},{at},2026-03-01,call,a\n" for at in range(30))
    start = "".join(f"T{at},{at},2026-03-02T08:00:00Z,solved,normal,Old\n" for at in range(30))
    files = {"accounts.csv": f"id,name,segment\n{rows}",
             "calls.csv": f"call_id,account_id,activity date,activity type,subject\n{calls}"}  # fmt: skip
    head = "ticket_id,account_id,opened at,status,priority,subject\n"
    contracts = "".join(f"K{at},{at},Folio,10,2025-02-01,2027-01-31,true\n" for at in range(30))
    plan = f"contract number,account id,product,mrr,start date,end date,auto renew\n{contracts}"
    clerk.bring({**files, "tickets.csv": head + start, "contracts.csv": plan})
    night(clerk)
    more = "".join(f"U{at},{at % 30},2026-03-04T08:00:00Z,open,urgent,Down\n" for at in range(60))
    clerk.bring({"tickets.csv": head + start + more})
    assert night(clerk, 1).alerts == 0
    texts = {path.stem: path.read_text() for path in SHIPPED.glob("*.yml")}
    loud = parse_policies(texts | {"health": texts["health"].replace("most_share: 0.2", "most_share: 1.0")})
    clerk.bring({"tickets.csv": head + start + more + more.replace("U", "V")})
    assert night(clerk, 2, loud).alerts == 30, "when to alert is no rule of the score"


def test_old_months_keep_their_last_reading(book: Clerk) -> None:
    one = account(book, "1")
    reading = live(book, 0, [one])[one]
    days = [date(2024, 11, 3), date(2024, 11, 30), date(2024, 12, 2), date(2024, 12, 31), date(2025, 1, 1)]
    with book.database.writing(SELF, NOW) as writer:
        storage.write(writer, [(one, _on(reading, day)) for day in days])
    with book.database.reading(SELF) as reader:
        before = queries.standing(reader, [one], date(2024, 12, 31))
    night(book)
    kept_days = [row.on for row in book.rows_of("health_reading") if row.account_id == one]
    assert kept_days == [date(2024, 11, 30), date(2024, 12, 31), date(2025, 1, 1)], "today says the same as the last"
    with book.database.reading(SELF) as reader:
        assert queries.standing(reader, [one], date(2024, 12, 31)) == before


def _on(reading: Kept, day: date) -> Kept:
    return replace(reading, on=day)


def test_the_tick_asks_until_the_day_is_done() -> None:
    answers = iter([Passed(TODAY), Passed(TODAY, True), Passed(TODAY + timedelta(days=1), True)])
    day = [TODAY]
    asked: list[date] = []

    def keep() -> Passed:
        asked.append(day[0])
        return next(answers)

    nightly = Nightly(keep, lambda: day[0])
    for _ in range(4):
        nightly.tick()
    assert len(asked) == 2
    day[0] += timedelta(days=1)
    nightly.tick()
    nightly.tick()
    assert len(asked) == 3
