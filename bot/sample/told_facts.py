"""Touches that speak of rows elsewhere in the book: reviews, renewals, tickets, survey answers, promises, figures."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from bot.sample import phrases_facts as say
from bot.sample.account import Account
from bot.sample.contracts import Term
from bot.sample.promises import Pledge
from bot.sample.surveys import Answer
from bot.sample.tickets import Ticket
from bot.sample.touches import Scribe, Touch
from bot.sample.voice import Deck, fill, spoken

RENEWAL_ROLES = {"champion": 0, "economic buyer": 1}
MOST_OF_ONE_KIND = 12
SMALL_NUMBERS = (
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)


class FactTeller:
    """Each method yields touches of any day; the timeline keeps those that fit the account's story."""

    def __init__(self, account: Account, tickets: tuple[Ticket, ...]) -> None:
        self.account, self.tickets = account, tickets
        self.rng = account.dice("facts")
        self.scribe = Scribe(account, self.rng)
        self.decks = {
            name: Deck(getattr(say, name), self.rng)
            for name in (
                "REVIEWS",
                "RENEWAL_FAR",
                "RENEWAL_NEAR",
                "RENEWAL_DONE",
                "TICKET_TALK",
                "TICKET_MAIL",
                "DETRACTOR",
                "PROMOTER",
                "PROMISE_MADE",
                "PROMISE_THEIRS",
                "PROMISE_KEPT",
                "PROMISE_MISSED",
                "USAGE_NOTES",
            )
        }

    def reviews(self) -> Iterator[Touch]:
        """Every quarter for accounts large enough to have one; the minutes go to the client."""
        if self.account.company.segment == "small" or self.account.company.usage is None:
            return
        for ago in range(20 + self.account.index % 60, 700, 91):
            day = self.account.ago(ago)
            if day < self.account.told_from + timedelta(days=80):
                return
            cast = self.scribe.cast(day)
            raised = sum(1 for ticket in self.tickets if day - timedelta(days=91) < ticket.day <= day)
            count = SMALL_NUMBERS[raised] if raised < len(SMALL_NUMBERS) else str(raised)
            said = f"{count} {'ticket' if raised == 1 else 'tickets'}"
            words = self.scribe.words(day, cast, tickets=said, tickets_cap=said[:1].upper() + said[1:])
            yield self.scribe.touch(
                day, "meeting", "Quarterly review", [self.decks["REVIEWS"].deal()], words, cast, safe=True
            )

    def renewals(self) -> Iterator[Touch]:
        for term in self.account.terms:
            if term.line.product == "folio" and term.line.contract == "A" and term.starts_on > self.account.began:
                yield self._renewal(term, term.starts_on - timedelta(days=110), "RENEWAL_FAR", before=True)
                yield self._renewal(term, term.starts_on - timedelta(days=40), "RENEWAL_NEAR")
                yield self._renewal(term, term.starts_on - timedelta(days=11), "RENEWAL_DONE")

    def _renewal(self, term: Term, day: date, deck: str, *, before: bool = False) -> Touch:
        ends = term.starts_on - timedelta(days=1) if before else term.ends_on
        people = sorted(self.account.people_on(day), key=lambda person: RENEWAL_ROLES.get(person.role, 2))
        cast = self.scribe.cast(day, people[0])[0], people[min(1, len(people) - 1)]
        words = self.scribe.words(
            day,
            cast,
            ends=f"{spoken(ends)} {ends.year}",
            seats=str(term.quantity),
            amount=f"{term.currency} {term.amount:,}",
        )
        subject = {"RENEWAL_FAR": "Renewal ahead", "RENEWAL_NEAR": "Renewal offer", "RENEWAL_DONE": "Renewed"}[deck]
        return self.scribe.touch(day, "call", subject, [self.decks[deck].deal()], words, cast)

    def tickets_told(self) -> Iterator[Touch]:
        loud = [ticket for ticket in self.tickets if ticket.priority in {"urgent", "high"}]
        for ticket in self.rng.sample(loud, min(len(loud), MOST_OF_ONE_KIND)):
            day = ticket.day + timedelta(days=self.rng.randint(0, 2))
            cast = self.scribe.cast(day, ticket.by)
            words = self.scribe.words(day, cast, ticket=ticket.subject, number=ticket.number)
            if self.rng.random() < 0.6:
                yield self.scribe.touch(
                    day, "call", ticket.subject, [self.decks["TICKET_TALK"].deal()], words, cast[:1]
                )
            else:
                phrases = ["Hi {first},", self.decks["TICKET_MAIL"].deal()]
                yield self.scribe.touch(day, "email", f"Re: {ticket.number}", phrases, words, cast[:1], safe=True)

    def answers_told(self, answers: tuple[Answer, ...]) -> Iterator[Touch]:
        strong = [a for a in answers if a.survey == "nps" and (a.score <= 6 or a.score >= 9)]
        for answer in self.rng.sample(strong, min(len(strong), MOST_OF_ONE_KIND // 2)):
            day = answer.at.date() + timedelta(days=self.rng.randint(1, 5))
            deck = self.decks["PROMOTER" if answer.score >= 9 else "DETRACTOR"]
            cast = self.scribe.cast(day, answer.person)
            words = self.scribe.words(day, cast, score=str(answer.score))
            yield self.scribe.touch(
                day, "email", "Your answer to our survey", ["Dear {first},", deck.deal()], words, cast[:1], safe=True
            )

    def promises_told(self, pledges: tuple[Pledge, ...]) -> Iterator[Touch]:
        """How a promise was made, and how it ended. An open one has no end yet."""
        for pledge in pledges:
            if pledge.written or pledge.made_on < self.account.told_from:
                continue
            cast = self.scribe.cast(pledge.made_on)
            more = {"quote": pledge.quote, "due": spoken(pledge.due_on), "made": spoken(pledge.made_on)}
            words = self.scribe.words(pledge.made_on, cast, **more)
            made = "PROMISE_MADE" if pledge.by == "us" else "PROMISE_THEIRS"
            yield self.scribe.touch(
                pledge.made_on, "call", "What was promised", [self.decks[made].deal()], words, cast[:1]
            )
            if pledge.by == "us" and pledge.kept_on and pledge.kept_on > pledge.made_on:
                phrases = ["Hi {first},", self.decks["PROMISE_KEPT"].deal()]
                yield self.scribe.touch(pledge.kept_on, "email", "As promised", phrases, words, cast[:1], safe=True)
            elif pledge.by == "us" and pledge.status == "missed":
                day = pledge.due_on + timedelta(days=2)
                yield self.scribe.touch(
                    day, "note", "Missed date", [self.decks["PROMISE_MISSED"].deal()], words, cast[:1]
                )

    def figures(self) -> Iterator[Touch]:
        """A look at usage, with the trend over the quarter before it in words."""
        decks = {name: Deck(lines, self.rng) for name, lines in say.TREND_WORDS.items()}
        for ago in range(9 + self.account.index % 30, 700, 58 if self.account.company.segment == "strategic" else 110):
            day = self.account.ago(ago)
            now, earlier = self.account.active_on(day), self.account.active_on(day - timedelta(days=91))
            if not now or not earlier:
                return
            change = (now - earlier) / earlier
            cast = self.scribe.cast(day)
            words = self.scribe.words(day, cast)
            trend = fill(decks["up" if change > 0.05 else "down" if change < -0.05 else "flat"].deal(), words)
            phrases = [self.decks["USAGE_NOTES"].deal()]
            yield self.scribe.touch(day, "note", "Usage", phrases, {**words, "trend": trend}, cast[:1])
