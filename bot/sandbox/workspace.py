"""Workspace facts as data: teams, people, channels and the installed app.

A workspace can be written in YAML (`Workspace.load`); the one used when nothing is given is in `people.py`."""

from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from zoneinfo import ZoneInfo

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints


class UnknownNameError(LookupError):
    """No person or channel of that name: use an id, a handle or e-mail for people, an id or #name for channels."""


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (LookupError, ValueError):
        raise ValueError(f"No time zone {name!r}: use an IANA name such as Europe/Stockholm") from None
    return name


class Fact(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Team(Fact):
    id: str
    name: str
    domain: str


Wall = Annotated[str, StringConstraints(pattern=r"([01]\d|2[0-3]):[0-5]\d")]


class Dnd(Fact):
    """The hours of every day, in the person's own zone, in which they are not disturbed; `end` may be next morning."""

    start: Wall = "22:00"
    end: Wall = "08:00"

    def window(self, now: float, tz: str) -> tuple[int, int]:
        """The window that is on at `now` or comes next, in epoch seconds."""
        zone = ZoneInfo(tz)
        today = datetime.fromtimestamp(now, zone).date()
        for day in (today + timedelta(days=n) for n in range(-1, 3)):
            start = datetime.combine(day, time.fromisoformat(self.start), zone)
            until = day if self.end > self.start else day + timedelta(days=1)
            end = datetime.combine(until, time.fromisoformat(self.end), zone)
            if end.timestamp() > now:
                break
        return int(start.timestamp()), int(end.timestamp())


class Snooze(Fact):
    """Notifications paused by hand, in epoch seconds."""

    start: int
    end: int


class Status(Fact):
    """What a person set beside their name; `expires` is 0 for never, else epoch seconds."""

    text: str = ""
    emoji: str = ""
    expires: int = 0


class Person(Fact):
    id: str
    team_id: str
    name: str
    real_name: str
    email: str
    tz: Annotated[str, AfterValidator(_known_zone)] = "Europe/London"
    role: Literal["account_manager", "lead", "member", "guest", "external", "bot"] = "member"
    title: str = ""
    deleted: bool = False
    is_admin: bool = False
    presence: Literal["active", "away"] = "active"
    dnd: Dnd | None = None
    snooze: Snooze | None = None
    status: Status = Status()

    @property
    def is_bot(self) -> bool:
        return self.role == "bot"


class Channel(Fact):
    """`shared_with` and `pending_shared_with` hold the ids of other organisations (Slack Connect)."""

    id: str
    name: str
    kind: Literal["public", "private", "im"] = "public"
    members: list[str] = Field(default_factory=list)
    creator: str = ""
    is_archived: bool = False
    is_general: bool = False
    topic: str = ""
    purpose: str = ""
    shared_with: list[str] = Field(default_factory=list)
    pending_shared_with: list[str] = Field(default_factory=list)

    @property
    def is_ext_shared(self) -> bool:
        return bool(self.shared_with)


class UserGroup(Fact):
    id: str
    handle: str
    name: str
    users: list[str] = Field(default_factory=list)


class AppFacts(Fact):
    app_id: str
    bot_id: str
    bot_user_id: str


class Workspace(Fact):
    team: Team
    app: AppFacts
    other_teams: list[Team] = Field(default_factory=list)
    people: list[Person] = Field(default_factory=list)
    channels: list[Channel] = Field(default_factory=list)
    usergroups: list[UserGroup] = Field(default_factory=list)

    @classmethod
    def load(cls, path: Path) -> Self:
        return cls.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))

    def person_or_none(self, key: str) -> Person | None:
        """By id, handle (with or without @) or e-mail."""
        found = next((p for p in self.people if p.id == key), None)
        bare = key.removeprefix("@").casefold()
        return found or next((p for p in self.people if bare in (p.name.casefold(), p.email.casefold())), None)

    def person(self, key: str) -> Person:
        found = self.person_or_none(key)
        if found is None:
            raise UnknownNameError(f"No person {key!r}; there are: {', '.join(p.name for p in self.people)}.")
        return found

    def channel_or_none(self, key: str) -> Channel | None:
        """By id or name (with or without #)."""
        bare = key.removeprefix("#")
        return next((c for c in self.channels if c.id == key or (c.kind != "im" and c.name == bare)), None)

    def channel(self, key: str) -> Channel:
        found = self.channel_or_none(key)
        if found is None:
            names = ", ".join(f"#{c.name}" for c in self.channels if c.kind != "im")
            raise UnknownNameError(f"No channel {key!r}; there are: {names}.")
        return found

    def dm(self, user: str, other: str | None = None) -> Channel:
        """The direct conversation between a person and the bot (or `other`), made on first use."""
        pair = {user, other or self.app.bot_user_id}
        for channel in self.channels:
            if channel.kind == "im" and set(channel.members) == pair:
                return channel
        suffix = user[1:] if other is None else f"{user[1:]}{other[1:]}"
        made = Channel(id=f"D{suffix}", name="directmessage", kind="im", members=sorted(pair), creator=user)
        self.channels.append(made)
        return made

    def team_of(self, team_id: str) -> Team:
        return next(team for team in [self.team, *self.other_teams] if team.id == team_id)

    def is_external(self, person: Person) -> bool:
        return person.team_id != self.team.id

    def dump(self) -> dict[str, Any]:
        return self.model_dump(mode="json")
