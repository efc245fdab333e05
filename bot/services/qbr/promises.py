"""What was promised: in the last review, and otherwise; and what became of it by the end of the period."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bot.domain.ids import id_text
from bot.domain.qbr.promises import fate
from bot.services.qbr.gather import Gathered
from bot.services.results.qbr import QbrAction, QbrBody, QbrPromise
from bot.storage.database import AnyRow


def reviewed(found: Gathered) -> tuple[QbrPromise, ...]:
    """Promises to report on: those of the last review, and those that were due, kept or missed in the period; ours
    first, then by the day they were due. What is due later is next quarter's plan."""
    agreed = {one.id: one for one in _last_actions(found) if one.id is not None}
    rows = {id_text(row.id): row for row in found.promises}
    listed = [_promise(found, row, agreed.get(key)) for key, row in rows.items() if _belongs(found, row, key in agreed)]
    listed += [_unrecorded(one) for one in _last_actions(found) if one.id is None or one.id not in rows]
    told = [one for one in listed if one is not None]
    return tuple(sorted(told, key=lambda one: (one.by != "us", one.due_on or date.max, one.text)))


def planned(found: Gathered) -> tuple[QbrAction, ...]:
    """What is still open and due after the period, or on no day: next quarter's plan to begin with."""
    rows = [row for row in found.promises if row.status == "open" and not _overdue(found, row)]
    return tuple(
        QbrAction(
            id=id_text(row.id), text=row.quote, owner=_owner(found, row), by=row.by, due_on=row.due_on,
            measure=row.metric, internal=row.visibility == "internal",
        )
        for row in rows
    )  # fmt: skip


def _last_actions(found: Gathered) -> Iterator[QbrAction]:
    if found.last_review is not None:
        yield from QbrBody.model_validate(found.last_review.body).actions


def _overdue(found: Gathered, row: AnyRow) -> bool:
    return row.due_on is not None and row.due_on <= found.period.this.last


def _belongs(found: Gathered, row: AnyRow, agreed: bool) -> bool:
    first, last = found.period.this.first, found.period.this.last
    if row.made_on is not None and row.made_on > last:
        return False
    if agreed or (row.due_on is not None and first <= row.due_on <= last):
        return True
    if row.kept_on is not None:
        return bool(first <= row.kept_on <= last)
    return row.status == "open" and _overdue(found, row)


def _promise(found: Gathered, row: AnyRow, agreed: QbrAction | None) -> QbrPromise | None:
    became = fate(row.status, row.due_on, row.kept_on, found.period.this.last)
    if became == "dropped":
        return None
    return QbrPromise(
        text=row.quote, by=row.by, owner=_owner(found, row), due_on=row.due_on, settled_on=row.kept_on, fate=became,
        from_last_review=agreed is not None, internal=row.visibility == "internal", source=id_text(row.id),
    )  # fmt: skip


def _unrecorded(one: QbrAction) -> QbrPromise:
    """Agreed in the last review, and not tracked since: what became of it is not known, so it stays open."""
    return QbrPromise(
        text=one.text, by=one.by, owner=one.owner, due_on=one.due_on, settled_on=None, fate="open",
        from_last_review=True, internal=one.internal, source=None,
    )  # fmt: skip


def _owner(found: Gathered, row: AnyRow) -> str | None:
    owner: str | None = row.owner
    return owner or (found.name if row.by == "them" else None)
