"""Who is shown what, recorded before it is sent.

What the use cases answer while a delivery is worked on is noted with it (`noted`). Before everything that it sends the
messenger asks the witness, who writes down what was noted and is new to that place. So no answer can forget it, and
where it cannot be written, nothing is sent.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from typing import Protocol

from bot.domain.audience import SYSTEM, Actor
from bot.services.shown import PASSING, Seen, Where, what_of


class Records(Protocol):
    def note_shown(self, actor: Actor, seen: tuple[Seen, ...]) -> None: ...


@dataclass(slots=True)
class _Delivery:
    """What was noted since a delivery began: of each account by which use cases; and whom we told of which."""

    asked_in: str | None
    actor: Actor = SYSTEM
    noted: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    told: dict[str | None, set[int]] = field(default_factory=lambda: defaultdict(set))
    people: dict[str, int] = field(default_factory=dict)
    direct: dict[str, str] = field(default_factory=dict)


_USERS = ("U", "W")
_now: ContextVar[_Delivery | None] = ContextVar("delivery", default=None)


@contextmanager
def watching(asked_in: str | None = None) -> Iterator[None]:
    """Inside, in every task and thread that is started there, answers are noted. Inside of itself it does nothing."""
    if _now.get() is not None:
        yield
        return
    token = _now.set(_Delivery(asked_in))
    try:
        yield
    finally:
        _now.reset(token)


def noted(actor: Actor, use_case: str, accounts: frozenset[int]) -> None:
    """An answer about these accounts, which may be shown from now on."""
    delivery = _now.get()
    if delivery is not None:
        delivery.actor = actor if actor is not SYSTEM else delivery.actor
        for one in accounts:
            delivery.noted[one].add(what_of(use_case))


def people_in(channel: str, people: int) -> None:
    """How many people are in a channel that was looked at."""
    delivery = _now.get()
    if delivery is not None:
        delivery.people[channel] = people


def direct(channel: str, user: str) -> None:
    """Whose direct messages with the bot a conversation is; nothing for what is no user's id."""
    delivery = _now.get()
    if delivery is not None and user.startswith(_USERS):
        delivery.direct[channel] = user


@dataclass(frozen=True, slots=True)
class Spot:
    """Where something is about to be seen: by `user` alone, by who asked (`private`), or by all who are in `channel`,
    which may be a user's id: then by them alone."""

    where: Where
    channel: str | None = None
    user: str | None = None
    private: bool = False


class Witness:
    """Writes down what is about to be seen."""

    def __init__(self, records: Records) -> None:
        self._records = records

    async def __call__(self, spot: Spot) -> None:
        """Raises what `note_shown` raises; what was noted is not shown then, and not recorded later either."""
        delivery = _now.get()
        if delivery is None or not delivery.noted:
            return
        sight = _sight(delivery, spot)
        if sight is None:
            return
        try:
            await asyncio.to_thread(self._records.note_shown, delivery.actor, (sight,))
        except BaseException:
            delivery.noted.clear()
            raise
        delivery.told[sight.channel or sight.to] |= sight.accounts


def _sight(delivery: _Delivery, spot: Spot) -> Seen | None:
    """What was noted and is new to whoever will see it."""
    seen = _place(delivery, spot)
    fresh = {one: what for one, what in delivery.noted.items() if one not in delivery.told[seen.channel or seen.to]}
    passing = {one for one, what in fresh.items() if what <= PASSING}
    if len(passing) < len(delivery.noted) and any(not what <= PASSING for what in delivery.noted.values()):
        fresh = {one: what for one, what in fresh.items() if one not in passing}
    if not fresh:
        return None
    what = frozenset().union(*fresh.values())
    return replace(seen, accounts=frozenset(fresh), what=what - PASSING or what)


def _place(delivery: _Delivery, spot: Spot) -> Seen:
    nothing = Seen(frozenset(), frozenset(), spot.where, asked_in=delivery.asked_in)
    channel = spot.channel or ""
    user = spot.user or (channel if channel.startswith(_USERS) else delivery.direct.get(channel))
    asker = delivery.actor.slack_user_id
    if user is None and (spot.private or (channel.startswith("D") and channel == delivery.asked_in)):
        user = asker
    if user is not None:
        return replace(nothing, to=user)
    return replace(nothing, channel=spot.channel, people=delivery.people.get(channel))
