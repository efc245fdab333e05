"""The rows about one account that change seldom, with who wrote each and when: for comparing two times."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

import sqlalchemy as sa

from bot.storage.database import AnyRow, Reader
from bot.storage.live import Build, Live
from bot.storage.tables import (
    Table,
    account,
    account_plan,
    assignment,
    change,
    commitment,
    contract,
    contract_line,
    entity,
    growth_idea,
    import_file,
    interaction,
    member,
    objective,
    opportunity,
    outcome,
    person,
    product,
    request,
)

_REVIEWS = ("qbr", "ebr", "business review", "quarterly review")
_ACCOUNT: sa.BindParameter[int] = sa.bindparam("account")


def _versions(live: Live, table: Table) -> sa.Select[Any]:
    whose = table.c.id if table is account else table.c.account_id
    source: Any = table.join(change, change.c.id == table.c.v_in)
    source = source.outerjoin(import_file, import_file.c.id == table.c.file_id)
    return sa.select(table, *_WRITTEN).select_from(source).where(whose == _ACCOUNT, live(table))


_WRITTEN = (
    change.c.kind.label("change_kind"),
    change.c.actor.label("actor"),
    change.c.note.label("change_note"),
    change.c.published_at.label("published_at"),
    import_file.c.name.label("file"),
)


def _lines(live: Live) -> sa.Select[Any]:
    source: Any = contract_line.join(change, change.c.id == contract_line.c.v_in)
    source = source.outerjoin(import_file, import_file.c.id == contract_line.c.file_id)
    source = source.outerjoin(product, sa.and_(product.c.id == contract_line.c.product_id, live(product)))
    query = sa.select(contract_line, product.c.name.label("product"), *_WRITTEN).select_from(source)
    return query.where(contract_line.c.account_id == _ACCOUNT, live(contract_line))


def _owners(live: Live) -> sa.Select[Any]:
    c = assignment.c
    return (
        sa.select(
            c.member_id.label("id"), c.v_in, c.v_out, member.c.name, change.c.kind.label("change_kind"),
            change.c.actor.label("actor"), change.c.note.label("change_note"),
            change.c.published_at.label("published_at"), sa.null().label("file"), sa.null().label("line"),
        )
        .select_from(assignment)
        .join(change, change.c.id == c.v_in)
        .join(member, sa.and_(member.c.id == c.member_id, live(member)))
        .where(c.account_id == _ACCOUNT, c.role == "owner", live(assignment))
    )  # fmt: skip


_WATCHED = (account, account_plan, commitment, contract, growth_idea, objective, opportunity, outcome, person, request)
_QUERIES: dict[str, Build] = {
    **{table.name: partial(_versions, table=table) for table in _WATCHED},
    contract_line.name: _lines,
    assignment.name: _owners,
}
WATCHED = tuple(_QUERIES)


def rows_of(reader: Reader, table: str, account_id: int) -> dict[int, AnyRow]:
    """The rows of one of `WATCHED` by id, with change_kind, actor, change_note, published_at and file of each."""
    return {row.id: row for row in reader.rows(_QUERIES[table], account=account_id)}


def known_since(reader: Reader, account_id: int) -> datetime | None:
    """When the account was first brought in, by what was not taken back."""
    c = entity.c
    query = sa.select(change.c.published_at).join(entity, c.change_id == change.c.id).where(c.id == account_id)
    found: datetime | None = reader.connection.execute(query).scalar()
    return found


def _business_review(live: Live) -> sa.Select[Any]:
    c = interaction.c
    about = sa.or_(*(sa.func.lower(c.subject).contains(words) for words in _REVIEWS))
    return (
        sa.select(c.id, c.at, c.subject)
        .where(
            c.account_id == _ACCOUNT,
            sa.or_(c.kind == "meeting", c.kind == "call"),
            about,
            c.at <= sa.bindparam("now", type_=c.at.type),
            live(interaction),
        )
        .order_by(c.at.desc())
        .limit(1)
    )


def last_business_review(reader: Reader, account_id: int, now: datetime) -> AnyRow | None:
    """The last meeting or call whose subject calls it a business review: id, at, subject."""
    return reader.row(_business_review, account=account_id, now=now)
