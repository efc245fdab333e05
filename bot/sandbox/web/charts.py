"""`data_visualization` as inline SVG, and as a table for those who cannot see it. Pure; no script, no inline style."""

from collections.abc import Sequence
from math import cos, floor, log10, pi, sin

from bot.sandbox.errors import Json
from bot.sandbox.web.html import Html, el

WIDTH, HEIGHT = 560, 260
LEFT, RIGHT, TOP, BOTTOM = 56, 12, 12, 46
COLOURS = 12


def chart(block: Json) -> Html:
    """The figure with its title, drawing, legend and the numbers behind it."""
    drawn = block["chart"]
    title = str(block["title"])
    if drawn["type"] == "pie":
        picture, names = _pie(drawn["segments"], title), [str(s["label"]) for s in drawn["segments"]]
        table = _numbers([["", "Value"], *[[str(s["label"]), _say(s["value"])] for s in drawn["segments"]]])
    else:
        picture, names = _axes_chart(drawn, title), [str(s["name"]) for s in drawn["series"]]
        categories = [str(c) for c in drawn["axis_config"]["categories"]]
        body = [
            [str(s["name"]), *[_say(v) if v is not None else "" for v in _values(s, categories)]]
            for s in drawn["series"]
        ]
        table = _numbers([["", *categories], *body])
    legend = el("ul", *[_legend_entry(n, name) for n, name in enumerate(names)], class_="legend", aria_hidden="true")
    details = el("details", el("summary", "Numbers"), table)
    return el("figure", el("figcaption", title), picture, legend, details, class_="chart")


def _legend_entry(number: int, name: str) -> Html:
    swatch = el("svg", el("rect", width=10, height=10, rx=2, class_=f"fill-{number % COLOURS}"), width=10, height=10)
    return el("li", swatch, " ", name)


def _say(value: float) -> str:
    return f"{value:,.2f}".rstrip("0").rstrip(".")


def _short(value: float) -> str:
    for size, mark in ((1e9, "B"), (1e6, "M"), (1e3, "k")):
        if abs(value) >= size:
            return f"{value / size:.3g}{mark}"
    return f"{value:.3g}"


def _numbers(rows: list[list[str]]) -> Html:
    head = el("tr", *[el("th", cell, scope="col") for cell in rows[0]])
    body = [
        el("tr", el("th", row[0], scope="row"), *[el("td", cell, class_="right") for cell in row[1:]])
        for row in rows[1:]
    ]
    return el("div", el("table", el("thead", head), el("tbody", *body)), class_="table-scroll", tabindex=0)


def _svg(title: str, parts: Sequence[Html]) -> Html:
    about: Json = {"role": "img", "aria_label": title, "viewBox": f"0 0 {WIDTH} {HEIGHT}"}
    return el("svg", *parts, **about, preserveAspectRatio="xMinYMin meet")


def _pie(segments: Sequence[Json], title: str) -> Html:
    total = sum(float(s["value"]) for s in segments)
    middle_x, middle_y, radius = WIDTH / 2, HEIGHT / 2, HEIGHT / 2 - 10
    parts: list[Html] = []
    start = -pi / 2
    for number, segment in enumerate(segments):
        share = float(segment["value"]) / total if total else 0.0
        told = el("title", f"{segment['label']}: {_say(segment['value'])} ({share:.0%})")
        fill = f"fill-{number % COLOURS} slice"
        if share >= 0.9999:
            parts.append(el("circle", told, cx=middle_x, cy=middle_y, r=radius, class_=fill))
        elif share > 0:
            end = start + share * 2 * pi
            ends = [f"{middle_x + radius * cos(a):.2f} {middle_y + radius * sin(a):.2f}" for a in (start, end)]
            path = f"M{middle_x} {middle_y} L{ends[0]} A{radius} {radius} 0 {int(share > 0.5)} 1 {ends[1]} Z"
            parts.append(el("path", told, d=path, class_=fill))
            start = end
    return _svg(title, parts)


def _values(series: Json, categories: Sequence[str]) -> list[float | None]:
    """In the order of the categories, whatever order the points came in."""
    given = {str(point["label"]): float(point["value"]) for point in series["data"]}
    return [given.get(category) for category in categories]


