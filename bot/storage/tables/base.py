"""How tables are declared: strict on SQLite, versioned where a customer's facts are kept.

A **change** is one write: an edit, an import, an undo. A version row is born in `v_in` and, once replaced or removed,
ends in `v_out`. It is visible when its birth is live and its end is not (`bot.storage.live` has the rule). So an import
loads a million rows while nobody sees them, becomes visible by one update of its change, and is undone the same way;
and the past can be asked about. What others point at (accounts, people, contracts, ...) has one row in `entity`,
whatever versions it has.
"""

from __future__ import annotations

from typing import Any, TypeAlias

import sqlalchemy as sa

from bot.storage.types import BigInt

metadata = sa.MetaData()

Table: TypeAlias = sa.Table
"""A table, for those who pass one on without asking it anything."""


def table(name: str, *parts: Any) -> sa.Table:
    return sa.Table(name, metadata, *parts, sqlite_strict=True)


def column(name: str, kind: Any, *, required: bool = False) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=not required)


def text(name: str, *, required: bool = False) -> sa.Column[Any]:
    return column(name, sa.Text(), required=required)


def key(name: str = "id") -> sa.Column[Any]:
    return sa.Column(name, BigInt, primary_key=True, autoincrement=False)


def link(name: str, *, required: bool = False) -> sa.Column[Any]:
    """A reference to an account, person, contract, product or member; the column's name says which."""
    return sa.Column(name, BigInt, sa.ForeignKey("entity.id"), nullable=not required)


def versioned(name: str, identity: tuple[sa.Column[Any], ...], *parts: Any) -> sa.Table:
    """A table of versions keyed by `identity` and the change that wrote them."""
    ended = sa.text("v_out IS NOT NULL")
    return table(
        name,
        *identity,
        sa.Column("v_in", BigInt, sa.ForeignKey("change.id"), nullable=False),
        sa.Column("v_out", BigInt, sa.ForeignKey("change.id")),
        *parts,
        sa.PrimaryKeyConstraint(*[c.name for c in identity], "v_in"),
        sa.Index(f"ix_{name}_v_out", "v_out", sqlite_where=ended, postgresql_where=ended),
    )


def by_change(name: str) -> sa.Index:
    """For those who ask what a change brought: reminders are planned again for what it touched."""
    return sa.Index(f"ix_{name}_v_in", "v_in")


def imported() -> list[Any]:
    """Where a version came from: the source's own id, a hash of the row as read, file and line."""
    return [
        text("source"),
        text("external_id"),
        column("row_hash", BigInt),
        column("file_id", BigInt),
        column("line", BigInt),
    ]


def noun(name: str, *parts: Any) -> sa.Table:
    """A versioned thing that others point at."""
    return versioned(name, (sa.Column("id", BigInt, sa.ForeignKey("entity.id"), nullable=False),), *parts, *imported())


def fact(name: str, *parts: Any) -> sa.Table:
    """A versioned thing that happened; re-imports find it by (source, external_id)."""
    return versioned(
        name,
        (sa.Column("id", BigInt, nullable=False),),
        *parts,
        *imported(),
        sa.Index(f"ix_{name}_source", "source", "external_id"),
    )
