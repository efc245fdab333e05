"""Whether a channel may see internal data: asked of Slack right before anything is posted there, never remembered.

Fails closed: shared with another company, about to be, shared across an organisation in a way we cannot read, holding
a guest, or not readable at all, all mean no.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.audience import Sharing
from bot.slack.calls import Clock, Sleep, code_of, monotonic, patiently
from bot.slack.identity import People, Workspace
from bot.slack.ports import SlackPerson
from bot.slack.render.text import capitalised
from bot.slack.witness import people_in

_PAGE = 1000
_MOST_MEMBERS = 20_000
_LATELY = 30.0
_MOST_KEPT = 2_000


@dataclass(frozen=True, slots=True)
class Room:
    """How open a channel is. For one that is not internal: the clause that says why, what helps, and Slack's error code
    when it was not to be read. For one that is: who is in it, and whether everybody in the workspace may read it."""

    sharing: Sharing
    because: str = ""
    helps: str = ""
    refusal: str = ""
    members: frozenset[str] = frozenset()
    public: bool = True

    @property
    def why(self) -> str:
        """The sentence for somebody who wanted to post there; empty for an internal channel."""
        if not self.because:
            return ""
        return f"{capitalised(self.because)}, so I keep this between us.{f' {self.helps}' if self.helps else ''}"


class Rooms:
    def __init__(
        self,
        workspace: Workspace,
        client: AsyncWebClient,
        people: People,
        sleep: Sleep = asyncio.sleep,
        clock: Clock = monotonic,
    ) -> None:
        self._workspace, self._client, self._people = workspace, client, people
        self._sleep, self._clock = sleep, clock
        self._lately: dict[str, tuple[float, Room]] = {}

    async def look(self, channel: str, *, people_afresh: bool = True) -> Room:
        """The channel as it is right now; who its members are, from memory unless `people_afresh`. Network trouble is
        raised: it is not an answer."""
        room = await self._look(channel, people_afresh=people_afresh)
        people_in(channel, len(room.members))
        if len(self._lately) >= _MOST_KEPT:
            self._lately.clear()
        self._lately[channel] = (self._clock(), room)
        return room

    async def lately(self, channel: str) -> Room:
        """The channel as it was some seconds ago at most: for what is prepared, and looked at once more before it is
        posted."""
        at, room = self._lately.get(channel, (0.0, None))
        if room is not None and self._clock() - at < _LATELY:
            people_in(channel, len(room.members))
            return room
        return await self.look(channel, people_afresh=False)

    def forget(self, channel: str) -> None:
        """Something happened there."""
        self._lately.pop(channel, None)

    async def _look(self, channel: str, *, people_afresh: bool) -> Room:
        me = await self._workspace.me()
        try:
            found = await patiently(lambda: self._client.conversations_info(channel=channel), self._sleep)
            room = room_of(found.get("channel") or {}, me.team_id)
            if room.sharing is not Sharing.INTERNAL:
                return room
            members = await self._members(channel)
        except SlackApiError as error:
            return _unreadable(code_of(error))
        if members is None:
            return Room(Sharing.UNKNOWN, "this channel has more people than I can check")
        if people_afresh:
            return with_guests(room, await self._people.read(members))
        return with_guests(room, (await self._people.these(members)).values())

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


def with_guests(room: Room, people: Iterable[SlackPerson]) -> Room:
    """An internal room with who is in it; one that is not, when an outsider is among them."""
    known = list(people)
    for person in known:
        if person.is_external:
            return Room(Sharing.EXTERNAL, "somebody from outside this workspace is in this channel")
        if person.is_guest and not person.deleted:
            return Room(Sharing.EXTERNAL, "a guest is in this channel")
    return replace(room, members=frozenset(person.user_id for person in known))


def room_of(channel: dict[str, Any], team_id: str) -> Room:
    """What conversations.info says. A flag that is missing counts as unknown, not as false."""
    others = {*(channel.get("connected_team_ids") or ()), *(channel.get("shared_team_ids") or ())} - {team_id}
    if channel.get("is_ext_shared"):
        return Room(Sharing.EXTERNAL, "this channel is shared with another company")
    if (
        channel.get("is_pending_ext_shared")
        or channel.get("pending_connected_team_ids")
        or channel.get("pending_shared")
    ):
        return Room(Sharing.EXTERNAL, "this channel is about to be shared with another company")
    if channel.get("is_im") or channel.get("is_mpim"):
        return Room(Sharing.UNKNOWN, "this is a direct conversation, not a channel")
    if channel.get("is_archived"):
        return Room(Sharing.UNKNOWN, "this channel is archived and nothing can be posted here", refusal="is_archived")
    if channel.get("is_org_shared") or channel.get("is_shared") or others:
        return Room(Sharing.UNKNOWN, "this channel is shared with other workspaces that I cannot check")
    if channel.get("is_ext_shared") is None:
        return Room(Sharing.UNKNOWN, "I cannot tell who can read this channel")
    return Room(Sharing.INTERNAL, public=channel.get("is_private") is not True)


def _unreadable(code: str) -> Room:
    if code in ("channel_not_found", "not_in_channel"):
        because = "I am not in this channel and cannot tell who can read it"
        return Room(Sharing.UNKNOWN, because, "Invite me to share here.", code)
    return Room(Sharing.UNKNOWN, "I cannot tell who can read this channel", refusal=code)
