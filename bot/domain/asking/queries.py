"""What can be asked: a closed set of queries with typed slots. Nothing else is ever run for a question.

Names of accounts and people stay as they were typed: who is meant is decided by those who hold the data. `when` is a
phrase of `spans`. `whose` None is nobody's book in particular.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from bot.domain.kpi.catalogue import Key

Sort = Literal["arr", "smallest", "renewal", "risk", "touch", "name"]
Role = Literal["champion", "economic buyer", "decision maker", "influencer", "sponsor", "detractor", "user"]
LONGEST_NAME = 120
LONGEST_TOPIC = 120
MOST_ACCOUNTS = 5

Name = Annotated[str, Field(min_length=1, max_length=LONGEST_NAME)]
When = Annotated[str, Field(min_length=1, max_length=40)]
Days = Annotated[int, Field(ge=1, le=3_650)]


class Query(BaseModel):
    """One question. `query` names its kind."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Listing(Query):
    """About many accounts. `over` and `under` compare the yearly value, in `currency` or in whatever each has."""

    whose: Name | None = None
    segment: Name | None = None
    product: Name | None = None
    over: Decimal | None = Field(default=None, ge=0)
    under: Decimal | None = Field(default=None, ge=0)
    currency: Annotated[str, Field(pattern="^[A-Z]{3}$")] | None = None
    sort: Sort | None = None
    limit: Annotated[int, Field(ge=1, le=50)] | None = None


class Renewals(Listing):
    """Contracts whose notice deadline or end falls into a span."""

    query: Literal["renewals"] = "renewals"
    when: When | None = None
    at_risk: bool = False


class Book(Listing):
    """Accounts, and what they are worth."""

    query: Literal["book"] = "book"


class AtRisk(Listing):
    """Accounts whose health or signals are bad."""

    query: Literal["at_risk"] = "at_risk"


class Silent(Listing):
    """Accounts nobody talked to for `days`, else for longer than was agreed."""

    query: Literal["silent"] = "silent"
    days: Days | None = None


class Tickets(Listing):
    """Open tickets, of one account or of many."""

    query: Literal["tickets"] = "tickets"
    account: Name | None = None
    urgent: bool = False
    days: Days | None = None


class Usage(Listing):
    """Where usage goes."""

    query: Literal["usage"] = "usage"
    account: Name | None = None
    direction: Literal["up", "down"] | None = None


class Promises(Listing):
    """What was promised and is open."""

    query: Literal["promises"] = "promises"
    account: Name | None = None
    by: Literal["us", "them"] | None = None
    overdue: bool = False


class Steps(Listing):
    """What is to be done next."""

    query: Literal["steps"] = "steps"
    account: Name | None = None


class Gaps(Listing):
    """What is not known or not there: of one account, or whose accounts lack it."""

    query: Literal["gaps"] = "gaps"
    account: Name | None = None
    role: Role | None = None


class Said(Listing):
    """What was said or written about a topic."""

    query: Literal["said"] = "said"
    topic: Annotated[str, Field(min_length=1, max_length=LONGEST_TOPIC)]
    account: Name | None = None
    when: When | None = None


class Metric(Query):
    """A figure, for an account, a book, a segment or a product."""

    query: Literal["metric"] = "metric"
    kpi: Key
    account: Name | None = None
    whose: Name | None = None
    segment: Name | None = None
    product: Name | None = None
    when: When | None = None


class Status(Query):
    """How one account stands; `focus` is what of it was asked."""

    query: Literal["status"] = "status"
    account: Name
    focus: Literal["all", "renewal", "arr", "health"] = "all"


class Owner(Query):
    query: Literal["owner"] = "owner"
    account: Name


class Contacts(Query):
    query: Literal["contacts"] = "contacts"
    account: Name
    role: Role | None = None


class Touch(Query):
    """When we last talked with them, and who did."""

    query: Literal["touch"] = "touch"
    account: Name


class Timeline(Query):
    query: Literal["timeline"] = "timeline"
    account: Name
    when: When | None = None


class Compare(Query):
    query: Literal["compare"] = "compare"
    accounts: Annotated[tuple[Name, ...], Field(min_length=2, max_length=MOST_ACCOUNTS)]
    kpi: Key | None = None


class Help(Query):
    query: Literal["help"] = "help"


class Talk(Query):
    """A word between people, which gets one back."""

    query: Literal["talk"] = "talk"
    kind: Literal["thanks", "hello"]


class Elsewhere(Query):
    """What is no question: a command does it, or nobody does it for them."""

    query: Literal["elsewhere"] = "elsewhere"
    way: Literal["remind", "log", "promise", "draft", "send", "change"]


Question: TypeAlias = Annotated[
    Renewals | Book | AtRisk | Silent | Tickets | Usage | Promises | Steps | Gaps | Said | Metric | Status | Owner
    | Contacts | Touch | Timeline | Compare | Help | Talk | Elsewhere,
    Field(discriminator="query"),
]  # fmt: skip
QUESTIONS: TypeAdapter[tuple[Question, ...]] = TypeAdapter(tuple[Question, ...])
QUESTION: TypeAdapter[Question] = TypeAdapter(Question)

AboutOne: TypeAlias = Status | Owner | Contacts | Touch | Timeline
MayBeAboutOne: TypeAlias = Tickets | Usage | Promises | Steps | Gaps | Said | Metric


def account_of(question: Question) -> str | None:
    """The account that a question names."""
    return question.account if isinstance(question, AboutOne | MayBeAboutOne) else None


def names_in(question: Question) -> tuple[str, ...]:
    """Every account that a question names, as typed."""
    if isinstance(question, Compare):
        return question.accounts
    one = account_of(question)
    return (one,) if one is not None else ()
