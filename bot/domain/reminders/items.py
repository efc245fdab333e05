"""What a reminder says in the morning message: why now, and the one next step.

Plain words; names and quotes are as they were typed, and are for whoever renders them to make harmless.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from bot.domain.days import written
from bot.domain.policy import Policies, ReminderPolicy
from bot.domain.reminders.account import Account, renewal_on
from bot.domain.reminders.checkins import reasons_to_be_closer
from bot.domain.reminders.ladder import Contract
from bot.domain.reminders.morning import Item, Kind
from bot.domain.reminders.promises import Promised
from bot.domain.reminders.reminder import Reminder
from bot.domain.signals.facts import count
from bot.domain.terms import next_decision

NEAR_DAYS = 30
_MONDAY = 0
_QUOTED = 80


@dataclass(frozen=True, slots=True)
class _Said:
    kind: Kind
    reason: str
    step: str
    clause: str
    days_left: int
    arr: Decimal


def item(row: Reminder, account: Account, policies: Policies, today: date) -> Item | None:
    """What a row says of its account as of the account's day; None when the matter is gone."""
    said = _say(row, account, policies, today)
    if said is None:
        return None
    return Item(
        said.kind, account.id, account.name, said.reason, said.step, said.clause, said.days_left, said.arr, (row.id,)
    )


def overdue(account: Account, one: Promised, policy: ReminderPolicy, today: date) -> Item | None:
    """A promise past its day: it needs no row, it is said until it is kept, in the end on Mondays only. None when today
    nothing is said of it."""
    if one.over is not None or one.due_on is None or one.due_on >= today:
        return None
    late = (today - one.due_on).days
    if late > policy.overdue_days and today.weekday() != _MONDAY:
        return None
    return Item(
        kind="overdue promise",
        account_id=account.id,
        account=account.name,
        reason=f"{_quoted(one)} was due on {written(one.due_on)}, {count(late, 'day')} ago.",
        step="Keep it today, or tell them a new day.",
        clause="a promise is overdue",
        days_left=-late,
        arr=_stake(account),
    )


def _say(row: Reminder, account: Account, policies: Policies, today: date) -> _Said | None:
    match row.rule:
        case "renewal":
            contract = next((one for one in account.contracts if one.id == row.anchor_id), None)
            return _renewal(row, contract, policies.renewals.receipt_days, today) if contract is not None else None
        case "promise":
            promised = next((one for one in account.promises if one.id == row.anchor_id), None)
            return _promise(promised, account, today) if promised is not None else None
        case "check-in":
            return _check_in(row, account, policies, today)
        case _:
            return None


def _renewal(row: Reminder, contract: Contract, receipt_days: int, today: date) -> _Said:
    days, on = (row.anchor_on - today).days, written(row.anchor_on)
    decision = next_decision(contract.terms, min(today, row.anchor_on))
    ends = decision is not None and decision.term.ends_on == row.anchor_on
    name = f"contract {contract.number}" if contract.number else "the contract"
    subject = name if ends else f"the notice deadline of {name}"
    past, present = ("ended", "ends") if ends else ("was", "is")
    if days < 0:
        clause = f"{subject} {past} on {on}"
        reason = f"{clause}, {count(-days, 'day')} ago, and no outcome is recorded."
    else:
        clause = f"{subject} {present} {'today' if days == 0 else f'on {on}'}"
        reason = f"{clause}, in {count(days, 'day')}." if days else f"{clause}."
        if receipt_days and not ends:
            reason += f" To arrive in time it must be sent by {written(row.anchor_on - timedelta(days=receipt_days))}."
    return _Said(
        kind="deadline" if days <= NEAR_DAYS else "renewal",
        reason=reason[0].upper() + reason[1:],
        step=_renewal_step(days, ends=ends),
        clause=clause,
        days_left=days,
        arr=contract.arr,
    )


def _renewal_step(days: int, *, ends: bool) -> str:
    if days < 0:
        return "Record whether they renewed."
    if days > 90:
        return "Find out who decides, and what they got out of it."
    if days > NEAR_DAYS:
        return "Agree on a date for the renewal talk."
    return "Get the decision and record it." if ends else "Find out whether they give notice, and record it."


def _promise(promised: Promised, account: Account, today: date) -> _Said | None:
    if promised.due_on is None:
        return None
    days = (promised.due_on - today).days
    when = "today" if days == 0 else f"on {written(promised.due_on)}"
    return _Said(
        kind="promise",
        reason=f"{_quoted(promised)} is due {when}.",
        step="Keep it, or tell them a new day now.",
        clause=f"a promise is due {when}",
        days_left=days,
        arr=_stake(account),
    )


def _check_in(row: Reminder, account: Account, policies: Policies, today: date) -> _Said | None:
    silence = account.silence
    if silence is None or silence.since is None:
        return None
    cadence = policies.cadence.days_for(silence.segment).value
    near = replace(silence, renewal_on=renewal_on(account, today))
    closer = reasons_to_be_closer(near, policies.cadence, today)
    silent = (today - silence.since).days
    why = f"one tier closer, because {closer[0]}" if closer else f"the cadence is {count(cadence, 'day')}"
    pauses = row.milestone >= policies.cadence.missed
    reason = f"No touch for {count(silent, 'day')}; {why}."
    if pauses:
        reason = f"No touch for {count(silent, 'day')}, and {count(row.milestone, 'check-in')} missed: I stop asking."
    return _Said(
        kind="check-in",
        reason=reason,
        step="Log a touch and I start again." if pauses else "Call or write, and log it.",
        clause="check-ins stop" if pauses else "a check-in is due",
        days_left=(silence.since + timedelta(days=cadence) - today).days,
        arr=_stake(account),
    )


def _stake(account: Account) -> Decimal:
    return sum((one.arr for one in account.contracts if one.over is None), Decimal(0))


def _quoted(promised: Promised) -> str:
    text = " ".join(promised.quote.split())
    return f"“{text[:_QUOTED].rstrip()}{'…' if len(text) > _QUOTED else ''}”"
