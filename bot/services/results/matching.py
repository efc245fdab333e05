"""Which account was meant."""

from __future__ import annotations

from typing import Literal

from bot.services.results.base import AccountId, Result


class Candidate(Result):
    id: AccountId
    name: str
    hint: str
    score: int


class Match(Result):
    """What a typed name leads to: one account, a choice, or nothing. Never a silent guess."""

    query: str
    outcome: Literal["one", "several", "none"]
    account_id: AccountId | None = None
    candidates: tuple[Candidate, ...] = ()


class Leading(Result):
    """The account that a text begins with (`account` is its name, when it is one), and what follows."""

    match: Match
    rest: str
    account: str | None = None
