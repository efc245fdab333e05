"""Loading accounts: everybody's identity first, then what is said of them, so that a parent may stand below."""

from __future__ import annotations

from typing import Any

from bot.domain.names import fold, squash
from bot.domain.records import AccountRow
from bot.services.importing.accounts import Lookalikes, key_of, match
from bot.services.importing.loading import Load, chunks
from bot.services.importing.merge import NounMerger, Thing
from bot.services.importing.nouns import who
from bot.storage import identities
from bot.storage.database import Writer
from bot.storage.identities import Name


def load_accounts(load: Load) -> None:
    """Accounts in two passes: first everybody's identity, so that a parent may stand below its subsidiary."""
    directory = load.batch.directory
    lookalikes = Lookalikes(directory)
    fresh: set[int] = set()
    merger = NounMerger(load.batch, "account", load.file_id, load.tally)
    found: list[int] = []
    known_parents: dict[int, int] = {}
    for rows in chunks(load, quiet=True):
        with load.batch.chunk() as writer:
            names: list[Name] = []
            found += [_identify_account(load, row, fresh, names) for row in rows if not row.deleted]
            load.batch.flush_identities(writer)
            identities.add_names(writer, names)
            known_parents = known_parents or identities.parents(writer)
    parents = _Parents(load, known_parents)
    ids = iter(found)
    for rows in chunks(load):
        things, owners = [], []
        for row in rows:
            if row.deleted:
                load.tally.leave_out("skipped", "deleted or merged in the source", row.line)
                continue
            one = next(ids)
            things.append(Thing(row.line, key_of(row), one, _account_cells(row, parents.of(one, row)), row.name))
            owners.append(load.member(row.owner))
            if one in fresh:
                _propose(load, lookalikes, one, row)
        with load.batch.chunk() as writer:
            standings = merger.merge(writer, things)
            rename(load, writer, merger.renamed)
            load.set_owners(writer, zip((thing.id for thing in things), owners, standings, strict=True))


def rename(load: Load, writer: Writer, renamed: list[tuple[int, str, str]]) -> None:
    """Let accounts go by their new name first; the old one stays as an alias."""
    change_id = load.batch.change_id
    for one, old, new in renamed:
        taken = [("name", old), ("alias", new)] if fold(old) != fold(new) else [("name", old)]
        given = [("name", new), ("alias", old)] if fold(old) != fold(new) else [("name", new)]
        identities.drop_names(writer, one, [(kind, fold(text)) for kind, text in taken], change_id)
        known = identities.names_of(writer, one)
        names = [
            Name(one, kind, fold(text), text, squash(text), change_id)
            for kind, text in given
            if (kind, fold(text)) not in known
        ]
        identities.add_names(writer, names)
        for name in names:
            load.batch.directory.learn_account_name(one, name.kind, name.folded, name.squashed)


def _identify_account(load: Load, row: AccountRow, fresh: set[int], names: list[Name]) -> int:
    directory = load.batch.directory
    known = match(directory, row)
    one = known or directory.new_entity("account", key_of(row), row.url)
    if known is None:
        fresh.add(one)
    directory.add_ref("account", key_of(row), one, row.url)
    for key in row.merged_ids:
        _merge_id(load, row, one, key)
    renamed = known is not None and one not in directory.accounts_by("name", fold(row.name))
    named = [("name", row.name)] if known is None else [("alias", row.name)] if renamed else []
    named += [("alias", alias) for alias in row.aliases]
    rows = [(kind, fold(text), text, squash(text)) for kind, text in named]
    rows += [("domain", domain, domain, domain) for domain in row.domains]
    names += (
        Name(one, kind, folded, shown, squashed, load.batch.change_id)
        for kind, folded, shown, squashed in rows
        if directory.learn_account_name(one, kind, folded, squashed)
    )
    return one


def _merge_id(load: Load, row: AccountRow, one: int, merged_id: str) -> None:
    """An id that the source merged into this record. Where it is an account of its own, a person should look."""
    directory = load.batch.directory
    other = directory.by_own_id("account", merged_id)
    if other is not None and other != one:
        reason = f"the source merged record {merged_id} into {row.name}"
        load.propose(row.line, "account", reason, other, [one])
    directory.add_ref("account", merged_id, one, row.url)


def _account_cells(row: AccountRow, parent_id: int | None) -> dict[str, Any]:
    lifecycle = row.lifecycle or ("churned" if row.churned else None)
    return {
        "name": row.name, "parent_id": parent_id, "kind": row.kind, "segment": row.segment, "tier": row.tier,
        "industry": row.industry, "lifecycle": lifecycle, "country": row.country, "timezone": row.timezone,
        "currency": row.currency, "employees": row.employees, "annual_revenue": row.annual_revenue,
        "created_on": row.created_on, "last_activity_on": row.last_activity_on, "url": row.url,
    }  # fmt: skip


class _Parents:
    """Resolves parents once all accounts of the file are known, and breaks loops."""

    def __init__(self, load: Load, known: dict[int, int]) -> None:
        self._load = load
        self._parent_of = known

    def of(self, account_id: int, row: AccountRow) -> int | None:
        if row.parent is None:
            return None
        parent = self._load.batch.directory.account((row.parent,))
        if parent is None:
            self._load.note_review(row.line, "parent", f"the parent {row.parent.key!r} is not in the book", who(row))
            return None
        if self._leads_back(parent, account_id):
            reason = "the account would be its own parent; the parent was left out"
            self._load.note_review(row.line, "parent", reason, who(row))
            return None
        self._parent_of[account_id] = parent
        return parent

    def _leads_back(self, parent: int, account_id: int) -> bool:
        at: int | None = parent
        while at is not None:
            if at == account_id:
                return True
            at = self._parent_of.get(at)
        return False


def _propose(load: Load, lookalikes: Lookalikes, one: int, row: AccountRow) -> None:
    alike = lookalikes.of(one, row.name)
    if alike:
        load.propose(row.line, "account", f"{row.name} may be an account that is in the book already", one, alike)
