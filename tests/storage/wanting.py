"""Reminders for tests, said shortly."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from bot.domain.reminders.wanted import Wanted, to_person

DUE = datetime(2026, 3, 4, 9, tzinfo=UTC)
SOON = timedelta(seconds=1)
LEASE = timedelta(seconds=60)

_FIRST = Wanted(
    rule="renewal",
    account_id=None,
    anchor_id=1,
    anchor_on=date(2026, 6, 1),
    milestone=90,
    recipient=to_person("U0MAYA"),
    due_at=DUE,
    zone="Europe/Stockholm",
    carrier="own",
)


def wanted(number: int = 1, **changes: object) -> Wanted:
    """A reminder of its own for each number, due a minute after the one before."""
    given = {"anchor_id": number, "due_at": DUE + timedelta(minutes=number - 1), **changes}
    return replace(_FIRST, **given)  # type: ignore[arg-type]  # fields by name
