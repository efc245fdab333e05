"""From rows of reminders to what they say, by the facts as they are now. A batch of them costs a dozen queries.

Lean on purpose: health and risks are not looked at, for a morning may bring thousands of these.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.ids import id_text
from bot.domain.policy import Policies
from bot.domain.reminders import advice
from bot.domain.reminders.advice import Known
from bot.domain.reminders.own import next_due
from bot.domain.reminders.promises import OVERDUE
from bot.domain.reminders.reminder import Reminder
from bot.domain.reminders.wanted import to_person
from bot.domain.when.calendars import Workdays
from bot.domain.when.recurrence import Schedule
from bot.domain.when.wall import local_day
from bot.services.contracts import ContractState, account_arr, contract_state
from bot.services.health.falls import Alert, alerts_of
from bot.services.results import Sum
from bot.services.results.matters import (
    AlertMatter,
    CheckInMatter,
    Matter,
    NoticeMatter,
    OwnMatter,
    PromiseMatter,
    RenewalMatter,
    Subject,
)
from bot.storage import acts
from bot.storage.database import AnyRow, Reader
from bot.storage.queries import accounts as queries
from bot.storage.queries import matters as own_queries
from bot.storage.queries import people
from bot.storage.queries import promises as promises_queries
from bot.storage.schedules import own_of

_DECIDERS = ("champion", "economic buyer", "sponsor", "executive sponsor", "decision maker", "decision-maker")
_PLANNED_WITHIN = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of the accounts of a batch, by account, contract or promise id."""

    now: datetime
    today: date
    accounts: dict[int, AnyRow]
    owners: dict[int, AnyRow]
    contracts: dict[int, ContractState]
    arr: dict[int, tuple[Sum, ...]]
    touches: dict[int, AnyRow]
    known: dict[int, Known]
    promises: dict[int, AnyRow]
    schedules: dict[int, AnyRow]
    setters: dict[str, str]
    withheld: dict[int, AnyRow]
    alerts: dict[int, Alert]


def facts(reader: Reader, reminders: Iterable[Reminder], policies: Policies, now: datetime, today: date) -> Facts:
    """Everything that these reminders are about."""
    batch = list(reminders)
    ids = sorted({one.account_id for one in batch if one.account_id is not None})
    rows = queries.accounts(reader, ids)
    contracts = queries.contracts(reader, ids)
    lines = queries.lines(reader, ids)
    states = {row.id: contract_state(row, rows[one].country, today) for one in rows for row in contracts.get(one, ())}
    schedules = own_queries.schedules(reader, [one.anchor_id for one in batch if one.rule == "own"])
    touches = {one: row for one in rows if (row := queries.last_touch(reader, one, now)) is not None}
    return Facts(
        now=now,
        today=today,
        accounts=rows,
        owners=queries.owners(reader, ids),
        contracts=states,
        arr={one: _arr(contracts.get(one, ()), lines.get(one, ()), rows[one].currency, today) for one in rows},
        touches=touches,
        known=_known(reader, ids, rows, touches, policies, now, today),
        promises=promises_queries.of_ids(reader, [one.anchor_id for one in batch if one.rule == "promise"]),
        schedules=schedules,
        setters=people.names_behind(reader, {row.created_by for row in schedules.values()}),
        withheld=acts.rows(reader, [one.anchor_id for one in batch if one.rule == "notice"]),
        alerts=alerts_of(reader, batch, policies.health, today),
    )


def _arr(contracts: Sequence[AnyRow], lines: Sequence[AnyRow], currency: str | None, today: date) -> tuple[Sum, ...]:
    found = account_arr(contracts, lines, currency, today)
    return tuple(Sum.of(money) for money in found.totals) if found.known else ()


