"""Block Kit blocks and the limits of each."""

from collections.abc import Mapping
from typing import Any

from bot.sandbox.elements import (
    ELEMENTS,
    ID,
    IMAGE,
    IMAGE_FIELDS,
    IN_ACTIONS,
    IN_INPUT,
    IN_SECTION,
    RICH_TEXT,
    URL,
)
from bot.sandbox.shapes import (
    Arr,
    Bool,
    Enum,
    Num,
    Obj,
    Rule,
    Shape,
    Str,
    Text,
    Typed,
    Violation,
    Violations,
    one_of,
    some_of,
)

BLOCKS: dict[str, Shape] = {}
PLAIN = Text(mrkdwn=False)
IN_CONTAINER = (
    "actions",
    "context",
    "divider",
    "file",
    "header",
    "image",
    "input",
    "rich_text",
    "section",
    "table",
    "video",
)


def _block(kind: str, fields: Mapping[str, Shape], required: str = "", rules: tuple[Rule, ...] = ()) -> None:
    BLOCKS[kind] = Obj({"type": Str(), "block_id": ID} | dict(fields), ("type", *required.split()), rules)


def _basic() -> None:
    section: dict[str, Shape] = {"text": Text(3000), "fields": Arr(Text(2000), 1, 10), "expand": Bool()}
    section["accessory"] = Typed(ELEMENTS, IN_SECTION)
    _block("section", section, rules=(some_of("text", "fields"),))
    _block("divider", {})
    _block("header", {"text": Text(150, mrkdwn=False)}, "text")
    _block("markdown", {"text": Str(12_000, 1)}, "text")
    _block(
        "image", IMAGE_FIELDS | {"title": Text(2000, mrkdwn=False)}, "alt_text", (one_of("image_url", "slack_file"),)
    )
    text: dict[str, Shape] = {"plain_text": PLAIN, "mrkdwn": Text(plain=False), "image": IMAGE}
    _block("context", {"elements": Arr(Typed(text), 1, 10)}, "elements")
    _block("actions", {"elements": Arr(Typed(ELEMENTS, IN_ACTIONS), 1, 25)}, "elements")
    feedback = Arr(Typed(ELEMENTS, ("feedback_buttons", "icon_button")), 1, 5)
    _block("context_actions", {"elements": feedback}, "elements")
    inputs: dict[str, Shape] = {"label": Text(2000, mrkdwn=False), "hint": Text(2000, mrkdwn=False)}
    inputs |= {"element": Typed(ELEMENTS, IN_INPUT), "dispatch_action": Bool(), "optional": Bool()}
    _block("input", inputs, "label element")
    BLOCKS["rich_text"] = RICH_TEXT
    _block("file", {"external_id": Str(), "source": Enum(("remote",))}, "external_id source")
    video: dict[str, Shape] = {"alt_text": Str(), "title": Text(199, mrkdwn=False), "title_url": URL, "video_url": URL}
    video |= {"thumbnail_url": URL, "author_name": Str(49), "provider_name": Str(), "provider_icon_url": URL}
    _block("video", video | {"description": PLAIN}, "alt_text title thumbnail_url video_url")


def _cards() -> None:
    status = Enum(("pending", "in_progress", "complete", "error"))
    source = Obj({"type": Enum(("url",)), "url": Str(), "text": Str()}, ("type", "url", "text"))
    task: dict[str, Shape] = {"task_id": Str(), "title": Str(), "status": status, "sources": Arr(source)}
    _block("task_card", task | {"details": RICH_TEXT, "output": RICH_TEXT}, "task_id title status")
    _block("plan", {"title": Str(), "tasks": Arr(Typed(BLOCKS, ("task_card",)))}, "title")
    level = Enum(("default", "info", "warning", "error", "success"))
    _block("alert", {"text": Text(), "level": level}, "text")
    card: dict[str, Shape] = {"title": Text(150, plain=False), "subtitle": Text(150, plain=False), "icon": IMAGE}
    card |= {"body": Text(200, plain=False), "hero_image": IMAGE, "actions": Arr(Typed(ELEMENTS, ("button",)))}
    _block("card", card, rules=(some_of("hero_image", "title", "actions", "body"),))
    _block("carousel", {"elements": Arr(Typed(BLOCKS, ("card",)), 1, 10)}, "elements")
    box: dict[str, Shape] = {"title": Text(150, mrkdwn=False), "rich_text_title": RICH_TEXT, "subtitle": Text(150)}
    box |= {"child_blocks": Arr(Typed(BLOCKS, IN_CONTAINER), 1, 10), "icon": IMAGE, "is_collapsible": Bool()}
    box |= {"default_collapsed": Bool(), "has_header_divider": Bool()}
    box |= {"width": Enum(("narrow", "standard", "wide", "full"))}
    _block("container", box, "child_blocks", (some_of("title", "rich_text_title"), _no_divider_when_collapsible))
    provider: dict[str, Shape] = {"value": Str(150), "name": Text(75), "is_connected": Bool(), "description": Text(150)}
    provider |= {"connected_identity": Text(75), "connected_context": Text(75), "icon_url": URL, "auth_url": URL}
    provider |= {"disconnect_url": URL, "accessory": Typed(ELEMENTS, ("overflow",))}
    _block("auth_provider", provider, "value name is_connected")


