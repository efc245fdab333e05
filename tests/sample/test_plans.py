"""The plans of the sample book fit the book, and the forms they are written through."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.sample.book import COMPANIES
from bot.sample.cast import MEMBERS, PRODUCTS
from bot.sample.plans import PLANS, PlanNote
from bot.services.plans.fields import cells_of
from bot.services.plans.parts import SPECS

TODAY = date(2026, 3, 4)
NOTES = [(account, note) for account, notes in PLANS.items() for note in notes]


@pytest.mark.parametrize(("account", "note"), NOTES)
def test_an_entry_is_one_that_somebody_could_have_typed(account: str, note: PlanNote) -> None:
    assert account in {company.name for company in COMPANIES}
    [spec] = [spec for part, spec in SPECS.items() if part == note.part]
    days = {name: (TODAY + timedelta(days=ago)).isoformat() for name, ago in note.days.items()}
    typed = {**note.fields, **days}
    assert typed.keys() <= {one.name for one in spec.fields}
    cells_of(spec, typed)
    assert note.owner in {"", *(member.name for member in MEMBERS)}
    assert note.product in {"", *(product.name for product in PRODUCTS)}
    told = [one.fields["text"] for one in PLANS[account] if one.part == "objective"]
    assert note.serves in {"", *told}
    if note.part == "action":
        assert note.owner or note.fields.get("by") == "them"
