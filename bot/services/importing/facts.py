"""Loading what happened: lines, interactions, promises, tickets, answers, usage, churn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from bot.domain.records import (
    ChurnRow,
    CommitmentRow,
    ContractRow,
    InteractionRow,
    OpportunityLineRow,
    SurveyRow,
    TicketRow,
    UsageRow,
)
from bot.services.importing.load_contracts import contract_key
from bot.services.importing.loading import Load, chunks
from bot.services.importing.merge import Fact, FactMerger
from bot.services.importing.nouns import NO_ACCOUNT
from bot.services.importing.report import Tally
from bot.storage import tables
from bot.storage.database import Writer
from bot.storage.tables import Table

Convert = Callable[[Load, Any, int], tuple[Any, ...]]
"""The values of a row in the order of its target's columns, given its account."""


CONTRACT_LINES = ("contract_id", "account_id", "product_id", "unit", "quantity", "amount", "period", "currency",
                  "starts_on", "ends_on", "trial")  # fmt: skip
OPPORTUNITY_LINES = ("opportunity_id", "product_id", "description", "quantity", "unit_price", "amount")


@dataclass(frozen=True)
class Target:
    """Where rows of a kind go."""

    table: Table
    columns: tuple[str, ...]
    convert: Convert
    when: str | None = None
    noun: str | None = None
    wanted: Callable[[Any], bool] | None = None
    prefix: str = ""


def load_facts(load: Load, target: Target, *, quiet: bool = False) -> None:
    """Chunk by chunk: whose is each row, what are its values, then merge. Rows without an account go to review.

    A `quiet` pass takes a second kind of fact from rows that were counted before.
    """
    tally = Tally() if quiet else load.tally
    merger = FactMerger(load.batch, target.table, target.columns, load.file_id, tally)
    convert, wanted, prefix, noun = target.convert, target.wanted, target.prefix, target.noun
    when = attrgetter(target.when) if target.when else None
    for rows in chunks(load, quiet=quiet):
        facts: list[Fact] = []
        gone: list[str] = []
        for row in rows:
            external_id = f"{prefix}{row.external_id}" if row.external_id and prefix else row.external_id
            if getattr(row, "deleted", False) or (wanted is not None and not wanted(row)):
                gone.append(external_id or "")
                continue
            account_id = load.account(row.refs, noun, row.external_id)
            if account_id is None:
                if not quiet:
                    load.to_review(row.line, "no account", f"the row {NO_ACCOUNT}", _cells(row))
                continue
            if when is not None:
                load.seen(when(row))
            facts.append(Fact(row.line, external_id, convert(load, row, account_id)))
        with load.batch.chunk() as writer:
            merger.merge(writer, facts)
            _remove(writer, merger, tally, gone)


def _cells(row: Any) -> dict[str, str]:
    return {
        name: str(value)[:500]
        for name, value in row._asdict().items()
        if name != "line" and value not in (None, (), "")
    }


def load_contract_lines(load: Load) -> None:
    """The lines; their contracts were loaded before."""

    def convert(load: Load, row: ContractRow, account_id: int) -> tuple[Any, ...]:
        directory = load.batch.directory
        contract_id = directory.by_own_id("contract", contract_key(row, account_id))
        product_id = load.product(row.product, row.line)
        return (contract_id, account_id, product_id, row.unit, row.quantity, row.amount, row.period, row.currency,
                row.starts_on, row.ends_on, row.trial)  # fmt: skip

    load_facts(load, Target(tables.contract_line, CONTRACT_LINES, convert, noun="contract"))


def load_opportunity_lines(load: Load) -> None:
    """Lines of opportunities; one whose opportunity is unknown goes to review."""
    directory = load.batch.directory
    merger = FactMerger(load.batch, tables.opportunity_line, OPPORTUNITY_LINES, load.file_id, load.tally)
    for rows in chunks(load):
        facts, gone = [], []
        for row in rows:
            if row.deleted:
                gone.append(row.external_id or "")
                continue
            opportunity_id = _opportunity(load, row)
            if opportunity_id is None:
                load.to_review(row.line, "no opportunity", "the line names no opportunity that is known", _cells(row))
                continue
            product_id = directory.product(row.product)
            values = (opportunity_id, product_id, row.description, row.quantity, row.unit_price, row.amount)
            facts.append(Fact(row.line, row.external_id, values))
        with load.batch.chunk() as writer:
            merger.merge(writer, facts)
            _remove(writer, merger, load.tally, gone)


