"""What can be done with a reminder from its message, and what its buttons and menus carry: its opaque id.

As with every button, what comes back is checked, may be months old, and grants nothing.
"""

from __future__ import annotations

from typing import Final, Literal, get_args

from bot.domain.ids import parse_id
from bot.services.errors import BadInput

Deed = Literal["done", "kept", "missed", "cancelled", "snooze", "reassign", "ending", "open", "why", "undo", "delete"]
DEEDS: Final[tuple[Deed, ...]] = get_args(Deed)

Pause = Literal["morning", "3 days", "monday", "date"]
"""How long to snooze, in business time; "date" asks for one."""
PAUSES: Final[tuple[Pause, ...]] = get_args(Pause)

MENU: Final = "steward.reminder.menu"
_BLOCK: Final = "reminder:"
_STALE = "This button is from an older message. See what is open with `/account reminders`."


def action_of(deed: Deed) -> str:
    """The action_id of a button or select for this."""
    return f"steward.reminder.{deed}"


def block_of(reminder_id: str) -> str:
    """The block_id that tells whom a select in it is about: a select's option has no room for more than a choice."""
    return f"{_BLOCK}{reminder_id}"


def reminder_in_block(block_id: object) -> int:
    """The reminder that a block is about. Raises `BadInput` when it is none of ours."""
    return _id(block_id.removeprefix(_BLOCK) if isinstance(block_id, str) and block_id.startswith(_BLOCK) else None)


def reminder_in_value(value: object) -> int:
    """The reminder that a button carries. Raises `BadInput` when it is none of ours."""
    return _id(value)


def menu_value(deed: Deed, reminder_id: str, pause: Pause | None = None) -> str:
    """A line of a reminder's menu."""
    return f"{deed}:{reminder_id}:{pause or ''}"


def read_menu(value: object) -> tuple[Deed, int, Pause | None]:
    """What a line of a menu says. Raises `BadInput` when it is none of ours."""
    parts = value.split(":") if isinstance(value, str) else []
    if len(parts) != 3 or parts[0] not in DEEDS:
        raise BadInput(_STALE)
    deed = next(one for one in DEEDS if one == parts[0])
    return deed, _id(parts[1]), read_pause(parts[2]) if parts[2] else None


def read_pause(value: object) -> Pause:
    found = next((one for one in PAUSES if one == value), None)
    if found is None:
        raise BadInput(_STALE)
    return found


def _id(text: object) -> int:
    found = parse_id(text) if isinstance(text, str) else None
    if found is None:
        raise BadInput(_STALE)
    return found
