"""A book that attacks: account names, aliases, people, notes, promises and file names that want to be code."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.request import urlopen

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.cli.context import audience
from bot.clock import system_clock
from bot.importers import Options
from bot.services.importing.run import Request, bring_in
from bot.storage import migrate
from bot.storage.database import Database
from tests.browser.workshop import Workshop, steward
from tests.sandbox.web.page_parser import parse

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

CODE = "<img src=x onerror=alert(1)><script>alert(1)</script>"
NAME = f"Evil {CODE}"
MAYA = "maya.lindqvist@steward.example"
BOOK: dict[str, list[tuple[str, ...]]] = {
    "accounts": [
        ("id", "name", "aliases", "domains", "owner_email", "segment", "country"),
        ("1", NAME, f"evil; {CODE}", "evil.example", MAYA, CODE, "SE"),
        ("2", f"Evil 2 {CODE}", "", "evil2.example", MAYA, "<b>", "SE"),
    ],
    "members": [("id", "name", "email", "active"), ("m1", f"Maya {CODE}", MAYA, "true")],
    "people": [("id", "account_id", "name", "email", "title"), ("p1", "1", CODE, "a@evil.example", CODE)],
    "interactions": [
        ("id", "account_id", "at", "kind", "author_email", "subject", "text"),
        ("i1", "1", "2026-01-05T10:00:00Z", "call", MAYA, CODE, f"Said {CODE} <!channel> <https://x.example|{CODE}>"),
    ],
    "promises": [("id", "account_id", "quote", "by", "due_on"), ("c1", "1", CODE, "us", "2026-02-01")],
}


@pytest.fixture
def attacked(tmp_path: Path) -> Iterator[Workshop]:
    """Steward on the book that attacks."""
    for name, rows in BOOK.items():
        with (tmp_path / f"{name}.csv").open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(rows)
    database = Database(f"sqlite:///{tmp_path / 'evil.db'}")
    migrate.upgrade(database)
    paths = tuple(tmp_path / f"{name}.csv" for name in BOOK)
    bring_in(database, audience(), system_clock, Request(paths, Options()))
    database.close()
    with Workshop(steward(tmp_path / "evil.db")) as running:
        yield running


def attack(workshop: Workshop) -> None:
    """Ask for everything the book can say, and upload a file with a name and a text of that kind."""
    slack = workshop.sandbox
    for words in ("/account evil", "/account evil.example", "/account find evil", "/book", "/renewals 90d"):
        workshop.do(slack.say("maya", "#accounts", words))
        workshop.do(slack.quiet())
    client = AsyncWebClient(token=slack.bot_token, base_url=slack.base_url)
    slack.world.manifest.scopes.append("files:write")
    workshop.do(client.files_upload_v2(channel="C0ACCOUNTS", filename=f"{CODE}.html", title=CODE, content=CODE))
    assert slack.failures == []
    assert CODE in str([m.get("blocks") for m in slack.messages("#accounts", "maya")]).replace("&lt;", "<").replace(
        "&gt;", ">"
    )


def test_nothing_of_it_is_markup(attacked: Workshop) -> None:
    attack(attacked)
    with urlopen(f"{attacked.url}?as=U0MAYA&in=accounts") as answer:  # noqa: S310 - the sandbox's own address
        page = parse(answer.read().decode())
    assert [danger for danger in page.dangers() if not danger.startswith(("script", "form"))] == []
    assert all(e.text == "" and (e.attributes["src"] or "").startswith("/page/static/") for e in page.all("script"))
    assert page.all("img") == []
    assert CODE in page.text, "it is shown as what it is: text"


def test_nothing_of_it_runs(chrome: Chrome, attacked: Workshop) -> None:
    from tests.browser.window import Window  # selenium may be missing where this file is read

    window = Window(chrome, attacked.url)
    window.complaints()
    window.open("?as=U0MAYA&in=accounts")
    attack(attacked)
    window.sees("Evil")
    window.find(".file")
    found = "return document.querySelectorAll('#app img, #app script, #app [onerror]').length"
    assert chrome.execute_script(found) == 0
    assert window.complaints() == [], "nothing was fetched, nothing was refused by the policy: nothing tried"
    chrome.get("about:blank")
