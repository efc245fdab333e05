"""Business reviews: each deed is a version, and none is ever overwritten. Taking one back is a version as well."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

import sqlalchemy as sa

from bot.domain.ids import new_id
from bot.storage.database import AnyRow, Reader, Writer
from bot.storage.edits import by
from bot.storage.live import Live
from bot.storage.put import put
from bot.storage.tables import qbr, qbr_feedback, qbr_version

State = Literal["drafted", "edited", "approved", "shared"]
Deed = Literal["drafted", "edited", "regenerated", "approved", "shared", "undone"]
Verdict = Literal["good", "bad"]

Q, V = qbr.c, qbr_version.c


@dataclass(frozen=True, slots=True)
class Version:
    """What a deed leaves behind; `note` says in a few words what was done."""

    deed: Deed
    state: State
    body: dict[str, Any]
    note: str | None = None


def _newest(live: Live) -> sa.Select[Any]:
    joined = qbr.join(qbr_version, sa.and_(V.qbr_id == Q.id, V.number == Q.version))
    return (
        sa.select(
            Q.id, Q.account_id, Q.first, Q.last, Q.words, Q.created_by, Q.created_at, Q.channel, Q.ts, Q.parts,
            V.number, V.deed, V.state, V.by, V.name, V.at, V.note, V.body,
        )
        .select_from(joined)
        .where(Q.id == sa.bindparam("qbr"), live.seen(qbr))
    )  # fmt: skip


def _numbered(live: Live) -> sa.Select[Any]:
    return (
        sa.select(qbr_version)
        .join(qbr, Q.id == V.qbr_id)
        .where(V.qbr_id == sa.bindparam("qbr"), V.number == sa.bindparam("number"), live.seen(qbr))
    )


def _history(live: Live) -> sa.Select[Any]:
    return (
        sa.select(V.number, V.deed, V.state, V.by, V.name, V.at, V.note)
        .join(qbr, Q.id == V.qbr_id)
        .where(V.qbr_id == sa.bindparam("qbr"), live.seen(qbr))
        .order_by(V.number)
    )


def _approved_before(live: Live) -> sa.Select[Any]:
    joined = qbr.join(qbr_version, sa.and_(V.qbr_id == Q.id, V.number == Q.version))
    last = sa.bindparam("last", type_=Q.last.type)
    return (
        sa.select(Q.id, Q.words, Q.first, Q.last, V.at, V.body)
        .select_from(joined)
        .where(Q.account_id == sa.bindparam("account"), Q.last < last)
        .where(sa.or_(V.state == "approved", V.state == "shared"), live.seen(qbr))
        .order_by(Q.last.desc(), V.at.desc())
        .limit(1)
    )


def _given(live: Live) -> sa.Select[Any]:
    stands = sa.and_(V.deed == "approved", sa.or_(Q.state == "approved", Q.state == "shared"))
    return (
        sa.select(Q.id, Q.words, V.deed, V.at)
        .select_from(qbr.join(qbr_version, V.qbr_id == Q.id))
        .where(Q.account_id == sa.bindparam("account"), V.at <= sa.bindparam("now", type_=V.at.type))
        .where(sa.or_(V.deed == "shared", stands), live.seen(qbr))
        .order_by(V.at.desc(), V.number.desc())
        .limit(1)
    )


def _verdicts(live: Live) -> sa.Select[Any]:
    c = qbr_feedback.c
    return (
        sa.select(c.by, c.verdict)
        .select_from(qbr_feedback.join(qbr, Q.id == c.qbr_id))
        .where(c.qbr_id == sa.bindparam("qbr"), live.seen(qbr))
    )


def newest(reader: Reader, qbr_id: int) -> AnyRow | None:
    """A review with its newest version."""
    return reader.row(_newest, qbr=qbr_id)


def numbered(reader: Reader, qbr_id: int, number: int) -> AnyRow | None:
    return reader.row(_numbered, qbr=qbr_id, number=number)


def history(reader: Reader, qbr_id: int) -> list[AnyRow]:
    """Who did what when, oldest first, without the texts."""
    return reader.rows(_history, qbr=qbr_id)


def approved_before(reader: Reader, account_id: int, last: date) -> AnyRow | None:
    """The last review of the account that was approved and ends before that day: what it agreed is asked about."""
    return reader.row(_approved_before, account=account_id, last=last)


def given(reader: Reader, account_id: int, now: datetime) -> AnyRow | None:
    """When a review of the account was last shared, or approved with nobody taking it back: id, words, deed, at."""
    return reader.row(_given, account=account_id, now=now)


def verdicts(reader: Reader, qbr_id: int) -> dict[str, str]:
    """What people thought of it, by who they are."""
    return {row.by: row.verdict for row in reader.rows(_verdicts, qbr=qbr_id)}


def create(writer: Writer, account_id: int, first: date, last: date, words: str, version: Version) -> int:
    """A new review; its id."""
    one = new_id()
    writer.execute(
        qbr.insert(),
        {
            "id": one,
            "account_id": account_id,
            "first": first,
            "last": last,
            "words": words,
            "created_by": by(writer.actor),
            "created_at": writer.now,
            "version": 1,
            "state": version.state,
        },
    )
    _write(writer, one, 1, version)
    return one


def add(writer: Writer, qbr_id: int, seen: int, version: Version) -> int | None:
    """The next version, when `seen` is still the newest: its number. None when somebody went on meanwhile."""
    moved = sa.update(qbr).where(Q.id == qbr_id, Q.version == seen).values(version=seen + 1, state=version.state)
    if writer.execute(moved).rowcount != 1:
        return None
    _write(writer, qbr_id, seen + 1, version)
    return seen + 1


def _write(writer: Writer, qbr_id: int, number: int, version: Version) -> None:
    writer.execute(
        qbr_version.insert(),
        {
            "qbr_id": qbr_id,
            "number": number,
            "deed": version.deed,
            "state": version.state,
            "by": by(writer.actor),
            "name": writer.actor.name,
            "at": writer.now,
            "note": version.note,
            "body": version.body,
        },
    )


def place(writer: Writer, qbr_id: int, channel: str, ts: str, parts: Sequence[str]) -> None:
    """Where its thread stands, and which messages of it show the review."""
    writer.execute(sa.update(qbr).where(Q.id == qbr_id).values(channel=channel, ts=ts, parts=list(parts)))


def feedback(writer: Writer, qbr_id: int, verdict: Verdict, version: int) -> None:
    """What somebody thinks of it; a second word replaces the first."""
    values = {"qbr_id": qbr_id, "by": by(writer.actor), "verdict": verdict, "version": version, "at": writer.now}
    put(writer, qbr_feedback, values)
