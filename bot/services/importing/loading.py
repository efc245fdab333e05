"""Loading one file: what every kind of row needs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from bot.domain.ids import id_text
from bot.domain.names import fold, squash
from bot.domain.records import Ref, Rejected
from bot.importers import SourceFile
from bot.services.importing.batch import Batch
from bot.services.importing.report import Tally
from bot.storage import bulk, identities
from bot.storage.database import Writer

Progress = Callable[[int], None]


@dataclass
class Load:
    """One file on its way in."""

    batch: Batch
    file: SourceFile
    file_id: int
    create_accounts: bool = False
    progress: Progress | None = None
    tally: Tally = field(default_factory=Tally)
    newest: date | None = None
    _owners: dict[int, int] | None = None
    _proposed: set[str] = field(default_factory=set)

    def seen(self, when: date | datetime) -> None:
        """Remember the newest day in the file: how old its data is."""
        day = when.date() if isinstance(when, datetime) else when
        if self.newest is None or day > self.newest:
            self.newest = day

    def member(self, ref: Ref | None) -> int | None:
        """The member a row names; one of whom only a name or e-mail is known is added."""
        directory = self.batch.directory
        known = directory.member(ref)
        if ref is None or known is not None or ref.by == "id":
            return known
        email = ref.key.lower() if ref.by == "email" else None
        name = ref.key.partition("@")[0].replace(".", " ").title() if email else ref.key
        cells = {"name": name, "folded": fold(name), "email": email, "active": True}
        one = self.batch.imply("member", ref.key.lower(), cells, self.file_id, 0)
        directory.learn_member(one, fold(name), email)
        return one

    def product(self, ref: Ref, external_id: str | None, line: int) -> int:
        """The product a row names; an unknown one is added, and proposed as the same where only spaces differ."""
        directory = self.batch.directory
        known = directory.by_own_id("product", external_id) or directory.product(ref)
        if known is not None:
            directory.add_ref("product", external_id, known)
            return known
        alike = directory.similar_product(ref.key)
        cells = {"name": ref.key, "squashed": squash(ref.key)}
        one = self.batch.imply("product", external_id or f"name:{fold(ref.key)}", cells, self.file_id, line)
        directory.learn_product(one, ref.key)
        if alike:
            self.propose(line, "product", f"{ref.key} may be the product {alike[1]}", one, [alike[0]])
        return one

    def account(self, refs: tuple[Ref, ...], noun: str | None = None, external_id: str | None = None) -> int | None:
        """The account of a row; with `create_accounts`, one named after the reference when there is none."""
        found = self.batch.directory.account(refs, noun, external_id)
        if found is not None or not self.create_accounts:
            return found
        ref = next((ref for ref in refs if ref.noun == "account"), None)
        if ref is None:
            return None
        folded = fold(ref.key)
        one = self.batch.imply(
            "account", ref.key if ref.by == "id" else f"name:{folded}", {"name": ref.key}, self.file_id, 0
        )
        self.batch.directory.learn_account_name(one, "name", folded, squash(ref.key))
        self.batch.imply_name(one, ref.key)
        return one

    def note_review(self, line: int, kind: str, reason: str) -> None:
        """Something to look at although the row was taken."""
        self.tally.note(reason, line)
        self.batch.review(self.file_id, line, kind, reason)

    def to_review(self, line: int, kind: str, reason: str, cells: Any = None) -> None:
        """A row that is not taken until a person decides."""
        self.tally.leave_out("to_review", reason, line)
        self.batch.review(self.file_id, line, kind, reason, cells)

    def propose(self, line: int, noun: str, reason: str, one: int, others: list[int]) -> None:
        """Two things that may be the same: a person decides, nothing is merged."""
        if reason in self._proposed:
            return
        self._proposed.add(reason)
        self.tally.note(reason, line)
        candidates = {"noun": noun, "this": id_text(one), "others": [id_text(other) for other in others]}
        self.batch.review(self.file_id, line, "same?", reason, None, candidates)

    def set_owners(self, writer: Writer, named: list[tuple[int, int | None]]) -> None:
        """Record owners where the file names one and it is somebody else than before: (account id, member id)."""
        if self._owners is None:
            self._owners = identities.owners(writer)
        before = self._owners
        new = {account: one for account, one in named if one is not None and before.get(account) != one}
        identities.set_owners(writer, new, [account for account in new if account in before], self.batch.change_id)
        before.update(new)


def chunks(load: Load, *, quiet: bool = False) -> Iterator[list[Any]]:
    """The rows of the file in pieces, rejected lines counted; `quiet` for a pass that only looks."""
    rows: list[Any] = []
    for row in load.file.rows(None if quiet else load.progress):
        if type(row) is Rejected:
            if not quiet:
                load.tally.add("read")
                load.tally.leave_out("skipped", row.reason, row.line)
            continue
        rows.append(row)
        if len(rows) >= bulk.CHUNK:
            if not quiet:
                load.tally.add("read", len(rows))
            yield rows
            rows = []
    if rows:
        if not quiet:
            load.tally.add("read", len(rows))
        yield rows
