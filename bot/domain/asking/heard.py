"""A line with everything that was read from it, before it becomes a question."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from .leftovers import Left, names_left
from .outcome import Before
from .slots import Slots, take, take_days
from .words import MARK, Masked

_PERSON = re.compile(r"\b(?:his|hers?|him|he|she)\b")
PRONOUN = re.compile(r"\b(?:they|them|their|it|its|him|her|there|he|she|that account|this account|the account)\b")


@dataclass(frozen=True)
class Heard:
    """A line with everything that was read from it."""

    line: str
    rest: str
    masked: Masked
    slots: Slots
    left: list[Left]
    before: Before

    @property
    def whose(self) -> dict[str, Any]:
        """The slots of a listing; who speaks of "I" means their own book, "her accounts" those of whom was spoken."""
        found = self.slots.narrows
        if "whose" not in found and _PERSON.search(self.line) and (spoken_of := self.before.whose) is not None:
            found["whose"] = spoken_of
        if "whose" not in found and self.slots.first_person:
            found["whose"] = "mine"
        return found

    @property
    def members(self) -> list[str]:
        """The colleagues that the line names."""
        return [
            self.masked.names[int(mark[1])].text
            for mark in MARK.finditer(self.line)
            if self.masked.names[int(mark[1])].kind == "member"
        ]

    @property
    def account(self) -> str | None:
        known = [one.text for one in self.left if one.known]
        return next(iter(known or [one.text for one in self.left]), None)

    def account_or_before(self) -> str | None:
        """The account named, else the one spoken of, unless a book, segment or product was named."""
        if self.account is not None:
            return self.account
        narrowed = {"whose", "segment"} & set(self.slots.narrows) or self.before.whose
        return None if narrowed and not PRONOUN.search(self.line) else self.before.account


def hear(line: str, masked: Masked, before: Before, *, days: bool = False) -> tuple[Heard, int | None]:
    found, rest = take_days(line) if days else (None, line)
    slots, rest = take(rest, masked)
    return Heard(line, rest, masked, slots, names_left(rest, masked), before), found
