"""What was clicked or chosen in a payload; nothing in it is trusted to be there."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any, TypeAlias

from bot.slack.desk import Desk

Listener: TypeAlias = Callable[[Desk, dict[str, Any]], Coroutine[Any, Any, None]]


def action_of(body: dict[str, Any]) -> dict[str, Any]:
    """The one action of a click; Slack sends them in a list."""
    actions = body.get("actions")
    first = actions[0] if isinstance(actions, list) and actions else {}
    return first if isinstance(first, dict) else {}


def chosen(action: dict[str, Any]) -> object:
    """The value of the option that was chosen in a select or menu."""
    option = action.get("selected_option")
    return option.get("value") if isinstance(option, dict) else None
