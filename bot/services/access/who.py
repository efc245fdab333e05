"""Who may see an account and why, and which accounts are restricted."""

from __future__ import annotations

from bot.domain.audience import Audience, Reach
from bot.domain.ids import id_text
from bot.domain.policy import AccessPolicy
from bot.services.access.restrict import as_restriction, restriction_of
from bot.services.existing import require_account
from bot.services.identity import member_as_actor
from bot.services.lookup import require_internal
from bot.services.results.access import Restriction, Viewer, WhoMaySee
from bot.storage import restrictions
from bot.storage.database import AnyRow, Database
from bot.storage.queries import addressing
from bot.storage.sight import Sights

_BY_REACH = {Reach.ALL: "reaches all accounts", Reach.TEAM: "their team works on it", Reach.OWN: "works on it"}


def who_may_see(database: Database, audience: Audience, account_id: int, access: AccessPolicy) -> WhoMaySee:
    """Everybody of the team list who may see the account. Raises NotFound."""
    require_internal(audience)
    with database.reading(audience) as reader:
        account = require_account(reader, account_id)
        restriction = restriction_of(reader, account)
        team = [row for row in addressing.members(reader).values() if row.active]
        parts = {row.member_id: row.part for row in addressing.assigned(reader, [account_id]).get(account_id, ())}
        sights = Sights(reader.everything)
        actors = {row.id: member_as_actor(row, access) for row in team}
        seeing = [row for row in team if sights.of(actors[row.id]).sees(account_id)]
    named = set(restriction.named) if restriction is not None else set()
    viewers = (
        Viewer(name=row.name, why=_why(row, parts.get(row.id), named, actors[row.id].reach))
        for row in sorted(seeing, key=lambda row: (row.id not in parts, row.name.casefold()))
    )
    return WhoMaySee(
        account_id=id_text(account_id),
        account=account.name,
        restriction=restriction,
        viewers=tuple(viewers),
        members=len(team),
        unlisted=restriction is None and access.reach.unlisted is Reach.ALL,
    )


def _why(row: AnyRow, part: str | None, named: set[str], reach: Reach) -> str:
    if part is not None:
        return "owns it" if part == "owner" else f"works on it as {part}"
    return "named for it" if row.name in named else _BY_REACH[reach]


def restricted_accounts(database: Database, audience: Audience) -> tuple[Restriction, ...]:
    """The restricted accounts that the audience may see, by name."""
    require_internal(audience)
    with database.reading(audience) as reader:
        return tuple(as_restriction(reader, row, row.name) for row in restrictions.all_of_them(reader))
