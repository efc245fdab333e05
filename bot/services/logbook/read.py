"""What was logged, as it stands."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from bot.domain.audience import Audience
from bot.domain.ids import id_text
from bot.services.errors import NotFound
from bot.services.logbook.entry import PHRASES
from bot.services.lookup import require_internal
from bot.services.results import Logged, LoggedPromise
from bot.storage.database import AnyRow, Database, Reader
from bot.storage.queries import logbook
from bot.storage.queries.accounts import TOUCHES

UNDO_FOR: Final = timedelta(minutes=10)
GONE: Final = "That entry is not there any more: it was undone."
_DID = {
    (False, False): "Logged",
    (False, True): "Logged before:",
    (True, False): "Details saved:",
    (True, True): "Nothing changed:",
}
_SEEN_BY = {
    "internal": "only the account team sees it",
    "client-safe": "it may be shown to the customer",
}


def read_touch(database: Database, audience: Audience, touch_id: int) -> Logged:
    """What was logged. Raises NotFound when it was undone."""
    require_internal(audience)
    with database.reading(audience) as reader:
        return logged(reader, touch_id)


def logged(reader: Reader, touch_id: int, *, repeated: bool = False, added: bool = False) -> Logged:
    row = logbook.touch(reader, touch_id)
    if row is None:
        raise NotFound(GONE)
    what = f"{PHRASES[row.kind]} {row.account}"
    return Logged(
        change=id_text(row.v_in),
        undo_until=row.started_at + UNDO_FOR,
        repeated=repeated,
        added=added,
        touch_id=id_text(row.id),
        account_id=id_text(row.account_id),
        account=row.account,
        kind=row.kind,
        touch=row.kind in TOUCHES,
        at=row.at,
        text=own_words(row),
        author=row.author,
        people=row.people,
        visibility=row.visibility,
        next_step=row.next_step,
        next_step_on=row.next_step_on,
        promise=_promise(logbook.promise_in(reader, row.account_id, row.id)),
        permalink=row.permalink,
        quoted_until=row.text_until,
        sentence=f"{_DID[added, repeated]} {what}; {_SEEN_BY[row.visibility]}.",
    )


def own_words(row: AnyRow) -> str:
    """What the person said: beside the kept text of a message it is the subject."""
    text: str = row.subject if row.subject is not None else row.text
    return text


def _promise(row: AnyRow | None) -> LoggedPromise | None:
    if row is None:
        return None
    return LoggedPromise(
        quote=row.quote,
        by=row.by,
        owner=row.owner,
        owner_id=id_text(row.owner_id) if row.owner_id is not None else None,
        owner_slack_user_id=row.slack_user_id,
        due_on=row.due_on,
    )
