"""Contract dates: the current term, the last day for notice, and which of the two to lead with.

Dates are the customer's calendar days. `ends_on` is always the last paid day (inclusive); the renewal or the churn
falls on the day after it (Sourcegraph, arr-definitions).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from dateutil.relativedelta import relativedelta

from .days import written
from .when.calendars import Workdays

RenewalState = Literal["upcoming", "notice passed", "auto-renewed", "lapsed", "open-ended", "not started", "unknown"]

_DAY = timedelta(days=1)
# CRMs write "9999-12-31" (and the like) for "no end".
_NEVER = date(2900, 1, 1)


@dataclass(frozen=True, slots=True)
class ContractTerms:
    """What a contract says about its dates.

    `ends_on` None is open-ended; `auto_renew` and `notice_days` None are "not known". `country` (ISO 3166 alpha-2 or
    alpha-3) chooses the holidays for business days; without one only Saturdays and Sundays are no business days.
    """

    starts_on: date | None
    ends_on: date | None
    auto_renew: bool | None = None
    notice_days: int | None = None
    notice_business_days: bool = False
    term_months: int | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """One paid term; `rolled` counts the automatic renewals since the first."""

    starts_on: date | None
    ends_on: date
    rolled: int


@dataclass(frozen=True, slots=True)
class Decision:
    """The next term that somebody can still decide about, and `notice_on`, the last day on which notice ends it.

    It is a later one than the current term where the period of notice is longer than a term: 120 days' notice given
    today on a contract of quarters ends it after the quarter that follows. Then `opens_on` is the first day on which it
    is the one to decide about, and `moves_on` says that after `notice_on` another may be; else None and False.
    """

    term: Term
    notice_on: date | None
    opens_on: date | None = None
    moves_on: bool = False

    @property
    def until(self) -> date:
        """The last day on which this surely is the next decision."""
        return self.notice_on if self.moves_on and self.notice_on is not None else self.term.ends_on


@dataclass(frozen=True, slots=True)
class RenewalDates:
    """What comes next for a contract: the dates of the term that can still be decided about (see `Decision`).

    `leads` names the date to show first, `lead_on`; `days_left` counts from today to it (0 = today, negative = past).
    `renews` is whether the contract renews by itself, None when not known.
    """

    ends_on: date | None
    renews_on: date | None
    notice_on: date | None
    leads: Literal["notice", "end"] | None
    lead_on: date | None
    days_left: int | None
    state: RenewalState
    rolled: int
    sentence: str
    renews: bool | None = None


def add_months(day: date, months: int) -> date:
    """The same day of the month `months` later, or the last day of that month when it is shorter."""
    return day + relativedelta(months=months)


def whole_months(starts_on: date, ends_on: date) -> int | None:
    """The length of a term in months when it is a whole number of them, else None. Both days are inclusive.

    29 February to 28 February of the next year is twelve months, although 29 + 12 months is the 28th itself.
    """
    after = ends_on + _DAY
    months = (after.year - starts_on.year) * 12 + after.month - starts_on.month
    for count in (months, months - 1):
        reached = add_months(starts_on, count)
        if count > 0 and (reached == after or (reached.day < starts_on.day and reached + _DAY == after)):
            return count
    return None


def current_term(terms: ContractTerms, today: date) -> Term | None:
    """The term that `today` falls into, or the last one when the contract does not renew by itself.

    An auto-renewing contract rolls on by `term_months`, else by the length of its first term when that is a whole
    number of months. None when there is no end, when the dates contradict each other, or when the length of a rolled
    term is not known: then the end of the current term would be a guess.
    """
    if terms.ends_on is None or terms.ends_on >= _NEVER:
        return None
    if terms.starts_on and terms.starts_on > terms.ends_on:
        return None
    if terms.ends_on >= today or terms.auto_renew is not True:
        return Term(terms.starts_on, terms.ends_on, 0)
    after = _ends(terms, terms.ends_on)
    return _rolled(after, terms.ends_on, _step(terms, terms.ends_on) or 1, today) if after is not None else None


def _rolled(after: Callable[[int], date], ends_on: date, step: int, today: date) -> Term:
    count = max(1, ((today.year - ends_on.year) * 12 + today.month - ends_on.month) // step - 1)
    while after(count) <= today:
        count += 1
    return Term(after(count - 1), after(count) - _DAY, count)


def _step(terms: ContractTerms, ends_on: date) -> int | None:
    if terms.term_months and terms.term_months > 0:
        return terms.term_months
    return whole_months(terms.starts_on, ends_on) if terms.starts_on else None


def _ends(terms: ContractTerms, ends_on: date) -> Callable[[int], date] | None:
    """The day after a contract renewed so many times ends; None when the length of its terms is not known."""
    step = _step(terms, ends_on)
    if not step:
        return None
    first = whole_months(terms.starts_on, ends_on) if terms.starts_on else None
    # Each end is counted from the original date: adding month by month would turn 31 January into 28 March.
    anchor, offset = (terms.starts_on, first) if terms.starts_on and first else (ends_on + _DAY, 0)
    spill = anchor + relativedelta(months=offset) < ends_on + _DAY  # a term from 29 February to 28 February

    def after(times: int) -> date:
        reached = add_months(anchor, offset + times * step)
        return reached + _DAY if spill and reached.day < anchor.day else reached

    return after


def next_decision(terms: ContractTerms, today: date) -> Decision | None:
    """What can be decided about next; None where there is no current term.

    It is the current term, also once its notice deadline has passed. Where the period of notice is longer than a term
    it is the first term whose deadline lies ahead: the earliest end that a notice given today still brings about.
    """
    term = current_term(terms, today)
    if term is None:
        return None
    notice_on = notice_deadline(terms, term.ends_on)
    after = _ends(terms, terms.ends_on) if notice_on is not None and _may_outlast(terms) and terms.ends_on else None
    if notice_on is None or after is None or not _outlasts(terms, term, notice_on, after):
        return Decision(term, notice_on)
    before = _deadline_of(terms, term.rolled - 1, after) if term.rolled else None
    while notice_on < today:
        before, rolled = notice_on, term.rolled + 1
        term = Term(after(rolled - 1), after(rolled) - _DAY, rolled)
        notice_on = _deadline_of(terms, rolled, after)
    return Decision(term, notice_on, before + _DAY if before is not None else None, moves_on=True)


def _deadline_of(terms: ContractTerms, rolled: int, after: Callable[[int], date]) -> date:
    deadline = notice_deadline(terms, after(rolled) - _DAY)
    return deadline if deadline is not None else date.max


def _outlasts(terms: ContractTerms, term: Term, notice_on: date, after: Callable[[int], date]) -> bool:
    """Whether the deadline of this term lies before its first day, or that of the next one on or before its last."""
    if term.starts_on is not None and notice_on < term.starts_on:
        return True
    return _deadline_of(terms, term.rolled + 1, after) <= term.ends_on


def _may_outlast(terms: ContractTerms) -> bool:
    """Whether it is worth looking: few periods of notice come near the length of a term, and every card asks.

    Four days for each business day hold the longest runs of holidays.
    """
    if terms.auto_renew is not True or terms.ends_on is None:
        return False
    days = (terms.notice_days or 0) * (4 if terms.notice_business_days else 1) + 14
    first = (terms.ends_on - terms.starts_on).days if terms.starts_on is not None else None
    rolled = 28 * terms.term_months if terms.term_months else None
    return days >= min((one for one in (first, rolled) if one is not None), default=days + 1)


def is_business_day(day: date, country: str | None) -> bool:
    """Whether work is done on that day in the country; without a known country every Monday to Friday."""
    return Workdays(country).is_working(day)


def business_days_before(day: date, count: int, country: str | None) -> date:
    """The `count`-th business day before `day`; with 0 the last business day up to and including it."""
    workdays = Workdays(country)
    return workdays.shift(day, -count) if count > 0 else workdays.previous_working(day + _DAY)


def notice_deadline(terms: ContractTerms, ends_on: date) -> date | None:
    """The last day on which notice can still be given for a term that ends on `ends_on`; None when not known.

    Thirty days' notice to 31 December must be given on 1 December: thirty full days follow. Counted in business days it
    is the thirtieth business day before the end.
    """
    if terms.notice_days is None or terms.notice_days < 0:
        return None
    if terms.notice_business_days:
        return business_days_before(ends_on, terms.notice_days, terms.country)
    return ends_on - timedelta(days=terms.notice_days)


def renewal_dates(terms: ContractTerms, today: date) -> RenewalDates:
    """What renews when, and what to lead with: the earlier of notice deadline and end that still lies ahead.

    Once the notice deadline has passed the state says so and the end leads; where notice is longer than a term the
    deadline of a later term leads, and the dates are those of that term. After the end of a contract that does not
    renew by itself (or of which that is not known) the end leads with negative days.
    """
    decision = next_decision(terms, today)
    if decision is None:
        return _without_end(terms, today)
    term, notice_on = decision.term, decision.notice_on
    notice_leads = notice_on is not None and notice_on >= today
    lead_on = notice_on if notice_on is not None and notice_leads else term.ends_on
    state = _state(terms, term, notice_on, today)
    return RenewalDates(
        ends_on=term.ends_on,
        renews_on=term.ends_on + _DAY,
        notice_on=notice_on,
        leads="notice" if notice_leads else "end",
        lead_on=lead_on,
        days_left=(lead_on - today).days,
        state=state,
        rolled=term.rolled,
        sentence=_sentence(terms, decision, state, today),
        renews=terms.auto_renew,
    )


def _state(terms: ContractTerms, term: Term, notice_on: date | None, today: date) -> RenewalState:
    if terms.starts_on and terms.starts_on > today:
        return "not started"
    if term.ends_on < today:
        return "lapsed"
    if notice_on is not None and notice_on < today:
        return "notice passed"
    return "auto-renewed" if terms.ends_on is not None and terms.ends_on < today else "upcoming"


def _without_end(terms: ContractTerms, today: date) -> RenewalDates:
    state: RenewalState = "unknown"
    starts, ends = written(terms.starts_on), written(terms.ends_on)
    if terms.ends_on is not None and terms.ends_on < _NEVER:
        if terms.starts_on and terms.starts_on > terms.ends_on:
            sentence = f"The dates contradict each other: starts {starts}, ends {ends}. Correct one."
        else:
            sentence = f"Renewed automatically after {ends}, for how long is not known. Add the term in months."
    elif terms.starts_on and terms.starts_on > today:
        state, sentence = "not started", f"Starts on {starts}; open-ended."
    elif terms.starts_on or terms.ends_on:
        state, sentence = "open-ended", f"Runs{f' since {starts}' if terms.starts_on else ''} without an end date."
    else:
        sentence = "No contract dates are known. Add start and end."
    return RenewalDates(None, None, None, None, None, None, state, 0, sentence, terms.auto_renew)


def _sentence(terms: ContractTerms, decision: Decision, state: RenewalState, today: date) -> str:
    term, notice_on = decision.term, decision.notice_on
    if state == "lapsed":
        unknown = " Whether it renews automatically is not known." if terms.auto_renew is None else ""
        return f"Ended on {written(term.ends_on)} without a recorded renewal.{unknown}"
    renewal = {
        True: "then renews automatically",
        False: "without automatic renewal",
        None: "whether it then renews is not known",
    }
    ends = f"{'Current term ends' if term.rolled else 'Ends'} on {written(term.ends_on)}, {renewal[terms.auto_renew]}."
    start = f"Starts on {written(terms.starts_on)}. " if state == "not started" else ""
    if notice_on is None:
        return f"{start}{ends} The notice period is not known."
    if term.starts_on is not None and term.starts_on > today and term.rolled:
        runs = f"Runs on to {written(term.starts_on - _DAY)}, too late to end it earlier."
        return f"{start}{runs} Notice until {written(notice_on)} ends it on {written(term.ends_on)}."
    notice = (
        f"Notice was possible until {written(notice_on)}."
        if state == "notice passed"
        else f"Notice is possible until {written(notice_on)}."
    )
    return f"{start}{ends} {notice}"
