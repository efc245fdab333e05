"""Survey answers: two NPS waves a year, and a satisfaction score on some solved tickets."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.sample.account import Account, person_email
from bot.sample.model import Person
from bot.sample.phrases_support import CSAT_BAD, CSAT_GOOD, NPS_HIGH, NPS_LOW, NPS_MIDDLE
from bot.sample.tickets import Ticket
from bot.sample.voice import Deck, fill, slots
from bot.sample.when import office_hour, stamp, workday

WAVES = (690, 508, 326, 144, 47)
"""Days ago on which the relationship survey went out."""


@dataclass(frozen=True, slots=True)
class Answer:
    account: Account
    person: Person
    survey: str
    score: int
    at: datetime
    comment: str

    def row(self, number: int) -> dict[str, object]:
        low, high = (0, 10) if self.survey == "nps" else (1, 5)
        return {
            "id": f"S-{self.account.index:02}{number:03}",
            "account_id": self.account.id,
            "person_email": person_email(self.account.company, self.person),
            "survey": self.survey,
            "score": self.score,
            "scale_min": low,
            "scale_max": high,
            "at": self.at,
            "comment": self.comment,
        }


def answers_of(account: Account, tickets: tuple[Ticket, ...]) -> tuple[Answer, ...]:
    rng = account.dice("surveys")
    found = [*_relationship(account, rng), *_after_tickets(account, tickets, rng)]
    return tuple(sorted(found, key=lambda answer: answer.at))


def _relationship(account: Account, rng: random.Random) -> Iterator[Answer]:
    """Mood moves straight from its first to its present value; each person differs by a point, by their stance."""
    mood = account.company.mood
    if mood is None:
        return
    decks = [Deck(cards, rng) for cards in (NPS_LOW, NPS_MIDDLE, NPS_HIGH)]
    for wave in WAVES:
        day = account.ago(wave)
        if not account.told_from <= day < account.over_on or wave < account.company.last:
            continue
        progress = max(0.0, 1 - wave / WAVES[0]) if mood[1] >= mood[0] else max(0.0, 1 - wave / 420)
        for person in account.people_on(day):
            score = round(mood[0] + (mood[1] - mood[0]) * progress + rng.choice((-1, 0, 0, 0, 1)) + person.stance / 4)
            if rng.random() < 0.45 or person is account.people_on(day)[0]:
                yield _nps(
                    account,
                    person,
                    max(0, min(10, score)),
                    workday(day + timedelta(days=rng.randint(0, 9))),
                    decks,
                    rng,
                )


def _nps(account: Account, person: Person, score: int, day: date, decks: list[Deck[str]], rng: random.Random) -> Answer:
    deck = decks[0 if score <= 6 else 1 if score <= 8 else 2]
    people = account.people_on(day) or (person,)
    comment = fill(deck.deal(), slots(account, day, rng, person, people[0])) if rng.random() < 0.5 else ""
    return Answer(
        account, person, "nps", score, stamp(day, office_hour(rng), account.company.zone, account.today), comment
    )


def _after_tickets(account: Account, tickets: tuple[Ticket, ...], rng: random.Random) -> Iterator[Answer]:
    good, bad = Deck(CSAT_GOOD, rng), Deck(CSAT_BAD, rng)
    for ticket in tickets:
        if ticket.score is None or ticket.solved_at is None:
            continue
        deck = good if ticket.score >= 4 else bad
        words = slots(account, ticket.day, rng, ticket.by, ticket.by)
        comment = fill(deck.deal(), words) if rng.random() < 0.6 else ""
        at = ticket.solved_at + timedelta(minutes=rng.randint(10, 240))
        yield Answer(account, ticket.by, "csat", ticket.score, at, comment)
