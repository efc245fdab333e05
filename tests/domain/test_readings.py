"""From facts to readings: silence is not health, and no source is no value."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.health import Reading, health
from bot.domain.policy import Component
from bot.domain.readings import ReadingFacts, readings
from bot.domain.satisfaction import Answer, latest_csat, latest_nps
from bot.domain.signals import Ticket
from bot.domain.terms import ContractTerms, RenewalDates, renewal_dates
from bot.domain.usage import Trend, UsagePoint, trend
from tests.domain.test_health import POLICY

TODAY = date(2026, 3, 4)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


FED: dict[Component, date] = {"engagement": ago(1), "support": ago(2), "commercial": ago(3)}


def read(component: Component, facts: ReadingFacts) -> Reading:
    return readings(facts, POLICY.readings, TODAY)[component]


def value_of(component: Component, facts: ReadingFacts) -> float:
    value = read(component, facts).value
    assert value is not None
    assert 0 <= value <= 100
    return value


def usage_of(recent: int, before: int, bought: int | None = None) -> Trend:
    entitlement = None if bought is None else Decimal(bought)
    points = [
        UsagePoint(at, ago(30 * (4 - at)), 30, Decimal(recent if at == 3 else before), entitlement) for at in range(4)
    ]
    return trend("active users", points, TODAY)


def test_without_facts_nothing_has_a_value() -> None:
    made = readings(ReadingFacts(30), POLICY.readings, TODAY)
    assert all(one.value is None and one.sentence for one in made.values())
    assert health(made, POLICY, None, TODAY).score is None


@pytest.mark.parametrize(
    ("recent", "before", "value"),
    [(100, 100, 72.5), (150, 100, 100), (80, 100, 35), (40, 100, 0), (5, 0, 100), (0, 0, 0)],
)
def test_usage_by_its_trend(recent: int, before: int, value: float) -> None:
    found = read("usage", ReadingFacts(30, usage=usage_of(recent, before)))
    assert (found.value, found.age_days) == (value, 1)


def test_usage_by_trend_and_seats() -> None:
    assert value_of("usage", ReadingFacts(30, usage=usage_of(60, 60, bought=100))) == (72.5 + 70) / 2
    seats_only = trend("seats", [UsagePoint(1, ago(10), 5, Decimal(90), Decimal(100))], TODAY)
    assert value_of("usage", ReadingFacts(30, usage=seats_only)) == 100
    too_little = trend("logins", [UsagePoint(1, ago(10), 5, Decimal(90))], TODAY)
    assert read("usage", ReadingFacts(30, usage=too_little)).value is None


@pytest.mark.parametrize(("days", "value"), [(0, 100), (30, 90), (45, 60), (60, 35), (120, 0), (900, 0)])
def test_engagement_by_cadence(days: int, value: float) -> None:
    assert value_of("engagement", ReadingFacts(30, last_touch_on=ago(days), fed_on=FED)) == pytest.approx(value)


def test_a_long_silence_is_a_bad_reading_not_a_stale_one() -> None:
    facts = ReadingFacts(14, last_touch_on=ago(200), fed_on=FED)
    assert (read("engagement", facts).value, read("engagement", facts).age_days) == (0, 1)
    assert read("engagement", ReadingFacts(14, last_touch_on=ago(2))).age_days == 2  # logged here, without any file


@pytest.mark.parametrize(
    ("tickets", "value"),
    [
        ([], 100),
        ([Ticket(1, ago(5))], 95),
        ([Ticket(1, ago(15))], 85),
        ([Ticket(1, ago(1), priority="urgent")], 60),
        ([Ticket(1, ago(40), priority="urgent")], 60),
        ([Ticket(at, ago(90)) for at in range(9)], 0),
        ([Ticket(1, ago(90), ago(80), open=False, priority="urgent")], 100),
    ],
)
def test_support_by_what_is_open(tickets: list[Ticket], value: float) -> None:
    assert value_of("support", ReadingFacts(30, tickets=tickets, fed_on=FED)) == value


def test_no_tickets_without_a_ticket_source_is_missing_not_full_marks() -> None:
    found = health(readings(ReadingFacts(30, tickets=None), POLICY.readings, TODAY), POLICY, None, TODAY)
    assert ("support", "no source") not in {(one.component, one.why) for one in found.missing}
    assert ("support", "no ticket source") in {(one.component, one.why) for one in found.missing}
    quiet = health(readings(ReadingFacts(30, tickets=[], fed_on=FED), POLICY.readings, TODAY), POLICY, None, TODAY)
    assert [one.component for one in quiet.contributions] == ["support"]


def answer(answer_id: int, kind: str, score: int, top: int, days: int) -> Answer:
    return Answer(answer_id, "nps" if kind == "nps" else "csat", Decimal(score), 0 if top == 10 else 1, top, ago(days))


def test_sentiment_is_the_mean_of_what_was_asked_and_as_old_as_the_newer() -> None:
    nps = latest_nps([answer(1, "nps", 10, 10, 40), answer(2, "nps", 7, 10, 50)], TODAY)
    csat = latest_csat([answer(3, "csat", 5, 5, 20), answer(4, "csat", 1, 5, 30)], TODAY)
    assert value_of("sentiment", ReadingFacts(30, nps=nps)) == 87.5
    both = read("sentiment", ReadingFacts(30, nps=nps, csat=csat))
    assert (both.value, both.age_days) == ((87.5 + 30) / 2, 20)


def dates(days: int, *, notice: int | None = None, auto: bool | None = False) -> RenewalDates:
    terms = ContractTerms(ago(700), TODAY + timedelta(days=days), auto_renew=auto, notice_days=notice)
    return renewal_dates(terms, TODAY)


OPEN_ENDED = renewal_dates(ContractTerms(ago(10), None), TODAY)


@pytest.mark.parametrize(
    ("renewals", "value"),
    [
        ([dates(200)], 90),
        ([dates(90)], 75),
        ([dates(0)], 40),
        ([dates(60, notice=90)], 45),
        ([dates(60, notice=90, auto=True)], 90),
        ([OPEN_ENDED], 75),
        ([dates(-5)], 0),
        ([dates(200), dates(90)], 75),
        ([dates(200), dates(-5)], 90),
    ],
)
def test_commercial_by_the_nearest_renewal(renewals: list[RenewalDates], value: float) -> None:
    assert value_of("commercial", ReadingFacts(30, renewals=renewals, fed_on=FED)) == value


def test_contracts_without_dates_say_nothing() -> None:
    unknown = renewal_dates(ContractTerms(None, None), TODAY)
    for renewals in (None, [], [unknown]):
        assert read("commercial", ReadingFacts(30, renewals=renewals, fed_on=FED)).value is None


def test_a_full_account_has_full_coverage() -> None:
    facts = ReadingFacts(
        30,
        usage=usage_of(100, 100),
        last_touch_on=ago(3),
        tickets=[],
        nps=latest_nps([answer(1, "nps", 10, 10, 4)], TODAY),
        renewals=[dates(200)],
        fed_on=FED,
        sources={"usage": "usage.csv"},
    )
    found = health(readings(facts, POLICY.readings, TODAY), POLICY, None, TODAY)
    assert (found.used, found.band) == (5, "healthy")
    assert found.contributions[0].reading.source == "usage.csv"


@given(st.integers(-400, 1000), st.none() | st.integers(0, 400), st.sampled_from([True, False, None]))
def test_any_renewal_reads_within_the_scale(days: int, notice: int | None, auto: bool | None) -> None:
    found = read("commercial", ReadingFacts(30, renewals=[dates(days, notice=notice, auto=auto)], fed_on=FED))
    assert found.value is None or 0 <= found.value <= 100
