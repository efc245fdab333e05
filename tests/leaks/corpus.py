"""What can be touched in all that the bot showed: its buttons, menus, searches and forms, as payloads carry them.

They are taken from what somebody was shown who may see everything, and then touched by others: a button grants nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bot.services.errors import BadInput
from bot.slack.app import _ACTIONS
from bot.slack.values import MENU, decode_menu

Json = dict[str, Any]
MOST = 8
"""Different touches kept of one kind."""
_IDS = re.compile(r"[0-9a-z]{12,13}|\d+")


@dataclass(frozen=True, slots=True)
class Touch:
    """`view` is what the element stood in, None for a message."""

    action: Json
    view: Json | None


@dataclass
class Corpus:
    """`hidden` is how buttons name the account that nobody else may see. By registered id: touches, and forms."""

    hidden: str
    touches: dict[str, list[Touch]] = field(default_factory=dict)
    views: dict[str, list[Json]] = field(default_factory=dict)
    _at: dict[str, int] = field(default_factory=dict)
    _fresh: list[tuple[str, Touch | Json]] = field(default_factory=list)

    def fresh(self) -> Corpus:
        """What was found since this was asked last."""
        found = Corpus(self.hidden)
        for name, one in self._fresh:
            if isinstance(one, Touch):
                found.touches.setdefault(name, []).append(one)
            else:
                found.views.setdefault(name, []).append(one)
        self._fresh = []
        return found

    def read(self, body: Json) -> None:
        """Whatever can be touched in something that the bot sent."""
        view = body.get("view")
        shown = view if isinstance(view, dict) else None
        if shown is not None and shown.get("type") == "modal":
            name = str(shown.get("callback_id"))
            self._keep(self.views.setdefault(name, []), name, shown, f"{name} {shown}")
        for block in (shown or body).get("blocks") or ():
            for element in _elements(block):
                for action in self._actions(element, str(block.get("block_id") or "b")):
                    self._touch(action, shown)

    def _touch(self, action: Json, view: Json | None) -> None:
        one = Touch(action, view)
        for name in {_registered(action["action_id"]), *_inner(action)}:
            self._keep(self.touches.setdefault(name, []), name, one, f"{name} {action}")

    def _keep(self, held: list[Any], name: str, one: Any, text: str) -> None:
        """One of a kind: the first, or the first that names the hidden account."""
        kind = _IDS.sub("#", text)
        at = self._at.get(kind)
        if at is None and (len(held) < MOST or name == MENU):
            self._at[kind] = len(held)
            held.append(one)
            self._fresh.append((name, one))
        elif at is not None and self.hidden in text and self.hidden not in str(held[at]):
            held[at] = one
            self._fresh.append((name, one))

    def _actions(self, element: Json, block_id: str) -> Iterator[Json]:
        base = {"type": element["type"], "action_id": element["action_id"], "block_id": block_id}
        match element["type"]:
            case "button":
                yield base | {"value": element.get("value", "")}
            case "feedback_buttons":
                yield from (base | {"value": element[f"{one}_button"]["value"]} for one in ("positive", "negative"))
            case "overflow" | "static_select" | "radio_buttons":
                groups = element.get("option_groups") or [{"options": element.get("options") or ()}]
                yield from (base | {"selected_option": one} for group in groups for one in group["options"])
            case "external_select":
                option = {"text": {"type": "plain_text", "text": "?"}, "value": self.hidden}
                yield base | {"selected_option": option}
            case "users_select":
                yield base | {"selected_user": "U0JONAS"}
            case "datepicker":
                yield base | {"selected_date": "2026-04-01"}
            case "plain_text_input":
                yield base | {"value": "zq"}


def _registered(action_id: str) -> str:
    """The id under which the listener of an element is registered."""
    found = [one for one in _ACTIONS if action_id == one or action_id.startswith(f"{one}:")]
    return max(found, key=len, default=action_id)


def _inner(action: Json) -> Iterator[str]:
    """What the line of a menu does as a button."""
    if action["action_id"] == MENU:
        try:
            yield _registered(decode_menu(action["selected_option"]["value"])[0])
        except BadInput:
            return


def _elements(node: Any) -> Iterator[Json]:
    if isinstance(node, dict):
        if isinstance(node.get("action_id"), str):
            yield node
        for one in node.values():
            yield from _elements(one)
    elif isinstance(node, list):
        for one in node:
            yield from _elements(one)


def filled(view: Json, hidden: str, asker: str, channel: str) -> Json:
    """The values of a form that somebody filled in, about the account that is hidden wherever one is asked for."""
    values: Json = {}
    for block in view["blocks"]:
        if block["type"] == "input":
            element = block["element"]
            entry = _entry(element, hidden, asker, channel)
            values.setdefault(block["block_id"], {})[element["action_id"]] = {"type": element["type"], **entry}
    return values


def _entry(element: Json, hidden: str, asker: str, channel: str) -> Json:
    option = {"text": {"type": "plain_text", "text": "?"}, "value": hidden}
    options = element.get("options") or [
        one for group in element.get("option_groups") or () for one in group["options"]
    ]
    match element["type"]:
        case "static_select" | "radio_buttons":
            return {"selected_option": element.get("initial_option") or options[0]}
        case "external_select":
            return {"selected_option": element.get("initial_option") or option}
        case "checkboxes":
            return {"selected_options": element.get("initial_options") or []}
        case "multi_static_select" | "multi_external_select":
            return {"selected_options": element.get("initial_options") or []}
        case "users_select":
            return {"selected_user": asker}
        case "conversations_select" | "channels_select":
            kind = "selected_conversation" if element["type"] == "conversations_select" else "selected_channel"
            return {kind: channel}
        case "datepicker":
            return {"selected_date": element.get("initial_date") or date(2026, 4, 1).isoformat()}
        case "timepicker":
            return {"selected_time": element.get("initial_time") or "09:00"}
        case "datetimepicker":
            return {"selected_date_time": element.get("initial_date_time") or 1_772_618_000}
        case "number_input":
            return {"value": element.get("initial_value") or "40"}
    return {"value": element.get("initial_value") or "friday 9:00"}
