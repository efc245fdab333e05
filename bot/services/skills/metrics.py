"""The figures of a card as a skill sees them: an id, how it is shown, what it was taken from."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from bot.domain.days import written
from bot.services.results import AccountCard, Sum
from skills.contract import Metric


def metrics_of(card: AccountCard, today: date) -> tuple[Metric, ...]:
    """What is known of the account today; what is not known has no metric."""
    found = [one for one in _each(card, today) if one is not None]
    return tuple(Metric(id=f"M{number}", **one) for number, one in enumerate(found, start=1))


def _each(card: AccountCard, today: date) -> Iterator[dict[str, Any] | None]:
    yield _arr(card, today)
    yield _term(card, today)
    yield _health(card, today)
    yield _usage(card, today)
    yield _tickets(card, today)
    for score in (card.nps, card.csat):
        yield _survey(score.kind, score.value, score.sentence, score.newest_on) if score is not None else None
    yield _touch(card)


def _metric(key: str, label: str, value: Decimal | None, rendered: str, **more: Any) -> dict[str, Any]:
    return {"key": key, "label": label, "value": value, "rendered": rendered, "visibility": "internal", **more}


def _arr(card: AccountCard, today: date) -> dict[str, Any] | None:
    if card.arr is None or not card.arr.sums:
        return None
    shown = " + ".join(_money(amount) for amount in card.arr.sums)
    value = card.arr.sums[0].amount if len(card.arr.sums) == 1 else None
    definition = "Yearly value of the recurring contract lines active today"
    return _metric("arr", "ARR", value or Decimal(len(card.arr.sums)), shown, as_of=today, definition=definition)


def _money(amount: Sum) -> str:
    digits = amount.amount.to_integral_value() == amount.amount
    return f"{amount.currency} {amount.amount:,.0f}" if digits else f"{amount.currency} {amount.amount:,.2f}"


def _term(card: AccountCard, today: date) -> dict[str, Any] | None:
    term = card.term
    if term is None or term.lead_on is None or term.days_left is None:
        return None
    label = "Notice deadline" if term.leads == "notice" else "Contract ends"
    away = f"in {term.days_left} days" if term.days_left > 0 else "today" if term.days_left == 0 else "passed"
    shown = f"{written(term.lead_on)} ({away})"
    return _metric("term", label, Decimal(term.days_left), shown, as_of=today, definition=term.sentence)


def _health(card: AccountCard, today: date) -> dict[str, Any]:
    health = card.health
    shown = f"{health.score} of 100, {health.band}" if health.score is not None else "not known: too little fresh data"
    value = Decimal(health.score) if health.score is not None else None
    return _metric("health", "Health", value, shown, as_of=today, definition=health.model, good="up")


def _usage(card: AccountCard, today: date) -> dict[str, Any] | None:
    if card.usage is None:
        return None
    return _metric(
        "usage", card.usage.metric.replace("_", " ").capitalize(), card.usage.change_percent or Decimal(0),
        card.usage.sentence, as_of=card.usage.newest_on or today, visibility="client-safe", good="up",
    )  # fmt: skip


def _tickets(card: AccountCard, today: date) -> dict[str, Any] | None:
    found = card.tickets
    if found is None:
        return None
    urgent = f", {found.urgent} urgent" if found.urgent else ""
    oldest = f", the oldest for {found.oldest_days} days" if found.oldest_days else ""
    shown = f"{found.open}{urgent}{oldest}"
    return _metric(
        "tickets", "Open tickets", Decimal(found.open), shown, as_of=today, visibility="client-safe", good="down"
    )


def _survey(kind: str, value: Decimal | None, sentence: str, on: date | None) -> dict[str, Any]:
    return _metric(kind, kind.upper(), value, sentence, as_of=on, good="up")


def _touch(card: AccountCard) -> dict[str, Any] | None:
    last = card.last_touch
    if last is None:
        return None
    ago = "today" if last.days_ago == 0 else f"{last.days_ago} days ago"
    by = f" by {last.by}" if last.by else ""
    return _metric("touch", "Last contact", Decimal(last.days_ago), f"{ago}, {last.kind}{by}", as_of=last.at.date())
