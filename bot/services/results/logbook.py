"""What was logged, and what was taken back."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from bot.services.results.base import AccountId, Result


class LoggedPromise(Result):
    """`owner_id` and `owner_slack_user_id` are who of us owes it, as far as known."""

    quote: str
    by: Literal["us", "them"]
    owner: str | None
    owner_id: str | None
    owner_slack_user_id: str | None
    due_on: date | None


class Logged(Result):
    """A touch or a note as it stands after logging it.

    `change` takes it back (`undo_until` says until when from Slack), `touch_id` names it. `repeated` when the same
    submission was logged before and nothing was written now, `added` when it was there and says more now. `touch` tells
    whether it counts as one: notes are our own. `quoted_until` says when the kept text of a message is erased.
    """

    change: str
    undo_until: datetime
    repeated: bool
    added: bool
    touch_id: str
    account_id: AccountId
    account: str
    kind: str
    touch: bool
    at: datetime
    text: str
    author: str | None
    people: str | None
    visibility: Literal["internal", "client-safe"]
    next_step: str | None
    next_step_on: date | None
    promise: LoggedPromise | None
    permalink: str | None
    quoted_until: datetime | None
    sentence: str


class Undone(Result):
    """A change that was taken back; `repeated` when it had been before. `restored` when something is as it was before
    that change, rather than gone. `text` is what was logged by it, in the words of whoever did; `account_ids` whom it
    was about."""

    change: str
    repeated: bool
    restored: bool
    text: str | None
    sentence: str
    account_ids: tuple[AccountId, ...] = ()
