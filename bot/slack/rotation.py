"""Tokens that end after twelve hours, where the app's token rotation is switched on."""

from __future__ import annotations

from datetime import datetime, timedelta

from pydantic import SecretStr
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.installations import Tokens
from bot.settings import Settings
from bot.slack.logs import bolt_logger


async def next_tokens(settings: Settings, old: Tokens, now: datetime) -> Tokens:
    """The tokens after these; each refresh token is taken once. Raises `SlackApiError` when Slack refuses it."""
    logger = bolt_logger(settings.log_level)
    client = AsyncWebClient(None, settings.slack_api_url, retry_handlers=[], logger=logger)
    answer = await client.oauth_v2_access(
        client_id=settings.client_id or "",
        client_secret=settings.client_secret.get_secret_value() if settings.client_secret else "",
        grant_type="refresh_token",
        refresh_token=old.refresh.get_secret_value() if old.refresh else "",
    )
    return Tokens(
        bot=SecretStr(str(answer["access_token"])),
        refresh=SecretStr(str(answer["refresh_token"])),
        ends_at=now + timedelta(seconds=int(answer["expires_in"])),
    )
