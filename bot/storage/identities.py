"""What is known of identities, read for an import: external ids, names, domains, e-mails. Latest versions only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa

from bot.storage import bulk
from bot.storage.database import AnyRow, Writer
from bot.storage.tables import (
    NOUNS,
    account,
    account_name,
    assignment,
    contract,
    entity,
    external_ref,
    member,
    opportunity,
    person,
    product,
)


def external_ids(writer: Writer, noun: str) -> Iterator[tuple[str, str, int]]:
    """(source, external id, entity id) of every known thing of this noun."""
    query = sa.select(external_ref.c.source, external_ref.c.external_id, external_ref.c.entity_id)
    for row in writer.execute(query.where(external_ref.c.noun == noun, external_ref.c.v_out.is_(None))):
        yield tuple(row)


def account_names(writer: Writer) -> Iterator[tuple[int, str, str, str]]:
    """(account id, name|alias|domain, folded, squashed)."""
    c = account_name.c
    for row in writer.execute(sa.select(c.account_id, c.kind, c.folded, c.squashed).where(c.v_out.is_(None))):
        yield tuple(row)


def members(writer: Writer) -> Iterator[tuple[int, str, str | None]]:
    """(id, folded name, e-mail)."""
    c = member.c
    for row in writer.execute(sa.select(c.id, c.folded, c.email).where(c.v_out.is_(None))):
        yield tuple(row)


def products(writer: Writer) -> Iterator[tuple[int, str]]:
    for row in writer.execute(sa.select(product.c.id, product.c.name).where(product.c.v_out.is_(None))):
        yield tuple(row)


def people(writer: Writer) -> Iterator[tuple[int, int | None, str | None, str]]:
    """(id, account id, e-mail, name)."""
    c = person.c
    for row in writer.execute(sa.select(c.id, c.account_id, c.email, c.name).where(c.v_out.is_(None))):
        yield tuple(row)


def accounts_of(writer: Writer, noun: str) -> dict[int, int | None]:
    """The account of every contract, opportunity or person."""
    table = {"contract": contract, "opportunity": opportunity, "person": person}[noun]
    return _pairs(writer, sa.select(table.c.id, table.c.account_id).where(table.c.v_out.is_(None)))


def owners(writer: Writer) -> dict[int, int]:
    """The owner's member id by account id."""
    c = assignment.c
    query = sa.select(c.account_id, c.member_id).where(c.role == "owner", c.until.is_(None), c.v_out.is_(None))
    return _pairs(writer, query)


def parents(writer: Writer) -> dict[int, int]:
    query = sa.select(account.c.id, account.c.parent_id).where(
        account.c.parent_id.is_not(None), account.c.v_out.is_(None)
    )
    return _pairs(writer, query)


def _pairs(writer: Writer, query: sa.Select[Any]) -> dict[int, Any]:
    rows: Any = writer.execute(query)
    return {row[0]: row[1] for row in rows}


def current_versions(writer: Writer, noun: str, ids: Sequence[int]) -> dict[int, AnyRow]:
    """The latest version of these things, by id."""
    table = NOUNS[noun]
    if not ids:
        return {}
    query = sa.select(table).where(table.c.id.in_(ids), table.c.v_out.is_(None))
    return {row.id: row for row in writer.execute(query)}


def register(writer: Writer, kind: str, ids: Iterable[int], change_id: int) -> None:
    bulk.insert(writer, entity, ("id", "kind", "change_id"), [(one, kind, change_id) for one in ids])


def add_refs(writer: Writer, rows: Sequence[tuple[str, str, str, int, int, str | None]]) -> None:
    """Rows: source, noun, external id, change, entity, url."""
    bulk.insert(writer, external_ref, ("source", "noun", "external_id", "v_in", "entity_id", "url"), rows)


class Name(NamedTuple):
    """One name, alias or domain of an account, as a change gives it."""

    account_id: int
    kind: str
    folded: str
    shown: str
    squashed: str
    v_in: int


def add_names(writer: Writer, names: Sequence[Name]) -> None:
    """Names and aliases become searchable."""
    bulk.insert(writer, account_name, Name._fields, names)
    found = [(name.squashed, name.account_id, name.v_in) for name in names if name.kind != "domain"]
    if found and writer.connection.dialect.name == "sqlite":
        writer.connection.exec_driver_sql(
            "INSERT INTO account_search (squashed, account_id, v_in) VALUES (?, ?, ?)", found
        )


def names_of(writer: Writer, account_id: int) -> set[tuple[str, str]]:
    """(kind, folded) of everything an account is known by."""
    c = account_name.c
    rows: Any = writer.execute(sa.select(c.kind, c.folded).where(c.account_id == account_id, c.v_out.is_(None)))
    return {(row[0], row[1]) for row in rows}


def drop_names(writer: Writer, account_id: int, names: Sequence[tuple[str, str]], change_id: int) -> None:
    """Let names (kind, folded) end with a change; what the change itself had given is taken back."""
    c = account_name.c
    for kind, folded in names:
        this = sa.and_(c.account_id == account_id, c.kind == kind, c.folded == folded, c.v_out.is_(None))
        writer.execute(sa.delete(account_name).where(this, c.v_in == change_id))
        writer.execute(sa.update(account_name).where(this).values(v_out=change_id))


def make_searchable(writer: Writer, account_id: int, change_id: int) -> None:
    """Put the names that a change gave an account into the search."""
    if writer.connection.dialect.name == "sqlite":
        writer.execute(
            sa.text(
                "INSERT INTO account_search (squashed, account_id, v_in)"
                " SELECT squashed, account_id, v_in FROM account_name"
                " WHERE account_id = :account AND v_in = :change AND kind <> 'domain'"
            ),
            {"account": account_id, "change": change_id},
        )


def set_owners(writer: Writer, owners: dict[int, int], replaced: Sequence[int], change_id: int) -> None:
    """Give accounts (account id -> member id) an owner from now on; the assignments of `replaced` accounts end."""
    c = assignment.c
    if replaced:
        writer.execute(
            sa.update(assignment)
            .where(c.account_id.in_(replaced), c.role == "owner", c.v_out.is_(None))
            .values(v_out=change_id)
        )
    columns = ("account_id", "member_id", "role", "v_in", "since")
    since = writer.now.date()
    rows = [(account, one, "owner", change_id, since) for account, one in owners.items()]
    bulk.insert(writer, assignment, columns, bulk.encode(assignment, columns, rows, writer.connection.dialect.name))
