"""What every answer is made from, and how its parts are put."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.domain.asking.queries import Listing
from bot.domain.asking.spans import Facing, Span, SpanError, span_of
from bot.domain.audience import Audience
from bot.domain.days import written
from bot.domain.policy import Policies
from bot.services.errors import BadInput
from bot.services.results import DataAge
from bot.services.results.asking import Receipts
from bot.storage.database import AnyRow, Database

SHOWN = 5
MOST_SHOWN = 30


@dataclass(frozen=True, slots=True)
class Ground:
    """Where an answer stands: the data, who asks and who will see it, the rules, and the day."""

    database: Database
    audience: Audience
    policies: Policies
    now: datetime
    today: date
    zone: ZoneInfo
    shown: int = SHOWN


def span(ground: Ground, phrase: str, facing: Facing) -> Span:
    """Raises BadInput for a phrase that names no days."""
    try:
        return span_of(phrase, ground.today, facing)
    except SpanError as error:
        raise BadInput(str(error)) from error


def days_in_words(phrase: str, days: Span) -> str:
    """`next month (1 Dec 2026 to 31 Dec 2026)`."""
    if days.first is not None and days.first == days.last:
        return f"{phrase} ({written(days.first)})"
    if days.first is None:
        return f"until {written(days.last)}"
    if days.last is None:
        return f"since {written(days.first)}"
    return f"{phrase} ({written(days.first)} to {written(days.last)})"


def narrowed(listing: Listing) -> list[str]:
    """In words, what a list was narrowed by."""
    words = []
    if listing.segment is not None:
        words.append(f"segment {listing.segment}")
    if listing.product is not None:
        words.append(f"with {listing.product}")
    money = f" {listing.currency}" if listing.currency else ""
    if listing.over is not None:
        words.append(f"over {listing.over:,f}{money} a year")
    if listing.under is not None:
        words.append(f"under {listing.under:,f}{money} a year")
    if listing.sort is not None:
        words.append(_SORTED[listing.sort])
    return words


_SORTED = {
    "arr": "largest first", "smallest": "smallest first", "renewal": "soonest first", "risk": "riskiest first",
    "touch": "longest silent first", "name": "by name",
}  # fmt: skip


def told(*parts: str | None) -> str:
    return ", ".join(part for part in parts if part)


def of_ages(read: str, ages: Mapping[str, AnyRow], kinds: Iterable[str], missing: Iterable[str] = ()) -> Receipts:
    """Receipts of what was read of these kinds of data; kinds that nobody ever brought in are missing."""
    wanted = list(kinds)
    newest = [_as_of(ages[kind].newest_on, ages[kind].imported_at) for kind in wanted if kind in ages]
    never = [f"no {kind} were ever imported" for kind in wanted if kind not in ages]
    return Receipts(read=read, newest_on=_newest(newest), missing=(*never, *missing))


def _as_of(newest_on: date | None, imported_at: datetime | None) -> date | None:
    """How new data is; what has no days of its own is as new as the day it came in."""
    return newest_on or (imported_at.date() if imported_at is not None else None)


def _newest(days: Iterable[date | None]) -> date | None:
    return max((day for day in days if day is not None), default=None)


def of_card(read: str, data: Iterable[DataAge], kinds: Iterable[str], missing: Iterable[str] = ()) -> Receipts:
    wanted = set(kinds)
    found = [one for one in data if one.data in wanted]
    newest = [_as_of(one.newest_on, one.imported_at) for one in found]
    never = [f"no {one.data} were ever imported" for one in found if one.imported_at is None and one.newest_on is None]
    return Receipts(read=read, newest_on=_newest(newest), missing=(*never, *missing))


def count(number: int, one: str, many: str | None = None) -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"
