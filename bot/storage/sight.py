"""Which accounts an audience may see: what every one of its viewers may.

A viewer reaches the accounts they work on, also those of their team, or all (`Actor.reach`), without restricted ones
unless they work on these, are named for them, or are admins. Outsiders, and places where it is not known who reads, see
none.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from typing import Any

import sqlalchemy as sa

from bot.domain.audience import Actor, Audience, Reach
from bot.storage.among import among
from bot.storage.guard import Access
from bot.storage.live import Live
from bot.storage.tables import assignment, member, restricted_account

Rows = Callable[..., list[Any]]
"""Runs a query for everything there is."""


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
    def listed(self) -> Collection[int]:
        """The set that guards compare with."""
        return self.never if self.only is None else self.only

    def sees(self, account_id: int) -> bool:
        return account_id not in self.never and (self.only is None or account_id in self.only)

    def among(self, ids: Iterable[int]) -> list[int]:
        """Those of these accounts that may be seen, in their order."""
        return [one for one in ids if self.sees(one)]

    def both(self, other: Sight) -> Sight:
        """What both see."""
        onlys = [one for one in (self.only, other.only) if one is not None]
        never = self.never | other.never
        if not onlys:
            return Sight(None, never)
        return Sight(reduce(frozenset.__and__, onlys) - never)


EVERYTHING = Sight()
NOTHING = Sight(frozenset())


def _restricted(_live: Live) -> sa.Select[Any]:
    c = restricted_account.c
    return sa.select(c.account_id, c.named)


def _assigned(live: Live) -> sa.Select[Any]:
    c = assignment.c
    return sa.select(c.account_id, c.member_id).where(among(c.member_id, "members"), live(assignment))


def _team_list(live: Live) -> sa.Select[Any]:
    return sa.select(member.c.id, member.c.team, member.c.manager_id).where(live(member))


def sight_of(rows: Rows, audience: Audience) -> Sight:
    """What the audience may see at this moment."""
    if not audience.sees_internal:
        return NOTHING
    return Sights(rows).of(*audience.viewers)


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

    def of(self, *viewers: Actor) -> Sight:
        """What every one of them may see."""
        if not all(one.is_insider for one in viewers):
            return NOTHING
        limited = [one for one in viewers if one.reach is not Reach.ALL or not one.sees_restricted]
        if not limited:
            return EVERYTHING
        if not self._restricted and all(one.reach is Reach.ALL for one in limited):
            return EVERYTHING
        circles = [_circle(one, self._teams if one.reach is Reach.TEAM else {}) for one in limited]
        worked_on = self._worked_on_by(set().union(*circles))
        seen = (_of_one(one, circle, worked_on, self._restricted) for one, circle in zip(limited, circles, strict=True))
        return reduce(Sight.both, seen, EVERYTHING)

    @cached_property
    def _restricted(self) -> dict[int, frozenset[int]]:
        return {row.account_id: frozenset(row.named or ()) for row in self._rows(_restricted)}

    @cached_property
    def _teams(self) -> dict[int, set[int]]:
        return _teams(self._rows(_team_list))

    @cached_property
    def _worked_on(self) -> dict[int, set[int]]:
        return {}

    def _worked_on_by(self, members: set[int]) -> dict[int, set[int]]:
        """The accounts that each of these members works on."""
        if unread := members - self._worked_on.keys():
            read = _by_member(self._rows(_assigned, members=sorted(unread)))
            self._worked_on.update({one: read.get(one, set()) for one in unread})
        return self._worked_on


def _of_one(
    viewer: Actor, circle: set[int], worked_on: dict[int, set[int]], restricted: dict[int, frozenset[int]]
) -> Sight:
    mine = set().union(*(worked_on.get(one, set()) for one in _own(viewer)))
    named = {account for account, members in restricted.items() if members & _own(viewer)}
    closed = frozenset() if viewer.sees_restricted else frozenset(restricted) - mine - named
    if viewer.reach is Reach.ALL:
        return Sight(None, closed)
    reached = set().union(*(worked_on.get(one, set()) for one in circle))
    return Sight(frozenset(reached | named) - closed)


def _own(viewer: Actor) -> set[int]:
    """The members whose accounts are the viewer's own: they themselves, and whom they stand in for."""
    return {one for one in (viewer.member_id, *viewer.stands_in_for) if one is not None}


def _circle(viewer: Actor, teams: dict[int, set[int]]) -> set[int]:
    """The members whose accounts the viewer reaches; for who reaches all, whose matter for restricted ones."""
    own = _own(viewer)
    if viewer.reach is not Reach.TEAM or viewer.member_id is None:
        return own
    return own | teams.get(viewer.member_id, set())


def _teams(rows: Sequence[Any]) -> dict[int, set[int]]:
    """By member whoever reports to them, and everybody of their team."""
    together: dict[str, set[int]] = {}
    for row in rows:
        if row.team is not None:
            together.setdefault(row.team, set()).add(row.id)
    found = {row.id: set(together.get(row.team, ())) for row in rows}
    for row in rows:
        if row.manager_id in found:
            found[row.manager_id].add(row.id)
    return found


def _by_member(rows: Sequence[Any]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for row in rows:
        found.setdefault(row.member_id, set()).add(row.account_id)
    return found