def _remove(writer: Writer, merger: FactMerger, tally: Tally, gone: list[str]) -> None:
    """Rows that the source deleted; those that were never here count as skipped."""
    if gone:
        removed = merger.remove(writer, gone)
        tally.add("removed", removed)
        tally.add("skipped", len(gone) - removed)


def _opportunity(load: Load, row: OpportunityLineRow) -> int | None:
    found = (
        load.batch.directory.by_external_id("opportunity", ref.key) for ref in row.refs if ref.noun == "opportunity"
    )
    return next((one for one in found if one is not None), None)


def _interaction(load: Load, row: InteractionRow, account_id: int) -> tuple[Any, ...]:
    author_id = load.member(row.author) if row.author is not None else None
    origin = "customer" if row.by_customer else "team" if author_id is not None else "import"
    return (account_id, row.at, row.kind, row.direction, author_id, row.people, row.subject, row.text,
            "client-safe" if row.client_safe else "internal", origin, row.url)  # fmt: skip


def _commitment(load: Load, row: CommitmentRow, account_id: int) -> tuple[Any, ...]:
    return (account_id, row.by, load.member(row.owner), row.quote, row.made_on, row.due_on, row.kept_on, row.status)


def _ticket(_load: Load, row: TicketRow, account_id: int) -> tuple[Any, ...]:
    return (account_id, row.opened_at, row.first_response_at, row.solved_at, row.status, row.priority, row.subject,
            row.escalated, row.first_contact)  # fmt: skip


def _ticket_score(_load: Load, row: TicketRow, account_id: int) -> tuple[Any, ...]:
    return (account_id, None, "csat", row.score, 1, row.score_max or 5, row.solved_at or row.opened_at, None)


def _survey(load: Load, row: SurveyRow, account_id: int) -> tuple[Any, ...]:
    directory = load.batch.directory
    people = (directory.person(ref, account_id) for ref in row.refs if ref.noun == "person")
    person_id = next((one for one in people if one is not None), None)
    return (account_id, person_id, row.kind, row.score, row.scale_min, row.scale_max, row.at, row.comment)


def _usage(_load: Load, row: UsageRow, account_id: int) -> tuple[Any, ...]:
    return (account_id, row.on, row.days, row.metric, row.feature, row.value, row.entitlement)


def _churn(_load: Load, row: ChurnRow, account_id: int) -> tuple[Any, ...]:
    return (account_id, "reactivation" if row.reactivation else "churn", row.on, row.reason, row.note)


_SCORE = ("account_id", "person_id", "kind", "score", "scale_min", "scale_max", "at", "comment")

INTERACTIONS = Target(
    tables.interaction,
    (
        "account_id",
        "at",
        "kind",
        "direction",
        "author_id",
        "people",
        "subject",
        "text",
        "visibility",
        "origin",
        "permalink",
    ),
    _interaction,
    when="at",
    noun="interaction",
)
COMMITMENTS = Target(
    tables.commitment,
    ("account_id", "by", "owner_id", "quote", "made_on", "due_on", "kept_on", "status"),
    _commitment,
)
TICKETS = Target(
    tables.ticket,
    (
        "account_id",
        "opened_at",
        "first_response_at",
        "solved_at",
        "status",
        "priority",
        "subject",
        "escalated",
        "first_contact",
    ),
    _ticket,
    when="opened_at",
    noun="ticket",
)
TICKET_SCORES = Target(
    tables.survey_answer,
    _SCORE,
    _ticket_score,
    noun="ticket",
    wanted=lambda row: row.score is not None,
    prefix="ticket:",
)
SURVEYS = Target(tables.survey_answer, _SCORE, _survey, when="at")
USAGE = Target(
    tables.usage, ("account_id", "on", "days", "metric", "feature", "value", "entitlement"), _usage, when="on"
)
CHURN = Target(tables.revenue_movement, ("account_id", "kind", "effective_on", "reason", "note"), _churn, when="on")

TARGETS = (INTERACTIONS, COMMITMENTS, TICKETS, SURVEYS, USAGE, CHURN)


def count_links(load: Load) -> None:
    """Link tables are read before everything else; here their rows are only counted."""
    for rows in chunks(load):
        load.tally.add("unchanged", len(rows))
