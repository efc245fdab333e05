"""What a person can ask for, however it was said: typed, mentioned, or carried by a button."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

from bot.domain.kpi.catalogue import Key
from bot.services.results import Section
from bot.slack.asks_admin import AdminAsk

By = Literal["us", "them"]
Sort = Literal["rank", "renewal", "risk", "touch", "name"]
SORTS: tuple[Sort, ...] = get_args(Sort)
Skill = Literal["brief", "handoff", "risk", "checkin"]
SKILLS: tuple[Skill, ...] = get_args(Skill)
Show = Literal["card", "timeline", "people", "why", "plan", "diff", "asof", "brief", "handoff", "risk", "checkin"]
SHOWS: tuple[Show, ...] = get_args(Show)

MAX_DAYS = 730
MAX_PAGE = 10_000
MAX_OWNER = 60
MAX_KPI_WORDS = 160
MAX_TIME_WORDS = 60
SINCE = "3 months"
"""Since when changes are shown where nobody says."""


@dataclass(frozen=True, slots=True)
class Status:
    """The card of the account that this text names, or another view of it.

    `whole` is all that was typed when its first word was taken for a verb: "people first" may be a company. `time` is
    since when, or as of which day, for the views that ask for one.
    """

    query: str
    show: Show = "card"
    whole: str | None = None
    time: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked in words of one's own."""

    text: str


@dataclass(frozen=True, slots=True)
class Find:
    """Accounts whose names resemble this text."""

    text: str


@dataclass(frozen=True, slots=True)
class Card:
    """The card of one known account."""

    account_id: int


@dataclass(frozen=True, slots=True)
class Timeline:
    """A page of what happened with an account."""

    account_id: int
    section: Section = "all"
    page: int = 1


@dataclass(frozen=True, slots=True)
class People:
    """A page of who is known at an account."""

    account_id: int
    page: int = 1


@dataclass(frozen=True, slots=True)
class Why:
    """Where an account's health comes from; with `since` (as typed) also what moved it since that day."""

    account_id: int
    since: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """The plan of an account."""

    account_id: int


@dataclass(frozen=True, slots=True)
class Diff:
    """What changed about an account since a time of the past, in words."""

    account_id: int
    since: str = SINCE


@dataclass(frozen=True, slots=True)
class AsOf:
    """The card of an account as it was known on a day of the past, in words."""

    account_id: int
    day: str


@dataclass(frozen=True, slots=True)
class Trail:
    """A page of who saw an account and who changed it, newest first, since a time of the past in words."""

    account_id: int
    since: str = ""
    page: int = 1


@dataclass(frozen=True, slots=True)
class Sketch:
    """What a skill drafts about an account."""

    account_id: int
    skill: Skill


@dataclass(frozen=True, slots=True)
class Book:
    """A page of a portfolio. `owner` None is the asker's own; else "team", "all", a name, or "@" and a user id."""

    search: str | None = None
    sort: Sort = "rank"
    owner: str | None = None
    page: int = 1


@dataclass(frozen=True, slots=True)
class Team:
    """The asker's team: every member's book in the same numbers, and their sum."""


@dataclass(frozen=True, slots=True)
class Renewals:
    """Contracts whose leading date falls within so many days. `owner` as in `Book`."""

    within_days: int = 90
    owner: str | None = "all"
    page: int = 1


@dataclass(frozen=True, slots=True)
class Kpi:
    """A figure. `key` None lists them; `words` say whose and when, as typed; `page` 0 shows it without its rows."""

    key: Key | None = None
    words: str = ""
    page: int = 0


@dataclass(frozen=True, slots=True)
class Chart:
    """A figure drawn over time. `words` as typed: whose, then "over" and the span."""

    key: Key
    words: str = ""


@dataclass(frozen=True, slots=True)
class Export:
    """A figure as a workbook, with its rows and its definition; without a key all figures. `words` as in `Kpi`."""

    key: Key | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Help:
    """How to use the bot, or one command of it."""

    topic: str | None = None


