"""What somebody may not see is for them as if it had never been there: whatever they type, press or search, they get to
the letter what they would get from a book without it. Counts, sums, ranks, pages, candidates and refusals all tell."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from bot.storage.tables import metadata
from tests.leaks.book import ACCOUNTS, SEES, name_of, told
from tests.leaks.corpus import Corpus
from tests.leaks.planted import Planted
from tests.leaks.rows import SLOW, Drive, rows
from tests.leaks.stage import Cell, Stage, copied, stage

_IDS = re.compile(
    r"\b\d+\.\d{10}\.[0-9a-f]+\b"  # triggers
    r"|\b(?=[a-z]*\d)[0-9a-z]{12,13}\b|\b\d{10}\.\d{6}\b|\b\d{12,}\b|\b[VF]\d{8}\b|ref [0-9a-f]{6}"
)
"""What differs from run to run."""


def remove(path: Path, accounts: frozenset[int]) -> None:
    """Take these accounts out of a database as if they had never been imported."""
    reviews = "SELECT id FROM qbr WHERE account_id IN gone"
    owned = [table.name for table in metadata.sorted_tables if "account_id" in table.c]
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TEMP TABLE gone AS SELECT id FROM account WHERE 0")
        for one in accounts:
            database.execute("INSERT INTO gone SELECT id FROM account WHERE name = ?", (name_of(one),))
        for table in ("qbr_version", "qbr_feedback"):
            database.execute(f"DELETE FROM {table} WHERE qbr_id IN ({reviews})")  # noqa: S608 - names of ours
        for table in owned:
            database.execute(f"DELETE FROM {table} WHERE account_id IN gone")  # noqa: S608 - the same
        database.execute("UPDATE account SET parent_id = NULL WHERE parent_id IN gone")
        for table in ("account", "entity"):
            database.execute(f"DELETE FROM {table} WHERE id IN gone")  # noqa: S608 - the same
        database.commit()


async def got(planted: Planted, path: Path, viewer: str, hidden: frozenset[int] = frozenset()) -> dict[str, set[str]]:
    """All that a viewer reads on each surface, without ids and instants."""
    database = copied(planted.path, path / "copy.db")
    if hidden:
        remove(path / "copy.db", hidden)
    drives = {name: drive for name, drive in rows().items() if name not in SLOW and not name.startswith("reminder")}
    try:
        async with stage(database, path) as it:
            it.one_by_one = True
            for name, drive in {**drives, **_named(frozenset(ACCOUNTS) - SEES[viewer])}.items():
                it.eyes.surface = name
                await drive(it, planted.corpus, Cell(viewer, "dm"))
                await it.settled()
            found: dict[str, set[str]] = {}
            for one in it.eyes.seen_by(viewer):
                found.setdefault(one.surface, set()).update(_IDS.sub("#", text) for text in _strings(one.text))
            return found
    finally:
        database.close()


def _strings(text: str) -> Iterator[str]:
    """What there is to read in a body or a file."""
    try:
        yield from _leaves(json.loads(text))
    except ValueError:
        yield from text.splitlines()


def _leaves(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        for one in node.values():
            yield from _leaves(one)
    elif isinstance(node, list):
        for one in node:
            yield from _leaves(one)
    else:
        yield str(node)


def _named(hidden: frozenset[int]) -> dict[str, Drive]:
    """The hidden accounts by their whole names, and almost."""

    def asking(text: str) -> Drive:
        async def drive(it: Stage, _corpus: Corpus, cell: Cell) -> None:
            await it.command(cell.asker, cell.place, "/account", text)

        return drive

    tried = [name_of(one) for one in hidden]
    words = [*tried, *(f"find {one}" for one in tried), *(one[:-1] for one in tried), "unrestrict everscale"]
    return {f"typed {one}": asking(one) for one in words}


async def test_what_may_not_be_seen_is_as_if_it_had_never_been_there(planted: Planted, tmp_path: Path) -> None:
    """For somebody of whose accounts one has a parent that they may not see."""
    viewer = "priya"
    hidden = frozenset(ACCOUNTS) - SEES[viewer]
    (tmp_path / "there").mkdir()
    (tmp_path / "gone").mkdir()
    there = await got(planted, tmp_path / "there", viewer)
    gone = await got(planted, tmp_path / "gone", viewer, hidden)
    for name in there.keys() | gone.keys():
        assert there.get(name) == gone.get(name), f"{name} tells them that there is more"
    assert any(list(told(text)) for texts in gone.values() for text in texts), "there is something to see"
