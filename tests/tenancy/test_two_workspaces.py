"""Two workspaces in one process: whatever is done in one, the other is neither shown nor touched."""

from __future__ import annotations

import json
import time
from pathlib import Path
from urllib.parse import urlencode

import aiohttp
import pytest

from bot.sandbox.webhooks import sign
from tests.slack.conftest import said
from tests.tenancy.conftest import NORTH, SOUTH, Tenants, serving

WORDS = {NORTH: "aurora", SOUTH: "mistral"}
ASKED = (
    "/account timeline acme",
    "/account ask what did acme say about pricing?",
    "<@U0STEWARD> what did acme say about pricing?",
)


@pytest.mark.parametrize(("team", "other"), [(NORTH, SOUTH), (SOUTH, NORTH)])
async def test_each_answers_from_its_own_book(tenants: Tenants, team: str, other: str) -> None:
    before = {one["ts"] for one in tenants.slacks[other].messages("#accounts", "maya")}
    for text in ASKED:
        heard = await tenants.ask(team, text)
        assert WORDS[team] in heard, text
        assert WORDS[other] not in heard
    heard = await tenants.ask(team, "what did acme say about pricing?", channel="dm")
    assert WORDS[team] in heard
    await tenants.slacks[team].open_home("maya")
    await tenants.settled()
    assert "Acme" in json.dumps(tenants.slacks[team].home("maya"))
    assert tenants.slacks[other].home("maya") is None
    assert {one["ts"] for one in tenants.slacks[other].messages("#accounts", "maya")} == before


async def test_what_is_logged_in_one_is_not_in_the_other(tenants: Tenants) -> None:
    await tenants.ask(NORTH, "/account log acme talked to Ana about borealis")
    assert "borealis" in await tenants.ask(NORTH, "/account timeline acme")
    assert "borealis" not in await tenants.ask(SOUTH, "/account timeline acme")
    clerk = tenants.clerk(SOUTH)
    assert "borealis" not in str(clerk.dump())
    clerk.database.close()


async def test_a_reminder_comes_where_it_was_set(tenants: Tenants) -> None:
    heard = await tenants.ask(NORTH, '/account remind acme "send borealis" in 1 hour')
    assert "borealis" in heard
    north, south = tenants.slacks[NORTH], tenants.slacks[SOUTH]
    north.advance(3700)
    await north.until(lambda: "borealis" in said(north.messages("dm", "maya")))
    await tenants.settled()
    assert "borealis" not in said(south.messages("dm", "maya") + south.messages("#accounts", "maya"))


async def test_a_button_of_one_workspace_is_worth_nothing_in_another(tenants: Tenants) -> None:
    await tenants.ask(NORTH, "/account acme")
    card = tenants.slacks[NORTH].messages("#accounts", "maya")[-1]
    buttons = [
        element for block in card["blocks"] if block["type"] == "actions" for element in block["elements"]
        if element["type"] == "button" and "value" in element
    ]  # fmt: skip
    assert buttons
    for button in buttons:
        payload = {
            "type": "block_actions", "user": {"id": "U0MAYA", "team_id": SOUTH}, "team": {"id": SOUTH, "domain": "s"},
            "api_app_id": "A0STEWARD", "trigger_id": "1.1.x", "channel": {"id": "C0ACCOUNTS", "name": "accounts"},
            "container": {"type": "message", "channel_id": "C0ACCOUNTS", "message_ts": "1.1", "is_ephemeral": True},
            "response_url": "http://127.0.0.1:9/response/x",
            "actions": [{**button, "block_id": "b", "action_ts": "1.1"}],
        }  # fmt: skip
        status, body = await tenants.post(urlencode({"payload": json.dumps(payload)}))
        assert (status, WORDS[NORTH] in body) == (200, False)
    south = tenants.slacks[SOUTH]
    heard = said(south.messages("#accounts", "maya") + south.messages("dm", "maya"))
    modal = json.dumps(south.modal("maya"))
    assert (WORDS[NORTH] in heard, WORDS[NORTH] in modal) == (False, False)
    assert all(call.error is not None or "aurora" not in json.dumps(call.args) for call in south.calls())


async def test_a_request_of_a_workspace_that_is_not_installed_gets_nothing(tenants: Tenants) -> None:
    calls = [len(slack.calls()) for slack in tenants.slacks.values()]
    command = {"command": "/account", "text": "acme", "user_id": "U0MAYA", "channel_id": "C0", "trigger_id": "1.1.x"}
    for team in ("T0NOBODY", "", "../T0NORTHLIGHT", "t0northlight", "E0ORG"):
        assert await tenants.post(urlencode({**command, "team_id": team})) == (200, "")
        event = {
            "type": "app_mention",
            "user": "U0MAYA",
            "text": "<@U0STEWARD> acme",
            "channel": "C0ACCOUNTS",
            "ts": "1",
        }
        assert await tenants.post({"type": "event_callback", "team_id": team, "event": event}) == (200, "")
    whole = {**command, "team_id": NORTH, "is_enterprise_install": "true"}
    assert await tenants.post(urlencode(whole)) == (200, "")
    assert await tenants.post(urlencode({**command, "team_id": NORTH}), secret="wrong") == (
        401, '{"error":"invalid request"}'
    )  # fmt: skip
    assert [len(slack.calls()) for slack in tenants.slacks.values()] == calls


async def test_one_connection_carries_all_workspaces(tmp_path: Path, sqlite_template: bytes) -> None:
    """Socket Mode needs no address that Slack can reach; what is posted to the one for installing is refused."""
    async with serving(tmp_path, sqlite_template, sockets=True) as tenants:
        for team in (NORTH, SOUTH):
            assert (await tenants.install(team))[0] == 200
        for team, other in ((NORTH, SOUTH), (SOUTH, NORTH)):
            heard = await tenants.ask(team, "/account timeline acme")
            assert (WORDS[team] in heard, WORDS[other] in heard) == (True, False)
        stamp = str(int(time.time()))
        for secret in ("", tenants.slacks[NORTH].signing_secret):
            body = "{}"
            signed = {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": sign(secret, int(stamp), body)}
            async with (
                aiohttp.ClientSession() as session,
                session.post(f"{tenants.url}/slack/events", data=body, headers=signed) as answer,
            ):
                assert answer.status == 401


async def test_slack_may_ask_whether_the_address_is_ours(tenants: Tenants) -> None:
    status, body = await tenants.post({"type": "url_verification", "challenge": "c", "token": "t"})
    assert (status, json.loads(body)) == (200, {"challenge": "c"})
    assert (await tenants.post({"type": ["url_verification"]}))[0] in (200, 400)
    assert (await tenants.post("payload=%5B%5D"))[0] in (200, 400)
