"""The plan of an account, and what came of changing it."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from bot.services.results.account import HealthReading, Risk
from bot.services.results.base import AccountId, Result, Sum

Part = Literal["profile", "objective", "person", "outcome", "request", "idea", "action", "review"]
Visibility = Literal["internal", "client-safe"]


class PlanObjective(Result):
    """What the customer wants to reach. Without `agreed_on` it is our own reading, and internal."""

    id: str
    text: str
    measure: str | None
    baseline: str | None
    target: str | None
    due_on: date | None
    agreed_on: date | None
    status: Literal["open", "met", "missed", "dropped"]


class PlanPerson(Result):
    """A contact with their stance, from -2 (against us) to 2 (for us); None where it is not known."""

    id: str
    name: str
    title: str | None
    role: str | None
    stance: int | None
    active: bool
    involved_on: date | None


class PlanOutcome(Result):
    """Value delivered. `worth` is what it is worth to the customer, `confirmed_on` when they said so."""

    id: str
    what: str
    metric: str | None
    before: str | None
    after: str | None
    worth: Sum | None
    evidence: str | None
    objective: str | None
    reached_on: date | None
    confirmed_on: date | None
    visibility: Visibility


class PlanReturn(Result):
    """Value of the last year in one currency, and the yearly price in it. `times` is confirmed value / price."""

    currency: str
    confirmed: Decimal
    stated: Decimal
    paid: Decimal | None
    times: Decimal | None


class PlanRequest(Result):
    id: str
    what: str
    person: str | None
    asked_on: date | None
    status: Literal["open", "planned", "done", "declined"]
    answer: str | None
    visibility: Visibility


class PlanIdea(Result):
    """Growth that somebody sees; `state` none: they looked and there is no potential."""

    id: str
    what: str
    product: str | None
    unit: str | None
    state: Literal["idea", "pursued", "won", "none"]
    worth: Sum | None
    reason: str | None


class PlanDeal(Result):
    """An open opportunity of the CRM."""

    name: str
    kind: str | None
    stage: str | None
    product: str | None
    worth: Sum | None
    closes_on: date | None


class PlanAction(Result):
    """A promise with a measure. `days_left` to its day, negative when that has passed."""

    id: str
    what: str
    metric: str
    by: Literal["us", "them"]
    owner: str | None
    due_on: date | None
    days_left: int | None
    done_on: date | None
    status: Literal["open", "kept", "missed", "cancelled"]
    objective: str | None
    visibility: Visibility


class PlanReview(Result):
    at: datetime
    by: str
    note: str | None


class AccountPlan(Result):
    """The plan as it stands. `gaps` say what is missing; `people` are those who matter most, of `people_total`."""

    account_id: AccountId
    account: str
    owner: str | None
    segment: str | None
    industry: str | None
    employees: int | None
    country: str | None
    arr: tuple[Sum, ...]
    lead_on: date | None
    days_left: int | None
    why_bought: str | None
    why_visibility: Visibility
    objectives: tuple[PlanObjective, ...]
    people: tuple[PlanPerson, ...]
    people_total: int
    outcomes: tuple[PlanOutcome, ...]
    returns: tuple[PlanReturn, ...]
    requests: tuple[PlanRequest, ...]
    ideas: tuple[PlanIdea, ...]
    deals: tuple[PlanDeal, ...]
    health: HealthReading
    risks: tuple[Risk, ...]
    actions: tuple[PlanAction, ...]
    reviews: tuple[PlanReview, ...]
    next_review_on: date | None
    gaps: tuple[str, ...]
    as_of: datetime


class PlanPicture(Result):
    """A picture of a part of the plan. `alt` says in words all that it shows."""

    account_id: AccountId
    account: str
    name: str
    title: str
    png: bytes
    alt: str


class PlanChanged(Result):
    """What was written into a plan. `change` takes it back, None when nothing was written; `repeated` when the plan
    said so already. `sentence` says what, without a full stop."""

    change: str | None
    account_id: AccountId
    account: str
    sentence: str
    repeated: bool


class PlanRow(Result):
    """A row of a plan as a form shows it: its fields as text, days as `YYYY-MM-DD`; `version` says which one it is. The
    dictionaries are what can be chosen, names by id."""

    part: Part
    id: str | None
    version: str | None
    account_id: AccountId
    account: str
    fields: dict[str, str]
    owner: str | None
    owner_slack_user_id: str | None
    objectives: dict[str, str]
    products: dict[str, str]
    people: dict[str, str]
