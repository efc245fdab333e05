"""Slack's limits for messages, views, option lists and stream chunks. Pure: a value in, violations out.

The per-block tables are in `blocks.py` and `elements.py`; what spans several blocks is here."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from bot.sandbox.blocks import BLOCK, cell_text
from bot.sandbox.elements import GROUP, ID, OPTION
from bot.sandbox.shapes import Arr, Bool, Enum, Obj, Shape, Str, Text, Typed, Violation, Violations, one_of

MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
VIEW_BYTES = 250_000
MARKDOWN_TOTAL = 12_000
TABLE_TOTAL = 10_000
DATA_TABLE_TOTAL = 20_000
TEXT_MAX = 40_000
UPDATE_TEXT_MAX = 4_000
METADATA_BYTES = 8_000  # Slack names no number for metadata_too_large; a generous guess keeps the error reachable

_TITLE = Text(24, mrkdwn=False)
_COMMON: dict[str, Shape] = {
    "type": Str(),
    "blocks": Arr(BLOCK, 1, VIEW_BLOCKS),
    "private_metadata": Str(3000),
    "callback_id": ID,
    "external_id": ID,
}
_MODAL = Obj(
    _COMMON
    | {"title": _TITLE, "submit": _TITLE, "close": _TITLE, "clear_on_close": Bool(), "notify_on_close": Bool()}
    | {"submit_disabled": Bool()},
    ("type", "title", "blocks"),
)
_HOME = Obj(_COMMON, ("type", "blocks"))
_SOURCE = Obj({"type": Enum(("url",)), "url": Str(), "text": Str()}, ("type", "url", "text"))
_CHUNKS: dict[str, Shape] = {
    "markdown_text": Obj({"type": Str(), "text": Str(MARKDOWN_TOTAL)}, ("type", "text")),
    "task_update": Obj(
        {
            "type": Str(),
            "id": Str(least=1),
            "title": Str(256),
            "status": Enum(("pending", "in_progress", "complete", "error")),
            "details": Str(256),
            "output": Str(256),
            "sources": Arr(_SOURCE),
        },
        ("type", "id", "title", "status"),
    ),
    "plan_update": Obj({"type": Str(), "title": Str(256)}, ("type", "title")),
    "blocks": Obj({"type": Str(), "blocks": Arr(BLOCK, 1, MESSAGE_BLOCKS)}, ("type", "blocks")),
}


def check_blocks(blocks: object, at: str = "/blocks", *, most: int = MESSAGE_BLOCKS) -> list[Violation]:
    """Every violation of a message's blocks."""
    found = [*Arr(BLOCK, 0, most).check(blocks, at)]
    return found or [*_across(blocks, at)]


def check_view(view: object, at: str = "/view") -> list[Violation]:
    """Every violation of a modal or Home view, `submit` and the surface of each block included."""
    kind = view.get("type") if isinstance(view, dict) else None
    if not isinstance(view, dict):
        return [Violation(at, "must provide an object")]
    if kind not in ("modal", "home"):
        return [Violation(f"{at}/type", f"unsupported type: {kind}")]
    found = [*(_MODAL if kind == "modal" else _HOME).check(view, at)]
    if found:
        return found
    blocks = view["blocks"]
    has_input = any(block["type"] == "input" for block in blocks)
    if kind == "modal" and has_input and view.get("submit") is None:
        found.append(Violation(f"{at}/submit", "must be provided when there is an input block"))
    return [*found, *_across(blocks, f"{at}/blocks")]


def view_too_large(view: object) -> bool:
    return len(json.dumps(view, ensure_ascii=False).encode()) > VIEW_BYTES


def check_options(payload: object, at: str = "") -> list[Violation]:
    """An answer to `block_suggestion`: up to 100 options, or 100 groups of 100; an empty list is fine."""
    shape = Obj(
        {"options": Arr(OPTION, 0, 100), "option_groups": Arr(GROUP, 0, 100)}, (), (one_of("options", "option_groups"),)
    )
    return [*shape.check(payload, at)]


def check_chunks(chunks: object, at: str = "/chunks") -> list[Violation]:
    return [*Arr(Typed(_CHUNKS, noun="chunk")).check(chunks, at)]


