"""Restricting an account to those who work on it and some who are named, and lifting that."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from bot.domain.audience import Audience, Role
from bot.domain.ids import id_text
from bot.domain.names import fold
from bot.services.errors import BadInput, NotAllowed
from bot.services.existing import require_account
from bot.services.lookup import require_member
from bot.services.results.access import Restricted, Restriction
from bot.services.writing import writing
from bot.storage import audit, restrictions
from bot.storage.database import AnyRow, Database, Reader
from bot.storage.queries import people

LONGEST_REASON: Final = 300
_MOST_NAMED = 50


def require_lead(audience: Audience) -> None:
    """For what decides about others. Raises NotAllowed."""
    require_member(audience)
    if not audience.actor.role.covers(Role.LEAD):
        raise NotAllowed("Only leads and admins decide who may see an account. Ask one of them.")


def restrict(
    database: Database, audience: Audience, account_id: int, named: Sequence[str], reason: str, now: datetime
) -> Restricted:
    """Show the account to nobody but those who work on it, the `named` (names or Slack users) and admins.

    Whoever restricts without working on it, being an admin or named, would not see it any more: that is refused.
    Raises NotAllowed, NotFound, BadInput for a name that nobody or several have, Busy.
    """
    require_lead(audience)
    text = " ".join(reason.split())
    if len(text) > LONGEST_REASON:
        raise BadInput(f"A reason has at most {LONGEST_REASON} characters; this one has {len(text)}.")
    with writing(database, audience, now) as writer:
        account = require_account(writer, account_id)
        before = restriction_of(writer, account)
        members = _members(writer, named)
        _stays_inside(writer, audience, account_id, members)
        restrictions.restrict(writer, account_id, sorted(members), text or None)
        found = Restricted(
            account_id=id_text(account_id), account=account.name, before=before, now=restriction_of(writer, account)
        )
        audit.append(writer, "restrict", account_id, {"named": len(members)}, _values(found, account_id))
    return found


def lift(database: Database, audience: Audience, account_id: int, now: datetime) -> Restricted:
    """Show the account to everybody again whom access.yml lets see it. Raises NotAllowed, NotFound, BadInput, Busy."""
    require_lead(audience)
    with writing(database, audience, now) as writer:
        account = require_account(writer, account_id)
        before = restriction_of(writer, account)
        if before is None:
            raise BadInput(f"{account.name} is not restricted.")
        restrictions.lift(writer, account_id)
        found = Restricted(account_id=id_text(account_id), account=account.name, before=before, now=None)
        audit.append(writer, "unrestrict", account_id, {}, _values(found, account_id))
    return found


def restriction_of(reader: Reader, account: AnyRow) -> Restriction | None:
    """The restriction of an account whose row this is."""
    row = restrictions.get_or_none(reader, account.id)
    return None if row is None else as_restriction(reader, row, account.name)


def as_restriction(reader: Reader, row: AnyRow, account: str) -> Restriction:
    named = people.members_of_ids(reader, list(row.named))
    by = people.names_behind(reader, [row.by]).get(row.by, row.by)
    return Restriction(
        account_id=id_text(row.account_id),
        account=account,
        named=tuple(one.name for one in named),
        reason=row.reason,
        by=by,
        at=row.at,
    )


def _members(reader: Reader, named: Sequence[str]) -> set[int]:
    if len(named) > _MOST_NAMED:
        raise BadInput(f"Name at most {_MOST_NAMED} people; more had better be assigned to the account.")
    return {_member(reader, one) for one in named}


def _member(reader: Reader, wanted: str) -> int:
    text = wanted.strip().lstrip("@")
    row = people.member_behind(reader, text, None)
    found = [row] if row is not None else people.members_called(reader, fold(text))
    if len(found) == 1:
        return int(found[0].id)
    if found:
        raise BadInput(f"{wanted} could be {', '.join(one.name for one in found)}; say the full name.")
    raise BadInput(f"Nobody called {wanted} is in the team list. Only people in it can be named for an account.")


def _stays_inside(reader: Reader, audience: Audience, account_id: int, named: set[int]) -> None:
    actor = audience.actor
    if actor.sees_restricted or actor.member_id in named:
        return
    if actor.member_id is None or not people.works_on(reader, actor.member_id, account_id):
        raise BadInput("You would not see it any more yourself: name yourself as well, or ask an admin.")


def _values(found: Restricted, account_id: int) -> list[audit.Value]:
    return [
        audit.Value(
            f"restriction.{name}", getattr(found.before, name, None), getattr(found.now, name, None), account_id
        )
        for name in ("named", "reason")
    ]
