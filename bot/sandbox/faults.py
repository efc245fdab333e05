"""Things that go wrong on purpose, switched on per test, and Slack's rate limits."""

import fnmatch
import math
from collections import deque
from typing import ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

from bot.sandbox.clock import SandboxClock

FaultKind = Literal[
    "latency",
    "rate_limited",
    "http_500",
    "http_500_after",
    "error",
    "drop_before",
    "drop_after",
    "drop_late",
    "duplicate_event",
    "drop_socket",
    "delay_ack",
]


class Fault(BaseModel):
    """One fault. `target` is a glob over the method (API faults) or the event, command or interaction type.

    latency: the call waits `seconds` of the sandbox clock; rate_limited: 429 with Retry-After `seconds`;
    http_500 / http_500_after: a server error before / after the call took effect; error: this `code` of Slack's with
    HTTP 200; drop_before / drop_after / drop_late: the connection breaks and the call never takes effect / has taken
    effect / takes effect `seconds` later. `channel` (an id) keeps an API fault to calls about one conversation.

    duplicate_event: the same event_id is delivered twice; drop_socket: the socket breaks instead of carrying the
    payload; delay_ack: the ack is taken `seconds` late. `times` None means until cleared."""

    model_config = ConfigDict(extra="forbid")

    kind: FaultKind
    target: str = "*"
    channel: str | None = None
    code: str = Field(default="internal_error", pattern=r"[a-z_]+")
    seconds: float = Field(default=1.0, ge=0)
    times: int | None = Field(default=1, ge=1)


class Faults:
    def __init__(self) -> None:
        self.active: list[Fault] = []

    def add(self, fault: Fault) -> None:
        self.active.append(fault.model_copy())

    def clear(self) -> None:
        self.active.clear()

    def take(self, kind: FaultKind, target: str, channel: str | None = None) -> Fault | None:
        """The first matching fault, using up one of its times."""
        for fault in self.active:
            here = fault.channel in (None, channel)
            if here and fault.kind == kind and fnmatch.fnmatchcase(target, fault.target):
                if fault.times is not None:
                    fault.times -= 1
                    if fault.times == 0:
                        self.active.remove(fault)
                return fault
        return None


class RateLimits:
    """Real tier counters: calls per method in the last minute, and one message a second per channel with a burst."""

    PER_MINUTE: ClassVar[dict[int, int]] = {1: 1, 2: 20, 3: 50, 4: 100}
    CHANNEL_BURST = 5

    def __init__(self, clock: SandboxClock) -> None:
        self._clock = clock
        self._seen: dict[str, deque[float]] = {}
        self.enabled = False

    def wait_for(self, method: str, tier: int | None, channel: str | None) -> int | None:
        """Whole seconds to wait (Retry-After), or None when this call may pass; a passing call is counted."""
        if not self.enabled:
            return None
        if method == "chat.postMessage":
            return self._window(f"{method}:{channel}", self.CHANNEL_BURST, float(self.CHANNEL_BURST))
        return None if tier is None else self._window(method, self.PER_MINUTE[tier], 60.0)

    def _window(self, key: str, allowed: int, seconds: float) -> int | None:
        now, seen = self._clock.time(), self._seen.setdefault(key, deque())
        while seen and now - seen[0] >= seconds:
            seen.popleft()
        if len(seen) >= allowed:
            return max(1, math.ceil(seen[0] + seconds - now))
        seen.append(now)
        return None
