"""Dates in the reader's language, and the workspace's in what everybody sees."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.preferences import LOCALES, Choices
from bot.slack.render.dates import Days
from bot.slack.render.text import clean
from tests.slack.conftest import Bot, said

TODAY = date(2026, 2, 19)
LATE = datetime(2026, 3, 3, 23, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("locale", "full", "near", "far", "moment"),
    [
        ("en_GB", "Tue 3 Mar 2026", "3 Mar", "3 Mar 2027", "Wed 4 Mar 2026, 00:05"),
        ("en_US", "Tue, Mar 3, 2026", "Mar 3", "Mar 3, 2027", "Wed, Mar 4, 2026, 12:05\u202fAM"),
        ("de", "Di., 3. März 2026", "3. März", "3. März 2027", "Mi., 4. März 2026, 00:05"),
        ("fr", "mar. 3 mars 2026", "3 mars", "3 mars 2027", "mer. 4 mars 2026, 00:05"),
        ("fi", "ti 3.3.2026", "3.3.", "3.3.2027", "ke 4.3.2026, 0.05"),
        ("ja", "2026年3月3日(火)", "3月3日", "2027年3月3日", "2026年3月4日(水), 0:05"),
        ("iso", "2026-03-03", "2026-03-03", "2027-03-03", "2026-03-04, 00:05"),
    ],
)
def test_each_language_writes_dates_its_own_way(locale: str, full: str, near: str, far: str, moment: str) -> None:
    days = Days(TODAY, locale, ZoneInfo("Europe/Stockholm"))
    assert days.full(date(2026, 3, 3)) == full
    assert days.short(date(2026, 3, 3)) == near
    assert days.short(date(2027, 3, 3)) == far
    assert days.moment(LATE) == moment


@given(st.sampled_from(sorted(LOCALES)), st.dates(), st.datetimes(timezones=st.just(UTC)))
def test_every_language_writes_every_day(locale: str, day: date, moment: datetime) -> None:
    days = Days(TODAY, locale)
    for text in (days.full(day), days.short(day), days.moment(moment)):
        assert 2 <= len(text) < 50
        assert not set(text) & set("<>&*~`")
        assert clean(text).split() == text.split()


async def test_an_answer_has_the_askers_dates_and_a_shared_copy_the_workspaces(socket_bot: Bot) -> None:
    socket_bot.use_cases.chosen["U0MAYA"] = Choices(locale="de")
    [card] = await socket_bot.ask("maya", "#accounts", "/account acme")
    assert "Notice deadline Di., 3. März 2026 (in 12 days); contract ends 31. Mai" in said([card])
    assert "Di., 3. März" in said(await socket_bot.ask("maya", "#accounts", "/renewals"))
    await socket_bot.share("maya")
    [shared] = [one for one in socket_bot.slack.messages("#accounts", "jonas") if not one.get("is_ephemeral")]
    assert "Tue 3 Mar 2026" in said([shared])
    assert "Tue 3 Mar 2026" in said(await socket_bot.ask("jonas", "#accounts", "/account acme"))
