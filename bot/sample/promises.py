"""Promises: the written ones of the stories and the everyday ones, nearly all of them kept."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta

from bot.sample.account import Account, member_of
from bot.sample.model import Promise
from bot.sample.phrases_support import PROMISES_THEM, PROMISES_US
from bot.sample.stories import PROMISES
from bot.sample.voice import Deck, fill, slots
from bot.sample.when import workday

TOUCHES_PER_PROMISE = 15


@dataclass(frozen=True, slots=True)
class Pledge:
    """A promise on the calendar. `written` = its story is told by the written moments, nothing need be added."""

    account: Account
    quote: str
    by: str
    made_on: date
    due_on: date
    kept_on: date | None
    status: str
    written: bool

    def row(self, number: int) -> dict[str, object]:
        return {
            "id": f"P-{self.account.index:02}{number:02}",
            "account_id": self.account.id,
            "quote": self.quote,
            "by": self.by,
            "owner_email": member_of(self.account.speaker(self.made_on).key) if self.by == "us" else None,
            "due_on": self.due_on,
            "made_on": self.made_on,
            "kept_on": self.kept_on,
            "status": self.status,
        }


def pledges_of(account: Account) -> tuple[Pledge, ...]:
    rng = account.dice("promises")
    found = [_written(account, promise) for promise in PROMISES.get(account.company.key, ())]
    found += _everyday(account, rng)
    return tuple(sorted(found, key=lambda pledge: (pledge.made_on, pledge.quote)))


def _written(account: Account, promise: Promise) -> Pledge:
    made = workday(account.ago(promise.made))
    kept = None if promise.kept is None else max(made, workday(account.ago(promise.kept)))
    due = account.ago(promise.due)
    return Pledge(account, promise.quote, promise.by, made, max(made, due), kept, promise.status, True)


def _everyday(account: Account, rng: random.Random) -> list[Pledge]:
    company = account.company
    first, last = account.told_from + timedelta(days=12), account.ago(max(30, company.last + 1))
    span = (last - first).days
    if span < 30 or not company.lines:
        return []
    ours, theirs = Deck(PROMISES_US, rng), Deck(PROMISES_THEM, rng)
    return [
        _one(account, first + timedelta(days=rng.randrange(span)), ours, theirs, rng)
        for _ in range(company.touches // TOUCHES_PER_PROMISE)
    ]


def _one(account: Account, day: date, ours: Deck[str], theirs: Deck[str], rng: random.Random) -> Pledge:
    """Everyday promises are over: kept, kept late, or missed. What is still open is told by the stories."""
    made = workday(day)
    people = account.people_on(made)
    by = "them" if rng.random() < 0.22 else "us"
    quote = fill((theirs if by == "them" else ours).deal(), slots(account, made, rng, people[0], people[-1]))
    due = workday(made + timedelta(days=rng.choice((5, 7, 7, 10, 14, 14, 20))))
    tense = account.company.tone == "tense"
    fate = rng.choices(("kept", "late", "missed"), (55, 20, 25) if tense else (84, 12, 4))[0]
    if fate == "missed":
        return Pledge(account, quote, by, made, due, None, "missed", False)
    late = rng.randint(1, 6) if fate == "late" else -rng.randint(0, 4)
    kept = max(made, workday(min(due + timedelta(days=late), account.ago(account.company.last))))
    return Pledge(account, quote, by, made, due, kept, "kept", False)