def _known(
    reader: Reader,
    ids: Sequence[int],
    rows: dict[int, AnyRow],
    touches: dict[int, AnyRow],
    policies: Policies,
    now: datetime,
    today: date,
) -> dict[int, Known]:
    """What advice rests on, by account."""
    contacts = queries.people(reader, ids)
    promises = queries.open_promises(reader, ids)
    deals = queries.open_deals(reader, ids)
    planned = own_queries.next_steps(reader, ids, now - _PLANNED_WITHIN)
    found = {}
    for one in rows:
        late = _longest_overdue(promises.get(one, ()), today)
        deal = next((row for row in deals.get(one, ()) if row.kind == "renewal"), None)
        step = planned.get(one)
        touch = touches.get(one)
        found[one] = Known(
            cadence_days=policies.cadence.days_for(rows[one].segment).value,
            touch_days=max(0, (today - touch.at.date()).days) if touch is not None else None,
            planned=step.next_step if step is not None else None,
            planned_on=step.next_step_on if step is not None else None,
            gone=_gone(contacts.get(one, ())),
            deal=deal is not None,
            stage=deal.stage if deal is not None else None,
            late=late.quote if late is not None else None,
            late_days=(today - late.due_on).days if late is not None else 0,
        )
    return found


def _longest_overdue(promises: Sequence[AnyRow], today: date) -> AnyRow | None:
    late = [row for row in promises if row.by == "us" and row.due_on is not None and row.due_on < today]
    return min(late, key=lambda row: (row.due_on, row.id), default=None)


def _gone(people: Sequence[AnyRow]) -> str | None:
    """Somebody who decided or championed and left, when nobody of that role stayed."""
    deciders = [row for row in people if (row.role or "").casefold() in _DECIDERS]
    here = {row.role.casefold() for row in deciders if row.active and row.left_on is None}
    left = [row for row in deciders if (not row.active or row.left_on is not None) and row.role.casefold() not in here]
    worst = max(left, key=lambda row: (row.left_on or date.min, row.id), default=None)
    return f"{worst.name} ({worst.role})" if worst is not None else None


def matter(one: Reminder, known: Facts, policies: Policies) -> Matter | None:
    """What a reminder says now; None when what it was about is gone."""
    if one.account_id is not None and one.account_id not in known.accounts:
        return None
    match one.rule:
        case "renewal":
            return _renewal(one, known, policies)
        case "check-in":
            return _check_in(one, known, policies)
        case "promise":
            return _promise(one, known)
        case "own":
            return _own(one, known)
        case "notice":
            return _notice(one, known)
        case "alert":
            return _alert(one, known)
    return None


def subject(one: Reminder, known: Facts) -> Subject | None:
    row = known.accounts.get(one.account_id) if one.account_id is not None else None
    if row is None:
        return None
    owner = known.owners.get(row.id)
    return Subject(
        id=id_text(row.id), name=row.name, owner=owner.name if owner is not None else None, arr=known.arr[row.id]
    )


def _renewal(one: Reminder, known: Facts, policies: Policies) -> RenewalMatter | None:
    state = known.contracts.get(one.anchor_id)
    if state is None or one.account_id is None:
        return None
    dates = state.dates
    on_notice = dates.notice_on == one.anchor_on
    given = advice.for_renewal(dates, known.known[one.account_id], known.today)
    return RenewalMatter(
        id=id_text(one.id),
        subject=subject(one, known),
        why=_step_of(one, known.accounts[one.account_id].segment, policies),
        step=given.step,
        missing=given.missing,
        contract=state.row.number,
        leads="notice" if on_notice else "end",
        lead_on=one.anchor_on,
        days_left=(one.anchor_on - known.today).days,
        ends_on=dates.ends_on,
        notice_on=dates.notice_on,
        renews=dates.renews,
    )


def _step_of(one: Reminder, segment: str | None, policies: Policies) -> str:
    """Which step of the ladder this is. One that was planned after its day is a first look at what was not seen."""
    if one.milestone < 0:
        return f"{_days(-one.milestone)} after the end, and no outcome is recorded"
    if one.milestone == 0:
        return "the day itself, the last step of the ladder"
    step = f"the {one.milestone}-day step of the {policies.renewals.ladder_for(segment).entry} ladder"
    planned_on = local_day(one.wanted_at, ZoneInfo(one.zone))
    if planned_on > one.anchor_on - timedelta(days=one.milestone):
        return f"{step} had passed when this was first seen"
    return step


