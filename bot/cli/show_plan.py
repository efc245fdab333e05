"""A plan as plain lines."""

from __future__ import annotations

from collections.abc import Iterable

from bot.cli.show import day, line, money
from bot.services.plans.parts import STANCES
from bot.services.results.base import Sum
from bot.services.results.plans import AccountPlan, PlanAction, PlanObjective, PlanOutcome, PlanPerson, PlanReturn


def plan(found: AccountPlan) -> None:
    line(f"{found.account}  account plan, {found.owner or 'no owner'}, {money(found.arr)} ARR", bold=True)
    last = (
        f"last reviewed {found.reviews[0].at:%Y-%m-%d} by {found.reviews[0].by}" if found.reviews else "never reviewed"
    )
    line(f"  Review     {last}; next {day(found.next_review_on) if found.next_review_on else 'not planned'}")
    for gap in found.gaps:
        line(f"  Missing    {gap}")
    line(f"  Bought     {found.why_bought or 'why is not known'}")
    _lines("Objective", (_objective(one) for one in found.objectives))
    _lines("Person", (_person(one) for one in found.people))
    _lines("Return", (_return(one) for one in found.returns))
    _lines("Value", (_outcome(one) for one in found.outcomes))
    _lines("Growth", (_said(one.what, one.product, one.unit, one.state, _sum(one.worth)) for one in found.ideas))
    _lines("Deal", (_said(one.name, one.stage, _sum(one.worth)) for one in found.deals))
    _lines("Asked for", (_said(one.what, one.status, one.person, one.answer) for one in found.requests))
    score = f"{found.health.score} ({found.health.band})" if found.health.score is not None else "unknown"
    line(f"  Health     {score}")
    _lines("Risk", (one.sentence for one in found.risks))
    _lines("Action", (_action(one) for one in found.actions))


def _lines(title: str, texts: Iterable[str]) -> None:
    for text in texts:
        line(f"  {title:<9}  {text}")


def _said(*parts: str | None) -> str:
    return "; ".join(part for part in parts if part)


def _sum(worth: Sum | None) -> str:
    return money([worth]) if worth is not None else "no amount"


def _objective(one: PlanObjective) -> str:
    span = " → ".join(text for text in (one.baseline, one.target) if text)
    agreed = f"agreed {day(one.agreed_on)}" if one.agreed_on else "not agreed with them"
    due = f"until {day(one.due_on)}" if one.due_on else None
    return _said(one.text, one.measure or "no measure", span or None, one.status, due, agreed)


def _person(one: PlanPerson) -> str:
    stance = STANCES[str(one.stance)].casefold() if str(one.stance) in STANCES else "stance not known"
    heard = f"last involved {day(one.involved_on)}" if one.involved_on else "involvement not known"
    return _said(one.name, one.role or "role not known", one.title, None if one.active else "gone", stance, heard)


def _return(one: PlanReturn) -> str:
    if not one.confirmed:
        return f"nothing confirmed in {one.currency}; {one.stated:,.0f} by our own word"
    price = f"for {one.paid:,.0f} a year, {one.times} times the price" if one.paid and one.times is not None else None
    return _said(f"{one.confirmed:,.0f} {one.currency} confirmed", price, f"{one.stated:,.0f} by our own word")


def _outcome(one: PlanOutcome) -> str:
    confirmed = f"confirmed {day(one.confirmed_on)}" if one.confirmed_on else "not confirmed by them"
    return _said(one.what, one.metric, _sum(one.worth), day(one.reached_on), confirmed)


def _action(one: PlanAction) -> str:
    who = "the customer" if one.by == "them" else one.owner or "no owner"
    when = f"due {day(one.due_on)}" if one.due_on else "no date"
    return _said(one.what, who, when, one.status, f"done when: {one.metric}")
