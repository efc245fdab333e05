"""Risks that the product and its support show: usage, tickets, surveys, and the age of all of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal

from bot.domain.days import written
from bot.domain.policy import SignalPolicy
from bot.domain.satisfaction import Answer, drops, latest_per_person
from bot.domain.usage import Trend

from .facts import Clear, DataSource, Evidence, Finding, NoData, Signal, Ticket, count


def declining_usage(usage: Trend | None, policy: SignalPolicy) -> Finding:
    """F1: so many falling periods in a row, or one steep fall."""
    if usage is None:
        return NoData("declining usage", "no usage has been recorded; import usage")
    rules = policy.usage
    newest = usage.windows[0] if usage.windows else None
    evidence = tuple(Evidence("usage", key, usage.as_of) for key in newest.ids[-1:]) if newest else ()
    if usage.last_fall is not None and usage.last_fall > Decimal(str(rules.one_fall_percent)):
        fell = f"{usage.metric} fell by {usage.last_fall:.0f} % within a month, as of {written(usage.as_of)}."
        return Signal("declining usage", 4, fell, evidence)
    if usage.falling >= rules.falling_periods:
        fell = f"{usage.metric} fell {usage.falling} months in a row, as of {written(usage.as_of)}."
        return Signal("declining usage", 3, fell, evidence)
    if usage.missing:
        return NoData("declining usage", f"{usage.metric}: {usage.missing}")
    return Clear("declining usage", usage.sentence)


def open_tickets(tickets: Sequence[Ticket] | None, policy: SignalPolicy, today: date) -> Finding:
    """F2: an open urgent ticket, or tickets open for too long."""
    if tickets is None:
        return NoData("open tickets", "no ticket source is connected; import tickets")
    rules = policy.support
    waiting = sorted((one for one in tickets if one.open), key=lambda one: (one.opened_on, one.id))
    if urgent := [one for one in waiting if one.priority == "urgent"]:
        sentence = f"{count(len(urgent), 'urgent ticket')} open, the oldest since {written(urgent[0].opened_on)}."
        return Signal("open tickets", rules.urgent_severity, sentence, _tickets(urgent))
    if old := [one for one in waiting if (today - one.opened_on).days > rules.old_days]:
        days = (today - old[0].opened_on).days
        sentence = f"{count(len(old), 'ticket')} open for more than {rules.old_days} days, the oldest for {days}."
        return Signal("open tickets", 3, sentence, _tickets(old))
    return Clear(
        "open tickets", f"{count(len(waiting), 'open ticket')}, none urgent or older than {rules.old_days} days."
    )


def ticket_spike(tickets: Sequence[Ticket] | None, policy: SignalPolicy, today: date) -> Finding:
    """F2: many more tickets than usual; the tickets themselves are not bad, the change is."""
    if tickets is None:
        return NoData("ticket spike", "no ticket source is connected; import tickets")
    rules = policy.support
    start = today - timedelta(days=rules.spike_days)
    earliest = start - timedelta(days=rules.spike_baseline_days)
    recent = [one for one in tickets if start < one.opened_on <= today]
    before = sum(earliest < one.opened_on <= start for one in tickets)
    usual = before * rules.spike_days / rules.spike_baseline_days
    sentence = f"{count(len(recent), 'ticket')} in {rules.spike_days} days; usual before: {usual:.1f}."
    if len(recent) >= rules.spike_least and len(recent) > rules.spike_factor * usual:
        return Signal("ticket spike", 3, sentence, _tickets(recent))
    return Clear("ticket spike", sentence)


def _tickets(tickets: Iterable[Ticket]) -> tuple[Evidence, ...]:
    return tuple(Evidence("ticket", one.id, one.opened_on, one.subject) for one in tickets)


def falling_satisfaction(answers: Sequence[Answer] | None, policy: SignalPolicy, today: date) -> Finding:
    """F5: somebody's latest NPS answer is low, or somebody's answer fell."""
    rules = policy.satisfaction
    first = today - timedelta(days=rules.window_days)
    recent = [one for one in answers or () if first < one.on <= today]
    if not recent:
        return NoData("falling satisfaction", f"nobody answered a survey in {rules.window_days} days; ask")
    scored = latest_per_person(one for one in recent if one.kind == "nps" and one.valid and one.scale == (0, 10))
    low = [one for one in scored if one.score <= rules.low_nps]
    fell = drops(recent, rules.drop_points)
    if not low and not fell:
        return Clear(
            "falling satisfaction", f"{count(len(recent), 'answer')} in {rules.window_days} days, none low or falling."
        )
    parts = [f"{count(len(low), 'person', 'people')} at {rules.low_nps} or below"] if low else []
    parts += [f"{_who(fell[0].later)} fell from {fell[0].earlier.score} to {fell[0].later.score}"] if fell else []
    rows = {one.id: one for one in [*low, *(drop.later for drop in fell), *(drop.earlier for drop in fell)]}
    evidence = tuple(
        Evidence("survey answer", one.id, one.on, f"{one.score} of {one.scale_max}") for one in rows.values()
    )
    return Signal("falling satisfaction", 3, f"Satisfaction: {'; '.join(parts)}.", evidence)


def _who(answer: Answer) -> str:
    return answer.person or "a contact"


def stale_data(sources: Sequence[DataSource] | None, policy: SignalPolicy, today: date) -> Finding:
    """F9: a risk of our own making: judging by old data."""
    if not sources:
        return NoData("stale data", "no source feeds this account; import something")
    limit = policy.data.stale_days
    stale = sorted(
        (one for one in sources if (today - one.seen_on).days > limit), key=lambda one: (one.seen_on, one.id)
    )
    if not stale:
        return Clear("stale data", f"All {count(len(sources), 'source')} brought news within {limit} days.")
    names = ", ".join(f"{one.name} ({(today - one.seen_on).days} days)" for one in stale)
    evidence = tuple(Evidence("source", one.id, one.seen_on, one.name) for one in stale)
    return Signal("stale data", 2, f"No news for more than {limit} days from: {names}.", evidence)
