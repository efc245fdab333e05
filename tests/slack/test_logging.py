"""Logging by words, by forms and from messages, with the real use cases over a small book."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

import pytest

from bot.bootstrap import keep_house, load_policies
from bot.domain.audience import Audience
from bot.domain.ids import id_text
from bot.domain.preferences import Preferences
from bot.sandbox import Sandbox
from bot.services.desk import Desk
from bot.slack import log_values
from bot.slack.listeners import forms
from bot.slack.messenger import Messenger, nothing_internal
from bot.storage.database import Database
from tests.services.clerk import Clerk
from tests.slack.conftest import Bot, Door, Json, running, said
from tests.slack.test_delivery import FORM, post

LONG_NAME = "Überaus " * 60 + "lang"
BOOK = {
    "members.csv": "id,name,email,role,team,slack user id\n"
    "M1,Maya Lindqvist,maya.lindqvist@steward.example,AM,North,\n"
    "M2,Jonas Berg,jonas.berg@steward.example,AM,North,U0JONAS\n"
    "M3,Priya Raman,priya.raman@steward.example,read only,South,\n"
    "M4,Ingrid Solberg,ingrid.solberg@steward.example,Head of accounts,,\n",
    "accounts.csv": "id,name,domain,segment,owner email\n1,Acme Corp,acme.example,mid,maya.lindqvist@steward.example\n"
    "2,Halden Foods,halden-foods.example,mid,jonas.berg@steward.example\n"
    f"3,Twin,,mid,\n4,TWIN,,mid,\n5,{LONG_NAME},,mid,\n",
}


@dataclass
class Logging:
    """The bot over a real book, and what it holds."""

    bot: Bot
    clerk: Clerk
    desk: Desk

    @property
    def slack(self) -> Sandbox:
        return self.bot.slack

    def logged(self) -> list[Any]:
        return self.clerk.rows("interaction", source="steward")

    def one(self) -> Any:
        (row,) = self.logged()
        return row

    def account(self, key: str = "1") -> int:
        return int(self.clerk.row("account", external_id=key).id)

    async def ask(self, text: str, user: str = "maya", channel: str = "#accounts") -> Json:
        """The one answer to this."""
        [answer] = await self.bot.ask(user, channel, text)
        return answer

    async def open(self, text: str = "/account log acme") -> Json:
        """The form that this opens, and nothing else."""
        assert await self.bot.ask("maya", "#accounts", text) == []
        return self.form()

    async def press(self, label: str, user: str = "maya", channel: str = "#accounts", **more: Any) -> list[Json]:
        return await self.bot.click(user, label, channel, **more)

    async def submit(self, values: Json | None = None, user: str = "maya") -> Json | None:
        """Fill in and submit; the form that is still open then."""
        await self.slack.submit(user, values)
        await self.bot.settled()
        return self.slack.modal(user)

    async def choose_account(self, name: str, user: str = "maya") -> None:
        await self.slack.suggest(user, log_values.LOG_ACCOUNT, name, place="modal")
        await self.slack.pick(user, log_values.LOG_ACCOUNT, name, place="modal")

    def form(self, user: str = "maya") -> Json:
        view = self.slack.modal(user)
        assert view is not None
        return view

    def filled(self, name: str, user: str = "maya") -> Any:
        """What stands in a field of the open form."""
        values = self.form(user)["state"]["values"].get(name, {})
        [entry] = values.values()
        found = next(value for key, value in entry.items() if key != "type")
        return found["value"] if isinstance(found, dict) else found

    def heard(self, user: str, channel: str) -> str:
        return said(self.slack.messages(channel, user))


@asynccontextmanager
async def logging(
    clerk: Clerk, door: Door = "socket", make: Callable[[Desk, Sandbox], Desk] = lambda desk, _: desk
) -> AsyncIterator[Logging]:
    clerk.bring(BOOK)
    made: list[Desk] = []

    def real(sandbox: Sandbox) -> Desk:
        desk = Desk(clerk.database, sandbox.clock.now, load_policies(None), ZoneInfo("Europe/Stockholm"))
        made.append(make(desk, sandbox))
        return made[0]

    async with running(door, real=real) as bot:
        yield Logging(bot, clerk, made[0])


@pytest.fixture
def clerk(sqlite_database: Database, tmp_path: Path) -> Clerk:
    return Clerk(sqlite_database, tmp_path / "files")


@pytest.fixture
async def at(clerk: Clerk) -> AsyncIterator[Logging]:
    async with logging(clerk) as found:
        yield found


# By words


@pytest.mark.parametrize("door", ["socket", "http"])
async def test_a_line_is_logged_and_undone(clerk: Clerk, door: Door) -> None:
    async with logging(clerk, door) as at:
        answer = await at.ask("/account log acme talked to Ana about pricing, she wants a quote")
        text = said([answer])
        assert "Logged a call with Acme Corp" in text
        assert "“talked to Ana about pricing, she wants a quote”" in text
        assert "by Maya Lindqvist" in text
        assert "Only the account team sees it" in text
        assert answer["is_ephemeral"]
        row = at.one()
        assert (row.kind, row.text, row.visibility, row.origin) == (
            "call", "talked to Ana about pricing, she wants a quote", "internal", "team")  # fmt: skip
        assert row.author_id == clerk.row("member", folded="maya lindqvist").id
        card = said(await at.press("Show card"))
        assert "Last touch today, call by Maya Lindqvist: “talked to Ana about pricing, she wants a quote”" in card
        seen = await at.press("Undo")
        assert at.logged() == []
        assert "Undone: a call with Acme Corp." in said(seen)
        assert "Logged a call" not in said(seen)
        assert at.heard("jonas", "#accounts") == "[]"
        await at.press("Log it again")
        assert at.filled("text") == "talked to Ana about pricing, she wants a quote"
        assert at.filled("kind") == "call"
        assert not at.slack.failures


async def test_undo_ends_after_ten_minutes(at: Logging) -> None:
    await at.ask("/account log acme met Ana")
    at.slack.advance(601)
    seen = said(await at.press("Undo"))
    assert "more than 10 minutes ago and stays. Log what is right instead" in seen
    assert len(at.logged()) == 1


async def test_undo_twice_is_undo_once(at: Logging) -> None:
    await at.ask("/account log acme met Ana")
    await asyncio.gather(*(at.slack.click("maya", "Undo", channel="#accounts") for _ in range(2)))
    await at.bot.settled()
    assert at.logged() == []
    assert "Was undone before" in at.heard("maya", "#accounts") or "Undone: a meeting" in at.heard("maya", "#accounts")
    assert not at.slack.failures


@pytest.mark.parametrize(
    ("typed", "account", "kind", "text"),
    [
        ("acme call: talked to Ana", "1", "call", "talked to Ana"),
        ("acme meeting with Ana", "1", "meeting", "meeting with Ana"),
        ("acme they are happy", "1", "note", "they are happy"),
        ('"halden foods" emailed the offer', "2", "email", "emailed the offer"),
        ("Halden Foods: line one\nline two  with  spaces", "2", "note", "line one\nline two  with  spaces"),
        ("acme said “yes” & <no>", "1", "note", "said “yes” & <no>"),
        ("acme see https://x.example/a_b", "1", "note", "see https://x.example/a_b"),
        ("acme @jonas met them", "1", "note", "@jonas met them"),
        ("acme #general knows", "1", "note", "#general knows"),
    ],
)
async def test_what_is_read_from_a_line(at: Logging, typed: str, account: str, kind: str, text: str) -> None:
    await at.ask(f"/account log {typed}")
    row = at.one()
    assert (row.account_id, row.kind, row.text) == (at.account(account), kind, text)


async def test_mentions_and_direct_messages_log_too(at: Logging) -> None:
    answer = await at.ask("<@U0STEWARD> log acme met Ana")
    assert answer["is_ephemeral"]
    assert "Logged a meeting with Acme Corp" in said([answer])
    at.slack.fault("duplicate_event", "app_mention")
    await at.bot.ask("maya", "#accounts", "<@U0STEWARD> log acme met Bob")
    [direct] = await at.bot.ask("maya", "dm", "log acme met Cem\nand Dan")
    assert direct["thread_ts"]
    assert sorted(row.text for row in at.logged()) == ["met Ana", "met Bob", "met Cem\nand Dan"]
    seen = await at.press("Undo", channel="dm")
    assert "Undone" in said(seen)
    [pasted] = await at.bot.ask("maya", "dm", "/ACCOUNT log acme".casefold() + " met Eve")
    assert pasted
    assert len(at.logged()) == 3


async def test_several_accounts_are_a_choice_that_keeps_the_words(at: Logging) -> None:
    answer = await at.ask("/account log twin met both <sisters>")
    assert "Which account is “twin”?" in said([answer])
    assert "Then I log: “met both &lt;sisters&gt;”" in said([answer])
    assert at.logged() == []
    seen = await at.press("TWIN")
    assert (at.one().account_id, at.one().text) == (at.account("4"), "met both <sisters>")
    assert "Which account" not in said(seen)
    assert "Logged a meeting with TWIN" in said(seen)


async def test_two_presses_of_one_choice_log_once(at: Logging) -> None:
    await at.ask("/account log twin met both")
    for label in ("TWIN", "Twin", "TWIN"):
        await at.slack.click("maya", label, channel="#accounts")
    await at.bot.settled()
    assert len(at.logged()) == 1
    assert "Logged before: a meeting with" in at.heard("maya", "#accounts") or len(at.logged()) == 1


async def test_likeness_is_only_offered(at: Logging) -> None:
    answer = await at.ask("/account log acmee met Ana")
    assert "Which account is “acmee”?" in said([answer])
    assert "Acme Corp" in said([answer])
    assert at.logged() == []
    await at.press("Another account")
    assert at.filled("text") == "met Ana"
    assert at.filled("account") is None


async def test_an_unknown_name_gets_the_form_with_the_words(at: Logging) -> None:
    answer = await at.ask("/account log zzzz qqqq met Ana")
    assert "No account is called “zzzz”." in said([answer])
    await at.press("Choose the account")
    assert at.filled("text") == "qqqq met Ana"
    await at.choose_account("Halden Foods")
    assert await at.submit({"kind": "meeting"}) is None
    assert (at.one().account_id, at.one().text) == (at.account("2"), "qqqq met Ana")


@pytest.mark.parametrize("name", ["acme", "twin", "zzzz"])
async def test_what_is_too_long_comes_back_whole(at: Logging, name: str) -> None:
    text = "<!channel> & *bold* " * 160
    answer = await at.ask(f"/account log {name} {text}")
    parts = [
        part["text"]
        for block in answer["blocks"]
        if block["type"] == "rich_text"
        for run in block["elements"]
        for part in run["elements"]
    ]
    assert "".join(parts) == text.strip()
    assert at.logged() == []
    if name == "twin":
        await at.press("TWIN")
        assert (at.filled("account"), at.filled("text")) == (id_text(at.account("4")), None)
    if name == "acme":
        assert "Nothing was logged. A summary has at most 3,000 characters; this has 3,199." in said([answer])


async def test_the_longest_words_that_fit_are_kept(at: Logging) -> None:
    await at.ask("/account log acme " + "ü" * 3000)
    assert at.one().text == "ü" * 3000


HOSTILE = (
    "<!channel> <!here|here> look",
    "<@U0JONAS> said <#C0GENERAL|general>",
    "<https://evil.example|click *here*> `code` ~no~",
    "🎉👩‍👩‍👧‍👦 deal 🇸🇪🇩🇪",
    "שלום עולם \u202egnirts\u202c مرحبا",
    "Z" + "\u0301" * 200 + " zalgo",
    "&lt;!channel&gt; &amp;",
    "​zero​width and \x07 bell",
)


@pytest.mark.parametrize("text", HOSTILE)
async def test_no_words_ping_link_or_break_anything(at: Logging, text: str) -> None:
    """Typed literally into the form, where Slack escapes nothing."""
    await at.open()
    await at.submit(
        {"kind": "call", "text": text, "people": text[:300], "next_step": text[:300], "promise": text[:300]}
    )
    await at.press("Show card")
    await at.press("Timeline")
    shown = at.heard("maya", "#accounts")
    for mark in ("<!", "<@", "<#", "<http"):
        assert mark not in shown
    assert at.logged()
    assert not at.slack.failures


@pytest.mark.parametrize("text", HOSTILE)
async def test_nor_do_they_when_typed_after_a_command(at: Logging, text: str) -> None:
    await at.ask(f"/account log acme {text}")
    shown = at.heard("maya", "#accounts")
    assert not [mark for mark in ("<!", "<@", "<#", "<http") if mark in shown]
    assert not at.slack.failures


async def test_an_account_with_a_very_long_name(at: Logging) -> None:
    answer = await at.ask("/account log uberaus met them")
    assert "Which account" in said([answer])
    await at.press("Another account")
    await at.choose_account(
        at.form()["blocks"]
        and (await at.slack.suggest("maya", log_values.LOG_ACCOUNT, "uberaus", place="modal"))[0]["text"]["text"]
    )
    assert await at.submit({"kind": "meeting"}) is None
    assert at.one().account_id == at.account("5")
    assert not at.slack.failures


# In a channel that is about an account


async def test_a_bound_channel_needs_no_name(at: Logging) -> None:
    await at.ask("/account bind halden foods")
    await at.ask("/account log met Ana, they are happy")
    assert (at.one().account_id, at.one().text) == (at.account("2"), "met Ana, they are happy")
    await at.ask("/account log acme called")
    assert sorted(row.account_id for row in at.logged()) == sorted([at.account("1"), at.account("2")])
    await at.bot.ask("maya", "#accounts", "/account log")
    assert at.filled("account") == at.form()["blocks"][0]["element"]["initial_option"]["value"]
    assert at.form()["blocks"][0]["element"]["initial_option"]["text"]["text"] == "Halden Foods"


# The form


async def test_the_form_opens_without_words_and_takes_everything(at: Logging) -> None:
    await at.open("/account log")
    assert at.form()["title"]["text"] == "Log interaction"
    offered = await at.slack.suggest("maya", log_values.LOG_ACCOUNT, "acme", place="modal")
    assert [one["text"]["text"] for one in offered] == ["Acme Corp"]
    await at.choose_account("Acme Corp")
    when = int((at.slack.clock.now() - timedelta(days=2)).timestamp())
    day = at.slack.clock.now().date()
    left = await at.submit(
        {
            "kind": "meeting", "text": "Budget talk", "at": when, "people": "Ana, Bo", "visibility": "client-safe",
            "next_step": "Send the quote", "next_step_on": str(day + timedelta(days=3)), "promise": "A quote",
            "promise_by": "us", "promise_owner": "U0JONAS", "promise_due": str(day + timedelta(days=4)),
        }
    )  # fmt: skip
    assert left is None
    row, promise = at.one(), at.clerk.row("commitment")
    assert (row.kind, row.text, row.people, row.visibility) == ("meeting", "Budget talk", "Ana, Bo", "client-safe")
    assert (int(row.at.timestamp()), row.next_step, row.next_step_on) == (
        when,
        "Send the quote",
        day + timedelta(days=3),
    )
    assert (promise.quote, promise.due_on, promise.interaction_id) == ("A quote", day + timedelta(days=4), row.id)
    assert promise.owner_id == at.clerk.row("member", folded="jonas berg").id
    [answer] = at.slack.messages("#accounts", "maya")
    assert answer["is_ephemeral"]
    for words in ("Logged a meeting with Acme Corp", "with Ana, Bo", "May be shown to the customer",
                  "Next step: Send the quote", "Jonas Berg promised: “A quote”"):  # fmt: skip
        assert words in said([answer])
    assert "next step: Send the quote, " in said(await at.press("Show card"))


async def test_the_form_works_over_http_as_well(clerk: Clerk) -> None:
    async with logging(clerk, "http") as at:
        await at.open()
        left = await at.submit({"kind": "call", "text": "Spoke", "next_step_on": "2030-01-01"})
        assert left is not None
        assert left["errors"] == {"next_step": "Say what the next step is, or clear its date."}
        assert await at.submit({"next_step": "Speak again"}) is None
        assert at.one().next_step == "Speak again"
        assert not at.slack.failures


async def test_only_a_name_opens_the_form_for_it(at: Logging) -> None:
    await at.open()
    assert at.filled("account")
    assert at.filled("visibility") == "internal"
    assert abs(at.filled("at") - at.slack.clock.time()) < 60


async def test_where_no_form_can_be_opened_a_button_does(at: Logging) -> None:
    [answer] = await at.bot.ask("maya", "dm", "log acme")
    assert "What happened with Acme Corp?" in said([answer])
    await at.press("Open the form", channel="dm")
    await at.submit({"kind": "note", "text": "Fine"})
    assert at.one().text == "Fine"
    thread = at.slack.messages("dm", "maya")[-1]
    assert "Logged a note on Acme Corp" in said([thread])
    assert thread["thread_ts"] == answer["thread_ts"]
    [answer] = await at.bot.ask("maya", "#accounts", "<@U0STEWARD> log")
    assert "What happened?" in said([answer])


async def test_the_global_shortcut_opens_it_empty_and_answers_in_the_direct_message(at: Logging) -> None:
    await at.slack.shortcut("maya", log_values.LOG_NEW)
    await at.bot.settled()
    assert at.filled("account") is None
    await at.choose_account("Acme Corp")
    await at.submit({"kind": "email", "text": "Sent it"})
    assert "Logged an email with Acme Corp" in at.heard("maya", "dm")


async def test_the_card_has_a_button_for_it(at: Logging) -> None:
    await at.ask("/account acme")
    await at.press("Log")
    assert at.filled("account")
    await at.submit({"kind": "call", "text": "Spoke"})
    assert at.one().account_id == at.account()


async def test_a_card_in_a_modal_gets_the_form_above_it(at: Logging) -> None:
    await at.slack.open_home("maya")
    await at.bot.settled()
    await at.slack.click("maya", "Open", place="home")
    await at.bot.settled()
    card = at.form()["id"]
    await at.slack.click("maya", "Log", place="modal")
    await at.bot.settled()
    assert at.form()["previous_view_id"] == card
    left = await at.submit({"kind": "call", "text": "Spoke"})
    assert left is not None
    assert left["id"] == card
    assert "Logged a call with" in at.heard("maya", "dm")


async def test_what_is_wrong_is_said_in_the_form_which_stays(at: Logging) -> None:
    await at.open()
    later = int((at.slack.clock.now() + timedelta(hours=2)).timestamp())
    wrong = {
        "kind": "call",
        "text": "Will talk",
        "at": later,
        "next_step_on": "2030-01-01",
        "promise_due": "2000-01-01",
    }
    left = await at.submit(wrong)
    assert left is not None
    assert left["errors"] == {
        "at": "That is in the future. Log it when it has happened; what is to come is the next step.",
        "next_step": "Say what the next step is, or clear its date.",
        "promise": "Say what was promised, or clear who owes it and when.",
        "promise_due": "That is before it was promised. Check the date.",
    }
    assert at.filled("text") == "Will talk"
    assert at.logged() == []
    right = {"at": later - 7300, "next_step": "Talk", "promise": "A call", "promise_due": "2030-01-01"}
    assert await at.submit(right) is None
    assert at.one().text == "Will talk"


async def test_who_cannot_keep_a_promise(at: Logging) -> None:
    await at.open()
    for user, name in (("U0WALTER", "walter"), ("U0NOOR", "noor"), ("U0ELENA", "elena"), ("U0GONE", "That person")):
        # Slack offers some of them to nobody: a request that names them all the same.
        at.slack.world.views.stack("U0MAYA")[-1].picks["promise_owner"] = {
            "steward.field.promise_owner": {"type": "users_select", "selected_user": user}
        }
        left = await at.submit({"kind": "call", "text": "Hi", "promise": "A visit"})
        assert left is not None
        assert left["errors"] == {
            "promise_owner": f"{name} is not in the team list. Choose somebody else, or nobody for you."
        }
    await at.submit({"promise_owner": None})
    assert at.clerk.row("commitment").owner_id == at.clerk.row("member", folded="maya lindqvist").id


async def test_details_are_added_to_what_was_logged(at: Logging) -> None:
    await at.ask("/account log acme met Ana")
    await at.press("Add details")
    assert at.form()["title"]["text"] == "Add details"
    assert (at.filled("text"), at.filled("kind")) == ("met Ana", "meeting")
    await at.submit({"people": "Ana", "promise": "A quote"})
    row = at.one()
    assert (row.text, row.people) == ("met Ana", "Ana")
    assert at.clerk.row("commitment").quote == "A quote"
    newest = at.slack.messages("#accounts", "maya")[-1]
    assert "Details saved: a meeting with Acme Corp" in said([newest])
    assert "“A quote”" in said([newest])
    before = at.slack.messages("#accounts", "maya")[0]["ts"]
    await at.press("Add details", ts=newest["ts"])
    assert (at.filled("people"), at.filled("promise"), at.filled("promise_by")) == ("Ana", "A quote", "us")
    seen = await at.press("Undo", ts=before)
    assert "You went on from that (details of a meeting with Acme Corp): undo that first." in said(seen)
    await at.press("Undo", ts=newest["ts"])
    assert (at.one().people, at.clerk.rows("commitment")) == (None, [])


async def test_details_of_what_was_undone(at: Logging) -> None:
    await at.ask("/account log acme met Ana")
    await at.press("Add details")
    await at.press("Undo")
    left = await at.submit({"people": "Ana"})
    assert left is not None
    assert left["errors"] == {"text": "That entry is not there any more: it was undone."}
    assert at.filled("text") == "met Ana"


# Once, and never lost


async def test_a_form_submitted_twice_is_logged_once(at: Logging) -> None:
    await at.open()
    await at.slack.submit("maya", {"kind": "call", "text": "Spoke"})
    await at.slack.submit("maya")
    await at.bot.settled()
    assert len(at.logged()) == 1
    assert at.slack.modal("maya") is None


@dataclass(frozen=True)
class BrokenDesk(Desk):
    """Fails as often as it is told to, in a way that nobody expected."""

    def log_touch(self, audience: Audience, account_id: int, entry: Any) -> Any:
        if entry.text == "break":
            raise ZeroDivisionError("a bug")
        return super().log_touch(audience, account_id, entry)


def broken(desk: Desk, _sandbox: Sandbox) -> Desk:
    return BrokenDesk(desk.database, desk.clock, desk.policies, desk.zone)


async def test_after_a_failure_the_words_are_still_there(clerk: Clerk) -> None:
    async with logging(clerk, make=broken) as at:
        await at.open()
        left = await at.submit({"kind": "call", "text": "break"})
        assert left is not None
        assert "Something went wrong on our side (ref " in left["errors"]["text"]
        assert at.filled("text") == "break"
        assert await at.submit({"text": "mended"}) is None
        answer = await at.ask("/account log acme break")
        assert "Nothing was logged. Something went wrong on our side" in said([answer])
        await at.press("Open the form")
        assert at.filled("text") == "break"
        assert [row.text for row in at.logged()] == ["mended"]


async def test_while_somebody_else_writes_nothing_is_lost(at: Logging, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forms, "_TIME", 0.05)
    await at.open()
    with closing(sqlite3.connect(str(at.clerk.database.path), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        await at.slack.submit("maya", {"kind": "call", "text": "Spoke"})
        await at.slack.until(lambda: bool(at.form()["errors"]))
        assert "nothing you typed is lost: press the button again" in at.form()["errors"]["text"]
        assert at.logged() == []
        other.execute("ROLLBACK")
    await at.bot.settled()
    assert len(at.logged()) == 1
    assert "Logged a call with Acme Corp" in at.heard("maya", "#accounts")
    assert await at.submit() is None
    assert len(at.logged()) == 1


@dataclass(frozen=True)
class SlowDesk(Desk):
    """Three seconds pass before the first answer."""

    sandbox: Any = None

    def preferences(self, audience: Audience, slack_user_id: str, slack_tz: str | None = None) -> Preferences:
        self.sandbox.advance(4)
        return super().preferences(audience, slack_user_id, slack_tz)


async def test_a_form_that_comes_too_late_is_said(clerk: Clerk) -> None:
    def slow(desk: Desk, sandbox: Sandbox) -> Desk:
        return SlowDesk(desk.database, desk.clock, desk.policies, desk.zone, sandbox=sandbox)

    async with logging(clerk, make=slow) as at:
        answer = await at.ask("/account log acme")
        assert "Slack lets me open a form for three seconds only, and that was too late. Try again." in said([answer])
        assert at.slack.modal("maya") is None


@pytest.mark.parametrize("metadata", ["", "[]", "x", json.dumps(["", None, None, None, None, None]), "[" * 2000])
async def test_a_form_of_an_earlier_version_says_so(at: Logging, metadata: str) -> None:
    await at.open()
    at.slack.world.views.stack("U0MAYA")[-1].body["private_metadata"] = metadata
    left = await at.submit({"kind": "call", "text": "Spoke"})
    assert left is not None
    assert "from an earlier version of mine. Copy your text" in left["errors"]["text"]


# From a message


async def log_message(at: Logging, writer: str, channel: str, text: str, user: str = "maya") -> str:
    """Somebody writes, somebody uses the shortcut on it; the message's ts."""
    ts = (await at.slack.say(writer, channel, text)).ts
    assert ts is not None
    await at.slack.shortcut(user, log_values.LOG_MESSAGE, channel=channel, ts=ts)
    await at.bot.settled()
    return ts


