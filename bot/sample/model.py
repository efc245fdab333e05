"""The shapes of the story tables: what is known about an invented company before a single row is written.

All times are whole days before `today` (`ends` of a line: days after today, negative = past), so that the same story
can be told on any day.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Segment = Literal["strategic", "mid-market", "small"]
Tone = Literal["warm", "neutral", "tense"]
InteractionKind = Literal["call", "email", "meeting", "note", "message"]


@dataclass(frozen=True, slots=True)
class Member:
    """One of us. `key` is the first name in lower case, as the tables refer to it."""

    key: str
    name: str
    role: str
    team: str
    zone: str
    manager: str = ""
    active: bool = True

    @property
    def first(self) -> str:
        return self.name.split()[0]


@dataclass(frozen=True, slots=True)
class Product:
    """`metric` is what usage rows of it count; `prices` are per unit and year, by currency."""

    key: str
    name: str
    family: str
    unit: str
    metric: str
    prices: dict[str, float]


@dataclass(frozen=True, slots=True)
class Person:
    """A contact. `called` is the name used in notes; `mail` the local part of the address when it cannot be derived.

    `since` and `left` are days ago: outside of them nobody talks to this person.
    """

    name: str
    title: str
    role: str = "user"
    stance: int = 0
    called: str = ""
    mail: str = ""
    department: str = ""
    since: int = 9999
    left: int | None = None

    @property
    def first(self) -> str:
        return self.called or self.name.split()[0]


@dataclass(frozen=True, slots=True)
class Line:
    """The current term of a subscription and how many terms (of `months` each) came before it."""

    product: str
    quantity: int
    ends: int
    months: int = 12
    before: int = 1
    was: int = 88  # quantity of each earlier term, in per cent of the following one
    auto: bool = True
    notice: int | None = 60
    business: bool = False
    discount: int = 10
    currency: str = ""
    contract: str = "A"  # lines of one letter share a contract number
    status: str = "active"
    trial: bool = False


@dataclass(frozen=True, slots=True)
class Usage:
    """Share of the seats in use, in per cent: `start` until `turn` weeks ago, then straight to `end` last week."""

    start: int
    end: int
    turn: int = 26


@dataclass(frozen=True, slots=True)
class Company:
    """One account with the nouns its notes are made of.

    `docs` and `teams` are bare plurals and names ("claims files", "claims"); `system`, `project` carry their article;
    `goal` is a verb phrase. `since` is when a prospect was first met (a customer's history begins with the first
    contract), `last` when anyone last spoke to them. `mood` is the usual NPS answer two years ago and now; None = never
    asked.
    """

    key: str
    name: str
    domain: str
    owner: str
    segment: Segment
    industry: str
    country: str
    city: str
    zone: str
    currency: str
    employees: int
    revenue: int
    people: tuple[Person, ...]
    docs: tuple[str, ...]
    teams: tuple[str, ...]
    system: str
    project: str
    goal: str
    lines: tuple[Line, ...] = ()
    usage: Usage | None = None
    mood: tuple[int, int] | None = None
    tone: Tone = "neutral"
    touches: int = 60
    tickets: int = 14
    since: int = 0
    last: int = 4
    aliases: tuple[str, ...] = ()
    parent: str = ""
    kind: str = "customer"
    lifecycle: str = "adopted"
    tier: str = ""
    rival: str = "Docuvia"


@dataclass(frozen=True, slots=True)
class Beat:
    """A written moment of an account's story. `who` is the first names of those who took part, the writer first.

    `by` "them" = written by the customer; `safe` = may be shown to the client.
    """

    ago: int
    kind: InteractionKind
    who: tuple[str, ...]
    subject: str
    text: str
    safe: bool = False
    by: Literal["us", "them"] = "us"
    author: str = ""


@dataclass(frozen=True, slots=True)
class Promise:
    """A written promise: made `made` days ago, due `due` days ago (negative = still ahead)."""

    made: int
    due: int
    quote: str
    kept: int | None = None
    by: Literal["us", "them"] = "us"
    status: Literal["open", "kept", "missed", "cancelled"] = "open"


@dataclass(frozen=True, slots=True)
class Case:
    """A written support ticket. `solved` None = still open; times are days ago."""

    opened: int
    priority: Literal["urgent", "high", "medium", "low"]
    subject: str
    text: str
    solved: int | None = None
    escalated: bool = False
    status: Literal["open", "pending", "solved"] = "open"
