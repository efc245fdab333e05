"""Dates in the words of whoever reads them. Only dates change their language; sentences stay English."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo

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
        if self.locale == "en_GB":
            return _by_pattern(day, _BRITISH, self.locale)
        return self._written("yMMMEd", day)

    def short(self, day: date) -> str:
        """`31 May`, with the year when it lies more than about half a year away."""
        near = abs(day - self.today) <= timedelta(days=200)
        return self._written("MMMd" if near else "yMMMd", day)

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
        return f"{self.full(instant.astimezone(self.zone).date())}, {self._clock(instant)}"

    def lately(self, instant: datetime) -> str:
        """`14:05` for a moment of today, else as `moment`."""
        today = instant.astimezone(self.zone).date() == self.today
        return self._clock(instant) if today else self.moment(instant)

    def _clock(self, instant: datetime) -> str:
        local = instant.astimezone(self.zone).time()
        return f"{local:%H:%M}" if self.locale == ISO else format_time(local, "short", locale=self.locale)

    def _written(self, skeleton: str, day: date) -> str:
        return day.isoformat() if self.locale == ISO else format_skeleton(skeleton, day, locale=self.locale)
