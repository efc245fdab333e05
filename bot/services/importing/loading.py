"""Loading one file: what every kind of row needs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from bot.domain.ids import id_text
from bot.domain.names import fold, squash
from bot.domain.records import Ref, Rejected
from bot.importers import SourceFile
from bot.services.importing.batch import Batch
from bot.services.importing.fit import LONGEST_ID, LONGEST_NAME, cleaner, misfit
from bot.services.importing.merge import Standing
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
        if ref is None or known is not None or ref.by == "id" or len(ref.key) > LONGEST_NAME:
            return known
        if (nameless := self.batch.erased.colleague(ref)) is not None:
            return nameless
        email = ref.key.lower() if ref.by == "email" else None
        name = ref.key.partition("@")[0].replace(".", " ").title() if email else ref.key
        cells = {"name": name, "folded": fold(name), "email": email, "active": True}
        one = self.batch.imply("member", f"email:{email}" if email else f"name:{fold(name)}", cells, self.file_id)
        directory.learn_member(one, fold(name), email)
        return one

    def product(self, ref: Ref | None, line: int) -> int | None:
        """The product a row names; an unknown one is added, and proposed as the same where only spaces differ."""
        directory = self.batch.directory
        known = directory.product(ref)
        if ref is None or known is not None or len(ref.key) > LONGEST_ID:
            return known
        cells = {"name": ref.key, "squashed": squash(ref.key)}
        if ref.by == "id":
            return self.batch.imply("product", ref.key, cells, self.file_id)
        alike = directory.similar_product(ref.key)
        one = self.batch.imply("product", f"name:{fold(ref.key)}", cells, self.file_id)
        directory.learn_product(one, ref.key)
        if alike:
            self.propose(line, "product", f"{ref.key} may be the product {alike[1]}", one, [alike[0]])
        return one

    def account(self, refs: tuple[Ref, ...], noun: str | None = None, external_id: str | None = None) -> int | None:
        """The account of a row; with `create_accounts`, one named after the reference when there is none."""
        found = self.batch.directory.account(refs, noun, external_id)
        if found is not None or not self.create_accounts:
            return found
        directory = self.batch.directory
        by = {ref.by: ref.key for ref in refs if ref.noun == "account"}
        name = by.get("name") or by.get("domain") or by.get("id")
        if name is None or len(name) > LONGEST_NAME:
            return None
        folded = fold(name)
        if directory.accounts_by("name", folded) or directory.accounts_by("alias", folded):
            return None  # several have the name: one more would not make it clearer
        one = self.batch.imply("account", by.get("id") or f"name:{folded}", {"name": name}, self.file_id)
        directory.learn_account_name(one, "name", folded, squash(name))
        self.batch.imply_name(one, name)
        return one

    def note_review(self, line: int, kind: str, reason: str, cells: Any) -> None:
        """Something to look at although the row was taken."""
        self.tally.note(reason, line)
        self.batch.review(self.file_id, line, kind, reason, cells)

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

    def set_owners(self, writer: Writer, named: Iterable[tuple[int, int | None, Standing]]) -> None:
        """Record owners where the file names one: (account id, member id, by what right). A guest only fills a gap."""
        if self._owners is None:
            self._owners = identities.owners(writer)
        before = self._owners
        new = {
            account: one
            for account, one, standing in named
            if one is not None
            and before.get(account) != one
            and (standing == "owner" or (standing == "guest" and account not in before))
        }
        identities.set_owners(writer, new, [account for account in new if account in before], self.batch.change_id)
        before.update(new)


def chunks(load: Load, *, quiet: bool = False) -> Iterator[list[Any]]:
    """The rows of the file in pieces, rejected lines counted; `quiet` for a pass that only looks."""
    most = bulk.chunk_rows(one_writer=load.batch.database.is_sqlite)
    rows: list[Any] = []
    clean, erased = cleaner(load.file), load.batch.erased
    for found in load.file.rows(None if quiet else load.progress):
        row = clean(found) if clean is not None else found
        if erased and type(row) is not Rejected:
            row = erased.look(row, load.batch.directory)
        reason = row.reason if type(row) is Rejected else misfit(row)
        if reason is not None:
            if not quiet:
                load.tally.add("read")
                load.tally.leave_out("skipped", reason, row.line)
            continue
        rows.append(row)
        if len(rows) >= most:
            if not quiet:
                load.tally.add("read", len(rows))
            yield rows
            rows = []
    if rows:
        if not quiet:
            load.tally.add("read", len(rows))
        yield rows
