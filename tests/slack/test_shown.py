"""Whose name is in anything that leaves the bot, of them the audit trail says who was shown it where."""

from __future__ import annotations

import ast
import inspect
import json
import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from bot.domain.audience import SYSTEM
from bot.domain.ids import id_text
from bot.services.errors import Busy
from bot.slack import messenger, streams, unfurls
from bot.slack.commands import COMMANDS
from bot.storage.database import Database
from bot.storage.tables import audit_event
from tests.services.clerk import Clerk
from tests.slack.conftest import said
from tests.slack.test_logging import Logging, logging

MAYA = "U0MAYA"
QUESTIONS = (
    "how is acme doing?",
    "which accounts renew in the next 90 days?",
    "who owns halden foods?",
    "what did acme say about the quote?",
)


@pytest.fixture
def clerk(sqlite_database: Database, tmp_path: Path) -> Clerk:
    return Clerk(sqlite_database, tmp_path / "files")


@pytest.fixture
async def at(clerk: Clerk) -> AsyncIterator[Logging]:
    async with logging(clerk) as found:
        today = found.desk.today()
        clerk.bring({
            "contracts.csv": "contract number,account id,product,mrr,start date,end date,auto renew,notice days\n"
            f"K1,1,Folio,100,{today - timedelta(days=300)},{today + timedelta(days=60)},false,30\n",
            "calls.csv": "call_id,account_id,activity date,activity type,subject\n"
            f"C1,1,{today - timedelta(days=45)},call,they want the quote\n",
        })  # fmt: skip
        yield found


class Ear:
    """Hears what leaves the bot and what the trail gets, from now on."""

    def __init__(self, at: Logging) -> None:
        self.at, self.journal = at, at.slack.world.journal
        self.calls, self.responses = len(self.journal.calls), len(self.journal.responses)
        self.deliveries, self.events = len(self.journal.deliveries), len(self._trail())

    def _trail(self) -> list[Any]:
        return self.at.clerk.rows_of(audit_event.name)

    @property
    def left(self) -> str:
        """Everything that left, as text."""
        calls = [call.args for call in self.journal.calls[self.calls :]]
        more = [self.journal.responses[self.responses :], self.journal.deliveries[self.deliveries :]]
        return json.dumps([calls, more], ensure_ascii=False, default=str).replace('\\"', '"')

    @property
    def shown(self) -> list[tuple[str, set[str], dict[str, Any]]]:
        """Who caused something to be shown, of which accounts, and how."""
        found = []
        for row in self._trail()[self.events :]:
            if row.action == "shown":
                about = {*row.detail.get("accounts", ()), *([id_text(row.subject_id)] if row.subject_id else [])}
                found.append((row.actor, about, row.detail))
        return found

    def check(self, actor: str = MAYA) -> int:
        """Each account that was named to somebody is in an event of this actor; how many were."""
        named = {row.id: row.name for row in self.at.clerk.rows("account") if row.name in self.left}
        told = set().union(*(about for who, about, _ in self.shown if who == actor), set())
        missing = [name for one, name in named.items() if id_text(one) not in told]
        assert missing == [], self.left
        return len(named)


async def test_every_command_and_question_says_whom_it_showed(at: Logging) -> None:
    named = 0
    for command in COMMANDS:
        ear = Ear(at)
        await at.bot.ask("maya", "#accounts", f"{command.slash} {command.example}")
        named += ear.check()
        for _, _, detail in ear.shown:
            assert detail.get("to") == MAYA, (command.verb, detail)
            assert detail.get("asked_in") == "C0ACCOUNTS"
    for question in QUESTIONS:
        for channel, text in (("dm", question), ("#accounts", f"<@U0STEWARD> {question}")):
            ear = Ear(at)
            await at.bot.ask("maya", channel, text)
            named += ear.check()
    assert named > len(COMMANDS) // 2


async def test_buttons_menus_and_forms_say_whom_they_showed(at: Logging) -> None:
    await at.ask("/account acme")
    ear = Ear(at)
    await at.press("Timeline")
    assert ear.check() == 1
    await at.open("/account log")
    ear = Ear(at)
    await at.choose_account("Acme Corp")
    assert ear.check() >= 1
    assert {detail["where"] for _, _, detail in ear.shown} == {"menu"}


