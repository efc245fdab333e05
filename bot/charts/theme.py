"""Colours, type and the canvas that every picture shares.

Pictures have a light card of their own, so that they read the same on Slack's light and dark. Text stands out from it
by 4.5 : 1 and more, lines and bars by 3 : 1 (WCAG 2.2); series also differ in their marks and are named where they end.
The same values give the same bytes: the font is the one that comes with matplotlib, no date or version is written.
"""

from __future__ import annotations

import io
import threading
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from bot.charts.picture import ALT_MAX, Picture
from bot.domain.kpi.base import HOURS, PERCENT, POINTS, SCORE, TIMES

if TYPE_CHECKING:  # half a second that only a drawing is worth
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.font_manager import FontProperties

SURFACE, EDGE, GRID = "#fbfbf9", "#c3c8d0", "#e2e5ea"
INK, MUTED = "#1c2330", "#586273"
SERIES = ("#2b5f9e", "#b4530f", "#2b7a4b", "#8747a3", "#a8324f", "#5c6410")
MARKS = ("o", "s", "^", "D", "v", "P")
GAIN, LOSS = "#2b7a4b", "#b23a2e"

WIDTH, HEIGHT = 720, 400
"""Points on the screen; a picture has twice as many pixels each way."""
_SCALE, _DPI = 2, 100
_DRAWING = threading.Lock()
"""FreeType's faces are shared and not made for two threads at once."""


def draw(paint: Callable[[Figure], None], alt: str, *, width: int = WIDTH, height: int = HEIGHT) -> Picture:
    """The picture that `paint` makes on an empty card of so many points."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    with _DRAWING:
        figure = Figure(figsize=(width / _DPI, height / _DPI), dpi=_DPI * _SCALE, linewidth=1)
        FigureCanvasAgg(figure)
        paint(figure)
        written = io.BytesIO()
        figure.savefig(
            written, format="png", dpi=_DPI * _SCALE, facecolor=SURFACE, edgecolor=EDGE, metadata={"Software": None}
        )
    return Picture(written.getvalue(), shortened(alt), width * _SCALE, height * _SCALE)


def shortened(alt: str) -> str:
    return alt if len(alt) <= ALT_MAX else f"{alt[: ALT_MAX - 1].rstrip()}…"


@cache
def face(*, bold: bool = False) -> FontProperties:
    """The font, by its file: whatever else is installed changes nothing."""
    import matplotlib
    from matplotlib.font_manager import FontProperties

    name = "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"
    return FontProperties(fname=f"{matplotlib.get_data_path()}/fonts/ttf/{name}")


@cache
def _drawn() -> frozenset[int]:
    from matplotlib.font_manager import get_font

    return frozenset(get_font(str(face().get_file())).get_charmap())


def legible(text: str, length: int = 60) -> str:
    """One line of data as the font can draw it, shortened; what it has no letters for becomes a box."""
    one = " ".join(text.split())
    cut = one if len(one) <= length else f"{one[: length - 1].rstrip()}…"
    return "".join(char if ord(char) in _drawn() else "▯" for char in cut)


def style(size: float, colour: str = INK, *, bold: bool = False) -> dict[str, Any]:
    """Properties of a text. Dollar signs are dollars, not formulas."""
    font = face(bold=bold).copy()
    font.set_size(size)
    return {"fontproperties": font, "color": colour, "parse_math": False}


def headed(figure: Figure, title: str, below: str) -> None:
    """Title and the line under it, at the left edge."""
    figure.text(0.03, 0.955, legible(title, 70), va="top", **style(13, bold=True))
    figure.text(0.03, 0.885, legible(below, 110), va="top", **style(9, MUTED))


def plain_axes(axes: Axes) -> None:
    """Without a box; lines only where values are read off."""
    axes.set_facecolor(SURFACE)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(EDGE)
    axes.tick_params(length=0, pad=5)
    axes.grid(axis="y", color=GRID, linewidth=1)
    axes.set_axisbelow(True)


def brief(value: Decimal | float, unit: str) -> str:
    """A value short enough for an axis: `98 %`, `+40`, `1.2M`, `340k`."""
    size = Decimal(str(value))
    if unit == PERCENT:
        return f"{_trimmed(size)} %"
    if unit == POINTS:
        return f"{size:+.0f}" if size else "0"
    if unit in (HOURS, SCORE, TIMES):
        return f"{_trimmed(size)} h" if unit == HOURS else _trimmed(size)
    for power, letter in ((9, "B"), (6, "M"), (3, "k")):
        if abs(size) >= Decimal(10) ** power:
            return f"{_trimmed(size.scaleb(-power))}{letter}"
    return _trimmed(size)


def _trimmed(size: Decimal) -> str:
    text = f"{size:,.1f}" if abs(size) < 1000 else f"{size:,.0f}"
    return text.removesuffix(".0").replace("-0", "0") if text in ("-0.0", "-0") else text.removesuffix(".0")
