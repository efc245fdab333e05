"""What happens to a workspace from outside, and what the app is told of it."""

from datetime import UTC, datetime
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Manifest, Sandbox, UserError
from bot.sandbox.changes import CHANGES, Changes
from bot.sandbox.people import ACCOUNTS, ELENA, LEADS, MAYA, PRIYA, SHARED_CHANNEL, TOMAS
from bot.sandbox.workspace import Dnd
from tests.sandbox.conftest import START, failed
from tests.sandbox.test_control import get, post

Json = dict[str, Any]
ABOUT_CHANNELS = ["archive", "unarchive", "rename", "shared", "unshared", "left"]
EVENTS = [*(f"channel_{name}" for name in ABOUT_CHANNELS), "group_archive", "group_left", "member_joined_channel"]
EVENTS += ["member_left_channel", "dnd_updated_user", "user_change"]
HOUR = 3600


@pytest.fixture(autouse=True)
def subscribed(manifest: Manifest) -> None:
    manifest.events[:] = EVENTS
    manifest.scopes.extend(["dnd:read", "users.profile:read"])


def told(slack: Sandbox) -> list[Json]:
    """The events delivered so far; nobody listens, which counts as an attempt all the same."""
    return [d["payload"]["event"] for d in slack.world.journal.deliveries if d["retry"] == 0]


async def heard(slack: Sandbox, kind: str) -> Json:
    """The last event of this kind, without what every event has."""
    await slack.quiet(idle=0)
    found = [event for event in told(slack) if event["type"] == kind][-1]
    return {key: value for key, value in found.items() if key not in ("type", "event_ts")}


def test_every_change_has_a_route() -> None:
    assert set(CHANGES) == {name for name in vars(Changes) if not name.startswith("_")}


async def test_archived_and_back(slack: Sandbox, client: AsyncWebClient) -> None:
    slack.changes.archive("#accounts")
    assert await heard(slack, "channel_archive") == {"channel": ACCOUNTS, "user": "U0INGRID"}
    assert (await failed(client, "chat.postMessage", {"channel": ACCOUNTS, "text": "x"}))["error"] == "is_archived"
    with pytest.raises(UserError, match="archived"):
        await slack.say("maya", "#accounts", "x")
    slack.changes.archive("#accounts", archived=False)
    assert (await heard(slack, "channel_unarchive"))["channel"] == ACCOUNTS
    await client.chat_postMessage(channel=ACCOUNTS, text="x")
    slack.changes.archive("#leads")
    assert (await heard(slack, "group_archive"))["channel"] == LEADS


async def test_renamed(slack: Sandbox, client: AsyncWebClient) -> None:
    slack.changes.rename("#accounts", "customers")
    assert (await heard(slack, "channel_rename"))["channel"]["name"] == "customers"
    assert (await client.conversations_info(channel=ACCOUNTS))["channel"]["name"] == "customers"
    with pytest.raises(UserError, match="already"):
        slack.changes.rename("#customers", "general")
    with pytest.raises(UserError, match="stays what it is"):
        slack.changes.rename(slack.world.workspace.dm(MAYA.id).id, "x")


async def test_shared_with_another_company_and_no_more(slack: Sandbox, client: AsyncWebClient) -> None:
    with pytest.raises(UserError, match="is not shared with Halden Foods"):
        slack.changes.join("elena", "#accounts")
    slack.changes.share("#accounts", pending=True)
    assert (await client.conversations_info(channel=ACCOUNTS))["channel"]["is_pending_ext_shared"] is True
    slack.changes.share("#accounts")
    assert await heard(slack, "channel_shared") == {"channel": ACCOUNTS, "connected_team_id": "T0HALDENFOODS"}
    shared = (await client.conversations_info(channel=ACCOUNTS))["channel"]
    assert (shared["is_ext_shared"], shared["is_pending_ext_shared"]) == (True, False)
    slack.changes.join("elena", "#accounts", inviter="maya")
    assert await heard(slack, "member_joined_channel") == {
        "user": ELENA.id,
        "channel": ACCOUNTS,
        "channel_type": "C",
        "team": "T0HALDENFOODS",
        "inviter": MAYA.id,
    }
    slack.changes.unshare("#accounts", "halden-foods")
    left = {"channel": ACCOUNTS, "previously_connected_team_id": "T0HALDENFOODS", "is_ext_shared": False}
    assert await heard(slack, "channel_unshared") == left
    assert ELENA.id not in (await client.conversations_members(channel=ACCOUNTS))["members"]
    with pytest.raises(UserError, match="there are: halden-foods"):
        slack.changes.share("#accounts", "acme")


