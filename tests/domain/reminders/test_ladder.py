"""Milestones of contracts: from when to when, on which clock, and what is said late."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.domain.reminders.course import Course, Over
from bot.domain.reminders.ladder import Contract, Outcome, ladder
from bot.domain.terms import add_months, notice_deadline, renewal_dates
from tests.domain.reminders.books import POLICIES, contract, day, place, policies, shown, told
from tests.domain.reminders.people import at

LONG_AGO = at("2025-06-01T00:00")


def course(one: Contract, now: datetime = LONG_AGO, **changed: tuple[str, str]) -> Course:
    use = policies(**changed)
    return ladder(one, use.renewals, use.reminders, now)


def test_a_strategic_contract_counts_back_from_its_notice_deadline() -> None:
    """31 December less 30 days is 1 December. Saturdays and Sundays are told on the Friday before."""
    found = course(contract("2026-01-01", "2026-12-31", auto_renew=True, notice_days=30))
    assert found.anchors == {day("2026-12-01"), day("2026-12-31")}
    assert {one.anchor_on for one in found.ahead} == {day("2026-12-01")}
    assert told(found.ahead) == [
        (180, "Thu 2026-06-04 09:00"), (120, "Mon 2026-08-03 09:00"), (90, "Wed 2026-09-02 09:00"),
        (60, "Fri 2026-10-02 09:00"), (45, "Fri 2026-10-16 09:00"), (30, "Fri 2026-10-30 09:00"),
        (14, "Tue 2026-11-17 09:00"), (7, "Tue 2026-11-24 09:00"), (1, "Mon 2026-11-30 09:00"),
        (0, "Tue 2026-12-01 09:00"),
    ]  # fmt: skip


def test_without_a_known_notice_the_end_is_the_date_and_is_told_after_it_too() -> None:
    found = course(contract("2026-01-01", "2026-12-31", segment="small"))
    assert told(found.ahead) == [
        (60, "Fri 2026-10-30 09:00"), (30, "Tue 2026-12-01 09:00"), (7, "Thu 2026-12-24 09:00"),
        (0, "Thu 2026-12-31 09:00"), (-7, "Thu 2027-01-07 09:00"), (-21, "Thu 2027-01-21 09:00"),
    ]  # fmt: skip
    assert {one.anchor_on for one in found.ahead} == {day("2026-12-31")}


def test_without_automatic_renewal_the_end_counts_after_the_notice_deadline() -> None:
    found = course(contract("2026-01-01", "2026-12-31", segment="small", auto_renew=False, notice_days=20))
    assert [(one.anchor_on, one.milestone) for one in found.ahead] == [
        (day("2026-12-11"), 60), (day("2026-12-11"), 30), (day("2026-12-11"), 7), (day("2026-12-11"), 0),
        (day("2026-12-31"), 14), (day("2026-12-31"), 0), (day("2026-12-31"), -7), (day("2026-12-31"), -21),
    ]  # fmt: skip


def test_a_notice_takes_days_to_arrive_and_stays_the_same_reminder() -> None:
    one = contract("2026-01-01", "2026-12-31", auto_renew=True, notice_days=30, segment="small")
    slow = course(one, renewals=("receipt_days: 0", "receipt_days: 5"))
    assert told(slow.ahead)[-1] == (0, "Thu 2026-11-26 09:00")
    assert [wish.key for wish in slow.ahead] == [wish.key for wish in course(one).ahead]


def test_business_days_of_notice_over_christmas() -> None:
    """Ten working days before 31 December in Germany: the 24th and the 31st are worked, the 25th and 26th are not."""
    berlin = place("Europe/Berlin", "DE")
    found = course(
        contract("2026-01-01", "2026-12-31", at=berlin, notice_days=10, notice_business_days=True, auto_renew=True)
    )
    assert found.anchors == {day("2026-12-16"), day("2026-12-31")}
    assert told(found.ahead)[-1] == (0, "Wed 2026-12-16 09:00")


def test_a_holiday_is_told_on_the_working_day_before() -> None:
    """Unity Day 2026 is a Saturday; Christmas 2025 a Thursday after a working Wednesday."""
    berlin = place("Europe/Berlin", "DE")
    found = course(contract("2025-01-01", "2025-12-25", at=berlin, segment="small"))
    assert told(found.ahead)[3] == (0, "Wed 2025-12-24 09:00")
    assert told(found.ahead)[4] == (-7, "Wed 2025-12-31 09:00")


def test_two_on_one_day_are_told_once_as_the_nearer() -> None:
    """The deadline is a Sunday: one day before and the day itself are both told on Friday."""
    found = course(contract("2026-01-01", "2026-06-28", auto_renew=True, notice_days=0))
    assert told(found.ahead)[-2:] == [(7, "Fri 2026-06-19 09:00"), (0, "Fri 2026-06-26 09:00")]


@pytest.mark.parametrize(
    ("starts", "ends", "lead", "first"),
    [
        ("2027-03-01", "2028-02-29", "2028-01-30", "Tue 2027-08-03 09:00"),
        ("2024-02-29", "2028-02-28", "2028-01-29", "Mon 2027-08-02 09:00"),
        ("2025-08-31", "2026-08-30", "2026-07-31", "Fri 2026-01-30 09:00"),
    ],
)
def test_leap_days_and_ends_of_months(starts: str, ends: str, lead: str, first: str) -> None:
    found = course(contract(starts, ends, auto_renew=True, notice_days=30))
    assert day(lead) in found.anchors
    assert told(found.ahead)[0][1] == first


def test_notice_longer_than_the_term_is_counted_down_to_the_next_end_it_can_bring() -> None:
    """120 days on quarters: each deadline is told from the day after the one before it, and none is skipped."""
    one = contract("2026-01-01", "2026-03-31", auto_renew=True, notice_days=120, segment="small")
    leads = list[tuple[date, list[int]]]()
    now = at("2026-01-02T12:00")
    for _ in range(40):
        found = course(one, now)
        lead_on = min(found.anchors)
        if not leads or leads[-1][0] != lead_on:
            leads.append((lead_on, [wish.milestone for wish in found.ahead]))
        assert found.again_at is not None
        assert found.again_at > now
        now = found.again_at
    assert leads[:4] == [
        (day("2026-03-02"), [30, 7, 0]), (day("2026-06-02"), [60, 30, 7, 0]),
        (day("2026-09-02"), [60, 30, 7, 0]), (day("2026-12-01"), [60, 30, 7, 0]),
    ]  # fmt: skip
    late = course(one, at("2026-03-03T00:00"))
    assert late.before == Over("without notice the contract runs on to 2026-06-30")


@pytest.mark.parametrize(("months", "notice"), [(1, 60), (3, 60), (3, 120), (6, 200), (12, 20)])
def test_the_ladder_counts_to_the_date_the_card_leads_with(months: int, notice: int) -> None:
    ends = add_months(day("2026-01-01"), months) - timedelta(days=1)
    one = contract("2026-01-01", ends.isoformat(), auto_renew=True, notice_days=notice)
    for days in range(0, 400, 19):
        now = at("2026-01-02T00:00") + timedelta(days=days)
        found, shown_on_card = course(one, now), renewal_dates(one.terms, now.date())
        if found.ahead:
            assert {wish.anchor_on for wish in found.ahead} == {shown_on_card.lead_on}
        elif months > 2 and shown_on_card.leads == "notice":
            assert {shown_on_card.notice_on, shown_on_card.ends_on} == found.anchors


def test_three_terms_of_a_contract_that_renews_itself() -> None:
    """From 29 February: each term ends on 28 February and has a ladder of its own, walked from look to look."""
    one = contract("2024-02-29", "2025-02-28", auto_renew=True, notice_days=60, segment="small")
    leads = []
    now = at("2024-03-01T12:00")
    for _ in range(40):
        found = course(one, now)
        leads += [wish.anchor_on for wish in found.ahead if wish.milestone == 0]
        assert found.again_at is not None
        assert found.again_at > now
        now = found.again_at
    assert sorted(set(leads))[:4] == [day("2024-12-30"), day("2025-12-30"), day("2026-12-30"), day("2027-12-30")]


def test_a_rolled_term_says_why_the_one_before_is_over() -> None:
    one = contract("2024-05-01", "2025-04-30", auto_renew=True, notice_days=30)
    assert course(one, at("2026-05-10T00:00")).before == Over("the contract renewed by itself on 2026-05-01")


def test_the_clock_is_the_customers() -> None:
    apia = place("Pacific/Apia", None)
    found = course(contract("2026-01-01", "2026-12-31", at=apia, segment="small"))
    assert found.ahead[0].due_at == at("2026-10-29T20:00")
    assert shown(found.ahead[0].due_at, "Pacific/Apia") == "Fri 2026-10-30 09:00"


def test_a_day_that_did_not_exist_is_told_at_the_first_moment_after_it() -> None:
    """Samoa had no 30 December 2011."""
    apia = place("Pacific/Apia", None)
    found = course(contract("2011-01-01", "2011-12-30", at=apia, segment="small"), at("2011-06-01T00:00"))
    assert told(found.ahead)[3] == (0, "Sat 2011-12-31 00:00")


def test_half_an_hour_that_did_not_exist() -> None:
    """Lord Howe springs from 02:00 to 02:30 on 4 October 2026: 02:15 is told at 02:30."""
    howe = place("Australia/Lord_Howe", None)
    every_day = ("default: [120, 90, 60, 30, 14, 0]", "default: [0]")
    early = policies(renewals=every_day)
    one = contract("2026-01-01", "2026-10-05", at=howe, segment=None)
    assert told(ladder(one, early.renewals, early.reminders, LONG_AGO).ahead)[0] == (0, "Mon 2026-10-05 09:00")
    night = policies(renewals=('at: "09:00"', 'at: "02:15"'))
    sunday = contract("2026-01-01", "2026-10-04", at=place("Australia/Lord_Howe", "AE"), segment="small")
    found = ladder(sunday, night.renewals, night.reminders, LONG_AGO)
    assert told(found.ahead)[3] == (0, "Fri 2026-10-02 02:15")


@pytest.mark.parametrize(
    ("one", "why"),
    [
        (contract("2026-01-01", None), "open-ended"),
        (contract(None, None), "no dates"),
        (contract("2026-06-01", "2026-01-01"), "contradiction"),
        (contract("2026-01-01", "9999-12-31"), "never"),
        (contract("2026-05-01", "2026-05-31", auto_renew=True, notice_days=30), "monthly"),
        (contract("2025-01-01", "2025-04-03", auto_renew=True), "rolled for nobody knows how long"),
        (contract("0001-01-01", "0001-01-02", notice_days=30), "the edge of the calendar"),
    ],
)
def test_what_has_no_date_has_no_ladder(one: Contract, why: str) -> None:
    found = course(one, at("2026-05-10T00:00"))
    assert (found.ahead, found.passed, found.catch_up) == ((), None, None), why


def test_a_monthly_contract_that_does_not_renew_itself_is_told() -> None:
    found = course(contract("2026-05-01", "2026-05-31", segment="small"), at("2026-05-02T00:00"))
    assert [one.milestone for one in found.ahead] == [7, 0, -7, -21]


def test_milestones_before_the_term_belong_to_the_one_before() -> None:
    found = course(contract("2026-04-01", "2026-09-30", notice_days=60, auto_renew=True), at("2026-03-01T00:00"))
    assert [one.milestone for one in found.ahead] == [120, 90, 60, 45, 30, 14, 7, 0]


def test_an_end_in_the_far_future_costs_nothing_special() -> None:
    found = course(contract("2020-01-01", "2890-12-31", at=place("Europe/Berlin", "DE")))
    assert [one.milestone for one in found.ahead[-3:]] == [0, -7, -21]


class TestLate:
    ONE = contract("2026-01-01", "2026-12-31", auto_renew=True, notice_days=30, segment="small")

    def test_what_has_passed_collapses_into_the_nearest(self) -> None:
        found = course(self.ONE, at("2026-11-10T10:00"))
        assert found.passed is not None
        assert found.passed.milestone == 30
        assert [one.milestone for one in found.ahead] == [7, 0]

    def test_a_catch_up_comes_the_next_good_morning_as_a_line(self) -> None:
        found = course(self.ONE, at("2026-11-13T10:00"))  # a Friday
        assert found.catch_up is not None
        assert shown(found.catch_up.due_at, "UTC") == "Mon 2026-11-16 09:00"
        assert found.catch_up.carrier == "morning"

    def test_a_catch_up_that_cannot_wait_comes_at_once(self) -> None:
        now = at("2026-12-01T10:00")
        found = course(self.ONE, now)
        assert found.catch_up is not None
        assert (found.catch_up.milestone, found.catch_up.due_at, found.catch_up.carrier) == (0, now, "own")

    def test_before_the_first_milestone_nothing_is_late(self) -> None:
        found = course(self.ONE, at("2026-02-01T10:00"))
        assert (found.passed, found.catch_up) == (None, None)

    def test_a_missed_deadline_of_a_contract_that_renews_is_no_news(self) -> None:
        found = course(self.ONE, at("2026-12-05T10:00"))
        assert found.passed is not None
        assert found.catch_up is None

    def test_a_contract_that_just_ended_is_said_and_an_old_one_is_history(self) -> None:
        ended = contract("2025-01-01", "2025-12-31", segment="small")
        just, old = course(ended, at("2026-01-12T10:00")), course(ended, at("2026-01-23T10:00"))
        assert just.catch_up is not None
        assert just.catch_up.milestone == -7
        assert old.catch_up is None


class TestOver:
    def test_a_recorded_outcome_ends_the_whole_term(self) -> None:
        renewed = Outcome(day("2026-12-11"), "renewed", "Maya")
        one = contract("2026-01-01", "2026-12-31", auto_renew=False, notice_days=20, outcomes=(renewed,))
        assert course(one).over == Over("renewed", "done", "Maya")

    def test_an_outcome_of_another_term_does_not(self) -> None:
        last_year = Outcome(day("2025-12-11"), "renewed", "Maya")
        one = contract("2026-01-01", "2026-12-31", auto_renew=False, notice_days=20, outcomes=(last_year,))
        assert course(one).over is None
        assert course(one).ahead

    def test_not_renewing_is_said_so(self) -> None:
        lost = Outcome(day("2026-12-31"), "not renewing", "Maya")
        one = contract("2026-01-01", "2026-12-31", outcomes=(lost,))
        assert course(one).over == Over("not renewing", "not renewing", "Maya")

    def test_a_cancelled_contract_is_over(self) -> None:
        over = Over("the contract was cancelled", "not renewing")
        assert course(contract("2026-01-01", "2026-12-31", over=over)).over == over


DATES = st.dates(date(2019, 1, 1), date(2031, 12, 31))
ZONES = st.sampled_from(
    ["UTC", "Europe/Berlin", "America/Sao_Paulo", "Australia/Lord_Howe", "Pacific/Apia", "Asia/Kathmandu"]
)
CONTRACTS = st.builds(
    lambda starts, length, zone, country, segment, **more: contract(
        starts.isoformat(),
        (starts + timedelta(days=length)).isoformat(),
        at=place(zone, country),
        segment=segment,
        **more,
    ),
    starts=DATES,
    length=st.integers(0, 1500),
    zone=ZONES,
    country=st.sampled_from([None, "DE", "AE", "WS", "Atlantis"]),
    segment=st.sampled_from(["strategic", "mid-market", "small", None]),
    auto_renew=st.sampled_from([True, False, None]),
    notice_days=st.none() | st.integers(0, 200),
    notice_business_days=st.booleans(),
)


@given(CONTRACTS, DATES)
def test_every_milestone_is_there_once_on_time_and_on_a_working_day(one: Contract, today: date) -> None:
    now = one.place.instant(today, POLICIES.renewals.at)
    found = ladder(one, POLICIES.renewals, POLICIES.reminders, now)
    everything = [*([found.passed] if found.passed else []), *found.ahead]
    assert len({wish.key for wish in everything}) == len(everything)
    assert [wish.due_at for wish in everything] == sorted({wish.due_at for wish in everything})
    assert all(wish.due_at > now for wish in found.ahead)
    for wish in everything:
        on = wish.anchor_on - timedelta(days=wish.milestone)
        told_on = one.place.today(wish.due_at)
        assert wish.anchor_on in found.anchors
        assert told_on <= on
        assert one.place.workdays.is_working(told_on)
        between = [told_on + timedelta(days=days) for days in range(1, (on - told_on).days + 1)]
        assert not any(one.place.workdays.is_working(free) for free in between)


@given(CONTRACTS, DATES, st.integers(1, 40))
def test_time_alone_only_moves_milestones_from_ahead_to_passed(one: Contract, today: date, later: int) -> None:
    now = one.place.instant(today, POLICIES.renewals.at)
    before = ladder(one, POLICIES.renewals, POLICIES.reminders, now)
    after = ladder(one, POLICIES.renewals, POLICIES.reminders, now + timedelta(days=later))
    assume(before.anchors == after.anchors and bool(before.anchors))
    gone = [wish for wish in before.ahead if wish not in after.ahead]
    assert [*gone, *after.ahead] == list(before.ahead)
    assert after.passed == (gone[-1] if gone else before.passed)
    if gone:
        assert before.again_at is not None
        assert before.again_at <= gone[0].due_at


@given(CONTRACTS, DATES)
def test_the_last_day_to_act_is_never_told_too_late(one: Contract, today: date) -> None:
    found = ladder(one, POLICIES.renewals, POLICIES.reminders, one.place.instant(today, POLICIES.renewals.at))
    for wish in found.ahead:
        if wish.milestone == 0:
            assert one.place.today(wish.due_at) <= wish.anchor_on
            assert one.terms.ends_on is not None
            assert wish.anchor_on >= min(one.terms.ends_on, notice_deadline(one.terms, one.terms.ends_on) or date.max)
