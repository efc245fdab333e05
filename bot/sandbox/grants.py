"""Short-lived permissions handed to the bot: trigger ids (3 s, once) and response URLs (30 min, 5 uses)."""

import itertools
import secrets
from dataclasses import dataclass

from bot.sandbox.clock import SandboxClock
from bot.sandbox.errors import SlackError

TRIGGER_SECONDS = 3.0
RESPONSE_URL_SECONDS = 30 * 60.0
RESPONSE_URL_USES = 5


@dataclass
class Trigger:
    """What a person did; `channel` is the conversation they did it in, if any."""

    user: str
    issued: float
    channel: str = ""
    used: bool = False


class Triggers:
    def __init__(self, clock: SandboxClock) -> None:
        self._clock = clock
        self._ids = itertools.count(1)
        self._issued: dict[str, Trigger] = {}

    def issue(self, user: str, channel: str = "") -> str:
        key = f"{next(self._ids)}.{int(self._clock.time())}.{secrets.token_hex(8)}"
        self._issued[key] = Trigger(user, self._clock.time(), channel)
        return key

    def exchange(self, key: str) -> Trigger:
        """The act behind it, once; raises invalid_, exchanged_ or expired_trigger_id."""
        trigger = self._issued.get(key)
        if trigger is None:
            raise SlackError("invalid_trigger_id")
        if trigger.used:
            raise SlackError("exchanged_trigger_id")
        if self._clock.time() - trigger.issued > TRIGGER_SECONDS:
            raise SlackError("expired_trigger_id")
        trigger.used = True
        return trigger


@dataclass
class ResponseUrl:
    """`message_ts` is the message the URL came from, None for a command's."""

    user: str
    channel: str
    issued: float
    message_ts: str | None = None
    thread_ts: str | None = None
    uses: int = 0


class ResponseUrls:
    def __init__(self, clock: SandboxClock) -> None:
        self._clock = clock
        self._issued: dict[str, ResponseUrl] = {}

    def issue(self, user: str, channel: str, message_ts: str | None = None, thread_ts: str | None = None) -> str:
        """The opaque last part of the URL."""
        key = secrets.token_urlsafe(18)
        self._issued[key] = ResponseUrl(user, channel, self._clock.time(), message_ts, thread_ts)
        return key

    def use(self, key: str) -> ResponseUrl:
        """Count one use; raises expired_url or used_url (Slack answers both with HTTP 404)."""
        grant = self._issued.get(key)
        if grant is None or self._clock.time() - grant.issued > RESPONSE_URL_SECONDS:
            raise SlackError("expired_url", status=404)
        if grant.uses >= RESPONSE_URL_USES:
            raise SlackError("used_url", status=404)
        grant.uses += 1
        return grant