async def test_a_message_is_logged_without_its_text(at: Logging) -> None:
    ts = await log_message(at, "jonas", "#accounts", "The customer told me a secret")
    assert "About a message by jonas. The link is kept, the message's text is not." in json.dumps(at.form()["blocks"])
    assert "secret" not in json.dumps(at.form())
    assert at.filled("kind") == "message"
    assert at.filled("at") == int(float(ts))
    await at.choose_account("Acme Corp")
    with pytest.raises(Exception, match="complete this required field"):
        await at.submit()
    await at.submit({"text": "Jonas knows more"})
    row = at.one()
    assert (row.text, row.origin, row.people) == ("Jonas knows more", "team", None)
    assert row.author_id == at.clerk.row("member", folded="jonas berg").id
    assert "/archives/C0ACCOUNTS/p" in row.permalink
    assert "secret" not in str(at.clerk.dump())
    assert "Logged a message with Acme Corp" in at.heard("maya", "#accounts")
    assert len(at.slack.messages("#accounts", "jonas")) == 1


async def test_what_a_customer_wrote_in_a_shared_channel_stays_between_us(at: Logging) -> None:
    await at.ask("/account bind halden foods", channel="#ext-halden-foods")
    before = at.heard("elena", "#ext-halden-foods")
    await log_message(at, "elena", "#ext-halden-foods", "We might leave")
    assert at.form()["blocks"][1]["element"]["initial_option"]["text"]["text"] == "Halden Foods"
    assert at.filled("people") == "elena"
    await at.submit({"text": "They think about leaving"})
    row = at.one()
    assert (row.origin, row.direction, row.author_id, row.people) == ("customer", "in", None, "elena")
    assert "Logged a message with Halden Foods" in at.heard("maya", "#ext-halden-foods")
    heard = at.heard("elena", "#ext-halden-foods")
    assert heard.replace("We might leave", "").count("Halden") == before.count("Halden")
    assert "leaving" not in heard


