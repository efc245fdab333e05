"""What went wrong, in one sentence for the person and, when it is our fault, with an id in the log.

StewardError        its own sentence
SlackApiError       a sentence by Slack's error code
broken connection   Slack did not confirm
anything else       "Something went wrong on our side (ref ab12cd)", the id and the traceback in the log
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from slack_sdk.errors import SlackApiError

from bot.services.errors import StewardError
from bot.slack.calls import UNKNOWN_FATE, code_of, retry_after

log = logging.getLogger(__name__)
Tell = Callable[[str], Awaitable[None]]

_BY_CODE = {
    **dict.fromkeys(
        ("not_in_channel", "channel_not_found"),
        "I am not in this channel. Invite me with `/invite @Steward`, then try again.",
    ),
    **dict.fromkeys(
        ("user_not_found", "users_not_found", "user_not_visible"), "Slack does not let me reach this person."
    ),
    **dict.fromkeys(("not_found", "view_not_found"), "What you clicked in is closed by now. Open it anew."),
    **dict.fromkeys(("message_not_found", "cant_update_message"), "That message is gone."),
    "is_archived": "This channel is archived: nothing can be posted here.",
    **dict.fromkeys(
        ("restricted_action", "restricted_action_read_only_channel", "restricted_action_thread_only_channel"),
        "I may not post in this channel: its posting rules forbid it.",
    ),
    **dict.fromkeys(
        ("expired_trigger_id", "trigger_expired", "exchanged_trigger_id", "trigger_exchanged", "invalid_trigger_id"),
        "Slack lets me open a form for three seconds only, and that was too late. Try again.",
    ),
    **dict.fromkeys(
        ("missing_scope", "no_permission", "not_allowed_token_type"),
        "I lack a permission in Slack. Ask an admin to run `steward doctor` and to reinstall me with the manifest.",
    ),
    **dict.fromkeys(
        ("invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired"),
        "My Slack token is no longer valid. Ask an admin to run `steward doctor`.",
    ),
}
_UNTOLD = "%s: nobody could be told, every way failed"
_RATE_LIMITED = "Slack asks me to slow down. Try again in a minute."
_UNCONFIRMED = "Slack did not answer me in time. Look whether it arrived before you try again."


class UnreachableError(Exception):
    """Every way to the asker failed; the reasons are in the log and as the cause."""


def new_ref() -> str:
    """Six characters to quote to an admin, who finds them in the log."""
    return secrets.token_hex(3)


def sentence_for(error: BaseException) -> str | None:
    """What to tell the person about an expected failure; None when it is our fault."""
    if isinstance(error, StewardError):
        return error.sentence
    if isinstance(error, SlackApiError):
        return _RATE_LIMITED if retry_after(error) is not None else _BY_CODE.get(code_of(error))
    return _UNCONFIRMED if isinstance(error, UNKNOWN_FATE) else None


def explain(error: BaseException, doing: str) -> str:
    """The sentence for any failure. What is our fault, or Slack's, is logged; `doing` says during what."""
    sentence = sentence_for(error)
    if sentence is None:
        ref = new_ref()
        log.error("ref %s: %s failed", ref, doing, exc_info=error)
        return f"Something went wrong on our side (ref {ref}). Try again; if it stays, give this id to an admin."
    if not isinstance(error, StewardError):
        log.warning("%s failed: %s", doing, error)
    return sentence


@asynccontextmanager
async def caught(doing: str, tell: Tell) -> AsyncIterator[None]:
    """Whatever fails inside is told in one sentence and ends here; when the telling fails too, that is logged."""
    try:
        yield
    except UnreachableError:
        log.warning(_UNTOLD, doing)
    except Exception as error:  # noqa: BLE001 - the one place where everything unexpected ends
        sentence = explain(error, doing)
        try:
            await tell(sentence)
        except UnreachableError:
            log.warning(_UNTOLD, doing)
        except Exception as second:  # noqa: BLE001 - nobody can be reached; the log is all there is
            explain(second, f"telling about {doing}")
