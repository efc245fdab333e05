"""An account as the planner reads it, and everything that is to be said about it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.domain.policy import Policies
from bot.domain.reminders.checkins import Silence, Standing, check_ins, must_look
from bot.domain.reminders.course import Changes, Over, compare
from bot.domain.reminders.ladder import Contract, ladder
from bot.domain.reminders.place import Place
from bot.domain.reminders.promises import Promised, promise
from bot.domain.reminders.reminder import Reminder


@dataclass(frozen=True, slots=True)
class Account:
    """`over`: nothing is to be said about it any more. `silence` None: nobody has to keep in touch with it."""

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
    courses = [ladder(contract, policies.renewals, policies.reminders, now) for contract in account.contracts]
    courses += [promise(promised, policies.reminders, now) for promised in account.promises]
    silence = _as_spoken_of(account.silence, rows, now) if account.silence is not None else None
    asks = silence is not None and must_look(silence, policies.cadence, now)
    if asks:
        rows = [row for row in rows if row.rule != "check-in"]
    elif silence is not None:
        courses.append(check_ins(silence, policies.cadence, policies.reminders, now))
    again = now if asks else min((one.again_at for one in courses if one.again_at is not None), default=None)
    return Plan(compare(courses, rows, now), again, asks)


def with_standing(account: Account, standing: Standing | None) -> Account:
    if account.silence is None or standing is None:
        return account
    return replace(account, silence=replace(account.silence, standing=standing))


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
