"""Whom and what a person may choose in a select of people or conversations."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from bot.sandbox.errors import Json
from bot.sandbox.workspace import Channel, Person
from bot.sandbox.world import World


@dataclass(frozen=True)
class Choice:
    """One entry: a person (no kind), or a conversation; `outside` when other companies are in it."""

    value: str
    label: str
    kind: Literal["", "public", "private", "im"] = ""
    outside: bool = False


def knows(world: World, person: Person, channel: Channel) -> bool:
    """May this person learn that the channel exists? Members may; public ones are known to the whole home team."""
    inside = not world.workspace.is_external(person) and person.role != "guest"
    return person.id in channel.members or (channel.kind == "public" and inside)


def people_for(world: World, person: Person) -> list[Choice]:
    """Colleagues, and for people of another organisation their own as well."""
    teams = (world.workspace.team.id, person.team_id)
    found = [p for p in world.workspace.people if p.team_id in teams and not p.deleted and not p.is_bot]
    return [Choice(p.id, p.real_name) for p in found]


def conversations_for(world: World, person: Person) -> list[Choice]:
    """Channels this person knows and that are not archived, then the conversation with the app."""
    known = [c for c in world.workspace.channels if c.kind != "im" and not c.is_archived and knows(world, person, c)]
    found = [Choice(c.id, f"#{c.name}", c.kind, c.is_ext_shared) for c in known]
    return [*found, Choice(world.workspace.dm(person.id).id, world.bot.real_name, "im")]


def offered(element: Json, people: Sequence[Choice], conversations: Sequence[Choice]) -> list[Choice]:
    """What a select of people, channels or conversations offers, by its filter."""
    kind = str(element["type"]).removeprefix("multi_")
    if kind == "users_select":
        return list(people)
    if kind == "channels_select":
        return [one for one in conversations if one.kind == "public"]
    if kind != "conversations_select":
        return []
    only: Json = element.get("filter") or {}
    wanted = only.get("include") or ("public", "private", "im", "mpim")
    found = [one for one in conversations if one.kind in wanted]
    found = [one for one in found if not (only.get("exclude_external_shared_channels") and one.outside)]
    # the only conversation of two here is the one with the app
    return [one for one in found if not (only.get("exclude_bot_users") and one.kind == "im")]
