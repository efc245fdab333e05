"""What happened, for tests to read: every Web API call and every failure a user or an oracle would notice."""

from dataclasses import dataclass, field
from typing import Literal

from bot.sandbox.errors import Json

FailureKind = Literal[
    "ack_timeout",
    "dispatch_failed",
    "bad_ack",
    "http_error",
    "connection_failed",
    "event_given_up",
    "response_url",
    "scheduled",
]


@dataclass(frozen=True)
class Call:
    """One Web API request as the bot sent it. `error` is None when Slack answered ok; `fault` names an injected one."""

    method: str
    args: Json
    at: float
    error: str | None = None
    fault: str | None = None
    status: int = 200

    def dump(self) -> Json:
        return dict(vars(self))


@dataclass(frozen=True)
class Failure:
    """Something the bot did wrong as seen from outside; `what` names the command, action, callback or event."""

    kind: FailureKind
    what: str
    detail: str
    at: float

    def dump(self) -> Json:
        return dict(vars(self))


@dataclass
class Journal:
    """`deliveries` carry what the app answered in its ack; `responses` are the bodies it sent to response URLs."""

    calls: list[Call] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    deliveries: list[Json] = field(default_factory=list)
    responses: list[Json] = field(default_factory=list)

    def of(self, method: str) -> list[Call]:
        return [call for call in self.calls if call.method == method]
