"""A row of a plan as a form shows it, with what can be chosen in it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from bot.domain.audience import Audience
from bot.domain.ids import id_text
from bot.services.errors import NotFound
from bot.services.existing import require_account
from bot.services.lookup import require_member
from bot.services.plans.parts import SPECS, Field
from bot.services.results.plans import Part, PlanRow
from bot.storage import edits
from bot.storage.database import AnyRow, Database, Reader
from bot.storage.queries import contacts, people, plans
from bot.storage.tables import metadata

MOST = 100
"""As many options as a select of Slack's has room for."""


def plan_row(database: Database, audience: Audience, part: Part, account_id: int, row_id: int | None) -> PlanRow:
    """One entry of a plan, or an empty one. Raises NotFound when the account or the entry is gone."""
    require_member(audience)
    spec = SPECS[part]
    with database.reading(audience) as reader:
        account = require_account(reader, account_id)
        row = _row(reader, part, account_id, row_id)
        kinds = {one.kind for one in spec.fields}
        goals = plans.objectives(reader, [account_id]).get(account_id, []) if "objective" in kinds else []
        owner = _owner(reader, row)
        known = contacts.contacts(reader, account_id) if "person" in kinds else []
        return PlanRow(
            part=part,
            id=id_text(row.id) if row is not None and part != "review" else None,
            version=id_text(row.v_in) if row is not None else None,
            account_id=id_text(account_id),
            account=account.name,
            fields={one.name: _text(one, row) for one in spec.fields} if row is not None else {},
            owner=owner.name if owner is not None else None,
            owner_slack_user_id=owner.slack_user_id if owner is not None else None,
            objectives={id_text(goal.id): goal.text for goal in goals[:MOST]},
            products={id_text(one.id): one.name for one in plans.products(reader, MOST)} if "product" in kinds else {},
            people={id_text(one.id): one.name for one in known[:MOST]},
        )


def _row(reader: Reader, part: Part, account_id: int, row_id: int | None) -> AnyRow | None:
    if part in ("profile", "review"):
        return plans.plans(reader, [account_id]).get(account_id)
    if row_id is None:
        return None
    row = edits.current(reader, metadata.tables[SPECS[part].table], row_id)
    if row is None or row.account_id != account_id:
        raise NotFound("That entry is gone from the plan. See what stands there with `/account plan`.")
    return row


def _owner(reader: Reader, row: AnyRow | None) -> AnyRow | None:
    owner_id = getattr(row, "owner_id", None)
    return next(iter(people.member_of_id(reader, owner_id)), None) if owner_id is not None else None


def _text(one: Field, row: AnyRow) -> str:
    """A field as it was typed, or could have been."""
    if one.kind == "money":
        return f"{_plain(row.amount)} {row.currency or ''}".strip() if row.amount is not None else ""
    value: Any = getattr(row, one.name, None)
    if value is None:
        return "client-safe" if one.name == "visibility" else ""
    if one.kind in ("member", "objective", "product", "person"):
        return id_text(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def _plain(amount: Decimal) -> str:
    return f"{amount:,.0f}" if amount == amount.to_integral_value() else f"{amount:,.2f}"
