"""What can be done with a reminder: the buttons of a message, and the menu of a line."""

from __future__ import annotations

from bot.domain.ids import parse_id
from bot.services.results.matters import Matter
from bot.slack.asks import Card
from bot.slack.deeds import Deed, Pause, block_of, deed_id, snooze_value
from bot.slack.render.parts import Block, Element, actions, button, option
from bot.slack.render.text import plain
from bot.slack.values import MENU, OPEN, encode, menu_value

PAUSES: dict[Pause, str] = {
    "morning": "Next business morning",
    "3 days": "In 3 business days",
    "monday": "Next Monday",
    "date": "Pick a date…",
}
_LABELS: dict[Deed, str] = {
    "done": "Done",
    "kept": "Kept",
    "missed": "Missed",
    "cancelled": "No longer needed",
    "ending": "Not renewing…",
    "why": "Why this?",
    "undo": "Undo",
    "never": "Never again",
    "to me": "Send it to me instead",
}


def bar(matter: Matter) -> Block:
    """The buttons of a message about this alone."""
    if matter.acted is not None:
        undo = [_button(matter, "undo")] if matter.acted.undoable else []
        return actions([*undo, *_opener(matter), _menu([_line(matter, "why")])], block_of(matter.id))
    first = _button(matter, _settling(matter), primary=True)
    if matter.rule == "notice":
        held = [_button(matter, "to me")] if matter.state == "held" else []
        return actions([first, *held, *_opener(matter)], block_of(matter.id))
    ending = [_button(matter, "ending")] if matter.rule == "renewal" else []
    elements = [first, _snooze(), _reassign(), *ending, *_opener(matter)]
    return actions([*elements, _menu([_line(matter, deed) for deed in _more(matter)])], block_of(matter.id))


def line_menu(matter: Matter) -> Element:
    """The menu beside a line: what can be done with one touch."""
    if matter.acted is not None:
        return _button(matter, "undo") if matter.acted.undoable else _menu([*_open_line(matter), _line(matter, "why")])
    return _menu(
        [
            _line(matter, _settling(matter)),
            _snooze_line(matter, "morning"),
            *([_line(matter, "ending")] if matter.rule == "renewal" else [_snooze_line(matter, "date")]),
            *_open_line(matter),
            _line(matter, "why"),
        ]
    )


def _settling(matter: Matter) -> Deed:
    return "kept" if matter.rule == "promise" else "done"


def _more(matter: Matter) -> list[Deed]:
    match matter.rule:
        case "promise":
            return ["missed", "cancelled", "why"]
        case "own" if matter.next_at is not None:
            return ["never", "why"]
        case _:
            return ["why"]


def _menu(options: list[Element]) -> Element:
    return {"type": "overflow", "action_id": MENU, "options": options}


def _line(matter: Matter, deed: Deed) -> Element:
    return option(_LABELS[deed], menu_value(deed_id(deed), matter.id))


def _snooze_line(matter: Matter, pause: Pause) -> Element:
    value = menu_value(deed_id("snooze"), snooze_value(matter.id, pause))
    return option(f"Snooze: {PAUSES[pause].lower()}", value)


def _open_line(matter: Matter) -> list[Element]:
    account_id = _account(matter)
    return [option("Open account", menu_value(OPEN, encode(Card(account_id))))] if account_id is not None else []


def _button(matter: Matter, deed: Deed, *, primary: bool = False) -> Element:
    element: Element = {
        "type": "button",
        "text": {"type": "plain_text", "text": plain(_LABELS[deed]), "emoji": False},
        "action_id": deed_id(deed),
        "value": matter.id,
    }
    return {**element, "style": "primary"} if primary else element


def _snooze() -> Element:
    return {
        "type": "static_select",
        "action_id": deed_id("snooze"),
        "placeholder": {"type": "plain_text", "text": "Snooze", "emoji": False},
        "options": [option(label, pause) for pause, label in PAUSES.items()],
    }


def _reassign() -> Element:
    return {
        "type": "users_select",
        "action_id": deed_id("reassign"),
        "placeholder": {"type": "plain_text", "text": "Reassign", "emoji": False},
    }


def _opener(matter: Matter) -> list[Element]:
    account_id = _account(matter)
    return [button("Open", OPEN, Card(account_id))] if account_id is not None else []


def _account(matter: Matter) -> int | None:
    return parse_id(matter.subject.id) if matter.subject is not None else None
