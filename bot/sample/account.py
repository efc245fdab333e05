"""One company of the book on one day: what the tables say about it, worked out once and shared by all writers."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date
from math import pi, sin

from bot.sample.cast import MEMBER_BY_KEY, member_email
from bot.sample.contracts import Term, terms_of
from bot.sample.model import Company, Member, Person
from bot.sample.when import days_before, dice

WINDOW = 728
"""Two years of history are told; contracts may be older."""

OWNER_LEFT = 145
"""Days since the former manager left."""


@dataclass(frozen=True, slots=True)
class Account:
    company: Company
    index: int
    today: date
    seed: int
    terms: tuple[Term, ...]

    @property
    def id(self) -> str:
        return f"A-{self.index:03}"

    @property
    def began(self) -> date:
        """The first day of the first contract; for a prospect or a trial the day they were first met."""
        paid = [term.starts_on for term in self.terms if not term.line.trial]
        return min(paid) if paid else days_before(self.today, self.company.since)

    @property
    def told_from(self) -> date:
        """The first day of which this book tells."""
        return max(self.began, days_before(self.today, WINDOW))

    @property
    def over_on(self) -> date:
        """The day on which using and asking stops: the end of a cancelled contract, else today."""
        ended = [term.ends_on for term in self.terms if term.current and term.line.status == "cancelled"]
        return max(ended) if ended else self.today

    @property
    def owner(self) -> Member:
        """Who speaks for us; the lead where nobody owns the account."""
        return MEMBER_BY_KEY[self.company.owner or "ingrid"]

    def speaker(self, day: date) -> Member:
        """Who spoke for us on that day. Where the owner has left the company, the lead steps in after the last day."""
        gone = not self.owner.active and (self.today - day).days < OWNER_LEFT
        return MEMBER_BY_KEY["ingrid"] if gone else self.owner

    def dice(self, concern: str) -> random.Random:
        return dice(self.seed, self.company.key, concern)

    def ago(self, days: int) -> date:
        return days_before(self.today, days)

    def seats_on(self, day: date) -> int:
        """Platform seats paid for on that day over all contracts; a term that ran out still counts."""
        latest = {id(t.line): t.quantity for t in self.terms if t.line.product == "folio" and t.starts_on <= day}
        return sum(latest.values())

    def active_on(self, day: date) -> int:
        """People who worked with the platform in the week of that day, before noise; 0 where nothing is measured."""
        usage = self.company.usage
        if usage is None or day < self.began:
            return 0
        weeks_ago = (self.today - day).days / 7
        progress = min(1.0, max(0.0, 1 - (weeks_ago - 1) / max(1, usage.turn)))
        share = usage.start + (usage.end - usage.start) * progress
        settled = (
            min(1.0, 0.35 + (day - self.began).days / 120) if self.began > days_before(self.today, WINDOW) else 1.0
        )
        season = 1 + 0.02 * sin(day.timetuple().tm_yday / 365 * 2 * pi)
        return round(self.seats_on(day) * share / 100 * settled * season)

    def people_on(self, day: date) -> tuple[Person, ...]:
        """Who could be met on that day."""
        days = (self.today - day).days
        return tuple(p for p in self.company.people if p.since >= days and (p.left is None or p.left < days))


def open_accounts(companies: tuple[Company, ...], today: date, seed: int) -> tuple[Account, ...]:
    """Every company with its place in the book, which is its id."""
    return tuple(Account(c, i, today, seed, terms_of(c, today)) for i, c in enumerate(companies, 1))


def person_email(company: Company, person: Person) -> str:
    """Latin letters only, as most mail servers of the field still want it."""
    local = person.mail or ".".join(fold(part) for part in person.name.split() if not part.endswith("."))
    return f"{local.lower()}@{company.domain}"


def fold(word: str) -> str:
    """`Siobhán` -> `siobhan`, `O’Malley` -> `omalley`."""
    table = str.maketrans("áàâäåãéèêëíìîïóòôöøõúùûüçñşæıýžřš", "aaaaaaeeeeiiiioooooouuuucnsaiyzrs")
    return "".join(c for c in word.lower().translate(table) if c.isascii() and (c.isalnum() or c == "-"))


def member_of(key: str) -> str:
    return member_email(MEMBER_BY_KEY[key])
