"""A place on a slide."""

from __future__ import annotations

from dataclasses import dataclass

from pptx.util import Pt


@dataclass(frozen=True, slots=True)
class Box:
    """A place on a slide, in points."""

    x: float
    y: float
    width: float
    height: float

    @property
    def bottom(self) -> float:
        return self.y + self.height

    def inset(self, left: float = 0, top: float = 0, right: float = 0, bottom: float = 0) -> Box:
        return Box(self.x + left, self.y + top, self.width - left - right, self.height - top - bottom)

    def columns(self, count: int, gap: float) -> list[Box]:
        width = (self.width - gap * (count - 1)) / count
        return [Box(self.x + at * (width + gap), self.y, width, self.height) for at in range(count)]

    def emu(self) -> tuple[Pt, Pt, Pt, Pt]:
        return Pt(self.x), Pt(self.y), Pt(self.width), Pt(self.height)
