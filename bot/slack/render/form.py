"""Forms: modals with inputs. What stands in them comes back as `form_fields.Fields`."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from bot.slack.limits import TITLE
from bot.slack.render.parts import Block, Element, option
from bot.slack.render.text import plain

LONGEST_INPUT = 3000
_SUBMIT = 24


def form(callback_id: str, title: str, submit: str, blocks: Sequence[Block], metadata: str) -> dict[str, Any]:
    """The view of a form; `metadata` comes back with what was filled in."""
    return {
        "type": "modal",
        "callback_id": callback_id,
        "title": _plain(title, TITLE),
        "submit": _plain(submit, _SUBMIT),
        "close": _plain("Cancel"),
        "private_metadata": metadata,
        "blocks": list(blocks),
    }


def field(name: str, label: str, element: Element, *, optional: bool = True, hint: str = "") -> Block:
    """An input that is called `name` when it comes back."""
    block: Block = {
        "type": "input",
        "block_id": name,
        "label": _plain(label, 200),
        "element": {**element, "action_id": element.get("action_id", f"steward.field.{name}")},
        "optional": optional,
    }
    return {**block, "hint": _plain(hint, 200)} if hint else block


def text_input(
    initial: str | None = None, *, most: int = LONGEST_INPUT, lines: bool = False, hint: str = ""
) -> Element:
    """`initial` stands there as it is: an input shows text, not markup. What is too long for it is left out."""
    element: Element = {"type": "plain_text_input", "multiline": lines, "max_length": most}
    if initial and len(initial) <= most:
        element["initial_value"] = initial
    return {**element, "placeholder": _plain(hint, 150)} if hint else element


def choice(labels: Mapping[str, str], initial: str | None, *, radio: bool = False) -> Element:
    """A select, or radio buttons, of values with their labels."""
    options = {value: option(label, value) for value, label in labels.items()}
    element: Element = {"type": "radio_buttons" if radio else "static_select", "options": list(options.values())}
    return {**element, "initial_option": options[initial]} if initial in options else element


def search(action_id: str, initial: Element | None, hint: str) -> Element:
    """A search whose options come from us while somebody types."""
    element: Element = {
        "type": "external_select",
        "action_id": action_id,
        "min_query_length": 2,
        "placeholder": _plain(hint, 150),
    }
    return {**element, "initial_option": initial} if initial else element


def day_input(initial: date | None = None) -> Element:
    element: Element = {"type": "datepicker"}
    return {**element, "initial_date": initial.isoformat()} if initial else element


def time_input(initial: time) -> Element:
    return {"type": "timepicker", "initial_time": f"{initial:%H:%M}"}


def checks(labels: Mapping[str, str], initial: Collection[str]) -> Element:
    """Boxes to tick, ten at most."""
    options = {value: option(label, value) for value, label in labels.items()}
    ticked = [one for value, one in options.items() if value in initial]
    element: Element = {"type": "checkboxes", "options": list(options.values())}
    return {**element, "initial_options": ticked} if ticked else element


def moment_input(initial: datetime) -> Element:
    """Slack shows it on the clock of whoever looks."""
    return {"type": "datetimepicker", "initial_date_time": int(initial.timestamp())}


def person_input(initial: str | None = None) -> Element:
    """Somebody of the workspace, by their Slack id."""
    element: Element = {"type": "users_select"}
    return {**element, "initial_user": initial} if initial else element


def channel_input() -> Element:
    """A channel, by its Slack id; direct conversations are not offered."""
    kinds = ["public", "private"]
    return {"type": "conversations_select", "filter": {"include": kinds, "exclude_bot_users": True}}


def _plain(text: str, most: int = 75) -> Element:
    return {"type": "plain_text", "text": plain(text, most), "emoji": False}