def _check_in(one: Reminder, known: Facts, policies: Policies) -> CheckInMatter | None:
    if one.account_id is None:
        return None
    cadence = policies.cadence.days_for(known.accounts[one.account_id].segment)
    due_on = local_day(one.wanted_at, ZoneInfo(one.zone))
    touch = known.touches.get(one.account_id)
    given = advice.for_check_in(known.known[one.account_id], known.today)
    usual = f"every {_days(cadence.value)}"
    of_whom = f"{usual} for {cadence.entry} accounts" if cadence.entry != "default" else f"{usual} by default"
    sooner = one.milestone == 0 and (due_on - one.anchor_on).days < cadence.value
    again = f"; asked {_times(one.milestone)} before" if one.milestone else ""
    return CheckInMatter(
        id=id_text(one.id),
        subject=subject(one, known),
        why=f"{of_whom}{', sooner while the renewal is near or a risk is open' if sooner else ''}{again}",
        step=given.step,
        missing=given.missing,
        due_on=due_on,
        cadence_days=cadence.value,
        touch_on=touch.at.date() if touch is not None else None,
        touch_days=max(0, (known.today - touch.at.date()).days) if touch is not None else None,
        touch_kind=touch.kind if touch is not None else None,
        touch_by=touch.author if touch is not None else None,
        stops=one.milestone >= policies.cadence.missed,
    )


def _promise(one: Reminder, known: Facts) -> PromiseMatter | None:
    row = known.promises.get(one.anchor_id)
    if row is None:
        return None
    days_left = (one.anchor_on - known.today).days
    before = f"{_days(one.milestone, 'business day')} before it is due" if one.milestone else "the day it is due"
    if one.milestone == OVERDUE:
        before = "its day has passed and it is open; said once"
    return PromiseMatter(
        id=id_text(one.id),
        subject=subject(one, known),
        why=before,
        step=advice.for_promise(row.by, days_left).step,
        quote=row.quote,
        by=row.by,
        owner=row.owner,
        due_on=one.anchor_on,
        days_left=days_left,
    )


def _own(one: Reminder, known: Facts) -> OwnMatter | None:
    row = known.schedules.get(one.anchor_id)
    if row is None or (row.state == "deleted" and one.state != "sent"):
        return None
    own = own_of(row)
    by = known.setters.get(row.created_by)
    asked = "you asked for this" if one.recipient == to_person(row.created_by) else f"set by {by or 'a colleague'}"
    repeats = isinstance(own.when, Schedule) and own.when.rule is not None and own.state == "active"
    return OwnMatter(
        id=id_text(one.id),
        subject=subject(one, known),
        why=f"{asked}: “{own.phrase}”",
        text=own.text,
        set_by=by or row.created_by,
        due_at=one.wanted_at,
        next_at=next_due(own, None, Workdays(), max(known.now, one.wanted_at)) if repeats else None,
    )


def _alert(one: Reminder, known: Facts) -> AlertMatter | None:
    said = known.alerts.get(one.id)
    if said is None:
        return None
    return AlertMatter(
        id=id_text(one.id),
        subject=subject(one, known),
        why=said.since,
        step=said.step,
        sentence=said.sentence,
        because=said.because,
    )


_WITHHELD = {
    "renewal": "a renewal reminder",
    "check-in": "a check-in",
    "promise": "a reminder of a promise",
    "own": "a reminder that was asked for",
    "morning": "a morning message",
    "weekly": "a weekly line",
}


def _notice(one: Reminder, known: Facts) -> NoticeMatter | None:
    row = known.withheld.get(one.anchor_id)
    if row is None or (row.state not in {"held", "failed"} and one.state != "sent"):
        return None
    return NoticeMatter(
        id=id_text(one.id),
        subject=subject(one, known),
        why="it is not tried again" if row.state == "failed" else "it stays back until somebody decides",
        what=_WITHHELD.get(row.rule, "a message"),
        channel=row.recipient.removeprefix("channel:") if row.recipient.startswith("channel:") else None,
        state="failed" if row.state == "failed" else "held",
        because=row.reason or "",
    )


def _days(number: int, unit: str = "day") -> str:
    return f"{number} {unit}{'' if number == 1 else 's'}"


def _times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number} times")
