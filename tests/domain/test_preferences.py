"""What holds for somebody, and which choices cannot be kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import get_args
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.preferences import LOCALES, Choices, countries, mistakes, resolve, zone_of
from bot.settings import Locale

WORKSPACE = ZoneInfo("Europe/London")


def test_whoever_chose_nothing_has_the_defaults() -> None:
    held = resolve(None, None, WORKSPACE)
    assert (held.zone, held.zone_from, held.locale, held.country) == (WORKSPACE, "workspace", "en_GB", None)
    assert (held.digest, held.digest_at, held.quiet_from, held.quiet_until) == (True, time(8, 30), time(19), time(8))
    assert held.working_days == {1, 2, 3, 4, 5}
    assert held.chosen == Choices()
    assert resolve(None, None, WORKSPACE, "de").locale == "de"


@pytest.mark.parametrize(
    ("own", "slack", "zone", "source"),
    [
        ("Asia/Kolkata", "Europe/Oslo", "Asia/Kolkata", "chosen"),
        (None, "Europe/Oslo", "Europe/Oslo", "Slack"),
        ("Mars/Base", "Europe/Oslo", "Europe/Oslo", "Slack"),
        ("Mars/Base", "Nowhere", "Europe/London", "workspace"),
        ("Europe", "../etc/passwd", "Europe/London", "workspace"),
        ("", "", "Europe/London", "workspace"),
    ],
)
def test_the_zone_is_the_chosen_one_else_slacks_else_the_workspaces(
    own: str | None, slack: str, zone: str, source: str
) -> None:
    held = resolve(Choices(timezone=own), slack, WORKSPACE)
    assert (held.zone.key, held.zone_from) == (zone, source)


def test_what_is_no_longer_known_counts_as_not_chosen() -> None:
    held = resolve(Choices(locale="tlh", country="ZZ", working_days=frozenset()), None, WORKSPACE)
    assert (held.locale, held.country, len(held.working_days)) == ("en_GB", None, 5)


def test_midnight_is_a_time() -> None:
    held = resolve(Choices(digest_at=time(0), quiet_from=time(0), quiet_until=time(0)), None, WORKSPACE)
    assert (held.digest_at, held.quiet_from, held.quiet_until) == (time(0), time(0), time(0))
    assert not held.is_quiet(datetime(2026, 3, 4, 0, 0, tzinfo=UTC))


@pytest.mark.parametrize(
    ("begin", "end", "at", "quiet"),
    [
        (19, 8, "18:59", False), (19, 8, "19:00", True), (19, 8, "23:59", True), (19, 8, "00:00", True),
        (19, 8, "07:59", True), (19, 8, "08:00", False), (12, 13, "12:30", True), (12, 13, "13:00", False),
        (12, 12, "12:00", False),
    ],
)  # fmt: skip
def test_quiet_hours_pass_midnight_on_the_clock_of_the_person(begin: int, end: int, at: str, quiet: bool) -> None:
    held = resolve(Choices("Asia/Kolkata", quiet_from=time(begin), quiet_until=time(end)), None, WORKSPACE)
    moment = datetime.combine(date(2026, 3, 4), time.fromisoformat(at), ZoneInfo("Asia/Kolkata"))
    assert held.is_quiet(moment.astimezone(UTC)) is quiet


def test_days_off() -> None:
    held = resolve(
        Choices(country="SE", working_days=frozenset({1, 2, 3, 4}), away_from=date(2026, 3, 9), away_until=None),
        None,
        WORKSPACE,
    )
    assert held.works_on(date(2026, 3, 4))
    assert not held.works_on(date(2026, 3, 6))  # a Friday, not theirs
    assert not held.works_on(date(2026, 1, 6))  # Epiphany in Sweden, a Tuesday
    assert not held.works_on(date(2027, 3, 9))  # away without an end
    back = replace(held, away_until=date(2026, 3, 10))
    assert [back.is_away(date(2026, 3, day)) for day in (8, 9, 10, 11)] == [False, True, True, False]
    assert replace(held, country=None).works_on(date(2026, 1, 6))


@pytest.mark.parametrize(
    ("chosen", "field", "sentence"),
    [
        (Choices(timezone="Europe/Stokholm"), "timezone", "Europe/Stokholm is no time zone"),
        (Choices(timezone="x" * 5000), "timezone", "Pick one such as"),
        (Choices(locale="tlh"), "locale", "Pick one from the list"),
        (Choices(country="ZZ"), "country", "Pick another, or none"),
        (Choices(working_days=frozenset()), "working_days", "at least one working day"),
        (Choices(working_days=frozenset({0, 8})), "working_days", "at least one working day"),
        (Choices(digest_at=time(7)), "digest_at", "07:00 falls into your quiet hours (19:00 to 08:00)"),
        (Choices(quiet_until=time(9)), "digest_at", "08:30 falls into your quiet hours (19:00 to 09:00)"),
        (Choices(away_until=date(2026, 3, 9)), "away_from", "Since when are you away?"),
        (Choices(away_from=date(2026, 3, 9), away_until=date(2026, 3, 8)), "away_until", "Swap them"),
        (Choices(away_from=date(2026, 3, 9), away_until=date(2036, 3, 8)), "away_until", "more than a year"),
        (Choices(backup_id="U1"), "backup_id", "cannot stand in for yourself"),
    ],
)
def test_choices_that_cannot_be_kept_say_why(chosen: Choices, field: str, sentence: str) -> None:
    wrong = mistakes(chosen, "U1")
    assert list(wrong) == [field]
    assert sentence in wrong[field]
    assert len(wrong[field]) < 200


def test_choices_that_can_be_kept() -> None:
    for chosen in (
        Choices(),
        Choices(digest=False, digest_at=time(7)),
        Choices(digest_at=time(8)),
        Choices(digest_at=time(3), quiet_from=time(12), quiet_until=time(12)),
        Choices("Asia/Kolkata", "ja", "IN", frozenset({7}), backup_id="U2"),
        Choices(away_from=date(2026, 3, 9), away_until=date(2026, 3, 9)),
        Choices(away_from=date(2026, 3, 9)),
    ):
        assert mistakes(chosen, "U1") == {}


def test_the_settings_offer_the_same_languages() -> None:
    assert get_args(Locale) == tuple(LOCALES)


@given(st.text())
def test_no_text_breaks_the_zone(name: str) -> None:
    zone_of(name)


@given(st.sampled_from(sorted(countries())), st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_every_country_has_a_calendar(country: str, day: date) -> None:
    assert resolve(Choices(country=country), None, WORKSPACE).works_on(day) in (True, False)
