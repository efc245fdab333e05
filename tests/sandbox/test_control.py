"""The control API: the same acts and looks over HTTP, as another process would use them."""

import re
from typing import Any

import aiohttp
import pytest
from slack_bolt.app.async_app import AsyncApp

from bot.sandbox import Sandbox, control
from bot.sandbox.changes import CHANGES

Json = dict[str, Any]


async def post(slack: Sandbox, path: str, **body: object) -> Json:
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{slack.root_url}/control/{path}", json=body) as answer,
    ):
        return {"status": answer.status, **(await answer.json())}


async def get(slack: Sandbox, path: str, **query: str) -> Json:
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"{slack.root_url}/control/{path}", params=query) as answer,
    ):
        return {"status": answer.status, **(await answer.json())}


def test_every_request_is_documented() -> None:
    documented = set(re.findall(r"\| (?:GET|POST) /control/(\w+) \|", control.__doc__ or ""))
    assert documented == {*control.ACTS, *control.LOOKS, *CHANGES}


async def test_a_whole_story(slack: Sandbox, bot: AsyncApp) -> None:
    await post(slack, "say", user="maya", channel="#accounts", text="/account acme")
    await post(slack, "quiet")
    seen = await get(slack, "messages", channel="#accounts", user="maya")
    assert seen["messages"][0]["text"] == "Account acme"
    assert (await get(slack, "messages", channel="#accounts", user="jonas"))["messages"] == []
    await post(slack, "click", user="maya", action="log", channel="#accounts")
    await slack.until(lambda: slack.modal("maya") is not None)
    await post(slack, "quiet")
    assert (await get(slack, "modal", user="maya"))["view"]["callback_id"] == "log"
    options = await post(slack, "suggest", user="maya", action="account_pick", query="no", place="modal")
    assert options["options"][0]["value"] == "acme"
    await post(slack, "pick", user="maya", action="account_pick", choice="acme", place="modal")
    await post(slack, "fill", user="maya", values={"note": "Spoke"})
    await post(slack, "submit", user="maya")
    await post(slack, "quiet")
    assert (await get(slack, "modal", user="maya"))["view"] is None
    await post(slack, "open_home", user="maya")
    await post(slack, "quiet")
    assert (await get(slack, "home", user="maya"))["view"]["type"] == "home"
    assert "views.open" in {c["method"] for c in (await get(slack, "calls"))["calls"]}
    assert (await get(slack, "failures"))["failures"] == []
    assert {d["outcome"] for d in (await get(slack, "deliveries"))["deliveries"]} == {"acked"}
    assert len((await get(slack, "workspace"))["workspace"]["people"]) >= 8


async def test_clock_and_faults(slack: Sandbox) -> None:
    start = (await get(slack, "clock"))["now"]
    moved = await post(slack, "advance", seconds=3600)
    assert start.replace("T09", "T10") == moved["now"]
    await post(slack, "fault", kind="http_500", target="auth.test", times=1)
    assert slack.world.faults.active[0].kind == "http_500"
    await post(slack, "clear_faults")
    assert slack.world.faults.active == []
    await post(slack, "rate_limits", enabled=True)
    assert slack.world.rates.enabled


@pytest.mark.parametrize(
    ("path", "body", "status", "why"),
    [
        ("say", {"user": "nobody", "channel": "#accounts", "text": "x"}, 404, "No person"),
        ("say", {"user": "maya", "channel": "#nowhere", "text": "x"}, 404, "No channel"),
        ("say", {"user": "maya"}, 400, "Missing: channel"),
        ("say", {"user": "elena", "channel": "#accounts", "text": "x"}, 400, "not a member"),
        ("click", {"user": "maya", "action": "none", "channel": "#accounts"}, 400, "sees no"),
        ("click", {"user": "maya", "action": "none", "nonsense": 1}, 400, "nonsense"),
        ("submit", {"user": "maya"}, 400, "no modal open"),
        ("fault", {"kind": "earthquake"}, 400, "earthquake"),
        ("advance", {"seconds": -1}, 400, "forward"),
    ],
)
async def test_refusals_say_why(slack: Sandbox, path: str, body: Json, status: int, why: str) -> None:
    answer = await post(slack, path, **body)
    assert (answer["status"], answer["ok"]) == (status, False)
    assert why in answer["error"]


async def test_not_quiet_in_time(slack: Sandbox) -> None:
    with slack.world.activity.busy("a long job"):
        answer = await post(slack, "quiet", timeout=0.05)
    assert (answer["status"], "a long job" in answer["error"]) == (504, True)
