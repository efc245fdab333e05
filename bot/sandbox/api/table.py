"""Which methods exist, with their arguments, scopes (any one of them suffices) and rate limit tier."""

from dataclasses import dataclass
from typing import Literal

ArgKind = Literal["str", "int", "bool", "json"]
Auth = Literal["bot", "app", "none"]

# The kind of every argument by its name; what is not listed is a string.
KINDS: dict[str, ArgKind] = {
    **dict.fromkeys(
        (
            "attachments",
            "blocks",
            "changes",
            "channel_ids",
            "chunks",
            "criteria",
            "document_content",
            "file_ids",
            "files",
            "loading_messages",
            "metadata",
            "prompts",
            "unfurls",
            "user_ids",
            "view",
        ),
        "json",
    ),
    **dict.fromkeys(("length", "limit", "post_at"), "int"),
    **dict.fromkeys(
        (
            "as_user",
            "exclude_archived",
            "force",
            "include_all_metadata",
            "include_count",
            "include_disabled",
            "include_labels",
            "include_locale",
            "include_num_members",
            "include_users",
            "inclusive",
            "link_names",
            "mrkdwn",
            "prevent_creation",
            "reply_broadcast",
            "return_im",
            "unfurl_links",
            "unfurl_media",
        ),
        "bool",
    ),
}

CHANNEL_READ = ("channels:read", "groups:read", "mpim:read", "im:read")
CHANNEL_HISTORY = ("channels:history", "groups:history", "mpim:history", "im:history")


@dataclass(frozen=True)
class Method:
    """`tier` None means a special limit. `auth` is the kind of token it wants."""

    name: str
    tier: int | None
    required: frozenset[str]
    optional: frozenset[str]
    scopes: tuple[str, ...] = ()
    auth: Auth = "bot"

    @property
    def arguments(self) -> frozenset[str]:
        return self.required | self.optional


def _method(
    name: str,
    tier: int | None,
    required: str = "",
    optional: str = "",
    scopes: tuple[str, ...] = (),
    auth: Auth = "bot",
) -> Method:
    return Method(name, tier, frozenset(required.split()), frozenset(optional.split()), scopes, auth)


_LOOK = "icon_emoji icon_url username"
_PAGE = "cursor limit"

