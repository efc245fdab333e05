"""The condition that an account may be seen, and where a query cannot do without it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum
from typing import Any, TypeAlias

import sqlalchemy as sa
from sqlalchemy.sql import operators, visitors

from bot.storage.among import Among, among
from bot.storage.tables import account

SIGHT = "sight"
"""The parameter with the accounts that only may be seen, or that may not."""


class Access(Enum):
    """All accounts, all but some, or some only."""

    ALL = "all"
    BUT = "all but"
    ONLY = "only"


Guard: TypeAlias = sa.ColumnElement[bool]


def account_of(table: Any) -> sa.ColumnElement[Any] | None:
    """The column of a table (or of its alias) that says which account a row is about; None where none does."""
    base = table
    while hasattr(base, "element"):
        base = base.element
    column: sa.ColumnElement[Any] | None = table.c.id if base is account else table.c.get("account_id")
    return column


def guarded(column: sa.ColumnElement[Any], access: Access, *, nobodys: bool) -> Guard:
    """`nobodys`: what is about no account is shown as well."""
    listed = among(column, SIGHT)
    allowed = listed if access is Access.ONLY else sa.not_(listed)
    return sa.or_(column.is_(None), allowed) if nobodys and getattr(column, "nullable", True) else allowed


def about_given_accounts(query: Any, guards: Sequence[Guard]) -> frozenset[int]:
    """The numbers of the guards that stand beside `account among ids`: whoever leaves out of `ids` what may not be
    seen needs no guard there."""
    free = set()
    for conjunction in _conjunctions(query):
        given = [one.clauses.clauses[0] for one in conjunction if isinstance(one, Among) and one.parameter == "ids"]
        for number, guard in enumerate(guards):
            beside = any(one is guard for one in conjunction)
            if beside and any(column is _column(guard) for column in given):
                free.add(number)
    return frozenset(free)


def _column(guard: Any) -> Any:
    """The column that a guard looks at."""
    return next(one for one in visitors.iterate(guard) if isinstance(one, sa.Column))


def _conjunctions(query: Any) -> Iterator[list[Any]]:
    """What has to hold together, wherever the query says so."""
    for part in visitors.iterate(query):
        if isinstance(part, sa.Select):
            yield list(_flat(part.whereclause))
        elif isinstance(part, sa.sql.elements.BooleanClauseList):
            yield list(_flat(part))


def _flat(clause: Any) -> Iterator[Any]:
    while isinstance(clause, sa.sql.elements.Grouping):
        clause = clause.element
    yield clause
    if isinstance(clause, sa.sql.elements.BooleanClauseList) and clause.operator is operators.and_:
        for part in clause.clauses:
            yield from _flat(part)
