"""What happens to a workspace from outside: channels archived and shared, people leaving, pausing and moving.

Each change tells the app what Slack would tell it."""

from typing import Literal

from bot.sandbox.api.presence import dnd_json
from bot.sandbox.api.users import user_json
from bot.sandbox.errors import Json, UserError
from bot.sandbox.workspace import Channel, Dnd, Person, Snooze, Status, Team
from bot.sandbox.world import World

KIND = {"public": "C", "private": "G"}


class Changes:
    """One method per change; people and channels are named as everywhere (id, handle, e-mail; id or #name)."""

    def __init__(self, world: World) -> None:
        self._world = world

    def _tell(self, kind: str, **facts: object) -> None:
        self._world.emit({"type": kind, **facts, "event_ts": self._world.messages.next_ts()})
        self._world.activity.touch()

    def _channel(self, key: str) -> Channel:
        found = self._world.workspace.channel(key)
        if found.kind == "im":
            raise UserError("A direct conversation stays what it is.")
        return found

    def _tell_of(self, channel: Channel, what: str, **facts: object) -> None:
        prefix = "group" if channel.kind == "private" else "channel"
        self._tell(f"{prefix}_{what}", channel=channel.id, **facts)

    def uninstall(self) -> None:
        """The app is removed: its token ends, and Slack tells it so, in both ways and in no certain order."""
        self._world.tokens.end("uninstalled")
        self._tell("tokens_revoked", tokens={"oauth": [], "bot": [self._world.bot.id]})
        self._tell("app_uninstalled")

    def revoke(self) -> None:
        """Somebody revokes the app's token; the app stays installed."""
        self._world.tokens.end("revoked")
        self._tell("tokens_revoked", tokens={"oauth": [], "bot": [self._world.bot.id]})

    def archive(self, channel: str, archived: bool = True) -> None:
        place = self._channel(channel)
        place.is_archived = archived
        self._tell_of(place, "archive" if archived else "unarchive", user=place.creator)

    def rename(self, channel: str, name: str) -> None:
        place = self._channel(channel)
        if self._world.workspace.channel_or_none(name) not in (None, place):
            raise UserError(f"There is a #{name} already.")
        place.name = name
        about: Json = {"id": place.id, "name": name, "name_normalized": name, "created": 1_700_000_000}
        self._tell(f"{'group' if place.kind == 'private' else 'channel'}_rename", channel=about)

    def share(self, channel: str, team: str | None = None, pending: bool = False) -> None:
        """Share with another organisation (Slack Connect), or only invite it: `pending`."""
        place, other = self._channel(channel), self._team(team)
        if pending:
            place.pending_shared_with = sorted({*place.pending_shared_with, other.id})
            self._world.activity.touch()
            return
        place.pending_shared_with = [one for one in place.pending_shared_with if one != other.id]
        place.shared_with = sorted({*place.shared_with, other.id})
        self._tell("channel_shared", channel=place.id, connected_team_id=other.id)

    def unshare(self, channel: str, team: str | None = None) -> None:
        """End it: the other organisation's people leave the channel."""
        place, other = self._channel(channel), self._team(team)
        place.shared_with = [one for one in place.shared_with if one != other.id]
        place.pending_shared_with = [one for one in place.pending_shared_with if one != other.id]
        strangers = {p.id for p in self._world.workspace.people if p.team_id == other.id}
        place.members = [one for one in place.members if one not in strangers]
        facts = {"previously_connected_team_id": other.id, "is_ext_shared": place.is_ext_shared}
        self._tell("channel_unshared", channel=place.id, **facts)

    def _team(self, key: str | None) -> Team:
        others = self._world.workspace.other_teams
        found = next((team for team in others if key in (None, team.id, team.domain, team.name)), None)
        if found is None:
            raise UserError(f"No other organisation {key!r}; there are: {', '.join(t.domain for t in others)}.")
        return found

    def join(self, user: str, channel: str, inviter: str | None = None) -> None:
        """Someone, or the bot, becomes a member; people of other organisations only where it is shared with theirs."""
        person, place = self._world.workspace.person(user), self._channel(channel)
        outside = self._world.workspace.is_external(person)
        if outside and person.team_id not in place.shared_with:
            raise UserError(f"#{place.name} is not shared with {self._world.workspace.team_of(person.team_id).name}.")
        if person.id in place.members:
            return
        place.members.append(person.id)
        facts: Json = {"user": person.id, "channel": place.id, "channel_type": KIND[place.kind], "team": person.team_id}
        by = {"inviter": self._world.workspace.person(inviter).id} if inviter else {}
        self._tell("member_joined_channel", **facts, **by)

    def leave(self, user: str, channel: str) -> None:
        """Someone, or the bot, is no longer a member."""
        person, place = self._world.workspace.person(user), self._channel(channel)
        if person.id not in place.members:
            raise UserError(f"{person.real_name} is not a member of #{place.name}.")
        if person.id == self._world.bot.id:
            self._tell_of(place, "left", actor_id=place.creator)
            place.members.remove(person.id)
            return
        place.members.remove(person.id)
        facts: Json = {"user": person.id, "channel": place.id, "channel_type": KIND[place.kind], "team": person.team_id}
        self._tell("member_left_channel", **facts)

    def deactivate(self, user: str, active: bool = False) -> None:
        """An account is switched off, or on again."""
        person = self._world.workspace.person(user)
        person.deleted = not active
        self._changed(person)

    def move(self, user: str, tz: str) -> None:
        """Somebody lives by another time zone now (an IANA name)."""
        person = self._world.workspace.person(user)
        person.tz = Person.model_validate({**person.model_dump(), "tz": tz}).tz
        self._changed(person)

    def status(self, user: str, text: str = "", emoji: str = "", minutes: float | None = None) -> None:
        """A custom status, for a while or until it is changed; Slack tells when it runs out, too."""
        person, now = self._world.workspace.person(user), self._world.clock.time()
        expires = int(now + minutes * 60) if minutes else 0
        given = person.status = Status(text=text, emoji=emoji, expires=expires)
        self._changed(person)
        if expires:
            self._world.clock.call_later(expires - now, lambda: self._run_out(person, given))

    def _run_out(self, person: Person, status: Status) -> None:
        if person.status is status:
            self.status(person.id)

    def presence(self, user: str, presence: Literal["active", "away"]) -> None:
        if presence not in ("active", "away"):
            raise UserError("Somebody is active or away.")
        self._world.workspace.person(user).presence = presence
        self._world.activity.touch()

    def snooze(self, user: str, minutes: float) -> None:
        """Pause notifications, 0 to resume them."""
        person, now = self._world.workspace.person(user), int(self._world.clock.time())
        if minutes < 0:
            raise UserError("Say for how many minutes, 0 to resume.")
        person.snooze = Snooze(start=now, end=now + int(minutes * 60)) if minutes else None
        self._disturb(person)

    def dnd(self, user: str, start: str | None = None, end: str | None = None) -> None:
        """The hours of every day in which somebody is not disturbed, as HH:MM in their zone; none without hours."""
        person = self._world.workspace.person(user)
        person.dnd = Dnd.model_validate({"start": start, "end": end}) if start or end else None
        self._disturb(person)

    def _disturb(self, person: Person) -> None:
        self._tell("dnd_updated_user", user=person.id, dnd_status=dnd_json(self._world, person))

    def _changed(self, person: Person) -> None:
        self._tell("user_change", user=user_json(self._world, person), cache_ts=int(self._world.clock.time()))


CHANGES = (
    "archive",
    "deactivate",
    "dnd",
    "join",
    "leave",
    "move",
    "presence",
    "rename",
    "revoke",
    "share",
    "snooze",
    "status",
    "uninstall",
    "unshare",
)
