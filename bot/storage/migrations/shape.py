"""How the first revisions declare tables. Frozen: a later revision that wants another shape brings its own."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from bot.storage.types import Amount, BigInt, Day, Flag, Instant, Json

KINDS: dict[str, Any] = {
    "int": BigInt,
    "text": sa.Text(),
    "amount": Amount(),
    "day": Day(),
    "flag": Flag(),
    "instant": Instant(),
    "json": Json(),
}


def columns(spec: str) -> list[sa.Column[Any]]:
    """Columns from words: `name:kind`, `!` for required, `>table` for a reference to its id."""
    made = []
    for word in spec.split():
        name, _, rest = word.partition(":")
        kind, _, target = rest.partition(">")
        key = [sa.ForeignKey(f"{target}.id")] if target else []
        made.append(sa.Column(name, KINDS[kind.rstrip("!")], *key, nullable=not kind.endswith("!")))
    return made


def plain(name: str, key: str, spec: str) -> None:
    op.create_table(name, *columns(spec), sa.PrimaryKeyConstraint(key), sqlite_strict=True)


def versioned(name: str, identity: str, spec: str, *, imported: bool = False) -> None:
    """A table of versions keyed by its identity columns and the change that wrote them."""
    keys = [word.partition(":")[0] for word in identity.split()]
    tail = "source:text external_id:text row_hash:int file_id:int line:int" if imported else ""
    op.create_table(
        name,
        *columns(f"{identity} v_in:int!>change v_out:int>change {spec} {tail}"),
        sa.PrimaryKeyConstraint(*keys, "v_in"),
        sqlite_strict=True,
    )
    ended = sa.text("v_out IS NOT NULL")
    op.create_index(f"ix_{name}_v_out", name, ["v_out"], sqlite_where=ended, postgresql_where=ended)


def noun(name: str, spec: str) -> None:
    versioned(name, "id:int!>entity", spec, imported=True)


def fact(name: str, spec: str) -> None:
    versioned(name, "id:int!", spec, imported=True)
    op.create_index(f"ix_{name}_source", name, ["source", "external_id"])


def index(table: str, label: str, *names: str) -> None:
    op.create_index(f"ix_{table}_{label}", table, list(names))
