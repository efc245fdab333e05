"""How far a trial's workspace is before this machine: one number that two processes share."""

from __future__ import annotations

import mmap
from datetime import datetime, timedelta
from pathlib import Path

from bot.clock import system_clock

_BYTES = 8
_MICROSECOND = timedelta(microseconds=1)


class TrialClock:
    """The time of a trial's workspace, for its bot: the machine's time and the microseconds that stand in a file.

    Both processes map the file; eight aligned bytes are read and written at once, so nobody sees half a number."""

    def __init__(self, path: Path) -> None:
        """The file is made when it is missing; what stands in it stays."""
        with path.open("ab") as made:
            made.truncate(_BYTES)
        with path.open("r+b") as file:
            self._ahead = memoryview(mmap.mmap(file.fileno(), _BYTES)).cast("q")

    def __call__(self) -> datetime:
        return system_clock() + self.ahead

    @property
    def ahead(self) -> timedelta:
        return timedelta(microseconds=self._ahead[0])

    def move(self, ahead: timedelta) -> None:
        """From now on the time is this much before the machine's, in every process that uses the file."""
        self._ahead[0] = ahead // _MICROSECOND
