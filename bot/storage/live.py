"""Which rows are visible: the one rule behind imports that appear at once, undo that leaves no trace, and access.

A version is visible when the change that wrote it is live and no live change has ended it. Changes that are loading or
undone are few, so a reader learns their ids once and the rule becomes two comparisons with constants; with none of
them (nearly always) it is `v_out IS NULL`.

A row about an account is visible to those who may see the account (`bot.storage.sight`). Who may see all costs nothing.
Else the account's id is compared with a set, unless the query is about given accounts anyway: then the reader takes out
of these what may not be seen, before it asks.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite

from bot.storage.among import among
from bot.storage.guard import Access, Guard, about_given_accounts, account_of, guarded
from bot.storage.plan import Plan, plan
from bot.storage.tables import change
from bot.storage.types import Instant


class Live(Protocol):
    """What a query is given to say what is visible."""

    def __call__(self, table: Any) -> sa.ColumnElement[bool]:
        """Given a table of versions or its alias, the condition that a version is visible."""

    def along(self, table: Any) -> sa.ColumnElement[bool]:
        """The same of a table whose account is that of a guarded row beside it: one look at who may see it will do."""

    def seen(self, table: Any) -> sa.ColumnElement[bool]:
        """The same of a table without versions: that its account may be seen, or that it is about none."""


Build = Callable[[Live], sa.Select[Any]]
"""A query that puts `live(table)` on every versioned table it reads. Module-level, so that it is compiled once."""

_KNOWN_AT = sa.bindparam("known_at", type_=Instant())


def _nothing_hidden(table: Any) -> sa.ColumnElement[bool]:
    condition: sa.ColumnElement[bool] = table.c.v_out.is_(None)
    return condition


def _some_hidden(table: Any) -> sa.ColumnElement[bool]:
    ended_unseen = among(table.c.v_out, "hidden")
    return sa.and_(sa.not_(among(table.c.v_in, "hidden")), sa.or_(table.c.v_out.is_(None), ended_unseen))


def _known_then(table: Any) -> sa.ColumnElement[bool]:
    """As everybody saw it at `known_at`, but for what was taken back since: that is held to have never been said."""
    said = sa.select(change.c.id).where(change.c.state == "live", change.c.published_at <= _KNOWN_AT)
    return sa.and_(table.c.v_in.in_(said), sa.or_(table.c.v_out.is_(None), table.c.v_out.not_in(said)))


Visible = Callable[[Any], sa.ColumnElement[bool]]


@dataclass(frozen=True)
class Rule:
    """`Live`, for who sees rows by `access`; `free` are the numbers of the calls that need no guard."""

    visible: Visible
    access: Access
    free: frozenset[int]
    guards: list[Guard]

    def __call__(self, table: Any) -> sa.ColumnElement[bool]:
        return sa.and_(self.visible(table), self._guard(table, nobodys=self.access is Access.BUT))

    def along(self, table: Any) -> sa.ColumnElement[bool]:
        return self.visible(table)

    def seen(self, table: Any) -> sa.ColumnElement[bool]:
        return self._guard(table, nobodys=True)

    def _guard(self, table: Any, *, nobodys: bool) -> sa.ColumnElement[bool]:
        column = account_of(table)
        if self.access is Access.ALL or column is None:
            return sa.true()
        guard = guarded(column, self.access, nobodys=nobodys)
        self.guards.append(guard)
        return sa.true() if len(self.guards) - 1 in self.free else guard


@dataclass(frozen=True, slots=True)
class Statement:
    """A query as one kind of reader may run it. `narrows`: its `ids` are accounts, and the reader has to take out of
    them those that may not be seen; `asks`: it also needs the reader's set of accounts, as `sight`."""

    query: sa.Select[Any]
    narrows: bool
    asks: bool


def _made(build: Build, visible: Visible, access: Access) -> Statement:
    first = Rule(visible, access, frozenset(), [])
    query = build(first)
    free = about_given_accounts(query, first.guards)
    if free:
        query = build(Rule(visible, access, free, []))
    return Statement(query, bool(free), len(free) < len(first.guards))


def once(build: Build, anything_hidden: bool, access: Access) -> sa.Select[Any]:
    """A query that was made for one time, with every guard in it."""
    return build(Rule(_some_hidden if anything_hidden else _nothing_hidden, access, frozenset(), []))


@lru_cache(maxsize=1024)
def statement(build: Build, anything_hidden: bool, access: Access = Access.ALL) -> Statement:
    return _made(build, _some_hidden if anything_hidden else _nothing_hidden, access)


@lru_cache(maxsize=512)
def past_statement(build: Build, access: Access = Access.ALL) -> Statement:
    """The query over what was known at an instant, the parameter `known_at`."""
    return _made(build, _known_then, access)


def past_once(build: Build, access: Access) -> sa.Select[Any]:
    """The same for one time."""
    return build(Rule(_known_then, access, frozenset(), []))


@lru_cache(maxsize=2048)
def sqlite_plan(build: Build, anything_hidden: bool, single: bool, access: Access = Access.ALL) -> Plan:
    """`single`: for one id, which SQLite finds several times faster by `=` than in a set of one."""
    return plan(statement(build, anything_hidden, access).query, _SQLITE, single=single)


_SQLITE = sqlite.dialect()
