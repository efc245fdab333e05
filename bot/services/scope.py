"""Whose accounts a list is about."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.audience import Audience
from bot.domain.ids import parse_id
from bot.domain.names import fold
from bot.services.errors import BadInput
from bot.storage.database import Reader
from bot.storage.queries import people

MEMBER = "member:"


@dataclass(frozen=True, slots=True)
class Scope:
    """`ids` None means the whole workspace."""

    words: str
    ids: frozenset[int] | None
    note: str | None = None

    def holds(self, account_id: int) -> bool:
        return self.ids is None or account_id in self.ids


def resolve(reader: Reader, audience: Audience, owner: str | None) -> Scope:
    """None or "mine" is the asker's own book, else "team", "all", a name, or `MEMBER` and a member's id.

    Raises BadInput for a name that nobody or several people have.
    """
    wanted = (owner or "mine").strip()
    if wanted == "all":
        return _everybodys(reader)
    if wanted in {"mine", "me", "my"}:
        return _own(reader, audience)
    if wanted == "team":
        if audience.actor.member_id is None:
            return _everybodys(reader, "You are not in the team list, so these are everybody's accounts.")
        members = people.team_of(reader, audience.actor.member_id)
        return Scope("your team's accounts", frozenset(people.accounts_owned_by(reader, members)))
    return _of_somebody(reader, wanted)


def _everybodys(reader: Reader, note: str | None = None) -> Scope:
    """The whole workspace, as far as the audience may see it."""
    only = reader.sight.only
    return Scope("all accounts", None, note) if only is None else Scope("the accounts you may see", only)


def _own(reader: Reader, audience: Audience) -> Scope:
    actor = audience.actor
    if actor.member_id is None:
        note = None if actor.via == "shell" else "You own no accounts by the team list, so these are everybody's."
        return _everybodys(reader, note)
    own = people.accounts_owned_by(reader, [actor.member_id])
    if own:
        return Scope("your accounts", frozenset(own))
    team = people.accounts_owned_by(reader, people.team_of(reader, actor.member_id))
    if team:
        return Scope("your team's accounts", frozenset(team), "You own no accounts yourself; these are your team's.")
    return Scope("your accounts", frozenset(), "No account has you as its owner yet.")


def _of_somebody(reader: Reader, wanted: str) -> Scope:
    if wanted.startswith(MEMBER):
        number = parse_id(wanted.removeprefix(MEMBER))
        found = people.member_of_id(reader, number) if number is not None else []
    else:
        found = people.members_called(reader, fold(wanted.lstrip("@")))
    if not found:
        raise BadInput(f"Nobody called {wanted} is in the team list; try a name, mine, team or all.")
    if len(found) > 1:
        raise BadInput(f"{wanted} could be {', '.join(row.name for row in found)}; say the full name.")
    return Scope(f"{found[0].name}'s accounts", frozenset(people.accounts_owned_by(reader, [found[0].id])))
