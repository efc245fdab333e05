"""Whatever is planned, clicked, changed, lost or killed: every reminder ends in exactly one visible message, or in a
reason on its row."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, get_args
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from bot.bootstrap import load_policies
from bot.domain.audience import Actor, Audience, Role, only_the_asker
from bot.domain.ids import parse_id
from bot.domain.policy.contact import OwnMessages
from bot.domain.preferences import resolve
from bot.domain.reminders.reminder import Reminder
from bot.domain.reminders.wanted import to_person
from bot.services.desk import Desk
from bot.services.errors import StewardError
from bot.services.preferences import Usual
from bot.services.reminders.letters import Correspondence
from bot.services.reminders.outbox import Outbox
from bot.services.reminders.outcomes import Outcome
from bot.services.reminders.targets import Kept, Target
from bot.slack.identity import People, Workspace
from bot.slack.messenger import Messenger
from bot.slack.pacing import Pacer
from bot.slack.reminders.attendance import Attendance
from bot.slack.reminders.delivery import Delivery, Runners
from bot.slack.reminders.lookback import EVENT, Lookback
from bot.slack.reminders.posting import Posting
from bot.slack.runner import InlineRunner
from bot.slack.sharing import Room, Rooms
from bot.storage.database import AnyRow, Database, Writer
from bot.storage.tables import reminder
from tests.services.clerk import Clerk
from tests.slack.reminders.fake_slack import FakeSlack, Trouble
from tests.slack.reminders.words import plan_words

PEOPLE = {f"{name}@steward.example": f"U0{name.upper()}" for name in ("maya", "jonas", "ingrid")}
MAYA = only_the_asker(Actor(Role.MEMBER, "slack", slack_user_id="U0MAYA", name="Maya"))
START = datetime(2026, 3, 4, 10, 0, tzinfo=UTC)
ALL_OWN = OwnMessages.model_validate({"renewal": True, "check-in": True, "promise": True})
POINTS = ("claimed", "aimed", "posting", "posted", "looking", "settling", "settled")
ENDED = {"sent", "failed", "held", "cancelled", "superseded"}


class Killed(BaseException):
    """The process is dead: nothing in it goes on."""


class Mortal(Database):
    """Its process may die while it settles."""

    at: Callable[[str], None] = staticmethod(lambda _point: None)
    settling = False

    @contextmanager
    def writing(self, audience: Audience, now: datetime) -> Iterator[Writer]:
        with super().writing(audience, now) as writer:
            yield writer
            if self.settling:
                self.at("settling")


class MortalOutbox(Outbox):
    database: Mortal

    def claim(self, limit: int) -> list[Reminder]:
        found = super().claim(limit)
        self.database.at("claimed")
        return found

    def aim(self, targets: Sequence[Target], sure: Sequence[int]) -> Kept:
        aimed = super().aim(targets, sure)
        self.database.at("aimed")
        return aimed

    def settle(self, outcomes: Sequence[Outcome]) -> int:
        self.database.settling = True
        try:
            lost = super().settle(outcomes)
        finally:
            self.database.settling = False
        self.database.at("settled")
        return lost


class Lives(RuleBasedStateMachine):
    """One bot over a book of three accounts; time passes when it is told to, or when somebody sleeps."""

    template = b""

    def __init__(self) -> None:
        super().__init__()
        self.now, self.dying = START, ""
        self.folder = Path(tempfile.mkdtemp(prefix="steward-lives-"))
        (self.folder / "lives.db").write_bytes(self.template)
        self.database = Mortal(f"sqlite:///{self.folder / 'lives.db'}")
        self.database.at = self._at
        self.clerk = Clerk(self.database, self.folder / "files")
        self.slack = FakeSlack(lambda: self.now.timestamp(), PEOPLE, before=self._at)
        self.owner, self.ends = "maya", "2026-04-20"
        self.keys: set[str] = set()
        self._bring()
        self._start()

    def _bring(self) -> None:
        """The book as its source tells it now."""
        team = "".join(f"{n},{name},{name}@steward.example,9\n" for n, name in enumerate(("maya", "jonas"), 1))
        self.clerk.bring(
            {
                "members.csv": f"id,name,email,manager_id\n{team}9,ingrid,ingrid@steward.example,\n",
                "accounts.csv": "id,name,segment,owner_email\n"
                + "".join(f"{n},Kunde {n},strategic,{self.owner}@steward.example\n" for n in (1, 2, 3)),
                "contracts.csv": "id,contract_number,account_id,starts_on,ends_on,auto_renew,notice_days\n"
                + "".join(f"{n},C-{n},{n},2025-07-01,{self.ends},true,30\n" for n in (1, 2, 3)),
                "promises.csv": "id,account_id,quote,by,owner_email,due_on\n"
                "1,1,send it,us,maya@steward.example,2026-03-12\n",
            }
        )

    def _start(self) -> None:
        """A new process."""
        shipped, clock = load_policies(None), lambda: self.now
        policies = replace(shipped, reminders=shipped.reminders.model_copy(update={"own_message": ALL_OWN}))
        desk = Desk(self.database, clock, policies, ZoneInfo("UTC"))
        client: Any = self.slack
        runner, seconds = InlineRunner(), lambda: self.now.timestamp()
        messenger = Messenger(client, sleep=self._sleep, pacer=Pacer(seconds, self._sleep, per_channel=50, in_all=500))
        workspace = Workspace(client, self._sleep)
        people = People(workspace, client, desk, runner, clock=seconds, sleep=self._sleep)
        rooms = Rooms(workspace, client, people, self._sleep)
        box = MortalOutbox(self.database, clock, policies)
        self.desk = desk
        self.delivery = Delivery(
            box,
            Correspondence(self.database, clock, policies, Usual(ZoneInfo("UTC"), "en_GB")),
            Runners(runner, runner),
            Attendance(people, client, clock, seconds=seconds, sleep=self._sleep),
            Lookback(workspace, client, self._sleep),
            Posting(
                messenger,
                workspace,
                rooms,
                clock,
                box.timing,
                may_read=everybody,
                seconds=seconds,
                sleep=self._sleep,
            ),
            clock,
            sleep=self._sleep,
        )

    async def _sleep(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)
        await asyncio.sleep(0)

    def _at(self, point: str) -> None:
        if self.dying in {point, "dead"}:
            self.dying = "dead"
            raise Killed

    async def _round(self) -> None:
        with suppress(Killed):
            await self.delivery.round()
            while self.delivery.busy and self.dying != "dead":  # noqa: ASYNC110 - nobody but a test asks
                await asyncio.sleep(0)
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()

    def _rows(self) -> list[AnyRow]:
        with self.database.reading(MAYA) as reader:
            return list(reader.connection.execute(sa.select(reminder)))

    @initialize()
    def first_plan(self) -> None:
        self.plan()

    @rule()
    def plan(self) -> None:
        self.desk.reminders.plan()

    @rule(
        hours=st.sampled_from([24, 24, 1, 5, 72, 168]),
        troubles=st.lists(st.sampled_from(get_args(Trouble)), max_size=4),
        dying=st.sampled_from(["", "", *POINTS]),
    )
    def day(self, hours: int, troubles: list[Trouble], dying: str) -> None:
        """Later: planned, delivered among troubles until it dies or is through, and again once doubts have settled."""
        self.now += timedelta(hours=hours)
        self.desk.reminders.plan()
        self.slack.troubles[:] = troubles
        self.dying = dying
        for seconds in (0, 31, 91):
            self.now += timedelta(seconds=seconds)
            asyncio.run(self._round())
            if self.dying:
                self._start()
            self.dying = ""

    @rule(minutes=st.integers(0, 3000))
    def ask(self, minutes: int) -> None:
        """Maya wants to be reminded of something."""
        due_at = self.now + timedelta(minutes=minutes)
        with self.database.writing(MAYA, self.now) as writer:
            plan_words(writer, [("call Tom", to_person("U0MAYA"))], due_at)

    @rule()
    def restart(self) -> None:
        self._start()

    @rule(owner=st.sampled_from(["maya", "jonas"]))
    def change_owner(self, owner: str) -> None:
        self.owner = owner
        self._bring()

    @rule(ends=st.sampled_from(["2026-04-20", "2026-05-11", "2026-12-31"]))
    def change_date(self, ends: str) -> None:
        self.ends = ends
        self._bring()

    @rule(name=st.sampled_from(["maya", "jonas"]), gone=st.booleans())
    def leave_or_return(self, name: str, gone: bool) -> None:
        (self.slack.gone.add if gone else self.slack.gone.discard)(f"U0{name.upper()}")

    @precondition(lambda self: any(row.state == "sent" and row.acted is None for row in self._rows()))
    @rule(deed=st.sampled_from(["done", "snooze", "not renewing", "hand over"]), data=st.data())
    def act(self, deed: str, data: st.DataObject) -> None:
        shown = sorted(row.id for row in self._rows() if row.state == "sent" and row.acted is None)
        one, reminders = data.draw(st.sampled_from(shown)), self.desk.reminders
        ways = resolve(None, "Europe/Berlin", ZoneInfo("UTC"))
        with suppress(StewardError):
            match deed:
                case "done":
                    reminders.done(MAYA, one)
                case "snooze":
                    reminders.snooze(MAYA, one, "3 days", ways)
                case "not renewing":
                    reminders.not_renewing(MAYA, one, "price", "")
                case _:
                    reminders.hand_over(MAYA, one, "U0JONAS", "Jonas")

    def _check(self) -> None:
        seen = Counter(one for post in self.slack.visible for one in _said(post.metadata))
        rows = self._rows()
        assert self.keys <= {row.key for row in rows}, "a reminder vanished"
        self.keys = {row.key for row in rows}
        assert not [one for one, count in seen.items() if count > 1], "seen twice"
        unsettled = self._unsettled(rows)
        for row in rows:
            if row.state == "sent":
                assert seen[row.id] == 1, f"{row.key} was never seen"
            elif row.id not in unsettled:
                assert seen[row.id] == 0, f"{row.key} was seen, but its row says {row.state}"
            if row.state in ENDED - {"sent"}:
                assert row.reason, f"{row.key} ended without a reason"

    def _unsettled(self, rows: list[AnyRow]) -> set[int]:
        """What may or may not have been seen: messages under way or in doubt, and the lines that they carry."""
        own = {row.id for row in rows if row.state in ("claimed", "doubt")}
        return own.union(*(said for post in self.slack.visible if own.intersection(said := _said(post.metadata))))

    def teardown(self) -> None:
        try:
            self._check()
            self.slack.troubles.clear()
            self.slack.gone.clear()
            for hours in (1, 24, 72, 24 * 40, 24 * 7):
                self.day(hours, [], "")
                self._check()
            late = [
                row
                for row in self._rows()
                if row.state not in ENDED and row.carrier == "own" and row.due_at <= self.now
            ]
            assert late == [], "it neither came nor ended"
        finally:
            self.database.close()
            shutil.rmtree(self.folder)


async def everybody(_room: Room, _accounts: Collection[int]) -> bool:
    return True


def _said(metadata: dict[str, Any]) -> list[int]:
    assert metadata["event_type"] == EVENT
    payload = metadata["event_payload"]
    return [parse_id(word) or 0 for key in ("ids", "carried") for word in str(payload.get(key, "")).split()]


def test_lives(sqlite_template: bytes, request: pytest.FixtureRequest) -> None:
    Lives.template = sqlite_template
    run_state_machine_as_test(Lives, settings=settings(max_examples=25, stateful_step_count=20, deadline=None))
