"""Everything that anybody got to see from the bot, with who could see it at that moment."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from bot.documents.lint.opened import opened
from bot.documents.lint.parts import Part
from bot.sandbox import Sandbox
from bot.sandbox.grants import ResponseUrl
from bot.sandbox.records import Call
from bot.sandbox.workspace import Channel
from tests.leaks.book import SEES, told

Json = dict[str, Any]
NOBODY = (
    "apps.connections.open",
    "auth.test",
    "bookmarks.remove",
    "canvases.create",  # seen by whom `canvases.access.set` names
    "chat.delete",
    "chat.getPermalink",
    "conversations.history",
    "conversations.info",
    "conversations.members",
    "conversations.open",
    "conversations.replies",
    "dnd.info",
    "dnd.teamInfo",
    "files.getUploadURLExternal",  # seen by whom `files.completeUploadExternal` names
    "users.getPresence",
    "users.info",
    "users.list",
    "users.lookupByEmail",
)
"""Methods that show nothing to anybody."""


@dataclass(frozen=True, slots=True)
class Sight:
    """What one person got: by which way, while which surface was driven."""

    viewer: str
    way: str
    surface: str
    text: str


@dataclass(frozen=True, slots=True)
class Leak:
    """A person got secrets of accounts that they may not see."""

    viewer: str
    surface: str
    way: str
    secrets: tuple[str, ...]
    text: str

    def __str__(self) -> str:
        return f"{self.viewer} got {', '.join(self.secrets)} of what they may not see by {self.way} of {self.surface}"


class _Heard(list[Any]):
    """A list of the journal that tells of each entry and keeps none: what is kept would be checked once more."""

    def __init__(self, tell: Callable[[Any], None]) -> None:
        super().__init__()
        self._tell = tell

    def append(self, one: Any) -> None:
        self._tell(one)


class Eyes:
    """`surface` names what is driven just now. `raw` are the bodies, for those who look for buttons in them."""

    def __init__(self, slack: Sandbox) -> None:
        self._world = slack.world
        self.surface = ""
        self.sights: list[Sight] = []
        self.raw: list[tuple[str, Json]] = []
        self.ways: set[str] = set()
        self.unknown: set[str] = set()
        self._grant: ResponseUrl | None = None
        self._typed: dict[tuple[str, str], set[tuple[str, frozenset[int]]]] = {}
        journal = slack.world.journal
        journal.calls = _Heard(self._call)
        journal.responses = _Heard(self._response)
        journal.deliveries = _Heard(self._ack)
        use = slack.world.response_urls.use

        def noted(key: str) -> ResponseUrl:
            self._grant = use(key)
            return self._grant

        slack.world.response_urls.use = noted  # type: ignore[method-assign]  # a spy on who is answered

    def leaks(self) -> list[Leak]:
        """What somebody got who may not."""
        found = []
        for one in self.sights:
            sees = SEES[one.viewer]
            heard = {*told(one.text)} - self._typed.get((one.viewer, one.surface), set())
            secrets = {f"{kind} {sorted(of)}" for kind, of in heard if not of <= sees}
            if secrets:
                found.append(Leak(one.viewer, one.surface, one.way, tuple(sorted(secrets)), one.text))
        return found

    def typed(self, user: str, text: str) -> None:
        """What somebody typed, or what a button of theirs carries, is known to them: an answer may say it back."""
        self._typed.setdefault((user, self.surface), set()).update(told(text))

    def seen_by(self, viewer: str) -> list[Sight]:
        return [one for one in self.sights if one.viewer == viewer]

    def _see(self, viewers: Iterable[str], way: str, what: object) -> None:
        text = what if isinstance(what, str) else json.dumps(what, ensure_ascii=False)
        self.ways.add(way)
        for user in sorted(set(viewers) - {self._world.bot.id}):
            name = self._world.workspace.person(user).name
            self.sights.append(Sight(name, way, self.surface, text))

    def _call(self, call: Call) -> None:
        if call.error is not None:
            return
        args, way = {**call.args}, call.method
        body = {key: json.loads(one) if _is_json(one) else one for key, one in args.items()}
        self.raw.append((way, body))
        viewers = self._viewers(way, body)
        if viewers is None:
            return
        self._see(viewers, way, body)
        for text in self._files(way, body):
            self._see(viewers, f"{way} (file)", text)

    def _viewers(self, way: str, body: Json) -> set[str] | None:
        match way:
            case "chat.postEphemeral":
                return {str(body["user"])}
            case "views.open" | "views.push":
                return {self._world.triggers._issued[body["trigger_id"]].user}
            case "views.update":
                view = self._world.views.find(view_id=body.get("view_id"))
                return {view.user} if view else set()
            case "views.publish":
                return {str(body["user_id"])}
            case "canvases.access.set":
                rooms = (self._readers(one) for one in body.get("channel_ids") or ())
                return set(body.get("user_ids") or ()).union(*rooms)
            case _ if way in NOBODY:
                self.ways.add(way)
                return None
        where = body.get("channel") or body.get("channel_id")
        if not isinstance(where, str):
            self.unknown.add(way)
            return {one.id for one in self._world.workspace.people}
        return self._readers(where)

    def _readers(self, key: str) -> set[str]:
        """Who reads a channel now: its members, and of a public one every colleague who is no guest."""
        channel = self._world.bot_channel(key, posting=True)
        return readers(channel, self._world.workspace.people, self._world.workspace.team.id)

    def _files(self, way: str, body: Json) -> Iterator[str]:
        if way == "canvases.access.set":
            yield self._world.canvases[body["canvas_id"]].markdown
        for one in body.get("files") or () if way == "files.completeUploadExternal" else ():
            upload = self._world.uploads[one["id"]]
            yield " ".join((upload.filename, upload.title, upload.alt))
            for part in opened(upload.filename, upload.content or b"", frozenset()):
                if isinstance(part, Part):
                    yield "\n".join(text for _place, text in part.pieces)

    def _response(self, body: Json) -> None:
        grant = self._grant
        assert grant is not None, "answers are sent through addresses that were handed out"
        self.raw.append(("response_url", body))
        original = self._world.messages.find(grant.channel, grant.message_ts) if grant.message_ts else None
        everybody = body.get("response_type") == "in_channel"
        everybody |= bool(body.get("replace_original")) and original is not None and original.audience is None
        self._see(self._readers(grant.channel) if everybody else {grant.user}, "response_url", body)

    def _ack(self, entry: Json) -> None:
        payload, answer = entry["payload"], entry["answer"]
        if answer:
            self.raw.append(("ack", answer))
            user = payload.get("user_id") or (payload.get("user") or {}).get("id")
            self._see({str(user)}, "ack", answer)


def readers(channel: Channel, people: Iterable[Any], team: str) -> set[str]:
    there = set(channel.members)
    if channel.kind == "public":
        there |= {one.id for one in people if one.team_id == team and not one.deleted and one.role != "guest"}
    return there


def _is_json(value: object) -> bool:
    return isinstance(value, str) and value[:1] in "[{" and value != ""
