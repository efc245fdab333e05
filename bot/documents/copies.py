"""A review cut for its readers.

In a customer's copy internal parts do not exist: they are left out when the copy is built, never hidden in it. Reasons
and links into the team's tools are left out too. A `Copy` with anything internal in it cannot be made.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

from bot.documents.model import (
    Block,
    Cell,
    Citation,
    Frozen,
    Marked,
    Marking,
    Missing,
    Readers,
    Review,
    Section,
    Table,
)

CLEARED = Marking(visibility="client-safe", reason="")
_Part = TypeVar("_Part", bound=Marked)


class InternalInCopyError(Exception):
    """A copy for the customer holds something internal. Cut the review with `for_audience`."""


@dataclass(frozen=True, slots=True)
class Copy:
    """What certain readers get: the only thing that writers take."""

    review: Review
    readers: Readers

    def __post_init__(self) -> None:
        if not self.readers.are_outside:
            return
        for part in parts_of(self.review):
            if part.is_internal or part.marking != CLEARED:
                raise InternalInCopyError(f"{type(part).__name__} in a copy for the customer: {part.marking.reason}")

    @property
    def is_internal(self) -> bool:
        return not self.readers.are_outside


def for_audience(review: Review, readers: Readers) -> Copy:
    """The copy for these readers; sections and blocks that nothing is left of are left out.

    In the internal copy a section without blocks is named among what is missing.
    """
    sections = tuple(cut for section in review.sections if (cut := _section(section, readers)) is not None)
    missing = _all(review.missing, readers)
    if not readers.are_outside:
        missing += tuple(
            Missing(what=f"{section.title}: nothing is recorded") for section in review.sections if section.is_empty
        )
    parts = {
        "sections": sections,
        "missing": missing,
        "definitions": _all(review.definitions, readers),
    }
    return Copy(review.model_copy(update=parts), readers)


def parts_of(value: Frozen) -> Iterator[Marked]:
    """Every marked part, at any depth, containers first."""
    if isinstance(value, Marked):
        yield value
    for name in type(value).model_fields:
        held = getattr(value, name)
        for inner in held if isinstance(held, tuple) else (held,):
            if isinstance(inner, Frozen) and not isinstance(inner, Marking):
                yield from parts_of(inner)


def _section(section: Section, readers: Readers) -> Section | None:
    if section.only_for and readers not in section.only_for:
        return None
    wanted = tuple(block for block in section.blocks if not block.only_for or readers in block.only_for)
    return _cut(section.model_copy(update={"blocks": wanted}), readers)


def _all(parts: tuple[_Part, ...], readers: Readers) -> tuple[_Part, ...]:
    return tuple(cut for part in parts if (cut := _cut(part, readers)) is not None)


def _cut(part: _Part, readers: Readers) -> _Part | None:
    """The part without what these readers may not see, or None when they may see nothing of it."""
    if readers.are_outside and part.is_internal:
        return None
    changes: dict[str, object] = {}
    if isinstance(part, Table) and readers.are_outside:
        part = part.model_copy(update=_cut_table(part))
    for name in type(part).model_fields:
        held = getattr(part, name)
        if isinstance(held, Marked):
            changes[name] = _cut(held, readers)
        elif isinstance(held, tuple) and held and isinstance(held[0], Marked):
            changes[name] = _all(held, readers)
    if readers.are_outside:
        changes["marking"] = CLEARED
        if isinstance(part, Citation) and not part.opens_for_customer:
            changes["url"] = None
    return _whole(part, changes)


def _whole(part: _Part, changes: dict[str, object]) -> _Part | None:
    """The part with its changes, or None when it lost what it cannot be without."""
    if changes.get("statement", part) is None:  # a paragraph whose sentence is internal
        return None
    cut = part.model_copy(update=changes)
    return None if cut.is_empty and isinstance(cut, Block | Section) else cut


def _cut_table(table: Table) -> dict[str, object]:
    """Internal columns with their cells go; an internal cell that remains becomes an empty one."""
    kept = [at for at, column in enumerate(table.columns) if not column.is_internal]
    blank = Cell(text="", marking=CLEARED)
    rows = tuple(
        row.model_copy(update={"cells": tuple(blank if row.cells[at].is_internal else row.cells[at] for at in kept)})
        for row in table.rows
    )
    return {"columns": tuple(table.columns[at] for at in kept), "rows": rows}
