"""Who reads, what they may see, and why: the marking that every part of a review carries."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict


class Readers(StrEnum):
    """Who a copy is for: the team itself, or the customer's sponsor (exec) or champion."""

    INTERNAL = "internal"
    EXEC = "exec"
    CHAMPION = "champion"

    @property
    def are_outside(self) -> bool:
        return self is not Readers.INTERNAL


class Frozen(BaseModel):
    """Immutable, closed, JSON and back without loss."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Marking(Frozen):
    """May the customer see it, and why: "logged as client-safe by Maya Lind", "list price: not agreed"."""

    visibility: Literal["internal", "client-safe"]
    reason: str


UNSAID = Marking(visibility="internal", reason="nobody said that the customer may see it")


def client_safe(reason: str) -> Marking:
    return Marking(visibility="client-safe", reason=reason)


def internal(reason: str) -> Marking:
    return Marking(visibility="internal", reason=reason)


class Marked(Frozen):
    """Anything that has to be cleared before the customer may read it."""

    marking: Marking = UNSAID

    @property
    def is_internal(self) -> bool:
        return self.marking.visibility != "client-safe"

    @property
    def is_empty(self) -> bool:
        """Whether nothing is left of it to be shown."""
        return False
