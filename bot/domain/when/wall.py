"""Wall times and instants: what a local clock shows, and when that is.

A wall time that does not exist (the clock springs over it) is the first moment that does; one that exists twice is the
first of the two, unless it says `fold=1`, as only "in two hours" can. So every wall time is exactly one instant, and
later wall times are never earlier instants.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

_SECOND = timedelta(seconds=1)


def resolve(local: datetime, zone: ZoneInfo) -> datetime:
    """The instant (aware, UTC) at which a clock in `zone` shows the naive `local`.

    In a gap: the first instant after it, be the gap half an hour (Lord Howe) or a whole day (Samoa, 30 December 2011).
    Raises `OverflowError` where the instant leaves the calendar.
    """
    if local.tzinfo is not None:
        raise ValueError("a wall time is naive: it has no zone of its own")
    instant = local.replace(tzinfo=zone).astimezone(UTC)
    if local_time(instant, zone) == local:  # equality does not look at the fold
        return instant
    # fold=1 reads a missing time with the offset after the gap, which lands before it; fold=0 lands after it.
    before, after = (local.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (1, 0))
    return _first_after(before, after, zone)


def local_time(instant: datetime, zone: ZoneInfo) -> datetime:
    """What a clock in `zone` shows at an aware instant: naive, with `fold=1` the second time it shows it."""
    if instant.tzinfo is None:
        raise ValueError("an instant is aware: give it its zone")
    return instant.astimezone(zone).replace(tzinfo=None)


def local_day(instant: datetime, zone: ZoneInfo) -> date:
    """The calendar day in `zone` at an aware instant."""
    return local_time(instant, zone).date()


def _first_after(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """The first second with the offset of `after`, which `before` does not have yet."""
    offset = after.astimezone(zone).utcoffset()
    while after - before > _SECOND:
        middle = before + timedelta(seconds=(after - before) // _SECOND // 2)
        if middle.astimezone(zone).utcoffset() == offset:
            after = middle
        else:
            before = middle
    return after.replace(microsecond=0)
