"""Ctrl-C where work must end between two steps: the first asks it to stop, the second ends it at once."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

import click


@contextmanager
def stop_when_asked() -> Iterator[Callable[[], bool]]:
    """Something to ask whether Ctrl-C was pressed."""
    asked = False

    def note(_signal: int, _frame: FrameType | None) -> None:
        nonlocal asked
        asked = True
        click.echo("Stopping; what was read so far is taken back ...", err=True)
        signal.signal(signal.SIGINT, before)

    before = signal.signal(signal.SIGINT, note)
    try:
        yield lambda: asked
    finally:
        signal.signal(signal.SIGINT, before)
