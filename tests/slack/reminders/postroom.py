"""The real delivery over the real use cases and a sandbox; the clock of all three stands still until it is moved."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from bot.bootstrap import load_policies
from bot.domain.audience import SHELL, only_the_asker
from bot.domain.reminders.wanted import OWNER, Wanted, to_channel, to_person
from bot.sandbox import Sandbox
from bot.sandbox.clock import SandboxClock
from bot.services.desk import Desk
from bot.services.preferences import Usual
from bot.services.reminders.letters import Correspondence
from bot.services.reminders.outbox import Outbox
from bot.slack.app import SlackApp, build_app
from bot.slack.calls import make_client
from bot.slack.messenger import Messenger
from bot.slack.pacing import Pacer
from bot.slack.reminders.build import build_delivery
from bot.slack.reminders.delivery import Delivery, Runners
from bot.slack.runner import InlineRunner
from bot.storage import reminders
from bot.storage.database import AnyRow, Database
from bot.storage.tables import reminder
from tests.services.clerk import Clerk
from tests.slack.conftest import check_call, no_wait, said, settings_for
from tests.slack.oracle import REPOSITORY
from tests.slack.reminders.words import plan_words

START = datetime(2026, 3, 4, 10, 0, tzinfo=UTC)
SELF = only_the_asker(SHELL)
BOOK = {
    "members.csv": (
        "id,name,email,role,manager_id\n"
        "1,Maya Lindqvist,maya.lindqvist@steward.example,Account Manager,5\n"
        "2,Jonas Berg,jonas.berg@steward.example,Account Manager,5\n"
        "4,Walter Quist,walter.quist@steward.example,Account Manager,5\n"
        "5,Ingrid Solberg,ingrid.solberg@steward.example,Head of accounts,\n"
    ),
    "accounts.csv": "id,name,segment,owner_email\n"
    + "".join(f"{n},Maya's {n},strategic,maya.lindqvist@steward.example\n" for n in range(10, 20))
    + "20,Jonas's,strategic,jonas.berg@steward.example\n"
    + "21,Walter's,strategic,walter.quist@steward.example\n",
    "contracts.csv": "id,contract_number,account_id,starts_on,ends_on,auto_renew,notice_days\n"
    + "".join(f"{n},C-{n},{n},2025-07-01,2026-06-30,true,60\n" for n in range(10, 22)),
}
NOTICE = date(2026, 5, 1)


def seconds(number: float) -> timedelta:
    return timedelta(seconds=number)


@dataclass
class Postroom:
    slack: Sandbox
    database: Database
    app: SlackApp
    delivery: Delivery
    box: Outbox
    contracts: dict[str, tuple[int, int]]
    pace: float = 0.0
    checked: int = 0

    @property
    def now(self) -> datetime:
        return self.slack.clock.now()

    def renewal(self, account: str, milestone: int = 30, **more: Any) -> int:
        """A step of an account's ladder, due now."""
        account_id, contract_id = self.contracts[account]
        given: dict[str, Any] = {
            "rule": "renewal",
            "account_id": account_id,
            "anchor_id": contract_id,
            "anchor_on": NOTICE,
            "milestone": milestone,
            "recipient": OWNER,
            "due_at": self.now,
            "zone": "Europe/Berlin",
            "carrier": "own",
            **more,
        }
        return self._plan(Wanted(**given))

    def own(self, text: str, *, to: str | None = None, channel: str | None = None, at: datetime | None = None) -> int:
        """What Maya asked to be reminded of: herself, a colleague, or a channel."""
        recipient = to_channel(channel) if channel else to_person(to or "U0MAYA")
        with self.database.writing(SELF, self.now) as writer:
            (wanted,) = plan_words(writer, [(text, recipient)], at or self.now)
        return self._id(wanted)

    def _plan(self, wanted: Wanted) -> int:
        with self.database.writing(SELF, self.now) as writer:
            assert reminders.insert(writer, [wanted]) == 1
        return self._id(wanted)

    def _id(self, wanted: Wanted) -> int:
        return next(int(row.id) for row in self.rows() if row.key == wanted.key)

    def rows(self) -> list[AnyRow]:
        with self.database.reading(SELF) as reader:
            return list(reader.connection.execute(sa.select(reminder).order_by(reminder.c.id)))

    def row(self, one: int) -> AnyRow:
        return next(row for row in self.rows() if row.id == one)

    def states(self) -> list[str]:
        return [row.state for row in self.rows()]

    async def deliver(self, after: timedelta = timedelta(0)) -> None:
        """Let time pass, then deliver until nothing is under way."""
        self.slack.advance(after)
        await self.delivery.round()
        while self.delivery.busy:
            await self.slack.quiet(idle=0)
            self.slack.advance(self.pace)  # whoever waits for their turn waits by this clock
            await asyncio.sleep(0.001)
        for call in self.slack.calls()[self.checked :]:
            check_call(call)
        self.checked = len(self.slack.calls())

    def texts(self, user: str, channel: str = "dm") -> list[str]:
        """What this user sees that the bot said, message by message."""
        bot = self.slack.world.bot.id
        return [said([one]) for one in self.slack.messages(channel, user) if one["user"] == bot]

    def posts(self) -> int:
        return len(self.slack.calls("chat.postMessage"))


@asynccontextmanager
async def postroom(clerk: Clerk, *, start: datetime = START, per_channel: float = 100.0) -> AsyncIterator[Postroom]:
    """As fast as Slack takes it, unless `per_channel` says how many messages a second go to a channel."""
    clerk.bring(BOOK)
    async with Sandbox(REPOSITORY / "manifest.yml", clock=SandboxClock(start, running=False)) as slack:
        settings = settings_for(slack)
        policies = load_policies(None)
        clock = slack.clock.now
        desk = Desk(clerk.database, clock, policies, ZoneInfo("UTC"))
        pacer = Pacer(slack.clock.time, no_wait, per_channel=per_channel, in_all=1000.0)
        messenger = Messenger(make_client(settings), sleep=no_wait, pacer=pacer)
        app = build_app(settings, desk, InlineRunner(), messenger=messenger, clock=slack.clock.time, sleep=no_wait)
        box = Outbox(clerk.database, clock, policies)
        letters = Correspondence(clerk.database, clock, policies, Usual(ZoneInfo("UTC"), "en_GB"))
        delivery = build_delivery(
            app, box, letters, Runners(InlineRunner(), InlineRunner()), clock, seconds=slack.clock.time, sleep=no_wait
        )
        contracts = {one.number.removeprefix("C-"): (one.account_id, one.id) for one in clerk.rows("contract")}
        try:
            yield Postroom(slack, clerk.database, app, delivery, box, contracts, pace=0.1 if per_channel < 10 else 0.0)
        finally:
            await app.close()
