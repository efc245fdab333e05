"""What can be done with a reminder: the buttons of a message, and the menu of a line."""

from __future__ import annotations

from bot.domain.ids import parse_id
from bot.services.results.matters import Matter
from bot.slack.asks import Card
from bot.slack.deeds import MENU, Deed, Pause, action_of, block_of, menu_value
from bot.slack.render.parts import Block, Element, actions, button, option
from bot.slack.render.text import plain
from bot.slack.values import OPEN

PAUSES: dict[Pause, str] = {
    "morning": "Next business morning",
    "3 days": "In 3 business days",
    "monday": "Next Monday",
    "date": "Pick a date…",
}
_SETTLED: dict[str, tuple[Deed, str]] = {"promise": ("kept", "Kept")}
_DONE: tuple[Deed, str] = ("done", "Done")


def bar(matter: Matter) -> Block:
    """The buttons of a message about this alone."""
    if matter.acted is not None:
        undo = [_button("Undo", "undo", matter)] if matter.acted.undoable else []
        return actions([*undo, *_opener(matter), _menu(matter, ["why"])], block_of(matter.id))
    deed, label = _SETTLED.get(matter.rule, _DONE)
    elements = [_button(label, deed, matter, primary=True), _snooze(), _reassign()]
    if matter.rule == "renewal":
        elements.append(_button("Not renewing", "ending", matter))
    return actions([*elements, *_opener(matter), _menu(matter, _more(matter))], block_of(matter.id))


def line_menu(matter: Matter) -> Element:
    """The menu beside a line: what can be done with one touch."""
    if matter.acted is not None:
        return _button("Undo", "undo", matter) if matter.acted.undoable else _menu(matter, ["open", "why"])
    deed, _ = _SETTLED.get(matter.rule, _DONE)
    options = [
        _line(matter, deed),
        option(f"Snooze: {PAUSES['morning'].lower()}", menu_value("snooze", matter.id, "morning")),
        option("Snooze: pick a date…", menu_value("snooze", matter.id, "date")),
        *([_line(matter, "ending")] if matter.rule == "renewal" else []),
        *([_line(matter, "open")] if matter.subject is not None else []),
        _line(matter, "why"),
    ]
    return {"type": "overflow", "action_id": MENU, "options": options[:5]}


_LABELS: dict[Deed, str] = {
    "done": "Done",
    "kept": "Kept",
    "missed": "Missed",
    "cancelled": "No longer needed",
    "snooze": "Snooze",
    "reassign": "Hand to…",
    "ending": "Not renewing…",
    "open": "Open account",
    "why": "Why this?",
    "undo": "Undo",
    "delete": "Never again",
}


def _more(matter: Matter) -> list[Deed]:
    match matter.rule:
        case "promise":
            return ["missed", "cancelled", "why"]
        case "own":
            return ["delete", "why"] if matter.next_at is not None else ["why"]
        case _:
            return ["why"]


def _menu(matter: Matter, deeds: list[Deed]) -> Element:
    return {"type": "overflow", "action_id": MENU, "options": [_line(matter, deed) for deed in deeds]}


def _line(matter: Matter, deed: Deed) -> Element:
    return option(_LABELS[deed], menu_value(deed, matter.id))


def _button(label: str, deed: Deed, matter: Matter, *, primary: bool = False) -> Element:
    element: Element = {
        "type": "button",
        "text": {"type": "plain_text", "text": plain(label), "emoji": False},
        "action_id": action_of(deed),
        "value": matter.id,
    }
    return {**element, "style": "primary"} if primary else element


def _snooze() -> Element:
    return {
        "type": "static_select",
        "action_id": action_of("snooze"),
        "placeholder": {"type": "plain_text", "text": "Snooze", "emoji": False},
        "options": [option(label, pause) for pause, label in PAUSES.items()],
    }


def _reassign() -> Element:
    return {
        "type": "users_select",
        "action_id": action_of("reassign"),
        "placeholder": {"type": "plain_text", "text": "Reassign", "emoji": False},
    }


def _opener(matter: Matter) -> list[Element]:
    account_id = parse_id(matter.subject.id) if matter.subject is not None else None
    return [button("Open", OPEN, Card(account_id))] if account_id is not None else []
