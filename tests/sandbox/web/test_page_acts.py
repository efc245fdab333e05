"""What people do in the page besides talking: choose files, pause, go away, stop work, read canvases."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Manifest, Sandbox
from bot.sandbox.people import ACCOUNTS, MAYA
from tests.sandbox.test_inputs import block, held, opened
from tests.sandbox.web.page_parser import parse
from tests.sandbox.web.test_routes import Browser

Json = dict[str, Any]
HOSTILE = "<img src=x onerror=alert(1)>"


@pytest.fixture
async def browser(slack: Sandbox) -> AsyncIterator[Browser]:
    async with aiohttp.ClientSession() as session:
        found = Browser(slack, session)
        await found.page()
        yield found


async def uploaded(browser: Browser, name: str, content: bytes, **more: Any) -> tuple[int, Json]:
    form = aiohttp.FormData(quote_fields=False)
    form.add_field("as", more.get("user", MAYA.id))
    if "file" not in more:
        form.add_field("file", content, filename=name)
    headers = {"X-Sandbox-Token": more.get("token", browser.token)}
    async with browser.session.post(f"{browser.slack.page_url}page/upload", data=form, headers=headers) as answer:
        return answer.status, await answer.json()


async def test_a_file_is_uploaded_and_held_by_the_form(browser: Browser, client: AsyncWebClient) -> None:
    slack = browser.slack
    view = await opened(slack, client, block("file"))
    status, file = await uploaded(browser, f"{HOSTILE}.md", b"# Acme")
    assert status == 200
    at = {"as": MAYA.id, "place": "modal", "view": view, "block": "file", "action": "file_in"}
    status, _ = await browser.act("pick", {**at, "choice": [file["id"]], "values": []})
    assert status == 200
    assert [one["id"] for one in held(slack)["file"]] == [file["id"]]
    page = parse(await browser.page(f"?as={MAYA.id}"))
    assert [e.attributes["data-value"] for e in page.with_class("chip")] == [file["id"]]
    assert HOSTILE in page.with_class("chip")[0].text
    assert page.all("img") == []
    chooser = next(e for e in page.all("input") if e.attributes.get("type") == "file")
    assert chooser.attributes["accept"] == ".csv,.md"
    status, refused = await browser.act("pick", {**at, "choice": ["F0"], "values": []})
    assert (status, "upload it first" in refused["error"]) == (400, True)


async def test_uploads_that_are_refused(browser: Browser) -> None:
    assert (await uploaded(browser, "a.md", b"x", token="old"))[0] == 403
    for status, answer in (
        await uploaded(browser, "a.md", b""),
        await uploaded(browser, "a.md", b"x", user="U0WALTER"),
        await uploaded(browser, "a.md", b"x", user="U0NOBODY"),
        await uploaded(browser, "a.md", b"x", file=None),
    ):
        assert (status, bool(answer["error"])) == (400, True)
    assert browser.slack.world.uploads == {}


async def test_pausing_notifications(browser: Browser) -> None:
    async def marks() -> list[str]:
        page = parse(await browser.page(f"?as={MAYA.id}"))
        return [str(e.attributes.get("title")) for e in page.elements if e.attributes.get("role") == "img"]

    def person() -> Any:
        return browser.slack.world.workspace.person("maya")

    assert "not to be disturbed" not in await marks()
    await browser.act("snooze", {"as": MAYA.id, "value": "60"})
    assert person().snooze.end - person().snooze.start == 3600
    assert "not to be disturbed" in await marks()
    assert "Resume notifications" in await browser.page(f"?as={MAYA.id}")
    await browser.act("snooze", {"as": MAYA.id, "value": "0"})
    assert "not to be disturbed" not in await marks()
    await browser.act("snooze", {"as": MAYA.id, "value": "morning"})
    browser.slack.advance(22.9 * 3600)
    assert "not to be disturbed" in await marks(), "it was ten in Stockholm"
    browser.slack.advance(0.2 * 3600)
    assert "not to be disturbed" not in await marks()
    await browser.act("presence", {"as": MAYA.id, "value": "away"})
    assert "away" in await marks()
    browser.slack.changes.status("maya", HOSTILE, ":palm_tree:")
    page = parse(await browser.page(f"?as={MAYA.id}"))
    assert HOSTILE in [e.attributes.get("title") for e in page.elements]
    assert page.all("img") == []
    for wrong in ("soon", "-1", "inf"):
        assert (await browser.act("snooze", {"as": MAYA.id, "value": wrong}))[0] == 400


async def test_a_canvas_is_a_tab_of_its_channel(browser: Browser, manifest: Manifest, client: AsyncWebClient) -> None:
    manifest.scopes.append("canvases:write")
    text = {"type": "markdown", "markdown": f"# Plan\n\n- one {HOSTILE}\n- two"}
    await client.canvases_create(title=f"Acme {HOSTILE}", document_content=text, channel_id=ACCOUNTS)
    page = parse(await browser.page(f"?as={MAYA.id}&in=accounts"))
    assert f"one {HOSTILE}" in page.with_class("canvas")[0].text
    assert page.all("img") == []
    assert not parse(await browser.page(f"?as={MAYA.id}&in=general")).with_class("canvas")


async def test_work_under_way_can_be_stopped(browser: Browser, client: AsyncWebClient) -> None:
    said = await browser.slack.say("maya", "#accounts", "draft")
    where: Json = {"channel_id": ACCOUNTS, "thread_ts": said.ts}
    await client.agents_sessions_setStatus(**where, status="processing", title="QBR")
    page = parse(await browser.page(f"?as={MAYA.id}&in=accounts&thread={said.ts}"))
    assert "Steward is working" in page.with_class("statuses")[1].text
    stop = {"as": MAYA.id, "channel": ACCOUNTS, "thread": said.ts}
    assert (await browser.act("stop", stop))[0] == 200
    await client.agents_sessions_setStatus(**where, status="active")
    assert (await browser.act("stop", stop))[0] == 400
    assert "Steward is working" not in parse(await browser.page(f"?as={MAYA.id}&in=accounts")).text


async def test_images_from_elsewhere_are_named_not_fetched(browser: Browser, client: AsyncWebClient) -> None:
    image = {"type": "image", "image_url": "https://elsewhere.example/a.png", "alt_text": f"ARR {HOSTILE}"}
    title = {"type": "plain_text", "text": "Trend"}
    blocks: list[Json] = [{**image, "title": title}, {"type": "context", "elements": [image]}]
    await client.chat_postMessage(channel=ACCOUNTS, text="x", blocks=blocks)
    page = parse(await browser.page(f"?as={MAYA.id}&in=accounts"))
    assert page.all("img") == []
    shown = page.with_class("image-missing")
    assert len(shown) == 2
    assert all(f"ARR {HOSTILE}" in one.text for one in shown)
