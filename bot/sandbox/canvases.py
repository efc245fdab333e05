"""Canvases as text: sections of markdown that can be found and changed one by one."""

import itertools
import re
from dataclasses import dataclass, field
from typing import Literal

Access = Literal["read", "write", "owner"]
Position = Literal["insert_after", "insert_before", "insert_at_start", "insert_at_end", "replace", "delete"]
_HEADING = re.compile(r"(#{1,3})\s")
_FENCE = re.compile(r"(?m)^```")


@dataclass(frozen=True)
class Section:
    id: str
    markdown: str

    @property
    def kind(self) -> str:
        """h1, h2, h3, or text."""
        heading = _HEADING.match(self.markdown)
        return f"h{len(heading[1])}" if heading else "text"


@dataclass
class Canvas:
    """`channel` is where it is a tab. `access` holds levels by user or channel id."""

    id: str
    title: str
    channel: str | None = None
    sections: list[Section] = field(default_factory=list)
    access: dict[str, Access] = field(default_factory=dict)
    _ids: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1), repr=False)

    @property
    def markdown(self) -> str:
        return "\n\n".join(section.markdown for section in self.sections)

    def split(self, markdown: str) -> list[Section]:
        """New sections: a heading is one of its own, else what empty lines separate; code blocks stay whole."""
        parts: list[str] = []
        for piece in re.split(r"\n{2,}", markdown.strip()):
            if parts and len(_FENCE.findall(parts[-1])) % 2:
                parts[-1] += f"\n\n{piece}"
                continue
            head, _, rest = piece.partition("\n") if _HEADING.match(piece) else (piece, "", "")
            parts += [head, rest] if rest else [head]
        return [Section(f"temp:C:{self.id}{next(self._ids):04d}", part) for part in parts if part.strip()]

    def change(self, position: Position, section_id: str | None, markdown: str) -> bool:
        """Apply one change; False when there is no such section. `replace` without a section replaces everything."""
        made = self.split(markdown)
        if section_id is None:
            whole = {"insert_at_start": [*made, *self.sections], "insert_at_end": [*self.sections, *made]}
            self.sections = whole.get(position, made)
            return True
        at = next((n for n, section in enumerate(self.sections) if section.id == section_id), None)
        if at is None:
            return False
        around = {"insert_after": (at + 1, at + 1), "insert_before": (at, at), "delete": (at, at + 1)}
        first, last = around.get(position, (at, at + 1))
        self.sections[first:last] = [] if position == "delete" else made
        return True

    def lookup(self, kinds: set[str], text: str) -> list[Section]:
        """Sections of one of these kinds (any when empty) that contain the text."""
        wanted = {"h1", "h2", "h3"} if "any_header" in kinds else kinds
        kind = [section for section in self.sections if not wanted or section.kind in wanted]
        return [section for section in kind if text.casefold() in section.markdown.casefold()]