async def test_where_something_was_said(at: Logging) -> None:
    origins = []
    for writer, user, channel in (
        ("maya", "maya", "#ext-halden-foods"),
        ("jonas", "jonas", "#ext-pending"),
        ("maya", "maya", "#accounts"),
        ("noor", "maya", "#acct-acme"),
        ("ingrid", "ingrid", "#board"),
    ):
        await log_message(at, writer, channel, "Hello", user)
        await at.choose_account("Acme Corp", user)
        await at.submit({"text": f"{writer} in {channel}"}, user)
        origins.append(at.clerk.row("interaction", text=f"{writer} in {channel}").origin)
    # The bot is not in #board and cannot tell who reads it.
    assert origins == ["external channel", "external channel", "team", "customer", "external channel"]
    unseen = at.clerk.row("interaction", text="ingrid in #board")
    assert unseen.permalink is None
    assert "Logged a message" in at.heard("ingrid", "dm")


async def test_a_bots_message_and_one_of_somebody_who_left(at: Logging) -> None:
    messenger = Messenger(at.bot.app.desk.messenger.client)
    ts = await messenger.post("C0ACCOUNTS", said_by_bot(), recheck=nothing_internal)
    await at.slack.shortcut("maya", log_values.LOG_MESSAGE, channel="#accounts", ts=ts)
    await at.bot.settled()
    await at.choose_account("Acme Corp")
    await at.submit({"text": "A bot said so"})
    assert (at.one().author_id, at.one().origin) == (None, "team")
    ts = (await at.slack.say("jonas", "#accounts", "Bye")).ts or ""
    at.slack.world.workspace.person("jonas").deleted = True
    await at.slack.shortcut("maya", log_values.LOG_MESSAGE, channel="#accounts", ts=ts)
    await at.bot.settled()
    await at.choose_account("Acme Corp")
    await at.submit({"text": "Jonas said bye"})
    row = at.clerk.row("interaction", text="Jonas said bye")
    assert (row.author_id, row.people) == (None, "jonas")