def scale(low: float, high: float) -> tuple[float, float, float]:
    """Round ends and step for an axis that holds both values and zero; about four steps."""
    low, high = min(low, 0.0), max(high, 0.0)
    # Below what a float can divide there is nothing to see.
    spread = high - low if high - low > 1e-300 else 1.0
    size = 10.0 ** floor(log10(spread / 4))
    step = next(size * factor for factor in (1, 2, 2.5, 5, 10) if spread / (size * factor) <= 5)
    bottom = floor(low / step) * step
    top = -floor(-high / step) * step
    return bottom, top if top > bottom else bottom + step, step


class _Plane:
    """Where a value and a category stand in the drawing."""

    def __init__(self, values: Sequence[float], categories: Sequence[str]) -> None:
        self.low, self.high, self.step = scale(min(values, default=0.0), max(values, default=1.0))
        self.categories = categories
        self.slot = (WIDTH - LEFT - RIGHT) / max(1, len(categories))

    def y(self, value: float) -> float:
        return round(TOP + (self.high - value) / (self.high - self.low) * (HEIGHT - TOP - BOTTOM), 2)

    def x(self, index: int) -> float:
        return round(LEFT + (index + 0.5) * self.slot, 2)

    def grid(self) -> list[Html]:
        parts: list[Html] = []
        value = self.low
        while value <= self.high + self.step / 2:
            y = self.y(value)
            parts.append(el("line", x1=LEFT, x2=WIDTH - RIGHT, y1=y, y2=y, class_="grid"))
            parts.append(el("text", _short(value), x=LEFT - 6, y=y + 4, class_="tick end"))
            value += self.step
        every = max(1, round(len(self.categories) / 10))
        shown = [(n, c) for n, c in enumerate(self.categories) if n % every == 0]
        return parts + [el("text", c[:12], x=self.x(n), y=HEIGHT - BOTTOM + 16, class_="tick middle") for n, c in shown]


def _axes_chart(drawn: Json, title: str) -> Html:
    axis = drawn["axis_config"]
    categories = [str(c) for c in axis["categories"]]
    rows = [_values(series, categories) for series in drawn["series"]]
    plane = _Plane([v for row in rows for v in row if v is not None], categories)
    parts = plane.grid()
    names = [str(series["name"]) for series in drawn["series"]]
    for number, (name, row) in enumerate(zip(names, rows, strict=True)):
        if drawn["type"] == "bar":
            parts += _bars(plane, row, name, number, len(rows))
        else:
            parts += _line(plane, row, name, number, area=drawn["type"] == "area")
    if axis.get("x_label"):
        parts.append(el("text", str(axis["x_label"]), x=(LEFT + WIDTH) / 2, y=HEIGHT - 8, class_="label middle"))
    if axis.get("y_label"):
        turned = f"rotate(-90 12 {HEIGHT / 2})"
        parts.append(el("text", str(axis["y_label"]), x=12, y=HEIGHT / 2, transform=turned, class_="label middle"))
    return _svg(title, parts)


def _bars(plane: _Plane, row: Sequence[float | None], name: str, number: int, of: int) -> list[Html]:
    width = plane.slot * 0.7 / of
    parts: list[Html] = []
    for index, value in enumerate(row):
        if value is None:
            continue
        left = round(plane.x(index) - plane.slot * 0.35 + number * width, 2)
        top, height = min(plane.y(value), plane.y(0.0)), round(abs(plane.y(value) - plane.y(0.0)), 2)
        told = el("title", f"{name}, {plane.categories[index]}: {_say(value)}")
        box: Json = {"x": left, "y": top, "width": round(width * 0.92, 2), "height": height}
        parts.append(el("rect", told, **box, class_=f"fill-{number % COLOURS}"))
    return parts


def _line(plane: _Plane, row: Sequence[float | None], name: str, number: int, *, area: bool) -> list[Html]:
    points = [(plane.x(index), plane.y(value), index, value) for index, value in enumerate(row) if value is not None]
    if not points:
        return []
    path = " ".join(f"{x},{y}" for x, y, _, _ in points)
    parts: list[Html] = []
    if area:
        floor_y = plane.y(0.0)
        closed = f"{points[0][0]},{floor_y} {path} {points[-1][0]},{floor_y}"
        parts.append(el("polygon", points=closed, class_=f"fill-{number % COLOURS} area"))
    parts.append(el("polyline", points=path, class_=f"line-{number % COLOURS} line"))
    for x, y, index, value in points:
        told = el("title", f"{name}, {plane.categories[index]}: {_say(value)}")
        parts.append(el("circle", told, cx=x, cy=y, r=3, class_=f"fill-{number % COLOURS}"))
    return parts
