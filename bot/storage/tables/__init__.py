"""All tables, by the room of the house's data that they keep."""

from bot.storage.tables.asking import ask_turn
from bot.storage.tables.base import Table, metadata
from bot.storage.tables.changes import (
    change,
    entity,
    external_ref,
    handled,
    import_file,
    mapping,
    review_item,
)
from bot.storage.tables.erasing import erased_mark, erasure, erasure_salt
from bot.storage.tables.facts import (
    commitment,
    contract_line,
    interaction,
    opportunity_line,
    revenue_movement,
    signal,
    survey_answer,
    ticket,
    usage,
)
from bot.storage.tables.health import health_override, health_pass, health_reading
from bot.storage.tables.nouns import (
    account,
    account_name,
    assignment,
    contract,
    member,
    opportunity,
    person,
    product,
)
from bot.storage.tables.people import channel_binding, preference, restricted_account
from bot.storage.tables.plans import (
    account_plan,
    growth_idea,
    objective,
    outcome,
    plan_review,
    request,
)
from bot.storage.tables.qbr import qbr, qbr_feedback, qbr_version
from bot.storage.tables.reminders import (
    planned_account,
    planned_change,
    planned_through,
    reminder,
    renewal_outcome,
    schedule,
)
from bot.storage.tables.skills import llm_call, skill_run
from bot.storage.tables.trail import audit_account, audit_event, audit_value

NOUNS = {
    "member": member,
    "product": product,
    "account": account,
    "person": person,
    "contract": contract,
    "opportunity": opportunity,
}
FACTS = (
    health_override,
    account_plan,
    commitment,
    contract_line,
    growth_idea,
    interaction,
    objective,
    opportunity_line,
    outcome,
    plan_review,
    request,
    revenue_movement,
    signal,
    survey_answer,
    ticket,
    usage,
)
VERSIONED = (*FACTS, account_name, assignment, external_ref, *NOUNS.values())
"""Every table of versions, children before the things they point at: the order in which rows may be deleted."""

__all__ = [
    "FACTS",
    "NOUNS",
    "VERSIONED",
    "Table",
    "account",
    "account_name",
    "account_plan",
    "ask_turn",
    "assignment",
    "audit_account",
    "audit_event",
    "audit_value",
    "change",
    "channel_binding",
    "commitment",
    "contract",
    "contract_line",
    "entity",
    "erased_mark",
    "erasure",
    "erasure_salt",
    "external_ref",
    "growth_idea",
    "handled",
    "health_override",
    "health_pass",
    "health_reading",
    "import_file",
    "interaction",
    "llm_call",
    "mapping",
    "member",
    "metadata",
    "objective",
    "opportunity",
    "opportunity_line",
    "outcome",
    "person",
    "plan_review",
    "planned_account",
    "planned_change",
    "planned_through",
    "preference",
    "product",
    "qbr",
    "qbr_feedback",
    "qbr_version",
    "reminder",
    "renewal_outcome",
    "request",
    "restricted_account",
    "revenue_movement",
    "review_item",
    "schedule",
    "signal",
    "skill_run",
    "survey_answer",
    "ticket",
    "usage",
]
