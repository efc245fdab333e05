"""From changes to rows: one way for accounts and for members."""

from __future__ import annotations

from bot.domain.reminders.course import Changes
from bot.storage import reminders
from bot.storage.database import Writer


def write(writer: Writer, changes: Changes) -> None:
    """Make the rows what they should be. What somebody else changed meanwhile is left alone."""
    reminders.insert(writer, changes.insert)
    reminders.move(writer, changes.move)
    by_reason: dict[str, list[int]] = {}
    for one, why in changes.end:
        by_reason.setdefault(why, []).append(one)
    for why, ids in by_reason.items():
        reminders.end(writer, ids, "superseded", why)
    reminders.settle(writer, changes.settle)
