"""A figure over time: the same figure for each month of a span, drawn."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Literal
from zoneinfo import ZoneInfo

from bot.charts.trend import Line, Trend, trend
from bot.domain.audience import Audience
from bot.domain.days import MONTHS
from bot.domain.kpi.base import Kpi
from bot.domain.kpi.catalogue import AHEAD, CATALOGUE, Entry, Key, entry_called
from bot.domain.kpi.period import Period
from bot.domain.policy import KpiPolicy
from bot.domain.terms import add_months
from bot.services.errors import BadInput
from bot.services.kpi.ask import KpiQuestion
from bot.services.kpi.asked import Whose, period_of, whose
from bot.services.kpi.figures import Sheet, figures
from bot.services.lookup import require_internal
from bot.services.results import KpiChart, KpiPicture
from bot.storage.database import Database, Reader

OVER = "over"
"""Between a figure with its scope and the span to draw: `nrr team over 12 months`."""
_USUAL_SPAN = "12 months"
_MOST_POINTS = 60
_MOST_PICTURES = 3
_DAY = timedelta(days=1)

Way = Literal["trailing", "level", "flow"]
_WAYS: Mapping[Key, Way] = {
    **dict.fromkeys(("nrr", "grr", "retention", "churn", "clv"), "trailing"), "arr": "level", "mrr": "level",
}  # fmt: skip
_SAID: Mapping[Way, str] = {
    "trailing": "twelve months to the end of each month", "level": "at the end of each month", "flow": "by month",
}  # fmt: skip
_STACKED = "net-new-mrr"


@dataclass(frozen=True, slots=True)
class _Point:
    label: str
    found: tuple[Kpi, ...]


def split_over(words: str) -> tuple[str | None, str | None]:
    """(whose, over which span) of what was typed after a figure's name; the span None when there is no "over"."""
    before, over, after = f" {words} ".casefold().rpartition(f" {OVER} ")
    if not over:
        return words.strip() or None, None
    return words[: max(len(before) - 1, 0)].strip() or None, after.strip() or _USUAL_SPAN


def kpi_chart(
    database: Database, audience: Audience, asked: KpiQuestion, policy: KpiPolicy, now: datetime, zone: ZoneInfo
) -> KpiChart:
    """`asked.period` is the span. Raises BadInput for a figure that has no history, and as `ask.kpi` does."""
    entry = _entry(asked.name)
    scope, span = (asked.scope, asked.period) if asked.rest is None else split_over(asked.rest)
    months = _months(period_of(span or _USUAL_SPAN, now.astimezone(zone).date()))
    require_internal(audience)
    with database.reading(audience) as reader:
        about = whose(reader, audience, scope)
        points = [_point(reader, about, entry.key, month, policy, zone) for month in months]
    return KpiChart(
        kpi=entry.key, name=entry.definition.name, scope=about.words, pictures=tuple(_pictures(entry, about, points)),
        version=entry.definition.version, notes=(about.note,) if about.note else (), account_id=about.account,
        as_of=now,
    )  # fmt: skip


def _entry(name: str) -> Entry:
    entry = entry_called(name)
    if entry is None:
        raise BadInput(f"No figure is called {name!r}. There are {', '.join(one.key for one in CATALOGUE)}.")
    if entry.key in AHEAD:
        raise BadInput(f"{entry.definition.name} looks ahead and has no past to draw. Ask for arr or net-new-mrr.")
    return entry


def _months(span: Period) -> list[Period]:
    """The calendar months of a span, the last up to its last day; one that began before the span is left out."""
    first = date(span.first.year, span.first.month, 1)
    if first < span.first and (first.year, first.month) != (span.last.year, span.last.month):
        first = add_months(first, 1)
    found = []
    while first <= span.last:
        until = add_months(first, 1) - _DAY
        last = min(until, span.last)
        found.append(Period(first, last, until, f"{MONTHS[first.month - 1]} {first:%y}"))
        first = until + _DAY
    if len(found) > _MOST_POINTS:
        raise BadInput(f"That is too long for one picture; ask for at most {_MOST_POINTS // 12} years.")
    return found


def _point(reader: Reader, about: Whose, key: Key, month: Period, policy: KpiPolicy, zone: ZoneInfo) -> _Point:
    days = month
    if _WAYS.get(key) == "trailing":
        days = Period(add_months(month.last + _DAY, -12), month.last, month.last, month.words)
    return _Point(month.words, figures(Sheet(reader, about, days, policy, zone), key))


def _pictures(entry: Entry, about: Whose, points: Sequence[_Point]) -> Iterator[KpiPicture]:
    """Money in a picture for each currency, the one with most customers first; else one with a line for each."""
    codes = list(dict.fromkeys(one.currency for point in reversed(points) for one in point.found if one.counted))
    codes = codes or [""]
    money = any(one.unit == one.currency for point in points for one in point.found)
    for drawn in [[code] for code in codes[:_MOST_PICTURES]] if money else [codes]:
        lines = _parts(points, drawn[0]) if entry.key == _STACKED else [_line(points, code) for code in drawn]
        title = f"{entry.definition.name} in {drawn[0]}" if money and drawn[0] else entry.definition.name
        picture = trend(_trend(entry, about, points, lines, title))
        name = "-".join(part for part in (entry.key, _slug(about.words), drawn[0].lower() if money else "") if part)
        yield KpiPicture(
            name=f"{name}.png", title=f"{title}: {about.words}", png=picture.png, alt=picture.alt,
            width=picture.width, height=picture.height,
        )  # fmt: skip


def _trend(entry: Entry, about: Whose, points: Sequence[_Point], lines: Sequence[Line], title: str) -> Trend:
    way = _WAYS.get(entry.key, "flow")
    unit = next((one.unit for point in reversed(points) for one in point.found), "")
    if title != entry.definition.name:
        unit = title.rpartition(" ")[2]
    return Trend(
        title, f"{about.words}, {_SAID[way]}, {entry.definition.version}", unit, tuple(one.label for one in points),
        tuple(lines), "bars" if entry.key in (_STACKED, "expansion") else "line",
    )  # fmt: skip


def _line(points: Sequence[_Point], code: str) -> Line:
    values = (next((one.value for one in point.found if one.currency == code), None) for point in points)
    return Line(code or "all", tuple(values))


def _parts(points: Sequence[_Point], code: str) -> list[Line]:
    """What a figure is made of: each movement's months. A month in which nothing moved is a zero that is known."""
    found = [{_kind(part.name): part.value for one in point.found if one.currency == code for part in one.parts}
             for point in points]  # fmt: skip
    kinds = list(dict.fromkeys(kind for parts in found for kind in parts))
    return [Line(kind, tuple(parts.get(kind, Decimal(0)) for parts in found)) for kind in kinds]


def _kind(name: str) -> str:
    return name.partition(" (")[0]


def _slug(words: str) -> str:
    return re.sub(r"[^\w]+", "-", words.casefold()).strip("-")[:40]
