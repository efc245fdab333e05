"""An incoming payload, reduced to who asks, where, and how to answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, Literal

STAYS: Final = "reminder:"
"""How the block_ids of a message begin that is no answer: it stays, and what is clicked there is answered beside it."""

Surface = Literal["command", "mention", "dm", "action", "home", "shortcut", "form"]


@dataclass(frozen=True, slots=True)
class Place:
    """A Home tab or modal that something was clicked in; `trigger_id` opens one modal within three seconds."""

    kind: Literal["home", "modal"]
    view_id: str
    trigger_id: str


@dataclass(frozen=True, slots=True)
class Asked:
    """`key` names the delivery: the same for every retry and for the two events of one message; empty when Slack
    gave none.

    `thread_ts` is the thread to answer in, `private` a conversation of the asker and the bot alone; `replaceable`
    whether the message that was clicked belongs to the asker alone and may be replaced. `place` is set when it was
    clicked outside of messages; `trigger_id` opens one modal within three seconds, empty where Slack gave none.
    `message_ts` is the message that was said, or clicked in; `team` the workspace of who did it, as far as Slack says.
    """

    surface: Surface
    key: str
    user: str
    channel: str | None
    thread_ts: str | None = None
    response_url: str | None = None
    private: bool = False
    replaceable: bool = False
    place: Place | None = None
    trigger_id: str = ""
    message_ts: str | None = None
    team: str | None = None

    @property
    def can_share(self) -> bool:
        """Whether there is a channel to share into."""
        return self.channel is not None and not self.private and not self.channel.startswith("D")


def of_command(body: dict[str, Any]) -> Asked:
    return Asked(
        surface="command",
        key=_key("trigger", _text(body, "trigger_id")),
        user=_text(body, "user_id"),
        channel=_text(body, "channel_id") or None,
        response_url=_text(body, "response_url") or None,
        trigger_id=_text(body, "trigger_id"),
        team=_text(body, "team_id") or None,
    )


def of_mention(event: dict[str, Any]) -> Asked | None:
    """None for what is not a person's own message. One that an edit made a mention is new, if it was none before.

    Slack shows an ephemeral message in a thread only where the thread has replies, so a mention outside of one is
    answered to the asker alone in the channel; what everybody sees opens a thread under `message_ts`.
    """
    if not _is_from_a_person(event):
        return None
    return Asked(
        surface="mention",
        key=_message_key(event),
        user=_text(event, "user"),
        channel=_text(event, "channel"),
        thread_ts=_text(event, "thread_ts") or None,
        message_ts=_text(event, "ts") or None,
        team=_team_of_author(event),
    )


def of_direct_message(event: dict[str, Any]) -> Asked | None:
    """None for what is not a person's own new message. The first message has no thread: the answer opens one."""
    if event.get("channel_type") != "im" or event.get("edited") or not _is_from_a_person(event):
        return None
    return Asked(
        surface="dm",
        key=_message_key(event),
        user=_text(event, "user"),
        channel=_text(event, "channel"),
        thread_ts=_text(event, "thread_ts") or _text(event, "ts"),
        private=True,
        message_ts=_text(event, "ts") or None,
        team=_team_of_author(event),
    )


def of_edit(event: dict[str, Any]) -> Asked | None:
    """A direct message whose author changed its words: it is answered anew. None for whatever else changes."""
    after, before = event.get("message") or {}, event.get("previous_message") or {}
    changed = event.get("subtype") == "message_changed" and event.get("channel_type") == "im"
    edited = after.get("edited")
    if not changed or not isinstance(edited, dict) or not _is_from_a_person(after):
        return None
    channel, ts = _text(event, "channel"), _text(after, "ts")
    key = _key("message", channel, ts, _text(edited, "ts"))
    if not key or not before or _text(after, "text") == _text(before, "text"):
        return None
    thread = _text(after, "thread_ts") or ts
    return Asked("dm", key, _text(after, "user"), channel, thread_ts=thread, private=True, message_ts=ts)


