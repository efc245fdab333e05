"""Installing the app from a browser: Bolt's flow over an installation store and a state store of our own."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Sequence
from datetime import UTC, datetime
from html import escape
from typing import Protocol

from pydantic import SecretStr
from slack_bolt.error import BoltError
from slack_bolt.oauth.async_callback_options import AsyncCallbackOptions, AsyncFailureArgs, AsyncSuccessArgs
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.oauth.installation_store import Installation
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.installations import Grant, Tokens, is_team_id
from bot.services.errors import StewardError
from bot.settings import Settings
from bot.slack.logs import bolt_logger

_SENTENCES = {
    "access_denied": "Nothing was installed: you did not allow it in Slack.",
    "invalid_browser": "This installation was begun in another browser. Open the installation page again in this one.",
    "invalid_state": "This installation was begun more than ten minutes ago, or is finished. Begin it again.",
    "missing_code": "Slack did not say what was allowed. Begin the installation again.",
    "invalid_code": "Slack does not know this installation any more. Begin it again.",
}
_HEADERS: dict[str, str | Sequence[str]] = {
    "Content-Type": ["text/html; charset=utf-8"],
    "Content-Security-Policy": ["default-src 'none'; style-src 'unsafe-inline'"],
    "Referrer-Policy": ["no-referrer"],
    "Cache-Control": ["no-store"],
}


class Registrar(Protocol):
    """Who keeps installations. The first two are called in threads."""

    def keep_state(self, state: str) -> None: ...

    def take_state(self, state: str) -> bool:
        """Whether this state was kept; true once."""
        ...

    async def install(self, grant: Grant) -> None:
        """Keep it and serve the workspace. Raises StewardError, whose sentence the installer reads."""
        ...


def build_flow(settings: Settings, registrar: Registrar, scopes: Sequence[str]) -> AsyncOAuthFlow:
    """`/slack/install` leads to Slack, which leads back to `/slack/oauth_redirect`."""
    logger = bolt_logger(settings.log_level)
    oauth = AsyncOAuthSettings(
        client_id=settings.client_id,
        client_secret=settings.client_secret.get_secret_value() if settings.client_secret else None,
        scopes=scopes,
        user_scopes=[],
        install_page_rendering_enabled=False,
        callback_options=AsyncCallbackOptions(success=_done, failure=_failed),
        authorization_url=f"{settings.slack_api_url.removesuffix('api/')}oauth/v2/authorize",
        installation_store=_Installations(registrar),
        state_store=_States(registrar),
        logger=logger,
    )
    client = AsyncWebClient(None, settings.slack_api_url, retry_handlers=[], logger=logger)
    return _Flow(settings=oauth, client=client, logger=logger)


class _Flow(AsyncOAuthFlow):
    async def build_authorize_url(self, state: str, request: AsyncBoltRequest) -> str:
        """Bolt would put whatever the address bar says about a team into the answer's header."""
        wanted = (request.query.get("team") or [""])[0]
        return self.settings.authorize_url_generator.generate(state, wanted if is_team_id(wanted) else None)


class _States(AsyncOAuthStateStore):
    def __init__(self, registrar: Registrar) -> None:
        self._registrar = registrar

    async def async_issue(self, *_args: object, **_more: object) -> str:
        state = secrets.token_urlsafe(32)
        await asyncio.to_thread(self._registrar.keep_state, state)
        return state

    async def async_consume(self, state: str) -> bool:
        return await asyncio.to_thread(self._registrar.take_state, state)


class _Installations(AsyncInstallationStore):
    """Takes installations in. Nobody asks it for tokens: every workspace has an app that knows its own."""

    def __init__(self, registrar: Registrar) -> None:
        self._registrar = registrar

    async def async_save(self, installation: Installation) -> None:
        try:
            await self._registrar.install(_grant(installation))
        except StewardError as error:
            raise BoltError(error.sentence) from error


def _grant(found: Installation) -> Grant:
    team = found.team_id or ""
    if found.is_enterprise_install or not is_team_id(team) or not found.bot_token:
        raise BoltError("Steward is installed workspace by workspace: choose one workspace, not the organisation.")
    ends = found.bot_token_expires_at
    tokens = Tokens(
        bot=SecretStr(found.bot_token),
        refresh=SecretStr(found.bot_refresh_token) if found.bot_refresh_token else None,
        ends_at=datetime.fromtimestamp(ends, UTC) if ends else None,
    )
    return Grant(
        team_id=team,
        team_name=found.team_name or team,
        app_id=found.app_id or "",
        bot_id=found.bot_id or "",
        bot_user_id=found.bot_user_id or "",
        scopes=tuple(found.bot_scopes or ()),
        installed_by=found.user_id or "",
        tokens=tokens,
    )


async def _done(args: AsyncSuccessArgs) -> BoltResponse:
    name = args.installation.team_name or "your workspace"
    return _page(200, f"Steward is installed in {name}.", "Open Slack and say /account help to it.")


async def _failed(args: AsyncFailureArgs) -> BoltResponse:
    default = "Nothing was installed. Begin the installation again."
    sentence = str(args.error) if args.error is not None else _SENTENCES.get(args.reason, default)
    status = 403 if args.error is not None else args.suggested_status_code
    return _page(status, "Steward was not installed.", sentence)


def _page(status: int, title: str, sentence: str) -> BoltResponse:
    body = (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Steward</title>'
        '<body style="font-family: sans-serif; max-width: 40rem; margin: 4rem auto">'
        f"<h1>{escape(title)}</h1><p>{escape(sentence)}</p></body></html>"
    )
    return BoltResponse(status=status, body=body, headers=_HEADERS)
