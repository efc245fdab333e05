"""The page over HTTP: who is let in, what each person is shown, acts and the change feed."""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import aiohttp
import pytest
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Manifest, Sandbox, SandboxClock
from tests.sandbox.tiny_bot import seen_by
from tests.sandbox.web.page_parser import parse

Json = dict[str, Any]
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20


class Browser:
    """What the page's script does, without a browser."""

    def __init__(self, slack: Sandbox, session: aiohttp.ClientSession) -> None:
        self.slack, self.session, self.token = slack, session, ""

    async def page(self, query: str = "", **headers: str) -> str:
        async with self.session.get(f"{self.slack.page_url}{query}", headers=headers) as answer:
            assert answer.status == 200, await answer.text()
            body = await answer.text()
        self.token = re.findall('sandbox-token" content="([^"]+)"', body)[0]
        return body

    async def act(self, name: str, body: Json, headers: dict[str, str] | None = None) -> tuple[int, Json]:
        sent = {"X-Sandbox-Token": self.token} if headers is None else headers
        url = f"{self.slack.page_url}page/act/{name}"
        async with self.session.post(url, json=body, headers=sent) as answer:
            return answer.status, json.loads(await answer.text()) if "json" in answer.content_type else {}


@pytest.fixture
async def browser(slack: Sandbox) -> AsyncIterator[Browser]:
    async with aiohttp.ClientSession() as session:
        yield Browser(slack, session)


async def test_the_document(browser: Browser) -> None:
    found = parse(await browser.page())
    assert [e for e in found.dangers() if not e.startswith(("script", "form"))] == []
    assert all((e.attributes.get("src") or "").startswith("/page/static/") for e in found.all("script"))
    assert all(e.text == "" for e in found.all("script")), "no inline script"
    assert {e.attributes.get("id") for e in found.elements} >= {"main", "sidebar", "composer-main", "toast"}
    assert found.all("html")[0].attributes["lang"] == "en"
    assert [e.tag for e in found.elements if e.attributes.get("class") == "skip"] == ["a"]


async def test_headers_and_static_files(browser: Browser) -> None:
    for path in (
        "",
        "page/app",
        "page/static/page.js",
        "page/static/widgets.js",
        "page/static/page.css",
        "page/static/icon.svg",
    ):
        async with browser.session.get(f"{browser.slack.page_url}{path}") as answer:
            assert answer.status == 200
            policy = answer.headers["Content-Security-Policy"]
            assert "default-src 'none'" in policy
            assert "unsafe" not in policy
            assert answer.headers["X-Frame-Options"] == "DENY"
            assert answer.headers["Referrer-Policy"] == "no-referrer"
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert "http://" not in re.sub("http://www.w3.org/", "", await answer.text()).replace("http://${", "")
    async with browser.session.get(f"{browser.slack.page_url}page/static/..%2fguard.py") as answer:
        assert answer.status == 404


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Host": "evil.example"}, 403),
        ({"Host": "127.0.0.1.evil.example"}, 403),
        ({"Host": "[::1"}, 403),
        ({"Host": "localhost:1234"}, 200),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": "document"}, 200),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": "iframe"}, 403),
        ({"Sec-Fetch-Site": "same-site", "Sec-Fetch-Dest": "empty"}, 403),
        ({"Sec-Fetch-Site": "same-origin"}, 200),
    ],
)
async def test_only_this_machine_and_this_page(browser: Browser, headers: dict[str, str], status: int) -> None:
    async with browser.session.get(browser.slack.page_url, headers=headers) as answer:
        assert answer.status == status


@pytest.mark.parametrize("path", ["control/say", "page/act/say", "api/auth.test"])
async def test_other_pages_cannot_post_anywhere(browser: Browser, path: str) -> None:
    body = json.dumps({"user": "maya", "as": "U0MAYA", "channel": "#general", "text": "forged"})
    headers = {"Origin": "https://evil.example", "Content-Type": "text/plain"}
    async with browser.session.post(f"{browser.slack.page_url}{path}", data=body, headers=headers) as answer:
        assert answer.status == 403
    assert browser.slack.messages("#general", "maya") == []


