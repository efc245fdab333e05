"""The sandbox's control API: act as people, look as people, move the clock, break things. JSON in, JSON out.

| request | body or query | answer |
|---|---|---|
| POST /control/say | user, channel, text, thread_ts? | ts |
| POST /control/click | user, action, channel?, ts?, place?, block_id? | |
| POST /control/pick | the same and choice | |
| POST /control/suggest | the same and query | options |
| POST /control/fill | user, values | |
| POST /control/submit | user, values? | |
| POST /control/upload | user, name, text (or base64) | file: what a file input takes |
| POST /control/close | user, everything? | |
| POST /control/shortcut | user, callback_id, channel?, ts? | |
| POST /control/open_home | user, tab? | |
| POST /control/emit | event | |
| POST /control/stop_session | user, channel, thread_ts | |
| POST /control/uninstall | | |
| POST /control/revoke | | |
| POST /control/allow | user | code: what the installer's browser brings the app |
| POST /control/archive | channel, archived? (true) | |
| POST /control/rename | channel, name | |
| POST /control/share | channel, team?, pending? | |
| POST /control/unshare | channel, team? | |
| POST /control/join | user, channel, inviter? | |
| POST /control/leave | user, channel | |
| POST /control/deactivate | user, active? (false) | |
| POST /control/move | user, tz | |
| POST /control/status | user, text?, emoji?, minutes? | |
| POST /control/presence | user, presence (active, away) | |
| POST /control/snooze | user, minutes (0 resumes) | |
| POST /control/dnd | user, start?, end? (HH:MM in their zone; none: off) | |
| POST /control/quiet | idle?, timeout? (seconds) | |
| POST /control/advance | seconds | now |
| POST /control/jump | to: a moment with its offset (ISO 8601), or "next" | now |
| POST /control/fault | kind, target?, seconds?, times?, channel?, code? (see `Fault`) | |
| POST /control/clear_faults | | |
| POST /control/rate_limits | enabled | |
| POST /control/disconnect | reason? | |
| POST /control/drop_sockets | | |
| GET /control/messages | channel, user, thread_ts?, since? (a ts) | messages |
| GET /control/modal | user | view or null |
| GET /control/home | user | view or null |
| GET /control/canvas | canvas | the canvas as text |
| GET /control/calls | method? | calls |
| GET /control/failures | | failures |
| GET /control/deliveries | | deliveries |
| GET /control/workspace | | workspace |
| GET /control/clock | | now, knows_next: may one jump to "next"? |

`place` is message (default), modal or home. What a person cannot do (not a member, no such button, a required
input left empty) answers 400 with `error`; an unknown name 404; not quiet in time 504."""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TYPE_CHECKING

from aiohttp import web
from pydantic import ValidationError

from bot.sandbox.activity import NotQuietError
from bot.sandbox.changes import CHANGES
from bot.sandbox.errors import Json, UserError
from bot.sandbox.faults import Fault
from bot.sandbox.people_acts import Turn
from bot.sandbox.workspace import UnknownNameError

if TYPE_CHECKING:
    from bot.sandbox.sandbox import Sandbox

Work = Callable[[Json], Awaitable[Json]]