def said_by_bot() -> Any:
    from bot.slack.render.parts import simple

    return simple("Hello")


async def test_the_text_is_kept_for_a_while_where_that_is_set(clerk: Clerk) -> None:
    def keeping(desk: Desk, _sandbox: Sandbox) -> Desk:
        return replace(desk, keep_text=timedelta(days=30))

    async with logging(clerk, make=keeping) as at:
        await log_message(at, "jonas", "#accounts", "They told @maya <secret>")
        assert at.filled("quote") == "They told @maya <secret>"
        assert "Kept as a quote for 30 days, then erased." in json.dumps(at.form()["blocks"])
        await at.choose_account("Acme Corp")
        await at.submit({"text": "Jonas knows", "quote": "They told us"})
        row = at.one()
        assert (row.subject, row.text) == ("Jonas knows", "They told us")
        assert row.text_until - at.slack.clock.now() > timedelta(days=29)
        assert "The message is quoted until" in at.heard("maya", "#accounts")
        await at.press("Show card")
        assert "Jonas knows: “They told us”" in said(await at.press("Timeline"))
        at.slack.advance(timedelta(days=31))
        keep_house(at.desk)
        assert (at.one().subject, at.one().text) == ("Jonas knows", None)
        await log_message(at, "jonas", "#accounts", "Another")
        await at.choose_account("Acme Corp")
        await at.submit({"text": "Not that one", "quote": ""})
        assert at.clerk.row("interaction", text="Not that one").text_until is None


