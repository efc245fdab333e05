"""The plan of an account: what the customer wants, what they got, what could follow, what was agreed to do.

An action of a plan is a promise with a measure (`commitment.metric`): one table, one life, one set of reminders.
"""

from __future__ import annotations

import sqlalchemy as sa

from bot.storage.tables.base import by_change, column, fact, link, text
from bot.storage.types import Amount, BigInt, Day, Instant


def _by_account(name: str) -> sa.Index:
    return sa.Index(f"ix_{name}_account", "account_id")


account_plan = fact(
    "account_plan",
    link("account_id", required=True),
    text("why_bought"),
    text("visibility", required=True),  # of why they bought: internal | client-safe
    column("next_review_on", Day()),
    _by_account("account_plan"),
    by_change("account_plan"),
)

objective = fact(
    "objective",
    link("account_id", required=True),
    text("text", required=True),
    text("measure"),
    text("baseline"),
    text("target"),
    column("due_on", Day()),
    column("agreed_on", Day()),  # with the customer; without it the objective is our own reading, and internal
    text("status", required=True),  # open | met | missed | dropped
    _by_account("objective"),
    by_change("objective"),
)

outcome = fact(
    "outcome",
    link("account_id", required=True),
    column("objective_id", BigInt),
    text("what", required=True),
    text("metric"),
    text("value_before"),
    text("value_after"),
    column("amount", Amount()),  # what it is worth to the customer
    text("currency"),
    text("evidence"),
    column("reached_on", Day()),
    column("confirmed_on", Day()),  # by the customer
    text("visibility", required=True),  # internal | client-safe
    _by_account("outcome"),
    by_change("outcome"),
)

request = fact(
    "request",
    link("account_id", required=True),
    link("person_id"),
    text("what", required=True),
    column("asked_on", Day()),
    text("status", required=True),  # open | planned | done | declined
    text("answer"),
    text("visibility", required=True),  # internal | client-safe
    _by_account("request"),
    by_change("request"),
)

growth_idea = fact(
    "growth_idea",
    link("account_id", required=True),
    link("product_id"),
    text("unit"),  # a team or site of the customer; None is the account as a whole
    text("what", required=True),
    text("state", required=True),  # idea | pursued | won | none (somebody looked: there is no potential)
    column("amount", Amount()),  # a year
    text("currency"),
    text("reason"),
    _by_account("growth_idea"),
    by_change("growth_idea"),
)

plan_review = fact(
    "plan_review",
    link("account_id", required=True),
    column("reviewed_at", Instant(), required=True),
    text("reviewed_by", required=True),
    text("note"),
    _by_account("plan_review"),
    by_change("plan_review"),
)
