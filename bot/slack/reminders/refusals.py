"""What Slack's refusal of a reminder means.

unsure     Slack had trouble: the message may stand there
pause      a rate limit: nothing happened, the whole channel waits
cut off    the bot itself may not call any more: everything waits until an admin mends it
refused    this message will never be taken there
"""

from __future__ import annotations

from typing import Final

from slack_sdk.errors import SlackApiError

from bot.slack.calls import code_of, retry_after

_TROUBLE: Final = frozenset(
    {"", "internal_error", "fatal_error", "service_unavailable", "request_timeout", "team_added_to_org"}
)
CUT_OFF: Final = frozenset(
    {
        "access_denied",
        "accesslimited",
        "deprecated_endpoint",
        "ekm_access_denied",
        "enterprise_is_restricted",
        "invalid_auth",
        "missing_scope",
        "no_permission",
        "not_allowed_token_type",
        "not_authed",
        "org_login_required",
        "team_access_not_granted",
        "token_expired",
        "token_revoked",
        "two_factor_setup_required",
    }
)
MAYBE_CUT_OFF: Final = "account_inactive"
"""Said of a deactivated recipient, and of a bot that was removed."""

_SENTENCES: Final = {
    "account_inactive": "this person's Slack account is deactivated",
    "cannot_dm_bot": "a bot cannot get direct messages",
    "channel_not_found": "I am not in this channel any more, or it was deleted",
    "is_archived": "this channel is archived",
    "messages_tab_disabled": "my Messages tab is switched off in the app's settings",
    "not_in_channel": "I am not in this channel any more",
    "restricted_action": "the channel's posting rules forbid it",
    "restricted_action_read_only_channel": "the channel's posting rules forbid it",
    "restricted_action_thread_only_channel": "the channel's posting rules forbid it",
    "user_disabled": "this person's Slack account is deactivated",
    "user_not_found": "this person is not in the workspace",
    "user_not_visible": "this person is not visible to me",
}


def is_unsure(error: SlackApiError) -> bool:
    """Whether what was asked may have happened all the same."""
    status = getattr(error.response, "status_code", 200)
    return (isinstance(status, int) and status >= 500) or (code_of(error) in _TROUBLE and retry_after(error) is None)


def asks_again(error: SlackApiError) -> bool:
    """Whether a look that was refused is worth another one later."""
    return is_unsure(error) or retry_after(error) is not None or code_of(error) in CUT_OFF - {"missing_scope"}


def sentence_of(code: str) -> str:
    """Why a message is refused, as the end of a sentence."""
    return _SENTENCES.get(code, f"Slack refused it ({code})")
