"""What changed about an account since a time: what was learned, and what happened."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date
from decimal import Decimal
from typing import Any, NamedTuple

from bot.domain.audience import Audience
from bot.domain.days import written
from bot.domain.ids import id_text
from bot.services.assess import State, assess
from bot.services.errors import NotFound
from bot.services.existing import what_became_of
from bot.services.lines import first_line
from bot.services.lookup import require_internal
from bot.services.past.as_of import Clockwork
from bot.services.past.when import since_when
from bot.services.results.past import AccountDiff, FieldChange, HealthMoved, Learned, Moved, What
from bot.services.timeline import happened_since
from bot.storage import batches
from bot.storage.database import AnyRow, Database, Reader
from bot.storage.past import AsKnown
from bot.storage.queries import past

MOST = 30
HAPPENED = 12
_WORDS = 80


class Watch(NamedTuple):
    """What of a table is compared: the column that names a row, and others with their labels."""

    what: What
    name: str
    noun: str
    fields: dict[str, str]


WATCHES: dict[str, Watch] = {
    "account": Watch(
        "account",
        "name",
        "",
        {"name": "name", "segment": "segment", "tier": "tier", "lifecycle": "lifecycle", "industry": "industry"},
    ),
    "assignment": Watch("owner", "name", "", {}),
    "contract": Watch(
        "contract",
        "number",
        "contract",
        {
            "starts_on": "starts",
            "ends_on": "ends",
            "auto_renew": "renews by itself",
            "notice_days": "days of notice",
            "status": "status",
        },
    ),
    "contract_line": Watch(
        "contract", "product", "line of", {"quantity": "quantity", "amount": "amount", "ends_on": "ends"}
    ),
    "person": Watch(
        "people",
        "name",
        "",
        {"title": "title", "role": "role", "stance": "stance", "active": "active", "left_on": "left on"},
    ),
    "commitment": Watch("promises", "quote", "", {"status": "status", "due_on": "due", "metric": "measure"}),
    "opportunity": Watch(
        "deals", "name", "", {"stage": "stage", "outcome": "outcome", "amount": "amount", "closed_on": "closes"}
    ),
    "account_plan": Watch(
        "plan", "why_bought", "why they bought:", {"why_bought": "why they bought", "next_review_on": "next review"}
    ),
    "objective": Watch(
        "plan",
        "text",
        "objective",
        {"status": "status", "measure": "measure", "target": "target", "due_on": "due", "agreed_on": "agreed on"},
    ),
    "outcome": Watch("plan", "what", "value delivered:", {"amount": "worth", "confirmed_on": "confirmed on"}),
    "request": Watch("plan", "what", "request:", {"status": "status", "answer": "answer"}),
    "growth_idea": Watch("plan", "what", "idea:", {"state": "state", "amount": "worth a year"}),
}


def account_diff(database: Database, audience: Audience, account_id: int, words: str, by: Clockwork) -> AccountDiff:
    """Since a day ("2026-06-01", "3 months"), the "last review" of the plan or the "last-qbr".

    Raises BadInput for words that name no time of the past, NotFound when the account is gone.
    """
    require_internal(audience)
    today = by.now.astimezone(by.zone).date()
    with database.reading(audience) as reader:
        state = assess(reader, [account_id], by.policies, by.now, today).get(account_id)
        if state is None:
            raise NotFound(what_became_of(reader, account_id))
        since, said = since_when(reader, account_id, words, by.now, by.zone)
        then = AsKnown(reader, since)
        before = assess(then, [account_id], by.policies, since, since.astimezone(by.zone).date()).get(account_id)
        learned = sorted(_learned(reader, then, account_id), key=lambda one: one.at, reverse=True) if before else None
        entries, counts = happened_since(reader, account_id, since, by.now, by.zone, HAPPENED)
        return AccountDiff(
            account_id=id_text(account_id),
            account=state.row.name,
            since=since.astimezone(UTC),
            said=said,
            known_since=past.known_since(reader, account_id),
            learned=tuple(learned[:MOST]) if learned is not None else None,
            learned_total=len(learned or ()),
            health=_health(before, state) if before is not None else None,
            happened=entries,
            counts=counts,
            as_of=by.now,
        )


def _learned(now: Reader, then: Reader, account_id: int) -> Iterator[Learned]:
    for table, watch in WATCHES.items():
        before, after = past.rows_of(then, table, account_id), past.rows_of(now, table, account_id)
        for one, row in after.items():
            if one not in before:
                yield _one(watch, "new", row, (), row)
            elif changed := tuple(_fields(watch, before[one], row)):
                yield _one(watch, "changed", row, changed, row)
        for one in before.keys() - after.keys():
            ended = batches.get_or_none(now, before[one].v_out) if before[one].v_out is not None else None
            yield _one(watch, "gone", before[one], (), ended)


def _fields(watch: Watch, before: AnyRow, after: AnyRow) -> Iterator[FieldChange]:
    for column, label in watch.fields.items():
        old, new = getattr(before, column), getattr(after, column)
        if old != new:
            yield FieldChange(field=label, before=_said(old), after=_said(new))


def _one(watch: Watch, how: Any, row: AnyRow, changed: tuple[FieldChange, ...], written_by: AnyRow | None) -> Learned:
    called = first_line(getattr(row, watch.name)) or "without a name"
    return Learned(
        what=watch.what,
        how=how,
        name=" ".join(part for part in (watch.noun, called[:_WORDS]) if part),
        changed=changed,
        at=written_by.published_at if written_by is not None else row.published_at,
        source=_source(written_by, row) if written_by is not None else "source not known",
    )


def _source(change: AnyRow, row: AnyRow) -> str:
    """Who wrote it: a person, or a file's line."""
    kind = getattr(change, "change_kind", None) or change.kind
    if kind == "edit":
        return f"written by {change.actor}"
    file, line = getattr(change, "file", None), getattr(row, "line", None)
    return f"{file}, line {line}" if file and line else f"{file}" if file else f"{kind} by {change.actor}"


def _said(value: Any) -> str:
    match value:
        case None:
            return "not known"
        case bool():
            return "yes" if value else "no"
        case date():
            return written(value)
        case Decimal():
            return f"{value:,.2f}".removesuffix(".00")
    return str(value)[:_WORDS]


def _inputs(state: State) -> dict[str, int]:
    known = {one.component: one.reading.value for one in state.health.contributions}
    return {name: round(value) for name, value in known.items() if value is not None}


def _health(before: State, after: State) -> HealthMoved:
    old, new = _inputs(before), _inputs(after)
    names = dict.fromkeys((*old, *new))
    return HealthMoved(
        before=before.health.score,
        before_band=before.health.band,
        after=after.health.score,
        after_band=after.health.band,
        inputs=tuple(Moved(component=name, before=old.get(name), after=new.get(name)) for name in names),
        usage_before=before.usage.sentence if before.usage is not None else None,
        usage_after=after.usage.sentence if after.usage is not None else None,
    )
