"""Installing and removing the app, as strict as Slack: codes and refresh tokens once, tokens that end."""

from __future__ import annotations

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Manifest, Sandbox, SandboxClock
from tests.sandbox.conftest import START, Json, failed


def exchange(slack: Sandbox, **more: str) -> Json:
    secrets = slack.world.secrets
    return {"client_id": secrets.client_id, "client_secret": secrets.client_secret, **more}


async def test_a_code_is_good_once_and_for_ten_minutes(slack: Sandbox, client: AsyncWebClient) -> None:
    code, late = slack.allow("maya"), slack.allow("maya")
    found = (await client.oauth_v2_access(**exchange(slack, code=code))).data
    assert isinstance(found, dict)
    assert (found["access_token"], found["team"]["id"]) == (slack.bot_token, slack.world.workspace.team.id)
    assert found["authed_user"] == {"id": slack.world.workspace.person("maya").id}
    again = await failed(client, "oauth.v2.access", exchange(slack, code=code))
    slack.advance(601)
    too_late = await failed(client, "oauth.v2.access", exchange(slack, code=late))
    assert (again["error"], too_late["error"]) == ("code_already_used", "invalid_code")


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"client_id": "1.2"}, "invalid_client_id"),
        ({"client_secret": "x"}, "bad_client_secret"),
        ({"code": "x"}, "invalid_code"),
        ({"grant_type": "password"}, "invalid_grant_type"),
        ({"grant_type": "refresh_token", "refresh_token": ""}, "invalid_refresh_token"),
    ],
)
async def test_what_is_wrong_is_refused(slack: Sandbox, client: AsyncWebClient, change: Json, error: str) -> None:
    assert (await failed(client, "oauth.v2.access", exchange(slack, code=slack.allow("maya")) | change))[
        "error"
    ] == error


async def test_a_removed_app_may_not_call_until_it_is_installed_again(slack: Sandbox, client: AsyncWebClient) -> None:
    slack.changes.revoke()
    assert (await failed(client, "auth.test", {}))["error"] == "token_revoked"
    await client.oauth_v2_access(**exchange(slack, code=slack.allow("maya")))
    assert (await failed(client, "auth.test", {}))["error"] == "token_revoked"
    client.token = slack.bot_token
    await client.auth_test()
    slack.changes.uninstall()
    assert (await failed(client, "auth.test", {}))["error"] == "account_inactive"


async def test_rotated_tokens_end_after_twelve_hours(manifest: Manifest) -> None:
    manifest.settings.token_rotation_enabled = True
    async with Sandbox(manifest, clock=SandboxClock(START, running=False)) as slack:
        client = AsyncWebClient(token=slack.bot_token, base_url=slack.base_url, retry_handlers=[])
        await client.auth_test()
        slack.advance(43_200)
        assert (await failed(client, "auth.test", {}))["error"] == "token_expired"
        refresh = exchange(slack, grant_type="refresh_token", refresh_token=slack.world.tokens.refresh)
        client.token = (await client.oauth_v2_access(**refresh))["access_token"]
        await client.auth_test()
        assert (await failed(client, "oauth.v2.access", refresh))["error"] == "invalid_refresh_token"
