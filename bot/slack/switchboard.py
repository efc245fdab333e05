"""Several workspaces behind one door: a payload goes to the app of the workspace that it names, and to none when that
workspace is not installed. Two more paths of the HTTP door install the app."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial

from slack_bolt.adapter.asgi.http_response import AsgiHttpResponse
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.settings import Settings
from bot.slack.app import SlackApp
from bot.slack.asgi import HttpEdge, Scope, Send, answer
from bot.slack.errors import caught
from bot.slack.logs import bolt_logger


class Switchboard:
    """`app_of` knows the app of a workspace that is served, by its id."""

    def __init__(self, app_of: Callable[[str], SlackApp | None], settings: Settings) -> None:
        self._app_of = app_of
        self.logger = bolt_logger(settings.log_level)
        self.client = AsyncWebClient(None, settings.slack_api_url, retry_handlers=[], logger=self.logger)

    async def async_dispatch(self, req: AsyncBoltRequest) -> BoltResponse:
        """What the app answers. To what is nobody's the answer is an empty yes, so that Slack does not repeat it."""
        # What Bolt reads from the request is what the app will go by: routed by anything else, the two could differ.
        team = None if req.context.is_enterprise_install else req.context.team_id
        app = self._app_of(team) if team else None
        if app is not None:
            return await app.async_dispatch(req)
        if req.body.get("type") == "url_verification":  # Slack asks whether the address is ours, in nobody's name
            return BoltResponse(status=200, body=json.dumps({"challenge": req.body.get("challenge")}))
        return BoltResponse(status=200, body="")


class SharedEdge(HttpEdge):
    """The HTTP door with the pages that install the app."""

    def __init__(self, board: Switchboard, flow: AsyncOAuthFlow, signing_secret: str) -> None:
        super().__init__(board, signing_secret)
        self._pages = {
            flow.install_path: flow.handle_installation,
            flow.redirect_uri_path: flow.handle_callback,
        }

    async def elsewhere(self, scope: Scope, send: Send) -> None:
        work = self._pages.get(scope["path"])
        if work is None:
            await answer(send, 404, b"not found")
        elif scope["method"] != "GET":
            await answer(send, 405, b"method not allowed")
        else:
            async with caught("installing", partial(_sorry, send)):
                made = await work(_request(scope))
                response = AsgiHttpResponse(made.status, made.headers, made.body)
                await send(response.get_response_start())
                await send(response.get_response_body())


async def _sorry(send: Send, sentence: str) -> None:
    await answer(send, 502, f"Steward was not installed. {sentence}".encode())


def _request(scope: Scope) -> AsyncBoltRequest:
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
    return AsyncBoltRequest(body="", query=scope["query_string"].decode("latin-1"), headers=dict(headers))
