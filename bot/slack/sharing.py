"""Whether a channel may see internal data: asked of Slack each time, never remembered.

Fails closed: shared with another company, about to be, shared across an organisation in a way we cannot read, holding
a guest, or not readable at all, all mean no.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from functools import partial
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.audience import Sharing
from bot.slack.calls import Sleep, code_of, patiently
from bot.slack.identity import People, Workspace

_PAGE = 1000
_MOST_MEMBERS = 20_000
_PRIVATE = "so I keep this between us."


@dataclass(frozen=True, slots=True)
class Room:
    """How open a channel is; for one that is not internal the sentence that says why, and Slack's error code when it
    was not to be read; for one that is, who is in it."""

    sharing: Sharing
    why: str = ""
    refusal: str = ""
    members: frozenset[str] = frozenset()


class Rooms:
    def __init__(
        self, workspace: Workspace, client: AsyncWebClient, people: People, sleep: Sleep = asyncio.sleep
    ) -> None:
        self._workspace, self._client, self._people, self._sleep = workspace, client, people, sleep

    async def look(self, channel: str) -> Room:
        """The channel as it is right now. Network trouble is raised: it is not an answer."""
        me = await self._workspace.me()
        try:
            found = await patiently(lambda: self._client.conversations_info(channel=channel), self._sleep)
            room = room_of(found.get("channel") or {}, me.team_id)
            if room.sharing is not Sharing.INTERNAL:
                return room
            members = await self._members(channel)
        except SlackApiError as error:
            return Room(Sharing.UNKNOWN, _unreadable(code_of(error)), code_of(error))
        if members is None:
            return Room(Sharing.UNKNOWN, f"This channel has more people than I can check, {_PRIVATE}")
        return await self._with_guests(members)

    async def glance(self, channel: str) -> Sharing:
        """What conversations.info alone says: enough to tell where something was said, never to post there."""
        me = await self._workspace.me()
        try:
            found = await patiently(lambda: self._client.conversations_info(channel=channel), self._sleep)
        except SlackApiError:
            return Sharing.UNKNOWN
        return room_of(found.get("channel") or {}, me.team_id).sharing

    async def _members(self, channel: str) -> list[str] | None:
        members: list[str] = []
        cursor = ""
        while True:
            page = await patiently(
                partial(self._client.conversations_members, channel=channel, limit=_PAGE, cursor=cursor),
                self._sleep,
            )
            members += page.get("members") or ()
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return members
            if len(members) > _MOST_MEMBERS:
                return None

    async def _with_guests(self, members: list[str]) -> Room:
        for person in await self._people.read(members):
            if person.is_external:
                return Room(Sharing.EXTERNAL, f"Somebody from outside this workspace is in this channel, {_PRIVATE}")
            if person.is_guest and not person.deleted:
                return Room(Sharing.EXTERNAL, f"A guest is in this channel, {_PRIVATE}")
        return Room(Sharing.INTERNAL, members=frozenset(members))


def room_of(channel: dict[str, Any], team_id: str) -> Room:
    """What conversations.info says. A flag that is missing counts as unknown, not as false."""
    others = {*(channel.get("connected_team_ids") or ()), *(channel.get("shared_team_ids") or ())} - {team_id}
    if channel.get("is_ext_shared"):
        return Room(Sharing.EXTERNAL, f"This channel is shared with another company, {_PRIVATE}")
    if (
        channel.get("is_pending_ext_shared")
        or channel.get("pending_connected_team_ids")
        or channel.get("pending_shared")
    ):
        return Room(Sharing.EXTERNAL, f"This channel is about to be shared with another company, {_PRIVATE}")
    if channel.get("is_im") or channel.get("is_mpim"):
        return Room(Sharing.UNKNOWN, f"This is a direct conversation, not a channel, {_PRIVATE}")
    if channel.get("is_archived"):
        return Room(Sharing.UNKNOWN, "This channel is archived: nothing can be posted here.", "is_archived")
    if channel.get("is_org_shared") or channel.get("is_shared") or others:
        return Room(Sharing.UNKNOWN, f"This channel is shared with other workspaces that I cannot check, {_PRIVATE}")
    if channel.get("is_ext_shared") is None:
        return Room(Sharing.UNKNOWN, f"I cannot tell who can read this channel, {_PRIVATE}")
    return Room(Sharing.INTERNAL)


def _unreadable(code: str) -> str:
    if code in ("channel_not_found", "not_in_channel"):
        return f"I am not in this channel and cannot tell who can read it, {_PRIVATE} Invite me to share here."
    return f"I cannot tell who can read this channel, {_PRIVATE}"
