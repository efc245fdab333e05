"""What changed about a set of accounts, from the versions that recent changes wrote."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import groupby
from typing import get_args

from bot.domain.ids import id_text
from bot.services.results import Brought, News, NewsItem, NewsKind
from bot.storage.database import AnyRow, Reader
from bot.storage.queries import news as queries

_LATE = timedelta(days=7)
"""How much later than it happened something may arrive and still be news: exports come once a week."""

_LEFT = timedelta(days=30)
_KINDS: tuple[NewsKind, ...] = get_args(NewsKind)


@dataclass(frozen=True, slots=True)
class Recent:
    """The accounts that are asked about, by id, and what became visible since an instant; `me` is the asker."""

    reader: Reader
    names: Mapping[int, str]
    changes: Sequence[AnyRow]
    since: datetime
    me: int
    low_score: int

    @property
    def written(self) -> list[int]:
        return [row.id for row in self.changes]


def news(recent: Recent) -> list[News]:
    """What is new by account, what matters most first. Of an account that is itself new everything is, so it is left
    to `brought`."""
    if not recent.changes:
        return []
    rows = queries.accounts(recent.reader, sorted(recent.names), recent.written)
    new = {row.id for row in rows if row.first}
    known = [one for one in recent.names if one not in new]
    if not known:
        return []
    found: dict[int, list[NewsItem]] = {}
    for each in _read(recent, known).values():
        for one, items in groupby(sorted(each, key=_account), key=_account):
            found.setdefault(one, []).append(_together([item for _, item in items]))
    told = [
        News(account_id=id_text(one), account=recent.names[one], items=tuple(sorted(items, key=_rank)))
        for one, items in found.items()
    ]
    return sorted(told, key=lambda one: (_rank(one.items[0]), one.account))


def brought(recent: Recent) -> tuple[Brought, ...]:
    """Imports that wrote about these accounts, newest first; conversations and usage do not count, every export has
    some."""
    imports = {row.id: row for row in recent.changes if row.kind == "import"}
    if not imports:
        return ()
    touched: dict[int, set[int]] = {}
    ids, changes = sorted(recent.names), sorted(imports)
    rows = queries.accounts(recent.reader, ids, changes)
    for account_id, change_id in ((row.id, row.v_in) for row in rows):
        touched.setdefault(change_id, set()).add(account_id)
    for account_id, change_id in queries.written_about(recent.reader, ids, changes):
        touched.setdefault(change_id, set()).add(account_id)
    return tuple(
        Brought(
            note=imports[one].note or "",
            at=imports[one].published_at,
            accounts=len(accounts),
            new=sum(row.first and row.v_in == one for row in rows),
        )
        for one, accounts in sorted(touched.items(), reverse=True)
    )


_Each = Iterable[tuple[int, NewsItem]]


def _read(recent: Recent, ids: list[int]) -> dict[NewsKind, _Each]:
    """(account, news) by kind, the newest of an account first."""
    reader, changes, late = recent.reader, recent.written, recent.since - _LATE
    left_since = (recent.since - _LEFT).date()
    contracts = queries.contracts(reader, ids, changes)
    return {
        "ticket": [
            _one(row, "ticket", row.subject, urgent=row.priority == "urgent" or row.escalated)
            for row in queries.tickets(reader, ids, changes, late)
        ],
        "answer": [
            _one(row, "answer", _score(row), urgent=row.kind == "nps" and row.score <= recent.low_score)
            for row in queries.answers(reader, ids, changes, late)
        ],
        "left": [_one(row, "left", row.name, by=row.role) for row in queries.leavers(reader, ids, changes, left_since)],
        "contract": [_contract(row, "contract") for row in contracts if not row.first],
        "new contract": [_contract(row, "new contract") for row in contracts if row.first],
        "yours": [_one(row, "yours") for row in queries.assigned(reader, ids, changes, recent.me)],
        "touch": [
            _one(row, "touch", row.kind, by=row.author)
            for row in queries.touches(reader, ids, changes, late, recent.me)
        ],
    }


def _one(
    row: AnyRow, kind: NewsKind, subject: str | None = None, *, by: str | None = None, urgent: bool = False
) -> tuple[int, NewsItem]:
    return row.account_id, NewsItem(kind=kind, count=1, subject=subject, by=by, urgent=urgent)


def _contract(row: AnyRow, kind: NewsKind) -> tuple[int, NewsItem]:
    return row.account_id, NewsItem(kind=kind, count=1, subject=row.number, on=row.ends_on)


def _account(entry: tuple[int, NewsItem]) -> int:
    return entry[0]


def _together(items: Sequence[NewsItem]) -> NewsItem:
    """Several of a kind as one; an urgent one speaks for them, else the newest."""
    first = next((item for item in items if item.urgent), items[0])
    return first.model_copy(update={"count": len(items)})


def _rank(item: NewsItem) -> tuple[bool, int]:
    return not item.urgent, _KINDS.index(item.kind)


def _score(row: AnyRow) -> str:
    score: Decimal = row.score
    return f"{row.kind.upper()} {score.normalize():f} of {row.scale_max}"
