"""Every permission the app asks for: what it is for, and what asks Slack for it. The manifest, README's table and
`steward doctor` go by this; tests compare it with what the code really calls."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Scope:
    """`uses` are methods of the Web API, or events, that need it. Without an optional one all else goes on."""

    name: str
    feature: str
    uses: tuple[str, ...]
    optional: bool = False


SCOPES: Final = (
    Scope("commands", "/account, /book, /renewals, /qbr, and the three shortcuts", ()),
    Scope(
        "chat:write",
        "answers, reminders, shared cards",
        ("chat.postMessage", "chat.postEphemeral", "chat.update", "chat.delete"),
    ),
    Scope("app_mentions:read", "@Steward acme, also in threads, where slash commands do not work", ("app_mention",)),
    Scope("im:history", "what is typed in the direct message with the bot", ("message.im", "conversations.history")),
    Scope("im:write", "opens that direct message: reminders, files, and drafts stand in it", ("conversations.open",)),
    Scope("users:read", "guest or colleague, and the time zone", ("users.info", "users.list", "user_change")),
    Scope("users:read.email", "which team member an asker is, by e-mail address", ("users.lookupByEmail",)),
    Scope(
        "channels:read",
        "who can read along in a public channel, and whether another company shares it",
        ("conversations.info", "conversations.members", "channel_shared", "member_joined_channel"),
    ),
    Scope(
        "groups:read",
        "the same for private channels",
        ("conversations.info", "conversations.members", "channel_shared", "member_joined_channel"),
    ),
    Scope(
        "assistant:write",
        "suggested prompts in the direct message with the bot",
        ("assistant.threads.setSuggestedPrompts",),
        optional=True,
    ),
    Scope(
        "channels:history",
        "looks whether a team reminder stands in its channel already; without it, it may come twice",
        ("conversations.history",),
        optional=True,
    ),
    Scope("groups:history", "the same for private channels", ("conversations.history",), optional=True),
    Scope("dnd:read", "reminders wait while somebody does not want to be disturbed", ("dnd.teamInfo",), optional=True),
    Scope(
        "files:write",
        "charts, workbooks and documents that somebody asked for",
        ("files.getUploadURLExternal", "files.completeUploadExternal"),
        optional=True,
    ),
    Scope("canvases:write", "a business review as a canvas", ("canvases.create", "canvases.access.set"), optional=True),
    Scope(
        "bookmarks:write",
        "the account's name and CRM link above a channel that was bound to it",
        ("bookmarks.add", "bookmarks.edit", "bookmarks.remove"),
        optional=True,
    ),
    Scope(
        "links:read",
        "learns of links to your CRM, where STEWARD_LINK_DOMAINS names it",
        ("link_shared",),
        optional=True,
    ),
    Scope("links:write", "shows a small card of the account under such a link", ("chat.unfurl",), optional=True),
)


def missing(granted: Iterable[str]) -> tuple[Scope, ...]:
    """What the app asks for and does not have."""
    have = frozenset(granted)
    return tuple(scope for scope in SCOPES if scope.name not in have)
