"""Block Kit as plain readable text. Pure; hostile text cannot reach the terminal as control sequences."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from bot.sandbox.elements_at import PASSIVE, Spot
from bot.sandbox.errors import Json

_ENTITY = re.compile(r"<([^<>\n]+)>")
_BOLD = re.compile(r"(?<![\w*])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![\w*])")
_ITALIC = re.compile(r"(?<![\w_])_(?=\S)([^_\n]+?)(?<=\S)_(?![\w_])")
_STRIKE = re.compile(r"(?<![\w~])~(?=\S)([^~\n]+?)(?<=\S)~(?![\w~])")
_BIDI = {*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C}


def clean(text: str) -> str:
    """Without control characters (escape sequences, bells, carriage returns, C1) and direction overrides.

    Newlines stay, tabs become spaces, anything else unprintable becomes a visible replacement character."""
    kept: list[str] = []
    for character in text.replace("\r\n", "\n").replace("\t", "    "):
        if character == "\n":
            kept.append(character)
        elif ord(character) in _BIDI:
            continue
        elif unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp"):
            kept.append("\ufffd")
        else:
            kept.append(character)
    return "".join(kept)


@dataclass(frozen=True)
class Style:
    """How emphasis looks; the default is none at all."""

    bold: Callable[[str], str] = lambda text: text
    dim: Callable[[str], str] = lambda text: text


PLAIN = Style()
ANSI = Style(bold=lambda text: f"\x1b[1m{text}\x1b[0m", dim=lambda text: f"\x1b[2m{text}\x1b[0m")


@dataclass
class Rendered:
    """`spots` are the interactive elements in the order of their numbers, the first being `first`."""

    text: str
    spots: list[Spot] = field(default_factory=list)


def mrkdwn(text: str, names: Mapping[str, str], style: Style = PLAIN) -> str:
    """Slack's markup as text: links with their address, mentions by name, emphasis in `style`."""

    def entity(match: re.Match[str]) -> str:
        target, _, label = match[1].partition("|")
        if target.startswith(("@", "#")):
            return target[0] + clean(names.get(target[1:]) or label or target[1:])
        if target.startswith("!date"):
            return label or target
        if target.startswith("!"):
            return "@" + (label or target[1:].split("^")[0])
        return f"{label} ({target})" if label and label != target else target

    plain = _ENTITY.sub(entity, clean(text))
    plain = _BOLD.sub(lambda match: style.bold(match[1]), plain)
    plain = _STRIKE.sub(r"\1", _ITALIC.sub(r"\1", plain))
    return plain.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def file_line(file: Json) -> str:
    """A file of a message: its name, what it shows where it says so, its size."""
    name, title, shows = (clean(str(file.get(key) or "")) for key in ("name", "title", "alt_txt"))
    named = f"{title} ({name})" if title not in ("", name) else name
    return f"[{'picture' if shows else 'file'} {named}, {file['size']:,} bytes{f': {shows}' if shows else ''}]"


def render(
    blocks: Sequence[Json], names: Mapping[str, str] | None = None, style: Style = PLAIN, first: int = 1
) -> Rendered:
    """A message's or view's blocks, valid as `limits` has it; buttons and menus are numbered from `first`."""
    return _Renderer(names or {}, style, first).run(blocks)


