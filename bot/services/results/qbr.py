"""A business review as it is kept and edited: sentences with their sources, and the facts they stand among."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from bot.services.results.base import AccountId, Result, Sum

Reader = Literal["internal", "exec", "champion"]
READERS: tuple[Reader, ...] = ("internal", "exec", "champion")
QbrState = Literal["drafted", "edited", "approved", "shared"]
Fate = Literal["kept", "late", "missed", "open"]
Wrote = Literal["record", "model", "person"]


class QbrSource(Result):
    """What a sentence rests on: the row `id`, what it was about (`topic`) and what it said."""

    id: str
    kind: str
    at: datetime
    who: str | None
    origin: str
    internal: bool
    topic: str | None
    text: str
    link: str | None


class QbrFigure(Result):
    """A number with the same one period before; `shown` is how it is said, or why it is not available."""

    id: str
    key: str
    label: str
    value: Decimal | None
    shown: str
    previous: str | None
    as_of: date | None
    internal: bool
    definition: str


class QbrSentence(Result):
    """`quoted` is the source of the quote. `wrote`: taken from the record, worded by a model, or by a person (`by`);
    `was` is what a person replaced. `doubts` are for whoever checks it, never for the customer."""

    key: str
    section: str
    text: str
    quote: str | None = None
    quoted: str | None = None
    wrote: Wrote
    by: str | None = None
    was: str | None = None
    sources: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    internal: bool
    doubts: tuple[str, ...] = ()


class QbrMonth(Result):
    """None is not known. `usage` is of the review's metric; tickets are counted by opening and by solution."""

    first: date
    usage: Decimal | None
    entitlement: Decimal | None
    opened: int | None
    solved: int | None


class QbrPromise(Result):
    text: str
    by: Literal["us", "them"]
    owner: str | None
    due_on: date | None
    settled_on: date | None
    fate: Fate
    from_last_review: bool
    internal: bool
    source: str | None


class QbrObjective(Result):
    """`agreed_on` None: our own reading, which the customer has not agreed to."""

    text: str
    measure: str | None
    baseline: str | None
    target: str | None
    due_on: date | None
    agreed_on: date | None
    status: str


class QbrOutcome(Result):
    """`confirmed_on` None: not yet agreed with the customer, so it counts for no return."""

    what: str
    objective: str | None
    before: str | None
    after: str | None
    amount: Sum | None
    reached_on: date | None
    confirmed_on: date | None
    internal: bool


class QbrRequest(Result):
    what: str
    who: str | None
    asked_on: date | None
    status: str
    answer: str | None
    internal: bool


class QbrAction(Result):
    """`id` names the promise it is, so that the next review can say what became of it."""

    id: str | None
    text: str
    owner: str | None
    by: Literal["us", "them"]
    due_on: date | None
    measure: str | None
    internal: bool


class QbrQuote(Result):
    """The customer's words in a survey. `who` is for the team; the customer's copy says only `role`."""

    text: str
    who: str | None
    role: str | None
    at: date
    score: str


class QbrContract(Result):
    number: str | None
    starts_on: date | None
    ends_on: date | None
    notice_on: date | None
    sentence: str


class QbrRisk(Result):
    sentence: str
    severity: int


class QbrBody(Result):
    """All of a review that is kept with each version. `wanted_for` is the copy that was asked for."""

    why_bought: str | None
    why_bought_internal: bool
    sentences: tuple[QbrSentence, ...]
    sources: tuple[QbrSource, ...]
    figures: tuple[QbrFigure, ...]
    metric: str | None
    months: tuple[QbrMonth, ...]
    promises: tuple[QbrPromise, ...]
    objectives: tuple[QbrObjective, ...]
    outcomes: tuple[QbrOutcome, ...]
    requests: tuple[QbrRequest, ...]
    actions: tuple[QbrAction, ...]
    quotes: tuple[QbrQuote, ...]
    contracts: tuple[QbrContract, ...]
    arr: tuple[Sum, ...]
    deals: tuple[str, ...]
    health: str | None
    risks: tuple[QbrRisk, ...]
    missing: tuple[str, ...]
    withheld: str | None
    written_by: str
    last_review: str | None
    read: str
    wanted_for: Reader = "internal"
    approved_for: Reader | None = None


class QbrDeed(Result):
    """Who did what to a review, and when."""

    number: int
    deed: str
    by: str
    at: datetime
    note: str | None


class Qbr(Result):
    """A review with its newest version. `channel`, `ts` and `parts` say where its thread stands in Slack."""

    id: str
    version: int
    state: QbrState
    account_id: AccountId
    account: str
    period: str
    first: date
    last: date
    before: str
    body: QbrBody
    made_by: str
    made_at: datetime
    changed_by: str
    changed_at: datetime
    undoable: bool
    channel: str | None
    ts: str | None
    parts: tuple[str, ...]


class QbrFile(Result):
    """A file of a copy; those for exec and champion have been looked through for anything internal."""

    name: str
    title: str
    content: bytes
    readers: Reader
    account_id: AccountId
