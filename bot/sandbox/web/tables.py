"""`table` and `data_table` as HTML tables that scroll inside themselves."""

from typing import Any

from bot.sandbox.errors import Json
from bot.sandbox.web.html import Html, el
from bot.sandbox.web.rich import rich_text
from bot.sandbox.web.scene import Scene


def _cell(cell: Any, scene: Scene) -> Html | str:
    return rich_text(cell["elements"], scene) if cell.get("type") == "rich_text" else str(cell.get("text", ""))


def _align(block: Json, column: int) -> str | None:
    settings = block.get("column_settings") or []
    setting = settings[column] if column < len(settings) else None
    return None if not setting or setting.get("align") in (None, "left") else str(setting["align"])


def table(block: Json, scene: Scene) -> Html:
    """The first row is the heading, as Slack draws it."""

    def row(cells: list[Any], tag: str) -> Html:
        scope = "col" if tag == "th" else None
        made = [el(tag, _cell(c, scene), scope=scope, class_=_align(block, n), dir="auto") for n, c in enumerate(cells)]
        return el("tr", *made)

    head, *body = block["rows"]
    made = el("table", el("thead", row(head, "th")), el("tbody", *[row(cells, "td") for cells in body]))
    return el("div", made, class_="table-scroll", tabindex=0, role="region", aria_label="Table")


def data_table(block: Json, scene: Scene) -> Html:
    """With caption; pages of `page_size` rows and sorting by a column are the script's work on these rows."""
    named = int(block.get("row_header_column_index", 0))
    head, *body = block["rows"]
    keys = [
        el("button", _cell(cell, scene), type="button", data_act="sort", data_column=n) for n, cell in enumerate(head)
    ]
    heading = el("tr", *[el("th", key, scope="col", aria_sort="none") for key in keys])

    def data(cell: Any, column: int) -> Html:
        number = cell.get("type") == "raw_number"
        about: Json = {
            "class_": "right" if number else None,
            "data_sort": cell.get("value") if number else None,
            "dir": "auto",
        }
        return el(
            "th" if column == named else "td", _cell(cell, scene), scope="row" if column == named else None, **about
        )

    rows = [el("tr", *[data(cell, n) for n, cell in enumerate(cells)]) for cells in body]
    caption = el("caption", str(block["caption"]))
    size = int(block.get("page_size", 5))
    made = el("table", caption, el("thead", heading), el("tbody", *rows), class_="data-table")
    scroll = el("div", made, class_="table-scroll", tabindex=0, role="region", aria_label=str(block["caption"]))
    if len(body) <= size:
        return scroll
    more = el("button", f"Show all {len(body)} rows", type="button", class_="btn small", data_act="unfold")
    return el("div", scroll, more, data_fold=True, class_=f"folded-{min(size, 100)}")
