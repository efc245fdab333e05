"""Dates in the words of whoever reads them. Only dates change their language; sentences stay English."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache

from babel.dates import format_date as _by_pattern
from babel.dates import format_skeleton, format_time

from bot.domain.days import MONTHS
from bot.domain.preferences import DEFAULT_LOCALE, ISO

# CLDR's British weekday ends in a comma, which reads badly inside a sentence that has its own.
_BRITISH = "EEE d MMM y"
_WRITTEN = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(MONTHS)}) (\d{{4}})\b")


@dataclass(frozen=True, slots=True)
class Days:
    """How one reader sees dates: `today` is the calendar day that distances count from, `zone` their clock."""

    today: date
    locale: str = DEFAULT_LOCALE
    zone: tzinfo = UTC

    def full(self, day: date) -> str:
        """`Tue 3 Mar 2026`, `Di., 3. März 2026`, `2026-03-03`."""
        return _formatted(self.locale, "yMMMEd", day)

    def short(self, day: date) -> str:
        """`31 May`, with the year when it lies more than about half a year away."""
        near = abs(day - self.today) <= timedelta(days=200)
        return _formatted(self.locale, "MMMd" if near else "yMMMd", day)

    def said(self, sentence: str) -> str:
        """A sentence of ours with its days (`bot.domain.days`) as this reader writes them."""
        return _WRITTEN.sub(self._reread, sentence)

    def _reread(self, found: re.Match[str]) -> str:
        try:
            return self.short(date(int(found[3]), MONTHS.index(found[2]) + 1, int(found[1])))
        except ValueError:
            return found[0]

    def moment(self, instant: datetime) -> str:
        """`Tue 3 Mar 2026, 14:05` on the reader's clock."""
        return f"{self.full(instant.astimezone(self.zone).date())}, {self.clock(instant)}"

    def lately(self, instant: datetime) -> str:
        """`14:05` for a moment of today, else as `moment`."""
        today = instant.astimezone(self.zone).date() == self.today
        return self.clock(instant) if today else self.moment(instant)

    def clock(self, instant: datetime) -> str:
        """`14:05` on the reader's clock."""
        return _time_of_day(self.locale, instant.astimezone(self.zone).time().replace(second=0, microsecond=0))


# Babel reads its patterns anew for every date; a card has a dozen of them, and few days are spoken of at a time.
@lru_cache(maxsize=8_192)
def _formatted(locale: str, skeleton: str, day: date) -> str:
    if locale == ISO:
        return day.isoformat()
    if locale == "en_GB" and skeleton == "yMMMEd":
        return _by_pattern(day, _BRITISH, locale)
    return format_skeleton(skeleton, day, locale=locale)


@lru_cache(maxsize=8_192)
def _time_of_day(locale: str, at: time) -> str:
    return f"{at:%H:%M}" if locale == ISO else format_time(at, "short", locale=locale)
