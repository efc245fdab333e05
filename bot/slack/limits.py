"""Slack's limits in one place: messages are made to fit before they are sent, and checked.

Renderers stay far below these numbers on purpose; this is the net under them. Numbers: facts, slack, (b).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

from bot.slack.render.parts import Block, Message
from bot.slack.render.text import cut

MESSAGE_BLOCKS: Final = 50
VIEW_BLOCKS: Final = 100
TITLE: Final = 24
TEXT: Final = 4000
SECTION_TEXT: Final = 3000
FIELDS: Final = 10
FIELD_TEXT: Final = 2000
CONTEXT_ELEMENTS: Final = 10
ACTIONS: Final = 25
LABEL: Final = 75
BUTTON_VALUE: Final = 2000
URL: Final = 3000
ID: Final = 255
OPTIONS: Final = 100
OPTION_VALUE: Final = 150
PLACEHOLDER: Final = 150


class LimitError(ValueError):
    """A message that Slack would refuse; the message of this error names each block and limit."""


def fit(message: Message, blocks: int = MESSAGE_BLOCKS) -> Message:
    """The message within Slack's limits. Texts are shortened, surplus and empty blocks left out, the last block
    (the buttons) kept. Raises `LimitError` when something is left that cannot be shortened."""
    if next(violations(message, blocks), None) is None:
        return message  # nearly always
    fitted = [_fit_block(block) for block in message.blocks if block.get("elements", True)]
    if len(fitted) > blocks:
        fitted = [*fitted[: blocks - 1], fitted[-1]]
    result = replace(message, text=shorten(message.text, TEXT) or "—", blocks=tuple(fitted))
    wrong = list(violations(result, blocks))
    if wrong:
        raise LimitError("; ".join(wrong))
    return result


def shorten(text: str, length: int) -> str:
    """`cut` for escaped mrkdwn: never inside an entity."""
    if len(text) <= length:
        return text
    short = cut(text, length)
    start = short.rfind("&")
    return f"{short[:start]}…" if start >= 0 and ";" not in short[start:] else short


def _fit_text(text: dict[str, Any], length: int) -> dict[str, Any]:
    return {**text, "text": shorten(text["text"], length) or "—"}


def _fit_block(block: Block) -> Block:
    fitted = dict(block)
    match block["type"]:
        case "section":
            if "text" in block:
                fitted["text"] = _fit_text(block["text"], SECTION_TEXT)
            if "fields" in block:
                fitted["fields"] = [_fit_text(field, FIELD_TEXT) for field in block["fields"][:FIELDS]]
            if "accessory" in block:
                fitted["accessory"] = _fit_element(block["accessory"])
        case "context":
            fitted["elements"] = [_fit_text(element, FIELD_TEXT) for element in block["elements"][:CONTEXT_ELEMENTS]]
        case "actions":
            fitted["elements"] = [_fit_element(element) for element in block["elements"][:ACTIONS]]
    return fitted


def _fit_element(element: dict[str, Any]) -> dict[str, Any]:
    fitted = dict(element)
    if "text" in element:
        fitted["text"] = _fit_text(element["text"], LABEL)
    if "placeholder" in element:
        fitted["placeholder"] = _fit_text(element["placeholder"], PLACEHOLDER)
    if "options" in element:
        fitted["options"] = [fit_option(option) for option in element["options"][:OPTIONS]]
    return fitted


def fit_option(option: dict[str, Any]) -> dict[str, Any]:
    fitted = {**option, "text": _fit_text(option["text"], LABEL)}
    if "description" in option:
        fitted["description"] = _fit_text(option["description"], LABEL)
    return fitted


def violations(message: Message, blocks: int = MESSAGE_BLOCKS) -> Iterator[str]:
    """What Slack would refuse, one sentence each."""
    if not 0 < len(message.text) <= TEXT:
        yield f"text has {len(message.text)} characters"
    if len(message.blocks) > blocks:
        yield f"{len(message.blocks)} blocks, at most {blocks}"
    named = [block["block_id"] for block in message.blocks if "block_id" in block]
    if len(named) != len(set(named)):
        yield "two blocks share a block_id"
    for index, block in enumerate(message.blocks):
        for problem in _block_violations(block):
            yield f"block {index} ({block['type']}): {problem}"


def _block_violations(block: Block) -> Iterator[str]:
    yield from _too_long("block_id", block.get("block_id", "-"), ID)
    if "text" in block:
        yield from _too_long("text", block["text"]["text"], SECTION_TEXT)
    if len(block.get("fields", ())) > FIELDS:
        yield f"{len(block['fields'])} fields"
    for field in block.get("fields", ()):
        yield from _too_long("field", field["text"], FIELD_TEXT)
    if block["type"] == "rich_text":
        return  # text as it is, in pieces that we cut
    elements = [*block.get("elements", ()), *([block["accessory"]] if "accessory" in block else [])]
    if block["type"] in ("actions", "context") and not elements:
        yield "no elements"
    if len(elements) > (ACTIONS if block["type"] == "actions" else CONTEXT_ELEMENTS):
        yield f"{len(elements)} elements"
    actions = [element["action_id"] for element in elements if "action_id" in element]
    if len(actions) != len(set(actions)):
        yield "two elements share an action_id"
    for element in elements:
        yield from _element_violations(element)


def _element_violations(element: dict[str, Any]) -> Iterator[str]:
    if element["type"] in ("mrkdwn", "plain_text"):
        yield from _too_long("text", element["text"], FIELD_TEXT)
        return
    yield from _too_long("action_id", element["action_id"], ID)
    yield from _too_long("value", element.get("value", "-"), BUTTON_VALUE)
    yield from _too_long("url", element.get("url", "-"), URL)
    for part, most in (("text", LABEL), ("placeholder", PLACEHOLDER)):
        if part in element:
            yield from _too_long(part, element[part]["text"], most)
    if "options" in element and not 0 < len(element["options"]) <= OPTIONS:
        yield f"{len(element['options'])} options"
    for option in element.get("options", ()):
        yield from _too_long("option", option["text"]["text"], LABEL)
        yield from _too_long("option value", option["value"], OPTION_VALUE)
        if "description" in option:
            yield from _too_long("option description", option["description"]["text"], LABEL)


def _too_long(what: str, text: str, length: int) -> tuple[str, ...]:
    return () if 0 < len(text) <= length else (f"{what} has {len(text)} characters, 1 to {length} allowed",)
