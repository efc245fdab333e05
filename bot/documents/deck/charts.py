"""Native charts: PowerPoint draws them, and their numbers open in a workbook inside the file."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from pptx.chart.axis import _BaseAxis
from pptx.chart.chart import Chart as Drawn
from pptx.chart.data import CategoryChartData
from pptx.dml.color import ColorFormat
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
    XL_TICK_MARK,
)
from pptx.enum.dml import MSO_LINE_DASH_STYLE, MSO_THEME_COLOR
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.slide import Slide
from pptx.util import Pt
from xlsxwriter import Workbook

from bot.documents.deck.box import Box
from bot.documents.model import Chart
from bot.documents.text import clean, cut

_COLOURS = (
    (MSO_THEME_COLOR.ACCENT_1, 0.0),
    (MSO_THEME_COLOR.ACCENT_2, 0.0),
    (MSO_THEME_COLOR.ACCENT_3, 0.0),
    (MSO_THEME_COLOR.ACCENT_5, 0.0),
    (MSO_THEME_COLOR.ACCENT_4, 0.0),
    (MSO_THEME_COLOR.ACCENT_6, 0.0),
    (MSO_THEME_COLOR.ACCENT_1, 0.4),
    (MSO_THEME_COLOR.ACCENT_2, -0.4),
    (MSO_THEME_COLOR.TEXT_2, 0.0),
)
_MOST_LABELLED = 12


@dataclass(frozen=True, slots=True)
class Plot:
    """What is drawn: the data of a chart, or of a waterfall the floating pieces that make it up."""

    kind: XL_CHART_TYPE
    categories: tuple[str, ...]
    series: tuple[tuple[str, tuple[Decimal | None, ...]], ...]
    hidden_first: bool = False

    @property
    def has_fractions(self) -> bool:
        return any(
            value is not None and value != value.to_integral_value() for _, values in self.series for value in values
        )


def plot_of(chart: Chart) -> Plot:
    categories = tuple(cut(clean(name), 40) or "—" for name in chart.categories)
    if chart.form == "waterfall":
        return _waterfall(chart, categories)
    kinds = {
        "line": XL_CHART_TYPE.LINE_MARKERS,
        "bar": XL_CHART_TYPE.COLUMN_CLUSTERED,
        "stacked": XL_CHART_TYPE.COLUMN_STACKED,
    }
    kind = kinds[chart.form]
    if chart.form == "bar" and max(map(len, categories)) > 14:
        kind = XL_CHART_TYPE.BAR_CLUSTERED
    series = tuple((cut(clean(one.name), 40) or "—", one.values) for one in chart.series)
    return Plot(kind, categories, series)


def _waterfall(chart: Chart, categories: tuple[str, ...]) -> Plot:
    """Pieces that float on an invisible one; movements below zero cannot float and stand as plain bars."""
    values = chart.series[0].values
    name = clean(chart.series[0].name) or "Movement"
    level = Decimal(0)
    rows: list[tuple[Decimal | None, ...]] = []
    for category, value in zip(chart.categories, values, strict=True):
        amount = value or Decimal(0)
        if category in chart.totals:
            level = amount
            rows.append((Decimal(0), None, None, value))
            continue
        before, level = level, level + amount
        rows.append((min(before, level), value if amount >= 0 else None, -amount if amount < 0 else None, None))
        if level < 0:
            return Plot(XL_CHART_TYPE.COLUMN_CLUSTERED, categories, ((name, values),))
    names = ("Base", "Up", "Down", "Total")
    columns = tuple((names[at], tuple(row[at] for row in rows)) for at in range(4))
    kept = (columns[0], *(one for one in columns[1:] if any(value is not None for value in one[1])))
    return Plot(XL_CHART_TYPE.COLUMN_STACKED, categories, kept, hidden_first=True)


def chart_data(plot: Plot) -> CategoryChartData:
    data = CategoryChartData(number_format="#,##0.##" if plot.has_fractions else "#,##0")
    data.categories = list(plot.categories)
    for name, values in plot.series:
        data.add_series(name, [None if value is None else float(value) for value in values])
    return data


def workbook(plot: Plot, made_at: datetime) -> bytes:
    """The sheet behind a chart. Text stays text: a category named "=1+1" is no formula."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = Workbook(out, options)
    book.set_properties({"created": made_at.replace(tzinfo=None)})
    sheet = book.add_worksheet("Sheet1")
    for row, category in enumerate(plot.categories, 1):
        sheet.write_string(row, 0, category)
    for column, (name, values) in enumerate(plot.series, 1):
        sheet.write_string(0, column, name)
        for row, value in enumerate(values, 1):
            if value is not None:
                sheet.write_number(row, column, float(value))
    book.close()
    return out.getvalue()


