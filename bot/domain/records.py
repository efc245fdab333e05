"""What an importer hands over: one typed row per line of a file, with nothing resolved yet.

A row names the things it belongs to by `Ref`s as they stand in the file; who that is, is decided by the import
service. Named tuples, because a million of them are made in one import.

Shared fields: `line` is the line of the file (1 = header) on which the row starts; `external_id` the id the source
gave it, or None; `refs` what it belongs to, strongest first. Dates are `datetime.date`, instants aware UTC
`datetime`, amounts exact `Decimal`, currencies ISO 4217 upper case; what the file does not say is None, never 0.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Literal, NamedTuple


class Kind(StrEnum):
    """What a file holds, in the order in which kinds must be loaded."""

    MEMBERS = "members"
    PRODUCTS = "products"
    ACCOUNTS = "accounts"
    PEOPLE = "people"
    CONTRACTS = "contracts"
    OPPORTUNITIES = "opportunities"
    OPPORTUNITY_LINES = "opportunity lines"
    ASSOCIATIONS = "associations"
    INTERACTIONS = "interactions"
    COMMITMENTS = "promises"
    TICKETS = "tickets"
    SURVEYS = "surveys"
    USAGE = "usage"
    CHURN = "churn events"


Noun = Literal["account", "person", "contract", "opportunity", "ticket", "interaction", "member", "product"]


class Ref(NamedTuple):
    """A thing as the file names it, e.g. `Ref("account", "id", "001AAB...")`."""

    noun: Noun
    by: Literal["id", "name", "domain", "email"]
    key: str


class MemberRow(NamedTuple):
    """One of us. `manager` names another member."""

    line: int
    external_id: str | None
    name: str
    email: str | None = None
    active: bool = True
    role: str | None = None
    team: str | None = None
    manager: Ref | None = None
    timezone: str | None = None
    slack_user_id: str | None = None


class ProductRow(NamedTuple):
    line: int
    external_id: str | None
    name: str
    family: str | None = None
    list_price: Decimal | None = None
    currency: str | None = None


class AccountRow(NamedTuple):
    """`kind` is customer, prospect, former or partner when the file says so; `url` links to the record's page."""

    line: int
    external_id: str | None
    name: str
    domains: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    parent: Ref | None = None
    owner: Ref | None = None
    kind: str | None = None
    segment: str | None = None
    tier: str | None = None
    industry: str | None = None
    lifecycle: str | None = None
    country: str | None = None
    timezone: str | None = None
    currency: str | None = None
    employees: int | None = None
    annual_revenue: Decimal | None = None
    created_on: date | None = None
    last_activity_on: date | None = None
    churned: bool | None = None
    url: str | None = None
    deleted: bool = False
    merged_ids: tuple[str, ...] = ()


class PersonRow(NamedTuple):
    """A contact at a customer. `role` is a stakeholder role when known (champion, economic buyer, ...)."""

    line: int
    external_id: str | None
    refs: tuple[Ref, ...]
    name: str
    email: str | None = None
    title: str | None = None
    department: str | None = None
    role: str | None = None
    stance: int | None = None
    left_on: date | None = None
    active: bool = True
    deleted: bool = False


class ContractRow(NamedTuple):
    """One subscription, or one line of a contract (lines of one contract share `number`).

    `amount` is the price of one `period`; `ends_on` is the last paid day (inclusive), None = open-ended.
    """

    line: int
    external_id: str | None
    refs: tuple[Ref, ...]
    number: str | None = None
    product: Ref | None = None
    unit: str | None = None
    quantity: Decimal | None = None
    amount: Decimal | None = None
    period: Literal["month", "quarter", "year", "term", "once"] = "year"
    currency: str | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    auto_renew: bool | None = None
    notice_days: int | None = None
    notice_business_days: bool = False
    signed_on: date | None = None
    status: str | None = None
    trial: bool = False
    deleted: bool = False