async def test_leaving(slack: Sandbox, client: AsyncWebClient) -> None:
    slack.changes.leave("maya", "#leads")
    assert (await heard(slack, "member_left_channel"))["channel_type"] == "G"
    slack.changes.leave("steward", "#leads")
    assert (await heard(slack, "group_left"))["channel"] == LEADS
    assert (await failed(client, "chat.postMessage", {"channel": LEADS, "text": "x"}))["error"] == "channel_not_found"
    slack.changes.join("maya", "#leads")
    slack.changes.archive("#leads")
    await slack.quiet(idle=0)
    assert [e["type"] for e in told(slack)] == ["member_left_channel", "group_left"], (
        "not of private channels without it"
    )
    with pytest.raises(UserError, match="is not a member"):
        slack.changes.leave("steward", "#leads")


async def test_deactivated_and_back(slack: Sandbox, client: AsyncWebClient) -> None:
    dm = slack.world.workspace.dm(MAYA.id).id
    slack.changes.deactivate("maya")
    assert (await heard(slack, "user_change"))["user"]["deleted"] is True
    assert (await failed(client, "chat.postMessage", {"channel": MAYA.id, "text": "x"}))["error"] == "channel_not_found"
    assert (await failed(client, "chat.postMessage", {"channel": dm, "text": "x"}))["error"] == "is_archived"
    with pytest.raises(UserError, match="deactivated"):
        await slack.say("maya", "#accounts", "x")
    slack.changes.deactivate("maya", active=True)
    await client.chat_postMessage(channel=dm, text="x")


async def test_moved_to_another_zone(slack: Sandbox, client: AsyncWebClient) -> None:
    slack.changes.move("maya", "America/New_York")
    assert (await heard(slack, "user_change"))["user"]["tz"] == "America/New_York"
    found = (await client.users_info(user=MAYA.id))["user"]
    assert (found["tz"], found["tz_offset"], found["tz_label"]) == ("America/New_York", -5 * HOUR, "EST")
    slack.advance(60 * 24 * HOUR)
    assert (await client.users_info(user=MAYA.id))["user"]["tz_offset"] == -4 * HOUR, "summer time has come"
    with pytest.raises(ValueError, match="No time zone"):
        slack.changes.move("maya", "Mars/Base")
    assert slack.world.workspace.person("maya").tz == "America/New_York"


async def test_a_status_runs_out(slack: Sandbox, client: AsyncWebClient) -> None:
    slack.changes.status("maya", "On holiday", ":palm_tree:", minutes=60)
    given = (await client.users_profile_get(user=MAYA.id))["profile"]
    until = int(START.timestamp()) + HOUR
    assert (given["status_text"], given["status_emoji"], given["status_expiration"]) == (
        "On holiday",
        ":palm_tree:",
        until,
    )
    slack.advance(HOUR)
    assert (await heard(slack, "user_change"))["user"]["profile"]["status_text"] == ""
    assert (await client.users_info(user=MAYA.id))["user"]["profile"]["status_expiration"] == 0


async def test_a_newer_status_is_not_ended_by_the_older(slack: Sandbox, client: AsyncWebClient) -> None:
    slack.changes.status("maya", "Lunch", minutes=30)
    slack.changes.status("maya", "Away")
    slack.advance(HOUR)
    assert (await client.users_profile_get(user=MAYA.id))["profile"]["status_text"] == "Away"


async def test_notifications_paused_by_hand(slack: Sandbox, client: AsyncWebClient) -> None:
    now = int(START.timestamp())
    slack.changes.snooze("tomas", minutes=60)
    paused = {"dnd_enabled": True, "next_dnd_start_ts": now, "next_dnd_end_ts": now + HOUR}
    assert await heard(slack, "dnd_updated_user") == {"user": TOMAS.id, "dnd_status": paused}
    answer = await client.dnd_info(user=TOMAS.id)
    assert {k: answer[k] for k in paused} == paused
    assert "snooze_enabled" not in answer.data, "others do not learn that it is by hand"
    never = {"dnd_enabled": False, "next_dnd_start_ts": 1, "next_dnd_end_ts": 1}
    team = (await client.dnd_teamInfo(users=f"{TOMAS.id},{MAYA.id}"))["users"]
    assert team == {TOMAS.id: paused, MAYA.id: never}
    slack.advance(HOUR)
    assert (await client.dnd_info(user=TOMAS.id))["dnd_enabled"] is False
    slack.changes.snooze("tomas", minutes=60)
    slack.changes.snooze("tomas", minutes=0)
    assert (await heard(slack, "dnd_updated_user"))["dnd_status"] == never
    assert (await client.dnd_info())["snooze_enabled"] is False
    assert (await failed(client, "dnd.teamInfo", {"users": " "}))["error"] == "no_users_provided"
    assert (await failed(client, "dnd.teamInfo", {"users": "U,U" * 51}))["error"] == "invalid_arguments"


