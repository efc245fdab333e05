"""Rules about account plans: what a plan lacks, and what was delivered compared with what was paid.

A plan is a living document: what nobody wrote down is said as a gap, never left blank.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from .days import written
from .money import Money, totals

YEAR = timedelta(days=365)
"""Over how many days value delivered is added up."""
STALE = timedelta(days=90)
"""A plan without a review date is stale when nobody looked at it for as long."""
_NAMED = 2
_WORDS = 60


@dataclass(frozen=True, slots=True)
class Objective:
    text: str
    measure: str | None = None
    due_on: date | None = None
    agreed: bool = False
    open: bool = True


@dataclass(frozen=True, slots=True)
class Outcome:
    """Value delivered; `worth` to the customer, `confirmed` by the customer."""

    worth: Money | None = None
    reached_on: date | None = None
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Action:
    text: str
    owned: bool = True
    due_on: date | None = None
    open: bool = True


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """What is known of a plan. `people` are the gaps among the contacts, in sentences."""

    why_bought: bool = False
    objectives: Sequence[Objective] = ()
    people: Sequence[str] = ()
    outcomes: Sequence[Outcome] = ()
    actions: Sequence[Action] = ()
    reviewed_on: date | None = None
    next_review_on: date | None = None


def gaps(facts: PlanFacts, today: date) -> tuple[str, ...]:
    """What is missing, one sentence each, in the order of the plan."""
    return (
        *([] if facts.why_bought else ["Why they bought is not written down."]),
        *_of_objectives(facts.objectives, today),
        *facts.people,
        *_of_outcomes(facts.outcomes, today),
        *_of_actions(facts.actions, today),
        *_of_reviews(facts, today),
    )


def _of_objectives(objectives: Sequence[Objective], today: date) -> Iterator[str]:
    standing = [one for one in objectives if one.open]
    if not standing:
        yield "No objective is known: ask what they want to reach."
        return
    if not any(one.agreed for one in standing):
        yield "No objective is agreed with the customer."
    for one in [one for one in standing if not one.measure][:_NAMED]:
        yield f"The objective “{_short(one.text)}” has no measure."
    for one in [one for one in standing if one.due_on is not None and one.due_on < today][:_NAMED]:
        yield f"The objective “{_short(one.text)}” was due on {written(one.due_on)}: was it met?"


def _of_outcomes(outcomes: Sequence[Outcome], today: date) -> Iterator[str]:
    lately = [one for one in outcomes if one.reached_on is not None and today - YEAR < one.reached_on <= today]
    if not lately:
        yield "No value delivered in the last year is written down."
    elif not any(one.worth is not None for one in lately):
        yield "No value delivered has an amount: the return is not known."
    elif not any(one.confirmed for one in lately):
        yield "No value delivered is confirmed by the customer."


def _of_actions(actions: Sequence[Action], today: date) -> Iterator[str]:
    standing = [one for one in actions if one.open]
    if not standing:
        yield "No action is planned."
    for one in [one for one in standing if not one.owned][:_NAMED]:
        yield f"The action “{_short(one.text)}” has no owner."
    for one in [one for one in standing if one.due_on is None][:_NAMED]:
        yield f"The action “{_short(one.text)}” has no date."
    late = sum(one.due_on is not None and one.due_on < today for one in standing)
    if late:
        yield f"{late} {'action is' if late == 1 else 'actions are'} overdue."


def _of_reviews(facts: PlanFacts, today: date) -> Iterator[str]:
    if facts.next_review_on is not None and facts.next_review_on < today:
        yield f"The review was due on {written(facts.next_review_on)}."
    elif facts.next_review_on is not None:
        return
    elif facts.reviewed_on is None:
        yield "The plan was never reviewed, and no review is planned."
    elif today - facts.reviewed_on >= STALE:
        yield f"The plan was last reviewed on {written(facts.reviewed_on)}, and no review is planned."


def _short(text: str) -> str:
    return text if len(text) <= _WORDS else f"{text[: _WORDS - 1].rstrip()}…"


@dataclass(frozen=True, slots=True)
class Return:
    """Value delivered in the last year in one currency: `confirmed` by the customer and `stated` by us alone; `paid` is
    what the customer pays a year in it, None where that is not known."""

    currency: str
    confirmed: Decimal
    stated: Decimal
    paid: Decimal | None

    @property
    def times(self) -> Decimal | None:
        """What the customer confirmed for each unit of money that they pay: value / yearly price, None without one.

        Only what is confirmed counts, as value that we alone state proves nothing to the one who pays.
        """
        return self.confirmed / self.paid if self.paid else None


def returns(outcomes: Iterable[Outcome], paid: Iterable[Money], today: date) -> tuple[Return, ...]:
    """By currency, the largest first; currencies are never added. Outcomes without an amount or a day do not count."""
    counted = [
        one
        for one in outcomes
        if one.worth is not None and one.reached_on is not None and today - YEAR < one.reached_on <= today
    ]
    confirmed = {money.currency: money.amount for money in _sums(counted, confirmed=True)}
    stated = {money.currency: money.amount for money in _sums(counted, confirmed=False)}
    prices = {money.currency: money.amount for money in paid}
    found = totals(one.worth for one in counted if one.worth is not None)
    return tuple(
        Return(
            money.currency,
            confirmed.get(money.currency, Decimal(0)),
            stated.get(money.currency, Decimal(0)),
            prices.get(money.currency),
        )
        for money in found
    )


def _sums(outcomes: Iterable[Outcome], *, confirmed: bool) -> tuple[Money, ...]:
    return totals(one.worth for one in outcomes if one.worth is not None and one.confirmed is confirmed)
