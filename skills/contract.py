"""What a skill is made of, and what passes between its steps.

    gather (code) -> Pack -> a model, or compose (code) -> WireDraft -> gates (code) -> Draft -> render (code)

Only the second step is replaceable. `gather` reads facts through a port that is bound to one account and one audience.
A model sees the pack and answers with a `WireDraft`: sections, words, ids, quotes. It writes no number, no date, no
link, no mention and nobody's name that the pack does not know; `skills.gates` holds it to that, whatever it was told.
What comes out is a `Draft` of `Claim`s, each with the evidence it rests on; numbers and links are rendered by code from
the ids. Everything here is frozen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Literal, Protocol, TypeVar

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from skills.hygiene import cleaned

Origin = Literal["team", "customer", "external", "import"]
"""Who wrote a text: one of us; the customer; somebody in a channel shared with another company; a source we loaded,
as our own record. What `EXTERNAL` people wrote is never asserted, only quoted with their name on it."""

EXTERNAL: frozenset[Origin] = frozenset(("customer", "external"))

Visibility = Literal["internal", "client-safe"]


class Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Evidence(Frozen):
    """One text of the account's record. `id` ("E1"...) is local to its pack; `entity_id` names the row it came from.

    `kind` says what it is: call, meeting, email, note, message, ticket, survey, promise, opportunity, contract...
    `text` is cleaned when it comes in: invisible characters, addresses and mentions are gone before anybody quotes it.
    `severity` (0 to 5) is of a ticket or a risk, `seniority` (0 to 4: C-level) of the person who speaks; 0 is unknown.
    """

    id: str
    account_id: str
    entity_id: str
    kind: str
    at: datetime
    who: str | None = None
    origin: Origin
    visibility: Visibility
    text: str
    permalink: str | None = None
    severity: int = 0
    seniority: int = 0

    @field_validator("text")
    @classmethod
    def _clean(cls, text: str) -> str:
        return cleaned(text)

    @property
    def is_external(self) -> bool:
        return self.origin in EXTERNAL


class Metric(Frozen):
    """A figure. `id` is "M1"...; `rendered` is how it is shown ("104 %"), never typed by a model.

    `value` None is not known: it is shown as that. `previous` is the same figure one period before. `good` says which
    way is good news; None when neither is.
    """

    id: str
    key: str
    label: str
    value: Decimal | None
    rendered: str
    unit: str = ""
    as_of: date | None = None
    previous: Decimal | None = None
    previous_rendered: str | None = None
    visibility: Visibility
    definition: str = ""
    good: Literal["up", "down"] | None = None


class Promised(Frozen):
    """A promise: of `us` or of `them`, and how it went by the day of the pack. `evidence_id` is its own evidence."""

    evidence_id: str
    quote: str
    by: Literal["us", "them"]
    owner: str | None
    due_on: date | None
    kept_on: date | None
    state: Literal["open", "kept", "late", "missed", "cancelled"]
    visibility: Visibility


class Period(Frozen):
    """`start` to `end`, both days inclusive; `label` is how it is said ("Q3 2026")."""

    start: date
    end: date
    label: str

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end


class Pack(Frozen):
    """All that a draft may rest on: one account, one period, `evidence` newest first.

    `known_names` are people, products and companies that may be named; `topic` is what was asked about, where one thing
    was; `missing` says what the record lacks, a sentence each. Raises ValueError for evidence of another account, and
    for an id that stands twice.
    """

    account_id: str
    account: str
    known_names: tuple[str, ...] = ()
    topic: str | None = None
    period: Period
    today: date
    metrics: tuple[Metric, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    promises: tuple[Promised, ...] = ()
    missing: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _one_account(self) -> Pack:
        if any(one.account_id != self.account_id for one in self.evidence):
            raise ValueError("a pack holds one account only")
        ids = Counter([one.id for one in self.evidence] + [one.id for one in self.metrics])
        if twice := [name for name, count in ids.items() if count > 1]:
            raise ValueError(f"ids stand twice: {', '.join(twice)}")
        return self

    def for_customer(self) -> Pack:
        """The pack of what the customer may see: the rest does not exist in it."""

        def safe(one: Evidence | Metric | Promised) -> bool:
            return one.visibility == "client-safe"

        return self.model_copy(
            update={
                "metrics": tuple(filter(safe, self.metrics)),
                "evidence": tuple(filter(safe, self.evidence)),
                "promises": tuple(filter(safe, self.promises)),
                "missing": (),
            }
        )


class WireClaim(BaseModel):
    """A claim as it crosses the wire, unchecked. An empty `text` lets a `quote`, or the figures, speak
    for themselves."""

    section: str
    text: str = ""
    metric_ids: list[str] = Field(default_factory=list)
    evidence_ids: list[str] = Field(default_factory=list)
    quote: str | None = None


class WireDraft(BaseModel):
    """What a model or `compose` writes. `not_in_record` names what was looked for and not found, for the log only."""

    claims: list[WireClaim]
    not_in_record: list[str] = Field(default_factory=list)


class Claim(Frozen):
    """A claim that passed: `text` (no figures; may be empty when a quote or metrics speak), what it rests on, what it
    quotes and from which text (`quote_id`).

    Shown as text, then the rendered metrics, then the quote with who said it and when, then links to the evidence.
    `visibility` is internal as soon as anything it rests on is. `cautions` are soft: "check source".
    """

    section: str
    text: str
    quote: str | None
    quote_id: str | None
    metric_ids: tuple[str, ...]
    evidence_ids: tuple[str, ...]
    visibility: Visibility
    cautions: tuple[str, ...] = ()


class Reason(StrEnum):
    """Why a claim was withheld; the value is how it is said."""

    NO_SOURCE = "no source"
    UNKNOWN_ID = "a source that does not exist"
    SECTION = "no such section"
    EMPTY = "nothing said"
    LENGTH = "too long"
    NUMBER = "a number or date in words of its own"
    MARKUP = "a link, an address, a mention or hidden characters"
    NAME = "a name that is not in the record"
    QUOTE = "a quote that is not in its source"
    NEGATION = "the source says the opposite"
    WISH = "a wish or a plan told as a fact"
    DIRECTION = "the figure moved the other way"
    EXTERNAL = "only outsiders' words behind it"
    ORDERS = "a text that gives orders to machines"
    UNSUPPORTED = "words that its sources do not carry"
    INTERNAL = "internal, and meant for the customer"
    REPEATED = "said before"
    TOO_MANY = "more than there is room for"


class Withheld(Frozen):
    """A claim that was dropped: its place in the draft and why. Its words are not kept."""

    index: int
    reason: Reason


class Draft(Frozen):
    """What may be shown: claims in the order written, and what was withheld."""

    claims: tuple[Claim, ...]
    withheld: tuple[Withheld, ...] = ()

    @property
    def counts(self) -> dict[Reason, int]:
        """How many were withheld, by reason, most frequent first."""
        return dict(Counter(one.reason for one in self.withheld).most_common())

    def of(self, section: str) -> tuple[Claim, ...]:
        return tuple(claim for claim in self.claims if claim.section == section)

    @property
    def withheld_sentence(self) -> str | None:
        """ "3 points withheld: no source (2), a name that is not in the record." None when nothing was."""
        if not self.withheld:
            return None
        parts = [f"{reason} ({count})" if count > 1 else str(reason) for reason, count in self.counts.items()]
        number = len(self.withheld)
        return f"{number} {'point' if number == 1 else 'points'} withheld: {', '.join(parts)}."


class Section(Frozen):
    """A part of a draft. `room` is how many claims fit; `internal` parts do not exist in a customer's copy."""

    key: str
    title: str
    room: int = 4
    internal: bool = False


