"""Who will see a reply: found out from the place it would stand in, each time, and once more right before it is sent.

Whoever writes where others may read asks `audience_of`. What it cannot find out counts as: the asker alone.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from slack_sdk.errors import SlackApiError

from bot.domain.audience import SYSTEM, Actor, Audience, Sharing, everyone_in, only_the_asker
from bot.services.errors import NotAllowed
from bot.slack.asked import Asked
from bot.slack.calls import UNKNOWN_FATE
from bot.slack.desk import Desk
from bot.slack.messenger import Recheck
from bot.slack.render.text import capitalised
from bot.slack.sharing import Room

NOT_ALL = "not everybody here may see all of it"
_UNREAD = "I cannot find out right now who reads along here"
_JOINED = "who reads along here has changed while I was reading"


@dataclass(frozen=True, slots=True)
class Viewers:
    """`audience` is everybody who will see a reply. With a `room` that is everybody who reads the channel that was
    asked in; without one it is the asker alone, and `why` is the clause that says why not the others, empty where
    nobody would expect them."""

    audience: Audience
    room: Room | None = None
    why: str = ""

    @property
    def everyone(self) -> bool:
        return self.room is not None


class Opened(NotAllowed):
    """A channel is not, or not any more, what something was prepared for; `because` is the clause that says how, `why`
    the sentence for somebody who wanted it there."""

    def __init__(self, because: str, why: str = "") -> None:
        self.because, self.why = because, why or f"{capitalised(because)}, so I keep this between us."
        super().__init__(self.why)


async def audience_of(desk: Desk, asked: Asked, actor: Actor) -> Viewers:
    """For whom to render a reply, and where it may stand: everybody in the channel where the bot was mentioned, when
    all of them may see internal data; else the asker alone. Never raises: what cannot be found out fails closed."""
    alone = only_the_asker(actor)
    channel = asked.channel
    if asked.surface != "mention" or channel is None or desk.answers_privately:
        return Viewers(alone)
    try:
        room = await desk.rooms.lately(channel)
        everybody = await everyone_who_reads(desk, room, actor)
    except (SlackApiError, *UNKNOWN_FATE):
        return Viewers(alone, why=_UNREAD)
    return Viewers(everybody, room) if everybody.sees_internal else Viewers(alone, why=room.because)


async def everyone_who_reads(desk: Desk, room: Room, actor: Actor) -> Audience:
    """The audience of what is posted there: the actor, and those of the others who see less. One who sees as much as
    the actor changes nothing; where nobody does, this equals the audience of the actor alone."""
    if room.sharing is not Sharing.INTERNAL:
        return everyone_in(room.sharing, actor)
    # In a public channel it is decided by what anybody may see.
    people = [] if room.public else (await desk.people.these(room.members)).values()
    others = [one for one in people if not one.is_bot and not one.deleted and one.user_id != actor.slack_user_id]
    narrowing = await desk.aside(lambda use_cases: use_cases.narrowing(actor, others, public=room.public))
    return everyone_in(room.sharing, actor, narrowing)


async def may_read(desk: Desk, room: Room, account_ids: Collection[int]) -> bool:
    """Whether everybody who reads there may see these accounts."""
    audience = await everyone_who_reads(desk, room, SYSTEM)
    return await desk.aside(lambda use_cases: use_cases.sees(audience, account_ids))


def about(desk: Desk, channel: str, account_ids: Collection[int]) -> Recheck:
    """To run right before something about these accounts is shown to a channel: raises `Opened` where an outsider may
    read it, or a colleague who may not see one of them."""

    async def recheck() -> None:
        room = await desk.rooms.look(channel)
        if room.sharing is not Sharing.INTERNAL:
            raise Opened(room.because, room.why)
        if not await may_read(desk, room, account_ids):
            raise Opened(NOT_ALL)

    return recheck


def unchanged(desk: Desk, channel: str, seen_by: Audience) -> Recheck:
    """To run right before a post that was made for `seen_by`: raises `Opened` when by now somebody reads along who may
    see less."""

    async def recheck() -> None:
        try:
            room = await desk.rooms.look(channel, people_afresh=False)
            now = await everyone_who_reads(desk, room, seen_by.actor)
        except (SlackApiError, *UNKNOWN_FATE) as error:
            raise Opened(_UNREAD) from error
        if not now.sees_internal:
            raise Opened(room.because, room.why)
        if now != seen_by:
            raise Opened(_JOINED)

    return recheck
