"""What can be done with a reminder: the buttons of a message, and the menu of a line."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from bot.domain.ids import parse_id
from bot.services.results.matters import Matter, MorningLine
from bot.slack.asks import Card
from bot.slack.deeds import Deed, Pause, block_of, deed_id, snooze_value
from bot.slack.log_values import LOG, Blank
from bot.slack.log_values import encode as encode_log
from bot.slack.own_values import PROMISE, Ending, EndPromise
from bot.slack.own_values import encode as encode_promise
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


@dataclass(frozen=True, slots=True)
class Handle:
    """What is needed to act on a reminder: its opaque id, its rule, its account, and whether something was done."""

    id: str
    rule: str
    account_id: int | None
    acted: bool
    undoable: bool


def handle_of(matter: Matter) -> Handle:
    account_id = parse_id(matter.subject.id) if matter.subject is not None else None
    acted = matter.acted
    return Handle(matter.id, matter.rule, account_id, acted is not None, acted is not None and acted.undoable)


def bar(matter: Matter) -> Block:
    """The buttons of a message about this alone."""
    one = handle_of(matter)
    if one.acted:
        undo = [_button(one, "undo")] if one.undoable else []
        return actions([*undo, *_opener(one), _menu([_line(one, "why")])], block_of(one.id))
    if matter.rule == "notice":
        held = [_button(one, "to me")] if matter.state == "held" else []
        return actions([_button(one, "done", primary=True), *held, *_opener(one)], block_of(one.id))
    first = [_logger(one)] if one.rule == "check-in" and one.account_id is not None else []
    first.append(_button(one, _settling(one), primary=not first))
    ending = [_button(one, "ending")] if one.rule == "renewal" else []
    again = matter.rule == "own" and matter.next_at is not None
    elements = [*first, _snooze(), _reassign(), *ending, *_opener(one)]
    return actions([*elements, _menu([_line(one, deed) for deed in _more(one, again=again)])], block_of(one.id))


def line_menu(one: Handle) -> Element:
    """The menu beside a line: what can be done with one touch."""
    if one.acted:
        return _button(one, "undo") if one.undoable else _menu([*_open_line(one), _line(one, "why")])
    return _menu([*_ways(one), _line(one, "why")])


def _ways(one: Handle) -> list[Element]:
    extra = {"renewal": _line(one, "ending"), "check-in": _log_line(one)}
    return [
        _line(one, _settling(one)),
        _snooze_line(one, "morning"),
        extra.get(one.rule) or _snooze_line(one, "date"),
        *_open_line(one),
    ]


def _with_undo(one: Handle, done: str) -> list[Element]:
    """The line leads with something else since somebody saw to what led before: that can be taken back."""
    return [*_ways(one), option("Undo what was done", menu_value(deed_id("undo"), done))]


def morning_menu(line: MorningLine) -> Element | None:
    """The menu beside a line of the morning message."""
    account_id = parse_id(line.account_id)
    if line.id is not None and line.rule is not None:
        acted = line.acted
        one = Handle(line.id, line.rule, account_id, acted is not None, bool(acted and acted.undoable))
        return line_menu(one) if acted is not None or line.undo is None else _menu(_with_undo(one, line.undo))
    promise_id = parse_id(line.promise) if line.promise is not None else None
    found = [] if promise_id is None else _endings(promise_id)
    if account_id is not None:
        found.append(_open_option(account_id))
    return _menu(found) if found else None


def _endings(promise_id: int) -> list[Element]:
    """How a promise without a reminder of its own can end."""
    ways: tuple[tuple[Deed, Ending], ...] = (("kept", "kept"), ("missed", "missed"), ("cancelled", "cancelled"))
    return [
        option(_LABELS[deed], menu_value(PROMISE, encode_promise(EndPromise(promise_id, ending))))
        for deed, ending in ways
    ]


def _settling(one: Handle) -> Deed:
    return "kept" if one.rule == "promise" else "done"


def _more(one: Handle, *, again: bool) -> list[Deed]:
    if one.rule == "promise":
        return ["missed", "cancelled", "why"]
    return ["never", "why"] if again else ["why"]


def _menu(options: list[Element]) -> Element:
    return {"type": "overflow", "action_id": MENU, "options": options}


def _line(one: Handle, deed: Deed) -> Element:
    return option(_LABELS[deed], menu_value(deed_id(deed), one.id))


def _snooze_line(one: Handle, pause: Pause) -> Element:
    value = menu_value(deed_id("snooze"), snooze_value(one.id, pause))
    return option(f"Snooze: {PAUSES[pause].lower()}", value)


def _log_line(one: Handle) -> Element | None:
    value = encode_log(Blank(one.account_id)) if one.account_id is not None else None
    return option("Log a touch…", menu_value(LOG, value)) if value is not None else None


def _open_line(one: Handle) -> list[Element]:
    return [_open_option(one.account_id)] if one.account_id is not None else []


def _open_option(account_id: int) -> Element:
    return option("Open account", menu_value(OPEN, encode(Card(account_id))))


def _button(one: Handle, deed: Deed, *, primary: bool = False) -> Element:
    return _press(_LABELS[deed], deed_id(deed), one.id, primary=primary)


def _logger(one: Handle) -> Element:
    """Logging a touch is what a check-in is for: it settles it, and the next one counts from there."""
    return _press("Log a touch", f"{LOG}:touch", encode_log(Blank(one.account_id)) or "", primary=True)


def _press(label: str, action_id: str, value: str, *, primary: bool) -> Element:
    text = {"type": "plain_text", "text": plain(label), "emoji": False}
    element: Element = {"type": "button", "text": text, "action_id": action_id, "value": value}
    return {**element, "style": "primary"} if primary else element


@cache
def _snooze() -> Element:
    return {
        "type": "static_select",
        "action_id": deed_id("snooze"),
        "placeholder": {"type": "plain_text", "text": "Snooze", "emoji": False},
        "options": [option(label, pause) for pause, label in PAUSES.items()],
    }


@cache
def _reassign() -> Element:
    return {
        "type": "users_select",
        "action_id": deed_id("reassign"),
        "placeholder": {"type": "plain_text", "text": "Reassign", "emoji": False},
    }


def _opener(one: Handle) -> list[Element]:
    return [button("Open", OPEN, Card(one.account_id))] if one.account_id is not None else []