class OpportunityRow(NamedTuple):
    line: int
    external_id: str | None
    refs: tuple[Ref, ...]
    name: str
    kind: Literal["new", "renewal", "upsell", "cross-sell", "expansion"] | None = None
    stage: str | None = None
    outcome: Literal["open", "won", "lost"] = "open"
    amount: Decimal | None = None
    currency: str | None = None
    probability: Decimal | None = None
    opened_on: date | None = None
    closed_on: date | None = None
    owner: Ref | None = None
    product: Ref | None = None
    next_step: str | None = None
    reason: str | None = None
    deleted: bool = False


class OpportunityLineRow(NamedTuple):
    line: int
    external_id: str | None
    refs: tuple[Ref, ...]
    product: Ref | None = None
    description: str | None = None
    quantity: Decimal | None = None
    unit_price: Decimal | None = None
    amount: Decimal | None = None
    deleted: bool = False


class AssociationRow(NamedTuple):
    """A row of a link table: the thing `left` (a ticket, a call) belongs to `right` (an account, a person)."""

    line: int
    left: Ref
    right: Ref


class InteractionRow(NamedTuple):
    """Something that was said or happened with a customer. `kind`: call, email, meeting, note, message, task, other."""

    line: int
    external_id: str | None
    refs: tuple[Ref, ...]
    at: datetime
    kind: str = "note"
    direction: Literal["in", "out"] | None = None
    author: Ref | None = None
    people: str | None = None
    subject: str | None = None
    text: str | None = None
    client_safe: bool = False
    by_customer: bool = False
    url: str | None = None
    deleted: bool = False


class CommitmentRow(NamedTuple):
    """A promise: `by` us or the customer (them), in the words it was made."""

    line: int
    external_id: str | None
    refs: tuple[Ref, ...]
    quote: str
    by: Literal["us", "them"] = "us"
    owner: Ref | None = None
    due_on: date | None = None
    made_on: date | None = None
    kept_on: date | None = None
    status: Literal["open", "kept", "missed", "cancelled"] = "open"


class TicketRow(NamedTuple):
    """`status` is open, pending or solved. `score` is the satisfaction answer given on the ticket, with its scale.

    `first_contact`: it was solved with the first contact; None where the source does not count contacts.
    """

    line: int
    external_id: str | None
    refs: tuple[Ref, ...]
    opened_at: datetime
    solved_at: datetime | None = None
    first_response_at: datetime | None = None
    status: Literal["open", "pending", "solved"] = "open"
    priority: Literal["urgent", "high", "medium", "low"] | None = None
    subject: str | None = None
    text: str | None = None
    escalated: bool = False
    score: Decimal | None = None
    score_max: int | None = None
    first_contact: bool | None = None
    deleted: bool = False


class SurveyRow(NamedTuple):
    """One answer, with the scale it was given on."""

    line: int
    external_id: str | None
    refs: tuple[Ref, ...]
    kind: Literal["nps", "csat", "ces"]
    score: Decimal
    scale_min: int
    scale_max: int
    at: datetime
    comment: str | None = None


class UsageRow(NamedTuple):
    """One measurement: `value` of `metric` in the period that starts on `on` and lasts `days`."""

    line: int
    external_id: str | None
    refs: tuple[Ref, ...]
    on: date
    metric: str
    value: Decimal
    days: int = 1
    feature: str | None = None
    entitlement: Decimal | None = None


class ChurnRow(NamedTuple):
    """A churn or reactivation as the source recorded it."""

    line: int
    external_id: str | None
    refs: tuple[Ref, ...]
    on: date
    reason: str | None = None
    note: str | None = None
    reactivation: bool = False


Row = (
    MemberRow
    | ProductRow
    | AccountRow
    | PersonRow
    | ContractRow
    | OpportunityRow
    | OpportunityLineRow
    | AssociationRow
    | InteractionRow
    | CommitmentRow
    | TicketRow
    | SurveyRow
    | UsageRow
    | ChurnRow
)


class Rejected(NamedTuple):
    """A line that cannot be a row: why, in one sentence, and its cells for the review list."""

    line: int
    reason: str
    cells: tuple[str, ...]
