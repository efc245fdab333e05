"""The Socket Mode door: frames in, acks out. Slack's own connection, and still nothing in a frame is trusted."""

from __future__ import annotations

import asyncio
import logging
from typing import Protocol

from slack_bolt.adapter.socket_mode.async_base_handler import AsyncBaseSocketModeHandler
from slack_bolt.adapter.socket_mode.async_internals import send_async_response
from slack_bolt.adapter.socket_mode.internals import build_headers
from slack_bolt.response import BoltResponse
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.payloads import Dispatcher, UnreadableError, pass_on, read_frame, taken

log = logging.getLogger(__name__)


class Front(Dispatcher, Protocol):
    """Bolt's app, or whoever finds the one among several."""

    @property
    def logger(self) -> logging.Logger: ...

    @property
    def client(self) -> AsyncWebClient:
        """Asks for the address to connect to."""
        ...


class EnvelopeClient(SocketModeClient):
    """slack_sdk's client, but what is no envelope is passed over in silence and not written to the log with all that
    it holds."""

    def __init__(self, app: Front, app_token: str, ping_interval: float) -> None:
        super().__init__(app_token, app.logger, app.client, ping_interval=ping_interval)
        self.under_way: set[asyncio.Task[None]] = set()

    async def process_message(self) -> None:
        frame = await self.message_queue.get()
        envelope = read_frame(frame)
        if envelope is not None:
            handling = asyncio.create_task(self.run_message_listeners(envelope, frame))
            self.under_way.add(handling)
            handling.add_done_callback(self.under_way.discard)


class SocketDoor(AsyncBaseSocketModeHandler):
    """Bolt's handler, but a payload is read as at the HTTP door; what cannot be read is acked, lest it come again."""

    client: EnvelopeClient

    def __init__(self, app: Front, app_token: str, *, ping_interval: float) -> None:
        self._app = app
        self.client = EnvelopeClient(app, app_token, ping_interval)
        self.client.socket_mode_request_listeners.append(self.handle)

    async def handle(self, client: AsyncBaseSocketModeClient, req: SocketModeRequest) -> None:
        try:
            answer = await pass_on(self._app, taken(req.payload), build_headers(req))
        except UnreadableError as error:
            log.warning("passed over an envelope: %s", error)
            answer = BoltResponse(status=200)
        await send_async_response(client, req, answer, 0.0)
