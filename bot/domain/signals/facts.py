"""What the risk rules look at, and how they answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from bot.domain.satisfaction import Answer
from bot.domain.terms import RenewalDates
from bot.domain.usage import Trend

SignalKind = Literal[
    "declining usage",
    "open tickets",
    "ticket spike",
    "stakeholder left",
    "competitor",
    "falling satisfaction",
    "silence",
    "overdue promises",
    "renewal",
    "single-threaded",
    "no objective",
    "stale data",
]
SHOWN_QUOTE = 160


@dataclass(frozen=True, slots=True)
class Evidence:
    """A row that a signal rests on: its table's noun, id, day, and the words that matter."""

    noun: str
    id: int
    on: date | None
    quote: str | None = None


@dataclass(frozen=True, slots=True)
class Signal:
    """A risk that the data show, severity 1 (note) to 5 (act today)."""

    kind: SignalKind
    severity: int
    sentence: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Clear:
    """The rule had what it needs and saw no risk."""

    kind: SignalKind
    sentence: str


@dataclass(frozen=True, slots=True)
class NoData:
    """The rule could not look; `missing` says what would let it."""

    kind: SignalKind
    missing: str


Finding = Signal | Clear | NoData


@dataclass(frozen=True, slots=True)
class Dismissed:
    """A signal that somebody judged to be none; `change` names their decision, for taking it back."""

    signal: Signal
    reason: str
    by: str
    on: date
    change: str


def traces(signal: Signal) -> frozenset[str]:
    """What a signal rests on, for telling whether there is anything new."""
    return frozenset(f"{one.noun}:{one.id or [str(one.on), one.quote]}" for one in signal.evidence)


def is_dismissed(signal: Signal, severity: int, seen: frozenset[str]) -> bool:
    """Whether a dismissal still holds: of a signal that was no less severe, and rested on all that it rests on now."""
    return signal.severity <= severity and traces(signal) <= seen


@dataclass(frozen=True, slots=True)
class Ticket:
    id: int
    opened_on: date
    solved_on: date | None = None
    open: bool = True
    priority: str | None = None
    subject: str | None = None


@dataclass(frozen=True, slots=True)
class Stakeholder:
    """A contact in one role. `until` ends the role, `left_on` the job; `last_contact_on` is the last exchange."""

    person_id: int
    name: str
    role: str | None = None
    active: bool = True
    left_on: date | None = None
    until: date | None = None
    last_contact_on: date | None = None


@dataclass(frozen=True, slots=True)
class Note:
    id: int
    on: date
    text: str


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise of ours that is still open."""

    id: int
    quote: str
    due_on: date | None


@dataclass(frozen=True, slots=True)
class RenewalWork:
    """The dates of a contract and the open renewal that works on it, if any."""

    contract_id: int
    dates: RenewalDates
    opportunity_id: int | None = None
    stage: str | None = None
    stage_since: date | None = None


@dataclass(frozen=True, slots=True)
class Objective:
    id: int
    text: str
    confirmed_on: date


@dataclass(frozen=True, slots=True)
class DataSource:
    """A source that feeds the account, by its name ("tickets", "usage", ...), and when it last brought news."""

    id: int
    name: str
    seen_on: date


@dataclass(frozen=True, slots=True)
class AccountFacts:
    """What the rules look at. None for a field means that no source feeds it; empty means that it says "none"."""

    cadence_days: int
    usage: Trend | None = None
    tickets: Sequence[Ticket] | None = None
    stakeholders: Sequence[Stakeholder] | None = None
    notes: Sequence[Note] | None = None
    answers: Sequence[Answer] | None = None
    last_touch: Note | None = None
    promises: Sequence[Promise] | None = None
    renewals: Sequence[RenewalWork] | None = None
    objectives: Sequence[Objective] | None = None
    sources: Sequence[DataSource] | None = None


def count(number: int, one: str, many: str | None = None) -> str:
    """ "1 ticket", "2 tickets"."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def excerpt(sentence: str, at: int) -> str:
    """At most `SHOWN_QUOTE` characters around the place, verbatim but for spaces."""
    start = max(0, min(at - SHOWN_QUOTE // 3, len(sentence) - SHOWN_QUOTE))
    piece = " ".join(sentence[start : start + SHOWN_QUOTE].split())
    return f"{'…' if start else ''}{piece}{'…' if start + SHOWN_QUOTE < len(sentence) else ''}"
