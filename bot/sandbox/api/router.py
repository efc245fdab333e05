"""One request to /api/{method}: arguments, token, scopes, rate limit, faults, effect, journal - in Slack's order."""

import json
from base64 import b64decode
from collections.abc import Callable, Mapping
from urllib.parse import parse_qsl

from aiohttp import web

from bot.sandbox.api import (
    canvases,
    chat,
    conversations,
    extras,
    files,
    oauth,
    presence,
    scheduled,
    sessions,
    streams,
    surfaces,
    unfurls,
    users,
)
from bot.sandbox.api.table import KINDS, METHODS, Method
from bot.sandbox.errors import Json, SlackError, invalid_arguments
from bot.sandbox.faults import Fault
from bot.sandbox.records import Call
from bot.sandbox.workspace import UnknownNameError
from bot.sandbox.world import World

Handler = Callable[[World, Json], Json]

ROOMS = (
    canvases,
    chat,
    conversations,
    extras,
    files,
    oauth,
    presence,
    scheduled,
    sessions,
    streams,
    surfaces,
    unfurls,
    users,
)
HANDLERS: Mapping[str, Handler] = {name: handler for room in ROOMS for name, handler in room.HANDLERS.items()}
TRUE, FALSE = ("1", "true", "True", True, 1), ("0", "false", "False", "", False, 0)


class Dropped(Exception):  # noqa: N818 - a signal, not an error
    """The connection is to be broken instead of answered."""


async def read_arguments(request: web.Request) -> Json:
    """Query and body together; JSON, form and multipart bodies."""
    args: Json = dict(request.query)
    body = await request.read()
    if request.content_type == "application/json":
        try:
            parsed = json.loads(body or b"{}")
        except (json.JSONDecodeError, UnicodeDecodeError):
            raise SlackError("invalid_json") from None
        if not isinstance(parsed, dict):
            raise SlackError("json_not_object")
        return args | parsed
    if request.content_type == "multipart/form-data":
        return args | {key: value for key, value in (await request.post()).items() if isinstance(value, str)}
    return args | dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))


def _coerce(name: str, value: object) -> object:
    """A value in the kind its argument has; forms carry everything as text."""
    kind = KINDS.get(name, "str")
    if kind == "json":
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except json.JSONDecodeError:
            return value
    if kind == "bool":
        if value in TRUE:
            return True
        if value in FALSE:
            return False
        raise invalid_arguments(f"must provide a boolean [json-pointer:/{name}]")
    if kind == "int":
        if isinstance(value, bool) or not str(value).lstrip("-").isdigit():
            raise invalid_arguments(f"must provide a number [json-pointer:/{name}]")
        return int(str(value))
    if not isinstance(value, str):
        raise invalid_arguments(f"must provide a string [json-pointer:/{name}]")
    return value


def check_arguments(method: Method, args: Json) -> Json:
    """Typed arguments; invalid_arguments names what is unknown, missing or of the wrong kind."""
    given = {key: value for key, value in args.items() if value is not None}
    faults = [f"unknown argument: {key} [json-pointer:/{key}]" for key in sorted(set(given) - method.arguments)]
    faults += [f"missing required field: {key}" for key in sorted(method.required - set(given))]
    if faults:
        raise invalid_arguments(*faults)
    return {key: _coerce(key, value) for key, value in given.items()}


