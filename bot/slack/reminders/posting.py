"""One letter on its way: waits for its instant and its turn, is checked a last time, posted, and what came of it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeAlias

import aiohttp
from slack_sdk.errors import SlackApiError

from bot.domain.audience import Sharing
from bot.domain.reminders.reminder import Reminder
from bot.services.reminders.letters import Letter
from bot.services.reminders.outbox import Timing
from bot.services.reminders.outcomes import Doubtful, Ended, Later, Outcome, Sent
from bot.services.results.matters import accounts_in
from bot.services.watching import accounts_of
from bot.slack.calls import UNKNOWN_FATE, Clock, Sleep, code_of, retry_after
from bot.slack.identity import Workspace
from bot.slack.messenger import Messenger, Posted
from bot.slack.reminders.lookback import metadata_of
from bot.slack.reminders.ports import Now
from bot.slack.reminders.refusals import CUT_OFF, MAYBE_CUT_OFF, is_unsure, sentence_of
from bot.slack.render.dates import Days
from bot.slack.render.parts import Message
from bot.slack.render.reminders.message import message_of
from bot.slack.sharing import Room, Rooms

log = logging.getLogger(__name__)
MayRead: TypeAlias = Callable[[Room, Collection[int]], Awaitable[bool]]
"""Whether everybody who reads there may see these accounts."""
_NOT_ALL = "somebody in this channel may not see this account"
_TICK = 1.0
_LONG_QUEUE = timedelta(seconds=5)
_MOST_KEPT = 10_000
_ROOM_TTL = 10.0
SOON, MENDED = timedelta(seconds=15), timedelta(minutes=1)
"""When to try again: when Slack could not be reached, and when it does not let us in."""


@dataclass(slots=True)
class Hand:
    """A reminder that we hold until an instant. `repeats`: nobody could look whether it was posted before; `posting`:
    from now on it may stand at its `place`; `outcome`: what became of it, to be written down."""

    reminder: Reminder
    until: datetime
    repeats: bool = False
    posting: bool = False
    place: str | None = None
    outcome: Outcome | None = None


@dataclass(slots=True)
class Queue:
    """A channel's: until when what was let in keeps it busy, and until when others were told to come back."""

    busy_until: datetime
    promised_until: datetime


