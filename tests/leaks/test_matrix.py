"""Every surface x every audience: nobody gets a secret of an account that they may not see."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.leaks.corpus import Corpus
from tests.leaks.eyes import Leak
from tests.leaks.planted import Planted
from tests.leaks.rows import SLOW, rows, surfaces
from tests.leaks.stage import Cell, Stage, copied, stage


@dataclass(frozen=True, slots=True)
class Audience:
    """Who asks where, and what is odd about the place."""

    cell: Cell
    prepare: Callable[[Stage], None] = lambda _it: None
    slow: bool = False


def _nobody_knows(it: Stage) -> None:
    it.slack.fault("error", "conversations.info", times=None)


def _left(it: Stage) -> None:
    it.person("jonas").deleted = True


AUDIENCES = {
    "a private channel where others see less": Audience(Cell("ingrid", "#leads")),
    "a public channel": Audience(Cell("ingrid", "#accounts")),
    "a channel shared with another company": Audience(Cell("ingrid", "#ext-halden-foods"), slow=True),
    "a channel about to be shared": Audience(Cell("ingrid", "#ext-pending")),
    "a channel of which nobody knows who reads it": Audience(Cell("ingrid", "#leads"), _nobody_knows),
    "a channel with a guest in it": Audience(Cell("ingrid", "#acct-acme")),
    "somebody of another company": Audience(Cell("elena", "#ext-halden-foods"), slow=True),
    "a guest": Audience(Cell("noor", "#acct-acme")),
    "a guest, directly": Audience(Cell("noor", "dm"), slow=True),
    "somebody who left": Audience(Cell("walter", "#general")),
    "somebody who left today": Audience(Cell("jonas", "dm"), _left),
    "whoever reaches their own accounts": Audience(Cell("jonas", "#accounts"), slow=True),
    "whoever reaches their own, among those who reach more": Audience(Cell("jonas", "#leads")),
    "whoever reaches their team's accounts": Audience(Cell("priya", "#general")),
    "whoever reaches all but what is restricted": Audience(Cell("maya", "dm"), slow=True),
    "a colleague whom the team list does not know": Audience(Cell("olaf", "dm")),
}
"""`slow`: with what makes files."""


PLANTED = {
    *("alias", "contract", "deal", "inner", "left", "memo", "metric", "money", "name", "note", "old", "person"),
    *("promise", "reason", "site", "subject", "survey", "theirs", "ticket", "title", "url"),
}
"""Kinds of secrets that some surface shows to whoever may see them."""


def test_every_surface_has_a_row() -> None:
    assert surfaces() - set(rows()) == set(), "say in tests/leaks/rows.py how these are driven"
    assert set(rows()) - surfaces() == set(), "rows without a surface"


def test_whoever_may_see_everything_is_shown_something_by_every_row(planted: Planted) -> None:
    """Else the matrix would find no leak because nothing was shown to anybody."""
    assert planted.unseen == frozenset()
    assert planted.kinds >= PLANTED


@pytest.mark.parametrize("audience", AUDIENCES)
async def test_nobody_gets_what_they_may_not_see(audience: str, planted: Planted, tmp_path: Path) -> None:
    found = await leaks(AUDIENCES[audience], planted, tmp_path)
    assert [str(one) for one in found] == []


async def leaks(audience: Audience, planted: Planted, folder: Path) -> list[Leak]:
    database = copied(planted.path, folder / "copy.db")
    corpus = Corpus(planted.corpus.hidden, planted.corpus.touches, planted.corpus.views)
    try:
        async with stage(database, folder) as it:
            audience.prepare(it)
            drives = {name: drive for name, drive in rows().items() if audience.slow or name not in SLOW}
            for name, drive in drives.items():
                it.eyes.surface = name
                await drive(it, corpus, audience.cell)
                await it.settled()
            return it.eyes.leaks()
    finally:
        database.close()
