"""The customer's copy: what is internal is not in it, by construction."""

from __future__ import annotations

from typing import get_args

import pytest

from bot.documents.copies import Copy, InternalInCopyError, for_audience, parts_of
from bot.documents.model import AnyBlock, Readers, Review, Table, internal
from tests.documents.reviews import SHOWN, adoption, overloaded, review, said, small, summary, typical

OUTSIDE = [Readers.EXEC, Readers.CHAMPION]


PLANTED = "quokka"
KEPT_AS_IS = {"kind", "key", "at", "as_of", "due", "settled", "form", "state"}


def with_secret(whole: Review, index: int) -> Review:
    """The review with its part number `index` marked internal, and a secret in each text of it and below it."""
    seen = -1

    def walk(value: object, name: str, planting: bool) -> object:
        nonlocal seen
        if isinstance(value, list):
            return [walk(inner, name, planting) for inner in value]
        if isinstance(value, str):
            return f"{value} {PLANTED}" if planting and name not in KEPT_AS_IS else value
        if not isinstance(value, dict):
            return value
        mark = value.get("marking")
        if mark is not None:
            seen += 1
            if seen == index:
                planting, mark = True, internal(PLANTED).model_dump()
        return {
            key: mark
            if key == "marking"
            else walk(inner, key, planting and key not in ("totals", "values", "only_for"))
            for key, inner in value.items()
        }

    return Review.model_validate(walk(whole.model_dump(mode="json"), "", planting=False))


@pytest.mark.parametrize("readers", OUTSIDE)
def test_whatever_is_marked_internal_is_not_in_the_copy(readers: Readers) -> None:
    """Each part of a whole review in turn: it and all below it are gone."""
    whole = typical()
    for index, part in enumerate(parts_of(whole)):
        secret = with_secret(whole, index)
        assert PLANTED in secret.model_dump_json()
        assert PLANTED not in for_audience(secret, readers).review.model_dump_json(), part


def test_reasons_and_links_into_tools_stay_inside() -> None:
    dumped = for_audience(typical(), Readers.CHAMPION).review.model_dump_json()
    assert "crm.example.com" not in dumped
    assert "shared with the customer before" not in dumped
    assert "crm.example.com" in for_audience(typical(), Readers.INTERNAL).review.model_dump_json()


def test_unmarked_is_internal() -> None:
    for block in get_args(get_args(AnyBlock)[0]):
        assert block.model_fields["marking"].default.visibility == "internal"


def test_nothing_is_left_of_a_block_whose_content_is_internal() -> None:
    secret = internal("a secret")
    chart = adoption().model_copy(
        update={"series": tuple(one.model_copy(update={"marking": secret}) for one in adoption().series)}
    )
    assert for_audience(review(chart), Readers.EXEC).review.sections == ()


def test_an_internal_column_takes_its_cells_along() -> None:
    copy = for_audience(typical(), Readers.EXEC)
    table = next(block for section in copy.review.sections for block in section.blocks if isinstance(block, Table))
    assert [column.title for column in table.columns] == ["Product", "Quantity", "Ends"]
    assert [len(row.cells) for row in table.rows] == [3, 3]
    assert "120,000" not in copy.review.model_dump_json()


def test_blocks_for_certain_readers() -> None:
    block = summary().model_copy(update={"only_for": frozenset({Readers.EXEC})})
    assert for_audience(review(block), Readers.EXEC).review.sections
    assert not for_audience(review(block), Readers.CHAMPION).review.sections


def test_a_copy_with_something_internal_cannot_be_made() -> None:
    with pytest.raises(InternalInCopyError):
        Copy(typical(), Readers.EXEC)
    with pytest.raises(InternalInCopyError):  # marked client-safe, yet not cut: its reasons are internal
        Copy(review(summary()), Readers.EXEC)


def test_an_empty_section_is_named_as_missing_for_the_team_only() -> None:
    assert "Outcomes and value: nothing is recorded" in [
        missing.what for missing in for_audience(small(), Readers.INTERNAL).review.missing
    ]
    assert for_audience(small(), Readers.EXEC).review.missing == ()


@pytest.mark.parametrize("whole", [small(), typical(), overloaded()])
def test_a_review_survives_json(whole: Review) -> None:
    assert Review.model_validate_json(whole.model_dump_json()) == whole


def test_a_statement_of_a_person_keeps_its_author() -> None:
    assert said("Ours.", marking=SHOWN).model_copy(update={"by": "Maya"}).by == "Maya"