async def test_the_home_tab_and_its_filters_say_whom_they_showed(at: Logging) -> None:
    ear = Ear(at)
    await at.slack.open_home("maya", "home")
    await at.bot.settled()
    assert ear.check() >= 1
    assert [detail["where"] for _, _, detail in ear.shown] == ["home"]


async def test_what_everybody_sees_is_recorded_for_the_channel_and_its_people(at: Logging) -> None:
    await at.ask("/account acme")
    ear = Ear(at)
    await at.press("Share in channel")
    await at.bot.settled()
    everybody = [detail for _, _, detail in ear.shown if detail.get("channel") == "C0ACCOUNTS"]
    if not everybody:  # a preview comes first
        await at.press("Share")
        everybody = [detail for _, _, detail in ear.shown if detail.get("channel") == "C0ACCOUNTS"]
    assert everybody
    assert everybody[0]["people"] > 1
    ear.check()


async def test_what_cannot_be_recorded_is_not_sent(at: Logging, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*_: object) -> None:
        raise Busy("Somebody else is writing right now. Try again in a moment.")

    monkeypatch.setattr("bot.services.desk.note_shown", busy)
    ear = Ear(at)
    answer = await at.ask("/account acme")
    assert "Somebody else is writing right now" in said([answer])
    assert "Acme Corp" not in ear.left


SILENT = {"post", "_conversation", "remove", "permalink", "remove_bookmark", "suggest_prompts", "set_session", "show"}
"""Methods of the messenger that show nothing, or leave it to another."""

SENDS = re.compile(r"client\.(chat_(?!getPermalink)|views_|files_complete|canvases_create|bookmarks_|api_call)")


def test_nothing_is_sent_past_the_witness() -> None:
    for place, silent in ((messenger.Messenger, SILENT), (streams.Streams, set()), (unfurls, set())):
        [source] = ast.parse(inspect.getsource(place)).body if inspect.isclass(place) else [_tree(place)]
        assert isinstance(source, ast.ClassDef | ast.Module)
        methods = [one for one in source.body if isinstance(one, ast.AsyncFunctionDef)]
        shows = {"self.show(", "self._in_turn(", "self._messenger.show(", "messenger.show("}
        assert {one.name for one in methods if not shows & set(_calls(one))} == silent
    folder = Path(messenger.__file__).parent
    senders = {path.name for path in folder.rglob("*.py") if SENDS.search(path.read_text(encoding="utf-8"))}
    assert senders == {"messenger.py", "streams.py", "unfurls.py"}


def _tree(module: ModuleType) -> ast.Module:
    return ast.parse(inspect.getsource(module))


def _calls(one: ast.AST) -> list[str]:
    return [f"{ast.unparse(call.func)}(" for call in ast.walk(one) if isinstance(call, ast.Call)]


# /account audit


async def test_admins_read_who_saw_and_who_changed_an_account(at: Logging) -> None:
    at.slack.world.workspace.person("ingrid").is_admin = True
    await at.ask("/account acme")
    await at.ask("/account acme")
    await at.ask("/account log acme called Ana <!channel> about `the` quote")
    page = said([await at.ask("/account audit acme", user="ingrid")])
    assert "Who saw and changed it" in page
    assert "*Maya Lindqvist* was shown its card, alone, 2 times" in page
    assert "*Maya Lindqvist* logged what happened" in page
    assert "text: nothing → “called Ana" in page
    assert "<!channel>" not in page
    again = said([await at.ask("/account audit acme since yesterday", user="ingrid")])
    assert "*Ingrid Solberg* was shown its audit trail, alone" in again
    assert "Who saw and changed it since " in again


async def test_nobody_else_reads_the_trail(at: Logging) -> None:
    for words in ("/account audit acme", "<@U0STEWARD> audit acme"):
        heard = said(await at.bot.ask("maya", "#accounts", words))
        assert "Your role does not allow that" in heard
        assert "was shown" not in heard
    assert at.slack.failures == []


async def test_a_long_trail_is_paged(at: Logging) -> None:
    at.slack.world.workspace.person("ingrid").is_admin = True
    for number in range(45):
        at.desk.audit(SYSTEM, f"deed {number}", at.account(), {})
    assert "page 1 of 2" in said([await at.ask("/account audit acme", user="ingrid")])
    assert "page 2 of 2" in said(await at.press("Next →", user="ingrid"))
    assert "page 1 of 2" in said(await at.press("← Previous", user="ingrid"))
