"""What the views of one account have in common: the way from each to the others."""

from __future__ import annotations

from bot.slack.asks import AccountView, Card, People, Plan, Sketch, Timeline, Why
from bot.slack.render.parts import Block, Offer, actions, toolbar
from bot.slack.values import TURN, encode


def tabs(shown: AccountView) -> Block:
    """Buttons to the other views of the account."""
    one = shown.account_id
    views: tuple[tuple[str, AccountView], ...] = (
        ("← Card", Card(one)),
        ("Timeline", Timeline(one)),
        ("Why this health", Why(one)),
        ("People", People(one)),
        ("Plan", Plan(one)),
        ("Prepare a call", Sketch(one, "brief")),
        ("Why at risk", Sketch(one, "risk")),
        ("Draft a check-in", Sketch(one, "checkin")),
        ("Hand-over", Sketch(one, "handoff")),
    )
    return actions(toolbar([Offer(name, TURN, encode(view)) for name, view in views if not _same(view, shown)]))


def _same(one: AccountView, other: AccountView) -> bool:
    """Whether both show the same, on whatever page."""
    if isinstance(one, Sketch) and isinstance(other, Sketch):
        return one.skill == other.skill
    return type(one) is type(other)
