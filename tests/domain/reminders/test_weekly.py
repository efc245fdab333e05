"""What became of what was said."""

from __future__ import annotations

from bot.domain.reminders.wanted import Rule
from bot.domain.reminders.weekly import Told, advice, tally


def told(rule: Rule, acted: str | None, times: int = 1, days_ago: int = 6) -> list[Told]:
    return [Told(rule, acted, days_ago)] * times


def test_each_rule_has_its_tally() -> None:
    week = [
        *told("renewal", "done", 4), *told("renewal", "not renewing"), *told("renewal", "snoozed", 2),
        *told("renewal", None), *told("renewal", None, days_ago=1), *told("renewal", "overtaken"),
        *told("check-in", "done"),
    ]  # fmt: skip
    assert [one.sentence for one in tally(week, 5)] == [
        "Renewal reminders: 10 sent, 5 acted on, 2 snoozed, 2 ignored, 1 still open.",
        "Check-in reminders: 1 sent, 1 acted on.",
    ]


def test_what_nobody_acted_on() -> None:
    [alone] = tally(told("promise", None, 3), 5)
    assert alone.sentence == "Promise reminders: 3 sent, none acted on, 3 ignored."


def test_what_people_set_themselves_is_not_judged() -> None:
    assert tally([*told("own", None), *told("morning", None), *told("weekly", None)], 5) == ()


def test_advice_names_the_rule_that_is_noise() -> None:
    noise = [*told("check-in", None, 9), *told("check-in", "done"), *told("renewal", "snoozed", 5)]
    assert advice(tally(noise, 5)) == "Most check-in reminders led to nothing: lengthen the cadence, in cadence.yml."


def test_no_advice_while_people_act_or_before_enough_was_said() -> None:
    assert advice(tally([*told("renewal", "done", 5), *told("renewal", None, 5)], 5)) is None
    assert advice(tally(told("renewal", None, 4), 5)) is None
    assert advice(tally(told("renewal", None, 40, days_ago=1), 5)) is None
