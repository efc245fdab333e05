"""A business review of an account with ten thousand conversations: draft and files, and the first thing seen of it."""

from __future__ import annotations

import asyncio
import csv
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bench.loading import steward_import
from bench.report import Report, median
from bot.bootstrap import load_policies
from bot.domain.audience import SHELL, only_the_asker
from bot.domain.ids import parse_id
from bot.services.desk import Desk
from bot.services.qbr.drafting import Wanted
from bot.storage.database import Database
from skills.compose import ranking
from skills.evals.histories import TODAY, history
from tests.slack.conftest import running

ACCOUNT = "Acme Corporation"
_ROUNDS = 3
_NOW = datetime(TODAY.year, TODAY.month, TODAY.day, 9, 0, tzinfo=UTC)


def run(report: Report, folder: Path, interactions: int) -> None:
    url = f"sqlite:///{folder}/review.db"
    steward_import(url, _book(folder / "review", interactions))
    desk = Desk(Database(url), lambda: _NOW, load_policies(None), ZoneInfo("UTC"))
    audience = only_the_asker(SHELL)
    account_id = parse_id(desk.find_account(audience, ACCOUNT).account_id or "") or 0
    size = f"{interactions:,} conversations"

    def draft() -> int:
        ranking._ROLLUPS._kept.clear()  # as after a start: nothing is remembered
        return parse_id(desk.reviews.draft(audience, Wanted(account_id)).id) or 0

    def draft_and_files() -> None:
        desk.reviews.files(audience, draft(), "internal")

    report.note(f"review drafted, {size}", f"{_seconds(draft):.2f} s")
    report.below(f"review drafted, with its files, {size}", _seconds(draft_and_files), 2, "s")
    qbr_id = draft()
    looked = _seconds(lambda: desk.reviews.files(audience, qbr_id, "exec"))
    report.note(f"the customer's files, looked through, {size}", f"{looked:.2f} s")
    report.below(f"first progress seen in the thread, {size}", asyncio.run(_first_seen(desk)), 1, "s")


def _seconds(work: Callable[[], object]) -> float:
    work()
    taken = []
    for _ in range(_ROUNDS):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return median(taken)


async def _first_seen(desk: Desk) -> float:
    """From the typed command until the asker sees what is being done."""
    async with running("socket", real=lambda _: desk, sleep=asyncio.sleep) as bot:
        begun = time.perf_counter()
        await bot.slack.say("maya", "#accounts", f"/qbr {ACCOUNT}")
        await bot.slack.until(lambda: bool(bot.slack.messages("dm", "maya")))
        seen = time.perf_counter() - begun
        await bot.settled()
        if "Business review" not in str(bot.slack.messages("dm", "maya")[0]):
            raise RuntimeError("what was seen first is no review")
    return seen


def _book(folder: Path, interactions: int) -> Path:
    folder.mkdir(parents=True)
    (folder / "accounts.csv").write_text(f"id,name,domain\n1,{ACCOUNT},acme.example\n", encoding="utf-8")
    with (folder / "interactions.csv").open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["id", "account_id", "at", "kind", "text", "client_safe"])
        for one in history(interactions, 1).evidence:
            rows.writerow([one.id, 1, one.at.isoformat(), one.kind, one.text, one.visibility == "client-safe"])
    return folder
