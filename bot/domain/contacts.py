"""Who matters at a customer, when they were last involved, and who is missing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from .days import written
from .names import fold

BUYERS = ("economic buyer", "decision-maker")
_RANK = (*BUYERS, "sponsor", "champion", "influencer", "detractor", "user")
_APART = re.compile(r"[;,\n]")


@dataclass(frozen=True, slots=True)
class Involvement:
    """The last day somebody is known to have talked or answered, and where."""

    on: date
    where: Literal["conversation", "survey"]


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody at a customer. `stance` goes from -2 (against us) to 2 (for us), None where it is not known."""

    id: int
    name: str
    email: str | None = None
    title: str | None = None
    department: str | None = None
    role: str | None = None
    active: bool = True
    left_on: date | None = None
    involved: Involvement | None = None
    stance: int | None = None


def is_here(contact: Contact, today: date) -> bool:
    """Whether somebody still works there, as far as is known."""
    return contact.active and (contact.left_on is None or contact.left_on > today)


def in_order(contacts: Iterable[Contact], today: date) -> list[Contact]:
    """Who is still there first, then by role, then by who was heard of last."""

    def weight(one: Contact) -> tuple[bool, int, int, str]:
        role = _RANK.index(one.role) if one.role in _RANK else len(_RANK)
        heard = -one.involved.on.toordinal() if one.involved else 0
        return not is_here(one, today), role, heard, one.name

    return sorted(contacts, key=weight)


def named_in(text: str, contacts: Mapping[str, Sequence[int]]) -> Iterable[int]:
    """The ids of those whose full name or e-mail address stands in a list of people; `contacts` is by `keys_of`.

    Two people of one name are told apart by nothing, so such a name counts for nobody.
    """
    for part in _APART.split(text):
        named = contacts.get(fold(part), ()) if "@" not in part else contacts.get(part.strip().casefold(), ())
        if len(named) == 1:
            yield named[0]


def keys_of(contacts: Iterable[Contact]) -> dict[str, list[int]]:
    """Contacts by folded name and by e-mail address."""
    found: dict[str, list[int]] = {}
    for one in contacts:
        for key in {fold(one.name), (one.email or "").casefold()} - {""}:
            found.setdefault(key, []).append(one.id)
    return found


def gaps(contacts: Sequence[Contact], today: date) -> tuple[str, ...]:
    """Who is missing, one sentence each; empty when somebody pays, somebody fights for us and several are there."""
    if not contacts:
        return ("No contact is known: import people.",)
    here = [one for one in contacts if is_here(one, today)]
    found = [
        _missing(contacts, here, BUYERS, "economic buyer or decision maker"),
        _missing(contacts, here, ("champion",), "champion"),
    ]
    if not here:
        found.append("Nobody known here is active any more.")
    elif len(here) == 1:
        found.append(f"Single-threaded: {here[0].name} is the only active contact.")
    return tuple(one for one in found if one)


def _missing(known: Sequence[Contact], here: Sequence[Contact], roles: Sequence[str], what: str) -> str | None:
    if any(one.role in roles for one in here):
        return None
    gone = [one for one in known if one.role in roles]
    if not gone:
        return f"No {what} is known."
    last = max(gone, key=lambda one: (one.left_on or date.min, one.id))
    left = f"left on {written(last.left_on)}" if last.left_on else "left"
    return f"No {what}: {last.name} {left} and nobody has followed."
