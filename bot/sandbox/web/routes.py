"""The page's routes: the document, its changing part, acts, the change feed, uploaded files, static files."""

from __future__ import annotations

import asyncio
import json
from importlib import resources
from typing import TYPE_CHECKING

from aiohttp import ClientConnectionResetError, web

from bot.sandbox.errors import Json, UserError
from bot.sandbox.web.acts import Acts
from bot.sandbox.web.guard import HEADERS, Token
from bot.sandbox.web.shell import changing, document, look_at
from bot.sandbox.web.viewpoint import Look, Marks, image_type
from bot.sandbox.workspace import UnknownNameError

if TYPE_CHECKING:
    from bot.sandbox.sandbox import Sandbox

OLD_PAGE = "This page is from an earlier start of the sandbox. Load it again."
STATIC = {
    "page.css": "text/css",
    "blocks.css": "text/css",
    "page.js": "text/javascript",
    "widgets.js": "text/javascript",
    "icon.svg": "image/svg+xml",
}


class Page:
    """One per sandbox; all windows share it. `close` ends the change feeds, so that the server can stop at once."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox, self._world = sandbox, sandbox.world
        self._marks = Marks()
        self._token = Token()
        self._acts = Acts(sandbox, self._marks)
        self._closing = False

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/", self._document),
            web.get("/page/app", self._app),
            web.get("/page/changes", self._changes),
            web.post("/page/act/{name}", self._act),
            web.post("/page/upload", self._upload),
            web.get("/page/file/{id}/{token}", self._file),
            web.get("/page/static/{name}", self._static),
        ]

    async def close(self, _app: web.Application) -> None:
        self._closing = True
        self._world.activity.touch()

    def _look(self, request: web.Request) -> Look:
        query = request.query
        return look_at(self._world, query.get("as", ""), query.get("in", ""), query.get("thread", ""))

    async def _document(self, request: web.Request) -> web.StreamResponse:
        theme = request.cookies.get("sandbox-theme", "")
        body = document(self._world, self._look(request), self._marks, self._token.value, theme)
        return web.Response(text=body, content_type="text/html", headers=HEADERS)

    async def _app(self, request: web.Request) -> web.StreamResponse:
        body = changing(self._world, self._look(request), self._marks)
        return web.Response(text=body, content_type="text/html", headers=HEADERS)

    async def _changes(self, request: web.Request) -> web.StreamResponse:
        """Server-sent events: the number of the newest change, whenever there is a newer one or a minute has begun.

        The minute keeps the clock on the page right, and finds out about windows that are gone."""
        answer = web.StreamResponse(headers={**HEADERS, "Content-Type": "text/event-stream"})
        await answer.prepare(request)
        activity, told = self._world.activity, -1
        try:
            while not self._closing:
                if activity.revision != told:
                    told = activity.revision
                    await answer.write(f"data: {told}\n\n".encode())
                    continue
                try:
                    async with asyncio.timeout(60 - self._world.clock.time() % 60):
                        await activity.changed()
                except TimeoutError:
                    told = -1
        except ClientConnectionResetError:
            pass  # the window was closed
        return answer

    async def _act(self, request: web.Request) -> web.StreamResponse:
        if not self._token.given_by(request) or request.content_type != "application/json":
            return _refused(403, OLD_PAGE)
        name = request.match_info["name"]
        if name not in self._acts.known:
            return _refused(404, f"There is no act {name!r}.")
        try:
            body: Json = json.loads(await request.read())
            return web.json_response({"ok": True} | await self._acts.run(name, body), headers=HEADERS)
        except (UserError, UnknownNameError) as problem:
            return _refused(400, str(problem))
        except KeyError as problem:
            return _refused(400, f"Missing: {problem.args[0]}")
        except (TypeError, ValueError, OverflowError) as problem:
            return _refused(400, str(problem))

    async def _upload(self, request: web.Request) -> web.StreamResponse:
        """A file a person chose for a form; its id goes into the form's values."""
        if not self._token.given_by(request):
            return _refused(403, OLD_PAGE)
        form = await request.post()
        file = form.get("file")
        if not isinstance(file, web.FileField):
            return _refused(400, "Missing: file")
        try:
            key = self._sandbox.people.upload(str(form.get("as", "")), file.filename, file.file.read())
        except (UserError, UnknownNameError) as problem:
            return _refused(400, str(problem))
        return web.json_response({"ok": True, "id": key, "name": file.filename}, headers=HEADERS)

    async def _file(self, request: web.Request) -> web.StreamResponse:
        """An upload: images are shown, anything else is saved; never run."""
        upload = self._world.uploads.get(request.match_info["id"])
        if upload is None or upload.content is None or upload.token != request.match_info["token"]:
            raise web.HTTPNotFound
        kind = image_type(upload.content)
        more = {} if kind else {"Content-Disposition": "attachment"}
        content_type = kind or "application/octet-stream"
        return web.Response(body=upload.content, content_type=content_type, headers=HEADERS | more)

    async def _static(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["name"]
        if name not in STATIC:
            raise web.HTTPNotFound
        body = (resources.files("bot.sandbox.web") / "static" / name).read_bytes()
        return web.Response(body=body, content_type=STATIC[name], charset="utf-8", headers=HEADERS)


def _refused(status: int, why: str) -> web.Response:
    return web.json_response({"ok": False, "error": why}, status=status, headers=HEADERS)
