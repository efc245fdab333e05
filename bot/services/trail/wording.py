"""Events of the audit trail in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from bot.services.results.trail import TrailChange
from bot.services.shown import SHOWN
from bot.storage.database import AnyRow

DID: Final = {
    "add details": "added details to a note",
    "bind channel": "made a channel about it",
    "change reminder": "changed a reminder",
    "dismiss": "said whether a risk is one",
    "dismissed": "dismissed a reminder",
    "done": "saw to a reminder",
    "erased": "finished an erasure",
    "erase": "had somebody, or the account, erased",
    "health": "set its health by hand, or had it computed again",
    "import": "imported files",
    "lift erasure": "lifted an erasure",
    "log": "logged what happened",
    "not renewing": "said that it does not renew",
    "plan": "changed its plan",
    "promise": "tracked a promise",
    "promise cancelled": "said that a promise is no longer needed",
    "promise kept": "said that a promise was kept",
    "promise missed": "said that a promise was missed",
    "qbr approved": "approved a business review",
    "qbr drafted": "drafted a business review",
    "qbr edited": "edited a business review",
    "qbr judged": "said what they think of a business review",
    "qbr rewritten": "had a section of a business review written anew",
    "qbr shared": "shared a business review",
    "qbr undone": "took back what was done to a business review",
    "reassigned": "handed a reminder over",
    "remind": "set a reminder",
    "reminder": "sent a reminder",
    "restrict": "restricted who may see it",
    "retention": "let go what had been kept long enough",
    "review": "decided about a row of an import",
    "settings": "changed their settings",
    "share": "shared it",
    "share failed": "could not share it",
    "share refused": "was refused to share it",
    "snoozed": "put a reminder off",
    "unbind channel": "made a channel about nothing any more",
    "undo": "took something back",
    "undo import": "undid an import",
    "undo merge": "undid a merge",
    "unrestrict": "let everybody see it again",
}
_WHERE: Final = {
    "view": " in a window",
    "home": " in the Home tab",
    "file": " as a file",
    "bookmark": " as a bookmark",
    "canvas": " as a canvas",
    "menu": " in a menu",
    "shell": " on the shell",
}


def did(event: AnyRow, names: Mapping[str, str]) -> str:
    """What was done, as the end of a sentence: "was shown its card in the Home tab". `names`: people's, by Slack id."""
    detail = event.detail if isinstance(event.detail, dict) else {}
    if event.action == "reminder":
        to = str(detail.get("to") or "")
        return f"sent a reminder to {names.get(to, to) or 'somebody'}"
    if event.action != SHOWN:
        return DID.get(event.action, str(event.action))
    what = _listed([f"its {one}" for one in detail.get("what", ())]) or "something of it"
    return f"was shown {what}{_WHERE.get(str(detail.get('where')), '')}"


def _listed(parts: Sequence[str]) -> str:
    return " and ".join(part for part in (", ".join(parts[:-1]), *parts[-1:]) if part)


def place(event: AnyRow) -> tuple[str | None, int | None, bool]:
    """(channel that saw it, how many people are in it, whether only one person did)."""
    detail: dict[str, Any] = event.detail if isinstance(event.detail, dict) else {}
    channel, people = detail.get("channel"), detail.get("people")
    to = detail.get("to")
    if event.action == SHOWN or event.action.startswith("share"):
        return (channel if to is None else None), people, to is not None
    return None, None, False


def changes_of(values: Sequence[AnyRow]) -> tuple[TrailChange, ...]:
    return tuple(
        TrailChange(field=one.field, before=one.before, after=one.after, erased=one.salt is None) for one in values
    )
