"""What can be done with a reminder from its message, and what its buttons and menus carry: its opaque id.

As with every button, what comes back is checked, may be months old, and grants nothing.
"""

from __future__ import annotations

from typing import Any, Final, Literal, get_args

from bot.domain.ids import parse_id
from bot.services.errors import BadInput
from bot.slack.asked import STAYS

Deed = Literal["done", "kept", "missed", "cancelled", "snooze", "reassign", "ending", "undo", "why", "never", "to me"]

Pause = Literal["morning", "3 days", "monday", "date"]
"""How long to snooze, in business time; "date" asks for one."""

PAUSES: Final[tuple[Pause, ...]] = get_args(Pause)
_STALE = "This button is from an older message. See what is open with `/account reminders`."


def deed_id(deed: Deed) -> str:
    """The action_id of a button, a select or a menu's line for this."""
    return f"steward.reminder.{deed.replace(' ', '_')}"


ENDING_FORM: Final = "steward.reminder.ending.form"
DATE_FORM: Final = "steward.reminder.date.form"


def block_of(reminder_id: str) -> str:
    """The block_id that says whom the selects in it are about: their options have room for a choice only."""
    return f"{STAYS}{reminder_id}"


def reminder_of(action: dict[str, Any]) -> int:
    """The reminder that a click is about: its value says so, else its block. Raises `BadInput` when neither does."""
    value, block = action.get("value"), action.get("block_id")
    text = value.split(" ")[0] if isinstance(value, str) else None
    if text is None and isinstance(block, str) and block.startswith(STAYS):
        text = block.removeprefix(STAYS)
    return read_reminder(text)


def read_reminder(text: object) -> int:
    """The reminder behind an opaque id. Raises `BadInput` when it is none."""
    found = parse_id(text) if isinstance(text, str) else None
    if found is None:
        raise BadInput(_STALE)
    return found


def snooze_value(reminder_id: str, pause: Pause) -> str:
    """What a menu's line carries for a snooze; a select has the reminder in its block."""
    return f"{reminder_id} {pause}"


def pause_of(action: dict[str, Any]) -> Pause:
    """How long a snooze is to be. Raises `BadInput` when that is none of ours."""
    value, option = action.get("value"), action.get("selected_option")
    said = (
        value.partition(" ")[2] if isinstance(value, str) else option.get("value") if isinstance(option, dict) else None
    )
    found = next((one for one in PAUSES if one == said), None)
    if found is None:
        raise BadInput(_STALE)
    return found


def colleague_of(action: dict[str, Any]) -> str:
    """The Slack user that was picked. Raises `BadInput` when there is none."""
    found = action.get("selected_user")
    if not isinstance(found, str) or not found:
        raise BadInput(_STALE)
    return found
