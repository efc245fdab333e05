"""Whom a name, an e-mail address or an id may mean, in every version that was ever kept, and who else has the name."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

import sqlalchemy as sa

from bot.domain.erasing import words_of
from bot.storage.database import Reader
from bot.storage.tables import (
    account,
    account_name,
    assignment,
    contract,
    external_ref,
    member,
    opportunity,
    person,
)


class Known(NamedTuple):
    """A person of a customer, or a colleague: everything they were called in any version."""

    id: int
    colleague: bool
    names: tuple[str, ...]
    emails: tuple[str, ...]
    slack_ids: tuple[str, ...]
    accounts: frozenset[int]
    account_id: int | None
    account: str | None

    @property
    def name(self) -> str:
        return self.names[-1]


def known_as(reader: Reader, *, words: tuple[str, ...] = (), email: str | None = None, one: int = 0) -> list[Known]:
    """Everybody with this e-mail address, id or (as words) name, persons first."""
    people = _matching(reader, person, words, email, one)
    colleagues = _matching(reader, member, words, email, one)
    return [_known(reader, id_, colleague=False) for id_ in people] + [
        _known(reader, id_, colleague=True) for id_ in colleagues
    ]


def _matching(reader: Reader, table: sa.Table, words: tuple[str, ...], email: str | None, one: int) -> list[int]:
    c = table.c
    query = sa.select(c.id, c.name)
    if email is not None:
        query = query.where(sa.func.lower(c.email) == email.lower())
    elif one:
        query = query.where(c.id == one)
    found = (row.id for row in reader.connection.execute(query) if not words or words_of(row.name) == words)
    return sorted(set(found))


def _known(reader: Reader, one: int, *, colleague: bool) -> Known:
    table = member if colleague else person
    c = table.c
    slack, about = (c.slack_user_id, sa.null()) if colleague else (sa.null(), c.account_id)
    query = sa.select(c.name, c.email, slack.label("slack"), about.label("account")).where(c.id == one).order_by(c.v_in)
    rows = reader.connection.execute(query).all()
    accounts = frozenset(row.account for row in rows if row.account is not None)
    if colleague:
        owned = sa.select(assignment.c.account_id).where(assignment.c.member_id == one)
        accounts = frozenset(reader.connection.execute(owned).scalars())
    last = next((row.account for row in reversed(rows) if row.account is not None), None)
    return Known(
        one,
        colleague,
        _each(row.name for row in rows),
        _each(row.email for row in rows),
        _each(row.slack for row in rows),
        accounts,
        last,
        account_called(reader, last) if last is not None else None,
    )


def _each(values: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))


def account_called(reader: Reader, account_id: int) -> str | None:
    """The newest name of an account."""
    c = account.c
    query = sa.select(c.name).where(c.id == account_id).order_by(c.v_in.desc()).limit(1)
    name: str | None = reader.connection.execute(query).scalar()
    return name


def others_there(reader: Reader, accounts: Collection[int], but: Collection[int]) -> list[str]:
    """Names of others who may be meant in rows about these accounts: their people, all of us, the accounts."""
    p, m, n = person.c, member.c, account_name.c
    there, ours = list(accounts), list(but)
    queries: tuple[sa.Select[Any], ...] = (
        sa.select(p.name).where(p.account_id.in_(there), p.id.not_in(ours)),
        sa.select(m.name).where(m.id.not_in(ours)),
        sa.select(n.shown).where(n.account_id.in_(there), n.kind != "domain"),
    )
    return [name for query in queries for name in reader.connection.execute(query.distinct()).scalars()]


def namesakes(reader: Reader, names: Iterable[str], but: Collection[int]) -> int:
    """How many others anywhere have one of these names in full."""
    wanted = {words_of(name) for name in names}
    found: set[int] = set()
    for table in (person, member):
        rows = reader.connection.execute(sa.select(table.c.id, table.c.name).where(table.c.id.not_in(list(but))))
        found.update(row.id for row in rows if words_of(row.name) in wanted)
    return len(found)


def keys_at_sources(reader: Reader, one: int) -> list[tuple[str, str, str]]:
    """(source, noun, id there) by which imports know a thing."""
    c = external_ref.c
    query = sa.select(c.source, c.noun, c.external_id).where(c.entity_id == one).distinct()
    return [(row[0], row[1], row[2]) for row in reader.connection.execute(query)]


def names_of_account(reader: Reader, account_id: int) -> list[tuple[str, str]]:
    """(name|alias|domain, as written) of everything an account was ever known by, longest first."""
    c = account_name.c
    rows = reader.connection.execute(sa.select(c.kind, c.shown).where(c.account_id == account_id).distinct())
    return sorted(((row[0], row[1]) for row in rows), key=lambda one: (-len(one[1]), one))


def names_of_things(reader: Reader, things: Collection[int]) -> list[str]:
    """What an account's people, contracts and opportunities were ever called, and their addresses, longest first."""
    columns = (person.c.name, person.c.email, contract.c.number, opportunity.c.name)
    found = {
        str(text)
        for column in columns
        for text in reader.connection.execute(
            sa.select(column).where(column.table.c.id.in_(list(things)), column.is_not(None)).distinct()
        ).scalars()
    }
    return sorted(found, key=lambda one: (-len(one), one))
