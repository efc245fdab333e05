"""A small card of an account, under a link to it."""

from __future__ import annotations

from bot.domain.ids import parse_id
from bot.services.results import AccountCard
from bot.slack.asks import Card
from bot.slack.render.card import arr_line, headline, health_line, lead_line
from bot.slack.render.dates import Days
from bot.slack.render.parts import Message, button, joined, section
from bot.slack.values import OPEN


def link_card(card: AccountCard, days: Days) -> Message:
    """What leads, ARR and health in three lines; the whole card opens for whoever presses, and only for them."""
    account_id = parse_id(card.id)
    opener = button("Show me", OPEN, Card(account_id)) if account_id is not None else None
    figures = joined([arr_line(card), health_line(card.health, days)])
    return Message(
        joined([card.name, figures]), (section([headline(card), f"*{lead_line(card.term, days)}*", figures], opener),)
    )