def _no_divider_when_collapsible(value: Mapping[str, Any], at: str) -> Violations:
    if value.get("is_collapsible") and value.get("has_header_divider"):
        yield Violation(f"{at}/has_header_divider", "cannot be set when is_collapsible is true")


def cell_text(cell: object) -> str:
    """The characters of a table cell, as counted against the table's limit."""
    if isinstance(cell, dict):
        own = cell.get("text")
        return (own if isinstance(own, str) else "") + cell_text(cell.get("elements"))
    return "".join(map(cell_text, cell)) if isinstance(cell, list) else ""


def _equal_rows(value: Mapping[str, Any], at: str) -> Violations:
    rows = value.get("rows")
    if isinstance(rows, list) and rows and isinstance(rows[0], list):
        for index, row in enumerate(rows):
            if isinstance(row, list) and len(row) != len(rows[0]):
                yield Violation(f"{at}/rows/{index}", "every row must have as many cells as the header")


def _plain_header(value: Mapping[str, Any], at: str) -> Violations:
    rows = value.get("rows")
    for index, cell in enumerate(rows[0] if isinstance(rows, list) and rows and isinstance(rows[0], list) else []):
        if isinstance(cell, dict) and cell.get("type") == "rich_text":
            yield Violation(f"{at}/rows/0/{index}/type", "unsupported type: rich_text")


def _tables() -> None:
    kind: dict[str, Shape] = {"type": Str()}
    cells: dict[str, Shape] = {
        "raw_text": Obj(kind | {"text": Str(least=1)}, ("type", "text")),
        "raw_number": Obj(kind | {"text": Str(least=1), "value": Num(whole=False)}, ("type", "text", "value")),
        "rich_text": RICH_TEXT,
    }
    column = Obj({"align": Enum(("left", "center", "right")), "is_wrapped": Bool()})
    table: dict[str, Shape] = {
        "rows": Arr(Arr(Typed(cells), 1, 20), 1, 100),
        "column_settings": Arr(_OrNull(column), 0, 20),
    }
    _block("table", table, "rows")
    data: dict[str, Shape] = {"rows": Arr(Arr(Typed(cells), 1, 20), 2, 201), "caption": Str(least=1)}
    data |= {"page_size": Num(1, 100), "row_header_column_index": Num(0, 19)}
    _block("data_table", data, "rows caption", (_equal_rows, _plain_header))


class _OrNull:
    """Column settings may skip a column with null."""

    def __init__(self, shape: Shape) -> None:
        self._shape = shape

    def check(self, value: object, at: str) -> Violations:
        if value is not None:
            yield from self._shape.check(value, at)


def _every_category(value: Mapping[str, Any], at: str) -> Violations:
    axis = value.get("axis_config")
    categories = axis.get("categories") if isinstance(axis, dict) else None
    for index, one in enumerate(value.get("series") or []):
        points = one.get("data") if isinstance(one, dict) else None
        if isinstance(categories, list) and isinstance(points, list):
            labels = [point.get("label") for point in points if isinstance(point, dict)]
            if sorted(map(str, labels)) != sorted(map(str, categories)):
                yield Violation(f"{at}/series/{index}/data", "must have exactly one point for every category")


def _charts() -> None:
    kind: dict[str, Shape] = {"type": Str()}
    number = Num(whole=False)
    segment = Obj({"label": Str(20, 1), "value": Num(0, whole=False)}, ("label", "value"))
    point = Obj({"label": Str(20, 1), "value": number}, ("label", "value"))
    series = Obj({"name": Str(20, 1), "data": Arr(point, 1, 20)}, ("name", "data"))
    axis: dict[str, Shape] = {"categories": Arr(Str(20, 1), 1, 20), "x_label": Str(50), "y_label": Str(50)}
    lines: dict[str, Shape] = kind | {"series": Arr(series, 1, 12), "axis_config": Obj(axis, ("categories",))}
    charts: dict[str, Shape] = {
        name: Obj(lines, ("type", "series", "axis_config"), (_every_category,)) for name in ("bar", "area", "line")
    }
    charts["pie"] = Obj(kind | {"segments": Arr(segment, 1, 12)}, ("type", "segments"))
    _block("data_visualization", {"title": Str(50, 1), "chart": Typed(charts)}, "title chart")


_basic()
_cards()
_tables()
_charts()
BLOCK = Typed(BLOCKS, noun="block")
