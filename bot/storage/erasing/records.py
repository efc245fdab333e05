"""Erasures as rows: one that was started is finished by whoever comes next; marks outlive what they stand for."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from hashlib import blake2b
from typing import Any

import sqlalchemy as sa

from bot.domain.ids import new_id
from bot.storage.database import AnyRow, Reader, Writer
from bot.storage.edits import by
from bot.storage.live import Live
from bot.storage.put import put
from bot.storage.tables import erased_mark, erasure, erasure_salt

_C = erasure.c
_SALT_ID = 1


def start(writer: Writer, kind: str, pending: Mapping[str, Any]) -> int:
    """Write down what is to be erased, before anything is."""
    one = new_id()
    values = {"id": one, "kind": kind, "state": "started", "by": by(writer.actor), "at": writer.now}
    writer.execute(erasure.insert(), {**values, "pending": dict(pending)})
    return one


def finish(writer: Writer, one: int, report: Mapping[str, Any]) -> None:
    """It is done; whom it was about is forgotten."""
    values = {"state": "done", "finished_at": writer.now, "pending": None, "report": dict(report)}
    writer.execute(sa.update(erasure).where(_C.id == one).values(**values))


def _unfinished(_live: Live) -> sa.Select[Any]:
    return sa.select(erasure).where(_C.state == "started").order_by(_C.id)


def _all(_live: Live) -> sa.Select[Any]:
    return sa.select(erasure).order_by(_C.id.desc()).limit(sa.bindparam("limit", type_=sa.Integer()))


def unfinished(reader: Reader) -> list[AnyRow]:
    """Erasures that were started and not finished, oldest first."""
    return reader.rows(_unfinished)


def newest(reader: Reader, limit: int) -> list[AnyRow]:
    return reader.rows(_all, limit=limit)


def lift(writer: Writer, one: int) -> bool:
    """Imports may bring them in again. False when there is no such erasure, or it was lifted before."""
    query = sa.update(erasure).where(_C.id == one, _C.state == "done", _C.lifted_at.is_(None))
    if writer.execute(query.values(lifted_at=writer.now)).rowcount != 1:
        return False
    writer.execute(sa.delete(erased_mark).where(erased_mark.c.erasure_id == one))
    return True


def mark(writer: Writer, one: int, words: Iterable[str], entity_id: int | None = None) -> None:
    """Remember, unreadably, what an import must not bring back."""
    salt = _salt(writer)
    for word in sorted(set(words)):
        put(writer, erased_mark, {"hash": hashed(salt, word), "erasure_id": one, "entity_id": entity_id})


def _salt(writer: Writer) -> str:
    found = salt(writer)
    if found is None:
        found = secrets.token_hex(16)
        writer.execute(erasure_salt.insert(), {"id": _SALT_ID, "salt": found})
    return found


def salt(reader: Reader) -> str | None:
    """The key of this database's marks; None before the first."""
    found: str | None = reader.connection.execute(sa.select(erasure_salt.c.salt)).scalar()
    return found


def marks(reader: Reader) -> dict[str, int | None]:
    """Every mark, and the colleague it stands for, if it is one."""
    query = sa.select(erased_mark.c.hash, erased_mark.c.entity_id)
    return {row[0]: row[1] for row in reader.connection.execute(query)}


def hashed(key: str, word: str) -> str:
    return blake2b(word.encode("utf-8", "surrogatepass"), key=key.encode(), digest_size=16).hexdigest()
