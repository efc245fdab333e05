"""All tables, by the room of the house's data that they keep."""

from bot.storage.tables.base import Table, metadata
from bot.storage.tables.changes import (
    audit_event,
    change,
    entity,
    external_ref,
    handled,
    import_file,
    mapping,
    review_item,
)
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
from bot.storage.tables.people import channel_binding, preference
from bot.storage.tables.reminders import (
    planned_account,
    planned_change,
    planned_through,
    reminder,
    renewal_outcome,
    schedule,
)

NOUNS = {
    "member": member,
    "product": product,
    "account": account,
    "person": person,
    "contract": contract,
    "opportunity": opportunity,
}
FACTS = (
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
VERSIONED = (*FACTS, account_name, assignment, external_ref, *NOUNS.values())
"""Every table of versions, children before the things they point at: the order in which rows may be deleted."""

__all__ = [
    "FACTS",
    "NOUNS",
    "VERSIONED",
    "Table",
    "account",
    "account_name",
    "assignment",
    "audit_event",
    "change",
    "channel_binding",
    "commitment",
    "contract",
    "contract_line",
    "entity",
    "external_ref",
    "handled",
    "import_file",
    "interaction",
    "mapping",
    "member",
    "metadata",
    "opportunity",
    "opportunity_line",
    "person",
    "planned_account",
    "planned_change",
    "planned_through",
    "preference",
    "product",
    "reminder",
    "renewal_outcome",
    "revenue_movement",
    "review_item",
    "schedule",
    "signal",
    "survey_answer",
    "ticket",
    "usage",
]
