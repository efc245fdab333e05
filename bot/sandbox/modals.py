"""Filling in, submitting and closing modals, and what the app's answer does to the stack."""

from typing import Any

from bot.sandbox import payloads
from bot.sandbox.api.surfaces import carry_picks, check_view, seed_picks
from bot.sandbox.delivery import Ack, Delivery, UndeliveredError
from bot.sandbox.elements_at import find_spot, spots
from bot.sandbox.entries import check_input, value_of
from bot.sandbox.errors import Json, SlackError, UserError
from bot.sandbox.people_acts import TROUBLE, People, Turn
from bot.sandbox.views import View
from bot.sandbox.workspace import Person

ACTIONS = ("errors", "update", "push", "clear")


class Modals:
    def __init__(self, people: People) -> None:
        self._people = people
        self._world = people.world

    def _top(self, person: Person) -> View:
        view = self._world.views.top(person.id)
        if view is None:
            raise UserError(f"{person.real_name} has no modal open.")
        return view

    def fill(self, user: str, values: dict[str, Any]) -> View:
        """Set inputs of the top modal by action id, block id or label; nothing is sent."""
        person = self._people.who(user)
        view = self._top(person)
        for key, choice in values.items():
            spot = find_spot(view.body["blocks"], key, person.id)
            if spot is None:
                raise UserError(f"The modal has no input {key!r}.")
            offer = self._people.offer(person, spot, view.picks)
            view.picks.setdefault(spot.block_id, {})[spot.action_id] = value_of(spot.element, choice, offer)
        return view

    def submit(self, user: str, values: dict[str, Any] | None = None) -> Turn:
        """Press the submit button; input the client itself refuses raises UserError and sends nothing."""
        person = self._people.who(user)
        view = self.fill(user, values or {})
        if view.body.get("submit") is None:
            raise UserError("This modal has no submit button.")
        for spot in spots(view.body["blocks"], person.id):
            if spot.is_input and (
                complaint := check_input(spot, view.picks.get(spot.block_id, {}).get(spot.action_id))
            ):
                raise UserError(f"{spot.label}: {complaint}")
        delivery = Delivery("interactive", "view_submission", payloads.view_submission(self._world, person, view))
        task = self._people.dispatcher.start("view_submission", self._submit(delivery, person, view))
        return Turn(tasks=[task])

    async def _submit(self, delivery: Delivery, person: Person, view: View) -> None:
        try:
            ack = await self._people.dispatcher.attempt(delivery)
        except UndeliveredError:
            view.notice = TROUBLE
            self._world.activity.touch()
            return
        try:
            self._apply(ack, person, view)
        except SlackError as problem:
            view.notice = TROUBLE
            detail = problem.detail.get("response_metadata") or problem.detail
            self._world.fail("bad_ack", view.body.get("callback_id") or "view_submission", f"{problem.code}: {detail}")

    def _apply(self, ack: Ack, person: Person, view: View) -> None:
        """Honour response_action; an empty ack closes this view."""
        body, views = ack.body, self._world.views
        action = body.get("response_action")
        view.errors, view.notice = {}, ""
        if not body:
            self._close(person, view)
        elif action not in ACTIONS:
            raise SlackError("invalid_response_action", given=body)
        elif action == "clear":
            views.clear(person.id)
        elif action == "errors":
            view.errors = self._checked_errors(view, body.get("errors"))
        elif action == "update":
            views.update(view, check_view(self._world, body.get("view"), "modal"))
            view.picks = carry_picks(view.body, view.picks)
        else:
            pushed = views.push(person.id, check_view(self._world, body.get("view"), "modal"))
            pushed.picks = seed_picks(pushed.body)
        self._world.activity.touch()

    def _close(self, person: Person, view: View) -> None:
        stack = self._world.views.stack(person.id)
        if view in stack:
            del stack[stack.index(view) :]

    def _checked_errors(self, view: View, errors: object) -> dict[str, str]:
        inputs = {block["block_id"] for block in view.body["blocks"] if block["type"] == "input"}
        if not isinstance(errors, dict) or not errors or not set(errors) <= inputs:
            raise SlackError("invalid_errors", given=errors, inputs=sorted(inputs))
        return {str(block): str(text) for block, text in errors.items()}

    def close(self, user: str, *, everything: bool = False) -> Turn:
        """Press Close (or the corner's cross, which closes the whole stack)."""
        person = self._people.who(user)
        view = self._top(person)
        cleared = everything or bool(view.body.get("clear_on_close"))
        gone = list(reversed(self._world.views.stack(person.id))) if cleared else [view]
        turn = Turn()
        for one in gone:
            self._world.views.pop(person.id)
            if one.body.get("notify_on_close"):
                payload: Json = payloads.view_closed(self._world, person, one, cleared=cleared)
                work = self._notify(Delivery("interactive", "view_closed", payload))
                turn.tasks.append(self._people.dispatcher.start("view_closed", work))
        self._world.activity.touch()
        return turn

    async def _notify(self, delivery: Delivery) -> None:
        try:
            await self._people.dispatcher.attempt(delivery)
        except UndeliveredError:
            return  # recorded by the dispatcher; nobody is left to be told