METHODS: dict[str, Method] = {
    method.name: method
    for method in (
        _method("agents.sessions.rename", 3, "channel_id title", "thread_ts", ("chat:write",)),
        _method(
            "agents.sessions.setStatus",
            3,
            "channel_id status",
            f"initiator_user_id thread_ts title {_LOOK}",
            ("chat:write",),
        ),
        _method("api.test", 4, "", "error foo", auth="none"),
        _method("apps.connections.open", 3, auth="app"),
        _method(
            "assistant.threads.setStatus",
            None,
            "channel_id status thread_ts",
            f"loading_messages {_LOOK}",
            ("chat:write",),
        ),
        _method(
            "assistant.threads.setSuggestedPrompts", 4, "channel_id prompts", "thread_ts title", ("assistant:write",)
        ),
        _method("assistant.threads.setTitle", 4, "channel_id thread_ts title", "", ("assistant:write",)),
        _method("auth.test", None),
        _method(
            "bookmarks.add",
            2,
            "channel_id title type",
            "access_level emoji entity_id link parent_id",
            ("bookmarks:write",),
        ),
        _method("bookmarks.edit", 2, "bookmark_id channel_id", "emoji link title", ("bookmarks:write",)),
        _method("bookmarks.list", 3, "channel_id", "", ("bookmarks:read",)),
        _method("bookmarks.remove", 2, "bookmark_id channel_id", "quip_section_id", ("bookmarks:write",)),
        _method("canvases.access.delete", 3, "canvas_id", "channel_ids user_ids", ("canvases:write",)),
        _method("canvases.access.set", 3, "access_level canvas_id", "channel_ids user_ids", ("canvases:write",)),
        _method("canvases.create", 2, "", "channel_id document_content title", ("canvases:write",)),
        _method("canvases.delete", 3, "canvas_id", "", ("canvases:write",)),
        _method("canvases.edit", 3, "canvas_id changes", "", ("canvases:write",)),
        _method("canvases.sections.lookup", 3, "canvas_id criteria", "", ("canvases:read",)),
        _method("chat.appendStream", 4, "channel ts", "chunks markdown_text", ("chat:write",)),
        _method("chat.delete", 3, "channel ts", "as_user", ("chat:write",)),
        _method("chat.deleteScheduledMessage", 3, "channel scheduled_message_id", "as_user", ("chat:write",)),
        _method("chat.getPermalink", None, "channel message_ts"),
        _method(
            "chat.postEphemeral",
            4,
            "channel user",
            f"as_user attachments blocks link_names markdown_text parse text thread_ts {_LOOK}",
            ("chat:write",),
        ),
        _method(
            "chat.postMessage",
            None,
            "channel",
            "as_user attachments blocks link_names markdown_text metadata mrkdwn parse reply_broadcast text thread_ts "
            f"unfurl_links unfurl_media {_LOOK}",
            ("chat:write",),
        ),
        _method(
            "chat.scheduleMessage",
            3,
            "channel post_at",
            "as_user attachments blocks link_names markdown_text metadata parse reply_broadcast text thread_ts "
            "unfurl_links unfurl_media",
            ("chat:write",),
        ),
        _method("chat.scheduledMessages.list", 3, "", f"channel latest oldest team_id {_PAGE}"),
        _method(
            "chat.startStream",
            2,
            "channel thread_ts",
            f"chunks markdown_text recipient_team_id recipient_user_id task_display_mode {_LOOK}",
            ("chat:write",),
        ),
        _method(
            "chat.stopStream", 2, "channel ts", "blocks chunks markdown_text metadata session_status", ("chat:write",)
        ),
        _method("chat.unfurl", 3, "", "channel source ts unfurl_id unfurls", ("links:write",)),
        _method(
            "chat.update",
            3,
            "channel ts",
            "as_user attachments blocks file_ids link_names markdown_text metadata parse reply_broadcast text",
            ("chat:write",),
        ),
        _method("conversations.canvases.create", 2, "channel_id", "document_content title", ("canvases:write",)),
        _method(
            "conversations.history",
            3,
            "channel",
            f"include_all_metadata inclusive latest oldest {_PAGE}",
            CHANNEL_HISTORY,
        ),
        _method("conversations.info", 3, "channel", "include_locale include_num_members", CHANNEL_READ),
        _method("conversations.join", 3, "channel", "", ("channels:join",)),
        _method("conversations.list", 2, "", f"exclude_archived team_id types {_PAGE}", CHANNEL_READ),
        _method("conversations.members", 4, "channel", _PAGE, CHANNEL_READ),
        _method(
            "conversations.open",
            3,
            "",
            "channel prevent_creation return_im users",
            ("channels:manage", "groups:write", "im:write", "mpim:write"),
        ),
        _method(
            "conversations.replies",
            3,
            "channel ts",
            f"include_all_metadata inclusive latest oldest {_PAGE}",
            CHANNEL_HISTORY,
        ),
        _method("dnd.info", 3, "", "team_id user", ("dnd:read",)),
        _method("dnd.teamInfo", 2, "users", "team_id", ("dnd:read",)),
        _method(
            "files.completeUploadExternal",
            4,
            "files",
            "blocks channel_id channels initial_comment thread_ts",
            ("files:write",),
        ),
        _method("files.getUploadURLExternal", 4, "filename length", "alt_txt snippet_type", ("files:write",)),
        _method(
            "oauth.v2.access",
            None,
            "",
            "client_id client_secret code grant_type redirect_uri refresh_token",
            auth="none",
        ),
        _method("reactions.add", 3, "channel name timestamp", "", ("reactions:write",)),
        _method("reactions.remove", 2, "name", "channel timestamp", ("reactions:write",)),
        _method("team.info", 3, "", "domain team", ("team:read",)),
        _method("usergroups.list", 2, "", "include_count include_disabled include_users team_id", ("usergroups:read",)),
        _method("users.conversations", 3, "", f"exclude_archived team_id types user {_PAGE}", CHANNEL_READ),
        _method("users.getPresence", 3, "", "user", ("users:read",)),
        _method("users.info", 4, "user", "include_locale", ("users:read",)),
        _method("users.list", 2, "", f"include_locale team_id {_PAGE}", ("users:read",)),
        _method("users.lookupByEmail", 3, "email", "", ("users:read.email",)),
        _method("users.profile.get", 4, "", "include_labels user", ("users.profile:read",)),
        _method("views.open", 4, "view", "interactivity_pointer trigger_id"),
        _method("views.publish", 4, "user_id view", "hash"),
        _method("views.push", 4, "view", "interactivity_pointer trigger_id"),
        _method("views.update", 4, "view", "external_id hash view_id"),
    )
}