async def test_an_archived_channel_is_answered_elsewhere(at: Logging) -> None:
    await at.slack.say("ingrid", "#old-deals", "/account log acme met Ana")
    await at.bot.settled()
    assert len(at.logged()) == 1
    await at.slack.say("ingrid", "#old-deals", "/account log acme")
    await at.bot.settled()
    await at.submit({"kind": "call", "text": "Spoke"}, "ingrid")
    assert "Logged a call with Acme Corp" in at.heard("ingrid", "dm")


# Who may not


@pytest.mark.parametrize(
    ("user", "channel"), [("noor", "#acct-acme"), ("elena", "#ext-halden-foods"), ("david", "#ext-halden-foods")]
)
async def test_outsiders_are_refused_at_every_door(at: Logging, user: str, channel: str) -> None:
    ts = (await at.slack.say(user, channel, "Hello")).ts
    await at.slack.shortcut(user, log_values.LOG_MESSAGE, channel=channel, ts=ts)
    await at.slack.shortcut(user, log_values.LOG_NEW)
    await at.bot.settled()
    assert at.slack.modal(user) is None
    assert at.heard(user, channel).count("I answer this workspace's account team only") == 2
    assert "account team only" in at.heard(user, "dm")
    await at.bot.ask(user, channel, "<@U0STEWARD> log acme I was here")
    assert at.logged() == []
    assert "Acme" not in at.heard(user, channel).replace("acme I was here", "")


