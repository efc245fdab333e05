"""What the Slack edge needs from the rest of the bot: use cases to call and a way to run them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol, TypeVar
from zoneinfo import ZoneInfo

from bot.domain.audience import Actor, Audience
from bot.domain.preferences import Choices, Preferences
from bot.services.kpi.ask import KpiQuestion
from bot.services.logbook.entry import LogEntry
from bot.services.results import (
    AccountCard,
    Binding,
    BookPage,
    Bound,
    Candidate,
    HealthWhy,
    KpiAnswer,
    KpiChart,
    KpiFile,
    KpiList,
    Leading,
    Logged,
    Match,
    MyDay,
    PeoplePage,
    RenewalsPage,
    Section,
    TimelinePage,
    Undone,
)
from bot.services.results.rollup import TeamRollup
from bot.services.results.skills import SkillDraft
from bot.services.results.trail import TrailPage
from bot.services.results.why import Decided
from bot.services.shown import Seen
from bot.slack.access_ports import AccessCases
from bot.slack.asking_ports import AskingCases, Progress
from bot.slack.erasing_ports import ErasingCases
from bot.slack.plan_ports import PastCases, PlanCases
from bot.slack.qbr_ports import ReviewCases
from bot.slack.reminder_ports import ReminderCases

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class SlackPerson:
    """Who Slack says somebody is. A person Slack cannot or will not describe is external."""

    user_id: str
    name: str
    email: str | None
    is_guest: bool
    is_external: bool
    is_bot: bool
    deleted: bool
    is_admin: bool
    tz: str | None

    @property
    def called(self) -> str:
        """The name for a sentence; empty for somebody whom Slack gives none."""
        return "" if self.name == self.user_id else self.name


class HealthCases(Protocol):
    """Each is one transaction and may raise `StewardError`; what was decided can be taken back."""

    def set_score(self, audience: Audience, account_id: int, score: int, reason: str, until: date) -> Decided:
        """Raises `BadFields` with a sentence for each field that is wrong."""

    def clear_score(self, audience: Audience, account_id: int) -> Decided: ...

    def dismiss(self, audience: Audience, account_id: int, kind: str, reason: str) -> Decided:
        """Raises `BadInput` without a reason, or when there is no such risk now."""

    def restore(self, audience: Audience, account_id: int, kind: str) -> Decided: ...


class TrailCases(Protocol):
    """For admins: raises `NotAllowed` for anybody else."""

    def account_trail(self, audience: Audience, account_id: int, *, since: str = "", page: int = 1) -> TrailPage:
        """Who saw an account and who changed it. Raises `BadInput` for a `since` that is no day of the past."""


class Logbook(Protocol):
    """Logging what happened, and taking it back. `keep_text` is for how long messages' text may be kept; zero: not."""

    @property
    def keep_text(self) -> timedelta: ...

    def now(self) -> datetime: ...

    def account_name(self, audience: Audience, account_id: int) -> str:
        """Raises `NotFound` when the account is gone."""

    def find_leading(self, audience: Audience, text: str) -> Leading:
        """The account that a text begins with; raises `BadInput` for no text."""

    def log_touch(self, audience: Audience, account_id: int, entry: LogEntry) -> Logged:
        """Raises `BadFields`, with a sentence for each field that is wrong."""

    def add_details(self, audience: Audience, touch_id: int, account_id: int, entry: LogEntry) -> Logged: ...

    def read_touch(self, audience: Audience, touch_id: int) -> Logged: ...

    def undo_change(self, audience: Audience, change: str) -> Undone: ...


