"""Reminders in people's own words, planned without asking anybody."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.domain.ids import new_id
from bot.domain.reminders.wanted import Wanted
from bot.domain.when.recurrence import Schedule
from bot.domain.when.stored import to_text
from bot.storage import reminders
from bot.storage.database import Writer
from bot.storage.tables import schedule


def plan_words(writer: Writer, words: Sequence[tuple[str, str]], due_at: datetime) -> list[Wanted]:
    """(text, recipient) of things that Maya wants said once."""
    once = Schedule(rule=None, first=due_at.replace(tzinfo=None, microsecond=0), zone="UTC")
    common = {"phrase": "now", "times": to_text(once), "zone": "UTC", "recipient": "", "created_by": "U0MAYA"}
    ids = list(new_id.many(len(words)))
    rows = [
        {"id": one, "text": text, "state": "active", "occurrence": 1, "created_at": writer.now, **common}
        for one, (text, _) in zip(ids, words, strict=True)
    ]
    writer.execute(schedule.insert(), rows)
    wanted = [
        Wanted("own", None, one, due_at.date(), 0, recipient, due_at, "UTC", "own")
        for one, (_, recipient) in zip(ids, words, strict=True)
    ]
    assert reminders.insert(writer, wanted) == len(words)
    return wanted