def of_action(body: dict[str, Any]) -> Asked:
    container = body.get("container") or {}
    channel = _text(body.get("channel") or {}, "id") or _text(container, "channel_id") or None
    private = channel is not None and channel.startswith("D")
    message_ts = _text(container, "message_ts") or None
    clicked: dict[str, Any] = next(iter(body.get("actions") or []), {})
    stays = _text(clicked, "block_id").startswith(STAYS)
    return Asked(
        surface="action",
        key=_key("trigger", _text(body, "trigger_id")),
        user=_text(body.get("user") or {}, "id"),
        channel=channel,
        thread_ts=_text(container, "thread_ts") or (message_ts if private else None),
        response_url=_text(body, "response_url") or None,
        private=private,
        replaceable=(private and not stays) or bool(container.get("is_ephemeral")),
        place=_place(body),
        trigger_id=_text(body, "trigger_id"),
        message_ts=message_ts,
        team=_text(body.get("user") or {}, "team_id") or None,
    )


def of_shortcut(body: dict[str, Any]) -> Asked:
    """A global shortcut, which is in no channel, or one on a message, whose response URL reaches the asker in any."""
    return Asked(
        surface="shortcut",
        key=_key("trigger", _text(body, "trigger_id")),
        user=_text(body.get("user") or {}, "id"),
        channel=_text(body.get("channel") or {}, "id") or None,
        response_url=_text(body, "response_url") or None,
        trigger_id=_text(body, "trigger_id"),
        team=_text(body.get("user") or {}, "team_id") or None,
    )


def of_submission(body: dict[str, Any], channel: str | None = None, thread_ts: str | None = None) -> Asked:
    """A form that was submitted. Slack does not say where it was opened: the form remembers."""
    private = channel is not None and channel.startswith("D")
    user, team = (_text(body.get("user") or {}, key) for key in ("id", "team_id"))
    return Asked("form", "", user, channel, thread_ts=thread_ts, private=private, team=team or None)


def _place(body: dict[str, Any]) -> Place | None:
    view = body.get("view") or {}
    match view.get("type"):
        case "home" | "modal" as kind if view_id := _text(view, "id"):
            return Place(kind, view_id, _text(body, "trigger_id"))
    return None


def of_home(event: dict[str, Any]) -> Asked:
    return Asked("home", "", _text(event, "user"), None)


def of_body(body: dict[str, Any]) -> Asked | None:
    """The best guess for any payload, for telling somebody that it went wrong; None when nobody can be told."""
    event = body.get("event") or {}
    if "command" in body:
        return of_command(body)
    if event.get("type") == "app_mention":
        return of_mention(event)
    if event.get("type") == "message":
        return of_direct_message(event) or of_edit(event)
    match body.get("type"):
        case "block_actions":
            return of_action(body)
        case "shortcut" | "message_action":
            return of_shortcut(body)
        case "view_submission":
            return of_submission(body)
    return None


def _is_from_a_person(event: dict[str, Any]) -> bool:
    """Not from a bot, not a deletion, a join; files and thread broadcasts are messages like others."""
    if event.get("bot_id") or event.get("hidden"):
        return False
    return bool(event.get("user")) and event.get("subtype") in (None, "file_share", "thread_broadcast")


def _team_of_author(event: dict[str, Any]) -> str | None:
    """In a channel that is shared, `team` may be ours though the author is not."""
    return _text(event, "user_team") or _text(event, "team") or None


def _message_key(event: dict[str, Any]) -> str:
    return _key("message", _text(event, "channel"), _text(event, "ts"))


def _key(*parts: str) -> str:
    """Empty when something is missing: half a key would make strangers of a kind look like repeats."""
    return ":".join(parts) if all(parts) else ""


def _text(source: dict[str, Any], key: str) -> str:
    value = source.get(key)
    return value if isinstance(value, str) else ""
