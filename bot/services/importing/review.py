"""What an import left for a person to decide, and what the decision does."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bot.domain.audience import Audience
from bot.domain.ids import id_text, parse_id
from bot.services.errors import BadInput, NotFound
from bot.services.importing.batch import Now, recover, require_no_import, require_writer
from bot.services.importing.joining import merge
from bot.services.lookup import require_internal
from bot.services.results import Result
from bot.storage import audit, reviews
from bot.storage.database import Database, Reader


class ReviewItem(Result):
    """One thing to decide: why, where it stands, and for `same?` which two things may be one."""

    item: str
    kind: str
    reason: str
    file: str | None
    line: int | None
    this: str | None
    others: tuple[str, ...]
    cells: Any
    at: datetime


def open_items(
    database: Database, audience: Audience, item: str | None = None, limit: int = 200
) -> tuple[ReviewItem, ...]:
    """Undecided items, proposals first; one of them when named."""
    require_internal(audience)
    with database.reading(audience) as reader:
        rows = reviews.open_items(reader, limit) if item is None else [_found(reader, item)]
        return tuple(_shown(reader, row) for row in rows)


def waiting(database: Database, audience: Audience) -> int:
    """How many items nobody has decided on."""
    require_internal(audience)
    with database.reading(audience) as reader:
        return reviews.count_open(reader)


def _found(reader: Reader, item: str) -> Any:
    item_id = parse_id(item)
    row = reviews.get_or_none(reader, item_id) if item_id is not None else None
    if row is None:
        raise NotFound(f"There is no review item {item}; `steward import review` lists them.")
    return row


def _shown(reader: Reader, row: Any) -> ReviewItem:
    candidates = row.candidates or {}
    ids = [candidates.get("this"), *candidates.get("others", ())] if candidates else []
    names = reviews.names(reader, candidates["noun"], [parse_id(one) or 0 for one in ids]) if ids else {}
    return ReviewItem(
        item=id_text(row.id),
        kind=row.kind,
        reason=row.reason,
        file=row.file_name,
        line=row.line,
        this=names.get(parse_id(ids[0]) or 0) if ids else None,
        others=tuple(name for one in ids[1:] if (name := names.get(parse_id(one) or 0))),
        cells=row.cells,
        at=row.started_at,
    )


class Decision(Result):
    """What was decided, and what that did; `change` takes a merge back (`steward import undo CHANGE`)."""

    item: str
    verdict: str
    sentence: str
    change: str | None


def decide(database: Database, audience: Audience, now: Now, item: str, verdict: str) -> Decision:
    """Accept or dismiss an item; says what was done. Accepting a proposal merges the newer thing into the older one.

    Raises NotFound for an unknown item, BadInput for one that is decided or cannot be accepted, Busy while an import
    loads.
    """
    require_writer(audience)
    recover(database, audience, now)
    with database.writing(audience, now()) as writer:
        require_no_import(writer)
        row = _found(writer, item)
        if row.state != "open":
            raise BadInput(f"Review item {item} was {row.state} already; nothing was changed.")
        if verdict == "accepted":
            if row.kind != "same?":
                raise BadInput(
                    "Only a proposal can be accepted; correct the file and import it again, or dismiss this."
                )
            candidates = row.candidates
            this, other = parse_id(candidates["this"]) or 0, parse_id(candidates["others"][0]) or 0
            names = reviews.names(writer, candidates["noun"], [this, other])
            if len(names) < 2:
                raise BadInput("One of the two is gone by now; dismiss this item.")
            change_id = writer.begin_change("merge", note=f"merge {names[this]} into {names[other]}")
            moved = merge(writer, candidates["noun"], this, other, change_id)
            change = id_text(change_id)
            sentence = (
                f"{names[this]} is now part of {names[other]}: {moved} rows moved. "
                f"Take it back with: steward import undo {change}"
            )
        else:
            change, sentence = None, "Dismissed; nothing else was changed."
        reviews.settle(writer, row.id, verdict)
        audit.append(
            writer,
            "review",
            None,
            {"item": item, "change": change},
            [audit.Value("review.state", "open", verdict, row.id)],
        )
        return Decision(item=item, verdict=verdict, sentence=sentence, change=change)