def add_native(slide: Slide, box: Box, plot: Plot, made_at: datetime, size: float) -> Any:
    """A chart that PowerPoint draws, with its own workbook; returns its frame."""
    frame: Any = slide.shapes.add_chart(plot.kind, *box.emu(), chart_data(plot))
    frame.chart.part.chart_workbook.update_from_xlsx_blob(workbook(plot, made_at))
    style(frame.chart, plot, size)
    return frame


def describe(chart: Chart) -> str:
    """The picture in words, for people who do not see it."""
    told = [clean(chart.says) or "Chart."]
    for series in chart.series[:6]:
        known = [
            (name, value) for name, value in zip(chart.categories, series.values, strict=True) if value is not None
        ]
        if known:
            first, last = known[0], known[-1]
            told.append(
                f"{clean(series.name)}: {first[1]:,f} in {clean(first[0])}, {last[1]:,f} in {clean(last[0])}"
                if chart.form == "line"
                else f"{clean(series.name)}: " + ", ".join(f"{clean(name)} {value:,f}" for name, value in known[:8])
            )
    return cut(" ".join(part if part.endswith((".", "!", "?")) else f"{part}." for part in told), 900)


def style(drawn: Drawn, plot: Plot, size: float) -> None:
    """Few lines, labels where they can be read, the first series in the accent."""
    drawn.font.size = Pt(size)
    drawn.font.color.theme_color = MSO_THEME_COLOR.TEXT_1
    drawn.font.color.brightness = 0.25
    drawn.has_title = False
    _without_frame(drawn)
    shown = plot.series[1:] if plot.hidden_first else plot.series
    drawn.has_legend = len(shown) > 1 and not plot.hidden_first
    if drawn.has_legend and drawn.legend is not None:
        many = len(shown) > 4
        drawn.legend.position = XL_LEGEND_POSITION.RIGHT if many else XL_LEGEND_POSITION.TOP
        drawn.legend.include_in_layout = False
        drawn.legend.font.size = Pt(size - 1)
    _axes(drawn, plot, labelled=_labels(drawn, plot))
    _colour(drawn, plot)


def _without_frame(drawn: Drawn) -> None:
    """Some programs draw a border around a chart that does not say it has none."""
    space = drawn._chartSpace
    frame = parse_xml(
        f"<c:spPr {nsdecls('c', 'a')}><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>",
    )
    space.chart.addnext(frame)


def _axes(drawn: Drawn, plot: Plot, *, labelled: bool) -> None:
    value, category = drawn.value_axis, drawn.category_axis
    value.has_major_gridlines = not labelled
    if value.has_major_gridlines:
        line = value.major_gridlines.format.line
        line.width = Pt(0.5)
        line.color.theme_color = MSO_THEME_COLOR.BACKGROUND_1
        line.color.brightness = -0.15
    value.visible = not labelled
    value.format.line.fill.background()
    value.major_tick_mark = XL_TICK_MARK.NONE
    value.tick_labels.number_format = "#,##0.##" if plot.has_fractions else "#,##0"
    value.tick_labels.number_format_is_linked = False
    if all(number is None or number >= 0 for _, values in plot.series for number in values):
        value.minimum_scale = 0
    category.has_major_gridlines = False
    category.major_tick_mark = XL_TICK_MARK.NONE
    category.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    category.format.line.color.theme_color = MSO_THEME_COLOR.BACKGROUND_1
    category.format.line.color.brightness = -0.35
    if plot.kind is XL_CHART_TYPE.BAR_CLUSTERED:
        _first_on_top(category)


