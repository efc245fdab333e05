"""What leads and admins can ask for: who may see what, and what was done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Restrict:
    """Show the account that `query` names to nobody but who works on it and the `named`: names, or "@" and a user."""

    query: str
    named: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Unrestrict:
    """Lift the restriction of the account that `query` names."""

    query: str


@dataclass(frozen=True, slots=True)
class WhoSees:
    """Who may see the account that `query` names; empty: which accounts are restricted."""

    query: str = ""


@dataclass(frozen=True, slots=True)
class ErasePerson:
    """Erase a person, by name, address or id, of the account that `query` names; asked about first."""

    query: str
    who: str


@dataclass(frozen=True, slots=True)
class Audit:
    """Who saw the account that `query` names and who changed it, since a day of the past as typed."""

    query: str
    since: str = ""


AdminAsk: TypeAlias = Restrict | Unrestrict | WhoSees | ErasePerson | Audit
