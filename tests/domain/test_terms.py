"""Contract dates: rolling, notice deadlines, and what leads."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.terms import (
    ContractTerms,
    RenewalDates,
    add_months,
    business_days_before,
    current_term,
    is_business_day,
    next_decision,
    notice_deadline,
    renewal_dates,
    whole_months,
)

TODAY = date(2026, 3, 4)
DAY = timedelta(days=1)


def day(text: str) -> date:
    return date.fromisoformat(text)


def contract(starts: str | None, ends: str | None, **more: Any) -> ContractTerms:
    return ContractTerms(day(starts) if starts else None, day(ends) if ends else None, **more)


def dates(terms: ContractTerms, today: date = TODAY) -> RenewalDates:
    return renewal_dates(terms, today)


@pytest.mark.parametrize(
    ("starts", "ends", "months"),
    [
        ("2025-01-01", "2025-12-31", 12),
        ("2025-01-15", "2025-02-14", 1),
        ("2019-06-15", "2022-06-14", 36),
        ("2024-03-01", "2025-02-28", 12),
        ("2023-03-01", "2024-02-29", 12),
        ("2024-02-29", "2025-02-28", 12),
        ("2024-02-29", "2025-02-27", 12),
        ("2024-01-31", "2024-02-28", 1),
        ("2024-01-31", "2024-02-29", 1),
        ("2024-08-31", "2025-02-27", 6),
        ("2025-01-01", "2025-12-30", None),
        ("2025-01-01", "2026-01-01", None),
        ("2025-01-01", "2025-01-01", None),
        ("2025-01-10", "2025-01-09", None),
    ],
)
def test_whole_months(starts: str, ends: str, months: int | None) -> None:
    assert whole_months(day(starts), day(ends)) == months


@pytest.mark.parametrize(
    ("starts", "ends", "today", "term_ends", "rolled"),
    [
        ("2024-01-01", "2024-12-31", "2024-12-31", "2024-12-31", 0),
        ("2024-01-01", "2024-12-31", "2025-01-01", "2025-12-31", 1),
        ("2022-03-01", "2023-02-28", "2023-03-01", "2024-02-29", 1),
        ("2022-03-01", "2023-02-28", "2024-02-29", "2024-02-29", 1),
        ("2022-03-01", "2023-02-28", "2024-03-01", "2025-02-28", 2),
        ("2023-03-01", "2024-02-29", "2026-03-04", "2027-02-28", 3),
        ("2020-02-29", "2021-02-28", "2022-01-01", "2022-02-28", 1),
        ("2020-02-29", "2021-02-28", "2024-01-01", "2024-02-28", 3),
        ("2020-02-29", "2021-02-28", "2024-02-29", "2025-02-28", 4),
        ("2024-01-31", "2024-02-28", "2024-03-05", "2024-03-30", 1),
        ("2024-01-31", "2024-02-28", "2024-04-15", "2024-04-29", 2),
        ("2024-01-31", "2024-02-28", "2024-05-15", "2024-05-30", 3),
        ("1990-01-01", "1990-12-31", "2026-03-04", "2026-12-31", 36),
    ],
)
def test_an_auto_renewing_contract_rolls_to_the_current_term(
    starts: str, ends: str, today: str, term_ends: str, rolled: int
) -> None:
    term = current_term(contract(starts, ends, auto_renew=True), day(today))
    assert term is not None
    assert (term.ends_on, term.rolled) == (day(term_ends), rolled)


def test_a_stated_term_rolls_by_itself() -> None:
    """Three years first, then one at a time; the odd first term ends where it ends."""
    first = contract("2020-01-01", "2022-12-31", auto_renew=True, term_months=12)
    term = current_term(first, TODAY)
    assert term is not None
    assert (term.starts_on, term.ends_on, term.rolled) == (day("2026-01-01"), day("2026-12-31"), 4)
    odd = current_term(contract("2024-11-20", "2025-01-31", auto_renew=True, term_months=1), TODAY)
    assert odd is not None
    assert odd.ends_on == day("2026-03-31")
    no_start = current_term(contract(None, "2025-01-30", auto_renew=True, term_months=1), TODAY)
    assert no_start is not None
    assert no_start.ends_on == day("2026-03-30")


def test_without_a_length_nothing_rolls() -> None:
    for terms in (
        contract("2024-01-01", "2024-12-30", auto_renew=True),
        contract(None, "2024-12-31", auto_renew=True),
        contract(None, "2024-12-31", auto_renew=True, term_months=0),
    ):
        found = dates(terms)
        assert (found.state, found.ends_on, found.leads) == ("unknown", None, None)
        assert "not known" in found.sentence


@pytest.mark.parametrize("auto_renew", [False, None])
def test_what_does_not_renew_does_not_roll(auto_renew: bool | None) -> None:
    term = current_term(contract("2024-01-01", "2024-12-31", auto_renew=auto_renew), TODAY)
    assert term is not None
    assert (term.ends_on, term.rolled) == (day("2024-12-31"), 0)


days_1990_2030 = st.dates(date(1990, 1, 1), date(2030, 12, 31))


@given(days_1990_2030, st.integers(1, 60), st.integers(0, 40), st.integers(0, 30))
def test_rolling_never_drifts(start: date, months: int, times: int, into: int) -> None:
    """However often it rolled, the end is the original start plus whole terms, and every day has exactly one term."""
    terms = ContractTerms(start, add_months(start, months) - DAY, auto_renew=True)
    today = add_months(start, months * times) + timedelta(days=min(into, 27))
    term = current_term(terms, today)
    assert term is not None
    assert term.ends_on == add_months(start, months * (term.rolled + 1)) - DAY
    assert term.starts_on is not None
    assert term.starts_on <= today <= term.ends_on
    following = current_term(terms, term.ends_on + DAY)
    assert following is not None
    assert (following.starts_on, following.rolled) == (term.ends_on + DAY, term.rolled + 1)


@pytest.mark.parametrize(
    ("ends", "notice", "deadline"),
    [
        ("2026-12-31", 30, "2026-12-01"),
        ("2026-12-31", 0, "2026-12-31"),
        ("2026-12-31", 90, "2026-10-02"),
        ("2024-03-30", 30, "2024-02-29"),
        ("2026-12-31", None, None),
        ("2026-12-31", -5, None),
    ],
)
def test_notice_in_calendar_days(ends: str, notice: int | None, deadline: str | None) -> None:
    terms = contract("2020-01-01", ends, notice_days=notice)
    assert notice_deadline(terms, day(ends)) == (day(deadline) if deadline else None)


@pytest.mark.parametrize(
    ("ends", "count", "country", "deadline"),
    [
        ("2026-12-18", 5, "US", "2026-12-11"),
        ("2026-12-31", 5, "US", "2026-12-23"),  # 25 December is closed
        ("2026-12-31", 5, "DE", "2026-12-23"),  # so are the 25th and the 26th, a Saturday
        ("2026-04-08", 3, "DE", "2026-04-01"),  # Good Friday and Easter Monday
        ("2026-04-08", 3, "US", "2026-04-03"),
        ("2026-06-22", 1, "US", "2026-06-18"),  # Juneteenth on the Friday
        ("2026-03-08", 0, "US", "2026-03-06"),  # a Sunday
        ("2026-03-08", 1, "US", "2026-03-06"),
        ("2026-05-07", 1, "JP", "2026-05-01"),  # Golden Week
        ("2027-01-04", 1, "GB", "2026-12-31"),  # New Year's Day is a Friday
        ("2026-07-06", 1, None, "2026-07-03"),
        ("2026-07-06", 1, "Atlantis", "2026-07-03"),
        ("2026-07-06", 1, "usa", "2026-07-02"),  # 4 July is a Saturday, observed on Friday
    ],
)
def test_notice_in_business_days(ends: str, count: int, country: str | None, deadline: str) -> None:
    terms = contract("2020-01-01", ends, notice_days=count, notice_business_days=True, country=country)
    assert notice_deadline(terms, day(ends)) == day(deadline)


def test_weekends_are_the_countrys_own() -> None:
    friday, sunday = day("2026-03-06"), day("2026-03-08")
    assert is_business_day(friday, "US")
    assert not is_business_day(friday, "SA")
    assert is_business_day(sunday, "SA")


@given(st.dates(date(2020, 1, 1), date(2030, 12, 31)), st.integers(0, 60), st.sampled_from(["US", "DE", "JP", None]))
def test_between_notice_and_end_lie_exactly_the_business_days(end: date, count: int, country: str | None) -> None:
    deadline = business_days_before(end, count, country)
    between = (deadline + timedelta(days=at) for at in range((end - deadline).days))
    assert is_business_day(deadline, country)
    if count:
        assert sum(is_business_day(one, country) for one in between) == count


def test_the_notice_deadline_leads_while_it_lies_ahead() -> None:
    found = dates(contract("2025-07-01", "2026-06-30", auto_renew=True, notice_days=90))
    assert found.notice_on == day("2026-04-01")
    assert (found.leads, found.lead_on, found.days_left) == ("notice", found.notice_on, 28)
    assert (found.ends_on, found.renews_on) == (day("2026-06-30"), day("2026-07-01"))
    assert (found.state, found.rolled) == ("upcoming", 0)


def test_on_the_last_day_notice_is_still_possible_and_on_the_next_it_has_passed() -> None:
    terms = contract("2025-07-01", "2026-06-30", auto_renew=True, notice_days=90)
    last = dates(terms, day("2026-04-01"))
    assert (last.state, last.leads, last.days_left) == ("upcoming", "notice", 0)
    late = dates(terms, day("2026-04-02"))
    assert (late.state, late.leads, late.lead_on, late.days_left) == ("notice passed", "end", day("2026-06-30"), 89)
    assert "until 1 Apr 2026" in late.sentence


def test_without_notice_the_end_leads() -> None:
    found = dates(contract("2025-07-01", "2026-06-30", auto_renew=False))
    assert (found.notice_on, found.leads, found.lead_on, found.state) == (None, "end", day("2026-06-30"), "upcoming")
    assert "notice period is not known" in found.sentence


def test_the_last_paid_day_is_still_paid() -> None:
    terms = contract("2025-03-05", "2026-03-04", auto_renew=False)
    assert (dates(terms).state, dates(terms).days_left) == ("upcoming", 0)
    assert (dates(terms, TODAY + DAY).state, dates(terms, TODAY + DAY).days_left) == ("lapsed", -1)


def test_a_rolled_contract_says_so_and_has_the_deadline_of_its_own_term() -> None:
    found = dates(contract("2023-01-01", "2023-12-31", auto_renew=True, notice_days=60))
    assert (found.state, found.rolled) == ("auto-renewed", 3)
    assert (found.ends_on, found.notice_on, found.leads) == (day("2026-12-31"), day("2026-11-01"), "notice")
    late = dates(contract("2023-01-01", "2023-12-31", auto_renew=True, notice_days=60), day("2026-11-02"))
    assert (late.state, late.rolled) == ("notice passed", 3)


@pytest.mark.parametrize(
    ("today", "notice", "ends"),
    [
        ("2026-01-01", "2026-03-02", "2026-06-30"),  # its own deadline lay before it began
        ("2026-03-02", "2026-03-02", "2026-06-30"),
        ("2026-03-03", "2026-06-02", "2026-09-30"),  # runs on to the end of June whatever happens
        ("2026-06-02", "2026-06-02", "2026-09-30"),
        ("2026-06-03", "2026-09-02", "2026-12-31"),
    ],
)
def test_notice_longer_than_the_term_ends_a_later_one(today: str, notice: str, ends: str) -> None:
    """120 days on a contract of quarters: what is given today counts for the first end that is so far away."""
    found = dates(contract("2026-01-01", "2026-03-31", auto_renew=True, notice_days=120), day(today))
    assert (found.notice_on, found.ends_on, found.leads) == (day(notice), day(ends), "notice")
    assert found.state == ("upcoming" if today < "2026-04-01" else "auto-renewed")
    assert f"Notice until {found.notice_on.day} " in found.sentence  # type: ignore[union-attr]
    assert "too late to end it earlier" in found.sentence


def test_a_short_first_term_leads_on_to_the_long_one_behind_it() -> None:
    terms = contract("2026-03-01", "2026-03-31", auto_renew=True, notice_days=60, term_months=12)
    assert (dates(terms).ends_on, dates(terms).notice_on) == (day("2027-03-31"), day("2027-01-30"))
    assert dates(terms, day("2027-02-01")).state == "notice passed"


RENEWING = st.builds(
    ContractTerms,
    starts_on=st.dates(date(2022, 1, 1), date(2026, 12, 31)),
    auto_renew=st.just(True),
    notice_days=st.integers(0, 800),
    notice_business_days=st.booleans(),
    term_months=st.none() | st.integers(1, 24),
    country=st.sampled_from([None, "US", "DE"]),
)


@given(RENEWING, st.integers(1, 24), st.dates(date(2022, 1, 1), date(2029, 12, 31)))
def test_the_next_decision_is_the_first_that_is_still_open(terms: ContractTerms, months: int, today: date) -> None:
    """Its deadline lies ahead, unless a period of notice that fits has just run out; no term before it can be left."""
    assert terms.starts_on is not None
    terms = replace(terms, ends_on=add_months(terms.starts_on, months) - DAY)
    now, found = current_term(terms, today), next_decision(terms, today)
    assert now is not None
    assert found is not None
    assert found.notice_on is not None
    assert found.notice_on == notice_deadline(terms, found.term.ends_on)
    at = now
    while at.ends_on < found.term.ends_on:
        passed = notice_deadline(terms, at.ends_on)
        assert passed is not None
        assert passed < today
        at = current_term(terms, at.ends_on + DAY) or at
    assert at == found.term
    if found.notice_on < today:
        assert found.term == now
        assert now.starts_on is not None
        assert found.notice_on >= now.starts_on
    if found.until >= today and found.until < date(2035, 1, 1):
        still = next_decision(terms, found.until)
        assert still is not None
        assert still.term == found.term
        then = next_decision(terms, found.until + DAY)
        assert then is not None
        assert then.term != found.term or then.until == found.term.ends_on


def test_after_the_end_nothing_is_guessed() -> None:
    known = dates(contract("2025-01-01", "2025-12-31", auto_renew=False, notice_days=30))
    unknown = dates(contract("2025-01-01", "2025-12-31", auto_renew=None, notice_days=30))
    assert known.state == unknown.state == "lapsed"
    assert known.leads == unknown.leads == "end"
    assert "not known" not in known.sentence
    assert "Whether it renews automatically is not known" in unknown.sentence


@pytest.mark.parametrize(
    ("starts", "ends", "state"),
    [
        ("2025-01-01", None, "open-ended"),
        ("2025-01-01", "9999-12-31", "open-ended"),
        (None, "9999-12-31", "open-ended"),
        ("2026-05-01", None, "not started"),
        ("2026-05-01", "2027-04-30", "not started"),
        (None, None, "unknown"),
        ("2025-06-01", "2025-01-01", "unknown"),
        (None, "2026-06-30", "upcoming"),
    ],
)
def test_states_of_incomplete_dates(starts: str | None, ends: str | None, state: str) -> None:
    found = dates(contract(starts, ends, notice_days=30))
    assert found.state == state
    assert found.sentence
    if state in ("open-ended", "unknown"):
        assert (found.ends_on, found.notice_on, found.leads, found.days_left) == (None, None, None, None)


optional_days = st.none() | st.dates(date(2000, 1, 1), date(2040, 12, 31))


@given(
    st.builds(
        ContractTerms,
        starts_on=optional_days,
        ends_on=optional_days | st.just(date.max),
        auto_renew=st.none() | st.booleans(),
        notice_days=st.none() | st.integers(0, 400),
        notice_business_days=st.booleans(),
        term_months=st.none() | st.integers(1, 60),
        country=st.sampled_from([None, "US", "DE"]),
    ),
    st.dates(date(2020, 1, 1), date(2030, 12, 31)),
)
def test_what_leads_is_always_the_nearest_date_ahead(terms: ContractTerms, today: date) -> None:
    found = renewal_dates(terms, today)
    assert (found.leads is None) == (found.ends_on is None) == (found.state in ("open-ended", "unknown")) or (
        found.state == "not started"
    )
    if found.ends_on is not None and found.lead_on is not None:
        ahead = [one for one in (found.notice_on, found.ends_on) if one is not None and one >= today]
        assert found.lead_on == (min(ahead) if ahead else found.ends_on)
        assert found.days_left == (found.lead_on - today).days
    if terms.auto_renew and found.ends_on:
        assert found.ends_on >= today
