"""Support tickets: the written ones of the stories, and the everyday ones around them."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.sample.account import Account, person_email
from bot.sample.model import Case, Person
from bot.sample.phrases_support import TICKET_TAILS, TICKETS
from bot.sample.stories import CASES
from bot.sample.voice import Deck, fill, join, slots
from bot.sample.when import office_hour, stamp, workday

WRITERS = {"champion", "user", "influencer", "detractor"}
"""Who writes to support; the others have it written."""
PACE_DAYS = {"urgent": 1.5, "high": 4.0, "medium": 7.0, "low": 12.0}


@dataclass(frozen=True, slots=True)
class Ticket:
    """A ticket as it stands today. `number` is what people call it; `score` is told in surveys.csv, and only there."""

    number: str
    account: Account
    opened_at: datetime
    answered_at: datetime | None
    solved_at: datetime | None
    status: str
    priority: str
    subject: str
    text: str
    by: Person
    escalated: bool = False
    score: int | None = None

    @property
    def day(self) -> date:
        return self.opened_at.date()

    def row(self) -> dict[str, object]:
        return {
            "id": self.number,
            "account_id": self.account.id,
            "person_email": person_email(self.account.company, self.by),
            "opened_at": self.opened_at,
            "first_response_at": self.answered_at,
            "solved_at": self.solved_at,
            "status": self.status,
            "priority": self.priority,
            "subject": self.subject,
            "text": self.text,
            "escalated": self.escalated,
        }


def tickets_of(account: Account) -> tuple[Ticket, ...]:
    """All tickets, oldest first, numbered in that order."""
    rng = account.dice("tickets")
    found = [_written(account, case, rng) for case in CASES.get(account.company.key, ())]
    everyday = _everyday(account, rng)
    found += everyday
    found.sort(key=lambda ticket: ticket.opened_at)
    return tuple(_numbered(ticket, account.index * 1000 + place) for place, ticket in enumerate(found, 1))


def _numbered(ticket: Ticket, number: int) -> Ticket:
    return Ticket(
        f"T-{number}",
        ticket.account,
        ticket.opened_at,
        ticket.answered_at,
        ticket.solved_at,
        ticket.status,
        ticket.priority,
        ticket.subject,
        ticket.text,
        ticket.by,
        ticket.escalated,
        ticket.score,
    )


def _everyday(account: Account, rng: random.Random) -> list[Ticket]:
    company = account.company
    held = list(dict.fromkeys(line.product for line in company.lines))
    deck = Deck([card for product in held for card in TICKETS[product]], rng) if held else None
    span = (min(account.over_on, account.ago(max(3, company.last // 2))) - account.told_from).days
    if deck is None or span < 5:
        return []
    days = sorted(account.told_from + timedelta(days=rng.randrange(1, span)) for _ in range(company.tickets))
    if company.usage and company.usage.end < company.usage.start - 10:
        days = sorted(day + (account.ago(6) - day) * rng.choice((0, 0, 0.5)) for day in days)
    tails = Deck(TICKET_TAILS, rng)
    return [_ticket(account, workday(day), deck.deal(), tails.deal(), rng) for day in days]


def _ticket(account: Account, day: date, card: tuple[str, str], tail: str, rng: random.Random) -> Ticket:
    people = account.people_on(day)
    by = rng.choice([person for person in people if person.role in WRITERS] or people)
    words = slots(account, day, rng, by, people[0])
    subject, text = fill(card[0], words), join(fill(card[1], words), fill(tail, words))
    tense = account.company.tone == "tense"
    priority = rng.choices(("urgent", "high", "medium", "low"), (8, 30, 44, 18) if tense else (2, 16, 52, 30))[0]
    opened = stamp(day, office_hour(rng), account.company.zone, account.today)
    needed = PACE_DAYS[priority] * rng.uniform(0.2, 2.2) * (1.6 if tense else 1.0)
    answered = opened + timedelta(minutes=rng.randint(9, 380))
    closed = workday((opened + timedelta(days=needed)).date())
    solved = max(datetime.combine(closed, office_hour(rng), opened.tzinfo), answered + timedelta(minutes=40))
    midnight = datetime.combine(account.today, time(), opened.tzinfo) - timedelta(days=1)
    if solved > midnight:
        status, final = rng.choice((("open", None), ("pending", None)))
        return Ticket(
            "",
            account,
            opened,
            answered if answered < midnight else None,
            final,
            status,
            priority,
            subject,
            text,
            by,
        )
    liked = rng.choices((5, 4, 3, 2, 1), (10, 15, 20, 30, 25) if tense else (50, 30, 12, 5, 3))[0]
    return Ticket(
        "",
        account,
        opened,
        answered,
        solved,
        "solved",
        priority,
        subject,
        text,
        by,
        priority == "urgent" and tense,
        liked if rng.random() < 0.28 else None,
    )


def _written(account: Account, case: Case, rng: random.Random) -> Ticket:
    zone = account.company.zone
    opened = stamp(workday(account.ago(case.opened)), office_hour(rng), zone, account.today)
    solved = None
    if case.solved is not None:
        solved = max(
            opened + timedelta(hours=5), stamp(workday(account.ago(case.solved)), time(16, 40), zone, account.today)
        )
    people = account.people_on(opened.date())
    by = rng.choice([person for person in people if person.role in WRITERS] or people)
    return Ticket(
        "",
        account,
        opened,
        opened + timedelta(minutes=rng.randint(9, 90)),
        solved,
        "solved" if solved else case.status,
        case.priority,
        case.subject,
        case.text,
        by,
        case.escalated,
    )