class Subject(Frozen):
    """The account that facts are about, and the names that may be named: people, products, aliases, owners."""

    account_id: str
    name: str
    known_names: tuple[str, ...] = ()


class Facts(Protocol):
    """What a skill may read: of one account, for one audience. Services implement it and check both.

    Evidence comes newest first, with ids "E1"...; metrics with "M1"...; ids are stable between calls of one object.
    """

    @property
    def today(self) -> date: ...

    def subject(self) -> Subject: ...

    def metrics(self, period: Period) -> tuple[Metric, ...]: ...

    def evidence(self, period: Period) -> tuple[Evidence, ...]:
        """What was said, written, promised, asked or decided in the period: conversations, tickets, answers, ..."""

    def promises(self, period: Period) -> tuple[Promised, ...]:
        """Made, due or settled in the period, and all that are open."""

    def missing(self, period: Period) -> tuple[str, ...]: ...


Given = TypeVar("Given", contravariant=True)
Port = TypeVar("Port", contravariant=True)


class Skill(Protocol[Given, Port]):
    """One kind of draft. `Given` is what is asked (a frozen model); `Port` is where its facts come from, usually
    `Facts`. The folder's `skill.py` has an object of this shape called `SKILL`."""

    @property
    def name(self) -> str:
        """The folder's."""

    @property
    def sections(self) -> Sequence[Section]: ...

    def gather(self, given: Given, facts: Port) -> Pack:
        """Code only. What is for the customer's eyes returns `pack.for_customer()`."""

    def compose(self, pack: Pack) -> WireDraft:
        """The draft without a model: passes the same gates, looks the same."""


class Heading(Frozen):
    """A section where the template puts it, under the title that it gives it."""

    title: str
    section: str


class Manual(Frozen):
    """What account-ops people write about a skill: `SKILL.md` and its template. `version` is a hash of both and of the
    sections; it is logged with every draft. `layout` is the order and the titles of the template; a section that it
    leaves out is not written."""

    name: str
    description: str
    body: str
    template: str
    layout: tuple[Heading, ...] = ()
    metadata: Mapping[str, str]
    version: str
