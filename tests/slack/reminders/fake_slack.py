"""Slack in memory, as far as delivery speaks to it. A post may be lost, taken late, or taken and not answered."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

import aiohttp
from slack_sdk.errors import SlackApiError

Json = dict[str, Any]
Trouble = Literal["lost", "unanswered", "late", "limited", "refused", "failed"]
"""What happens to the next post: never taken; taken, and the answer lost; taken long after; a rate limit; refused for
good; Slack's own failure after it was taken."""

LATE = 20.0
BOT = "U0BOT"


@dataclass
class Posted:
    channel: str
    ts: str
    text: str
    metadata: Json


@dataclass
class FakeSlack:
    """`now` counts seconds since the epoch. `people` are Slack users by e-mail address; `gone` those who left."""

    now: Callable[[], float]
    people: dict[str, str]
    gone: set[str] = field(default_factory=set)
    troubles: list[Trouble] = field(default_factory=list)
    posts: list[Posted] = field(default_factory=list)
    before: Callable[[str], None] = lambda _point: None
    _late: list[tuple[float, Json]] = field(default_factory=list)
    _count: int = 0

    @property
    def visible(self) -> list[Posted]:
        due = [body for at, body in self._late if at <= self.now()]
        self._late = [(at, body) for at, body in self._late if at > self.now()]
        for body in due:
            self._take(body)
        return self.posts

    async def api_call(self, method: str, *, json: Json) -> Json:
        """Only posts are called by the name of their method."""
        assert method == "chat.postMessage"
        return await self._post(json)

    async def _post(self, body: Json) -> Json:
        self.before("posting")
        await asyncio.sleep(0)
        trouble = self.troubles.pop() if self.troubles else None
        match trouble:
            case "lost":
                raise aiohttp.ServerDisconnectedError
            case "late":
                self._late.append((self.now() + LATE, body))
                raise TimeoutError
            case "limited":
                raise error("ratelimited", 429, {"Retry-After": "3"})
            case "refused":
                raise error("is_archived")
        posted = self._take(body)
        self.before("posted")
        if trouble == "unanswered":
            raise aiohttp.ServerDisconnectedError
        if trouble == "failed":
            raise error("internal_error", 500)
        return {"ok": True, "channel": posted.channel, "ts": posted.ts}

    def _take(self, body: Json) -> Posted:
        self._count += 1
        ts = f"{self.now():.0f}.{self._count:06d}"
        posted = Posted(self._direct(body["channel"]), ts, body["text"], body.get("metadata") or {})
        self.posts.append(posted)
        return posted

    def _direct(self, key: str) -> str:
        return f"D{key[1:]}" if key.startswith("U") else key

    async def conversations_open(self, *, users: str) -> Json:
        return {"channel": {"id": self._direct(users)}}

    async def conversations_history(self, *, channel: str, oldest: str, **_how: Any) -> Json:
        self.before("looking")
        found = [one for one in self.visible if one.channel == channel and float(one.ts) >= float(oldest)]
        messages = [{"user": BOT, "ts": one.ts, "metadata": one.metadata} for one in reversed(found)]
        return {"messages": messages}

    async def auth_test(self) -> Json:
        return {"team_id": "T0", "user_id": BOT, "bot_id": "B0"}

    async def users_info(self, *, user: str) -> Json:
        email = next((email for email, one in self.people.items() if one == user), None)
        if email is None:
            raise error("user_not_found")
        return {"user": self._user(email)}

    async def users_lookupByEmail(self, *, email: str) -> Json:  # noqa: N802 - Slack's name
        if email not in self.people or self.people[email] in self.gone:
            raise error("users_not_found")
        return {"user": self._user(email)}

    def _user(self, email: str) -> Json:
        user = self.people[email]
        profile = {"real_name": user, "email": email}
        return {"id": user, "team_id": "T0", "profile": profile, "tz": "Europe/Berlin", "deleted": user in self.gone}

    async def dnd_teamInfo(self, *, users: list[str]) -> Json:  # noqa: N802 - Slack's name
        return {"users": {one: {"dnd_enabled": False} for one in users}}


def error(code: str, status: int = 200, headers: Json | None = None) -> SlackApiError:
    class Response(dict[str, object]):
        status_code = status

    response = Response(ok=False, error=code)
    response.headers = headers or {}  # type: ignore[attr-defined]  # as the SDK's has
    return SlackApiError(code, response)  # type: ignore[no-untyped-call]  # untyped in the SDK
