"""The timeline of an account: written moments first, then what the rows elsewhere call for, then everyday talk."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from bot.sample import phrases_frames as frames
from bot.sample.account import Account
from bot.sample.model import Beat, Person
from bot.sample.phrases_addons import ADDONS, FIRST_WEEKS, PROSPECTS
from bot.sample.phrases_business import BUSINESS
from bot.sample.phrases_facts import QUIET_NOTES
from bot.sample.phrases_platform import PLATFORM
from bot.sample.promises import Pledge
from bot.sample.stories import BEATS
from bot.sample.surveys import Answer
from bot.sample.tickets import Ticket
from bot.sample.told_facts import FactTeller
from bot.sample.topics import Topic
from bot.sample.touches import Scribe, Touch
from bot.sample.voice import Deck
from bot.sample.when import workday

NEW_DAYS = 45
KIND_WEIGHTS = {"call": 30, "meeting": 11, "out": 25, "inn": 19, "note": 8, "message": 7}


def touches_of(
    account: Account, tickets: tuple[Ticket, ...], answers: tuple[Answer, ...], pledges: tuple[Pledge, ...]
) -> tuple[Touch, ...]:
    """All interactions of the account, oldest first."""
    told = [_beat(account, beat) for beat in BEATS.get(account.company.key, ())]
    teller = FactTeller(account, tickets)
    facts: Iterable[Iterable[Touch]] = (
        teller.reviews(),
        teller.renewals(),
        teller.tickets_told(),
        teller.answers_told(answers),
        teller.promises_told(pledges),
        teller.figures(),
    )
    newest = account.ago(account.company.last)
    told += [touch for group in facts for touch in group if account.told_from <= touch.at.date() <= newest]
    told += EverydayTalk(account).touches(account.company.touches - len(told))
    return tuple(sorted(told, key=lambda touch: (touch.at, touch.text)))


def _beat(account: Account, beat: Beat) -> Touch:
    scribe = Scribe(account, account.dice(f"beat {beat.ago} {beat.subject}"))
    people = tuple(next(p for p in account.company.people if p.first == who) for who in beat.who)
    day = account.ago(beat.ago)
    author = "" if beat.by == "them" else beat.author or account.speaker(day).key
    return Touch(account, scribe.moment(day), beat.kind, beat.subject, beat.text, people, author, beat.safe)


class EverydayTalk:
    """Fills a history with talk on topics, each dealt once before any returns."""

    def __init__(self, account: Account) -> None:
        self.account = account
        self.rng = account.dice("talk")
        self.scribe = Scribe(account, self.rng)
        held = {line.product for line in account.company.lines}
        addons = [topic for topic in ADDONS if topic.product in held]
        customer = [t for t in (*PLATFORM, *BUSINESS, *addons) if account.company.tone in t.tones]
        self.topics = Deck(PROSPECTS if account.company.kind == "prospect" else customer, self.rng)
        self.first_weeks = Deck(FIRST_WEEKS, self.rng)
        self.opens = {
            name: Deck(cards, self.rng)
            for name, cards in (
                ("call", frames.CALL_OPENERS),
                ("meeting", frames.MEETING_OPENERS),
                ("note", QUIET_NOTES),
                ("message", frames.CHATS),
                ("chat", frames.CHAT_OPENERS),
                ("out", frames.GREETINGS),
                ("inn", frames.IN_GREETINGS),
            )
        }
        self.ends = {
            name: Deck(cards, self.rng)
            for name, cards in (("call", frames.CLOSERS), ("out", frames.OUT_ENDS), ("inn", frames.IN_ENDS))
        }

    def touches(self, number: int) -> list[Touch]:
        first, last = self.account.told_from, self.account.ago(self.account.company.last)
        span = (last - first).days
        if number <= 0 or span < 1:
            return []
        days = sorted(first + timedelta(days=round(span * self._place())) for _ in range(number - 1))
        days = [self._in_office(day) for day in days] + [last]
        return [touch for day in days if (touch := self._touch(workday(day))) is not None]

    def _place(self) -> float:
        """Where in the history; a cooling account is talked to less and less."""
        return float(self.rng.random() ** (1.35 if self.account.company.tone == "tense" else 1.0))

    def _in_office(self, day: date) -> date:
        """Nearly nobody calls between the years."""
        return day - timedelta(days=9) if (day.month, day.day) >= (12, 23) and self.rng.random() < 0.85 else day

    def _topic(self, day: date) -> Topic:
        if self.account.company.kind == "customer" and (day - self.account.began).days < NEW_DAYS:
            return self.first_weeks.deal()
        span = max(1, (self.account.today - self.account.told_from).days)
        phase = (day - self.account.told_from).days / span
        for _ in range(40):
            topic = self.topics.deal()
            if topic.phase[0] <= phase <= topic.phase[1] and (not topic.months or day.month in topic.months):
                return topic
        return topic

    def _touch(self, day: date) -> Touch | None:
        cast = self.scribe.cast(day)
        way = self.rng.choices(list(KIND_WEIGHTS), list(KIND_WEIGHTS.values()))[0]
        words = self.scribe.words(day, cast)
        if way == "note":
            return self.scribe.touch(day, "note", "", [self.opens["note"].deal()], words, ())
        if way == "message":
            phrases = [self.opens["chat"].deal(), self.opens["message"].deal()]
            return self.scribe.touch(day, "message", "", phrases, words, cast[:1])
        topic = self._topic(day)
        if way in {"out", "inn"}:
            return self._mail(day, way, topic, words, cast)
        return self._talk(day, way, topic, words, cast)

    def _mail(self, day: date, way: str, topic: Topic, words: dict[str, str], cast: tuple[Person, Person]) -> Touch:
        begins, goes_on = topic.out if way == "out" else topic.inn
        phrases = [self.opens[way].deal(), *self._said(begins, goes_on, 1), self.ends[way].deal()]
        author = "" if way == "inn" else None
        people = cast if "{other}" in phrases[0] else cast[:1]
        return self.scribe.touch(day, "email", topic.subject, phrases, words, people, safe=True, author=author)

    def _talk(self, day: date, way: str, topic: Topic, words: dict[str, str], cast: tuple[Person, Person]) -> Touch:
        said = self._said(*topic.call, self.rng.choice((1, 1, 2)))
        phrases = [self.opens[way].deal(), *said]
        people = cast if way == "meeting" or any("{other}" in phrase for phrase in phrases) else cast[:1]
        return self.scribe.touch(day, way, topic.subject, [*phrases, self.ends["call"].deal()], words, people)

    def _said(self, begins: tuple[str, ...], goes_on: tuple[str, ...], more: int) -> list[str]:
        """A beginning and its continuations. As many of one as of the other: each beginning has its own."""
        place = self.rng.randrange(len(begins))
        if len(begins) == len(goes_on):
            return [begins[place], goes_on[place]]
        return [begins[place], *self.rng.sample(goes_on, min(more, len(goes_on)))]
