"""What a skill and a model say to each other. `bot.llm` has the one for OpenAI and all that speak like it."""

from __future__ import annotations

from typing import Protocol

from skills.contract import Frozen


class Prompt(Frozen):
    """A question to a model: what stays the same for a skill first (so that it is cached), then the evidence."""

    system: str
    evidence: str
    schema_name: str
    json_schema: dict[str, object]
    cache_key: str
    asker: str | None = None


class Usage(Frozen):
    """What a call took. None is unknown: not every server counts."""

    model: str
    tokens_in: int | None = None
    tokens_out: int | None = None
    tokens_cached: int | None = None
    seconds: float = 0.0


class Reply(Frozen):
    """What a model wrote, unread."""

    text: str
    usage: Usage


class LLMUnavailable(Exception):  # noqa: N818 - reads as what it is in an except clause
    """No usable answer from a model. `reason` completes "Written without a model: ..." for a person to read."""

    def __init__(self, reason: str, usage: Usage | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.usage = usage


class Model(Protocol):
    """A model behind a wire."""

    def draft(self, prompt: Prompt, seconds: float) -> Reply:
        """An answer within so many seconds of wall time, or LLMUnavailable."""