async def test_readers_look_and_do_not_log(at: Logging) -> None:
    answer = await at.ask("/account log acme met Ana", user="priya")
    assert "Your role does not allow that" in said([answer])
    await at.slack.shortcut("priya", log_values.LOG_NEW)
    await at.bot.settled()
    assert at.slack.modal("priya") is None
    assert at.logged() == []


async def test_rights_count_at_the_moment_of_saving(at: Logging) -> None:
    await at.open()
    at.clerk.bring({"members.csv": BOOK["members.csv"].replace("AM,North,\n", "read only,North,\n")})
    left = await at.submit({"kind": "call", "text": "Spoke"})
    assert left is not None
    assert "Your role does not allow that" in left["errors"]["text"]
    assert at.logged() == []


async def test_somebody_deactivated_is_refused(clerk: Clerk) -> None:
    """Slack lets nobody deactivated click; a request that says so all the same is refused."""
    async with logging(clerk, "http") as at:
        await at.ask("/account log acme met Ana")
        change = next(
            element["value"]
            for message in at.slack.messages("#accounts", "maya")
            for block in message["blocks"]
            if block["type"] == "actions"
            for element in block["elements"]
            if element["text"]["text"] == "Undo"
        )
        payload = {
            "type": "block_actions", "user": {"id": "U0WALTER"}, "team": {"id": "T0NORTHLIGHT"}, "trigger_id": "7.7.w",
            "container": {"type": "message", "channel_id": "C0ACCOUNTS", "message_ts": "1.1"},
            "actions": [{"type": "button", "action_id": "steward.log:0", "block_id": "b", "value": change}],
        }  # fmt: skip
        assert (await post(at.bot, urlencode({"payload": json.dumps(payload)}), FORM))[0] == 200
        await at.bot.settled()
        assert len(at.logged()) == 1