class UseCases(Logbook, Protocol):
    """The synchronous use cases behind every command, button and page. Each is one transaction.

    All of them may raise `StewardError`, whose sentence is shown as it is.
    """

    @property
    def reminders(self) -> ReminderCases:
        """Those about reminders and promises."""

    @property
    def reviews(self) -> ReviewCases:
        """Those about business reviews."""

    @property
    def past(self) -> PastCases:
        """Those about an account at another time."""

    @property
    def trail(self) -> TrailCases:
        """Those about the audit trail."""

    @property
    def plans(self) -> PlanCases:
        """Those about account plans."""

    @property
    def asking(self) -> AskingCases:
        """Those about questions in people's own words."""

    @property
    def erasing(self) -> ErasingCases:
        """Those of erasing people."""

    @property
    def access(self) -> AccessCases:
        """Those about who may see which account."""

    @property
    def zone(self) -> ZoneInfo:
        """The workspace's time zone."""

    @property
    def locale(self) -> str:
        """How the workspace writes dates."""

    def today(self) -> date:
        """The workspace's calendar day."""

    def preferences(self, audience: Audience, slack_user_id: str, slack_tz: str | None = None) -> Preferences: ...

    def save_preferences(self, audience: Audience, chosen: Choices, backup_email: str | None = None) -> None:
        """The actor's own. Raises `BadInput` that names what is wrong."""

    def identify(self, who: SlackPerson) -> Actor:
        """Who this person is to us. Guests, externals, bots and the unknown get `Role.GUEST`."""

    def narrowing(self, actor: Actor, people: Iterable[SlackPerson], *, public: bool) -> tuple[Actor, ...]:
        """Those because of whom a reply that these people see, with `public` everybody in the workspace, shows less
        than the actor alone would be shown: the others of its audience."""

    def sees(self, audience: Audience, account_ids: Iterable[int]) -> bool:
        """Whether everybody in the audience may see these accounts."""

    def find_account(self, audience: Audience, query: str) -> Match: ...

    def card_called(self, audience: Audience, query: str) -> AccountCard | Match:
        """`find_account`, and the card when that finds one, as of one moment."""

    def account_at(self, audience: Audience, url: str) -> int | None:
        """The one account whose record has this address."""

    def suggest_accounts(self, audience: Audience, typed: str, limit: int = 20) -> tuple[Candidate, ...]: ...

    def account_card(self, audience: Audience, account_id: int) -> AccountCard:
        """Raises `NotFound` when the account is gone."""

    def account_of_channel(self, audience: Audience, channel_id: str) -> Binding | None:
        """What a channel is about; None when nobody bound it."""

    def bind_channel(
        self, audience: Audience, channel_id: str, account_id: int, instead_of: int | None = None
    ) -> Bound:
        """Another binding is only replaced when `instead_of` names its account. Raises `NotFound`."""

    def unbind_channel(self, audience: Audience, channel_id: str) -> Binding | None:
        """What the channel was about; None when nothing."""

    def note_bookmark(self, audience: Audience, of: Binding, bookmark_id: str | None) -> None:
        """Remember which bookmark shows the account in the channel."""

    def timeline(self, audience: Audience, account_id: int, *, section: Section = "all", page: int = 1) -> TimelinePage:
        """Raises `NotFound` when the account is gone, as the next two do."""

    def contacts(self, audience: Audience, account_id: int, *, page: int = 1) -> PeoplePage: ...

    def why_health(self, audience: Audience, account_id: int, since: date | None = None) -> HealthWhy: ...

    @property
    def health(self) -> HealthCases:
        """Those about what people decide about health."""

    def book(
        self,
        audience: Audience,
        *,
        owner: str | None = None,
        search: str | None = None,
        sort: str = "rank",
        page: int = 1,
        segment: str | None = None,
        band: str | None = None,
    ) -> BookPage:
        """`owner` is None for the actor's own book, "team", "all", a name, or "member:" and a member's id."""

    def team(self, audience: Audience) -> TeamRollup:
        """Hundreds of milliseconds for a large team: run it aside."""

    def my_day(self, audience: Audience, slack_tz: str | None = None) -> MyDay:
        """What the actor's accounts ask of them today, and what changed since their last working day."""

    def renewals(
        self, audience: Audience, *, within_days: int = 90, owner: str | None = "all", page: int = 1
    ) -> RenewalsPage: ...

    @property
    def model_seconds(self) -> float | None:
        """How long a draft may take, where a model words them; None where they are there at once."""

    def draft_skill(
        self, audience: Audience, account_id: int, name: str, *, progress: Progress | None = None
    ) -> SkillDraft:
        """What a skill drafts about an account. Seconds when a model writes: run it aside."""

    def kpi(self, audience: Audience, asked: KpiQuestion) -> KpiAnswer:
        """Tens of milliseconds and more: run it aside. Raises `BadInput` for a scope or period that says nothing."""

    def kpi_chart(self, audience: Audience, asked: KpiQuestion) -> KpiChart:
        """The figure over time, drawn; `rest` with "over" and the span. A second and more: run it aside."""

    def kpi_export(self, audience: Audience, asked: KpiQuestion) -> KpiFile:
        """A workbook of the figure, its rows and its definition; of all figures for the name "all"."""

    def kpi_list(self, audience: Audience) -> KpiList: ...

    def handled_before(self, key: str, *, patient: bool = True) -> bool:
        """True when any process has already claimed this delivery; claims it otherwise.

        Not `patient`: raises `Contended` rather than wait for another writer.
        """

    def forget_handled(self, key: str) -> None:
        """Let somebody claim this again."""

    def note_shown(self, actor: Actor, seen: Sequence[Seen]) -> None:
        """Record what is about to be shown. Raises `Busy` when that cannot be written: then it may not be shown."""

    def audit(self, actor: Actor, action: str, subject_id: int | None, detail: dict[str, str]) -> None: ...


class Runner(Protocol):
    """Runs one use case off the handler's back: inline when it is a short read, in a bounded pool otherwise."""

    async def __call__(self, use_case: Callable[[], T]) -> T: ...
