"""Risk signals: what is seen, what is not, and what cannot be seen for want of data.

Kinds and default thresholds follow `facts/domain.md` A.5 (registry of stephenrogan/augmented-csm); the thresholds come
from `policies/signals.yml`. Facts that are None mean "no source for this": that is `NoData`, never a good sign. Every
rule answers with exactly one of `Signal`, `Clear` and `NoData`. Days are the workspace's calendar days.
"""

from __future__ import annotations

from datetime import date

from bot.domain.policy import SignalPolicy

from .facts import (
    AccountFacts,
    Clear,
    DataSource,
    Dismissed,
    Evidence,
    Finding,
    NoData,
    Note,
    Objective,
    Promise,
    RenewalWork,
    Signal,
    SignalKind,
    Stakeholder,
    Ticket,
    is_dismissed,
    traces,
)
from .market import competitor, renewal
from .people import no_objective, overdue_promises, silence, single_threaded, stakeholder_left
from .product import declining_usage, falling_satisfaction, open_tickets, stale_data, ticket_spike

__all__ = [
    "AccountFacts",
    "Clear",
    "DataSource",
    "Dismissed",
    "Evidence",
    "Finding",
    "NoData",
    "Note",
    "Objective",
    "Promise",
    "RenewalWork",
    "Signal",
    "SignalKind",
    "Stakeholder",
    "Ticket",
    "competitor",
    "declining_usage",
    "falling_satisfaction",
    "is_dismissed",
    "no_objective",
    "open_tickets",
    "overdue_promises",
    "renewal",
    "signals",
    "silence",
    "single_threaded",
    "stakeholder_left",
    "stale_data",
    "ticket_spike",
    "traces",
]


def signals(facts: AccountFacts, policy: SignalPolicy, today: date) -> tuple[Finding, ...]:
    """Every rule's answer: signals first, most severe first, then what could not be seen, then what is clear."""
    found: list[Finding] = [
        declining_usage(facts.usage, policy),
        open_tickets(facts.tickets, policy, today),
        ticket_spike(facts.tickets, policy, today),
        stakeholder_left(facts.stakeholders, policy, today),
        competitor(facts.notes, policy, today),
        falling_satisfaction(facts.answers, policy, today),
        silence(facts.last_touch, facts.cadence_days, policy, today),
        overdue_promises(facts.promises, policy, today),
        renewal(facts.renewals, policy, today),
        single_threaded(facts.stakeholders, policy, today),
        no_objective(facts.objectives, policy, today),
        stale_data(facts.sources, policy, today),
    ]
    order = {Signal: 0, NoData: 1, Clear: 2}
    return tuple(sorted(found, key=lambda one: (order[type(one)], -one.severity if isinstance(one, Signal) else 0)))
