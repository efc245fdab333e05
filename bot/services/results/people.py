"""Who is known at a customer."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from bot.services.results.base import AccountId, Result


class Contact(Result):
    """Somebody at the customer. `involved_on` is the last day they are known to have answered or talked."""

    name: str
    title: str | None
    department: str | None
    role: str | None
    active: bool
    left_on: date | None
    involved_on: date | None
    involved_in: Literal["conversation", "survey"] | None


class PeoplePage(Result):
    """A page of contacts, those who matter most first: `first` to `last` of `total`. `gaps` says who is missing."""

    account_id: AccountId
    account: str
    page: int
    pages: int
    first: int
    last: int
    total: int
    active: int
    contacts: tuple[Contact, ...]
    gaps: tuple[str, ...]
    as_of: datetime
