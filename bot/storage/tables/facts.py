"""Things that were agreed, said, measured or noticed."""

from __future__ import annotations

import sqlalchemy as sa

from bot.storage.tables.base import by_change, column, fact, link, text
from bot.storage.types import Amount, BigInt, Day, Flag, Instant, Json

_KEPT = sa.text("text_until IS NOT NULL")


def _by_account(name: str, *then: str) -> sa.Index:
    return sa.Index(f"ix_{name}_account", "account_id", *then)


contract_line = fact(
    "contract_line",
    link("contract_id", required=True),
    link("account_id", required=True),
    link("product_id"),
    text("unit"),
    column("quantity", Amount()),
    column("amount", Amount()),
    text("period", required=True),  # month | quarter | year | term | once
    text("currency"),
    column("starts_on", Day()),
    column("ends_on", Day()),
    column("trial", Flag(), required=True),
    _by_account("contract_line"),
)

revenue_movement = fact(
    "revenue_movement",
    link("account_id", required=True),
    link("product_id"),
    text("kind", required=True),  # new | expansion | contraction | churn | reactivation
    column("amount_mrr", Amount()),
    text("currency"),
    column("effective_on", Day(), required=True),
    text("reason"),
    text("note"),
    _by_account("revenue_movement", "effective_on"),
)

opportunity_line = fact(
    "opportunity_line",
    link("opportunity_id", required=True),
    link("product_id"),
    text("description"),
    column("quantity", Amount()),
    column("unit_price", Amount()),
    column("amount", Amount()),
)

interaction = fact(
    "interaction",
    link("account_id", required=True),
    column("at", Instant(), required=True),
    text("kind", required=True),
    text("direction"),
    link("author_id"),
    text("people"),
    text("subject"),
    text("text"),
    text("visibility", required=True),  # internal | client-safe
    text("origin", required=True),  # team | customer | external channel | import
    text("permalink"),
    text("next_step"),
    column("next_step_on", Day()),
    column("text_until", Instant()),  # when a quoted message's text has to go; None keeps it
    sa.Index("ix_interaction_kept", "text_until", sqlite_where=_KEPT, postgresql_where=_KEPT),
    _by_account("interaction", "at", "kind", "v_out"),  # the last touch is found without reading rows
    by_change("interaction"),
)

commitment = fact(
    "commitment",
    link("account_id", required=True),
    column("interaction_id", BigInt),
    text("by", required=True),  # us | them
    link("owner_id"),
    text("quote", required=True),
    column("made_on", Day()),
    column("due_on", Day()),
    column("kept_on", Day()),
    text("status", required=True),  # open | kept | missed | cancelled
    text("metric"),  # how success is seen: makes it an action of the account's plan
    column("objective_id", BigInt),
    text("visibility"),  # internal: the customer does not know of it; None: it was said to or by the customer
    _by_account("commitment"),
    by_change("commitment"),
)

ticket = fact(
    "ticket",
    link("account_id", required=True),
    column("opened_at", Instant(), required=True),
    column("first_response_at", Instant()),
    column("solved_at", Instant()),
    text("status", required=True),  # open | pending | solved
    text("priority"),
    text("subject"),
    column("escalated", Flag(), required=True),
    column("first_contact", Flag()),  # solved with the first contact; None: the source does not count contacts
    _by_account("ticket", "status", "opened_at"),
)

survey_answer = fact(
    "survey_answer",
    link("account_id", required=True),
    link("person_id"),
    text("kind", required=True),  # nps | csat | ces
    column("score", Amount(), required=True),
    column("scale_min", BigInt, required=True),
    column("scale_max", BigInt, required=True),
    column("at", Instant(), required=True),
    text("comment"),
    _by_account("survey_answer", "at"),
)

usage = fact(
    "usage",
    link("account_id", required=True),
    column("on", Day(), required=True),
    column("days", BigInt, required=True),
    text("metric", required=True),
    text("feature"),
    column("value", Amount(), required=True),
    column("entitlement", Amount()),
    _by_account("usage", "on"),
)

signal = fact(
    "signal",
    link("account_id", required=True),
    text("kind", required=True),
    column("severity", BigInt, required=True),
    text("sentence", required=True),
    column("evidence", Json()),
    column("detected_at", Instant(), required=True),
    text("state", required=True),  # open | dismissed | resolved
    text("reason"),
    _by_account("signal"),
)