async def test_acts_need_the_token_of_this_start(browser: Browser) -> None:
    await browser.page()
    for headers in ({}, {"X-Sandbox-Token": "old"}, {"X-Sandbox-Token": "\xe9"}):
        status, _ = await browser.act("say", {"as": "U0MAYA", "channel": "C0GENERAL", "text": "x"}, headers)
        assert status == 403
    assert browser.slack.messages("#general", "maya") == []


@pytest.mark.parametrize(
    ("name", "body", "status"),
    [
        ("nothing", {}, 404),
        ("say", {}, 400),
        ("say", {"as": "nobody"}, 400),
        ("say", {"as": "U0ELENA", "channel": "C0GENERAL", "text": "x"}, 400),
        ("say", {"as": "U0WALTER", "channel": "C0GENERAL", "text": "x"}, 400),
        ("click", {"as": "U0MAYA", "place": "modal", "view": "V1", "action": "a", "block": "b"}, 400),
        ("jump", {"as": "U0MAYA", "to": "2020-01-01T00:00"}, 400),
        ("jump", {"as": "U0MAYA", "to": "soon"}, 400),
        ("advance", {"as": "U0MAYA", "seconds": "x"}, 400),
    ],
)
async def test_refusals_say_why(browser: Browser, name: str, body: Json, status: int) -> None:
    await browser.page()
    got, answer = await browser.act(name, body)
    assert got == status
    assert answer["error"]


async def test_a_card_is_the_askers_alone(browser: Browser, bot: AsyncApp) -> None:
    await browser.page()
    await browser.act("say", {"as": "U0MAYA", "channel": "C0ACCOUNTS", "text": "/account acme"})
    await browser.slack.quiet()
    mine = parse(await browser.page("?as=U0MAYA&in=C0ACCOUNTS"))
    assert "Only visible to you" in mine.text
    assert "acme" in mine.text
    assert "acme" not in parse(await browser.page("?as=U0JONAS&in=C0ACCOUNTS")).with_class("log")[0].text
    ts = browser.slack.messages("#accounts", "maya")[-1]["ts"]
    await browser.act("dismiss", {"as": "U0MAYA", "ts": ts})
    assert "Only visible to you" not in await browser.page("?as=U0MAYA&in=C0ACCOUNTS")


async def test_nobody_sees_where_they_are_not(browser: Browser) -> None:
    await browser.slack.say("ingrid", "#board", "Secret plan <#C0SECRET>")
    await browser.slack.say("maya", "#ext-halden-foods", "See #board and #accounts and @jonas")
    assert "Secret plan" in await browser.page("?as=U0INGRID&in=C0SECRET")
    for who in ("U0MAYA", "U0ELENA", "U0NOOR", "U0WALTER"):
        assert "Secret plan" not in await browser.page(f"?as={who}&in=C0SECRET")
    outside = parse(await browser.page("?as=U0ELENA&in=C0EXTHALDEN"))
    assert "private channel" in outside.text
    for name in ("board", "#accounts", "leads", "general", "Apps: Steward"):
        assert name not in outside.text
    assert "Shared with Northlight" in outside.text


async def test_a_form_with_complaints_then_sent(browser: Browser, bot: AsyncApp) -> None:
    await browser.slack.say("maya", "#general", "/account acme")
    await browser.slack.quiet()
    await browser.slack.click("maya", "log", channel="#general")
    await browser.slack.quiet()
    page = parse(await browser.page("?as=U0MAYA"))
    view = next(e for e in page.elements if e.attributes.get("id") == "modal-form").attributes["data-view"]
    empty = {"as": "U0MAYA", "view": view, "values": [{"block": "note", "action": "note_text", "choice": ""}]}
    await browser.act("submit", empty)
    assert (
        parse(await browser.page("?as=U0MAYA")).with_class("complaint")[0].text
        == "Please complete this required field."
    )
    where = {"as": "U0MAYA", "place": "modal", "view": view, "block": "account", "action": "account_pick"}
    _, offered = await browser.act("suggest", where | {"query": "no"})
    assert offered["options"] == [{"value": "acme", "label": "Acme no"}]
    await browser.act("pick", where | {"choice": "acme", "kind": "external_select"})
    await browser.act("suggest", where | {"query": "other"})
    values = [
        {"block": "note", "action": "note_text", "choice": "Spoke"},
        {"block": "account", "action": "account_pick", "choice": "acme"},
    ]
    await browser.act("submit", {"as": "U0MAYA", "view": view, "values": values})
    await browser.slack.quiet()
    assert browser.slack.modal("maya") is None
    sent = next(body for body in reversed(seen_by(bot)) if body["type"] == "view_submission")["view"]["state"]["values"]
    assert sent["note"]["note_text"]["value"] == "Spoke"
    assert sent["account"]["account_pick"]["selected_option"]["value"] == "acme"


