"""What every text column holds: words in which a person may be named, or something that never names one.

A column without a decision fails the suite. What is decided to name nobody is looked through all the same when an
erasure is checked (`residue`): what is found there is told, with the reason why it stays.
"""

from __future__ import annotations

from typing import Any, Final

import sqlalchemy as sa

from bot.storage import tables as t
from bot.storage.tables import metadata
from bot.storage.types import Json

WORDS: Final[dict[str, tuple[str, ...]]] = {
    "account_plan": ("why_bought",),
    "ask_turn": ("asker", "questions", "chosen"),
    "audit_value": ("before", "after"),
    "change": ("actor", "note", "report"),
    "channel_binding": ("bound_by",),
    "commitment": ("quote", "metric"),
    "contract": ("number",),
    "erasure": ("by",),
    "growth_idea": ("unit", "what", "reason"),
    "health_override": ("reason",),
    "health_reading": ("parts",),
    "import_file": ("name",),
    "interaction": ("people", "subject", "text", "permalink", "next_step"),
    "llm_call": ("asker",),
    "objective": ("text", "measure", "baseline", "target"),
    "opportunity": ("name", "next_step", "reason"),
    "opportunity_line": ("description",),
    "outcome": ("what", "metric", "value_before", "value_after", "evidence"),
    "person": ("title", "department", "role"),
    "plan_review": ("reviewed_by", "note"),
    "preference": ("backup_id",),
    "qbr": ("words", "created_by"),
    "qbr_feedback": ("by",),
    "qbr_version": ("by", "name", "note", "body"),
    "reminder": ("key", "recipient", "reason", "told", "acted_by"),
    "renewal_outcome": ("reason", "note", "by"),
    "request": ("what", "answer"),
    "restricted_account": ("reason", "by"),
    "revenue_movement": ("reason", "note"),
    "review_item": ("reason", "cells", "decided_by"),
    "schedule": ("text", "phrase", "recipient", "created_by"),
    "signal": ("sentence", "evidence", "reason"),
    "skill_run": ("asker", "draft"),
    "survey_answer": ("comment",),
    "ticket": ("subject",),
}
"""Columns that are written anew without the person; a value of the audit trail goes as a whole."""

OF_THE_CUSTOMER: Final = "a company named after somebody keeps its name"
OF_THE_CHAIN: Final = "the audit trail keeps ids, so that it can be verified"
OF_THE_SOURCE: Final = "an id of the source, by which the same row is known again"
CODE: Final = "a word of ours, a number or an id"
OF_THE_WORK: Final = "whom an erasure under way is to erase; emptied when that is done"
OWN: Final = "somebody's own row, which goes or is written anew as a whole; this is another's"

FIXED: Final[dict[str, dict[str, str]]] = {
    OF_THE_CUSTOMER: {
        "account": "name kind segment tier industry lifecycle country url",
        "account_name": "kind folded shown squashed",
        "product": "name squashed family",
    },
    OF_THE_CHAIN: {"audit_event": "actor via action detail previous_hash hash"},
    OF_THE_SOURCE: {
        "external_ref": "source noun external_id url",
        **{one.name: "source external_id" for one in (*t.FACTS, *t.NOUNS.values())},
    },
    OF_THE_WORK: {"erasure": "pending"},
    OWN: {
        "person": "name email",
        "member": "name folded email slack_user_id role team timezone",
        "preference": "slack_user_id",
    },
    CODE: {
        "account": "timezone currency",
        "account_plan": "visibility",
        "ask_turn": "channel thread verdict",
        "assignment": "role",
        "audit_value": "field salt",
        "change": "kind state via holder",
        "channel_binding": "channel_id bookmark_id",
        "commitment": "by status visibility",
        "contract": "status",
        "contract_line": "unit period currency",
        "entity": "kind",
        "erased_mark": "hash",
        "erasure": "kind state report",
        "erasure_salt": "salt",
        "growth_idea": "state currency",
        "handled": "key",
        "health_pass": "basis holder",
        "health_reading": "band model",
        "import_file": "kind source layout shape columns",
        "interaction": "kind direction visibility origin",
        "mapping": "shape mapping",
        "objective": "status",
        "opportunity": "kind stage outcome currency",
        "outcome": "currency visibility",
        "planned_through": "name rules",
        "preference": "timezone locale country working_days digest_at quiet_from quiet_until",
        "product": "currency",
        "qbr": "state channel ts parts",
        "qbr_feedback": "verdict",
        "qbr_version": "deed state",
        "reminder": "rule carrier zone state claimed_by channel ts acted",
        "renewal_outcome": "outcome",
        "request": "status visibility",
        "restricted_account": "named",
        "revenue_movement": "kind currency",
        "review_item": "kind candidates state",
        "schedule": "times zone state anchor anchor_unit anchor_side anchor_at",
        "signal": "kind state",
        "skill_run": "skill version written_by reason model withheld",
        "survey_answer": "kind",
        "ticket": "status priority",
        "usage": "metric feature",
    },
}
"""Columns that stay as they are, by the reason for it."""


def texts(table: sa.Table) -> list[sa.Column[Any]]:
    """All columns of a table that hold text."""
    return [one for one in table.columns if isinstance(one.type, sa.Text | Json)]


def why_fixed(table: str, column: str) -> str | None:
    """The reason for which a column is not written anew."""
    return next((why for why, found in FIXED.items() if column in found.get(table, "").split()), None)


def undecided() -> list[str]:
    """Columns about which nothing, or two things, are said; and decisions about columns that are not there."""
    said = [f"{table}.{column}" for table, columns in WORDS.items() for column in columns]
    said += [f"{table}.{one}" for found in FIXED.values() for table, names in found.items() for one in names.split()]
    there = [f"{table.name}.{column.name}" for table in metadata.sorted_tables for column in texts(table)]
    return sorted({one for one in {*said, *there} if said.count(one) != 1 or one not in there})


def account_of(table: sa.Table) -> sa.ColumnElement[Any]:
    """Which account a row is about; NULL where it is about none in particular."""
    c = table.c
    if "account_id" in c:
        found: sa.ColumnElement[Any] = c.account_id
    elif table is t.account:
        found = c.id
    elif table is t.audit_value:
        found = _of(t.audit_event.c.subject_id, t.audit_event.c.seq == c.seq)
    elif "qbr_id" in c:
        found = _of(t.qbr.c.account_id, t.qbr.c.id == c.qbr_id)
    elif "opportunity_id" in c:
        found = _of(t.opportunity.c.account_id, t.opportunity.c.id == c.opportunity_id)
    elif "contract_id" in c:
        found = _of(t.contract.c.account_id, t.contract.c.id == c.contract_id)
    else:
        found = sa.null()
    return found


def _of(account_id: sa.ColumnElement[Any], condition: sa.ColumnElement[bool]) -> sa.ColumnElement[Any]:
    return sa.select(sa.func.max(account_id)).where(condition).scalar_subquery()