@dataclass(slots=True)
class _Look:
    """What a channel was like when it was looked at last."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    at: float = 0.0
    room: Room | None = None


class _Lost(Exception):  # noqa: N818 - a signal, not an error
    """The lease is too short by now to be sure that nobody else looks before our message appears."""


class _Closed(Exception):  # noqa: N818 - a signal, not an error
    """The channel is not one for internal data."""

    def __init__(self, room: Room) -> None:
        super().__init__(room.why)
        self.room = room


class _Unreachable(Exception):  # noqa: N818 - a signal, not an error
    """Slack could not be asked who reads the channel: nothing was posted."""


class Posting:
    """Posts letters through the messenger; every exception becomes an outcome."""

    def __init__(
        self,
        messenger: Messenger,
        workspace: Workspace,
        rooms: Rooms,
        clock: Now,
        timing: Timing,
        *,
        may_read: MayRead,
        seconds: Clock,
        sleep: Sleep,
    ) -> None:
        self._messenger, self._workspace, self._rooms = messenger, workspace, rooms
        self._may_read = may_read
        self._clock, self._timing, self._seconds, self._sleep = clock, timing, seconds, sleep
        self._looked: dict[str, _Look] = {}
        self._direct: dict[str, str] = {}
        self._queues: dict[str, Queue] = {}

    def place_of(self, letter: Letter) -> str:
        """Where it goes: a channel, a person's direct messages once they are known, else the person."""
        user = letter.user or ""
        return letter.channel or self._direct.get(user, user)

    def book(self, place: str) -> datetime | None:
        """Take a place in the channel's queue. An instant when it is so long that the letter had better come back then:
        nobody behind it has to wait for its channel."""
        now, step = self._clock(), timedelta(seconds=self._messenger.interval)
        if len(self._queues) > _MOST_KEPT:
            self._queues = {key: one for key, one in self._queues.items() if one.busy_until > now}
        queue = self._queues.setdefault(place, Queue(now, now))
        queue.busy_until = max(queue.busy_until, now)
        if queue.busy_until - now <= _LONG_QUEUE:
            queue.busy_until += step
            return None
        queue.promised_until = max(queue.promised_until, queue.busy_until) + step
        return queue.promised_until - step

    def _close(self, place: str, until: datetime) -> None:
        """Slack asked for a pause: whoever comes now comes back after it."""
        queue = self._queues.setdefault(place, Queue(until, until))
        queue.busy_until = max(queue.busy_until, until)

    async def post(self, hands: Sequence[Hand], letter: Letter, place: str) -> Callable[[Reminder], Outcome] | None:
        """What became of each reminder of the letter; None when they are not ours any more."""
        try:
            await self._until(max(hand.reminder.due_at for hand in hands))
            repeats = any(hand.repeats for hand in hands)
            posted = await self._messenger.deliver(
                place,
                self._written(letter, repeats=repeats),
                metadata=metadata_of([one.id for one in letter.reminders], letter.carried),
                recheck=self._recheck(hands, letter),
                patience=0,
            )
        except _Lost:
            return None
        except _Closed as closed:
            return self._closed(letter, closed.room)
        except SlackApiError as error:
            return await self._refused(letter, place, error)
        except (_Unreachable, aiohttp.ClientConnectorError):
            at = self._clock() + SOON  # nobody was there to take it
            return lambda one: Later(one, at)
        except UNKNOWN_FATE as error:
            return self._doubtful(place, str(error) or type(error).__name__)
        if letter.user is not None:
            self._direct[letter.user] = posted.channel
        return lambda one: self._sent(letter, posted, one)

    def _sent(self, letter: Letter, posted: Posted, one: Reminder) -> Sent:
        carried = letter.carried if one.id == letter.first.id else ()
        shown_to = letter.user or posted.channel
        return Sent(one, posted.channel, posted.ts, shown_to, carried, accounts_of(letter.says))

    def _written(self, letter: Letter, *, repeats: bool) -> Message:
        own, says = letter.preferences, letter.says
        days = Days(self._clock().astimezone(own.zone).date(), own.locale, own.zone)
        return message_of(says.model_copy(update={"repeat": True}) if repeats else says, days)

    async def _until(self, due_at: datetime) -> None:
        """Sleeps in short pieces: the clock may be moved."""
        while (left := (due_at - self._clock()).total_seconds()) > 0:
            await self._sleep(min(left, _TICK))

    def _recheck(self, hands: Sequence[Hand], letter: Letter) -> Callable[[], Awaitable[None]]:
        async def recheck() -> None:
            if letter.channel is not None:
                room = await self._room(letter.channel)
                if room.sharing is not Sharing.INTERNAL:
                    raise _Closed(room)
                if not await self._read_by_all(room, letter):
                    raise _Closed(Room(Sharing.INTERNAL, _NOT_ALL))
            if self._clock() + self._timing.settling > min(hand.until for hand in hands):
                raise _Lost
            for hand in hands:
                hand.posting = True

        return recheck

    async def _read_by_all(self, room: Room, letter: Letter) -> bool:
        try:
            return await self._may_read(room, accounts_in(letter.says))
        except UNKNOWN_FATE as error:
            raise _Unreachable from error

    async def _room(self, channel: str) -> Room:
        """Who can read the channel, as of some seconds ago at most; asked once for all who wait for the answer."""
        if len(self._looked) > _MOST_KEPT:
            self._looked = {key: look for key, look in self._looked.items() if look.lock.locked()}
        look = self._looked.setdefault(channel, _Look())
        async with look.lock:
            if look.room is None or self._seconds() - look.at >= _ROOM_TTL:
                try:
                    look.room = await self._rooms.look(channel)
                except UNKNOWN_FATE as error:
                    raise _Unreachable from error
                look.at = self._seconds()
            return look.room

    def _closed(self, letter: Letter, room: Room) -> Callable[[Reminder], Outcome]:
        if room.refusal:
            return lambda one: Ended(one, "failed", sentence_of(room.refusal), letter.tell)
        return lambda one: Ended(one, "held", room.why, letter.tell)

    async def _refused(self, letter: Letter, place: str, error: SlackApiError) -> Callable[[Reminder], Outcome]:
        code, pause, now = code_of(error), retry_after(error), self._clock()
        if pause is not None:
            opens_at = now + timedelta(seconds=pause)
            self._close(place, opens_at)
            return lambda one: Later(one, opens_at)
        if is_unsure(error):
            return self._doubtful(place, code or "no answer that can be read")
        if code in CUT_OFF or (code == MAYBE_CUT_OFF and await self._is_cut_off()):
            log.error("Slack does not let me post (%s): reminders wait. Run `steward doctor`.", code)
            return lambda one: Later(one, now + MENDED)
        log.warning("a %s reminder was refused: %s", letter.first.rule, code)
        return lambda one: Ended(one, "failed", sentence_of(code), letter.tell)

    async def _is_cut_off(self) -> bool:
        try:
            await self._messenger.client.auth_test()
        except SlackApiError:
            return True
        return False

    def _doubtful(self, place: str, why: str) -> Callable[[Reminder], Outcome]:
        look_at = self._clock() + self._timing.settling
        return lambda one: Doubtful(one, place, look_at, why)
