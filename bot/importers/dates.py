"""Dates and instants as people and programs write them. The order of day and month is decided per column, never per
cell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import Literal

from bot.importers.amounts import shorten
from bot.importers.errors import BadCellError
from bot.importers.text import NULLS, fold

Order = Literal["dmy", "mdy", "ymd"]

_MONTHS: tuple[str, ...] = (
    "january jan januar januari janvier janv enero ene janeiro gennaio gen ian",
    "february feb februar februari fevrier fevr fev febrero fevereiro febbraio",
    "march mar marz maerz mrz mars marzo marco maart mrt",
    "april apr avril avr abril abr aprile",
    "may mai mayo maio mei maggio mag maj",
    "june jun juni juin junio junho giugno giu",
    "july jul juli juillet juil julio julho luglio lug",
    "august aug aout agosto ago augustus augusti",
    "september sep sept septembre septiembre setembro set settembre",
    "october oct oktober okt octobre octubre outubro out ottobre ott",
    "november nov novembre noviembre novembro",
    "december dec dezember dez decembre diciembre dic dezembro dicembre",
)
MONTHS = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names.split()}

_NUMERIC = re.compile(r"^(\d{1,4})\s?([./\-\s])\s?(\d{1,2})\s?\2\s?(\d{1,4})\.?$")
_DAY_NAME = re.compile(r"^[^\W\d]{2,12}\.?,?\s+(?=\d)|^[^\W\d]{4,12},\s+", re.UNICODE)
_NAMED = (
    re.compile(
        r"^(?P<d>\d{1,2})(?:st|nd|rd|th|er|º|°)?[.\s\-/]*(?:de |of )?"
        r"(?P<m>[^\W\d]{3,12})\.?[,\s\-/]*(?:de |del )?(?P<y>\d{4}|\d{2})$"
    ),
    re.compile(r"^(?P<m>[^\W\d]{3,12})\.?[\s\-/]*(?P<d>\d{1,2})(?:st|nd|rd|th)?[,\s\-/]+(?P<y>\d{4})$"),
    re.compile(r"^(?P<y>\d{4})[\s\-/]+(?P<m>[^\W\d]{3,12})\.?[\s\-/]+(?P<d>\d{1,2})$"),
)  # fmt: skip
_JAPANESE = re.compile(r"^(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日$")
_COMPACT = re.compile(r"^(?:19|20)\d{6}$")
_TIME = re.compile(
    r"[T\s,]+(?:(?:at|um|à|a las|às|kl\.?|om|alle)\s+)?(?P<h>\d{1,2})[:.h](?P<min>\d{2})"
    r"(?::(?P<s>\d{2})(?:[.,](?P<f>\d{1,9}))?)?"
    r"(?:\s?Uhr)?\s*(?P<half>[AaPp]\.?\s?[Mm]\.?)?\s*(?P<zone>Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?$"
)
_ORDERS: tuple[Order, ...] = ("dmy", "mdy", "ymd")
_CLOCK_MARKS = frozenset(" T")
_EXCEL_EPOCH = date(1899, 12, 30)
_OLDEST, _LATEST = 1900, 2200


def _year(text: str) -> int:
    """Two-digit years as POSIX reads them: 69 to 99 are the last century."""
    value = int(text)
    return value if len(text) > 2 else value + (1900 if value >= 69 else 2000)


def _valid(y: int, m: int, d: int) -> date | None:
    try:
        return date(y, m, d) if _OLDEST <= y <= _LATEST else None
    except ValueError:
        return None


def split_time(cell: str) -> tuple[str, time | None, tzinfo | None]:
    """A cell as its date text, its time of day and its zone, where it has them. Raises BadCellError for an
    impossible time."""
    match = _TIME.search(cell)
    if match is None or match.start() == 0:
        return cell.strip(), None, None
    hour, minute, second = int(match["h"]), int(match["min"]), int(match["s"] or 0)
    if match["half"]:
        if not 1 <= hour <= 12:
            raise BadCellError(f"{shorten(cell)} is not a time")
        hour = hour % 12 + (12 if match["half"][0] in "pP" else 0)
    micro = int((match["f"] or "0")[:6].ljust(6, "0"))
    try:
        clock = time(hour, minute, min(second, 59), micro)
    except ValueError:
        raise BadCellError(f"{shorten(cell)} is not a time") from None
    return cell[: match.start()].strip(), clock, _zone(match["zone"])


def _zone(text: str | None) -> tzinfo | None:
    if not text:
        return None
    if text in {"Z", "UTC", "GMT"}:
        return UTC
    digits = text[1:].replace(":", "").ljust(4, "0")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-offset if text[0] == "-" else offset) if offset < timedelta(hours=24) else None


def _numeric(text: str) -> tuple[str, str, str, str] | None:
    match = _NUMERIC.match(text)
    return (match[1], match[2], match[3], match[4]) if match else None


def _by_order(parts: tuple[str, str, str, str], order: Order) -> date | None:
    first, _, second, third = parts
    if len(first) == 4:
        return _valid(int(first), int(second), int(third)) if len(third) <= 2 else None
    if order == "ymd":
        return _valid(_year(first), int(second), int(third)) if len(first) == 2 and len(third) <= 2 else None
    if len(third) not in (2, 4) or len(first) > 2:
        return None
    day, month = (first, second) if order == "dmy" else (second, first)
    return _valid(_year(third), int(month), int(day))


def _named(text: str) -> date | None:
    japanese = _JAPANESE.match(text)
    if japanese:
        return _valid(int(japanese[1]), int(japanese[2]), int(japanese[3]))
    for pattern in _NAMED:
        match = pattern.match(text)
        month = MONTHS.get(fold(match["m"])) if match else None
        if match and month:
            return _valid(_year(match["y"]), month, int(match["d"]))
    bare = _DAY_NAME.sub("", text, count=1)
    return _named(bare) if bare != text else None


def _unordered(text: str) -> date | None:
    """Dates that need no order: ISO, compact ISO, month names."""
    try:
        if len(text) == 10 and text[4] == "-":
            return _valid(*date.fromisoformat(text).timetuple()[:3])
        if _COMPACT.match(text):
            return _valid(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return None
    return _named(text)


_MONTH = (
    re.compile(r"^(?P<y>\d{4})[-/.年]\s?(?P<n>\d{1,2})月?$"),
    re.compile(r"^(?P<n>\d{1,2})[-/.](?P<y>\d{4})$"),
    re.compile(r"^(?P<m>[^\W\d]{3,12})\.?[\s\-/']*(?P<y>\d{4})$"),
)


def first_of_month(cell: str) -> date | None:
    """The first day of a month written without a day, or None when it is something else."""
    for pattern in _MONTH:
        if match := pattern.match(cell):
            found = match.groupdict()
            month = int(found["n"]) if found.get("n") else MONTHS.get(fold(found.get("m") or ""), 0)
            return _valid(int(found["y"]), month, 1)
    return None


def _is_plain_iso(cell: str) -> bool:
    """What programs write, told apart without patterns: nearly every cell of a large export."""
    if cell[4:5] != "-" or cell[7:8] != "-":
        return False
    try:
        return _OLDEST <= datetime.fromisoformat(cell).year <= _LATEST
    except ValueError:
        return False


def classify(cell: str) -> str:
    """What one cell says about its column's order.

    "iso" (no order needed), "dmy", "mdy", "ymd" (only that order fits), "dmy+mdy" and the like (all of these fit),
    "dots" (day and month could be swapped, but no locale writes the month first with dots), "same" (day equals
    month), "month" (a month without a day), "number", "millis", "bad", "null".
    """
    if _is_plain_iso(cell):
        return "iso"
    cell = cell.strip()
    if cell in NULLS:
        return "null"
    if cell.isdecimal() or cell.replace(".", "", 1).isdecimal():
        whole = cell.split(".")[0]
        if _COMPACT.match(cell):
            return "iso" if _unordered(cell) else "bad"
        return "millis" if len(whole) in (12, 13) else "number" if len(whole) in (5, 10) else "bad"
    try:
        text = split_time(cell)[0]
    except BadCellError:
        return "bad"
    parts = _numeric(text)
    if parts is None or len(parts[0]) == 4:
        if _by_order(parts, "ymd") if parts else _unordered(text):
            return "iso"
        return "month" if first_of_month(text) else "bad"
    fits = {order for order in ("dmy", "mdy", "ymd") if _by_order(parts, order)}
    if parts[1] == "." and "dmy" in fits:
        return "dots" if "mdy" in fits else "dmy"
    if fits == {"dmy", "mdy"} and int(parts[0]) == int(parts[2]):
        return "same"
    return "+".join(sorted(fits)) or "bad"


def decide_order(seen: Counter[str]) -> tuple[Order | None, str]:
    """`(order, state)` of a column: state is "iso", "decided", "dots", "undecidable", "contradictory".

    The order is the one that fits every cell; a cell that only one order fits decides, wherever it stands.
    """
    left: set[Order] = {"dmy", "mdy", "ymd"}
    ordered = False
    for name, count in seen.items():
        fitting: set[Order] = {order for order in _ORDERS if order in name.split("+")}
        if fitting and count:
            left &= fitting
            ordered = True
    if not ordered:
        return "dmy", "dots" if seen["dots"] else "iso"
    if len(left) == 1:
        return left.pop(), "decided"
    if left:
        return None, "undecidable"
    return max(_ORDERS, key=lambda order: seen[order]), "contradictory"


def date_parser(order: Order | None, numbers: str = "", months: bool = False) -> Callable[[str], date | None]:
    """A parser for calendar dates; a time of day is cut off, without a change of zone.

    `order` is the column's; `numbers` says what bare numbers mean: "serial" (Excel), "seconds", "millis" or ""
    (nothing).
    With `months`, "2024-03" and "Mar 2024" are the first of that month. None for blanks. Raises BadCellError for an
    impossible date.
    """

    def parse(cell: str) -> date | None:
        cell = cell.strip()
        if cell in NULLS:
            return None
        if months and (first := first_of_month(cell)) is not None:
            return first
        text = split_time(cell)[0]
        found = _unordered(text)
        parts = _numeric(text) if found is None else None
        swappable = parts is not None and len(parts[0]) < 4
        if parts is not None and (order is not None or not swappable):
            found = _by_order(parts, order or "ymd")
        if found is None and numbers:
            found = from_number(cell, numbers).date()
        if found is None:
            raise BadCellError(
                f"{shorten(cell)} is not a date" + (f" (read as {order})" if order and swappable else "")
            )
        return found

    return parse


def from_number(cell: str, numbers: str) -> datetime:
    """An instant from an Excel serial number or a count of seconds or milliseconds since 1970, as naive UTC."""
    try:
        value = float(cell)
        if numbers == "serial":
            return datetime.combine(_EXCEL_EPOCH, time()) + timedelta(days=value)
        return datetime(1970, 1, 1) + timedelta(seconds=value / (1000 if numbers == "millis" else 1))  # noqa: DTZ001
    except (ValueError, OverflowError):
        raise BadCellError(f"{shorten(cell)} is not a date") from None


def instant_parser(order: Order | None, zone: tzinfo, numbers: str = "") -> Callable[[str], datetime | None]:
    """A parser for instants, as aware UTC. `zone` is where naive times are written; dates stand for their midnight
    there."""
    parse_date = date_parser(order)
    from_iso, utc_zone = datetime.fromisoformat, zone is UTC or str(zone) == "UTC"

    def slow(cell: str) -> datetime | None:
        cell = cell.strip()
        if cell in NULLS:
            return None
        if numbers and (cell.isdecimal() or cell.replace(".", "", 1).isdecimal()) and not _COMPACT.match(cell):
            # an Excel serial number is a wall time, a count since 1970 is UTC
            return from_number(cell, numbers).replace(tzinfo=zone if numbers == "serial" else UTC).astimezone(UTC)
        text, clock, written = split_time(cell)
        day = parse_date(text)
        if day is None:
            return None
        return datetime.combine(day, clock or time(), written or zone).astimezone(UTC)

    def parse(cell: str) -> datetime | None:
        if utc_zone and cell[10:11] in _CLOCK_MARKS:
            try:
                value = from_iso(cell + "+00:00")  # ten times as fast as replace(tzinfo=...)
                if cell[7:8] == "-" and _OLDEST <= value.year <= _LATEST:
                    return value
            except ValueError:
                pass
        try:
            value = from_iso(cell)
        except ValueError:
            return slow(cell)
        if cell[7:8] != "-" or not _OLDEST <= value.year <= _LATEST:  # week dates and compact ones
            return slow(cell)
        if value.tzinfo is not None:
            return value.astimezone(UTC)
        return value.replace(tzinfo=UTC) if utc_zone else value.replace(tzinfo=zone).astimezone(UTC)

    return parse
