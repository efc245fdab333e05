"""What one person may see of the workspace: names, channels, and the scene their blocks are drawn in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from bot.sandbox.api.surfaces import seed_picks
from bot.sandbox.choices import conversations_for, knows, people_for
from bot.sandbox.errors import Json
from bot.sandbox.messages import SLACKBOT, Message
from bot.sandbox.views import View
from bot.sandbox.web.scene import Scene
from bot.sandbox.workspace import Channel, Person
from bot.sandbox.world import World

IMAGE_TYPES = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg", b"GIF8": "image/gif"}


@dataclass(frozen=True)
class Look:
    """What one window shows: a person, a channel id or "home", and an open thread ("" for none)."""

    person: Person
    where: str
    thread: str = ""


@dataclass
class Marks:
    """What people did in the page alone: ephemeral messages put away, conversations read up to a ts."""

    dismissed: set[tuple[str, str]] = field(default_factory=set)
    read: dict[tuple[str, str], str] = field(default_factory=dict)


def channels_of(world: World, person: Person) -> list[Channel]:
    """Channels this person is in, the archived ones last."""
    found = [c for c in world.workspace.channels if c.kind != "im" and person.id in c.members]
    return sorted(found, key=lambda channel: channel.is_archived)


def may_use_app(world: World, person: Person) -> bool:
    """People of another organisation meet the app in shared channels only."""
    return not world.workspace.is_external(person) and not person.deleted


def names_for(world: World, person: Person) -> dict[str, str]:
    names = {one.id: one.real_name for one in world.workspace.people} | {SLACKBOT: "Slackbot"}
    names |= {c.id: c.name for c in world.workspace.channels if c.kind != "im" and knows(world, person, c)}
    names |= {team.id: team.name for team in [world.workspace.team, *world.workspace.other_teams]}
    return names | {group.id: group.handle for group in world.workspace.usergroups}


def image_type(content: bytes) -> str | None:
    """The type of an image a browser may show, by its first bytes; nothing that could hold script."""
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    return next((kind for start, kind in IMAGE_TYPES.items() if content.startswith(start)), None)


def images(world: World) -> dict[str, str]:
    """Addresses on this host of uploaded images, by file id and by private address."""
    found: dict[str, str] = {}
    for upload in world.uploads.values():
        if upload.content is not None and image_type(upload.content):
            path = f"/page/file/{upload.id}/{upload.token}"
            found |= {upload.id: path, f"{world.base}/files/{upload.id}/{upload.token}": path}
    return found


def base_scene(world: World, person: Person) -> Scene:
    return Scene(
        names=names_for(world, person),
        viewer=person.id,
        zone=ZoneInfo(person.tz),
        now=world.clock.now(),
        people=people_for(world, person),
        conversations=conversations_for(world, person),
        files=images(world),
    )


def of_message(scene: Scene, message: Message) -> Scene:
    """The same viewer before one message: what they picked in it, else what it came with."""
    seeded: Mapping[str, Json] = seed_picks({"blocks": message.blocks})
    picks = {**seeded, **message.picks.get(scene.viewer, {})}
    return _with(scene, picks=picks, prefix=f"m{message.ts}-")


def of_view(scene: Scene, view: View, *, modal: bool) -> Scene:
    place = "modal" if modal else "home"
    return _with(scene, picks=view.picks, errors=view.errors, place=place, prefix=f"{view.id}-")


def _with(scene: Scene, **changes: object) -> Scene:
    return Scene(**{**scene.__dict__, **changes})
