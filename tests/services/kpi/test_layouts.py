"""The same facts give the same figures, to the last cent, whatever system wrote them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.domain.kpi.catalogue import KEYS, Key
from bot.services.results import KpiFigure
from tests.services.clerk import Clerk
from tests.services.kpi import layouts
from tests.services.kpi.books import ask

Layout = Callable[[layouts.Facts], dict[str, str]]


def figures(clerk: Clerk) -> dict[Key, tuple[KpiFigure, ...]]:
    return {key: ask(clerk, key, "all", None if key != "forecast" else "2026").figures for key in KEYS}


def brought(clerk: Clerk, files: dict[str, str]) -> dict[Key, tuple[KpiFigure, ...]]:
    report = clerk.bring(files)
    assert (report.skipped, report.to_review, report.skipped_files) == (0, 0, ())
    return figures(clerk)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("layout", [layouts.salesforce, layouts.hubspot])
def test_three_layouts_one_truth(sqlite_clerk: Clerk, second_clerk: Clerk, layout: Layout, seed: int) -> None:
    found = layouts.facts(seed)
    ours = brought(sqlite_clerk, layouts.plain(found))
    assert brought(second_clerk, layout(found)) == ours
    known = {key for key, shown in ours.items() if shown[0].value is not None}
    assert {"nrr", "grr", "retention", "renewal-rate", "arr", "net-new-mrr", "upsell-rate", "ttr", "forecast"} <= known
