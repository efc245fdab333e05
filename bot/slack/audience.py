"""Who will see a reply: found out from the place it would stand in, each time, and once more right before it is sent.

Whoever writes where others may read asks `audience_of`. What it cannot find out counts as: the asker alone.
"""

from __future__ import annotations

from dataclasses import dataclass

from slack_sdk.errors import SlackApiError

from bot.domain.audience import Actor, Audience, Sharing, everyone_in, only_the_asker
from bot.services.errors import NotAllowed
from bot.slack.asked import Asked
from bot.slack.calls import UNKNOWN_FATE
from bot.slack.desk import Desk
from bot.slack.messenger import Recheck
from bot.slack.render.text import capitalised
from bot.slack.sharing import Room

_UNREAD = "I cannot find out right now who reads along here"
_JOINED = "somebody joined while I was reading"


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
    except (SlackApiError, *UNKNOWN_FATE):
        return Viewers(alone, why=_UNREAD)
    everybody = everyone_in(room.sharing, actor)
    return Viewers(everybody, room) if everybody.sees_internal else Viewers(alone, why=room.because)


def internal_only(desk: Desk, channel: str) -> Recheck:
    """To run right before something internal is shown to a channel: raises `Opened` where an outsider may read it."""

    async def recheck() -> None:
        room = await desk.rooms.look(channel)
        if room.sharing is not Sharing.INTERNAL:
            raise Opened(room.because, room.why)

    return recheck


def recheck_of(desk: Desk, channel: str, seen: Room) -> Recheck:
    """To run right before a post: raises `Opened` when the channel shows it to anybody whom `seen` did not count."""

    async def recheck() -> None:
        try:
            room = await desk.rooms.look(channel, people_afresh=False)
        except (SlackApiError, *UNKNOWN_FATE) as error:
            raise Opened(_UNREAD) from error
        if room.sharing is not Sharing.INTERNAL:
            raise Opened(room.because, room.why)
        if (room.public and not seen.public) or not room.members <= seen.members:
            raise Opened(_JOINED)

    return recheck
