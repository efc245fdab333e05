"""Errors of the sandbox: those Slack's Web API answers, and those a person's client shows."""

from typing import Any

Json = dict[str, Any]


class SlackError(Exception):
    """A Web API failure: `{"ok": false, "error": code}` plus `detail`; HTTP 200 unless `status` says otherwise."""

    def __init__(
        self, code: str, *, status: int = 200, headers: dict[str, str] | None = None, **detail: object
    ) -> None:
        super().__init__(code)
        self.code = code
        self.status = status
        self.headers = headers or {}
        self.detail: Json = dict(detail)

    def body(self) -> Json:
        return {"ok": False, "error": self.code, **self.detail}


class UserError(Exception):
    """What this person tried cannot be done in Slack: the message says why (not a member, no such button...)."""


def invalid_arguments(*messages: str) -> SlackError:
    """Messages as Slack words them; each names the argument."""
    return SlackError("invalid_arguments", response_metadata={"messages": [f"[ERROR] {text}" for text in messages]})
