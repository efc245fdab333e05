"""What the rows there are become: planned once, moved, ended with a reason, settled."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.reminders.account import Account, Plan, plan_account
from bot.domain.reminders.checkins import Silence, Standing
from bot.domain.reminders.course import Changes, Over
from bot.domain.reminders.ladder import Outcome
from bot.domain.reminders.promises import Promised
from bot.domain.reminders.reminder import Reminder
from bot.domain.reminders.shelf import Shelf
from tests.domain.reminders.books import POLICIES, contract, day, place, policies
from tests.domain.reminders.people import at

NOTHING = Changes()
START = at("2026-03-04T10:15")


def book(**more: Any) -> Account:
    """One contract to the end of the year with notice until 1 December, one promise, one silence."""
    renews = contract("2026-01-01", "2026-12-31", segment="small", auto_renew=True, notice_days=30)
    more.setdefault("contracts", (renews,))
    return Account(7, "Acme", place(), **more)


def planned(account: Account, shelf: Shelf, now: datetime = START, use: Any = POLICIES) -> Plan:
    """The plan, made; a second look finds nothing to do."""
    plan = plan_account(account, shelf.of_account(7), use, now)
    shelf.apply(plan.changes)
    assert plan_account(account, shelf.of_account(7), use, now).changes == NOTHING
    return plan


def deliver(shelf: Shelf, now: datetime) -> list[Reminder]:
    """Send everything that is due, whichever way it travels."""
    due = [row for row in shelf.rows.values() if row.state == "planned" and row.due_at <= now]
    return [shelf.change(row.id, state="sent", sent_at=now) for row in due]


def states(shelf: Shelf) -> list[tuple[int, str, str | None]]:
    rows = sorted(shelf.rows.values(), key=lambda row: (row.wanted_at, row.id))
    return [(row.milestone, row.state, row.reason) for row in rows]


def test_planned_once_and_sent_in_turn() -> None:
    shelf = Shelf()
    planned(book(), shelf)
    assert states(shelf) == [(60, "planned", None), (30, "planned", None), (7, "planned", None), (0, "planned", None)]
    for now in ("2026-10-02T09:00", "2026-11-01T09:00", "2026-11-24T09:00", "2026-12-01T09:00"):
        assert len(deliver(shelf, at(now))) == 1
        planned(book(), shelf, at(now))
    assert {row.state for row in shelf.rows.values()} == {"sent"}


def test_a_machine_that_slept_says_the_last_once() -> None:
    shelf = Shelf()
    planned(book(), shelf)
    planned(book(), shelf, at("2026-11-25T12:00"))
    gone = "a nearer reminder took its place"
    assert states(shelf) == [
        (60, "superseded", gone), (30, "superseded", gone), (7, "planned", None), (0, "planned", None)
    ]  # fmt: skip
    assert [row.milestone for row in deliver(shelf, at("2026-11-25T12:00"))] == [7]


def test_a_book_that_is_imported_late_says_one_thing() -> None:
    shelf = Shelf()
    planned(book(), shelf, at("2026-11-25T12:00"))
    assert states(shelf) == [(7, "planned", None), (0, "planned", None)]
    assert [row.milestone for row in deliver(shelf, at("2026-11-26T09:00"))] == [7]
    planned(book(), shelf, at("2026-11-26T09:00"))


def test_a_new_rung_that_has_passed_is_not_caught_up() -> None:
    """Somebody adds 45 to the ladder when 60 was said and 30 is to come: no extra message for 45."""
    shelf = Shelf()
    planned(book(), shelf)
    now = at("2026-10-20T12:00")
    deliver(shelf, now)
    planned(book(), shelf, now)
    planned(book(), shelf, now, policies(renewals=("small: [60, 30, 7, 0]", "small: [60, 45, 30, 7, 0]")))
    assert [row.milestone for row in shelf.rows.values() if row.state == "planned"] == [30, 7, 0]


def test_a_rung_that_is_taken_away_ends_and_comes_back() -> None:
    shelf = Shelf()
    planned(book(), shelf)
    planned(book(), shelf, use=policies(renewals=("small: [60, 30, 7, 0]", "small: [60, 7, 0]")))
    assert (30, "superseded", "the rules or the dates changed") in states(shelf)
    planned(book(), shelf)
    assert {state for _, state, _ in states(shelf)} == {"planned"}


def test_another_hour_moves_the_same_rows() -> None:
    shelf = Shelf()
    planned(book(), shelf)
    keys = sorted(shelf.rows)
    planned(book(), shelf, use=policies(renewals=('at: "09:00"', 'at: "16:30"')))
    assert sorted(shelf.rows) == keys
    assert {row.due_at.hour for row in shelf.rows.values()} == {16}


def test_quiet_hours_are_not_moved_back() -> None:
    """Delivery moved the due instant; the wish is still the same."""
    shelf = Shelf()
    planned(book(), shelf)
    first = min(shelf.rows.values(), key=lambda row: row.due_at)
    shelf.change(first.id, due_at=first.due_at + timedelta(hours=23), reason="quiet hours")
    planned(book(), shelf, first.wanted_at - timedelta(minutes=5))
    assert shelf.rows[first.id].due_at == first.wanted_at + timedelta(hours=23)


def test_a_new_date_ends_the_old_ladder_and_says_so_where_it_was_posted() -> None:
    shelf = Shelf()
    planned(book(), shelf)
    deliver(shelf, at("2026-10-02T09:00"))
    later = contract("2026-01-01", "2027-03-31", segment="small", auto_renew=True, notice_days=30)
    plan = planned(book(contracts=(later,)), shelf, at("2026-10-03T09:00"))
    assert [why for _, why in plan.changes.end] == ["the dates of the contract changed"] * 3
    assert [over for _, over in plan.changes.settle] == [Over("the dates of the contract changed")]
    assert [row.anchor_on for row in shelf.rows.values() if row.state == "planned"] == [day("2027-03-01")] * 4


def test_an_outcome_ends_the_ladder_and_undoing_it_brings_it_back() -> None:
    shelf = Shelf()
    planned(book(), shelf)
    deliver(shelf, at("2026-10-02T09:00"))
    one = book().contracts[0]
    renewed = book(contracts=(replace(one, outcomes=(Outcome(day("2026-12-01"), "renewed", "Maya"),)),))
    plan = planned(renewed, shelf, at("2026-10-03T09:00"))
    assert [over for _, over in plan.changes.settle] == [Over("renewed", "done", "Maya")]
    assert {row.state for row in shelf.rows.values()} == {"sent", "superseded"}
    planned(book(), shelf, at("2026-11-05T09:00"))
    assert [(one.milestone, one.state) for one in shelf.rows.values()] == [
        (60, "sent"), (30, "planned"), (7, "planned"), (0, "planned")
    ]  # fmt: skip


def test_an_account_that_is_gone_says_nothing_more() -> None:
    shelf = Shelf()
    planned(book(), shelf)
    planned(book(over=Over("Acme is no customer any more")), shelf)
    assert {state for _, state, _ in states(shelf)} == {"superseded"}


def test_a_contract_that_is_gone_says_nothing_more() -> None:
    shelf = Shelf()
    planned(book(), shelf)
    planned(book(contracts=()), shelf)
    assert {why for _, _, why in states(shelf)} == {"it is no longer in the book"}


def test_what_is_being_sent_is_left_alone() -> None:
    shelf = Shelf()
    planned(book(), shelf)
    first = min(shelf.rows.values(), key=lambda row: row.due_at)
    shelf.change(first.id, state="claimed")
    planned(book(over=Over("gone")), shelf)
    assert [row.state for row in shelf.rows.values() if row.id == first.id] == ["claimed"]


def test_a_snooze_lives_as_long_as_its_matter() -> None:
    shelf = Shelf()
    planned(book(), shelf)
    (first,) = deliver(shelf, at("2026-10-02T09:00"))
    again = replace(first, id=99, state="planned", follows=first.id, due_at=at("2026-10-08T08:00"))
    snoozed = Shelf([*(row for row in shelf.rows.values() if row.id != first.id),
                     replace(first, acted="snoozed"), again])  # fmt: skip
    planned(book(), snoozed, at("2026-10-03T09:00"))
    assert [row.id for row in snoozed.of_account(7) if row.follows and row.state == "planned"] == [99]
    moved = contract("2026-01-01", "2027-03-31", segment="small", auto_renew=True, notice_days=30)
    planned(book(contracts=(moved,)), snoozed, at("2026-10-03T09:00"))
    assert [row.id for row in snoozed.of_account(7) if row.follows and row.state == "superseded"] == [99]


def test_a_touch_moves_the_check_in_and_settles_what_was_posted() -> None:
    def silent(since: str) -> Account:
        touched = Over("touched on 2026-04-02 by Jonas", "done", "Jonas")
        return book(contracts=(), silence=Silence(7, "mid-market", place(), day(since), touched=touched))

    shelf = Shelf()
    planned(silent("2026-03-02"), shelf)
    (asked,) = deliver(shelf, at("2026-04-01T09:00"))
    plan = planned(silent("2026-04-02"), shelf, at("2026-04-02T15:00"))
    assert plan.changes.settle == [(asked.id, Over("touched on 2026-04-02 by Jonas", "done", "Jonas"))]
    assert [(row.milestone, row.anchor_on) for row in shelf.rows.values() if row.state == "planned"] == [
        (0, day("2026-04-02")), (1, day("2026-04-02")), (2, day("2026-04-02"))
    ]  # fmt: skip


class TestWalk:
    """Days pass, things happen, the planner looks when it said it would; everything is said once, and on time."""

    EVENTS = st.lists(
        st.tuples(
            st.integers(1, 420),
            st.sampled_from(
                ["touch", "date", "outcome", "undo", "promise", "kept", "health", "churn", "back", "sleep"]
            ),
            st.integers(0, 500),
        ),
        max_size=12,
    )

    @settings(max_examples=50)
    @given(EVENTS, st.integers(0, 999))
    def test_once_and_on_time(self, events: list[tuple[int, str, int]], seed: int) -> None:
        draw = random.Random(seed)  # noqa: S311 - shuffles
        account = book(silence=Silence(7, "mid-market", place(), day("2026-02-20"), standing=Standing(80, None)))
        shelf, sent = Shelf(), list[Reminder]()
        again, asleep = START, START
        for hours in range(0, 430 * 24, 12):
            now = START + timedelta(hours=hours)
            happened = [(what, number) for on, what, number in events if hours == on * 24]
            for what, number in happened:
                account = _after(account, what, number, now)
                asleep = now + timedelta(days=number % 40) if what == "sleep" else asleep
                again = now
            if now < asleep:
                continue
            if now >= again:
                rows = shelf.of_account(7)
                draw.shuffle(rows)
                plan = plan_account(account, rows, POLICIES, now)
                shelf.apply(plan.changes)
                again = plan.again_at or now + timedelta(days=9999)
            sent += deliver(shelf, now)
            if draw.random() < 0.03 and again > now:
                assert plan_account(account, shelf.of_account(7), POLICIES, now).changes == NOTHING
        keys = [(row.rule, row.anchor_id, row.anchor_on, row.milestone) for row in sent]
        assert len(set(keys)) == len(keys)
        for row in sent:
            assert row.sent_at is not None
            assert row.sent_at >= row.due_at
        assert all(row.reason for row in shelf.rows.values() if row.state == "superseded")


def _after(account: Account, what: str, number: int, now: datetime) -> Account:
    today = now.date()
    (one,) = account.contracts
    match what:
        case "touch" if account.silence is not None:
            return replace(account, silence=replace(account.silence, since=today))
        case "health" if account.silence is not None:
            return replace(account, silence=replace(account.silence, standing=Standing(number % 100, None)))
        case "date":
            ends_on = date(2026, 6, 1) + timedelta(days=number)
            return replace(account, contracts=(replace(one, terms=replace(one.terms, ends_on=ends_on)),))
        case "outcome" if one.terms.ends_on is not None:
            said = Outcome(one.terms.ends_on, "renewed", "Maya")
            return replace(account, contracts=(replace(one, outcomes=(said,)),))
        case "undo":
            return replace(account, contracts=(replace(one, outcomes=()),), promises=())
        case "promise":
            due_on = today + timedelta(days=number % 20)
            promised = Promised(5, 7, "We send it.", None, due_on, account.place)
            return replace(account, promises=(promised,))
        case "kept":
            over = Over("the promise was kept", "done", "Maya")
            return replace(account, promises=tuple(replace(each, over=over) for each in account.promises))
        case "churn":
            return replace(account, over=Over("Acme is no customer any more"))
        case "back":
            return replace(account, over=None)
    return account