class _Renderer:
    def __init__(self, names: Mapping[str, str], style: Style, first: int) -> None:
        self._names, self._style, self._first = names, style, first
        self._spots: list[Spot] = []
        self._kinds: dict[str, Callable[[Json], str]] = {
            "actions": self._actions,
            "alert": lambda block: f"! {self._text(block.get('text'))}",
            "card": self._card,
            "carousel": lambda block: self._many(block["elements"]),
            "container": self._container,
            "context": lambda block: self._style.dim("  ".join(self._part(e) for e in block["elements"])),
            "context_actions": self._actions,
            "data_table": self._table,
            "data_visualization": self._chart,
            "divider": lambda _block: "-" * 40,
            "file": lambda block: f"[file {clean(str(block.get('external_id', '')))}]",
            "header": lambda block: self._style.bold(self._text(block["text"])),
            "image": lambda block: f"[image: {clean(str(block.get('alt_text', '')))}]",
            "input": self._input,
            "markdown": lambda block: clean(str(block["text"])),
            "plan": lambda block: "\n".join([clean(str(block["title"])), *map(self._task, block.get("tasks") or [])]),
            "rich_text": lambda block: self._rich(block["elements"]),
            "section": self._section,
            "table": self._table,
            "task_card": lambda block: self._task(block),
            "video": lambda block: f"[video: {self._text(block.get('title'))}]",
        }

    def run(self, blocks: Sequence[Json]) -> Rendered:
        return Rendered(self._many(blocks), self._spots)

    def _many(self, blocks: Sequence[Json]) -> str:
        lines = [self._kinds.get(block["type"], self._unknown)(block) for block in blocks]
        return "\n".join(line for line in lines if line)

    def _unknown(self, block: Json) -> str:
        return f"[{clean(str(block['type']))}]"

    def _text(self, value: Json | None) -> str:
        if not value:
            return ""
        text = str(value.get("text", ""))
        return clean(text) if value.get("type") == "plain_text" else mrkdwn(text, self._names, self._style)

    def _part(self, element: Json) -> str:
        return f"[{clean(str(element.get('alt_text', '')))}]" if element["type"] == "image" else self._text(element)

    def _number(self, spot: Spot) -> int:
        self._spots.append(spot)
        return self._first + len(self._spots) - 1

    def _control(self, element: Json, block_id: str) -> str:
        kind = element["type"]
        if kind in PASSIVE:
            return self._part(element)
        number = self._number(Spot(block_id, element))
        if kind == "feedback_buttons":
            sides = (self._text(element[f"{side}_button"]["text"]) for side in ("positive", "negative"))
            return f"[{number} {' / '.join(sides)}]"
        label = self._text(element.get("text") or element.get("placeholder"))
        if kind in ("button", "workflow_button", "icon_button"):
            address = f" {clean(str(element['url']))}" if element.get("url") else ""
            return f"[{number} {label}{address}]"
        shown, chosen = self._options(element), self._chosen(element)
        if chosen:
            return f"[{number} {chosen}{f' (of {shown})' if shown else ''} v]"
        return f"[{number} {label or shown or kind} v]" if not (label and shown) else f"[{number} {label}: {shown} v]"

    def _options(self, element: Json) -> str:
        options = [self._text(option["text"]) for option in element.get("options") or []]
        return " / ".join(options[:5]) + (" / ..." if len(options) > 5 else "")

    def _chosen(self, element: Json) -> str:
        """What stands in it already, as its person reads it; empty when nothing does."""
        values = [value for key, value in element.items() if key.startswith("initial_")]
        return ", ".join(
            self._value(one) for value in values for one in (value if isinstance(value, list) else [value])
        )

    def _value(self, value: Any) -> str:
        if isinstance(value, int):
            return datetime.fromtimestamp(value, UTC).strftime("%Y-%m-%d %H:%M UTC")
        if isinstance(value, dict):
            return self._rich(value["elements"]) if "elements" in value else self._text(value.get("text"))
        return clean(self._names.get(value, value))

    def _actions(self, block: Json) -> str:
        return " ".join(self._control(e, block.get("block_id", "")) for e in block["elements"])

    def _section(self, block: Json) -> str:
        lines = [self._text(block.get("text")), *(f"  {self._text(one)}" for one in block.get("fields") or [])]
        if block.get("accessory"):
            lines.append(self._control(block["accessory"], block.get("block_id", "")))
        return "\n".join(line for line in lines if line)

    def _card(self, block: Json) -> str:
        head = " - ".join(filter(None, (self._text(block.get("title")), self._text(block.get("subtitle")))))
        buttons = " ".join(self._control(e, block.get("block_id", "")) for e in block.get("actions") or [])
        return "\n".join(filter(None, (self._style.bold(head) if head else "", self._text(block.get("body")), buttons)))

    def _container(self, block: Json) -> str:
        title = self._text(block.get("title")) or self._many(
            [block["rich_text_title"]] if "rich_text_title" in block else []
        )
        inner = self._many(block["child_blocks"]).replace("\n", "\n  ")
        return f"{self._style.bold(title)}\n  {inner}"

    def _task(self, task: Json) -> str:
        mark = {"complete": "x", "in_progress": "~", "error": "!"}.get(str(task.get("status")), " ")
        return f"  [{mark}] {clean(str(task.get('title', '')))}"

    def _input(self, block: Json) -> str:
        element = block["element"]
        number = self._number(Spot(block.get("block_id", ""), element, is_input=True))
        optional = " (optional)" if block.get("optional") else ""
        hint = f" - {self._text(block['hint'])}" if block.get("hint") else ""
        options, chosen = self._options(element), self._chosen(element)
        shown = (f"{chosen} (of {options})" if options else chosen) if chosen else options or "____"
        return f"({number}) {self._text(block['label'])}{optional}: {shown}{hint}"

    def _rich(self, elements: Sequence[Json]) -> str:
        lines: list[str] = []
        for element in elements:
            kind = element["type"]
            if kind == "rich_text_list":
                for index, item in enumerate(element["elements"], 1):
                    mark = f"{index}." if element.get("style") == "ordered" else "-"
                    lines.append(f"{'  ' * int(element.get('indent', 0))}{mark} {self._inline(item['elements'])}")
            else:
                prefix = "> " if kind == "rich_text_quote" else ""
                lines.append(prefix + self._inline(element["elements"]))
        return "\n".join(lines)

    def _inline(self, parts: Sequence[Json]) -> str:
        return "".join(self._inline_one(part) for part in parts)

    def _inline_one(self, part: Json) -> str:
        kind = part["type"]
        if kind == "text":
            text = clean(str(part["text"]))
            return self._style.bold(text) if (part.get("style") or {}).get("bold") else text
        if kind == "link":
            url, label = clean(str(part["url"])), clean(str(part.get("text", "")))
            return f"{label} ({url})" if label and label != url else url
        if kind == "emoji":
            return f":{clean(str(part['name']))}:"
        if kind == "broadcast":
            return f"@{clean(str(part['range']))}"
        if kind == "date":
            return clean(str(part.get("fallback") or part["timestamp"]))
        key = {"user": "user_id", "channel": "channel_id", "usergroup": "usergroup_id"}.get(kind, "value")
        target = clean(str(part.get(key, "")))
        return ("#" if kind == "channel" else "@") + clean(self._names.get(target, target))

    def _cell(self, cell: Any) -> str:
        text = self._rich(cell["elements"]) if cell.get("type") == "rich_text" else clean(str(cell.get("text", "")))
        return text.replace("\n", " ")

    def _table(self, block: Json) -> str:
        rows = [[self._cell(cell) for cell in row] for row in block["rows"]]
        widths = [max(len(row[n]) if n < len(row) else 0 for row in rows) for n in range(max(map(len, rows)))]
        lines = [
            "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=False)).rstrip() for row in rows
        ]
        caption = [self._style.bold(clean(str(block["caption"])))] if block.get("caption") else []
        return "\n".join([*caption, *lines])

    def _chart(self, block: Json) -> str:
        chart = block["chart"]
        lines = [self._style.bold(clean(str(block["title"])))]
        lines += [f"  {clean(str(part['label']))}: {part['value']:g}" for part in chart.get("segments") or []]
        for series in chart.get("series") or []:
            points = ", ".join(f"{clean(str(p['label']))} {p['value']:g}" for p in series["data"])
            lines.append(f"  {clean(str(series['name']))}: {points}")
        return "\n".join(lines)
