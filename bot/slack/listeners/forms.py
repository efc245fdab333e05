"""Submitted forms. Slack waits three seconds for the answer, which closes the form or says what is wrong in it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias, TypeVar

from bot.services.errors import BadFields
from bot.slack.desk import Desk
from bot.slack.errors import caught

T = TypeVar("T")
# Slack waits three seconds.
_TIME = 2.0
_GOES_ON = (
    "This takes a while, perhaps because an import is writing. I keep at it, and nothing you typed is lost: press the "
    "button again in a moment to see whether it is done. It is never done twice."
)


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


def first_input(body: dict[str, Any]) -> str | None:
    """The first field of the form that was submitted."""
    blocks = (body.get("view") or {}).get("blocks") or ()
    return next((one["block_id"] for one in blocks if one.get("type") == "input" and one.get("block_id")), None)


async def saved(
    work: Callable[[], Coroutine[Any, Any, T]], then: Callable[[T], Awaitable[None]], field_name: str
) -> Submitted:
    """Saved before the form closes; `then` is told what came of it. Whatever is wrong is said in the form, under the
    field it is about, else under `field_name`. `work` does nothing when it is done a second time."""
    wrong: dict[str, str] = {}

    async def tell(sentence: str) -> None:
        wrong[field_name] = sentence

    async with caught("saving what was filled in", tell):
        try:
            return await _in_time(asyncio.create_task(work()), then, field_name)
        except BadFields as error:
            wrong |= error.fields
    return Submitted.wrong(wrong)


async def _in_time(saving: asyncio.Task[T], then: Callable[[T], Awaitable[None]], field_name: str) -> Submitted:
    """Not cancelled when it takes longer: the write goes on, and so does the answer to it."""

    async def confirm() -> None:
        await then(await saving)

    done, _ = await asyncio.wait({saving}, timeout=_TIME)
    if not done:
        return Submitted.wrong({field_name: _GOES_ON}, confirm)
    saving.result()
    return Submitted(then=confirm)
