"""An account as the planner reads it, and everything that is to be said about it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.domain.policy import Policies
from bot.domain.reminders.checkins import Silence, Standing, check_ins, must_look
from bot.domain.reminders.course import Changes, Course, Over, compare
from bot.domain.reminders.ladder import Contract, ladder
from bot.domain.reminders.place import Place
from bot.domain.reminders.promises import Promised, promise
from bot.domain.reminders.reminder import Reminder
from bot.domain.reminders.succession import as_followed
from bot.domain.terms import renewal_dates

_RUNS = frozenset({"upcoming", "notice passed", "auto-renewed", "open-ended"})
_NO_CUSTOMER = Over("no contract of theirs runs any more")


@dataclass(frozen=True, slots=True)
class Account:
    """`over`: nothing is to be said about it any more. `silence` None: nobody has to keep in touch with it; without any
    contract somebody has, with contracts as long as one of them runs."""

    id: int
    name: str
    place: Place
    contracts: tuple[Contract, ...] = ()
    promises: tuple[Promised, ...] = ()
    silence: Silence | None = None
    over: Over | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What has to happen to an account's rows, and when it is to be looked at again though no fact changes.

    `asks`: health and risks decide about its check-ins, which are left as they are until somebody looks at those: they
    cost far more to know than all the rest.
    """

    changes: Changes
    again_at: datetime | None
    asks: bool = False


def plan_account(account: Account, rows: Sequence[Reminder], policies: Policies, now: datetime) -> Plan:
    """The plan of one account as of now. `rows` are all its reminders of these rules, whatever their state."""
    if account.over is not None:
        return Plan(compare([], rows, now, account.over), None)
    contracts = as_followed(account.contracts, account.place.today(now))
    courses = [ladder(contract, policies.renewals, policies.reminders, now) for contract in contracts]
    courses += [promise(promised, policies.reminders, now) for promised in account.promises]
    silence = _silence(account, rows, now)
    asks = silence is not None and must_look(silence, policies.cadence, now)
    if asks:
        rows = [row for row in rows if row.rule != "check-in"]
    elif silence is not None:
        courses.append(check_ins(silence, policies.cadence, policies.reminders, now))
    else:
        courses.append(Course("check-in", account.id, over=_NO_CUSTOMER))
    again = now if asks else min((one.again_at for one in courses if one.again_at is not None), default=None)
    return Plan(compare(courses, rows, now), again, asks)


def renewal_on(account: Account, today: date) -> date | None:
    """The date of its contracts that comes first, None when none lies ahead."""
    running = (one for one in as_followed(account.contracts, today) if one.over is None)
    dates = (renewal_dates(one.terms, today).lead_on for one in running)
    return min((on for on in dates if on is not None and on >= today), default=None)


def with_standing(account: Account, standing: Standing | None) -> Account:
    if account.silence is None or standing is None:
        return account
    return replace(account, silence=replace(account.silence, standing=standing))


def _silence(account: Account, rows: Iterable[Reminder], now: datetime) -> Silence | None:
    """The silence as of now: how near the renewal is, and what was said of it. None while no contract runs."""
    if account.silence is None:
        return None
    today = account.place.today(now)
    running = (one for one in as_followed(account.contracts, today) if one.over is None)
    dates = [renewal_dates(one.terms, today) for one in running]
    if account.contracts and not any(one.state in _RUNS for one in dates):
        return None
    return _as_spoken_of(replace(account.silence, renewal_on=renewal_on(account, today)), rows, now)


def _as_spoken_of(silence: Silence, rows: Iterable[Reminder], now: datetime) -> Silence:
    """With the days on which this silence was spoken of (the message stood there, or was given up), and what waits."""
    told: dict[int, date] = {}
    waiting = set[int]()
    for row in rows:
        if row.rule != "check-in" or row.anchor_on != silence.since or row.follows is not None:
            continue
        if row.state not in {"planned", "superseded"}:
            told[row.milestone] = silence.place.today(row.sent_at or row.wanted_at)
        elif row.state == "planned" and row.wanted_at <= now:
            waiting.add(row.milestone)
    return replace(silence, told=told, waiting=frozenset(waiting)) if told or waiting else silence
