"""What the views of one account have in common: the way from each to the others."""

from __future__ import annotations

from bot.slack.asks import AccountView, Card, People, Plan, Timeline, Why
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
    )
    return actions(toolbar([Offer(name, TURN, encode(view)) for name, view in views if type(view) is not type(shown)]))
