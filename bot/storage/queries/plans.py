"""What stands in the plans of accounts.

What may be told to the customer is said row by row: an objective once it is agreed (`agreed_on`), an outcome, a request
and why they bought by `visibility`, an action unless its `visibility` is internal; ideas and reviews never.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from bot.storage.among import among
from bot.storage.database import AnyRow, Reader
from bot.storage.live import Build, Live
from bot.storage.tables import (
    account,
    account_plan,
    change,
    commitment,
    growth_idea,
    member,
    objective,
    opportunity,
    outcome,
    person,
    plan_review,
    product,
    request,
)


def _plans(live: Live) -> sa.Select[Any]:
    return sa.select(account_plan).where(among(account_plan.c.account_id, "ids"), live(account_plan))


def _objectives(live: Live) -> sa.Select[Any]:
    c = objective.c
    return sa.select(objective).where(among(c.account_id, "ids"), live(objective)).order_by(c.id)


def _outcomes(live: Live) -> sa.Select[Any]:
    c = outcome.c
    return (
        sa.select(outcome, objective.c.text.label("objective"))
        .select_from(outcome)
        .outerjoin(objective, sa.and_(objective.c.id == c.objective_id, live(objective)))
        .where(among(c.account_id, "ids"), live(outcome))
        .order_by(c.reached_on, c.id)
    )


def _requests(live: Live) -> sa.Select[Any]:
    c = request.c
    return (
        sa.select(request, person.c.name.label("person"))
        .select_from(request)
        .outerjoin(person, sa.and_(person.c.id == c.person_id, live(person)))
        .where(among(c.account_id, "ids"), live(request))
        .order_by(c.asked_on, c.id)
    )


def _ideas(live: Live) -> sa.Select[Any]:
    c = growth_idea.c
    return (
        sa.select(growth_idea, product.c.name.label("product"))
        .select_from(growth_idea)
        .outerjoin(product, sa.and_(product.c.id == c.product_id, live(product)))
        .where(among(c.account_id, "ids"), live(growth_idea))
        .order_by(c.id)
    )


def _actions(live: Live) -> sa.Select[Any]:
    c = commitment.c
    return (
        sa.select(
            c.id, c.v_in, c.account_id, c.objective_id, c.by, c.quote, c.metric, c.made_on, c.due_on, c.kept_on,
            c.status, c.visibility, c.owner_id, member.c.name.label("owner"), member.c.slack_user_id,
            objective.c.text.label("objective"),
        )
        .select_from(commitment)
        .outerjoin(member, sa.and_(member.c.id == c.owner_id, live(member)))
        .outerjoin(objective, sa.and_(objective.c.id == c.objective_id, live(objective)))
        .where(among(c.account_id, "ids"), c.metric.is_not(None), live(commitment))
        .order_by(c.due_on, c.id)
    )  # fmt: skip


def _deals(live: Live) -> sa.Select[Any]:
    c = opportunity.c
    return (
        sa.select(
            c.id, c.account_id, c.product_id, c.name, c.kind, c.stage, c.amount, c.currency, c.opened_on, c.closed_on,
            product.c.name.label("product"),
        )
        .select_from(opportunity)
        .outerjoin(product, sa.and_(product.c.id == c.product_id, live(product)))
        .where(among(c.account_id, "ids"), c.outcome == "open", live(opportunity))
        .order_by(c.closed_on, c.id)
    )  # fmt: skip


def _family(live: Live) -> sa.Select[Any]:
    c = account.c
    return sa.select(c.id, c.name).where(c.parent_id == sa.bindparam("account"), live(account)).order_by(c.name)


def _reviews(live: Live) -> sa.Select[Any]:
    """With when the review was written down, which is what later changes are compared with."""
    c = plan_review.c
    return (
        sa.select(plan_review, change.c.published_at.label("written_at"))
        .select_from(plan_review)
        .join(change, change.c.id == c.v_in)
        .where(among(c.account_id, "ids"), live(plan_review))
        .order_by(c.reviewed_at.desc(), c.id.desc())
    )


def _products(live: Live) -> sa.Select[Any]:
    query = sa.select(product.c.id, product.c.name).where(live(product)).order_by(product.c.name)
    return query.limit(sa.bindparam("most", type_=sa.Integer()))


def _grouped(reader: Reader, build: Build, ids: Sequence[int]) -> dict[int, list[AnyRow]]:
    found: dict[int, list[AnyRow]] = {}
    for row in reader.rows(build, ids=ids) if ids else ():
        found.setdefault(row.account_id, []).append(row)
    return found


def plans(reader: Reader, ids: Sequence[int]) -> dict[int, AnyRow]:
    """why_bought, visibility, next_review_on by account; the oldest where two accounts with plans became one."""
    return {one: min(rows, key=lambda row: row.id) for one, rows in _grouped(reader, _plans, ids).items()}


def objectives(reader: Reader, ids: Sequence[int]) -> dict[int, list[AnyRow]]:
    """text, measure, baseline, target, due_on, agreed_on, status; in the order in which they were written down."""
    return _grouped(reader, _objectives, ids)


def outcomes(reader: Reader, ids: Sequence[int]) -> dict[int, list[AnyRow]]:
    """Value delivered, oldest first: what, metric, value_before, value_after, amount, currency, evidence, reached_on,
    confirmed_on, visibility, and the text of the `objective` it serves."""
    return _grouped(reader, _outcomes, ids)


def requests(reader: Reader, ids: Sequence[int]) -> dict[int, list[AnyRow]]:
    """What they asked for, oldest first: what, asked_on, status, answer, visibility, and the name of the `person`."""
    return _grouped(reader, _requests, ids)


def ideas(reader: Reader, ids: Sequence[int]) -> dict[int, list[AnyRow]]:
    """Growth: what, unit, state, amount, currency, reason, and the name of the `product`. Internal, always."""
    return _grouped(reader, _ideas, ids)


def actions(reader: Reader, ids: Sequence[int]) -> dict[int, list[AnyRow]]:
    """Actions by due day, whatever became of them: quote, metric, by, owner, due_on, kept_on, status (open, kept,
    missed, cancelled), visibility, and the text of the `objective` they serve."""
    return _grouped(reader, _actions, ids)


def deals(reader: Reader, ids: Sequence[int]) -> dict[int, list[AnyRow]]:
    """Open opportunities of the CRM, by the day they are to close: name, kind, stage, amount, product."""
    return _grouped(reader, _deals, ids)


def family(reader: Reader, account_id: int) -> list[AnyRow]:
    """id and name of what lies directly below an account, by name."""
    return reader.rows(_family, account=account_id)


def reviews(reader: Reader, ids: Sequence[int]) -> dict[int, list[AnyRow]]:
    """reviewed_at, reviewed_by, note, written_at; newest first."""
    return _grouped(reader, _reviews, ids)


def products(reader: Reader, most: int) -> list[AnyRow]:
    """id and name of what we sell, by name."""
    return reader.rows(_products, most=most)
