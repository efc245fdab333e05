"""Delivery: what is due is claimed, addressed, posted and settled, in batches that overlap.

A tick only starts work; what a tick claimed is seen through in tasks of its own. Batches are small: whoever asks
meanwhile waits for no more than a part of one.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

from slack_sdk.errors import SlackApiError

from bot.domain.reminders.presence import Part, Presence
from bot.domain.reminders.reminder import Reminder
from bot.services.errors import StewardError
from bot.services.reminders.letters import Letter, Verdict
from bot.services.reminders.outcomes import Doubtful, Later, Outcome, Sent
from bot.services.reminders.targets import Target
from bot.slack.background import Background
from bot.slack.calls import UNKNOWN_FATE, Sleep
from bot.slack.errors import caught
from bot.slack.ports import Runner
from bot.slack.reminders.attendance import Attendance, Chain
from bot.slack.reminders.lookback import Lookback, UnreadableError
from bot.slack.reminders.ports import Box, Letters, Now
from bot.slack.reminders.posting import SOON, Hand, Posting

log = logging.getLogger(__name__)
_DRAIN_SECONDS = 5.0
_BREATH = 1.0
_GATHERED = 0.05
"""Seconds in which what ends is written down together, while more is under way."""
_WRITTEN_AT_ONCE = 200
_MENDED = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Runners:
    """`quick` takes reads of a millisecond, `slow` what may wait for another writer or reads a morning: threads."""

    quick: Runner
    slow: Runner


@dataclass(frozen=True, slots=True)
class Batches:
    """How many reminders are claimed at once, and how many may be under way."""

    claimed: int = 20
    under_way: int = 300


BATCHES = Batches()


class Delivery:
    """One process's delivery: `tick` every second, `close` when done."""

    def __init__(
        self,
        box: Box,
        letters: Letters,
        runners: Runners,
        attendance: Attendance,
        lookback: Lookback,
        posting: Posting,
        clock: Now,
        *,
        sleep: Sleep = asyncio.sleep,
        batches: Batches = BATCHES,
    ) -> None:
        self._box, self._letters = box, letters
        self._quick, self._slow = runners.quick, runners.slow
        self._attendance, self._lookback, self._posting = attendance, lookback, posting
        self._clock, self._sleep, self._batches = clock, sleep, batches
        self._hands: dict[int, Hand] = {}
        self._room = asyncio.Event()
        self._done: list[Outcome] = []
        self._going = self._writing = self._closed = False
        self._background = Background()

    def tick(self) -> None:
        """Start a round, unless one is still going on."""
        if not self._going:
            self._going = True
            self._background.start(self.round())

    async def round(self) -> None:
        """Claim what is due within a moment, as long as there is room for it, and see to it in the background."""
        try:
            async with caught("claiming reminders", _note):
                more = await self._quick(self._box.is_anything_due)
                while more and not self._closed:
                    await self._room_for_more()
                    more = await self._claim()
                await self._keep()
        finally:
            self._going = False

    async def _claim(self) -> bool:
        until = self._clock() + self._box.timing.lease
        found = await self._slow(lambda: self._box.claim(self._batches.claimed))
        hands = [Hand(one, until) for one in found]
        self._hands |= {hand.reminder.id: hand for hand in hands}
        if hands:
            self._background.start(self._see_to(hands))
        return bool(hands)

    @property
    def busy(self) -> bool:
        return bool(self._hands) or self._background.busy

    async def close(self) -> None:
        """Let what is being posted finish, and give back what is not."""
        self._closed = True
        hands = list(self._hands.values())
        posting = any(hand.posting and hand.outcome is None for hand in hands)
        await self._background.drain(_DRAIN_SECONDS if posting else 0)
        held = [hand for hand in hands if hand.outcome is None and not hand.posting and not _in_doubt(hand)]
        back = [Later(one.reminder, one.reminder.due_at, one.reminder.reason) for one in held]
        async with caught("giving reminders back", _note):
            await self._slow(lambda: self._box.settle([*self._done, *back]))

    async def _room_for_more(self) -> None:
        while len(self._hands) + self._batches.claimed > self._batches.under_way:
            self._room.clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._room.wait(), _BREATH)
            await self._keep()

    async def _keep(self) -> None:
        """Renew the leases of what has been in our hands for long."""
        now = self._clock()
        held = [one for one in self._hands.values() if now < one.until <= now + self._box.timing.lease / 2]
        if held:
            kept = await self._slow(lambda: self._box.renew([one.reminder.id for one in held]))
            for one in held:
                one.until = kept.until if one.reminder.id in kept.ours else now

    async def _see_to(self, hands: list[Hand]) -> None:
        try:
            async with caught("delivering reminders", _note):
                await self._reconcile([hand for hand in hands if _in_doubt(hand)])
                ready = [hand for hand in hands if hand.outcome is None]
                await self._send(await self._letters_for(ready) if ready else ())
        finally:
            for hand in hands:
                if hand.outcome is None:
                    self._hands.pop(hand.reminder.id, None)
            self._room.set()

    async def _reconcile(self, doubts: Sequence[Hand]) -> None:
        """Adopt what stands in its conversation already. What was never aimed at one was never posted."""
        places: dict[str, list[Hand]] = {}
        for hand in doubts:
            if hand.reminder.channel is not None:
                places.setdefault(hand.reminder.channel, []).append(hand)
        for place, some in places.items():
            try:
                since = min(hand.reminder.claimed_at or self._clock() for hand in some)
                found = await self._lookback.find(place, since)
            except UnreadableError:
                for hand in some:
                    hand.repeats = True
            except (SlackApiError, *UNKNOWN_FATE) as error:
                for hand in some:
                    self._settle(hand, self._look_later(hand, str(error)))
            else:
                for hand in some:
                    if (stands := found.get(hand.reminder.id)) is not None:
                        self._settle(hand, Sent(hand.reminder, stands.channel, stands.ts, place, stands.carried))

    async def _letters_for(self, hands: Sequence[Hand]) -> list[Letter]:
        """What is to be posted now; everything else is settled."""
        by_id = {hand.reminder.id: hand for hand in hands}
        verdicts = await self._decided(hands)
        letters = []
        for verdict in verdicts:
            if not isinstance(verdict, Letter):
                self._settle(by_id[verdict.reminder.id], verdict)
                continue
            some = [by_id[one.id] for one in verdict.reminders]
            at = self._posting.book(self._posting.place_of(verdict))
            if at is None or any(_in_doubt(hand) for hand in some):
                letters.append(verdict)
                continue
            for hand in some:
                self._settle(hand, Later(hand.reminder, at))
        return letters

    async def _decided(self, hands: Sequence[Hand]) -> list[Verdict]:
        """The verdicts on these; where our own code fails over one of them, the others do not suffer."""
        verdicts: list[Verdict] = []
        async with caught("writing reminders", self._telling(hands if len(hands) == 1 else ())):
            try:
                return await self._verdicts([hand.reminder for hand in hands])
            except (SlackApiError, *UNKNOWN_FATE) as error:
                for hand in hands:
                    self._settle(hand, self._look_later(hand, str(error)))
                return []
        if len(hands) > 1:
            for hand in hands:
                verdicts += await self._decided([hand])
        return verdicts

    def _telling(self, hands: Sequence[Hand]) -> Callable[[str], Awaitable[None]]:
        """What failed for a reason of our own waits a while for somebody to read the log; its row says so."""

        async def tell(sentence: str) -> None:
            for hand in hands:
                one, place, now = hand.reminder, hand.place or hand.reminder.channel, self._clock()
                if (hand.posting or _in_doubt(hand)) and place is not None:
                    self._settle(hand, Doubtful(one, place, now + self._box.timing.settling, sentence))
                else:
                    self._settle(hand, Later(one, now + _MENDED, sentence))

        return tell

    async def _verdicts(self, due: Sequence[Reminder]) -> list[Verdict]:
        known = await self._quick(lambda: self._letters.known(due))
        chains = await self._attendance.chains(known)
        users = {one.slack_user_id for chain in chains.values() for part, one in chain if part != "lead"} - {""}
        stand_ins = await self._quick(lambda: self._letters.stand_ins(sorted(users)))
        backups = await self._attendance.presences(stand_ins.values())
        present = {key: _with_stand_ins(chain, stand_ins, backups) for key, chain in chains.items()}
        return await self._slow(lambda: self._letters.compose(due, present))

    async def _send(self, letters: Sequence[Letter]) -> None:
        if not letters:
            return
        targets = [Target(letter, self._posting.place_of(letter)) for letter in letters]
        ids = [one.id for letter in letters for one in letter.reminders]
        sure = [one for one in ids if _in_doubt(self._hands[one])]
        aimed = await self._slow(lambda: self._box.aim(targets, sure))
        for one in ids:
            if one in aimed.ours:
                self._hands[one].until = aimed.until
        under_way = []
        for target in targets:
            if all(row.id in aimed.ours for row in target.letter.reminders):
                under_way.append(asyncio.create_task(self._post(target)))
                await asyncio.sleep(0)  # between two of them the loop acks whoever asks
        await asyncio.gather(*under_way)

    async def _post(self, target: Target) -> None:
        hands = [self._hands[one.id] for one in target.letter.reminders]
        for hand in hands:
            hand.place = target.place
        async with caught("posting a reminder", self._telling(hands)):
            became = await self._posting.post(hands, target.letter, target.place)
            if became is not None:
                for hand in hands:
                    self._settle(hand, became(hand.reminder))

    def _look_later(self, hand: Hand, why: str) -> Outcome:
        """For when Slack cannot be asked: what may stand there stays in doubt, the rest comes again."""
        one, at = hand.reminder, self._clock() + SOON
        return Later(one, at) if one.channel is None or not _in_doubt(hand) else Doubtful(one, one.channel, at, why)

    def _settle(self, hand: Hand, outcome: Outcome) -> None:
        """Have it written down, with whatever else has come to its end by then."""
        hand.outcome = outcome
        self._done.append(outcome)
        if not self._writing:
            self._writing = True
            self._background.start(self._write())

    async def _write(self) -> None:
        try:
            while self._done:
                if len(self._done) < len(self._hands):
                    await self._sleep(_GATHERED)
                some = self._done[:_WRITTEN_AT_ONCE]
                if await self._written(some):
                    del self._done[: len(some)]
                    for outcome in some:
                        self._hands.pop(outcome.reminder.id, None)
                    self._room.set()
        finally:
            self._writing = False

    async def _written(self, outcomes: list[Outcome]) -> bool:
        """False when the database does not take it now. What fails for a reason of our own is given up: its lease ends,
        and it is looked for in its conversation."""
        async with caught("writing down what became of reminders", _note):
            try:
                lost = await self._slow(lambda: self._box.settle(outcomes))
            except StewardError as error:
                await _note(error.sentence)
                await self._sleep(_BREATH)
                return False
            if lost:
                await _note(f"{lost} reminders were in other hands before they were settled here")
            return True
        return len(outcomes) == 1 or all([await self._written([one]) for one in outcomes])


def _in_doubt(hand: Hand) -> bool:
    return hand.reminder.state == "doubt"


def _with_stand_ins(
    chain: Chain, stand_ins: Mapping[str, str], backups: Mapping[str, Presence]
) -> list[tuple[Part, Presence]]:
    """Whoever stands in for somebody comes right after them; a lead is there for others, and nobody for the lead."""
    found: dict[str, tuple[Part, Presence]] = {}
    for part, one in chain:
        found.setdefault(one.slack_user_id or one.name, (part, one))
        backup = backups.get(stand_ins.get(one.slack_user_id, ""))
        if backup is not None and part != "lead":
            found.setdefault(backup.slack_user_id, ("backup", backup))
    return list(found.values())


async def _note(sentence: str) -> None:
    """There is nobody to tell, and nothing is lost: what was claimed comes back when its lease ends."""
    log.warning("reminders: %s", sentence)
