"""Other rules of health beside those in force."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from bot.services.results.base import AccountId, Result


class BandCount(Result):
    """How many accounts are in a band by either rules; a band that only one of them has is empty by the other."""

    band: str
    now: int
    other: int


class BandChange(Result):
    """An account that would be in another band. A score of None is unknown."""

    account_id: AccountId
    account: str
    segment: str | None
    score: int | None
    band: str
    other_score: int | None
    other_band: str


class Foresight(Result):
    """How well scores of a day told who would leave since then: the share of pairs of one who left and one who stayed
    in which the one who left scored lower; 50 is a coin, None without anybody in `left` or `stayed`."""

    left: int
    stayed: int
    now: Decimal | None
    other: Decimal | None


class RulesCompared(Result):
    """Other rules beside those in force. `today` is computed anew from the facts; `then` is the stored past of a day
    with other weights and bands over the inputs as they were read then, None when nothing is stored of it."""

    rules: str
    other_rules: str
    on: date
    accounts: int
    today: tuple[BandCount, ...]
    changes: tuple[BandChange, ...]
    changed: int
    then_on: date
    then: tuple[BandCount, ...] | None
    foresight: Foresight | None