async def test_the_feed_tells_of_changes_and_ends_with_the_server(slack: Sandbox) -> None:
    async with aiohttp.ClientSession() as session, session.get(f"{slack.page_url}page/changes") as feed:
        first = await feed.content.readuntil(b"\n\n")
        await slack.say("maya", "#general", "Hello")
        second = await feed.content.readuntil(b"\n\n")
        assert int(second.split()[1]) > int(first.split()[1])
        async with asyncio.timeout(0.9):
            await slack.stop()
            await feed.read()


async def test_files(browser: Browser, client: AsyncWebClient) -> None:
    async def upload(name: str, content: bytes) -> None:
        grant = await client.files_getUploadURLExternal(filename=name, length=len(content), alt_txt=f"{name} shows")
        await browser.session.post(grant["upload_url"], data=content)
        await client.files_completeUploadExternal(files=[{"id": grant["file_id"]}], channel_id="C0GENERAL")

    await upload("chart.png", PNG)
    await upload("<b>.html", b"<script>alert(1)</script>")
    page = parse(await browser.page("?as=U0MAYA&in=C0GENERAL"))
    assert [e for e in page.dangers() if not e.startswith(("script", "form"))] == []
    assert [e.attributes["alt"] for e in page.all("img")] == ["chart.png shows"]
    assert [e.text for e in page.with_class("preview")] == ["<script>alert(1)</script>"]
    addresses = [e.attributes["href"] or "" for e in page.all("a") if "download" in e.attributes]
    kinds = []
    for address in addresses:
        async with browser.session.get(f"{browser.slack.root_url}{address}") as answer:
            kinds.append((answer.content_type, answer.headers.get("Content-Disposition")))
    assert kinds == [("image/png", None), ("application/octet-stream", "attachment")]
    async with browser.session.get(f"{browser.slack.root_url}/page/file/F00000001/wrong") as answer:
        assert answer.status == 404


async def test_the_clock_and_failures(browser: Browser) -> None:
    await browser.page()
    await browser.act("advance", {"as": "U0MAYA", "seconds": 3600})
    await browser.act("jump", {"as": "U0MAYA", "to": "2026-03-05T09:00"})
    assert browser.slack.clock.now().isoformat() == "2026-03-05T08:00:00+00:00", "Maya is in Stockholm"
    browser.slack.world.fail("bad_ack", "/<b>", "why <i>")
    assert "1 failure" in parse(await browser.page()).text


async def test_unread_counts_and_prompts(browser: Browser, client: AsyncWebClient) -> None:
    await browser.page("?as=U0MAYA&in=C0ACCOUNTS")
    await browser.slack.say("jonas", "#general", "One")
    await browser.slack.say("jonas", "#general", "Two")
    assert [e.text for e in parse(await browser.page("?as=U0MAYA&in=C0ACCOUNTS")).with_class("unread")] == ["2"]
    await browser.page("?as=U0MAYA&in=C0GENERAL")
    assert not parse(await browser.page("?as=U0MAYA&in=C0ACCOUNTS")).with_class("unread")
    dm = browser.slack.world.workspace.dm("U0MAYA").id
    await client.assistant_threads_setSuggestedPrompts(channel_id=dm, prompts=[{"title": "Mine", "message": "book"}])
    shown = parse(await browser.page(f"?as=U0MAYA&in={dm}"))
    assert [e.attributes["data-say"] for e in shown.elements if "data-say" in e.attributes] == ["book"]


async def test_the_feed_tells_of_a_new_minute(manifest: Manifest) -> None:
    almost = SandboxClock(datetime(2026, 3, 2, 9, 0, 59, 950_000, tzinfo=UTC), running=False)
    async with (
        Sandbox(manifest, clock=almost) as slack,
        aiohttp.ClientSession() as session,
        session.get(f"{slack.page_url}page/changes") as feed,
    ):
        first = await feed.content.readuntil(b"\n\n")
        assert await feed.content.readuntil(b"\n\n") == first
