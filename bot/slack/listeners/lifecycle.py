"""The app is uninstalled, or its token revoked. An event alone stops nothing: it may be late, after a new installation.
Slack is asked, and only when it refuses the token is the app gone."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, Final

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.calls import UNKNOWN_FATE, code_of
from bot.slack.desk import Desk
from bot.slack.identity import Me, Workspace
from bot.slack.listeners.clicks import Listener

EVENTS: Final = ("app_uninstalled", "tokens_revoked")
REMOVED: Final = frozenset({"account_inactive", "token_revoked"})
"""What Slack says to the token of an app that was removed. `invalid_auth` is not among them: it is also said to an
address that may not call."""
log = logging.getLogger(__name__)


def leaving(removed: Callable[[], None]) -> Listener:
    """Calls `removed` when such an event turns out true."""

    async def on_leaving(desk: Desk, body: dict[str, Any]) -> None:
        if not _is_about_the_bot(body.get("event") or {}):
            return
        if await is_removed(desk.messenger.client):
            removed()
        else:
            log.warning("Slack told that the app was removed, and still takes its token: nothing is stopped")

    return on_leaving


async def is_removed(client: AsyncWebClient) -> bool:
    """Whether Slack refuses the token as one of an app that was removed. Not being able to ask is no reason."""
    try:
        await client.auth_test()
    except SlackApiError as error:
        return code_of(error) in REMOVED
    except UNKNOWN_FATE:
        return False
    return False


async def me_unless_removed(workspace: Workspace) -> Me | None:
    """Who the bot is; None when the app was removed. Raises whatever else keeps Slack from saying so."""
    try:
        return await workspace.me()
    except SlackApiError as error:
        if code_of(error) not in REMOVED:
            raise
        return None


def _is_about_the_bot(event: dict[str, Any]) -> bool:
    """Tokens of single people may be revoked too; Steward has none of those."""
    tokens = event.get("tokens")
    return event.get("type") == "app_uninstalled" or (isinstance(tokens, dict) and bool(tokens.get("bot")))