def check_metadata(metadata: object, at: str = "/metadata") -> list[Violation]:
    """Message metadata: an event type and a flat-ish payload of strings, numbers, booleans and flat objects."""
    if not isinstance(metadata, dict):
        return [Violation(at, "must provide an object")]
    unknown = set(metadata) - {"event_type", "event_payload", "entities"}
    found = [Violation(f"{at}/{key}", f"invalid additional property: {key}") for key in sorted(unknown)]
    if "entities" not in metadata:
        found += [*Str(least=1).check(metadata.get("event_type"), f"{at}/event_type")]
        payload = metadata.get("event_payload")
        if not isinstance(payload, dict):
            return [*found, Violation(f"{at}/event_payload", "must provide an object")]
        found += [*_flat(payload, f"{at}/event_payload", depth=0)]
    return found


def _flat(payload: dict[str, Any], at: str, depth: int) -> Violations:
    for key, value in payload.items():
        if isinstance(value, dict) and depth < 1:
            yield from _flat(value, f"{at}/{key}", depth + 1)
        elif isinstance(value, list) and depth < 1 and all(isinstance(one, (str, int, float, bool)) for one in value):
            continue
        elif not isinstance(value, (str, int, float, bool)):
            yield Violation(f"{at}/{key}", "must be a string, number, boolean or flat object")


def metadata_too_large(metadata: object) -> bool:
    return len(json.dumps(metadata, ensure_ascii=False).encode()) > METADATA_BYTES


def _across(blocks: object, at: str) -> Violations:
    listed: Sequence[Any] = blocks if isinstance(blocks, list) else []
    yield from _unique_block_ids(listed, at)
    for index, block in enumerate(listed):
        yield from _unique_action_ids(block, f"{at}/{index}")
    yield from _totals(listed, at)
    focused = [pointer for pointer, element in elements_of(listed, at) if element.get("focus_on_load")]
    for pointer in focused[1:]:
        yield Violation(f"{pointer}/focus_on_load", "only one element may be focused on load")


def elements_of(blocks: Sequence[Any], at: str = "/blocks") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every element of these blocks, nested ones included, with its pointer."""
    for index, block in enumerate(blocks):
        base = f"{at}/{index}"
        for key in ("accessory", "element"):
            if isinstance(block.get(key), dict):
                yield f"{base}/{key}", block[key]
        for key in ("elements", "actions"):
            parts = block.get(key) if isinstance(block.get(key), list) else []
            if block.get("type") == "carousel":
                yield from elements_of(parts or [], f"{base}/{key}")
            elif block.get("type") != "rich_text":
                yield from ((f"{base}/{key}/{n}", part) for n, part in enumerate(parts or []) if isinstance(part, dict))
        if isinstance(block.get("child_blocks"), list):
            yield from elements_of(block["child_blocks"], f"{base}/child_blocks")


def _unique_block_ids(blocks: Sequence[Any], at: str) -> Violations:
    seen: set[str] = set()
    for index, block in enumerate(blocks):
        block_id = block.get("block_id")
        if block_id and block_id in seen:
            yield Violation(f"{at}/{index}/block_id", f"`{block_id}` already exists")
        seen.add(block_id or "")


def _unique_action_ids(block: dict[str, Any], at: str) -> Violations:
    seen: set[str] = set()
    for pointer, element in elements_of([block], at):
        action_id = element.get("action_id")
        if action_id and action_id in seen:
            # elements_of counted the lone block as index 0; the pointer is the block's own
            yield Violation(pointer.replace(f"{at}/0", at, 1) + "/action_id", f"`{action_id}` already exists")
        seen.add(action_id or "")


def _totals(blocks: Sequence[Any], at: str) -> Violations:
    def of(kind: str) -> list[tuple[int, dict[str, Any]]]:
        return [(index, block) for index, block in enumerate(blocks) if block["type"] == kind]

    markdown, tables, data, charts = of("markdown"), of("table"), of("data_table"), of("data_visualization")
    if markdown and sum(len(block["text"]) for _, block in markdown) > MARKDOWN_TOTAL:
        yield Violation(
            f"{at}/{markdown[-1][0]}/text",
            f"markdown blocks must be less than {MARKDOWN_TOTAL + 1} characters in total",
        )
    if len(tables) > 1:
        yield Violation(f"{at}/{tables[1][0]}", "only one table allowed per message")
    for found, most in ((tables, TABLE_TOTAL), (data, DATA_TABLE_TOTAL)):
        if found and sum(len(cell_text(block["rows"])) for _, block in found) > most:
            yield Violation(f"{at}/{found[-1][0]}/rows", f"table text must be less than {most + 1} characters in total")
    if len(charts) > 2:
        yield Violation(f"{at}/{charts[2][0]}", "no more than 2 data visualizations allowed per message")
