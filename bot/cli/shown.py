"""What the shell shows of accounts, recorded with who is at it."""

from __future__ import annotations

import getpass
from dataclasses import dataclass, field

from bot.domain.audience import SHELL, Actor
from bot.services.desk import Desk
from bot.services.shown import PASSING, Seen, what_of


@dataclass
class ShellRecord:
    """One command's. Names that it merely looked up are recorded at its end, if it showed nothing else."""

    desk: Desk
    _told: set[int] = field(default_factory=set)
    _passed: dict[int, str] = field(default_factory=dict)

    def noted(self, _actor: Actor, use_case: str, accounts: frozenset[int]) -> None:
        """Raises Busy, and then there is no answer to print."""
        what = what_of(use_case)
        fresh = accounts - self._told
        if what in PASSING:
            self._passed |= dict.fromkeys(fresh, what)
        elif fresh:
            self._write(fresh, frozenset({what}))

    def close(self) -> None:
        if self._passed and not self._told:
            self._write(frozenset(self._passed), frozenset(self._passed.values()))

    def _write(self, accounts: frozenset[int], what: frozenset[str]) -> None:
        self.desk.note_shown(SHELL, [Seen(accounts, what, "shell", os_user=_os_user())])
        self._told |= accounts


def _os_user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a process without a user's name, as in some containers
        return "unknown"
