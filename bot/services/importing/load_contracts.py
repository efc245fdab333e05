"""Loading contracts: the lines of a file that carry one number are one contract."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.domain.records import ContractRow
from bot.services.importing.loading import Load, chunks
from bot.services.importing.merge import NounMerger, Thing
from bot.services.importing.report import Tally


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
