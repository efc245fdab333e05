"""The two questions that a reminder may ask back: until when, and why not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final

from bot.slack.deeds import DATE_FORM, ENDING_FORM
from bot.slack.render.form import choice, day_input, field, form, text_input
from bot.slack.render.text import capitalised

DAY: Final = "day"
REASON: Final = "reason"
NOTE: Final = "note"
_LONGEST_NOTE = 1_000


def date_form(metadata: str, today: date) -> dict[str, Any]:
    """Until which day a reminder is snoozed."""
    element = day_input(today + timedelta(days=7))
    return form(DATE_FORM, "Snooze", "Snooze", [field(DAY, "Say it again on", element, optional=False)], metadata)


def ending_form(metadata: str, reasons: Sequence[str]) -> dict[str, Any]:
    """Why the customer does not renew."""
    listed = choice({reason: capitalised(reason) for reason in reasons}, None)
    fields = [
        field(REASON, "Why do they not renew?", listed, optional=False),
        field(NOTE, "What did they say?", text_input(lines=True, most=_LONGEST_NOTE)),
    ]
    return form(ENDING_FORM, "Not renewing", "Record", fields, metadata)
