"""What people open: the Home tab, a card from it, the settings form; each by another person of the team."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlencode

from aiohttp import ClientSession

from bench.book import OWNERS
from bench.edge import PACE_SECONDS, Client, FakeSlack, server
from bench.report import Report, percentile
from bot.domain.audience import SHELL, only_the_asker
from bot.slack.asks import Card
from bot.slack.home_state import HOME, HomeState
from bot.slack.render.settings import SETTINGS
from bot.slack.values import OPEN, encode
from bot.storage.database import Database
from bot.storage.queries import stats

PEOPLE, ROUNDS = 100, 3
LIMIT_MS = 100
Act = Callable[[int], Awaitable[tuple[float, float]]]


class Person:
    """Somebody who opens and clicks; every act is new to the bot."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._serial = 0

    async def open_home(self, number: int) -> tuple[float, float]:
        user = f"U{number}"
        event = {"type": "app_home_opened", "user": user, "channel": f"D{number}", "tab": "home"}
        envelope = {"type": "event_callback", "team_id": "T1", "event_id": self._new("Ev"), "event": event}
        return await self._client.send(json.dumps(envelope), "application/json", user)

    async def click(self, number: int, action: dict[str, Any], *, shows: str) -> tuple[float, float]:
        """`shows`: "modal" or "home"."""
        user, trigger = f"U{number}", self._new("t.")
        view = {"id": "V1", "type": "home", "private_metadata": HomeState().encode()}
        payload = {
            "type": "block_actions", "user": {"id": user, "team_id": "T1"}, "team": {"id": "T1"}, "trigger_id": trigger,
            "container": {"type": "view", "view_id": "V1"}, "view": view, "actions": [{"type": "button", **action}],
        }  # fmt: skip
        body = urlencode({"payload": json.dumps(payload)})
        return await self._client.send(body, "application/x-www-form-urlencoded", user if shows == "home" else trigger)

    def _new(self, kind: str) -> str:
        self._serial += 1
        return f"{kind}{time.time_ns()}.{self._serial}"


async def _timed(act: Act) -> float:
    """p95 in milliseconds from the click until Slack has what it shows, one person after the other."""
    for number in range(5):
        await act(number)
    seconds = []
    for _ in range(ROUNDS):
        for number in range(PEOPLE):
            tick = asyncio.create_task(asyncio.sleep(PACE_SECONDS))
            seconds.append((await act(number))[1])
            await tick
    return percentile(seconds, 0.95) * 1000


async def _measure(report: Report, database: str, accounts: list[int], each: int) -> None:
    async with FakeSlack().serving() as slack, server("steward", database, slack) as url, ClientSession() as session:
        person = Person(Client(session, url, slack))

        async def card(number: int) -> tuple[float, float]:
            value = encode(Card(accounts[number % len(accounts)]))
            return await person.click(number, {"action_id": OPEN, "value": value}, shows="modal")

        async def by_risk(number: int) -> tuple[float, float]:
            option = {"selected_option": {"value": "risk"}}
            return await person.click(number, {"action_id": f"{HOME}:sort", **option}, shows="home")

        async def settings(number: int) -> tuple[float, float]:
            return await person.click(number, {"action_id": SETTINGS, "value": "settings"}, shows="modal")

        report.below(f"Home tab p95, {each} accounts a person", await _timed(person.open_home), LIMIT_MS, "ms")
        report.below("card from the Home tab p95", await _timed(card), LIMIT_MS, "ms")
        report.below("settings form p95", await _timed(settings), LIMIT_MS, "ms")
        report.note("Home tab sorted by risk p95", f"{await _timed(by_risk):.2f} ms")


def run(report: Report, database: str, names: int) -> None:
    with Database(database).reading(only_the_asker(SHELL)) as reader:
        accounts = next(stats.account_ids(reader, PEOPLE))
    asyncio.run(_measure(report, database, accounts, names // OWNERS))
