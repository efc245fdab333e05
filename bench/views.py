"""The views of one account in a large book: how long until there is a message to send."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bench.book import write_interactions
from bench.loading import steward_import
from bench.report import Report, percentile
from bot.bootstrap import load_policies
from bot.clock import system_clock
from bot.domain.audience import SHELL, only_the_asker
from bot.domain.ids import parse_id
from bot.services.desk import Desk
from bot.services.timeline import PAGE
from bot.slack.asks import People, Timeline, Why
from bot.slack.render.card import account_card
from bot.slack.render.dates import Days
from bot.slack.render.parts import Message
from bot.slack.render.people import people_page
from bot.slack.render.timeline import timeline_page
from bot.slack.render.why import why_page
from bot.storage.database import Database

ASKED, LONG = 300, 10_000
LIMIT_MS = 100
Show = Callable[[int], Message]


def run(report: Report, url: str, names: list[str], folder: Path) -> None:
    """Accounts at random, and one that was talked to ten thousand times."""
    draw = random.Random(5)  # noqa: S311 - picks names
    write_interactions(folder / "long.csv", 1, LONG, draw, datetime.now(UTC).date(), prefix="L")
    steward_import(url, folder / "long.csv")
    desk = Desk(Database(url), system_clock, load_policies(None), ZoneInfo("UTC"))
    audience, days = only_the_asker(SHELL), Days(desk.today())

    def account(name: str) -> int | None:
        return parse_id(desk.find_account(audience, name).account_id or "")

    def timeline(one: int, page: int = 1) -> Message:
        return timeline_page(desk.timeline(audience, one, page=page), Timeline(one), days)

    views: dict[str, Show] = {
        "card": lambda one: account_card(desk.account_card(audience, one), days),
        "timeline": timeline,
        "people": lambda one: people_page(desk.contacts(audience, one), People(one), days),
        "why": lambda one: why_page(desk.why_health(audience, one), Why(one), days),
    }
    size = f"{len(names):,} accounts"
    found = [one for one in map(account, draw.sample(names, min(ASKED, len(names)))) if one is not None]
    for name, show in views.items():
        report.below(f"{name} p95, {size}", _p95(show, found), LIMIT_MS, "ms")
    long = account(names[0])
    if long is None:
        raise RuntimeError(f"no account is called {names[0]}")
    pages = [draw.randrange(1, LONG // PAGE) for _ in range(60)]
    report.below(f"timeline p95, {LONG:,} touches", _p95(lambda page: timeline(long, page), pages), LIMIT_MS, "ms")


def _p95(show: Show, asked: list[int]) -> float:
    seconds = []
    for one in asked:
        begun = time.perf_counter()
        json.dumps(show(one).blocks)
        seconds.append(time.perf_counter() - begun)
    return percentile(seconds, 0.95) * 1000
