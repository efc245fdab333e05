"""What Slack puts where, for the places that anything here or in Bolt looks at before it looks closer."""

from __future__ import annotations

import re
from typing import Any, Final, TypeAlias

Shape: TypeAlias = Any
"""A type; a pattern of texts; a dict of shapes by key, where other keys hold anything; a list of one shape; a tuple of
alternatives."""

ID: Final = "id"
"""A text that names something: at most so many characters."""
_MOST_ID = 500
PERSON: Final = re.compile(r"[UW][A-Z0-9]{1,30}")
CHANNEL: Final = re.compile(r"[CDG][A-Z0-9]{1,30}")

_WHO: Final = {"id": PERSON, "team_id": ID, "name": str, "username": str}
_WHERE: Final = {"id": CHANNEL, "name": str}
_ORG: Final = {"id": ID}
_CHOICE: Final = {"value": str}
_STATE: Final[Shape] = {"values": {}}
_MESSAGE: Final = {
    "ts": ID, "thread_ts": ID, "user": PERSON, "bot_id": ID, "username": str, "text": str, "blocks": [{}],
    "attachments": [{}], "metadata": {},
}  # fmt: skip
_VIEW: Final = {
    "id": ID, "type": ID, "callback_id": ID, "private_metadata": str, "blocks": [{"type": ID, "block_id": ID}],
    "state": _STATE, "root_view_id": ID, "team_id": ID, "app_installed_team_id": ID, "hash": ID,
}  # fmt: skip
_ACTION: Final = {
    "type": ID, "action_id": ID, "block_id": ID, "value": str, "selected_option": _CHOICE, "selected_user": PERSON,
    "selected_options": [_CHOICE],
}  # fmt: skip
_GRANT: Final = {"enterprise_id": ID, "team_id": ID, "user_id": PERSON, "is_bot": bool, "is_enterprise_install": bool}
_EVENT: Final = {
    "type": ID, "subtype": ID, "user": (PERSON, _WHO), "channel": (CHANNEL, _WHERE), "channel_type": ID, "text": str,
    "ts": ID, "thread_ts": ID, "bot_id": ID, "team": ID, "user_team": ID, "team_id": ID, "tab": ID, "view": _VIEW,
    "message": _MESSAGE, "previous_message": _MESSAGE, "item": {"channel": CHANNEL, "ts": ID}, "edited": {},
    "authorizations": [_GRANT], "enterprise": (ID, _ORG), "assistant_thread": {"channel_id": CHANNEL, "thread_ts": ID},
    "channel_id": CHANNEL, "links": [{"domain": str, "url": str}], "tokens": {"oauth": [ID], "bot": [ID]},
    "event_ts": ID, "function_execution_id": ID, "bot_access_token": ID, "inputs": {}, "user_id": PERSON,
    "enterprise_id": ID,
}  # fmt: skip
BODY: Final = {
    # of every kind
    "type": ID, "token": ID, "api_app_id": ID, "team_id": ID, "enterprise_id": ID, "enterprise": (ID, _ORG),
    "is_enterprise_install": (bool, ID), "trigger_id": ID, "response_url": ID,
    # commands
    "command": ID, "text": str, "user_id": PERSON, "user_name": str, "channel_id": CHANNEL, "channel_name": str,
    # interactions
    "user": _WHO, "team": (ID, _ORG), "channel": _WHERE, "callback_id": ID, "action_id": ID, "block_id": ID,
    "value": str, "action_ts": ID, "message_ts": ID, "actions": [_ACTION], "message": _MESSAGE, "view": _VIEW,
    "state": _STATE, "response_urls": [{"response_url": ID, "channel_id": CHANNEL}],
    "container": {
        "type": ID, "message_ts": ID, "thread_ts": ID, "channel_id": CHANNEL, "view_id": ID, "is_ephemeral": bool,
    },
    # events
    "event": _EVENT, "event_id": ID, "authorizations": [_GRANT], "is_ext_shared_channel": bool, "challenge": str,
    "context_team_id": ID, "context_enterprise_id": ID,
    # where functions and dialogs put things
    "function_data": {"execution_id": ID, "inputs": {}}, "function_execution_id": ID, "bot_access_token": ID,
    "assistant_thread": {"channel_id": CHANNEL, "thread_ts": ID}, "thread_ts": ID, "item": {"channel": CHANNEL},
    "previous_message": _MESSAGE,
}  # fmt: skip
ENVELOPE: Final = {"type": ID, "envelope_id": ID, "payload": {}, "retry_attempt": int, "retry_reason": ID}

NEEDED: Final[dict[str, tuple[tuple[str, ...], ...]]] = {
    "block_actions": (("user", "id"), ("actions", "action_id"), ("trigger_id",)),
    "block_suggestion": (("user", "id"), ("action_id",)),
    "view_submission": (("user", "id"), ("view", "callback_id"), ("view", "type")),
    "view_closed": (("user", "id"), ("view", "callback_id"), ("view", "type")),
    "shortcut": (("user", "id"), ("callback_id",), ("trigger_id",)),
    "message_action": (("user", "id"), ("callback_id",), ("trigger_id",)),
    "event_callback": (("event", "type"),),
    "url_verification": (("challenge",),),
    "app_rate_limited": (),
}
"""What the types of payloads cannot do without; of a list its first. Other types, as those of dialogs and of steps in
the old Workflow Builder, are not for us."""
NEEDED_BY_COMMANDS: Final = (("user_id",), ("command",), ("trigger_id",))


def text_at(value: Any, path: tuple[str, ...]) -> str:
    """The text in that place; empty when there is none."""
    for key in path:
        first = (value[0] if value else None) if isinstance(value, list) else value
        value = first.get(key) if isinstance(first, dict) else None
    return value if isinstance(value, str) else ""


def fitted(value: Any, shape: Shape) -> Any:
    """The value without what does not fit; None when it does not fit itself."""
    if isinstance(shape, tuple):
        return next((found for one in shape if (found := fitted(value, one)) is not None), None)
    if shape is ID:
        return value if isinstance(value, str) and len(value) <= _MOST_ID else None
    if isinstance(shape, re.Pattern):
        return value if isinstance(value, str) and shape.fullmatch(value) else None
    if isinstance(shape, dict):
        return _fitted_object(value, shape) if isinstance(value, dict) else None
    if isinstance(shape, list):
        if not isinstance(value, list):
            return None
        return [found for one in value if (found := fitted(one, shape[0])) is not None]
    return value if isinstance(value, shape) else None


def _fitted_object(value: dict[str, Any], shape: dict[str, Shape]) -> dict[str, Any]:
    """What is null stays null: Slack writes that for what is not there."""
    kept = {}
    for key, one in value.items():
        found = fitted(one, shape[key]) if key in shape and one is not None else one
        if found is not None or one is None:
            kept[key] = found
    return kept
