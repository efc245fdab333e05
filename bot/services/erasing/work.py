"""How an erasure is done and ended, whoever or whatever is erased."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from bot.domain.audience import Audience
from bot.domain.ids import id_text
from bot.services.importing.batch import Now
from bot.services.results.erasing import Erased, Remains, Rows, What
from bot.storage import audit
from bot.storage.database import Database, Writer
from bot.storage.erasing import files, records
from bot.storage.erasing.rewriting import Left
from bot.storage.overwriting import overwriting

CHANGE: Final = "erasure"
"""The kind of change that an erasure is; it is no import and no edit, and nothing undoes it."""


@dataclass(frozen=True)
class Done:
    """What an erasure did: rows that went, rows written anew, what is left, and the words that must be nowhere."""

    kind: What
    own: Counter[str]
    named: Counter[str]
    left: Sequence[Left]
    words: Sequence[str]
    sentence: str


@dataclass(frozen=True)
class Work:
    """`compact` writes files or tables anew in the end, for which others wait. `look_at_files` only where nobody else
    of this process uses the database."""

    database: Database
    audience: Audience
    now: Now
    compact: bool = False
    look_at_files: bool = False

    @contextmanager
    def writing(self) -> Iterator[Writer]:
        """A transaction that overwrites what it removes."""
        with self.database.writing(self.audience, self.now()) as writer, overwriting(writer):
            yield writer

    def settle(self, one: int, done: Done) -> Erased:
        """Overwrite what is only unlinked, forget whom it was about, and say what is left."""
        own, named = +done.own, +done.named
        files.write_index_anew(self.database, self.audience, self.now())
        with self.writing() as writer:
            counts = {"own": dict(own), "named": dict(named)}
            records.finish(writer, one, counts)
            audit.append(writer, "erased", None, {"erasure": id_text(one), **counts})
        if self.compact:
            files.compact(self.database, sorted({*own, *named}))
        emptied = files.empty_log(self.database)
        return Erased(
            erasure=id_text(one),
            kind=done.kind,
            own=counted(own),
            named=counted(named),
            remains=tuple(Remains(**each._asdict()) for each in done.left),
            in_files=self._in_files(done.words),
            log_emptied=emptied,
            compacted=self.compact,
            sentence=done.sentence,
        )

    def _in_files(self, words: Sequence[str]) -> int | None:
        if not self.look_at_files:
            return None
        self.database.close()  # whoever closes a file of SQLite's loses all locks that this process has on it
        return files.bytes_left(self.database, words)


def counted(found: Mapping[str, int]) -> tuple[Rows, ...]:
    """Most first."""
    ordered = sorted(found.items(), key=lambda each: (-each[1], each[0]))
    return tuple(Rows(table=table, rows=number) for table, number in ordered if number)
