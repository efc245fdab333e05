"""What a person does in the page, as JSON: found among the elements this person sees, then done as `people_acts` does.

Every act names `as` (a user id). Acts in a view carry `view` (its id, so that a form that changed meanwhile is
noticed) and `values`, the current state of its inputs, as Slack's client sends it along with any touch."""

from collections.abc import Awaitable, Callable
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from bot.sandbox.elements_at import Spot, find_spot, spots
from bot.sandbox.entries import check_input, value_of
from bot.sandbox.errors import Json, UserError
from bot.sandbox.views import View
from bot.sandbox.web.viewpoint import Marks
from bot.sandbox.workspace import Person

if TYPE_CHECKING:
    from bot.sandbox.sandbox import Sandbox


class Acts:
    def __init__(self, sandbox: "Sandbox", marks: Marks) -> None:
        self._sandbox, self._marks = sandbox, marks
        self._world = sandbox.world
        self.known: dict[str, Callable[[Json, Person], Awaitable[Json]]] = {
            "say": self._say,
            "click": self._click,
            "pick": self._pick,
            "suggest": self._suggest,
            "submit": self._submit,
            "close": self._close,
            "shortcut": self._shortcut,
            "home": self._home,
            "dismiss": self._dismiss,
            "advance": self._advance,
            "jump": self._jump,
            "next": self._next,
            "snooze": self._snooze,
            "presence": self._presence,
            "stop": self._stop,
        }

    async def run(self, name: str, body: Json) -> Json:
        """The answer of one act. Raises UserError (the sentence is for the person), KeyError, ValueError."""
        return await self.known[name](body, self._world.workspace.person(body["as"]))

    async def _say(self, body: Json, person: Person) -> Json:
        words = str(body["text"]).strip()
        if words:
            await self._sandbox.say(person.id, body["channel"], words, thread_ts=body.get("thread") or None)
        return {}

    def _where(self, body: Json) -> Json:
        """Where an element is, as `Sandbox.click` and its kin take it; a view's inputs are taken over first."""
        place = body.get("place", "message")
        if place != "message":
            self._take_values(self._view(body, place), body)
        return {"place": place, "channel": body.get("channel"), "ts": body.get("ts"), "block_id": body["block"]}

    def _view(self, body: Json, place: str) -> View:
        user = body["as"]
        view = self._world.views.top(user) if place == "modal" else self._world.views.homes.get(user)
        if view is None or view.id != body.get("view"):
            raise UserError("This form has changed meanwhile. Look again.")
        return view

    def _take_values(self, view: View, body: Json) -> None:
        person = self._world.workspace.person(body["as"])
        for given in body.get("values") or []:
            spot = find_spot(view.body["blocks"], given["action"], person.id, given["block"])
            if spot is not None:
                entry = self._entry(spot, view, person, given.get("choice"))
                held = view.picks.setdefault(spot.block_id, {})
                if held.get(spot.action_id) != entry:
                    view.errors.pop(spot.block_id, None)
                held[spot.action_id] = entry

    def _entry(self, spot: Spot, view: View, person: Person, choice: Any) -> Json:
        return value_of(spot.element, choice, self._sandbox.people.offer(person, spot, view.picks))

    async def _click(self, body: Json, person: Person) -> Json:
        await self._sandbox.click(person.id, body["action"], **self._where(body))
        return {}

    async def _pick(self, body: Json, person: Person) -> Json:
        await self._sandbox.pick(person.id, body["action"], body.get("choice"), **self._where(body))
        return {}

    async def _suggest(self, body: Json, person: Person) -> Json:
        found = await self._sandbox.suggest(person.id, body["action"], str(body["query"]), **self._where(body))
        return {"options": [{"value": one["value"], "label": one["text"]["text"]} for one in found]}

    async def _submit(self, body: Json, person: Person) -> Json:
        """What Slack's client refuses itself is told under its fields; nothing is sent then."""
        view = self._view(body, "modal")
        self._take_values(view, body)
        complaints = {}
        for spot in spots(view.body["blocks"], person.id):
            why = check_input(spot, view.picks.get(spot.block_id, {}).get(spot.action_id)) if spot.is_input else None
            if why:
                complaints[spot.block_id] = why
        view.errors = complaints
        self._world.activity.touch()
        if not complaints:
            await self._sandbox.submit(person.id)
        return {}

    async def _close(self, body: Json, person: Person) -> Json:
        self._view(body, "modal")
        await self._sandbox.close_modal(person.id, everything=bool(body.get("everything")))
        return {}

    async def _shortcut(self, body: Json, person: Person) -> Json:
        where = {"channel": body.get("channel"), "ts": body.get("ts")}
        await self._sandbox.shortcut(person.id, body["callback"], **where)
        return {}

    async def _home(self, body: Json, person: Person) -> Json:
        await self._sandbox.open_home(person.id, "home" if body["tab"] == "home" else "messages")
        return {}

    async def _dismiss(self, body: Json, person: Person) -> Json:
        self._marks.dismissed.add((person.id, str(body["ts"])))
        self._world.activity.touch()
        return {}

    async def _advance(self, body: Json, _person: Person) -> Json:
        self._sandbox.advance(float(body["seconds"]))
        return {}

    async def _jump(self, body: Json, person: Person) -> Json:
        """To a wall time in the person's zone."""
        try:
            moment = datetime.fromisoformat(str(body["to"])).replace(tzinfo=ZoneInfo(person.tz))
        except ValueError:
            raise UserError("Give a date and a time.") from None
        self._sandbox.jump_to(moment)
        return {}

    async def _snooze(self, body: Json, person: Person) -> Json:
        """For some minutes, or until nine in the morning of the person's next day."""
        if body["value"] == "morning":
            now = self._world.clock.now().astimezone(ZoneInfo(person.tz))
            nine = datetime.combine(now.date() + timedelta(days=1), time(9), now.tzinfo)
            self._sandbox.changes.snooze(person.id, (nine.timestamp() - now.timestamp()) / 60)
        else:
            self._sandbox.changes.snooze(person.id, float(body["value"]))
        return {}

    async def _presence(self, body: Json, person: Person) -> Json:
        self._sandbox.changes.presence(person.id, body["value"])
        return {}

    async def _stop(self, body: Json, person: Person) -> Json:
        await self._sandbox.stop_session(person.id, body["channel"], body["thread"])
        return {}

    async def _next(self, _body: Json, _person: Person) -> Json:
        self._sandbox.jump_to_next()
        return {}
