"""Keeping the app connected: Socket Mode, or HTTP behind uvicorn. Both run until cancelled and clean up."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import socket
from collections.abc import Callable, Iterator

import uvicorn
from slack_sdk.errors import SlackApiError

from bot.services.errors import StewardError
from bot.settings import Settings
from bot.slack.app import SlackApp
from bot.slack.asgi import HttpEdge
from bot.slack.calls import UNKNOWN_FATE, code_of
from bot.slack.connections import PromptProtocol
from bot.slack.socket_mode import Front, SocketDoor


class StartError(StewardError):
    """The bot cannot connect; the message says what to do."""


async def serve_socket(
    app: SlackApp,
    settings: Settings,
    *,
    ready: Callable[[], None] | None = None,
    ping_interval: float = 5.0,
) -> None:
    """Connect through Socket Mode and stay connected until cancelled; closes the app on the way out.

    Slack renews connections about hourly and any of them may break: the client reconnects by itself, a dead connection
    is noticed within four `ping_interval` seconds. `ready` is called once connected. Raises `StartError` when a token
    is refused or Slack cannot be reached at the start.
    """
    try:
        if settings.app_token is None:
            raise StartError("SLACK_APP_TOKEN is not set: create an app-level token with connections:write.")
        await _check(app, settings)
        await serve_board(app, settings.app_token.get_secret_value(), ready=ready, ping_interval=ping_interval)
    finally:
        await app.close()


async def serve_board(
    front: Front, app_token: str, *, ready: Callable[[], None] | None = None, ping_interval: float = 5.0
) -> None:
    """The same for whoever finds its apps by itself; they are closed by whoever opened them."""
    door = SocketDoor(front, app_token, ping_interval=ping_interval)
    try:
        # Asked here and not by connect(), which would try a refused token again for ever.
        door.client.wss_uri = await _socket_url(door)
        await door.connect_async()  # type: ignore[no-untyped-call]  # Bolt leaves it untyped
        if ready is not None:
            ready()
        await asyncio.Event().wait()
    finally:
        await door.close_async()  # type: ignore[no-untyped-call]  # the same


async def _check(app: SlackApp, settings: Settings) -> None:
    """Ask Slack who we are, before anything is served."""
    # What is loaded by now stays for good: the collector need not walk it while requests make short-lived objects.
    gc.collect()
    gc.freeze()
    try:
        await app.check()
    except SlackApiError as error:
        raise StartError(
            f"Slack refused SLACK_BOT_TOKEN ({code_of(error)}): copy it again from OAuth & Permissions."
        ) from error
    except UNKNOWN_FATE as error:
        raise StartError(f"Cannot reach Slack at {settings.slack_api_url}; check the network. ({error})") from error


async def _socket_url(door: SocketDoor) -> str:
    try:
        return await door.client.issue_new_wss_url()
    except SlackApiError as error:
        raise StartError(
            f"Slack refused SLACK_APP_TOKEN ({code_of(error)}): it needs connections:write, and the app Socket Mode."
        ) from error
    except UNKNOWN_FATE as error:
        raise StartError(f"Cannot open a Socket Mode connection: {error}") from error


async def serve_http(app: SlackApp, settings: Settings, *, ready: Callable[[int], None] | None = None) -> None:
    """Serve /slack/events and /healthz on `settings.host` and `settings.port` until cancelled; closes the app.

    `ready` is called with the port once requests are taken (port 0 takes a free one). Raises `StartError` when the
    signing secret is missing, the token is refused, or the address is taken.
    """
    try:
        if settings.signing_secret is None:
            raise StartError("SLACK_SIGNING_SECRET is not set: without it anybody could speak as Slack.")
        listening = _listen(settings)
        with contextlib.closing(listening):
            await _check(app, settings)
            await _serve(HttpEdge(app, settings.signing_secret.get_secret_value()), listening, ready)
    finally:
        await app.close()


async def serve_edge(edge: HttpEdge, settings: Settings, *, ready: Callable[[int], None] | None = None) -> None:
    """The same for an edge that finds its apps by itself; they are closed by whoever opened them."""
    with contextlib.closing(_listen(settings)) as listening:
        await _serve(edge, listening, ready)


def _listen(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        return socket.create_server((settings.host, settings.port), family=family, backlog=512)
    except OSError as error:
        raise StartError(
            f"Cannot listen on {settings.host}:{settings.port} ({error.strerror}): set STEWARD_HOST or STEWARD_PORT."
        ) from error


class _Server(uvicorn.Server):
    """Leaves signals to the caller, who cancels us; uvicorn would take them over. Tells when it has started."""

    def __init__(self, config: uvicorn.Config, started: Callable[[], None]) -> None:
        super().__init__(config)
        self._tell = started

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._tell()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


async def _serve(edge: HttpEdge, listening: socket.socket, ready: Callable[[int], None] | None) -> None:
    config = uvicorn.Config(
        edge,
        http=PromptProtocol,
        ws="none",
        log_config=None,
        access_log=False,
        lifespan="off",
        timeout_graceful_shutdown=5,
    )

    def started() -> None:
        if ready is not None:
            ready(listening.getsockname()[1])

    server = _Server(config, started)
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    try:
        await asyncio.shield(serving)
    finally:
        server.should_exit = True
        await serving
