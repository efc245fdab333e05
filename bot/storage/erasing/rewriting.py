"""Looking through tables for a person, and writing what names them without them.

Everything is looked at, row by row: an index of words would miss names that it cuts, folds or never held. Found rows
are written in small transactions, each only while it still says what was read.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa

from bot.domain.erasing import Traces
from bot.storage.database import Reader, Writer
from bot.storage.erasing.holdings import WORDS, account_of, texts, why_fixed
from bot.storage.tables import audit_value, metadata, reminder
from bot.storage.types import Json, json_text

STEP = 500
"""Rows that are written in one transaction."""
_PIECE = 2_000


class Named(NamedTuple):
    """A row that names the person: its key, its account, and what its columns say and are to say."""

    table: str
    key: tuple[Any, ...]
    account_id: int | None
    columns: dict[str, tuple[str, Any]]


def naming(reader: Reader, traces: Traces, table: str, columns: Sequence[str]) -> Iterator[Named]:
    """Rows of a table that name the person in one of these columns."""
    t = metadata.tables[table]
    keys = list(t.primary_key.columns)
    raw = [sa.type_coerce(t.c[name], sa.Text()).label(f"text_{name}") for name in columns]
    any_text = sa.or_(*(t.c[name].is_not(None) for name in columns))
    query = sa.select(*keys, account_of(t).label("about"), *raw).where(any_text)
    documents = [isinstance(t.c[name].type, Json) for name in columns]
    first = len(keys) + 1
    for row in reader.connection.execute(query.execution_options(yield_per=_PIECE)):
        if not traces.may_name("\n".join(filter(None, row[first:]))):
            continue
        about = row[len(keys)]
        found = {
            name: (text, new)
            for name, text, document in zip(columns, row[first:], documents, strict=True)
            if text is not None and (new := _without(traces, text, about, document=document)) is not None
        }
        if found:
            yield Named(table, tuple(row[: len(keys)]), about, found)


def _without(traces: Traces, text: str, about: int | None, *, document: bool) -> Any:
    """What is to stand there instead; None when the person is not named."""
    if not document:
        new: Any = traces.without(text, about)
        return new if new != text else None
    before = json.loads(text)
    after = traces.without_in(before, about)
    return after if after != before else None


def named_in(reader: Reader, traces: Traces) -> Iterator[Named]:
    """Every row, of every table, whose words name the person."""
    for table, columns in WORDS.items():
        yield from naming(reader, traces, table, columns)


def write(writer: Writer, found: Sequence[Named]) -> Counter[str]:
    """Write these rows without the person; how many still said what was read, by table. Reminders are drawn anew."""
    done: Counter[str] = Counter()
    for one in found:
        t = metadata.tables[one.table]
        same = [key == value for key, value in zip(t.primary_key.columns, one.key, strict=True)]
        same += [sa.type_coerce(t.c[name], sa.Text()) == text for name, (text, _) in one.columns.items()]
        values = _BLANK if t is audit_value else _kept(t, one)
        done[one.table] += writer.execute(sa.update(t).where(*same).values(values)).rowcount
    _draw_anew(writer, found)
    return done


_BLANK: dict[str, Any] = {"before": None, "after": None, "salt": None}
"""What the audit trail says of a value that was erased; its chain stays whole."""


def _kept(table: sa.Table, found: Named) -> dict[str, Any]:
    documents = {name for name in found.columns if isinstance(table.c[name].type, Json)}
    new = {name: json_text(new) if name in documents else new for name, (_, new) in found.columns.items()}
    return {name: sa.literal(text, sa.Text()) for name, text in new.items()}


def _draw_anew(writer: Writer, found: Sequence[Named]) -> None:
    """What stands in Slack about these rows says the person's name still: it is drawn again as the rows now are."""
    anchors = [one.key[0] for one in found if one.table in ("commitment", "schedule", "reminder", "interaction")]
    c = reminder.c
    if anchors:
        about = sa.or_(c.anchor_id.in_(anchors), c.id.in_(anchors))
        writer.execute(sa.update(reminder).where(about, c.ts.is_not(None)).values(redraw=writer.now))


class Left(NamedTuple):
    """What still names the person in a column, and why it stays; None when it must not."""

    table: str
    column: str
    rows: int
    why: str | None


def residue(reader: Reader, traces: Traces) -> list[Left]:
    """Everything that names the person, in all text columns of all tables."""
    left: dict[tuple[str, str], int] = {}
    for t in metadata.sorted_tables:
        names = [column.name for column in texts(t)]
        for one in naming(reader, traces, t.name, names) if names else ():
            for column in one.columns:
                left[t.name, column] = left.get((t.name, column), 0) + 1
    return [Left(table, column, rows, why_fixed(table, column)) for (table, column), rows in left.items()]
