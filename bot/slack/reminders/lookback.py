"""Whether a message stands in a conversation already: looked for by the id in its metadata."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.ids import id_text, parse_id
from bot.slack.calls import Sleep, patiently
from bot.slack.identity import Workspace
from bot.slack.reminders.refusals import asks_again

EVENT = "steward_reminder"
CLOCKS_DIFFER = timedelta(minutes=5)
"""Our clock wrote down when it was claimed, Slack's when it was posted."""
_PAGE, _MOST_PAGES = 200, 50


class UnreadableError(Exception):
    """The history of a conversation cannot be read, now or later."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A message of ours, and the lines of a morning message that it carried."""

    channel: str
    ts: str
    carried: tuple[int, ...]


def metadata_of(reminder_ids: Sequence[int], carried: Sequence[int] = ()) -> dict[str, Any]:
    """What a message is found by: the reminders that it says. Others in the workspace can read it: nothing but ids."""
    lines = {"carried": _text(carried)} if carried else {}
    return {"event_type": EVENT, "event_payload": {"ids": _text(reminder_ids), **lines}}


def _text(ids: Sequence[int]) -> str:
    return " ".join(id_text(one) for one in ids)


def _ids(text: object) -> tuple[int, ...]:
    found = (parse_id(word) for word in str(text or "").split())
    return tuple(one for one in found if one is not None)


class Lookback:
    def __init__(self, workspace: Workspace, client: AsyncWebClient, sleep: Sleep = asyncio.sleep) -> None:
        self._workspace, self._client, self._sleep = workspace, client, sleep

    async def find(self, place: str, since: datetime) -> dict[int, Standing]:
        """Our reminders in a conversation since then, by id; `place` is a channel, or a user for their direct messages.

        Raises UnreadableError when Slack does not let us look; what is unsure (network, Slack's own trouble) is raised
        as it is: then one has to look again.
        """
        me = await self._workspace.me()
        found: dict[int, Standing] = {}
        try:
            channel = await self._direct(place) if place.startswith(("U", "W")) else place
            oldest = f"{(since - CLOCKS_DIFFER).timestamp():.6f}"
            cursor = ""
            for _ in range(_MOST_PAGES):
                page = await patiently(
                    partial(
                        self._client.conversations_history,
                        channel=channel,
                        oldest=oldest,
                        include_all_metadata=True,
                        limit=_PAGE,
                        cursor=cursor or None,
                    ),
                    self._sleep,
                )
                ours = (one for one in page.get("messages") or () if one.get("user") == me.bot_user_id)
                found |= dict(_standing(channel, ours))
                cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
                if not cursor:
                    return found
        except SlackApiError as error:
            if asks_again(error):
                raise
            raise UnreadableError(place) from error
        raise UnreadableError(place)

    async def _direct(self, user: str) -> str:
        opened = await patiently(lambda: self._client.conversations_open(users=user), self._sleep)
        return str(opened["channel"]["id"])


def _standing(channel: str, messages: Iterator[dict[str, Any]]) -> Iterator[tuple[int, Standing]]:
    for message in messages:
        metadata = message.get("metadata") or {}
        if metadata.get("event_type") == EVENT:
            payload = metadata.get("event_payload") or {}
            stands = Standing(channel, str(message["ts"]), _ids(payload.get("carried")))
            yield from ((one, stands) for one in _ids(payload.get("ids")))
