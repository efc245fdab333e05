"""One import in progress: a change that nobody sees until it is published, loaded in small transactions.

A loader that dies leaves a hidden change behind; `recover` removes it. Only one import loads at a time.
"""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import blake2b
from typing import Any, NamedTuple

from bot.domain.audience import Audience, Role
from bot.domain.ids import id_text, new_id
from bot.domain.names import fold, squash
from bot.services.errors import Busy, NotAllowed, Stopped
from bot.services.importing.directory import Directory
from bot.services.importing.erased import Erased
from bot.services.importing.report import REVIEWS_KEPT
from bot.services.lookup import require_internal
from bot.storage import audit, batches, identities, reviews
from bot.storage.database import AnyRow, Database, Lease, Writer
from bot.storage.identities import Name
from bot.storage.tables import NOUNS

Now = Callable[[], datetime]

_ALIVE_FOR = timedelta(seconds=90)


class Seen(NamedTuple):
    """The record of a thing that a source brought first in this batch."""

    file_id: int
    external_id: str | None
    hashed: int
    line: int


@dataclass
class Batch:
    """The import's hands: its change, its transactions, its memory of identities."""

    database: Database
    audience: Audience
    now: Now
    change_id: int
    stopped: Callable[[], bool] = lambda: False
    directory: Directory = field(default_factory=Directory)
    seen: dict[tuple[str, int], Seen] = field(default_factory=dict)
    fact_keys: dict[tuple[str, str], set[int]] = field(default_factory=dict)
    _implied_names: list[Name] = field(default_factory=list)
    _implied: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    _reviews: list[dict[str, Any]] = field(default_factory=list)
    _reviewed: int = 0
    _asked: set[bytes] = field(default_factory=set)
    file_names: dict[int, str] = field(default_factory=dict)
    erased: Erased = field(default_factory=Erased)

    def remember_reviews(self, writer: Writer) -> None:
        """Learn what people were asked before, decided or not: the same file again brings nothing new."""
        for row in reviews.asked(writer):
            self._asked.add(_review_key(row.kind, row.reason, row.cells, row.candidates, row.file_name, row.line))

    @contextmanager
    def chunk(self) -> Iterator[Writer]:
        """One small transaction; also says that we are alive. Raises Stopped when a person asked to stop."""
        if self.stopped():
            raise Stopped("Stopped; nothing was imported.")
        now = self.now()
        with self.database.writing(self.audience, now) as writer:
            if not batches.renew(writer, self.change_id, now + _ALIVE_FOR):
                raise Busy("This import was cleaned up by another process while it paused; start it again.")
            yield writer
            batches.save_reviews(writer, self._reviews)
            self._reviews.clear()

    def edited_since(self, version: AnyRow) -> bool:
        """Whether a person wrote this version while the import was loading: theirs is the newer word."""
        return bool(version.v_in > self.change_id)

    def flush_identities(self, writer: Writer) -> None:
        """Write the entities and references learned since the last call, so that rows may point at them."""
        found = self.directory
        by_noun: dict[str, list[int]] = {}
        for noun, entity_id in found.new_entities:
            by_noun.setdefault(noun, []).append(entity_id)
        for noun, ids in by_noun.items():
            identities.register(writer, noun, ids, self.change_id)
        identities.add_refs(
            writer, [(found.source, noun, key, self.change_id, one, url) for noun, key, one, url in found.new_refs]
        )
        found.new_entities.clear()
        found.new_refs.clear()
        for noun, cells in self._implied:
            writer.execute(NOUNS[noun].insert(), {**cells, "v_in": self.change_id, "source": found.source})
        self._implied.clear()
        identities.add_names(writer, self._implied_names)
        self._implied_names.clear()

    def imply_name(self, account_id: int, name: str) -> None:
        """The name of an implied account."""
        self._implied_names.append(Name(account_id, "name", fold(name), name, squash(name), self.change_id))

    def imply(self, noun: str, external_id: str, cells: dict[str, Any], file_id: int) -> int:
        """A thing that only exists because a row names it. Line 0 says so: the first record of it takes it over."""
        one = self.directory.new_entity(noun, external_id)
        self._implied.append((noun, {**cells, "id": one, "external_id": external_id, "file_id": file_id, "line": 0}))
        return one

    def _without(self, cells: Any) -> Any:
        """What a row says, without people who were erased."""
        if isinstance(cells, dict):
            return {name: self._without(one) for name, one in cells.items()}
        if isinstance(cells, list | tuple):
            return [self._without(one) for one in cells]
        return self.erased.without(cells, None) if isinstance(cells, str) else cells

    def review(
        self, file_id: int, line: int, kind: str, reason: str, cells: Any = None, candidates: Any = None
    ) -> None:
        """Put a row on the list that a person decides on, unless it was asked before. Beyond 10,000 only counted."""
        self._reviewed += 1
        if self.erased:
            reason, cells = self.erased.without(reason, None), self._without(cells)
        key = _review_key(kind, reason, cells, candidates, self.file_names.get(file_id), line)
        if self._reviewed > REVIEWS_KEPT or key in self._asked:
            return
        self._asked.add(key)
        self._reviews.append(
            {
                "id": new_id(),
                "change_id": self.change_id,
                "file_id": file_id,
                "line": line,
                "kind": kind,
                "reason": reason,
                "cells": cells,
                "candidates": candidates,
                "state": "open",
            }
        )


