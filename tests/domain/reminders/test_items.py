"""What lines say: read aloud here, one by one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from bot.domain.reminders.account import Account
from bot.domain.reminders.checkins import Silence, Standing
from bot.domain.reminders.course import Over
from bot.domain.reminders.items import item, overdue
from bot.domain.reminders.morning import Item
from bot.domain.reminders.promises import Promised
from bot.domain.reminders.reminder import Reminder
from bot.domain.reminders.wanted import OWNER, Rule
from tests.domain.reminders.books import POLICIES, contract, day, place, policies

TODAY = day("2026-03-04")


def row(rule: Rule, anchor_on: date, milestone: int, anchor_id: int = 11) -> Reminder:
    at = datetime(2026, 3, 4, 9, tzinfo=UTC)
    return Reminder(
        id=1, rule=rule, account_id=7, anchor_id=anchor_id, anchor_on=anchor_on, milestone=milestone, recipient=OWNER,
        carrier="morning", zone="UTC", due_at=at, wanted_at=at, state="planned", reason=None, claimed_at=None,
        attempts=0, channel=None, ts=None, sent_at=None, acted=None, acted_by=None, follows=None,
    )  # fmt: skip


def account(**more: Any) -> Account:
    renews = contract("2025-07-01", "2026-06-30", auto_renew=True, notice_days=30, number="C-3", arr=Decimal(900))
    more.setdefault("contracts", (renews,))
    return Account(7, "Acme", place(), **more)


def renewal(anchor: str, milestone: int, today: str, *, of: Account | None = None, use: Any = POLICIES) -> Item:
    found = item(row("renewal", day(anchor), milestone), of or account(), use, day(today))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("today", "kind", "reason", "step"),
    [
        (
            "2026-02-01", "renewal",
            "The notice deadline of contract C-3 is on 31 May 2026, in 119 days.",
            "Find out who decides, and what they got out of it.",
        ),
        (
            "2026-04-01", "renewal",
            "The notice deadline of contract C-3 is on 31 May 2026, in 60 days.",
            "Agree on a date for the renewal talk.",
        ),
        (
            "2026-05-30", "deadline",
            "The notice deadline of contract C-3 is on 31 May 2026, in 1 day.",
            "Find out whether they give notice, and record it.",
        ),
        (
            "2026-05-31", "deadline",
            "The notice deadline of contract C-3 is today.",
            "Find out whether they give notice, and record it.",
        ),
        (
            "2026-06-02", "deadline",
            "The notice deadline of contract C-3 was on 31 May 2026, 2 days ago, and no outcome is recorded.",
            "Record whether they renewed.",
        ),
    ],
)  # fmt: skip
def test_a_notice_deadline(today: str, kind: str, reason: str, step: str) -> None:
    found = renewal("2026-05-31", 30, today)
    assert (found.kind, found.reason, found.step) == (kind, reason, step)
    assert found.arr == 900


def test_the_end_of_a_contract_without_a_number() -> None:
    ends = account(contracts=(contract("2025-07-01", "2026-06-30"),))
    assert renewal("2026-06-30", 14, "2026-06-16", of=ends).reason == "The contract ends on 30 Jun 2026, in 14 days."
    assert renewal("2026-06-30", 0, "2026-06-30", of=ends).reason == "The contract ends today."
    late = renewal("2026-06-30", -7, "2026-07-07", of=ends)
    assert late.reason == "The contract ended on 30 Jun 2026, 7 days ago, and no outcome is recorded."
    assert late.clause == "the contract ended on 30 Jun 2026"


def test_a_notice_that_takes_days_to_arrive() -> None:
    slow = policies(renewals=("receipt_days: 0", "receipt_days: 5"))
    assert renewal("2026-05-31", 30, "2026-04-26", use=slow).reason.endswith("it must be sent by 26 May 2026.")


def test_check_ins() -> None:
    silence = Silence(7, "mid-market", place(), day("2026-02-01"))
    quiet = account(contracts=(), silence=silence)

    def said(number: int, who: Account) -> str:
        found = item(row("check-in", day("2026-02-01"), number, 7), who, POLICIES, TODAY)
        assert found is not None
        return found.reason

    assert said(0, quiet) == "No touch for 31 days; the cadence is 30 days."
    near = account(silence=silence)
    assert said(1, near) == "No touch for 31 days; one tier closer, because the renewal is 88 days away."
    ill = replace(quiet, silence=replace(silence, standing=Standing(41.6, 5)))
    assert said(1, ill) == "No touch for 31 days; one tier closer, because health is 42."
    assert said(2, quiet) == "No touch for 31 days, and 2 check-ins missed: I stop asking."


def promised(due: str | None, **more: Any) -> Promised:
    return Promised(5, 7, "We  send\nthe pricing.", None, day(due) if due else None, place(), **more)


def test_promises() -> None:
    soon = account(promises=(promised("2026-03-06"),))
    found = item(row("promise", day("2026-03-06"), 1, 5), soon, POLICIES, TODAY)
    assert found is not None
    assert found.reason == "“We send the pricing.” is due on 6 Mar 2026."
    long = Promised(6, 7, "word " * 40, None, day("2026-03-04"), place())
    today = item(row("promise", TODAY, 0, 6), account(promises=(long,)), POLICIES, TODAY)
    assert today is not None
    assert today.reason.endswith("word…” is due today.")


def test_what_is_gone_says_nothing() -> None:
    assert item(row("renewal", TODAY, 0, 99), account(), POLICIES, TODAY) is None
    assert item(row("promise", TODAY, 0, 99), account(), POLICIES, TODAY) is None
    assert item(row("check-in", TODAY, 0, 7), account(), POLICIES, TODAY) is None
    assert item(row("own", TODAY, 0), account(), POLICIES, TODAY) is None


@pytest.mark.parametrize(
    ("due", "today", "said"),
    [
        ("2026-03-04", "2026-03-04", None),
        ("2026-03-03", "2026-03-04", "“We send the pricing.” was due on 3 Mar 2026, 1 day ago."),
        ("2026-02-25", "2026-03-04", "“We send the pricing.” was due on 25 Feb 2026, 7 days ago."),
        ("2026-02-24", "2026-03-04", None),  # after a week only Mondays
        ("2026-02-24", "2026-03-09", "“We send the pricing.” was due on 24 Feb 2026, 13 days ago."),
        (None, "2026-03-04", None),
    ],
)
def test_overdue_promises(due: str | None, today: str, said: str | None) -> None:
    found = overdue(account(), promised(due), POLICIES.reminders, day(today))
    assert (found.reason if found is not None else None) == said


def test_a_kept_promise_is_not_overdue() -> None:
    kept = promised("2026-03-03", over=Over("the promise was kept", "done"))
    assert overdue(account(), kept, POLICIES.reminders, TODAY) is None
