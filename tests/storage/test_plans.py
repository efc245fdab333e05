"""What stands in a plan, as it was written and after it was taken back."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

from bot.domain.audience import SHELL, only_the_asker
from bot.storage import batches, edits
from bot.storage.database import Database
from bot.storage.queries import plans
from bot.storage.tables import (
    account,
    account_plan,
    commitment,
    growth_idea,
    objective,
    outcome,
    plan_review,
    request,
)

NOW = datetime(2026, 3, 4, 10, 15, tzinfo=UTC)
SELF = only_the_asker(SHELL)


def _written(database: Database) -> tuple[int, int]:
    """An account with one row of each part; its id and the change."""
    with database.writing(SELF, NOW) as writer:
        with edits.edit(writer, "acme") as first:
            one = first.add(account, {"name": "Acme"})
        with edits.edit(writer, "the plan of Acme") as edit:
            about = {"account_id": one}
            edit.add(account_plan, about | {"why_bought": "fewer tools", "visibility": "internal"})
            goal = edit.add(objective, about | {"text": "Close faster", "status": "open"})
            edit.add(
                outcome,
                about
                | {
                    "objective_id": goal,
                    "what": "Two days saved",
                    "amount": Decimal("1200.50"),
                    "currency": "EUR",
                    "reached_on": date(2026, 2, 1),
                    "visibility": "client-safe",
                },
            )
            edit.add(request, about | {"what": "an export", "status": "open", "visibility": "client-safe"})
            edit.add(growth_idea, about | {"what": "Payroll", "state": "idea", "unit": "HR"})
            promise = about | {"by": "us", "quote": "train HR", "status": "open"}
            edit.add(commitment, promise | {"metric": "20 people trained", "objective_id": goal})
            edit.add(commitment, promise | {"quote": "no action, a promise"})
            edit.add(plan_review, about | {"reviewed_at": NOW, "reviewed_by": "Maya"})
        return one, edit.change_id


def test_every_part_of_a_plan_is_read_with_what_it_points_at(database: Database) -> None:
    one, _ = _written(database)
    with database.reading(SELF) as reader:
        assert plans.plans(reader, [one])[one].why_bought == "fewer tools"
        (goal,) = plans.objectives(reader, [one])[one]
        (value,) = plans.outcomes(reader, [one])[one]
        assert (goal.text, value.objective, value.amount) == ("Close faster", "Close faster", Decimal("1200.50"))
        assert [row.what for row in plans.requests(reader, [one])[one]] == ["an export"]
        assert [row.unit for row in plans.ideas(reader, [one])[one]] == ["HR"]
        (action,) = plans.actions(reader, [one])[one]
        assert (action.quote, action.metric, action.objective) == ("train HR", "20 people trained", "Close faster")
        (review,) = plans.reviews(reader, [one])[one]
        assert (review.reviewed_by, review.written_at) == ("Maya", NOW)


def test_a_plan_that_was_taken_back_is_gone(database: Database) -> None:
    one, change_id = _written(database)
    with database.writing(SELF, NOW) as writer:
        found = batches.get_or_none(writer, change_id)
        assert found is not None
        assert edits.undo(writer, found) is None
    with database.reading(SELF) as reader:
        for read in (plans.plans, plans.objectives, plans.outcomes, plans.requests, plans.ideas, plans.actions):
            assert read(reader, [one]) == {}
