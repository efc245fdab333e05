"""A menu under what everybody in a channel sees, with which who asked takes it away again."""

from __future__ import annotations

from dataclasses import replace

from bot.slack.render.parts import Block, Element, Message, actions, option
from bot.slack.values import MENU, REMOVE, menu_value

_MOST_LINES, _MOST_ELEMENTS, _MOST_BLOCKS = 5, 25, 50


def removable(message: Message, asker: str) -> Message:
    """The same with *Remove* in the menu of its last row of buttons, or in a row of its own."""
    line = option("Remove this answer", menu_value(REMOVE, asker))
    blocks = list(message.blocks)
    for place in range(len(blocks) - 1, -1, -1):
        if blocks[place]["type"] == "actions":
            row = _with(blocks[place], line)
            if row is not None:
                blocks[place] = row
                return replace(message, blocks=tuple(blocks))
            break
    return replace(message, blocks=(*blocks[: _MOST_BLOCKS - 1], actions([_menu(line)])))


def _with(row: Block, line: Element) -> Block | None:
    """The row with the line in its menu; None when there is no room."""
    elements = list(row["elements"])
    for place, element in enumerate(elements):
        if element["type"] == "overflow" and element["action_id"] == MENU:
            if len(element["options"]) == _MOST_LINES:
                return None
            elements[place] = {**element, "options": [*element["options"], line]}
            return {**row, "elements": elements}
    return None if len(elements) == _MOST_ELEMENTS else {**row, "elements": [*elements, _menu(line)]}


def _menu(line: Element) -> Element:
    return {"type": "overflow", "action_id": MENU, "options": [line]}
