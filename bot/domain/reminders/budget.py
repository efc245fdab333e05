"""How much is said: few enough messages of their own that nobody mutes them, the rest in the next morning message.

One message a day about an account to one person, and so many in all. Reminders that people set themselves, the morning
message and the weekly line are not counted: they were asked for. What would be too late tomorrow is said today.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from bot.domain.policy import ReminderPolicy
from bot.domain.reminders.moment import free_from, matter_of
from bot.domain.reminders.presence import Addressee
from bot.domain.reminders.reminder import Reminder
from bot.domain.reminders.wanted import Rule
from bot.domain.when.wall import local_day, resolve

COUNTED: frozenset[Rule] = frozenset({"renewal", "check-in", "promise", "alert"})
"""Rules that speak unasked."""


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody was told today by messages of their own that count: how many, and about which accounts."""

    messages: int = 0
    accounts: frozenset[int] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Due:
    """A reminder that could be said now to `to` (a Slack user id). `pressing`: tomorrow morning would be too late."""

    reminder: Reminder
    to: str
    pressing: bool = False


def is_pressing(reminder: Reminder, to: Addressee, now: datetime) -> bool:
    """Whether it would be too late when they are at work again after today."""
    by, zone = matter_of(reminder).by, to.preferences.zone
    if by is None:
        return False
    tomorrow = resolve(datetime.combine(local_day(now, zone) + timedelta(days=1), time()), zone)
    opens = free_from(to, tomorrow)
    return opens is None or opens >= by


def over_budget(due: Iterable[Due], said: Mapping[str, Said], policy: ReminderPolicy) -> dict[int, str]:
    """The reminders that go into the next morning message instead: why, by id. The most pressing are said first."""
    told = dict(said)
    over: dict[int, str] = {}
    for one in sorted(due, key=_order):
        if one.reminder.rule not in COUNTED:
            continue
        before, account = told.get(one.to, Said()), one.reminder.account_id
        if not one.pressing and account in before.accounts:
            over[one.reminder.id] = "there was a message about this account today"
        elif not one.pressing and before.messages >= policy.most_a_day:
            over[one.reminder.id] = f"there were {before.messages} messages today"
        else:
            accounts = before.accounts | {account} if account is not None else before.accounts
            told[one.to] = Said(before.messages + 1, accounts)
    return over


def _order(one: Due) -> tuple[bool, int, int]:
    """Pressing ones, then those whose day is near; a stable end."""
    return not one.pressing, _days_left(one.reminder), one.reminder.id


def _days_left(reminder: Reminder) -> int:
    match reminder.rule:
        case "alert":
            return -1  # it has just happened
        case "check-in":
            return 10_000  # nothing is lost by a day
        case _:
            return max(reminder.milestone, 0)
