"""Socket Mode: tickets, hello, envelopes to any one connection, acks, disconnects."""

import asyncio
import itertools
import json
import secrets
from dataclasses import dataclass, field
from typing import Literal

from aiohttp import WSMsgType, web

from bot.sandbox.delivery import Ack, Delivery, Retry, UndeliveredError
from bot.sandbox.errors import Json
from bot.sandbox.world import World

MAX_CONNECTIONS = 10
DisconnectReason = Literal["warning", "refresh_requested", "link_disabled", "too_many_websockets"]


@dataclass(eq=False)
class Connection:
    number: int
    socket: web.WebSocketResponse
    request: web.Request
    waiting: dict[str, asyncio.Future[Ack]] = field(default_factory=dict)

    def lose(self) -> None:
        for waiter in self.waiting.values():
            if not waiter.done():
                waiter.set_exception(UndeliveredError("connection_failed"))


class Sockets:
    """The open connections of the app, used in turn. Refreshed ones get no further payloads."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._tickets: dict[str, bool] = {}
        self._numbers = itertools.count(1)
        self._turn = itertools.count()
        self.open: list[Connection] = []
        world.open_socket = self.issue

    def issue(self, debug_reconnects: bool) -> str:
        """A fresh WebSocket URL."""
        ticket = secrets.token_urlsafe(16)
        self._tickets[ticket] = debug_reconnects
        base = self._world.base.replace("http://", "ws://", 1)
        return f"{base}/link/?ticket={ticket}&app_id={self._world.workspace.app.app_id}"

    async def handle(self, request: web.Request) -> web.StreamResponse:
        if request.query.get("ticket") not in self._tickets:
            return web.json_response({"ok": False, "error": "invalid_ticket"}, status=401)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        connection = Connection(next(self._numbers), socket, request)
        if len(self.open) >= MAX_CONNECTIONS:
            await socket.send_json({"type": "disconnect", "reason": "too_many_websockets"})
            await socket.close()
            return socket
        await socket.send_json(self._hello())
        self.open.append(connection)
        self._world.activity.touch()
        try:
            await self._listen(connection)
        finally:
            self._forget(connection)
        return socket

    def _hello(self) -> Json:
        debug = {"host": "sandbox", "started": None, "build_number": 1, "approximate_connection_time": 3600}
        app_id = self._world.workspace.app.app_id
        count = len(self.open) + 1
        return {"type": "hello", "num_connections": count, "debug_info": debug, "connection_info": {"app_id": app_id}}

    async def _listen(self, connection: Connection) -> None:
        async for frame in connection.socket:
            if frame.type != WSMsgType.TEXT:
                continue
            message = json.loads(frame.data)
            waiter = connection.waiting.get(message.get("envelope_id", ""))
            if waiter is not None and not waiter.done():
                payload = message.get("payload")
                waiter.set_result(Ack(payload if isinstance(payload, dict) else {}))

    def _forget(self, connection: Connection) -> None:
        if connection in self.open:
            self.open.remove(connection)
        connection.lose()
        self._world.activity.touch()

    async def send(self, delivery: Delivery, retry: Retry | None) -> Ack:
        if not self.open:
            raise UndeliveredError("dispatch_failed")
        connection = self.open[next(self._turn) % len(self.open)]
        if self._world.faults.take("drop_socket", delivery.target):
            self.drop(connection)
            raise UndeliveredError("connection_failed")
        envelope_id = secrets.token_hex(16)
        envelope: Json = {"envelope_id": envelope_id, "type": delivery.kind, "payload": delivery.payload}
        envelope["accepts_response_payload"] = delivery.kind != "events_api"
        if delivery.kind == "events_api":
            envelope |= {"retry_attempt": retry.attempt if retry else 0, "retry_reason": retry.reason if retry else ""}
        waiter: asyncio.Future[Ack] = asyncio.get_running_loop().create_future()
        connection.waiting[envelope_id] = waiter
        try:
            await connection.socket.send_json(envelope)
            return await waiter
        except (ConnectionError, RuntimeError):
            raise UndeliveredError("connection_failed") from None
        finally:
            del connection.waiting[envelope_id]

    def drop(self, connection: Connection | None = None) -> None:
        """Break one connection (or all) without a goodbye."""
        for one in [connection] if connection else list(self.open):
            self._forget(one)
            if one.request.transport is not None:
                one.request.transport.abort()

    async def disconnect(self, reason: DisconnectReason = "refresh_requested") -> None:
        """Ask every connection to go. Except after `warning` it gets no further payloads; the client closes it."""
        for connection in list(self.open):
            if reason != "warning":
                self.open.remove(connection)
            info = {"type": "disconnect", "reason": reason, "debug_info": {"host": "sandbox"}}
            await connection.socket.send_json(info)
        self._world.activity.touch()

    async def stop(self) -> None:
        for connection in list(self.open):
            await connection.socket.close()
