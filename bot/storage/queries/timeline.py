"""Everything that happened with an account, as one list: which events, in order, and what stands behind each.

Two steps. A page is chosen from narrow rows (event, id, instant) of all tables, by the database; only then are the few
rows of that page read in full. So a page of an account with ten thousand conversations costs little more than one of an
account with ten.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from enum import IntEnum
from functools import partial
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from bot.storage.among import among
from bot.storage.database import AnyRow, Reader
from bot.storage.live import Build, Live
from bot.storage.tables import (
    change,
    commitment,
    contract,
    import_file,
    interaction,
    member,
    person,
    revenue_movement,
    survey_answer,
    ticket,
)
from bot.storage.types import Instant

_TEXT = 600
"""Characters of a text that are read: its first line is shown."""


class Event(IntEnum):
    """What can happen; of two at one instant the greater one is shown first."""

    CONTRACT_START = 1
    CONTRACT_END = 2
    MOVEMENT = 3
    PROMISE_MADE = 4
    TICKET_OPENED = 5
    INTERACTION = 6
    SURVEY = 7
    TICKET_SOLVED = 8
    PROMISE_DUE = 9
    PROMISE_KEPT = 10


class _Midnight(FunctionElement[datetime]):
    """The instant at which a calendar day begins, in UTC."""

    type = Instant()
    inherit_cache = True
    name = "midnight"


@compiles(_Midnight, "sqlite")
def _sqlite(element: _Midnight, compiler: Any, **options: Any) -> str:
    return f"({compiler.process(element.clauses, **options)} || 'T00:00:00.000000')"


@compiles(_Midnight, "postgresql")
def _postgresql(element: _Midnight, compiler: Any, **options: Any) -> str:
    return f"(CAST({compiler.process(element.clauses, **options)} AS TIMESTAMP) AT TIME ZONE 'UTC')"


_Arm = tuple[sa.Table, sa.ColumnElement[datetime], sa.ColumnElement[bool]]


def _arms() -> dict[Event, _Arm]:
    """For each event its table, its instant, and which rows are one."""
    promise, deal, moved = commitment.c, contract.c, revenue_movement.c
    unkept = sa.and_(promise.due_on.is_not(None), sa.or_(promise.status == "open", promise.status == "missed"))
    return {
        Event.INTERACTION: (interaction, interaction.c.at, sa.true()),
        Event.PROMISE_MADE: (commitment, _Midnight(promise.made_on), promise.made_on.is_not(None)),
        Event.PROMISE_DUE: (commitment, _Midnight(promise.due_on), unkept),
        Event.PROMISE_KEPT: (commitment, _Midnight(promise.kept_on), promise.kept_on.is_not(None)),
        Event.TICKET_OPENED: (ticket, ticket.c.opened_at, sa.true()),
        Event.TICKET_SOLVED: (ticket, ticket.c.solved_at, ticket.c.solved_at.is_not(None)),
        Event.SURVEY: (survey_answer, survey_answer.c.at, sa.true()),
        Event.CONTRACT_START: (contract, _Midnight(deal.starts_on), deal.starts_on.is_not(None)),
        Event.CONTRACT_END: (contract, _Midnight(deal.ends_on), deal.ends_on.is_not(None)),
        Event.MOVEMENT: (revenue_movement, _Midnight(moved.effective_on), sa.true()),
    }


_ARMS = _arms()
_NOW = sa.bindparam("now", type_=Instant())
_ACCOUNT: sa.BindParameter[int] = sa.bindparam("account")


def _arm(live: Live, event: Event, *columns: Any, when: Callable[[Any], Any]) -> sa.Select[Any]:
    table, at, is_one = _ARMS[event]
    mark = sa.literal_column(str(int(event)), sa.Integer()).label("event")
    return sa.select(mark, *(column(table, at) for column in columns)).where(
        table.c.account_id == _ACCOUNT, is_one, when(at), live(table)
    )


def _listed(live: Live, *, events: Iterable[Event], ahead: bool) -> sa.Select[Any]:
    def beside_now(at: Any) -> Any:
        return at > _NOW if ahead else at <= _NOW

    def nearest(event: Event) -> sa.Select[Any]:
        """No more of an arm than the page can hold: an index hands them out in this order."""
        arm = _arm(live, event, lambda table, _: table.c.id.label("id"), lambda _, at: at.label("at"), when=beside_now)
        at, one = arm.selected_columns.at, arm.selected_columns.id
        first = arm.order_by(at, one) if ahead else arm.order_by(at.desc(), one.desc())
        return sa.select(first.limit(_number("reach")).subquery())

    found = sa.union_all(*(nearest(event) for event in events)).subquery("found")
    c = found.c
    order = (c.at, c.event, c.id) if ahead else (c.at.desc(), c.event.desc(), c.id.desc())
    query = sa.select(c.event, c.id, c.at).order_by(*order)
    return query.limit(_number("size")).offset(_number("skip"))


def _number(name: str) -> sa.BindParameter[int]:
    return sa.bindparam(name, type_=sa.Integer())


def _counted(live: Live) -> sa.Select[Any]:
    def happened(_table: sa.Table, at: Any) -> Any:
        return sa.func.coalesce(sa.func.sum(sa.case((at <= _NOW, 1), else_=0)), 0).label("past")

    def every(_table: sa.Table, _at: Any) -> Any:
        return sa.func.count().label("every")

    arms = (_arm(live, event, happened, every, when=lambda _: sa.true()) for event in Event)
    counts = sa.union_all(*arms).subquery("counts")
    return sa.select(counts.c.event, counts.c.past, counts.c.every)


Group = tuple[Event, ...]
_LISTS: dict[tuple[Group, bool], Build] = {}


def _list_of(events: Sequence[Event], *, ahead: bool) -> Build:
    """One query for each set of events and direction, so that each is compiled once."""
    key = (tuple(sorted(events)), ahead)
    return _LISTS.setdefault(key, partial(_listed, events=key[0], ahead=ahead))


def counts(reader: Reader, account_id: int, now: datetime) -> dict[Event, tuple[int, int]]:
    """For each event how often it happened, and how often it still lies ahead."""
    rows = reader.rows(_counted, account=account_id, now=now)
    return {Event(row.event): (int(row.past), int(row.every) - int(row.past)) for row in rows}


def happened(
    reader: Reader, account_id: int, events: Sequence[Event], now: datetime, *, size: int, skip: int
) -> list[AnyRow]:
    """event, id, at of what happened, newest first."""
    build = _list_of(events, ahead=False)
    return reader.rows(build, account=account_id, now=now, size=size, skip=skip, reach=size + skip)


def ahead(reader: Reader, account_id: int, events: Sequence[Event], now: datetime, *, size: int) -> list[AnyRow]:
    """event, id, at of what lies ahead, soonest first."""
    build = _list_of(events, ahead=True)
    return reader.rows(build, account=account_id, now=now, size=size, skip=0, reach=size)


def _with_origin(live: Live, table: sa.Table, *columns: Any, who: Any = None, of: Any = None) -> sa.Select[Any]:
    """Rows with where they came from, and the name of who is behind them: `who`'s id in `of`.

    `logged_by` made the first version, also of what somebody else corrected since.
    """
    first = table.alias("first")
    born = sa.select(sa.func.min(first.c.v_in)).where(first.c.id == table.c.id).scalar_subquery()
    origin = (table.c.source, import_file.c.name.label("file"), table.c.line, change.c.actor.label("logged_by"))
    joined = table.join(change, change.c.id == born).outerjoin(import_file, import_file.c.id == table.c.file_id)
    if of is None:
        name: Any = sa.null().label("who")
    else:
        name = of.c.name.label("who")
        joined = joined.outerjoin(of, sa.and_(of.c.id == who, live(of)))
    query = sa.select(table.c.id, *columns, name, *origin).select_from(joined)
    return query.where(among(table.c.id, "ids"), live(table))


def _interactions(live: Live) -> sa.Select[Any]:
    c = interaction.c
    text = sa.func.substr(c.text, 1, _TEXT).label("text")
    return _with_origin(
        live, interaction, c.kind, c.direction, c.people, c.subject, text, c.visibility, c.permalink,
        c.text_until, who=c.author_id, of=member,
    )  # fmt: skip


def _promises(live: Live) -> sa.Select[Any]:
    c = commitment.c
    quote = sa.func.substr(c.quote, 1, _TEXT).label("quote")
    return _with_origin(live, commitment, c.by, quote, c.due_on, c.status, who=c.owner_id, of=member)


def _tickets(live: Live) -> sa.Select[Any]:
    c = ticket.c
    return _with_origin(live, ticket, c.priority, c.subject, c.status, c.escalated)


def _answers(live: Live) -> sa.Select[Any]:
    c = survey_answer.c
    comment = sa.func.substr(c.comment, 1, _TEXT).label("comment")
    return _with_origin(
        live, survey_answer, c.kind, c.score, c.scale_min, c.scale_max, comment, who=c.person_id, of=person
    )


def _contracts(live: Live) -> sa.Select[Any]:
    c = contract.c
    return _with_origin(live, contract, c.number, c.starts_on, c.ends_on, c.auto_renew)


def _movements(live: Live) -> sa.Select[Any]:
    c = revenue_movement.c
    note = sa.func.substr(c.note, 1, _TEXT).label("note")
    return _with_origin(live, revenue_movement, c.kind, c.amount_mrr, c.currency, c.reason, note)


_DETAILS: Mapping[sa.Table, Build] = {
    interaction: _interactions,
    commitment: _promises,
    ticket: _tickets,
    survey_answer: _answers,
    contract: _contracts,
    revenue_movement: _movements,
}


def details(reader: Reader, rows: Iterable[AnyRow]) -> dict[tuple[Event, int], AnyRow]:
    """What stands behind the rows of a list: the columns of each event's table, `who` and where it came from."""
    wanted: dict[sa.Table, list[tuple[Event, int]]] = {}
    for row in rows:
        event = Event(row.event)
        wanted.setdefault(_ARMS[event][0], []).append((event, row.id))
    found: dict[tuple[Event, int], AnyRow] = {}
    for table, keys in wanted.items():
        by_id = {row.id: row for row in reader.rows(_DETAILS[table], ids=sorted({one for _, one in keys}))}
        found |= {(event, one): by_id[one] for event, one in keys if one in by_id}
    return found
