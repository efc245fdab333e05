"""Every risk rule: when it warns, with which evidence, and when it admits that it cannot see."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.policy import SignalPolicy, parse_policy
from bot.domain.satisfaction import Answer
from bot.domain.signals import (
    AccountFacts,
    Clear,
    DataSource,
    Evidence,
    Finding,
    NoData,
    Note,
    Objective,
    Promise,
    RenewalWork,
    Signal,
    Stakeholder,
    Ticket,
    competitor,
    declining_usage,
    falling_satisfaction,
    no_objective,
    open_tickets,
    overdue_promises,
    renewal,
    signals,
    silence,
    single_threaded,
    stakeholder_left,
    stale_data,
    ticket_spike,
)
from bot.domain.terms import ContractTerms, renewal_dates
from bot.domain.usage import Trend, UsagePoint, trend
from tests.domain.test_policy import SHIPPED

TODAY = date(2026, 3, 4)


def _policy() -> SignalPolicy:
    text = SHIPPED["signals"].replace("competitors: []", "competitors: [Globex, Initech Cloud, Switch]")
    policy = parse_policy(text, "signals.yml")
    assert isinstance(policy, SignalPolicy)
    return policy


POLICY = _policy()


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def warned(finding: Finding) -> Signal:
    assert isinstance(finding, Signal), finding
    assert 1 <= finding.severity <= 5
    return finding


def usage_of(*months: int) -> Trend:
    """30-day periods, oldest first, the last one ending yesterday."""
    points = [
        UsagePoint(at, ago(30 * (len(months) - at)), 30, Decimal(value)) for at, value in enumerate(months)
    ]  # fmt: skip
    return trend("active users", points, TODAY)


@pytest.mark.parametrize(
    ("months", "severity"),
    [
        ((100, 95, 90, 85), 3),
        ((100, 100, 90, 85), None),
        ((100, 100, 100, 74), 4),
        ((100, 100, 100, 75), None),
        ((100, 95, 90, 60), 4),
        ((80, 90, 100, 100), None),
        ((100, 60), 4),
    ],
)
def test_declining_usage(months: tuple[int, ...], severity: int | None) -> None:
    finding = declining_usage(usage_of(*months), POLICY)
    if severity is None:
        assert isinstance(finding, Clear)
    else:
        assert warned(finding).severity == severity
        assert warned(finding).evidence == (Evidence("usage", len(months) - 1, ago(1)),)


def test_usage_that_cannot_be_judged_is_no_data() -> None:
    assert isinstance(declining_usage(None, POLICY), NoData)
    thin = declining_usage(usage_of(100), POLICY)
    assert isinstance(thin, NoData)
    assert "90 days before" in thin.missing


def test_an_open_urgent_ticket() -> None:
    rows = [Ticket(1, ago(2), priority="urgent", subject="Down"), Ticket(2, ago(40)), Ticket(3, ago(1), priority="low")]
    finding = warned(open_tickets(rows, POLICY, TODAY))
    assert finding.severity == 4
    assert finding.evidence == (Evidence("ticket", 1, ago(2), "Down"),)


def test_old_tickets() -> None:
    finding = warned(open_tickets([Ticket(1, ago(15)), Ticket(2, ago(40)), Ticket(3, ago(14))], POLICY, TODAY))
    assert finding.severity == 3
    assert [row.id for row in finding.evidence] == [2, 1]
    assert "2 tickets open for more than 14 days, the oldest for 40" in finding.sentence


def test_solved_and_young_tickets_are_no_risk_and_no_source_is_no_peace() -> None:
    solved = Ticket(1, ago(90), ago(80), open=False, priority="urgent")
    assert isinstance(open_tickets([solved, Ticket(2, ago(3))], POLICY, TODAY), Clear)
    assert isinstance(open_tickets([], POLICY, TODAY), Clear)
    assert isinstance(open_tickets(None, POLICY, TODAY), NoData)
    assert isinstance(ticket_spike(None, POLICY, TODAY), NoData)


@pytest.mark.parametrize(
    ("recent", "before", "spike"),
    [(5, 0, True), (4, 0, False), (5, 7, True), (6, 9, False), (7, 9, True), (20, 60, False)],
)
def test_a_spike_is_many_and_more_than_twice_the_usual(recent: int, before: int, spike: bool) -> None:
    rows = [Ticket(at, ago(at % 30), open=False) for at in range(recent)]
    rows += [Ticket(100 + at, ago(30 + at % 90), open=False) for at in range(before)]
    assert isinstance(ticket_spike(rows, POLICY, TODAY), Signal) is spike


def person(person_id: int, role: str | None = None, **more: Any) -> Stakeholder:
    return Stakeholder(person_id, f"Person {person_id}", role, **more)


@pytest.mark.parametrize(
    ("people", "severity"),
    [
        ([person(1, "champion", left_on=ago(10))], 5),
        ([person(1, "champion", active=False)], 5),
        ([person(1, "champion", until=ago(3))], 5),
        ([person(1, "sponsor", until=ago(3))], 4),
        ([person(1, "economic buyer", left_on=ago(3)), person(2, "champion")], 4),
        ([person(1, "sponsor", left_on=ago(3)), person(2, "champion", left_on=ago(100))], 5),
        ([person(1, "champion", left_on=ago(181))], None),
        ([person(1, "champion", left_on=TODAY + timedelta(days=5))], None),
        ([person(1, "champion"), person(2, "user", left_on=ago(1))], None),
    ],
)
def test_stakeholders_that_leave(people: list[Stakeholder], severity: int | None) -> None:
    finding = stakeholder_left(people, POLICY, TODAY)
    if severity is None:
        assert isinstance(finding, Clear)
    else:
        assert warned(finding).severity == severity
        assert warned(finding).evidence


@pytest.mark.parametrize("people", [None, [], [person(1, "user", left_on=ago(1))], [person(1)]])
def test_who_has_no_known_champion_has_no_data(people: list[Stakeholder] | None) -> None:
    assert isinstance(stakeholder_left(people, POLICY, TODAY), NoData)


@pytest.mark.parametrize(
    "text",
    [
        "They are evaluating Globex for next year.",
        "GLOBEX demo went well, they said.",
        "Got a quote from procurement; Globex is 20% cheaper.",
        "Comparing us with Initech  Cloud",
        "Long call.\nIT is looking at alternatives because of price.",
        "Cancelled: switched to competitor",
        "They pilot Switch in Berlin",
        "They are not happy. Evaluating Globex.",
    ],
)
def test_another_vendor_is_being_weighed(text: str) -> None:
    finding = warned(competitor([Note(7, ago(5), text)], POLICY, TODAY))
    assert finding.severity == 4
    (row,) = finding.evidence
    assert (row.noun, row.id, row.on) == ("interaction", 7, ago(5))
    assert row.quote is not None
    assert row.quote in " ".join(text.split())


@pytest.mark.parametrize(
    "text",
    [
        "They use Globex for payroll.",
        "Evaluating the new reporting module.",
        "Globexia demo",
        "We discussed Globex. Our demo is on Friday.",
        "They are not evaluating Globex.",
        "They aren't looking at alternatives.",
        "They are no longer comparing us with Globex.",
        "Switching from Globex to us next month",
        "We should switch the light. The Switch is old.",
        "",
    ],
)
def test_a_name_a_denial_or_the_past_is_no_threat(text: str) -> None:
    assert isinstance(competitor([Note(7, ago(5), text)], POLICY, TODAY), Clear)


def test_old_notes_are_history_and_no_notes_are_no_data() -> None:
    told = "They are evaluating Globex."
    assert isinstance(competitor([Note(1, ago(181), told)], POLICY, TODAY), NoData)
    assert isinstance(competitor([], POLICY, TODAY), NoData)
    assert isinstance(competitor(None, POLICY, TODAY), NoData)


def test_without_a_list_of_competitors_telling_phrases_still_count() -> None:
    """The shipped file names no competitor: a name says nothing then, a phrase does."""
    shipped = parse_policy(SHIPPED["signals"], "signals.yml")
    assert isinstance(shipped, SignalPolicy)
    named = Note(1, ago(5), "They are evaluating Globex.")
    telling = Note(2, ago(5), "They are LOOKING at  alternatives.")
    assert isinstance(competitor([named], shipped, TODAY), Clear)
    assert [row.id for row in warned(competitor([named, telling], shipped, TODAY)).evidence] == [2]


def test_the_newest_quote_leads_and_long_ones_are_cut() -> None:
    long = "x " * 200 + "evaluating Globex " + "y " * 200
    finding = warned(competitor([Note(1, ago(50), "Globex demo"), Note(2, ago(5), long)], POLICY, TODAY))
    assert [row.id for row in finding.evidence] == [2, 1]
    quote = finding.evidence[0].quote
    assert quote is not None
    assert len(quote) <= 162
    assert "Globex" in quote


@given(st.text(max_size=300))
def test_any_note_can_be_read(text: str) -> None:
    assert competitor([Note(1, ago(1), text)], POLICY, TODAY).kind == "competitor"


def nps(answer_id: int, score: int, days_ago: int, person_id: int | None = 1) -> Answer:
    return Answer(answer_id, "nps", Decimal(score), 0, 10, ago(days_ago), person_id, "Ana")


@pytest.mark.parametrize(
    ("answers", "ids"),
    [
        ([nps(1, 6, 5)], {1}),
        ([nps(1, 7, 5)], None),
        ([nps(1, 10, 50), nps(2, 7, 5)], {1, 2}),
        ([nps(1, 9, 50), nps(2, 7, 5)], None),
        ([nps(1, 3, 50), nps(2, 8, 5)], None),
        ([nps(1, 9, 50), nps(2, 2, 5)], {1, 2}),
    ],
)
def test_falling_satisfaction(answers: list[Answer], ids: set[int] | None) -> None:
    finding = falling_satisfaction(answers, POLICY, TODAY)
    if ids is None:
        assert isinstance(finding, Clear)
    else:
        assert warned(finding).severity == 3
        assert {row.id for row in warned(finding).evidence} == ids


def test_nobody_asked_is_no_data() -> None:
    for answers in (None, [], [nps(1, 0, 400)]):
        assert isinstance(falling_satisfaction(answers, POLICY, TODAY), NoData)


@pytest.mark.parametrize(("days", "severity"), [(0, None), (45, None), (46, 3), (90, 3), (91, 4)])
def test_silence_is_measured_by_the_cadence(days: int, severity: int | None) -> None:
    finding = silence(Note(3, ago(days), ""), 30, POLICY, TODAY)
    assert (finding.severity if isinstance(finding, Signal) else None) == severity


def test_no_touch_at_all_is_no_data() -> None:
    assert isinstance(silence(None, 30, POLICY, TODAY), NoData)


def test_overdue_promises() -> None:
    one = Promise(1, "Send the security questionnaire", ago(3))
    due_today = Promise(2, "Pricing", TODAY)
    undated = Promise(3, "Some day", None)
    single = warned(overdue_promises([one, due_today, undated], POLICY, TODAY))
    assert (single.severity, [row.id for row in single.evidence]) == (2, [1])
    assert "Send the security questionnaire" in single.sentence
    several = warned(overdue_promises([one, Promise(4, "Roadmap", ago(9))], POLICY, TODAY))
    assert (several.severity, [row.id for row in several.evidence]) == (4, [4, 1])
    assert isinstance(overdue_promises([due_today, undated], POLICY, TODAY), Clear)
    assert isinstance(overdue_promises(None, POLICY, TODAY), NoData)


def work(
    days_to_end: int, *, notice: int | None = None, opportunity: int | None = None, stage_days: int | None = None
) -> RenewalWork:
    terms = ContractTerms(ago(400), TODAY + timedelta(days=days_to_end), auto_renew=False, notice_days=notice)
    since = None if stage_days is None else ago(stage_days)
    return RenewalWork(9, renewal_dates(terms, TODAY), opportunity, "Proposal", since)


@pytest.mark.parametrize(
    ("one", "severity"),
    [
        (work(-3), 5),
        (work(20), 4),
        (work(100), 3),
        (work(130), None),
        (work(60, notice=90), 4),
        (work(60, opportunity=5, stage_days=10), None),
        (work(60, opportunity=5, stage_days=30), 3),
        (work(60, opportunity=5), None),
        (work(60, notice=90, opportunity=5, stage_days=10), 2),
        (work(200, notice=90, opportunity=5, stage_days=31), 3),
    ],
)
def test_renewals(one: RenewalWork, severity: int | None) -> None:
    finding = renewal([one], POLICY, TODAY)
    assert (finding.severity if isinstance(finding, Signal) else None) == severity
    assert isinstance(finding, Clear | Signal)


def test_the_worst_renewal_leads_and_no_end_date_is_no_data() -> None:
    assert warned(renewal([work(100), work(-3)], POLICY, TODAY)).severity == 5
    open_ended = RenewalWork(1, renewal_dates(ContractTerms(ago(10), None), TODAY))
    for renewals in (None, [], [open_ended]):
        assert isinstance(renewal(renewals, POLICY, TODAY), NoData)


def test_single_threaded() -> None:
    ana, ben = person(1, last_contact_on=ago(5)), person(2, last_contact_on=ago(90))
    old, gone = person(3, last_contact_on=ago(91)), person(4, last_contact_on=ago(2), left_on=ago(1))
    assert isinstance(single_threaded([ana, ben], POLICY, TODAY), Clear)
    finding = warned(single_threaded([ana, old, gone], POLICY, TODAY))
    assert [row.id for row in finding.evidence] == [1]
    assert "Only 1 contact" in finding.sentence
    assert [row.id for row in warned(single_threaded([old], POLICY, TODAY)).evidence] == [3]
    for people in (None, [], [person(1)]):
        assert isinstance(single_threaded(people, POLICY, TODAY), NoData)


def test_one_person_in_two_roles_is_one_contact() -> None:
    twice = [person(1, "champion", last_contact_on=ago(5)), person(1, "user", last_contact_on=ago(5))]
    assert isinstance(single_threaded(twice, POLICY, TODAY), Signal)


def test_no_objective() -> None:
    assert isinstance(no_objective(None, POLICY, TODAY), NoData)
    assert warned(no_objective([], POLICY, TODAY)).evidence == ()
    known = [Objective(1, "Halve onboarding time", ago(180)), Objective(2, "Old one", ago(400))]
    assert isinstance(no_objective(known, POLICY, TODAY), Clear)
    stale = warned(no_objective([Objective(1, "Halve onboarding time", ago(181))], POLICY, TODAY))
    assert stale.evidence == (Evidence("objective", 1, ago(181), "Halve onboarding time"),)


def test_stale_data() -> None:
    fresh, old = DataSource(1, "tickets", ago(14)), DataSource(2, "usage", ago(15))
    assert isinstance(stale_data([fresh], POLICY, TODAY), Clear)
    finding = warned(stale_data([fresh, old], POLICY, TODAY))
    assert "usage (15 days)" in finding.sentence
    assert [row.id for row in finding.evidence] == [2]
    assert isinstance(stale_data([], POLICY, TODAY), NoData)


def test_without_any_data_every_rule_says_what_it_lacks() -> None:
    findings = signals(AccountFacts(cadence_days=30), POLICY, TODAY)
    assert len(findings) == len({one.kind for one in findings}) == 12
    assert all(isinstance(one, NoData) and one.missing for one in findings)


def test_the_most_severe_comes_first_and_every_kind_is_answered_once() -> None:
    facts = AccountFacts(
        cadence_days=14,
        tickets=[Ticket(1, ago(40))],
        stakeholders=[person(1, "champion", left_on=ago(4))],
        promises=[],
        last_touch=Note(1, ago(2), ""),
    )
    findings = signals(facts, POLICY, TODAY)
    assert [type(one) for one in findings] == [Signal] * 2 + [NoData] * 7 + [Clear] * 3
    assert [one.severity for one in findings if isinstance(one, Signal)] == [5, 3]
    assert len({one.kind for one in findings}) == 12
