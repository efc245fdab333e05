"""Which accounts an audience may see: what every one of its viewers may.

A viewer reaches the accounts they work on, also those of their team, or all (`Actor.reach`), without restricted ones
unless they work on these, are named for them, or are admins. Outsiders, and places where it is not known who reads, see
none.
"""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable, Iterable
from dataclasses import dataclass
from functools import cached_property, reduce
from typing import Any

import sqlalchemy as sa

from bot.domain.audience import Actor, Audience, Reach
from bot.storage.among import among
from bot.storage.guard import Access
from bot.storage.live import Live
from bot.storage.tables import assignment, change, member, restricted_account

Rows = Callable[..., list[Any]]
"""Runs a query for everything there is."""

_MOST = 500
"""Audiences that are remembered."""


@dataclass(frozen=True, slots=True)
class Sight:
    """`only` these accounts, None for all, and `never` those."""

    only: frozenset[int] | None = None
    never: frozenset[int] = frozenset()

    @property
    def access(self) -> Access:
        if self.only is not None:
            return Access.ONLY
        return Access.BUT if self.never else Access.ALL

    @property
    def listed(self) -> frozenset[int]:
        """The set that guards compare with."""
        return self.never if self.only is None else self.only

    def sees(self, account_id: int) -> bool:
        return account_id not in self.never and (self.only is None or account_id in self.only)

    def among(self, ids: Iterable[int]) -> list[int]:
        """Those of these accounts that may be seen, in their order."""
        return [one for one in ids if self.sees(one)]

    def both(self, other: Sight) -> Sight:
        """What both see."""
        never = self.never | other.never
        if self.only is None or other.only is None:
            only = self.only if other.only is None else other.only
            return Sight(None, never) if only is None else Sight(only - never)
        return Sight((self.only & other.only) - never)


EVERYTHING = Sight()
NOTHING = Sight(frozenset())


def _restricted(live: Live) -> sa.Select[Any]:
    """Restricted accounts, a row for each who works on one. Named members are texts here: few readers need them."""
    c = restricted_account.c
    parts = sa.and_(assignment.c.account_id == c.account_id, live(assignment))
    named = sa.type_coerce(sa.cast(c.named, sa.Text()), sa.Text()).label("named")
    return sa.select(c.account_id, named, assignment.c.member_id).outerjoin(assignment, parts)


def _worked_on(live: Live) -> sa.Select[Any]:
    return sa.select(assignment.c.account_id).where(among(assignment.c.member_id, "members"), live(assignment))


def _state(_live: Live) -> sa.Select[Any]:
    """Moves with everything that rights depend on: a change that comes, one that is taken back, a restriction."""
    newest = sa.select(sa.func.max(change.c.id)).scalar_subquery()
    undone = sa.select(sa.func.count()).select_from(change).where(sa.text("state <> 'live'")).scalar_subquery()
    held = sa.select(sa.func.count()).select_from(restricted_account).scalar_subquery()
    return sa.select(newest.label("newest"), undone.label("undone"), held.label("held"))


def team_of(live: Live) -> sa.Select[Any]:
    """Whoever reports to `lead`, the lead, and everybody of the lead's team."""
    lead = member.alias("lead")
    return sa.select(member.c.id).where(
        live(member),
        sa.or_(
            member.c.manager_id == sa.bindparam("lead"),
            member.c.id == sa.bindparam("lead"),
            member.c.team.in_(
                sa.select(lead.c.team).where(lead.c.id == sa.bindparam("lead"), lead.c.team.is_not(None), live(lead))
            ),
        ),
    )


@dataclass(frozen=True, slots=True)
class Cleared:
    """The members who see a restricted account: those `working` on it, and those `named` for it, as JSON."""

    named: str
    working: set[int | None]

    def clears(self, members: Collection[int]) -> bool:
        if not self.working.isdisjoint(members):
            return True
        return any(f"{one}" in self.named for one in members) and not set(json.loads(self.named)).isdisjoint(members)


class Remembered:
    """The sights of some audiences as of the last change, for as many as look at once."""

    def __init__(self) -> None:
        self._held: OrderedDict[Hashable, Sight] = OrderedDict()

    def of(self, rows: Rows, audience: Audience, hidden: Hashable) -> Sight:
        """What the audience may see at this moment; `hidden` are the changes that this look does not show."""
        if not audience.sees_internal:
            return NOTHING
        if all(one.reach is Reach.ALL and one.sees_restricted for one in audience.viewers):
            return EVERYTHING
        (state,) = rows(_state)
        key = (audience.viewers, hidden, tuple(state))
        found = self._held.get(key)
        if found is None:
            found = self._held[key] = Sights(rows).of(*audience.viewers)
            while len(self._held) > _MOST:
                self._held.popitem(last=False)
        return found


def narrowing(rows: Rows, audience: Audience) -> tuple[Actor, ...]:
    """Those of the others because of whom less is seen than the actor sees alone, no more of them than it takes."""
    if not audience.sees_internal:
        return audience.others
    sights = Sights(rows)
    by_all, seen = sights.of(*audience.viewers), sights.of(audience.actor)
    kept = []
    for viewer in audience.others:
        if seen == by_all:
            break
        less = seen.both(sights.of(viewer))
        if less != seen:
            kept.append(viewer)
            seen = less
    return tuple(kept)


class Sights:
    """What some people may see, each or all of them, by what was read once."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._teams: dict[int, frozenset[int]] = {}

    def of(self, *viewers: Actor) -> Sight:
        """What every one of them may see."""
        if not all(one.is_insider for one in viewers):
            return NOTHING
        limited = (one for one in viewers if one.reach is not Reach.ALL or not one.sees_restricted)
        return reduce(Sight.both, (self._of_one(one) for one in limited), EVERYTHING)

    def _of_one(self, viewer: Actor) -> Sight:
        own = {one for one in (viewer.member_id, *viewer.stands_in_for) if one is not None}
        cleared = frozenset(one for one, who in self._restricted.items() if who.clears(own))
        closed = frozenset() if viewer.sees_restricted else frozenset(self._restricted) - cleared
        if viewer.reach is Reach.ALL:
            return Sight(None, closed)
        circle = own | self._team(viewer)
        reached = self._rows(_worked_on, members=sorted(circle)) if circle else ()
        return Sight(cleared.union(row[0] for row in reached) - closed)

    def _team(self, viewer: Actor) -> frozenset[int]:
        if viewer.reach is not Reach.TEAM or viewer.member_id is None:
            return frozenset()
        if viewer.member_id not in self._teams:
            self._teams[viewer.member_id] = frozenset(row[0] for row in self._rows(team_of, lead=viewer.member_id))
        return self._teams[viewer.member_id]

    @cached_property
    def _restricted(self) -> dict[int, Cleared]:
        found: dict[int, Cleared] = {}
        for row in self._rows(_restricted):
            who = found.setdefault(row.account_id, Cleared(row.named, set()))
            who.working.add(row.member_id)
        return found
