"""The aiohttp application: Web API, Socket Mode, response URLs, uploads, control, the page. Loopback only."""

import json

from aiohttp import web

from bot.sandbox.api.files import receive
from bot.sandbox.api.router import Dropped, Router
from bot.sandbox.errors import Json, SlackError
from bot.sandbox.replies import respond
from bot.sandbox.sockets import Sockets
from bot.sandbox.web.guard import local_only
from bot.sandbox.web.routes import Page
from bot.sandbox.world import World

HOST = "127.0.0.1"


class Server:
    """Binds on start; `port` 0 takes a free one. The world's base URL is set once it is known."""

    def __init__(self, world: World, sockets: Sockets, control: web.Application, page: Page, port: int = 0) -> None:
        self._world = world
        self._router = Router(world)
        self._sockets = sockets
        self._port = port
        self._runner: web.AppRunner | None = None
        self._app = web.Application(client_max_size=64 * 1024 * 1024, middlewares=[local_only])
        self._app.add_routes(
            [
                web.route("*", "/api/{method}", self._api),
                web.get("/link/", sockets.handle),
                web.post("/response/{key}", self._respond),
                web.post("/upload/v1/{token}", self._upload),
                web.get("/files/{id}/{token}", self._download),
                *page.routes(),
            ]
        )
        self._app.on_shutdown.append(page.close)
        self._app.add_subapp("/control/", control)

    async def start(self) -> None:
        self._runner = web.AppRunner(self._app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, HOST, self._port)
        await site.start()
        port = self._runner.addresses[0][1]
        self._world.base = f"http://{HOST}:{port}"

    async def stop(self) -> None:
        await self._sockets.stop()
        if self._runner is not None:
            await self._runner.cleanup()

    async def _api(self, request: web.Request) -> web.StreamResponse:
        try:
            return await self._router.handle(request)
        except Dropped:
            if request.transport is not None:
                request.transport.abort()
            return web.Response(status=500)

    async def _respond(self, request: web.Request) -> web.StreamResponse:
        with self._world.activity.busy("response_url"):
            try:
                respond(self._world, request.match_info["key"], await _body(request))
            except SlackError as problem:
                self._world.fail("response_url", problem.code, json.dumps(problem.detail))
                status = problem.status if problem.status != 200 else 400
                return web.json_response({"ok": False, "error": problem.code}, status=status)
            return web.Response(text="ok")

    async def _upload(self, request: web.Request) -> web.StreamResponse:
        try:
            size = receive(self._world, request.match_info["token"], await _bytes(request))
        except SlackError as problem:
            return web.Response(text=problem.code, status=problem.status)
        return web.Response(text=f"OK - {size}")

    async def _download(self, request: web.Request) -> web.StreamResponse:
        upload = self._world.uploads.get(request.match_info["id"])
        if upload is None or upload.content is None or upload.token != request.match_info["token"]:
            raise web.HTTPNotFound
        return web.Response(body=upload.content, content_type="application/octet-stream")


async def _bytes(request: web.Request) -> bytes:
    """The uploaded file: the raw body, or the first part of a multipart form."""
    if request.content_type != "multipart/form-data":
        return await request.read()
    for part in (await request.post()).values():
        if isinstance(part, web.FileField):
            return part.file.read()
    return b""


async def _body(request: web.Request) -> Json:
    try:
        parsed = json.loads(await request.read())
    except (json.JSONDecodeError, UnicodeDecodeError):
        raise SlackError("invalid_payload", status=400) from None
    if not isinstance(parsed, dict):
        raise SlackError("invalid_payload", status=400)
    return parsed
