"""The plan of an account as it stands, with what is missing in it."""

from __future__ import annotations

from datetime import date, datetime

from bot.domain import plans as rules
from bot.domain.audience import Audience
from bot.domain.contacts import Contact, gaps, is_here
from bot.domain.ids import id_text
from bot.domain.money import Money
from bot.domain.policy import Policies
from bot.services.assess import State, assess
from bot.services.card import health_of, risks_of
from bot.services.contacts import everybody_at
from bot.services.errors import NotFound
from bot.services.existing import what_became_of
from bot.services.lookup import require_internal
from bot.services.results.base import Sum
from bot.services.results.plans import (
    AccountPlan,
    PlanAction,
    PlanDeal,
    PlanIdea,
    PlanObjective,
    PlanOutcome,
    PlanPerson,
    PlanRequest,
    PlanReturn,
    PlanReview,
)
from bot.storage.database import AnyRow, Database, Reader
from bot.storage.queries import plans

PEOPLE = 8


def account_plan(
    database: Database, audience: Audience, account_id: int, policies: Policies, now: datetime, today: date
) -> AccountPlan:
    """The plan of one account; one that nobody wrote yet is all gaps. Raises NotFound when the account is gone."""
    require_internal(audience)
    with database.reading(audience) as reader:
        state = assess(reader, [account_id], policies, now, today).get(account_id)
        if state is None:
            raise NotFound(what_became_of(reader, account_id))
        return _plan(reader, account_id, state, now, today)


def _plan(reader: Reader, account_id: int, state: State, now: datetime, today: date) -> AccountPlan:
    ids = [account_id]
    profile = plans.plans(reader, ids).get(account_id)
    goals = plans.objectives(reader, ids).get(account_id, [])
    values = plans.outcomes(reader, ids).get(account_id, [])
    actions = plans.actions(reader, ids).get(account_id, [])
    reviews = plans.reviews(reader, ids).get(account_id, [])
    people = everybody_at(reader, account_id, now, today)
    arr = state.arr.totals if state.arr.known else ()
    dates = state.leading.dates if state.leading else None
    facts = rules.PlanFacts(
        why_bought=profile is not None and bool(profile.why_bought),
        objectives=[_goal_facts(row) for row in goals],
        people=gaps(people, today),
        outcomes=[_value_facts(row) for row in values],
        actions=[_action_facts(row) for row in actions],
        reviewed_on=reviews[0].reviewed_at.date() if reviews else None,
        next_review_on=profile.next_review_on if profile is not None else None,
    )
    return AccountPlan(
        account_id=id_text(account_id),
        account=state.row.name,
        owner=state.owner.name if state.owner is not None else None,
        segment=state.row.segment,
        industry=state.row.industry,
        employees=state.row.employees,
        country=state.row.country,
        arr=tuple(Sum.of(money) for money in arr),
        lead_on=dates.lead_on if dates else None,
        days_left=dates.days_left if dates else None,
        why_bought=profile.why_bought if profile is not None else None,
        why_visibility=profile.visibility if profile is not None else "internal",
        objectives=tuple(_objective(row) for row in goals),
        people=tuple(person_of(one, today) for one in people[:PEOPLE]),
        people_total=sum(is_here(one, today) for one in people),
        outcomes=tuple(_outcome(row) for row in reversed(values)),
        returns=tuple(_return(one) for one in rules.returns(facts.outcomes, arr, today)),
        requests=tuple(_request(row) for row in plans.requests(reader, ids).get(account_id, [])),
        ideas=tuple(_idea(row) for row in plans.ideas(reader, ids).get(account_id, [])),
        deals=tuple(_deal(row) for row in plans.deals(reader, ids).get(account_id, [])),
        health=health_of(state.health),
        risks=risks_of(state),
        actions=tuple(_action(row, today) for row in actions),
        reviews=tuple(PlanReview(at=row.reviewed_at, by=row.reviewed_by, note=row.note) for row in reviews),
        next_review_on=facts.next_review_on,
        gaps=rules.gaps(facts, today),
        as_of=now,
    )


def _goal_facts(row: AnyRow) -> rules.Objective:
    return rules.Objective(
        row.text, row.measure, row.due_on, agreed=row.agreed_on is not None, open=row.status == "open"
    )


def _value_facts(row: AnyRow) -> rules.Outcome:
    return rules.Outcome(_money(row), row.reached_on, confirmed=row.confirmed_on is not None)


def _action_facts(row: AnyRow) -> rules.Action:
    owned = row.owner_id is not None or row.by == "them"
    return rules.Action(row.quote, owned=owned, due_on=row.due_on, open=row.status == "open")


def _money(row: AnyRow) -> Money | None:
    return Money(row.amount, row.currency or "?") if row.amount is not None else None


def _worth(row: AnyRow) -> Sum | None:
    money = _money(row)
    return Sum.of(money) if money is not None else None


def _objective(row: AnyRow) -> PlanObjective:
    return PlanObjective(
        id=id_text(row.id),
        text=row.text,
        measure=row.measure,
        baseline=row.baseline,
        target=row.target,
        due_on=row.due_on,
        agreed_on=row.agreed_on,
        status=row.status,
    )


def person_of(one: Contact, today: date) -> PlanPerson:
    return PlanPerson(
        id=id_text(one.id),
        name=one.name,
        title=one.title,
        role=one.role,
        stance=one.stance,
        active=is_here(one, today),
        involved_on=one.involved.on if one.involved else None,
    )


def _outcome(row: AnyRow) -> PlanOutcome:
    return PlanOutcome(
        id=id_text(row.id),
        what=row.what,
        metric=row.metric,
        before=row.value_before,
        after=row.value_after,
        worth=_worth(row),
        evidence=row.evidence,
        objective=row.objective,
        reached_on=row.reached_on,
        confirmed_on=row.confirmed_on,
        visibility=row.visibility,
    )


def _return(one: rules.Return) -> PlanReturn:
    times = one.times
    return PlanReturn(
        currency=one.currency,
        confirmed=one.confirmed,
        stated=one.stated,
        paid=one.paid,
        times=round(times, 2) if times is not None else None,
    )


def _request(row: AnyRow) -> PlanRequest:
    return PlanRequest(
        id=id_text(row.id),
        what=row.what,
        person=row.person,
        asked_on=row.asked_on,
        status=row.status,
        answer=row.answer,
        visibility=row.visibility,
    )


def _idea(row: AnyRow) -> PlanIdea:
    return PlanIdea(
        id=id_text(row.id),
        what=row.what,
        product=row.product,
        unit=row.unit,
        state=row.state,
        worth=_worth(row),
        reason=row.reason,
    )


def _deal(row: AnyRow) -> PlanDeal:
    return PlanDeal(
        name=row.name,
        kind=row.kind,
        stage=row.stage,
        product=row.product,
        worth=_worth(row),
        closes_on=row.closed_on,
    )


def _action(row: AnyRow, today: date) -> PlanAction:
    return PlanAction(
        id=id_text(row.id),
        what=row.quote,
        metric=row.metric,
        by=row.by,
        owner=row.owner,
        due_on=row.due_on,
        days_left=(row.due_on - today).days if row.due_on is not None else None,
        done_on=row.kept_on,
        status=row.status,
        objective=row.objective,
        visibility=row.visibility or "client-safe",
    )
