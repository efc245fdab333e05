"""What somebody chose for themselves, and what holds where they chose nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Final, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import holidays

ISO: Final = "iso"
LOCALES: Final[Mapping[str, str]] = {
    "en_GB": "English (UK)",
    "en_US": "English (US)",
    "de": "Deutsch",
    "fr": "Français",
    "es": "Español",
    "it": "Italiano",
    "nl": "Nederlands",
    "pt": "Português",
    "pl": "Polski",
    "sv": "Svenska",
    "da": "Dansk",
    "nb": "Norsk",
    "fi": "Suomi",
    "ja": "日本語",
    ISO: "ISO (2026-03-03)",
}
"""How dates can be written, by what is stored."""

ZoneFrom = Literal["chosen", "Slack", "workspace"]

DEFAULT_LOCALE: Final = "en_GB"
WORKING_DAYS: Final = frozenset({1, 2, 3, 4, 5})
DIGEST_AT: Final = time(8, 30)
QUIET_FROM: Final = time(19)
QUIET_UNTIL: Final = time(8)
LONGEST_AWAY: Final = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Choices:
    """What somebody chose; None leaves it to the defaults. Days of the week are ISO's: 1 is Monday."""

    timezone: str | None = None
    locale: str | None = None
    country: str | None = None
    working_days: frozenset[int] | None = None
    digest: bool | None = None
    digest_at: time | None = None
    quiet_from: time | None = None
    quiet_until: time | None = None
    away_from: date | None = None
    away_until: date | None = None
    backup_id: str | None = None
    alerts: bool | None = None


@dataclass(frozen=True, slots=True)
class Preferences:
    """What holds for somebody. Times are on the clock of `zone`; `country` (ISO 3166 alpha-2) None has no holidays.

    Quiet hours may pass midnight; the same time twice means none. `away_until` is the last day away, None without an
    end. `backup_id` is the Slack user who stands in meanwhile. `alerts`: to hear when the health of an account falls.
    """

    chosen: Choices
    zone: ZoneInfo
    zone_from: ZoneFrom
    locale: str
    country: str | None
    working_days: frozenset[int]
    digest: bool
    digest_at: time
    quiet_from: time
    quiet_until: time
    away_from: date | None
    away_until: date | None
    backup_id: str | None
    alerts: bool

    def is_quiet(self, moment: datetime) -> bool:
        """Whether an aware instant falls into their quiet hours."""
        return _within(moment.astimezone(self.zone).time(), self.quiet_from, self.quiet_until)

    def is_away(self, day: date) -> bool:
        if self.away_from is None or day < self.away_from:
            return False
        return self.away_until is None or day <= self.away_until

    def works_on(self, day: date) -> bool:
        """One of their working days, no public holiday, and not away."""
        free = self.country is not None and day in _holidays(self.country, day.year)
        return day.isoweekday() in self.working_days and not free and not self.is_away(day)


@lru_cache(maxsize=1_024)
def resolve(
    chosen: Choices | None, slack_tz: str | None, workspace_zone: ZoneInfo, workspace_locale: str = DEFAULT_LOCALE
) -> Preferences:
    """What holds: the choice, else what Slack says of the time zone, else the workspace's. A stored value that is no
    longer known (a renamed zone, a language we dropped) counts as not chosen."""
    own = chosen or Choices()
    zone, zone_from = _zone(own.timezone, slack_tz, workspace_zone)
    return Preferences(
        chosen=own,
        zone=zone,
        zone_from=zone_from,
        locale=own.locale if own.locale is not None and own.locale in LOCALES else workspace_locale,
        country=own.country if own.country is not None and own.country in countries() else None,
        working_days=own.working_days or WORKING_DAYS,
        digest=own.digest is not False,
        digest_at=_or(own.digest_at, DIGEST_AT),
        quiet_from=_or(own.quiet_from, QUIET_FROM),
        quiet_until=_or(own.quiet_until, QUIET_UNTIL),
        away_from=own.away_from,
        away_until=own.away_until,
        backup_id=own.backup_id,
        alerts=own.alerts is not False,
    )


def _zone(own: str | None, slack_tz: str | None, workspace_zone: ZoneInfo) -> tuple[ZoneInfo, ZoneFrom]:
    if (chosen := zone_of(own)) is not None:
        return chosen, "chosen"
    if (known := zone_of(slack_tz)) is not None:
        return known, "Slack"
    return workspace_zone, "workspace"


def _or(chosen: time | None, usual: time) -> time:
    return usual if chosen is None else chosen


def mistakes(chosen: Choices, own_id: str | None) -> dict[str, str]:
    """What is wrong with choices, a sentence by the field to correct; empty when they can be kept."""
    found = {}
    if chosen.timezone is not None and zone_of(chosen.timezone) is None:
        found["timezone"] = f"{chosen.timezone[:60]} is no time zone I know. Pick one such as Europe/Stockholm."
    if chosen.locale is not None and chosen.locale not in LOCALES:
        found["locale"] = "I cannot write dates in that language. Pick one from the list."
    if chosen.country is not None and chosen.country not in countries():
        found["country"] = "I do not know the public holidays of that country. Pick another, or none."
    if chosen.working_days is not None and not (chosen.working_days and chosen.working_days <= set(range(1, 8))):
        found["working_days"] = "Keep at least one working day, otherwise I could never write to you."
    held = resolve(chosen, None, ZoneInfo("UTC"))
    if held.digest and _within(held.digest_at, held.quiet_from, held.quiet_until):
        found["digest_at"] = (
            f"{held.digest_at:%H:%M} falls into your quiet hours ({held.quiet_from:%H:%M} to "
            f"{held.quiet_until:%H:%M}). Move one of them."
        )
    return {**found, **_away_mistakes(chosen, own_id)}


def _away_mistakes(chosen: Choices, own_id: str | None) -> dict[str, str]:
    found = {}
    if chosen.away_until is not None and chosen.away_from is None:
        found["away_from"] = "Since when are you away? Give the first day too, or clear the last one."
    elif chosen.away_from is not None and chosen.away_until is not None:
        if chosen.away_until < chosen.away_from:
            found["away_until"] = "The last day away lies before the first. Swap them."
        elif chosen.away_until - chosen.away_from > LONGEST_AWAY:
            found["away_until"] = "That is more than a year. Leave the last day empty, and come back when you are back."
    if chosen.backup_id is not None and chosen.backup_id == own_id:
        found["backup_id"] = "You cannot stand in for yourself. Pick a colleague, or nobody."
    return found


def zone_of(name: str | None) -> ZoneInfo | None:
    """The IANA zone of that name; None when there is none."""
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):  # OSError: "Europe" is a folder of zones
        return None


@lru_cache(maxsize=1)
def countries() -> frozenset[str]:
    """ISO 3166 alpha-2 codes of the countries whose public holidays are known."""
    return frozenset(holidays.list_supported_countries(include_aliases=False))


def _within(moment: time, begin: time, end: time) -> bool:
    """Half-open; past midnight when `end` is not after `begin`, and never when they are the same."""
    if begin <= end:
        return begin <= moment < end
    return moment >= begin or moment < end


@lru_cache(maxsize=512)
def _holidays(country: str, year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays(country, years=year))
