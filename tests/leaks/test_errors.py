"""What fails says nothing of what it failed over: an error whose text carries a secret reaches the log, and nobody."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NoReturn

from bot.services.desk import Desk
from tests.leaks.book import RESTRICTED, secret, told
from tests.leaks.planted import Planted
from tests.leaks.rows import rows
from tests.leaks.stage import Cell, copied, stage

WORKING = {
    *("audit", "forget_handled", "handled_before", "identify", "locale", "model_seconds", "narrowing", "now"),
    *("preferences", "sees", "showing", "today", "zone"),
}
"""What the way to any answer needs."""
AREAS = {"asking", "health", "past", "plans", "reminders", "reviews"}


class Failing:
    """Use cases in which everything breaks, with a secret in what is raised."""

    def __init__(self, desk: Desk | None) -> None:
        self._desk = desk

    def __getattr__(self, name: str) -> Any:
        if name in WORKING and self._desk is not None:
            return getattr(self._desk, name)
        return Failing(None) if name in AREAS and self._desk is not None else _break


def _break(*_: object, **__: object) -> NoReturn:
    raise RuntimeError(f"no row for {secret('error', RESTRICTED)}")


async def test_an_error_tells_nobody_what_it_is_about(planted: Planted, tmp_path: Path) -> None:
    database = copied(planted.path, tmp_path / "copy.db")
    try:
        async with stage(database, tmp_path, Failing) as it:
            for name, drive in rows().items():
                if name.startswith(("command", "action", "form", "options", "event", "shortcut")):
                    it.eyes.surface = name
                    await drive(it, planted.corpus, Cell("ingrid", "#leads"))
                    await it.settled()
            said = [one.text for one in it.eyes.sights]
    finally:
        database.close()
    assert [text for text in said if any(kind == "error" for kind, _of in told(text))] == []
    assert sum("Something went wrong on our side (ref " in text for text in said) > 50
    assert not [text for text in said if "Traceback" in text or "RuntimeError" in text]