@dataclass(frozen=True, slots=True)
class Here:
    """No name typed: the account that the channel is about, else help. `time` as in `Status`."""

    show: Show = "card"
    time: str = ""


@dataclass(frozen=True, slots=True)
class Log:
    """Log what this text says: an account's name and what happened; the form when that is missing."""

    text: str


@dataclass(frozen=True, slots=True)
class MySettings:
    """What holds for the asker, and the form to change it."""


@dataclass(frozen=True, slots=True)
class Bind:
    """Make the channel about the account that this text names; None asks what it is about."""

    query: str | None


@dataclass(frozen=True, slots=True)
class BindTo:
    """Make the channel about a known account, in place of the one that `instead_of` names."""

    account_id: int
    instead_of: int | None = None


@dataclass(frozen=True, slots=True)
class Unbind:
    """The channel is about no account any more."""


@dataclass(frozen=True, slots=True)
class Remind:
    """Remind the asker of `text` when `phrase` says; with `channel` (its id, or "here") everybody in it.

    `query` names the account. Without one it is the account that the text begins with (`loose`), else the channel's,
    else none.
    """

    text: str
    phrase: str
    query: str | None = None
    channel: str | None = None
    loose: bool = False


@dataclass(frozen=True, slots=True)
class MyReminders:
    """What the asker has set, and what is said in the channel they ask from."""


@dataclass(frozen=True, slots=True)
class PromiseTo:
    """Track a promise. `query` and `loose` as in `Remind`; `owner` is "@" and a Slack user id."""

    quote: str
    due: str
    query: str | None = None
    owner: str | None = None
    by: By = "us"
    loose: bool = False


@dataclass(frozen=True, slots=True)
class Promises:
    """The open promises about the account that this text names; None: the channel's account's, else the asker's own."""

    query: str | None = None


@dataclass(frozen=True, slots=True)
class WhyReminded:
    """Why the last message came: about the account that this text names, or about any."""

    query: str | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """Draft the business review that this text names: an account, a period, for whom."""

    text: str = ""


@dataclass(frozen=True, slots=True)
class SetHealth:
    """A score in place of the computed one of the account that `query` names; without a score the computed one again.
    `until` is its last day, as typed."""

    query: str
    score: int | None = None
    reason: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True)
class DismissRisk:
    """A risk of the account that `query` names is none."""

    query: str
    risk: str
    reason: str


AccountView: TypeAlias = Card | Timeline | People | Why | Plan | Diff | AsOf | Sketch | Trail
Shareable: TypeAlias = Card | Book | Renewals
View: TypeAlias = AccountView | Book | Team | Renewals | Kpi
Judgement: TypeAlias = SetHealth | DismissRisk
FileAsk: TypeAlias = Chart | Export
OwnAsk: TypeAlias = Remind | MyReminders | PromiseTo | Promises | WhyReminded
Lookup: TypeAlias = View | Status | Here | Find | Question
"""What reads and changes nothing: it may be answered once for each audience."""
Answered: TypeAlias = Lookup | Help | Log | MySettings | Bind | BindTo | Unbind | Judgement | OwnAsk | AdminAsk
"""What one message answers, or a form."""
Ask: TypeAlias = Answered | FileAsk | Review


def view_of(show: Show, account_id: int, time: str = "") -> AccountView:
    match show:
        case "card":
            return Card(account_id)
        case "timeline":
            return Timeline(account_id)
        case "people":
            return People(account_id)
        case "why":
            return Why(account_id, time)
        case "plan":
            return Plan(account_id)
        case "diff":
            return Diff(account_id, time or SINCE)
        case "asof":
            return AsOf(account_id, time)
        case "brief" | "handoff" | "risk" | "checkin":
            return Sketch(account_id, show)


def noun_of(ask: Ask) -> str:
    """What its answer is called in a sentence about it."""
    match ask:
        case Card():
            return "card"
        case Timeline():
            return "timeline"
        case Kpi():
            return "figure"
        case Sketch():
            return "draft"
    return "list"
