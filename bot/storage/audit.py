"""The audit trail: who was shown which account's data where, and every write with before and after.

Each event carries the hash of the one before, so that a changed, missing or inserted one shows (`bot.storage.chain`
looks). What may have to be erased one day stays out of the hash: names, texts, any value lie in a table of their own
with a salt, and the event has their salted digest. Without value and salt the digest says nothing and still stands.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from typing import Any, Final

import sqlalchemy as sa

from bot.domain.ids import id_text
from bot.storage import bulk
from bot.storage.database import AnyRow, Reader, Writer
from bot.storage.overwriting import overwriting
from bot.storage.tables import audit_account, audit_event, audit_value
from bot.storage.types import instant_text

BEGINNING: Final = "0" * 64
"""What the first event gives as the hash of the one before it."""

VERSION: Final = 2
LONGEST: Final = 300
_LOCK = 7_236_002
_EVENT = (
    "seq", "at", "actor", "via", "action", "subject_id", "detail", "previous_hash", "hash", "version",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Value:
    """A field before and after, None for none; `about` is the id of the thing whose field it is."""

    field: str
    before: Any = None
    after: Any = None
    about: int | None = None


@dataclass(frozen=True, slots=True)
class Deed:
    """What was done to what. `detail` holds no names, no addresses and nobody's words: those are `values`.

    `accounts` are those that it shows or touches beside the subject.
    """

    subject_id: int | None = None
    detail: dict[str, Any] = field(default_factory=dict)
    values: Sequence[Value] = ()
    accounts: Sequence[int] = ()


def append(
    writer: Writer, action: str, subject_id: int | None, detail: dict[str, Any], values: Sequence[Value] = ()
) -> None:
    """Record what the writer's actor did, in the same transaction as the deed."""
    append_many(writer, action, [Deed(subject_id, detail, values)])


def append_many(writer: Writer, action: str, deeds: Sequence[Deed]) -> None:
    """The same for several deeds at once."""
    if not deeds or writer.rehearsing:
        return
    on_sqlite = writer.connection.dialect.name == "sqlite"
    if not on_sqlite:
        writer.execute(sa.text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    last = newest(writer)
    previous = last.hash if last is not None else BEGINNING
    actor, via = clean(writer.actor.slack_user_id or writer.actor.name), writer.actor.via
    at: Any = instant_text(writer.now) if on_sqlite else writer.now
    events: list[tuple[Any, ...]] = []
    values: list[tuple[Any, ...]] = []
    accounts: list[tuple[int, int]] = []
    for seq, deed in enumerate(deeds, last.seq + 1 if last is not None else 1):
        kept = list(_kept(seq, deed.values))
        about = sorted(set(deed.accounts))
        detail = _canonical(_full_detail(deed, kept, about))
        head = (seq, at, actor, via, action, deed.subject_id, detail, previous)
        previous = digest(written(seq, writer.now, actor, via, action, deed.subject_id, detail, previous))
        events.append((*head, previous, VERSION))
        values += kept
        accounts += [(one, seq) for one in about]
    bulk.insert(writer, audit_event, _EVENT, events)
    bulk.insert(writer, audit_value, ("seq", "place", "field", "about", "before", "after", "salt"), values)
    bulk.insert(writer, audit_account, ("account_id", "seq"), accounts)


def newest(reader: Reader) -> AnyRow | None:
    """`seq` and `hash` of the last event. Kept elsewhere, they show later whether events at the end were removed."""
    c = audit_event.c
    return reader.connection.execute(sa.select(c.seq, c.hash).order_by(c.seq.desc()).limit(1)).first()


def forget(writer: Writer, *, things: Iterable[int] = (), words: Iterable[str] = ()) -> int:
    """Erase what the trail holds of these things (notes, people, promises, ... by id), and every value in which one of
    these words stands, in whatever case; how many values that were. The chain stays whole, and says "erased".
    """
    c = audit_value.c
    of_things = sa.select(c.seq, c.place).where(c.about.in_(list(things)), c.salt.is_not(None))
    places = {(row.seq, row.place) for row in writer.execute(of_things)}
    places |= set(_saying(writer, [word.casefold() for word in words if word.strip()]))
    with overwriting(writer):
        for seq, place in places:
            this = sa.update(audit_value).where(c.seq == seq, c.place == place)
            writer.execute(this.values(before=None, after=None, salt=None))
    return len(places)


def _saying(writer: Writer, said: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where one of these words stands. Cases are folded here: SQLite knows those of ASCII only."""
    if not said:
        return
    c = audit_value.c
    query = sa.select(c.seq, c.place, c.before, c.after).where(c.salt.is_not(None))
    for row in writer.execute(query.execution_options(yield_per=1000)):
        text = f"{row.before or ''}\n{row.after or ''}".casefold()
        if any(word in text for word in said):
            yield row.seq, row.place


def written(
    seq: int, at: datetime, actor: str, via: str, action: str, subject_id: int | None, detail: str, previous: str
) -> str:
    """The text of an event that its hash is of. `detail` is JSON as it is stored, never written anew."""
    return (
        f'{{"version":{VERSION},"seq":{seq},"at":"{instant_text(at)}Z","actor":{_quoted(actor)},"via":{_quoted(via)},'
        f'"action":{_quoted(action)},"subject":{_quoted(id_text(subject_id)) if subject_id is not None else "null"},'
        f'"detail":{detail},"previous":"{previous}"}}'
    )


def digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def sealed(salt: str, before: str | None, after: str | None) -> str:
    """The digest of a value, which says nothing about it to who has no salt."""
    return digest(json.dumps([salt, before, after], ensure_ascii=False, separators=(",", ":")))


def clean(text: str) -> str:
    """Text as every database keeps it."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode()


def _full_detail(deed: Deed, kept: Sequence[tuple[Any, ...]], about: Sequence[int]) -> dict[str, Any]:
    more: dict[str, Any] = {}
    if kept:
        more["values"] = [
            [name, id_text(thing) if thing is not None else None, sealed(salt, before, after)]
            for _, _, name, thing, before, after, salt in kept
        ]
    if about:
        more["accounts"] = [id_text(one) for one in about]
    return {**deed.detail, **more}


def _kept(seq: int, values: Sequence[Value]) -> Iterator[tuple[Any, ...]]:
    for place, one in enumerate(values):
        salt = secrets.token_hex(16)
        yield seq, place, one.field, one.about, _said(one.before, salt), _said(one.after, salt), salt


def _said(value: Any, salt: str) -> str | None:
    """A value as text. Of a long one its length and its digest: enough to tell whether it was this one."""
    if value is None:
        return None
    text = clean(value if isinstance(value, str) else _canonical(value).strip('"'))
    return text if len(text) <= LONGEST else f"{len(text):,} characters, sha256 {digest(salt + text)}"


def _canonical(value: Any) -> str:
    return clean(json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str))


@lru_cache(maxsize=8_192)
def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
