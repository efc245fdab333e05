"""A touch: one interaction, and the helpers that all writers of touches share."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from bot.sample.account import Account, member_of
from bot.sample.model import Person
from bot.sample.voice import fill, slots
from bot.sample.when import office_hour, stamp, workday


@dataclass(frozen=True, slots=True)
class Touch:
    """`author` is a member's key; empty where the customer wrote. `safe` = the client may see it."""

    account: Account
    at: datetime
    kind: str
    subject: str
    text: str
    people: tuple[Person, ...]
    author: str = ""
    safe: bool = False

    def row(self, number: int) -> dict[str, object]:
        by_customer = not self.author
        directions = {"email": "in" if by_customer else "out", "message": "in"}
        name = f"I-{self.account.index:02}{number:03}"
        return {
            "id": name,
            "account_id": self.account.id,
            "at": self.at,
            "kind": self.kind,
            "direction": directions.get(self.kind),
            "author_email": member_of(self.author) if self.author else None,
            "people": "; ".join(person.name for person in self.people),
            "subject": self.subject,
            "text": self.text,
            "client_safe": self.safe,
            "by_customer": by_customer,
            "url": f"https://mail.steward.example/{name.lower()}" if self.kind == "email" else None,
        }


class Scribe:
    """Writes touches of one account: picks the people, fills the phrases, finds an hour."""

    def __init__(self, account: Account, rng: random.Random) -> None:
        self.account, self.rng = account, rng

    def moment(self, day: date) -> datetime:
        return stamp(workday(day), office_hour(self.rng), self.account.company.zone, self.account.today)

    def cast(self, day: date, first: Person | None = None) -> tuple[Person, Person]:
        """Somebody to talk to and somebody to mention; champions and administrators are met most."""
        people = self.account.people_on(day)
        main = (
            first
            or self.rng.choices(people, [5 if p.role == "champion" else 2 if p.role == "user" else 1 for p in people])[
                0
            ]
        )
        others = [person for person in people if person is not main]
        return main, self.rng.choice(others) if others else main

    def words(self, day: date, cast: tuple[Person, Person], **more: str) -> dict[str, str]:
        return {**slots(self.account, day, self.rng, *cast), **more}

    def touch(
        self,
        day: date,
        kind: str,
        subject: str,
        phrases: Iterable[str],
        words: dict[str, str],
        people: tuple[Person, ...],
        *,
        safe: bool = False,
        author: str | None = None,
    ) -> Touch:
        parts = [part for part in (fill(phrase, words) for phrase in phrases) if part]
        text = " ".join(parts).replace(f"{parts[0]} ", f"{parts[0]}\n", 1) if kind == "email" else " ".join(parts)
        author = self.account.speaker(day).key if author is None else author
        return Touch(self.account, self.moment(day), kind, fill(subject, words), text, people, author, safe)
