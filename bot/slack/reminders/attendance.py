"""What Slack says of people right now: are they still here, and do they want to be left alone?"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.reminders.presence import Part, Presence
from bot.services.reminders.addressing import Known
from bot.slack.calls import Clock, Sleep, monotonic, patiently
from bot.slack.identity import People
from bot.slack.ports import SlackPerson
from bot.slack.reminders.ports import Now

_AT_ONCE = 50
_TTL = 60.0
Chain = Sequence[tuple[Part, Presence]]


class Attendance:
    """People as `People` remembers them, and whether their notifications are paused, remembered for a minute."""

    def __init__(
        self,
        people: People,
        client: AsyncWebClient,
        clock: Now,
        *,
        seconds: Clock = monotonic,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._people, self._client, self._clock = people, client, clock
        self._seconds, self._sleep = seconds, sleep
        self._asking = asyncio.Lock()  # batches overlap, and the second finds in memory what the first asked for
        self._pauses: dict[str, tuple[float, tuple[datetime, datetime] | None]] = {}

    async def chains(self, known: Mapping[int, Sequence[Known]]) -> dict[int, list[tuple[Part, Presence]]]:
        """By reminder: its addressees in their order, nobody twice. Who is not in this workspace is not reachable."""
        everybody = {one for some in known.values() for one in some}
        found = await self._find(everybody)
        presences = await self.presences(found.values())
        chains = {}
        for key, some in known.items():
            chain: dict[str, tuple[Part, Presence]] = {}
            for one in some:
                user = found.get(one)
                presence = presences[user] if user is not None else Presence("", one.name, False, None, None)
                chain.setdefault(user or one.name, (one.part, presence))
            chains[key] = list(chain.values())
        return chains

    async def presences(self, user_ids: Iterable[str]) -> dict[str, Presence]:
        async with self._asking:
            people = await self._people.these(user_ids)
            await self._ask_pauses([one for one, person in people.items() if _is_reachable(person)])
        return {one: self._presence(person) for one, person in people.items()}

    async def _find(self, everybody: Iterable[Known]) -> dict[Known, str]:
        """Their Slack users: as our data says, else by e-mail address."""
        everybody = list(everybody)
        async with self._asking:
            emails = await self._people.with_emails(
                one.email for one in everybody if one.email and not one.slack_user_id
            )
        found = {}
        for one in everybody:
            person = emails.get(one.email.casefold()) if one.email else None
            user = one.slack_user_id or (person.user_id if person is not None else None)
            if user is not None:
                found[one] = user
        return found

    def _presence(self, person: SlackPerson) -> Presence:
        return Presence(
            slack_user_id=person.user_id,
            name=person.name,
            reachable=_is_reachable(person),
            tz=person.tz,
            busy_until=self._busy_until(person.user_id),
        )

    def _busy_until(self, user_id: str) -> datetime | None:
        _, pause = self._pauses.get(user_id, (0.0, None))
        return pause[1] if pause is not None and pause[0] <= self._clock() < pause[1] else None

    async def _ask_pauses(self, user_ids: Sequence[str]) -> None:
        """Fails open: who cannot be asked about is not busy; their quiet hours hold anyway."""
        now = self._seconds()
        stale = [one for one in user_ids if one not in self._pauses or now - self._pauses[one][0] >= _TTL]
        for start in range(0, len(stale), _AT_ONCE):
            some = stale[start : start + _AT_ONCE]
            try:
                told = await patiently(partial(self._client.dnd_teamInfo, users=some), self._sleep)
            except SlackApiError:
                users: dict[str, Any] = {}
            else:
                users = told.get("users") or {}
            self._pauses.update({one: (now, _pause(users.get(one) or {})) for one in some})


def _is_reachable(person: SlackPerson) -> bool:
    return not (person.deleted or person.is_bot or person.is_guest or person.is_external)


def _pause(told: dict[str, Any]) -> tuple[datetime, datetime] | None:
    start, end = told.get("next_dnd_start_ts"), told.get("next_dnd_end_ts")
    if not told.get("dnd_enabled") or not isinstance(start, int) or not isinstance(end, int) or end <= start:
        return None
    return datetime.fromtimestamp(start, UTC), datetime.fromtimestamp(end, UTC)
