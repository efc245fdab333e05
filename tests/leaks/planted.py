"""The planted book after somebody who may see everything has used the whole bot, and what that brought up."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bot.domain.ids import id_text
from tests.leaks.book import RESTRICTED, name_of, told
from tests.leaks.corpus import Corpus
from tests.leaks.rows import SENDS, SILENT, Drive, approved, rows
from tests.leaks.stage import Cell, Stage, copied, stage
from tests.services.clerk import Clerk

CONTROL = Cell("ingrid", "#board")
"""Where everybody may see everything."""


@dataclass(frozen=True, slots=True)
class Planted:
    """`path` is the database as it is after every command."""

    path: Path
    corpus: Corpus
    unseen: frozenset[str]
    """Surfaces that showed them nothing."""
    kinds: frozenset[str]
    """Of secrets that they were shown."""


async def all_shown(clerk: Clerk, folder: Path, path: Path) -> Planted:
    corpus = Corpus(id_text(int(clerk.row("account", name=name_of(RESTRICTED)).id)))
    drives = rows()
    asked = {name: drive for name, drive in drives.items() if name.startswith(("command", "event", "reminder"))}
    async with stage(clerk.database, folder) as it:
        it.desk.reminders.plan()
        await _driven(it, corpus, corpus, asked)
        corpus.read({"view": await approved(it, corpus)})
        copied(path, folder / "before.db").close()
        touched = {name: drive for name, drive in drives.items() if name not in asked}
        for _again in range(4):  # what is touched brings up more to touch
            await _driven(it, corpus, corpus.fresh(), touched)
        eyes = it.eyes
        mine = [one for one in eyes.sights if one.viewer == CONTROL.asker]
        kinds = {kind for one in mine for kind, of in told(one.text) if RESTRICTED in of}
        sent = {f"send {name}" for name, way in SENDS.items() if way in eyes.ways}
        unseen = frozenset(drives) - {one.surface for one in mine} - sent - frozenset(SILENT)
        assert not eyes.unknown, "the oracle knows who sees what is sent"
        return Planted(folder / "before.db", corpus, unseen, frozenset(kinds))


async def _driven(it: Stage, found: Corpus, by: Corpus, drives: dict[str, Drive]) -> None:
    """Drive these, and look for more to touch in what they bring up."""
    for name, drive in drives.items():
        it.eyes.surface, it.eyes.raw = name, []
        await drive(it, by, CONTROL)
        await it.settled()
        for _way, body in it.eyes.raw:
            found.read(body)