def _first_on_top(axis: _BaseAxis) -> None:
    axis.reverse_order = True


def _labels(drawn: Drawn, plot: Plot) -> bool:
    """Numbers at the bars when there are few of them, then no axis is needed; True when all are labelled."""
    if plot.kind is XL_CHART_TYPE.LINE_MARKERS or len(plot.categories) * len(plot.series) > _MOST_LABELLED * 2:
        return False
    for at, series in enumerate(drawn.plots[0].series):
        if plot.hidden_first and at == 0:
            continue
        sign = {"Up": "+", "Down": "-"}.get(series.name, "") if plot.hidden_first else ""
        labels: Any = series.data_labels
        labels.show_value = True
        labels.number_format = sign + ("#,##0.##" if plot.has_fractions else "#,##0")
        labels.number_format_is_linked = False
        if plot.kind is XL_CHART_TYPE.COLUMN_STACKED:
            labels.position = XL_LABEL_POSITION.CENTER
            labels.font.color.theme_color = MSO_THEME_COLOR.BACKGROUND_1
            labels.font.bold = True
        else:
            labels.position = XL_LABEL_POSITION.OUTSIDE_END
    return True


def _colour(drawn: Drawn, plot: Plot) -> None:
    bars: Any = drawn.plots[0]
    if plot.kind is not XL_CHART_TYPE.LINE_MARKERS:
        bars.gap_width = 60
        bars.overlap = 100 if plot.kind is XL_CHART_TYPE.COLUMN_STACKED else -5
    palette: Sequence[tuple[MSO_THEME_COLOR, float]] = _COLOURS
    if plot.hidden_first:
        tones = {"Up": 0, "Down": 3, "Total": 8}
        palette = [_COLOURS[0], *(_COLOURS[tones[name]] for name, _ in plot.series[1:])]
    for at, series in enumerate(drawn.plots[0].series):
        colour = palette[at % len(palette)]
        if plot.hidden_first and at == 0:
            series.format.fill.background()
        elif plot.kind is XL_CHART_TYPE.LINE_MARKERS:
            _line(series, colour, plot.series[at][1])
        else:
            series.format.fill.solid()
            _paint(series.format.fill.fore_color, colour)
            series.invert_if_negative = False


def _line(series: Any, colour: tuple[MSO_THEME_COLOR, float], values: Sequence[Decimal | None]) -> None:
    """A line with its last value written at its end; one that never moves is a limit and is dashed."""
    series.smooth = False
    series.format.line.width = Pt(2.5)
    _paint(series.format.line.color, colour)
    series.marker.style = XL_MARKER_STYLE.NONE
    known = [at for at, value in enumerate(values) if value is not None]
    if not known:
        return
    if len(known) > 1 and len({values[at] for at in known}) == 1:
        series.format.line.dash_style = MSO_LINE_DASH_STYLE.DASH
        series.format.line.width = Pt(1.5)
    if len(known) == 1:
        series.marker.style = XL_MARKER_STYLE.CIRCLE
    label = series.points[known[-1]].data_label
    label.has_text_frame = False
    label.position = XL_LABEL_POSITION.ABOVE
    element = label._get_or_add_dLbl()
    for name, shown in (("showLegendKey", "0"), ("showVal", "1"), ("showCatName", "0"), ("showSerName", "0")):
        for found in element.findall(f"{{{element.nsmap['c']}}}{name}"):
            found.set("val", shown)


def _paint(colour: ColorFormat, chosen: tuple[MSO_THEME_COLOR, float]) -> None:
    colour.theme_color = chosen[0]
    if chosen[1]:
        colour.brightness = chosen[1]
