"""What reading leads to, and what it starts from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from . import queries as q


@dataclass(frozen=True, slots=True)
class Understood:
    questions: tuple[q.Question, ...]


@dataclass(frozen=True, slots=True)
class Unclear:
    """`why`: nothing was recognised, or only which account is missing."""

    why: Literal["words", "account"]


@dataclass(frozen=True, slots=True)
class Before:
    """What was asked before in the same conversation, and the account of the place, where it has one."""

    questions: tuple[q.Question, ...] = ()
    here: str | None = None

    @property
    def account(self) -> str | None:
        named = (q.account_of(one) for one in reversed(self.questions))
        return next((name for name in named if name is not None), self.here)


NOTHING_BEFORE = Before()
