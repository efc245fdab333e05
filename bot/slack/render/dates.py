"""Dates in the words of whoever reads them. Only dates change their language; sentences stay English."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo

from babel.dates import format_date as _by_pattern
from babel.dates import format_skeleton, format_time

from bot.domain.preferences import DEFAULT_LOCALE, ISO

# CLDR's British weekday ends in a comma, which reads badly inside a sentence that has its own.
_BRITISH = "EEE d MMM y"


@dataclass(frozen=True, slots=True)
class Days:
    """How one reader sees dates: `today` is the calendar day that distances count from, `zone` their clock."""

    today: date
    locale: str = DEFAULT_LOCALE
    zone: tzinfo = UTC

    def full(self, day: date) -> str:
        """`Tue 3 Mar 2026`, `Di., 3. März 2026`, `2026-03-03`."""
        if self.locale == "en_GB":
            return _by_pattern(day, _BRITISH, self.locale)
        return self._written("yMMMEd", day)

    def short(self, day: date) -> str:
        """`31 May`, with the year when it lies more than about half a year away."""
        near = abs(day - self.today) <= timedelta(days=200)
        return self._written("MMMd" if near else "yMMMd", day)

    def moment(self, instant: datetime) -> str:
        """`Tue 3 Mar 2026, 14:05` on the reader's clock."""
        local = instant.astimezone(self.zone)
        clock = f"{local:%H:%M}" if self.locale == ISO else format_time(local.time(), "short", locale=self.locale)
        return f"{self.full(local.date())}, {clock}"

    def _written(self, skeleton: str, day: date) -> str:
        return day.isoformat() if self.locale == ISO else format_skeleton(skeleton, day, locale=self.locale)
