"""Whether a contract has been followed by another one of the account: then there is nothing left to renew.

Believed only where it is plain. A contract that begins as this one ends takes over from it, unless it is known to be
about other products. After the end any contract of the account that runs on makes it history, as on the card.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from bot.domain.reminders.course import Over
from bot.domain.reminders.ladder import Contract
from bot.domain.terms import ContractTerms

_BEFORE, _AFTER = timedelta(days=6), timedelta(days=31)


def as_followed(contracts: Sequence[Contract], today: date) -> tuple[Contract, ...]:
    """The same contracts, those that another one has taken over from as over."""
    running = [one for one in contracts if one.over is None]
    if len(running) < 2:
        return tuple(contracts)
    return tuple(_followed(one, running, today) if one.over is None else one for one in contracts)


def _followed(one: Contract, others: Sequence[Contract], today: date) -> Contract:
    after = follower(one, others, today)
    if after is None:
        return one
    name = f"contract {after.number}" if after.number else "another contract"
    return replace(one, over=Over(f"{name} follows it", "done"))


def follower(one: Contract, others: Sequence[Contract], today: date) -> Contract | None:
    """The contract that took over from this one, None when nothing did."""
    ends_on = one.terms.ends_on
    if ends_on is None or (one.terms.auto_renew is True and ends_on < today):
        return None
    later = (other for other in others if other.id != one.id and _outlasts(other.terms, ends_on))
    return next((other for other in later if ends_on < today or _takes_over(one, other, ends_on)), None)


def _outlasts(terms: ContractTerms, ends_on: date) -> bool:
    return terms.ends_on is None or terms.ends_on > ends_on


def _takes_over(one: Contract, other: Contract, ends_on: date) -> bool:
    starts_on = other.terms.starts_on
    if starts_on is None or not ends_on - _BEFORE < starts_on <= ends_on + _AFTER:
        return False
    return not one.products or not other.products or bool(one.products & other.products)
