"""Submitted forms. Slack waits three seconds for the answer, which closes the form or says what is wrong in it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from bot.slack.desk import Desk


@dataclass(frozen=True, slots=True)
class Submitted:
    """The answer to a submission; an empty one closes the form. `then` is done when the answer has left."""

    answer: Mapping[str, Any] = field(default_factory=dict)
    then: Callable[[], Awaitable[None]] | None = None

    @classmethod
    def wrong(cls, fields: Mapping[str, str], then: Callable[[], Awaitable[None]] | None = None) -> Submitted:
        """The form stays as it is, with a sentence under each of these inputs."""
        return cls({"response_action": "errors", "errors": dict(fields)}, then)


Submission: TypeAlias = Callable[[Desk, dict[str, Any]], Coroutine[Any, Any, Submitted]]
