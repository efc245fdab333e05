"""What the index of words proposes: only what may be seen, and never less of it because of what may not."""

from __future__ import annotations

import pytest

from bot.domain.audience import Audience, Reach
from bot.storage.queries import notes
from bot.storage.queries.notes import Wanted, proposed, said
from tests.services.access.book import actor_of, seen_by
from tests.services.access.test_sight import restrict
from tests.services.clerk import Clerk


def found(book: Clerk, audience: Audience, most: int, accounts: list[int] | None = None) -> list[str]:
    """The accounts whose notes are proposed, the newest first."""
    with book.database.reading(audience) as reader:
        ids = proposed(reader, Wanted(("pricing",), accounts), most)
        talks, _, _ = said(reader, list(ids))
        assert len(talks) == len(ids)
    return [row.account for row in sorted(talks, key=lambda row: -row.id)]


@pytest.fixture(params=[400, 0], ids=["named to the index", "sifted afterwards"])
def many(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(notes, "MOST_ACCOUNTS", request.param)
    return int(request.param)


@pytest.mark.usefixtures("many")
def test_hidden_notes_take_no_place_from_others(book: Clerk) -> None:
    everyone = seen_by(actor_of(book, "Ida Holm"))
    assert found(book, everyone, 9) == ["Echo", "Dune", "Crux", "Bolt", "Acme"]
    assert found(book, everyone, 1) == ["Echo"]
    assert found(book, seen_by(actor_of(book, "Ida Holm", Reach.OWN)), 1) == ["Acme"]
    assert found(book, seen_by(actor_of(book, "Ida Holm", Reach.TEAM)), 1) == ["Bolt"]
    restrict(book, "Echo")
    restrict(book, "Dune", "Tom Falk")
    assert found(book, everyone, 1) == ["Crux"]
    assert found(book, seen_by(actor_of(book, "Tom Falk")), 1) == ["Dune"]
    together = seen_by(actor_of(book, "Tom Falk"), actor_of(book, "Ole Berg", Reach.TEAM))
    assert found(book, together, 9) == ["Bolt", "Acme"]
    assert found(book, seen_by(actor_of(book, "Pia Lund", Reach.OWN), actor_of(book, "Ida Holm", Reach.OWN)), 9) == []


@pytest.mark.usefixtures("many")
def test_asking_for_a_hidden_account_finds_nothing(book: Clerk) -> None:
    restrict(book, "Echo")
    by_name = {row.name: int(row.id) for row in book.rows("account")}
    ida = seen_by(actor_of(book, "Ida Holm"))
    assert found(book, ida, 9, [by_name["Echo"]]) == []
    assert found(book, ida, 9, [by_name["Echo"], by_name["Bolt"]]) == ["Bolt"]
