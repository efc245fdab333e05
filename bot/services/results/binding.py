"""Which account a channel is about."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from bot.services.results.base import AccountId, Result


class Binding(Result):
    """A channel and its account; `gone` when the account was merged or removed, `account` is its last name then."""

    channel: str
    account_id: AccountId
    account: str
    gone: bool
    url: str | None
    bound_by: str
    bound_at: datetime
    bookmark_id: str | None


class Bound(Result):
    """What came of binding: done, so before, or not done because the channel is about another account (`now`)."""

    outcome: Literal["bound", "already", "taken"]
    now: Binding
    before: Binding | None = None
