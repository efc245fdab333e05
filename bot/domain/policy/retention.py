"""The schema of retention.yml: how long what is kept."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from .base import Days, File

Forever = Literal["forever"]
Keep = Days | Forever


class RetentionPolicy(File):
    """Days for which words are kept, by what they are."""

    conversations: Keep = "forever"
    tickets: Keep = "forever"
    answers: Keep = "forever"
    questions: Annotated[int, Field(strict=True, ge=1, le=30)] = 30
    drafts: Keep = "forever"
    reviews: Keep = "forever"
    reminders: Annotated[int, Field(strict=True, ge=400, le=3660)] | Forever = "forever"
    health: Keep = "forever"
    trail: Keep = "forever"
    leftovers: Keep = "forever"

    def days(self) -> Iterator[tuple[str, int | None]]:
        """(what, for how many days; None: without end), in the order of the file."""
        for name in type(self).model_fields:
            kept = getattr(self, name)
            yield name, None if kept == "forever" else int(kept)
