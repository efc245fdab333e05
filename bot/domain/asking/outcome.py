"""What reading leads to, and what it starts from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from . import queries as q


@dataclass(frozen=True, slots=True)
class Understood:
    """`unused` are days that were said and that none of the questions goes by."""

    questions: tuple[q.Question, ...]
    unused: str | None = None


@dataclass(frozen=True, slots=True)
class Unclear:
    """`why`: nothing was recognised, only which account is missing, or something was to be left out of a list."""

    why: Literal["words", "account", "left out"]


@dataclass(frozen=True, slots=True)
class Before:
    """What was asked before in the same conversation, and the account of the place, where it has one."""

    questions: tuple[q.Question, ...] = ()
    here: str | None = None

    @property
    def account(self) -> str | None:
        named = (q.account_of(one) for one in reversed(self.questions))
        return next((name for name in named if name is not None), self.here)

    @property
    def whose(self) -> str | None:
        """Whose book was spoken of last, when it was that of a colleague."""
        last = getattr(self.questions[-1], "whose", None) if self.questions else None
        return None if last in ("mine", "team", "all") else last


NOTHING_BEFORE = Before()
