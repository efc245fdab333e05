"""Turns phrases into sentences about one account on one day."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from datetime import date
from typing import Generic, TypeVar

from bot.sample.account import Account
from bot.sample.model import Person
from bot.sample.when import add_months

T = TypeVar("T")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
NUMBERS = ("three", "four", "five", "six", "seven", "eight", "nine")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
SENTENCE_START = re.compile(r"(^|[.!?]\s|[.!?]”\s|“|\n)([a-zà-ÿ])")


class Deck(Generic[T]):
    """Deals every card once before any card comes again."""

    def __init__(self, cards: Sequence[T], rng: random.Random) -> None:
        self._cards, self._rng, self._left = list(cards), rng, list[T]()

    def deal(self) -> T:
        if not self._left:
            self._left = list(self._cards)
            self._rng.shuffle(self._left)
        return self._left.pop()


def spoken(day: date) -> str:
    """`3 March`, the way people write a date in a note."""
    return f"{day.day} {MONTHS[day.month - 1]}"


def slots(account: Account, day: date, rng: random.Random, who: Person, other: Person) -> dict[str, str]:
    """The nouns and figures of this account on that day."""
    company = account.company
    doc, doc2 = rng.sample(company.docs, 2)
    team = rng.choice(company.teams)
    seats = account.seats_on(day)
    return {
        "first": who.first,
        "other": other.first,
        "am": account.speaker(day).first,
        "company": short_name(account),
        "doc": doc,
        "doc2": doc2,
        "doc_cap": upper(doc),
        "team": team,
        "team_cap": upper(team),
        "system": company.system,
        "project": company.project,
        "project_cap": upper(company.project),
        "goal": company.goal,
        "city": company.city,
        "rival": company.rival,
        "seats": str(seats),
        "active": str(account.active_on(day)),
        "n": rng.choice(NUMBERS),
        "n2": str(rng.randint(12, 68)),
        "weekday": rng.choice(WEEKDAYS),
        "month": MONTHS[add_months(day, rng.choice((1, 1, 2))).month - 1],
        "month_past": MONTHS[add_months(day, -rng.choice((1, 2, 3))).month - 1],
        "agent": "Samir",
    }


def short_name(account: Account) -> str:
    """The name people say: the first alias in plain letters, or the name without its legal form."""
    company = account.company
    if not company.name.isascii() and company.aliases and company.aliases[0].isascii():
        return company.aliases[0]
    return re.sub(
        r",? (Inc\.|LLP|LLC|Ltd\.?|plc|GmbH|AG|AB|AS|S\.A\.S?\.?|SAS|SA|SARL|Lda|KG|a\.s\.)( .*)?$", "", company.name
    )


def upper(words: str) -> str:
    return words[:1].upper() + words[1:]


def fill(phrase: str, words: dict[str, str]) -> str:
    """The phrase with its nouns; every sentence begins with a capital."""
    return SENTENCE_START.sub(lambda m: m[1] + m[2].upper(), phrase.format_map(words))


def join(*parts: str) -> str:
    return " ".join(part for part in parts if part)
