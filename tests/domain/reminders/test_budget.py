"""Few messages a day, the rest in the morning."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime
from importlib.resources import files
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.policy import ReminderPolicy, parse_policy
from bot.domain.reminders.budget import COUNTED, Due, Said, over_budget
from bot.domain.reminders.reminder import Reminder
from bot.domain.reminders.wanted import OWNER, Rule

NOW = datetime(2026, 3, 4, 9, tzinfo=UTC)
_SHIPPED = parse_policy((files("bot") / "policies" / "reminders.yml").read_text("utf-8"), "reminders.yml")
assert isinstance(_SHIPPED, ReminderPolicy)
POLICY = _SHIPPED


def row(number: int, account: int | None, rule: Rule = "renewal", milestone: int = 30) -> Reminder:
    return Reminder(
        id=number, rule=rule, account_id=account, anchor_id=number, anchor_on=date(2026, 4, 3), milestone=milestone,
        recipient=OWNER, carrier="own", zone="UTC", due_at=NOW, wanted_at=NOW, state="claimed", reason=None,
        claimed_at=NOW, attempts=0, channel=None, ts=None, sent_at=None, acted=None, acted_by=None, follows=None,
    )  # fmt: skip


def due(number: int, account: int | None = None, *, to: str = "UMAYA", pressing: bool = False, **more: Any) -> Due:
    return Due(row(number, account if account is not None else number, **more), to, pressing)


def test_four_are_said_and_the_fifth_waits_for_the_morning() -> None:
    over = over_budget([due(number) for number in range(1, 7)], {}, POLICY)
    assert over == {5: "there were 4 messages today", 6: "there were 4 messages today"}


def test_what_was_said_before_counts() -> None:
    assert list(over_budget([due(1), due(2)], {"UMAYA": Said(3, frozenset())}, POLICY)) == [2]


def test_everybody_has_a_budget_of_their_own() -> None:
    both = [due(number, to=to) for number, to in enumerate(["UMAYA", "UJONAS"] * 4)]
    assert over_budget(both, {}, POLICY) == {}


def test_one_message_a_day_about_an_account() -> None:
    over = over_budget([due(1, 7, milestone=14), due(2, 7, milestone=30)], {}, POLICY)
    assert over == {2: "there was a message about this account today"}
    assert list(over_budget([due(3, 7)], {"UMAYA": Said(1, frozenset({7}))}, POLICY)) == [3]


def test_the_nearest_are_said_first() -> None:
    asked = [due(1, milestone=30), due(2, milestone=30), due(3, milestone=7), due(4, milestone=14), due(5, milestone=0)]
    assert list(over_budget(asked, {}, POLICY)) == [2]


def test_what_would_be_too_late_tomorrow_is_said_today() -> None:
    spent = {"UMAYA": Said(4, frozenset({9}))}
    assert over_budget([due(1, 9, milestone=0, pressing=True)], spent, POLICY) == {}


def test_what_people_asked_for_is_not_counted() -> None:
    asked = [due(number, 7, rule="own") for number in range(9)] + [due(99, 7)]
    assert over_budget(asked, {}, POLICY) == {}


@given(
    st.lists(st.builds(due, st.integers(1, 10**6), st.integers(1, 12),
                       milestone=st.sampled_from([0, 7, 30, -7]), pressing=st.booleans(),
                       rule=st.sampled_from(sorted(COUNTED))), unique_by=lambda one: one.reminder.id),
    st.randoms(use_true_random=False),
)  # fmt: skip
def test_order_does_not_matter_and_the_cap_holds(asked: list[Due], draw: random.Random) -> None:
    over = over_budget(asked, {}, POLICY)
    draw.shuffle(asked)
    assert over_budget(asked, {}, POLICY) == over
    said = [one for one in asked if one.reminder.id not in over]
    calm = [one for one in said if not one.pressing]
    assert all(one in said for one in asked if one.pressing)
    assert len(calm) <= POLICY.most_a_day
    assert len({one.reminder.account_id for one in calm}) == len(calm)
    assert bool(said) == bool(asked)
