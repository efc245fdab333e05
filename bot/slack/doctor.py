"""What `steward doctor` asks Slack: are the tokens good, and do they have the scopes of the manifest?"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.services.results import Check
from bot.settings import Settings
from bot.slack.calls import UNKNOWN_FATE, code_of
from bot.slack.scopes import missing


def manifest_path() -> Path:
    """The manifest of this installation: beside the package in a checkout, inside it once installed."""
    package = Path(__file__).parents[1]
    return next(path for path in (package.parent / "manifest.yml", package / "manifest.yml") if path.is_file())


def slack_checks(settings: Settings) -> tuple[Check, ...]:
    """Settings first; Slack itself is asked only when they are complete."""
    problems = settings.slack_problems()
    if problems:
        return tuple(Check(name="slack", state="error", sentence=problem) for problem in problems)
    return tuple(asyncio.run(_ask(settings)))


async def _ask(settings: Settings) -> list[Check]:
    token = settings.bot_token.get_secret_value() if settings.bot_token else ""
    client = AsyncWebClient(token, base_url=settings.slack_api_url, timeout=10, retry_handlers=[])
    try:
        answer = await client.auth_test()
    except SlackApiError as error:
        sentence = f"Slack refused SLACK_BOT_TOKEN ({code_of(error)}); copy it again from OAuth & Permissions."
        return [Check(name="slack", state="error", sentence=sentence)]
    except UNKNOWN_FATE as error:
        sentence = f"Slack cannot be reached at {settings.slack_api_url} ({error}); check the network."
        return [Check(name="slack", state="error", sentence=sentence)]
    checks = [Check(name="slack", state="ok", sentence=f"Connected to {answer.get('team')} as {answer.get('user')}.")]
    return [*checks, *_scopes(answer.headers), *await _socket(settings, client)]


def _scopes(headers: Any) -> Iterator[Check]:
    found = {name.lower(): value for name, value in dict(headers).items()}.get("x-oauth-scopes")
    if found is None:
        yield Check(name="scopes", state="warning", sentence="Slack did not say which scopes the token has.")
        return
    lacking = missing(scope.strip() for scope in found.split(","))
    needed = [scope.name for scope in lacking if not scope.optional]
    if needed:
        sentence = f"The token lacks {', '.join(needed)}: paste manifest.yml into the app again and reinstall it."
        yield Check(name="scopes", state="error", sentence=sentence)
    for scope in lacking:
        if scope.optional:
            sentence = f"{scope.name} was not allowed, so there is none of this: {scope.feature}."
            yield Check(name="scopes", state="warning", sentence=sentence)
    if not lacking:
        yield Check(name="scopes", state="ok", sentence="The token has every scope of the manifest.")


async def _socket(settings: Settings, client: AsyncWebClient) -> list[Check]:
    if settings.app_token is None:
        return []
    try:
        await client.apps_connections_open(app_token=settings.app_token.get_secret_value())
    except SlackApiError as error:
        sentence = f"Slack refused SLACK_APP_TOKEN ({code_of(error)}); it needs connections:write and Socket Mode on."
        return [Check(name="socket mode", state="error", sentence=sentence)]
    return [Check(name="socket mode", state="ok", sentence="SLACK_APP_TOKEN opens a connection.")]