def _at(text: str) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()


@pytest.mark.parametrize(
    ("hours", "tz", "now", "window"),
    [
        (("22:00", "08:00"), "Asia/Kolkata", "2026-03-02T09:00", ("2026-03-02T16:30", "2026-03-03T02:30")),
        (("22:00", "08:00"), "Asia/Kolkata", "2026-03-02T17:00", ("2026-03-02T16:30", "2026-03-03T02:30")),
        (("22:00", "08:00"), "Asia/Kolkata", "2026-03-03T02:29", ("2026-03-02T16:30", "2026-03-03T02:30")),
        (("22:00", "08:00"), "Asia/Kolkata", "2026-03-03T02:30", ("2026-03-03T16:30", "2026-03-04T02:30")),
        (("12:00", "13:00"), "Europe/London", "2026-03-02T13:00", ("2026-03-03T12:00", "2026-03-03T13:00")),
        (("22:00", "08:00"), "Europe/Stockholm", "2026-03-28T23:00", ("2026-03-28T21:00", "2026-03-29T06:00")),
    ],
)
def test_hours_of_rest_are_the_persons_own(hours: tuple[str, str], tz: str, now: str, window: tuple[str, str]) -> None:
    found = Dnd(start=hours[0], end=hours[1]).window(_at(now), tz)
    assert found == (_at(window[0]), _at(window[1]))


async def test_hours_of_rest_can_be_set(slack: Sandbox, client: AsyncWebClient) -> None:
    assert (await client.dnd_info(user=PRIYA.id))["dnd_enabled"] is True
    slack.changes.dnd("priya")
    assert (await client.dnd_info(user=PRIYA.id))["dnd_enabled"] is False
    slack.changes.dnd("maya", "20:00", "07:30")
    assert (await heard(slack, "dnd_updated_user"))["dnd_status"]["next_dnd_start_ts"] == _at("2026-03-02T19:00")
    for wrong in ("25:00", "8", ""):
        with pytest.raises(ValueError, match="pattern"):
            slack.changes.dnd("maya", wrong, "08:00")


async def test_there_or_away(slack: Sandbox, client: AsyncWebClient) -> None:
    assert (await client.users_getPresence(user=TOMAS.id)).data == {"ok": True, "presence": "away"}
    slack.changes.presence("tomas", "active")
    assert (await client.users_getPresence(user=TOMAS.id))["presence"] == "active"
    assert (await client.api_call("users.getPresence", json={}))["online"] is True


async def test_everything_by_the_control_api(slack: Sandbox) -> None:
    for path, body in (
        ("share", {"channel": "#accounts", "team": "halden-foods"}),
        ("join", {"user": "elena", "channel": "#accounts"}),
        ("snooze", {"user": "maya", "minutes": 30}),
        ("dnd", {"user": "maya", "start": "20:00", "end": "08:00"}),
        ("status", {"user": "maya", "text": "Out", "minutes": 5}),
        ("presence", {"user": "maya", "presence": "away"}),
        ("move", {"user": "maya", "tz": "Asia/Tokyo"}),
        ("leave", {"user": "jonas", "channel": "#accounts"}),
        ("rename", {"channel": "#random", "name": "water-cooler"}),
        ("archive", {"channel": SHARED_CHANNEL}),
        ("deactivate", {"user": "noor"}),
    ):
        assert (await post(slack, path, **body))["status"] == 200, path
    workspace = (await get(slack, "workspace"))["workspace"]
    channels = {c["name"]: c for c in workspace["channels"]}
    assert (ELENA.id in channels["accounts"]["members"], channels["ext-halden-foods"]["is_archived"]) == (True, True)
    maya = next(p for p in workspace["people"] if p["id"] == MAYA.id)
    assert (maya["tz"], maya["presence"], maya["status"]["text"], maya["dnd"]["start"]) == (
        "Asia/Tokyo",
        "away",
        "Out",
        "20:00",
    )
    for path, body in (
        ("share", {"channel": "#accounts", "team": "nobody"}),
        ("presence", {"user": "maya", "presence": "asleep"}),
        ("snooze", {"user": "maya", "minutes": -1}),
        ("snooze", {"user": "maya", "colour": 1}),
        ("dnd", {"user": "maya", "start": "late"}),
        ("move", {"user": "maya", "tz": "../etc"}),
    ):
        refused = await post(slack, path, **body)
        assert (refused["status"], bool(refused["error"])) == (400, True), path
    assert (await post(slack, "archive", channel="#nowhere"))["status"] == 404
