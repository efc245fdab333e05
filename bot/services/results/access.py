"""Who may see an account."""

from __future__ import annotations

from datetime import datetime

from bot.services.results.base import AccountId, Result


class Viewer(Result):
    """Somebody of the team list who may see it, and the clause that says why."""

    name: str
    why: str


class Restriction(Result):
    """Since when, by whom and why only some may see an account; `named` for it are these colleagues."""

    account_id: AccountId
    account: str
    named: tuple[str, ...]
    reason: str | None
    by: str
    at: datetime


class WhoMaySee(Result):
    """`viewers` of the team list, those who work on it first; `unlisted` whether colleagues who are not in the list see
    it as well. Admins of Slack always do."""

    account_id: AccountId
    account: str
    restriction: Restriction | None
    viewers: tuple[Viewer, ...]
    members: int
    unlisted: bool


class Restricted(Result):
    """What became of a restriction: what was before, and what holds now; None for none."""

    account_id: AccountId
    account: str
    before: Restriction | None
    now: Restriction | None
