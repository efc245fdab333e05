"""The milestones of a contract, counted back from the last day on which something can still be done about it.

That is the notice deadline, less the days a notice is on its way, or the end of the contract where no notice is known.
Contracts that do not renew by themselves have milestones before their end and after it too. A milestone on a weekend or
public holiday of the customer's country is told on the last working day before: later would be too late. Where two fall
on one day, the nearer one is told.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from bot.domain.policy import ReminderPolicy, RenewalPolicy
from bot.domain.reminders.course import Course, Over, caught_up, in_turn
from bot.domain.reminders.place import Place
from bot.domain.reminders.wanted import OWNER, Wanted
from bot.domain.terms import ContractTerms, Decision, Term, next_decision

_DATES_CHANGED = Over("the dates of the contract changed")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What somebody recorded about the renewal that counts towards `anchor_on`."""

    anchor_on: date
    outcome: str
    by: str | None


@dataclass(frozen=True, slots=True)
class Contract:
    """A contract as its ladder reads it. `over` is why it renews no more: cancelled, or followed by another. `arr` is
    what is at stake, for ordering only; `products` are empty where they are not known."""

    id: int
    account_id: int
    terms: ContractTerms
    segment: str | None
    place: Place
    over: Over | None = None
    outcomes: tuple[Outcome, ...] = ()
    number: str | None = None
    arr: Decimal = Decimal(0)
    products: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class _Dates:
    """What is decided about next; the last day to act on the notice deadline; the end where it is a date of its own."""

    decision: Decision
    lead_on: date
    act_by: date
    end_too: bool

    @property
    def term(self) -> Term:
        return self.decision.term


def ladder(contract: Contract, renewals: RenewalPolicy, reminders: ReminderPolicy, now: datetime) -> Course:
    """The renewal reminders of one contract as of now; nothing where its dates are not known."""
    empty = Course("renewal", contract.id, before=_DATES_CHANGED)
    today = contract.place.today(now)
    try:
        dates = _dates(contract.terms, renewals, today)
        if contract.over is not None or dates is None:
            return Course("renewal", contract.id, over=contract.over, before=_DATES_CHANGED)
        ahead, passed = in_turn(_milestones(contract, dates, renewals, reminders), now)
        over_at = contract.place.midnight_after(dates.decision.until)
    except OverflowError:  # the edge of the calendar: nobody lives to be reminded
        return empty
    anchors = frozenset({dates.lead_on, dates.term.ends_on})
    recorded = next((one for one in contract.outcomes if one.anchor_on in anchors), None)
    looks = [over_at] if recorded is not None or not ahead else [over_at, ahead[0].due_at]
    late = _late(contract, passed, dates, renewals, now)
    return Course(
        rule="renewal",
        anchor_id=contract.id,
        anchors=anchors,
        ahead=ahead,
        passed=passed,
        catch_up=late if late is not None and (not ahead or late.due_at < ahead[0].due_at) else None,
        over=_recorded(recorded) if recorded is not None else None,
        before=_renewed_itself(dates.term, today) if dates.term.rolled else _DATES_CHANGED,
        again_at=min((at for at in looks if at > now), default=None),
    )


def _dates(terms: ContractTerms, policy: RenewalPolicy, today: date) -> _Dates | None:
    decision = next_decision(terms, today)
    if decision is None:
        return None
    term, notice_on = decision.term, decision.notice_on
    renews = terms.auto_renew is True
    if renews and term.starts_on is not None and (term.ends_on - term.starts_on).days + 1 < policy.rolling_days:
        return None
    if notice_on is None:
        return _Dates(decision, term.ends_on, term.ends_on, end_too=False)
    return _Dates(decision, notice_on, notice_on - timedelta(days=policy.receipt_days), end_too=not renews)


def _milestones(
    contract: Contract, dates: _Dates, renewals: RenewalPolicy, reminders: ReminderPolicy
) -> Iterator[Wanted]:
    begins = dates.decision.opens_on or dates.term.starts_on or contract.terms.starts_on
    for days in renewals.ladder_for(contract.segment).value:
        on = dates.act_by - timedelta(days=days)
        if begins is None or on >= begins or days == 0:  # before that the term before it was the matter
            yield _told(contract, dates.lead_on, days, on, renewals, reminders)
    ends_on = dates.term.ends_on
    if contract.terms.auto_renew is True:
        return
    for days in renewals.after_notice if dates.end_too else ():
        on = ends_on - timedelta(days=days)
        if on > dates.lead_on:
            yield _told(contract, ends_on, days, on, renewals, reminders)
    for days in renewals.after_end:
        yield _told(contract, ends_on, -days, ends_on + timedelta(days=days), renewals, reminders)


def _told(
    contract: Contract, anchor_on: date, days: int, on: date, renewals: RenewalPolicy, reminders: ReminderPolicy
) -> Wanted:
    place = contract.place
    return Wanted(
        rule="renewal",
        account_id=contract.account_id,
        anchor_id=contract.id,
        anchor_on=anchor_on,
        milestone=days,
        recipient=OWNER,
        due_at=place.instant(place.last_working(on), renewals.at),
        zone=place.zone,
        carrier="own" if days >= 0 and reminders.own_message.holds("renewal", days) else "morning",
    )


def _late(
    contract: Contract, passed: Wanted | None, dates: _Dates, policy: RenewalPolicy, now: datetime
) -> Wanted | None:
    """What is said instead of a milestone that passed, as long as the day lies ahead, or the contract just ended and
    nobody knows how."""
    if passed is None:
        return None
    today, ended_on = contract.place.today(now), dates.term.ends_on
    unknown = passed.anchor_on == ended_on and contract.terms.auto_renew is not True and policy.after_end
    if passed.anchor_on < today and not (unknown and today <= ended_on + timedelta(days=policy.after_end[-1])):
        return None
    return caught_up(passed, dates.act_by, contract.place, policy.at, now)


def _recorded(one: Outcome) -> Over:
    return Over(one.outcome, "not renewing" if one.outcome == "not renewing" else "done", one.by)


def _renewed_itself(term: Term, today: date) -> Over:
    if term.starts_on is not None and term.starts_on > today:
        return Over(f"without notice the contract runs on to {term.starts_on - timedelta(days=1)}")
    return Over(f"the contract renewed by itself on {term.starts_on}")