class Control:
    """One method per request; each takes the JSON body (or the query) and returns the JSON answer."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox

    async def say(self, body: Json) -> Json:
        return _turn(
            await self._sandbox.say(body["user"], body["channel"], body["text"], thread_ts=body.get("thread_ts"))
        )

    async def click(self, body: Json) -> Json:
        return _turn(await self._sandbox.click(body.pop("user"), body.pop("action"), **body))

    async def pick(self, body: Json) -> Json:
        return _turn(await self._sandbox.pick(body.pop("user"), body.pop("action"), body.pop("choice"), **body))

    async def suggest(self, body: Json) -> Json:
        found = await self._sandbox.suggest(body.pop("user"), body.pop("action"), body.pop("query"), **body)
        return {"options": found}

    async def fill(self, body: Json) -> Json:
        self._sandbox.modals.fill(body["user"], body["values"])
        return {}

    async def submit(self, body: Json) -> Json:
        return _turn(await self._sandbox.submit(body["user"], body.get("values")))

    async def upload(self, body: Json) -> Json:
        content = b64decode(body["base64"], validate=True) if "base64" in body else body["text"].encode()
        return {"file": self._sandbox.upload(body["user"], body["name"], content)}

    async def allow(self, body: Json) -> Json:
        return {"code": self._sandbox.allow(body["user"])}

    async def close(self, body: Json) -> Json:
        return _turn(await self._sandbox.close_modal(body["user"], everything=bool(body.get("everything"))))

    async def shortcut(self, body: Json) -> Json:
        return _turn(await self._sandbox.shortcut(body.pop("user"), body.pop("callback_id"), **body))

    async def open_home(self, body: Json) -> Json:
        return _turn(await self._sandbox.open_home(body["user"], body.get("tab", "home")))

    async def emit(self, body: Json) -> Json:
        await self._sandbox.emit(body["event"])
        return {}

    async def stop_session(self, body: Json) -> Json:
        return _turn(await self._sandbox.stop_session(body["user"], body["channel"], body["thread_ts"]))

    async def quiet(self, body: Json) -> Json:
        await self._sandbox.quiet(idle=float(body.get("idle", 0.05)), timeout=float(body.get("timeout", 10.0)))
        return {}

    async def advance(self, body: Json) -> Json:
        return {"now": self._sandbox.advance(float(body["seconds"])).isoformat()}

    async def jump(self, body: Json) -> Json:
        if body["to"] == "next":
            return {"now": self._sandbox.jump_to_next().isoformat()}
        moment = datetime.fromisoformat(body["to"])
        if moment.tzinfo is None:
            raise UserError("Say the moment with its offset, such as 2026-03-02T09:00+01:00.")
        return {"now": self._sandbox.jump_to(moment).isoformat()}

    async def fault(self, body: Json) -> Json:
        fault = Fault.model_validate(body)
        if fault.channel is not None:
            fault.channel = self._sandbox.world.workspace.channel(fault.channel).id
        self._sandbox.world.faults.add(fault)
        return {}

    async def clear_faults(self, _body: Json) -> Json:
        self._sandbox.world.faults.clear()
        return {}

    async def rate_limits(self, body: Json) -> Json:
        self._sandbox.world.rates.enabled = bool(body["enabled"])
        return {}

    async def disconnect(self, body: Json) -> Json:
        await self._sandbox.disconnect(body.get("reason", "refresh_requested"))
        return {}

    async def drop_sockets(self, _body: Json) -> Json:
        self._sandbox.sockets.drop()
        return {}

    async def messages(self, query: Json) -> Json:
        wanted = (query["channel"], query["user"], query.get("thread_ts"))
        return {"messages": self._sandbox.messages(*wanted, since=query.get("since"))}

    async def modal(self, query: Json) -> Json:
        return {"view": self._sandbox.modal(query["user"])}

    async def home(self, query: Json) -> Json:
        return {"view": self._sandbox.home(query["user"])}

    async def canvas(self, query: Json) -> Json:
        return self._sandbox.canvas(query["canvas"])

    async def calls(self, query: Json) -> Json:
        return {"calls": [call.dump() for call in self._sandbox.calls(query.get("method"))]}

    async def failures(self, _query: Json) -> Json:
        return {"failures": [failure.dump() for failure in self._sandbox.failures]}

    async def deliveries(self, _query: Json) -> Json:
        return {"deliveries": self._sandbox.world.journal.deliveries}

    async def workspace(self, _query: Json) -> Json:
        return {"workspace": self._sandbox.world.workspace.dump()}

    async def clock(self, _query: Json) -> Json:
        knows = self._sandbox.world.next_moment is not None
        return {"now": self._sandbox.clock.now().isoformat(), "knows_next": knows}


LOOKS = ("messages", "modal", "home", "canvas", "calls", "failures", "deliveries", "workspace", "clock")
ACTS = (
    "say",
    "click",
    "pick",
    "suggest",
    "fill",
    "submit",
    "upload",
    "allow",
    "close",
    "shortcut",
    "open_home",
    "emit",
    "stop_session",
    "quiet",
    "advance",
    "jump",
    "fault",
    "clear_faults",
    "rate_limits",
    "disconnect",
    "drop_sockets",
)


def _turn(turn: Turn) -> Json:
    return {"ts": turn.ts}


def _handler(work: Work) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    async def handle(request: web.Request) -> web.StreamResponse:
        try:
            body: Json = dict(request.query) if request.method == "GET" else json.loads(await request.read() or b"{}")
            return web.json_response({"ok": True} | await work(body))
        except UserError as problem:
            return _refused(400, str(problem))
        except UnknownNameError as problem:
            return _refused(404, str(problem))
        except NotQuietError as problem:
            return _refused(504, str(problem))
        except KeyError as problem:
            return _refused(400, f"Missing: {problem.args[0]}")
        except (TypeError, ValueError, OverflowError, ValidationError) as problem:
            return _refused(400, str(problem))

    return handle


def _refused(status: int, why: str) -> web.Response:
    return web.json_response({"ok": False, "error": why}, status=status)


def _changing(sandbox: Sandbox, name: str) -> Work:
    """A change to the workspace: the body's members are the arguments of the method of that name."""

    async def change(body: Json) -> Json:
        getattr(sandbox.changes, name)(**body)
        return {}

    return change


def control_app(sandbox: Sandbox) -> web.Application:
    control = Control(sandbox)
    app = web.Application()
    app.add_routes([web.get(f"/{name}", _handler(getattr(control, name))) for name in LOOKS])
    app.add_routes([web.post(f"/{name}", _handler(getattr(control, name))) for name in ACTS])
    app.add_routes([web.post(f"/{name}", _handler(_changing(sandbox, name))) for name in CHANGES])
    return app
