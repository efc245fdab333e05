"""Loading things with an identity: members, products, accounts, people, contracts, opportunities."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from bot.domain.names import fold, squash
from bot.domain.records import (
    AccountRow,
    ContractRow,
    MemberRow,
    OpportunityRow,
    PersonRow,
    ProductRow,
    Ref,
)
from bot.services.importing.accounts import Lookalikes, key_of, match
from bot.services.importing.loading import Load, chunks
from bot.services.importing.merge import NounMerger, Thing
from bot.services.importing.report import Tally
from bot.storage import identities
from bot.storage.database import Writer
from bot.storage.identities import Name

NO_ACCOUNT = "names no account that is in the book"


def _loop(load: Load, noun: str, identify: Callable[[Any], Thing | None]) -> None:
    """Chunk by chunk: who is each row, then merge."""
    merger = NounMerger(load.batch, noun, load.file_id, load.tally)
    for rows in chunks(load):
        things = [thing for row in rows if (thing := identify(row)) is not None]
        with load.batch.chunk() as writer:
            merger.merge(writer, things)


def load_members(load: Load) -> None:
    directory = load.batch.directory

    def identify(row: MemberRow) -> Thing:
        key = row.external_id or (f"email:{row.email.lower()}" if row.email else f"name:{fold(row.name)}")
        known = directory.by_own_id("member", key) or directory.same_member(row.external_id, row.name, row.email)
        one = known or directory.new_entity("member", key)
        directory.add_ref("member", key, one)
        directory.learn_member(one, fold(row.name), row.email)
        cells = {
            "name": row.name, "folded": fold(row.name), "email": row.email.lower() if row.email else None,
            "active": row.active, "role": row.role, "team": row.team, "timezone": row.timezone,
            "slack_user_id": row.slack_user_id, "manager_id": load.member(row.manager),
        }  # fmt: skip
        return Thing(row.line, key, one, cells, row.name)

    _loop(load, "member", identify)


def load_products(load: Load) -> None:
    directory = load.batch.directory

    def identify(row: ProductRow) -> Thing:
        key = row.external_id or f"name:{fold(row.name)}"
        known = directory.by_own_id("product", key) or directory.same_product(row.external_id, row.name)
        one = known or directory.new_entity("product", key)
        directory.add_ref("product", key, one)
        alike = directory.similar_product(row.name)
        if known is None and alike is not None:
            load.propose(row.line, "product", f"{row.name} may be the product {alike[1]}", one, [alike[0]])
        cells = {
            "name": row.name, "squashed": squash(row.name), "family": row.family, "list_price": row.list_price,
            "currency": row.currency,
        }  # fmt: skip
        directory.learn_product(one, row.name)
        return Thing(row.line, row.external_id, one, cells, row.name)

    _loop(load, "product", identify)


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
            self._load.note_review(row.line, "parent", f"the parent {row.parent.key!r} is not in the book", _who(row))
            return None
        if self._leads_back(parent, account_id):
            reason = "the account would be its own parent; the parent was left out"
            self._load.note_review(row.line, "parent", reason, _who(row))
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


def _who(row: AccountRow | PersonRow | OpportunityRow) -> dict[str, str]:
    """What tells the row apart from others on the review list."""
    return {"id": row.external_id or "", "name": row.name}


def _propose(load: Load, lookalikes: Lookalikes, one: int, row: AccountRow) -> None:
    alike = lookalikes.of(one, row.name)
    if alike:
        load.propose(row.line, "account", f"{row.name} may be an account that is in the book already", one, alike)


def load_people(load: Load) -> None:
    directory = load.batch.directory

    def identify(row: PersonRow) -> Thing | None:
        account_id = directory.account(row.refs, "person", row.external_id)
        if row.deleted:
            load.tally.leave_out("skipped", "deleted or merged in the source", row.line)
            return None
        made_up = f"email:{row.email.lower()}" if row.email else f"name:{account_id or ''}:{fold(row.name)}"
        key = row.external_id or made_up
        known = directory.by_own_id("person", key)
        if known is None and account_id is not None:
            ref = Ref("person", "email", row.email) if row.email else Ref("person", "name", row.name)
            alike = directory.person(ref, account_id)
            another = alike is not None and row.external_id is not None and directory.is_known_to_source(alike)
            known = None if another else alike
        one = known or directory.new_entity("person", key)
        directory.add_ref("person", key, one)
        directory.learn_person(one, account_id, row.email, row.name)
        if account_id is None:
            load.note_review(row.line, "no account", f"the person {NO_ACCOUNT}", _who(row))
        cells = {
            "account_id": account_id, "name": row.name, "email": row.email.lower() if row.email else None,
            "title": row.title, "department": row.department, "role": row.role, "stance": row.stance,
            "active": row.active and row.left_on is None, "left_on": row.left_on,
        }  # fmt: skip
        return Thing(row.line, key, one, cells, row.name)

    _loop(load, "person", identify)


def load_opportunities(load: Load) -> None:
    directory = load.batch.directory

    def identify(row: OpportunityRow) -> Thing | None:
        if row.deleted:
            load.tally.leave_out("skipped", "deleted in the source", row.line)
            return None
        account_id = directory.account(row.refs, "opportunity", row.external_id)
        if account_id is None:
            load.note_review(row.line, "no account", f"the opportunity {NO_ACCOUNT}", _who(row))
        key = row.external_id or f"name:{account_id}:{fold(row.name)}:{row.opened_on}:{row.amount}"
        one = directory.by_own_id("opportunity", key) or directory.new_entity("opportunity", key)
        directory.learn_account_of("opportunity", one, account_id)
        product_id = load.product(row.product, row.line)
        cells = {
            "account_id": account_id, "product_id": product_id, "owner_id": load.member(row.owner), "name": row.name,
            "kind": row.kind, "stage": row.stage, "outcome": row.outcome, "amount": row.amount,
            "currency": row.currency, "probability": row.probability, "opened_on": row.opened_on,
            "closed_on": row.closed_on, "next_step": row.next_step, "reason": row.reason,
        }  # fmt: skip
        return Thing(row.line, key, one, cells, row.name)

    _loop(load, "opportunity", identify)


def contract_key(row: ContractRow, account_id: int) -> str:
    """What names the contract of a line: its number within the account, else the line's own id or its dates."""
    if row.number:
        return f"number:{account_id}:{row.number}"
    return (
        row.external_id or f"dates:{account_id}:{row.starts_on}:{row.ends_on}:{row.product.key if row.product else ''}"
    )