class Router:
    def __init__(self, world: World) -> None:
        self._world = world

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Answer one Web API request; raises Dropped when a fault breaks the connection."""
        name = request.match_info["method"]
        with self._world.activity.busy(f"api {name}"):
            args: Json = {}
            fault: Fault | None = None
            try:
                args = await read_arguments(request)
                token = self._token(request, args)
                fault = await self._before(name, token, args)
                body: Json = {"ok": True} | self._answer(name, token, args)
                error = None
            except SlackError as problem:
                error = problem
                body = problem.body()
            status = error.status if error else 200
            kind = fault.kind if fault else None
            self._note(name, args, error.code if error else None, kind, status)
            if fault is not None and fault.kind == "drop_after":
                raise Dropped(name)
            if fault is not None:
                return web.json_response({"ok": False, "error": "internal_error"}, status=500)
            scopes = ",".join(self._world.manifest.scopes)
            headers = {"X-OAuth-Scopes": scopes, **(error.headers if error else {})}
            return web.json_response(body, status=status, headers=headers)

    async def _before(self, name: str, token: str, args: Json) -> Fault | None:
        """Injected faults. One that spares the effect raises; one that strikes after it is returned."""
        faults = self._world.faults
        if not faults.active:
            return None
        channel = self._channel(args)
        if slow := faults.take("latency", name, channel):
            await self._world.clock.sleep(slow.seconds)
        if limited := faults.take("rate_limited", name, channel):
            raise _rate_limited(max(1, round(limited.seconds)))
        if faults.take("http_500", name, channel):
            raise SlackError("internal_error", status=500)
        if refused := faults.take("error", name, channel):
            raise SlackError(refused.code)
        if faults.take("drop_before", name, channel):
            self._note(name, args, "dropped", "drop_before", 0)
            raise Dropped(name)
        if late := faults.take("drop_late", name, channel):
            self._note(name, args, "dropped", "drop_late", 0)
            self._world.clock.call_later(late.seconds, lambda: self._late(name, token, args))
            raise Dropped(name)
        return faults.take("drop_after", name, channel) or faults.take("http_500_after", name, channel)

    def _late(self, name: str, token: str, args: Json) -> None:
        """A call takes effect long after its caller gave up on it."""
        error = None
        try:
            self._answer(name, token, args)
        except SlackError as problem:
            error = problem.code
        self._note(name, args, error, "drop_late", 0)

    def _channel(self, args: Json) -> str | None:
        """The id of the conversation a call is about."""
        key = str(args.get("channel") or args.get("channel_id") or "")
        person = self._world.workspace.person_or_none(key) if key.startswith("U") else None
        found = self._world.workspace.dm(person.id) if person else self._world.workspace.channel_or_none(key)
        return found.id if found else None

    def _answer(self, name: str, token: str, args: Json) -> Json:
        method = METHODS.get(name)
        if method is None:
            raise SlackError("unknown_method", req_method=name)
        self._authorize(method, token)
        typed = check_arguments(method, args)
        wait = self._world.rates.wait_for(name, method.tier, typed.get("channel"))
        if wait is not None:
            raise _rate_limited(wait)
        self._world.require_scope(*method.scopes)
        try:
            return HANDLERS[name](self._world, typed)
        except UnknownNameError:
            raise SlackError("channel_not_found") from None

    def _token(self, request: web.Request, args: Json) -> str:
        """The bearer token; a `token` argument also counts and never reaches the journal."""
        given = str(args.pop("token", "") or "")
        # slack_sdk adds the workspace's own team_id to every call of a Bolt listener; Slack takes it anywhere
        if args.get("team_id") == self._world.workspace.team.id:
            del args["team_id"]
        header = request.headers.get("Authorization", "")
        if header.startswith("Basic "):  # an app's own id and secret; nobody's token
            args |= _id_and_secret(header)
            return given
        return header.removeprefix("Bearer ").strip() or given

    def _authorize(self, method: Method, token: str) -> None:
        if method.auth == "none":
            return
        if not token:
            raise SlackError("not_authed")
        is_app = token == self._world.secrets.app_token
        if not is_app:
            self._world.tokens.check(token)
        if is_app != (method.auth == "app"):
            raise SlackError("not_allowed_token_type")

    def _note(self, name: str, args: Json, error: str | None, fault: str | None, status: int) -> None:
        call = Call(name, args, self._world.clock.time(), error, fault, status)
        self._world.journal.calls.append(call)


def _id_and_secret(header: str) -> Json:
    try:
        name, _, secret = b64decode(header.removeprefix("Basic "), validate=True).decode().partition(":")
    except (ValueError, UnicodeDecodeError):
        raise SlackError("invalid_auth") from None
    return {"client_id": name, "client_secret": secret}


def _rate_limited(seconds: int) -> SlackError:
    return SlackError("ratelimited", status=429, headers={"Retry-After": str(seconds)})