def _review_key(kind: str, reason: str, cells: Any, candidates: Any, file: str | None, line: int | None) -> bytes:
    """What makes two questions one: what they are about; where they stand only when nothing else tells them apart."""
    place = None if cells or candidates else (file, line)
    text = json.dumps((kind, reason, cells, candidates, place), sort_keys=True, default=str)
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12).digest()


def begin(database: Database, audience: Audience, now: Now, note: str) -> Batch:
    """Start loading. Raises Busy while another import is alive; first cleans up after ones that died."""
    require_writer(audience)
    recover(database, audience, now)
    started = now()
    with database.writing(audience, started) as writer:
        require_no_import(writer)
        lease = Lease(_holder(), started + _ALIVE_FOR)
        change_id = writer.begin_change("import", note=note, lease=lease)
    return Batch(database, audience, now, change_id)


def require_writer(audience: Audience) -> None:
    """Imports and what becomes of them are the business of people who may change the book."""
    require_internal(audience)
    if not audience.actor.role.covers(Role.MEMBER):
        raise NotAllowed("You may look at the book but not change it; ask an administrator.")


def require_no_import(writer: Writer) -> None:
    """An import reads the latest versions while it loads, so nothing else may write some. Raises Busy, naming it."""
    batches.take_turns(writer)
    for other in batches.loading(writer):
        raise Busy(
            f"Another import ({other.note}) is running since {other.started_at:%H:%M} UTC; "
            "wait until it is done, or stop it and try again."
        )


def publish(batch: Batch, report: dict[str, Any], mappings: dict[str, Any], files: Mapping[str, str]) -> None:
    """Show everything at once; keep the mappings (by shape) that a person gave. `files` are digests by name."""
    with batch.database.writing(batch.audience, batch.now()) as writer:
        for shape, mapping in mappings.items():
            batches.remember_mapping(writer, shape, mapping)
        if not batches.publish(writer, batch.change_id, report):
            raise Busy("This import was cleaned up by another process while it paused; start it again.")
        counts = {name: report[name] for name in ("read", "created", "updated", "removed", "to_review")}
        detail = {"change": id_text(batch.change_id), **counts, "sha256": sorted(files.values())}
        audit.append(writer, "import", None, detail, [audit.Value("import.file", None, name) for name in files])


def abandon(database: Database, audience: Audience, now: Now, change_id: int) -> None:
    """Hide a change and delete what it wrote."""
    with database.writing(audience, now()) as writer:
        batches.hide(writer, change_id)
    batches.purge(database, audience, now(), change_id)


def recover(database: Database, audience: Audience, now: Now) -> tuple[str, ...]:
    """Remove what dead imports left behind; finish removals that were interrupted. Returns the batches removed."""
    with database.reading(audience) as reader:
        dead = [row.id for row in batches.loading(reader) if not _alive(row.holder, row.lease_until, now())]
        unfinished = batches.to_purge(reader)
    for change_id in dead:
        abandon(database, audience, now, change_id)
    for change_id in unfinished:
        batches.purge(database, audience, now(), change_id)
    return tuple(id_text(one) for one in (*dead, *unfinished))


def _holder() -> str:
    return f"{socket.gethostname()}:{os.getpid()}"


def _alive(holder: str | None, lease_until: datetime | None, now: datetime) -> bool:
    """A loader is dead when its lease ran out, or at once when it ran on this machine and its process is gone."""
    if lease_until is None or lease_until < now:
        return False
    host, _, process = (holder or "").rpartition(":")
    if host != socket.gethostname() or not process.isdigit():
        return True
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