def load_contracts(load: Load) -> None:
    """The contracts behind the lines of a file: lines with one number are one contract."""
    directory = load.batch.directory
    found: dict[str, dict[str, Any]] = {}
    lines: dict[str, int] = {}
    for rows in chunks(load, quiet=True):
        for row in rows:
            account_id = load.account(row.refs, "contract", row.external_id)
            if account_id is not None and not row.deleted:
                key = contract_key(row, account_id)
                found[key] = _joined(found.get(key), row, account_id)
                lines.setdefault(key, row.line)
    aside = Tally()  # rows are counted as lines
    merger = NounMerger(load.batch, "contract", load.file_id, aside)
    for keys in _sliced(list(found)):
        things = []
        for key in keys:
            one = directory.by_own_id("contract", key) or directory.new_entity("contract", key)
            directory.learn_account_of("contract", one, found[key]["account_id"])
            things.append(Thing(lines[key], key, one, found[key], found[key]["number"] or key))
        with load.batch.chunk() as writer:
            merger.merge(writer, things)
    for line in aside.diff:
        load.tally.show(line)


def _joined(so_far: dict[str, Any] | None, row: ContractRow, account_id: int) -> dict[str, Any]:
    """One contract from its lines: the widest dates, the longest notice, automatic when any line says so."""
    cells: dict[str, Any] = {
        "account_id": account_id, "number": row.number, "starts_on": row.starts_on, "ends_on": row.ends_on,
        "auto_renew": row.auto_renew, "notice_days": row.notice_days,
        "notice_business_days": row.notice_business_days, "signed_on": row.signed_on, "status": row.status,
    }  # fmt: skip
    if so_far is None:
        return cells
    open_ended = so_far["ends_on"] is None or row.ends_on is None
    return {
        **{name: so_far[name] if so_far[name] is not None else value for name, value in cells.items()},
        "starts_on": min((d for d in (so_far["starts_on"], row.starts_on) if d), default=None),
        "ends_on": None if open_ended else max(so_far["ends_on"], row.ends_on),
        "notice_days": max((n for n in (so_far["notice_days"], row.notice_days) if n is not None), default=None),
        "auto_renew": so_far["auto_renew"] or row.auto_renew,
    }


def _sliced(keys: list[str], size: int = 2_000) -> Iterator[list[str]]:
    for start in range(0, len(keys), size):
        yield keys[start : start + size]
