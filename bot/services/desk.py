"""All use cases behind one door: what an edge is given, with database, clock and policies already in place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Literal
from zoneinfo import ZoneInfo

from bot.clock import Clock
from bot.documents.brand import PLAIN, Brand
from bot.domain.audience import SYSTEM, Actor, Audience, Role, only_the_asker
from bot.domain.policy import Policies, Rules
from bot.domain.preferences import DEFAULT_LOCALE, Choices, Preferences
from bot.services import binding, lookup
from bot.services.access.desk import AccessDesk
from bot.services.asking.ask import Asking
from bot.services.book import Filter, book_page
from bot.services.card import account_card, card_called
from bot.services.contacts import people_page
from bot.services.erasing.desk import Erasing
from bot.services.errors import Contended
from bot.services.existing import account_name
from bot.services.health.desk import HealthDesk
from bot.services.health.nightly import Passed, keep_health
from bot.services.identity import Person, identified, narrowing, sees
from bot.services.kpi.ask import KpiQuestion, kpi, kpi_list
from bot.services.kpi.chart import kpi_chart
from bot.services.kpi.export import kpi_export
from bot.services.links import account_at
from bot.services.logbook.details import add_details
from bot.services.logbook.entry import LogEntry
from bot.services.logbook.leading import find_leading
from bot.services.logbook.log import log_touch
from bot.services.logbook.read import read_touch
from bot.services.logbook.undo import undo_change
from bot.services.my_day import my_day, since_when
from bot.services.past.desk import Past
from bot.services.plans.desk import Plans
from bot.services.preferences import Usual, preferences_of, save_preferences
from bot.services.qbr.desk import Reviews
from bot.services.qbr.drafting import Ground
from bot.services.reminders.desk import Reminders
from bot.services.renewals import Window, renewals_page
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
from bot.services.results.erasing import Retention
from bot.services.results.rollup import TeamRollup
from bot.services.results.skills import SkillDraft
from bot.services.retention import let_go
from bot.services.rollup import team_rollup
from bot.services.shown import Seen, note_shown
from bot.services.skills.desk import Drafting, Skills
from bot.services.skills.draft import Moment
from bot.services.stats import Stats, book_stats
from bot.services.timeline import Slice, timeline
from bot.services.trail.desk import Trail
from bot.services.why import why_health
from bot.storage import audit, deliveries, outbox
from bot.storage.database import Database, LockedError
from skills.runner import Progress


@dataclass(frozen=True)
class Desk:
    """The use cases. Each call is one transaction; all may raise StewardError."""

    database: Database
    clock: Clock
    rules: Rules
    zone: ZoneInfo
    locale: str = DEFAULT_LOCALE
    keep_text: timedelta = timedelta()
    drafting: Drafting = field(default_factory=Drafting)
    brand: Brand = PLAIN

    def now(self) -> datetime:
        return self.clock()

    @property
    def policies(self) -> Policies:
        """Those in force now; a use case goes by the same ones from beginning to end."""
        return self.rules.policies

    @property
    def asking(self) -> Asking:
        """The use cases of questions in people's own words."""
        return Asking(self.database, self.policies, self.clock(), self.zone, self.drafting)

    @property
    def erasing(self) -> Erasing:
        """The use cases of erasing people and accounts."""
        return Erasing(self.database, self.clock)

    def retention(self, audience: Audience, *, dry_run: bool = False) -> Retention:
        """Let go of what is kept for longer than the rules say, or tell what that would be. May take a while."""
        return let_go(self.database, audience, self.clock, self.policies.retention, self.zone, dry_run=dry_run)

    @property
    def reminders(self) -> Reminders:
        """The use cases about reminders and promises."""
        return Reminders(self.database, self.clock, self.policies, Usual(self.zone, self.locale))

    @property
    def reviews(self) -> Reviews:
        """The use cases about business reviews."""
        ground = Ground(self.policies, self.zone, self.drafting, self.locale, self.brand)
        return Reviews(self.database, self.clock, ground)

    @property
    def access(self) -> AccessDesk:
        """The use cases about who may see which account."""
        return AccessDesk(self.database, self.clock, self.policies)

    @property
    def health(self) -> HealthDesk:
        """The use cases about health."""
        return HealthDesk(self.database, self.clock, self.policies, self.zone)

    @property
    def past(self) -> Past:
        """The use cases about an account at another time."""
        return Past(self.database, self.clock, self.policies, self.zone)

    @property
    def plans(self) -> Plans:
        """The use cases about account plans."""
        return Plans(self.database, self.clock, self.policies, self.zone)

    @property
    def trail(self) -> Trail:
        """The use cases about the audit trail."""
        return Trail(self.database, self.clock, self.zone)

    @property
    def skills(self) -> Skills:
        """The use cases about skills, as of now."""
        return Skills(self.database, self.drafting, Moment(self.clock(), self.today(), self.zone))

    @property
    def model_seconds(self) -> float | None:
        """How long a draft may take, where a model words them; None where they are there at once."""
        return self.drafting.deadline if self.drafting.model is not None else None

    def draft_skill(
        self,
        audience: Audience,
        account_id: int,
        name: str,
        *,
        days: int | None = None,
        progress: Progress | None = None,
    ) -> SkillDraft:
        """What a skill drafts about an account. Seconds when a model writes: run it aside."""
        card = self.account_card(audience, account_id)
        return self.skills.draft(audience, card, account_id, name, days=days, progress=progress)

    def today(self) -> date:
        """The workspace's calendar day."""
        return self.clock().astimezone(self.zone).date()

    def identify(self, who: Person) -> Actor:
        """Who this person is to us; whoever is not certainly one of us is a guest."""
        return identified(self.database, who, self.policies.access, self.today())

    def narrowing(self, actor: Actor, people: Iterable[Person], *, public: bool) -> tuple[Actor, ...]:
        """The others of an audience: see `bot.services.identity.narrowing`."""
        return narrowing(self.database, actor, people, self.policies.access, self.today(), public=public)

    def sees(self, audience: Audience, account_ids: Iterable[int]) -> bool:
        """Whether everybody in the audience may see these accounts."""
        return sees(self.database, audience, account_ids)

    def preferences(self, audience: Audience, slack_user_id: str, slack_tz: str | None = None) -> Preferences:
        """What holds for somebody: their choices, else Slack's time zone, else the workspace's ways."""
        usual = Usual(self.zone, self.locale)
        return preferences_of(self.database, audience, slack_user_id, slack_tz, usual)

    def save_preferences(self, audience: Audience, chosen: Choices, backup_email: str | None = None) -> None:
        """Keep the actor's own choices."""
        save_preferences(self.database, audience, chosen, self.clock(), backup_email)

    def find_account(self, audience: Audience, query: str) -> Match:
        return lookup.find_account(self.database, audience, query)

    def account_at(self, audience: Audience, url: str) -> int | None:
        return account_at(self.database, audience, url)

    def suggest_accounts(self, audience: Audience, typed: str, limit: int = 20) -> tuple[Candidate, ...]:
        return lookup.suggest_accounts(self.database, audience, typed, limit)

    def card_called(self, audience: Audience, query: str) -> AccountCard | Match:
        return card_called(self.database, audience, query, self.policies, self.clock(), self.today())

    def account_card(self, audience: Audience, account_id: int) -> AccountCard:
        return account_card(self.database, audience, account_id, self.policies, self.clock(), self.today())

    def account_of_channel(self, audience: Audience, channel_id: str) -> Binding | None:
        return binding.account_of_channel(self.database, audience, channel_id)

    def bind_channel(
        self, audience: Audience, channel_id: str, account_id: int, instead_of: int | None = None
    ) -> Bound:
        return binding.bind_channel(self.database, audience, channel_id, account_id, instead_of, self.clock())

    def unbind_channel(self, audience: Audience, channel_id: str) -> Binding | None:
        return binding.unbind_channel(self.database, audience, channel_id, self.clock())

    def note_bookmark(self, audience: Audience, of: Binding, bookmark_id: str | None) -> None:
        binding.note_bookmark(self.database, audience, of, bookmark_id, self.clock())

    def timeline(self, audience: Audience, account_id: int, *, section: Section = "all", page: int = 1) -> TimelinePage:
        return timeline(self.database, audience, account_id, Slice(section, page), self.clock(), self.zone)

    def contacts(self, audience: Audience, account_id: int, *, page: int = 1) -> PeoplePage:
        return people_page(self.database, audience, account_id, page, self.clock(), self.today())

    def why_health(self, audience: Audience, account_id: int, since: date | None = None) -> HealthWhy:
        """The health taken apart; with `since` also what became of it since that day."""
        now, today = self.clock(), self.today()
        return why_health(self.database, audience, account_id, self.policies, now, today, since=since)

    def keep_health(self) -> Passed:
        """The day's pass over the health of all accounts, unless it is done or somebody else does it."""
        return keep_health(self.database, self.policies, self.zone, self.clock)

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
        wanted = Filter(owner, search, sort, page, segment, band)
        return book_page(self.database, audience, wanted, self.policies, self.clock(), self.today())

    def team(self, audience: Audience) -> TeamRollup:
        """A second for a thousand accounts: run it aside."""
        return team_rollup(self.database, audience, self.policies, self.clock(), self.today())

    def my_day(self, audience: Audience, slack_tz: str | None = None) -> MyDay:
        """What the actor's accounts ask of them today, and what changed since their last working day."""
        now = self.clock()
        since = since_when(self.preferences(audience, audience.actor.slack_user_id or "", slack_tz), now)
        day = my_day(self.database, audience, self.policies, now, self.today(), since)
        if not audience.actor.role.covers(Role.LEAD):
            return day
        return day.model_copy(update={"faults": (*self.rules.faults, *self.drafting.registry.problems())})

    def renewals(
        self, audience: Audience, *, within_days: int = 90, owner: str | None = "all", page: int = 1
    ) -> RenewalsPage:
        window = Window(within_days=within_days, owner=owner, page=page)
        return renewals_page(self.database, audience, window, self.clock(), self.today())

    def kpi(self, audience: Audience, asked: KpiQuestion) -> KpiAnswer:
        return kpi(self.database, audience, asked, self.policies.kpi, self.clock(), self.zone)

    def kpi_chart(self, audience: Audience, asked: KpiQuestion) -> KpiChart:
        return kpi_chart(self.database, audience, asked, self.policies.kpi, self.clock(), self.zone)

    def kpi_export(self, audience: Audience, asked: KpiQuestion, form: Literal["xlsx", "csv"] = "xlsx") -> KpiFile:
        return kpi_export(self.database, audience, asked, form, self.policies.kpi, self.clock(), self.zone)

    def kpi_list(self, audience: Audience) -> KpiList:
        return kpi_list(audience)

    def account_name(self, audience: Audience, account_id: int) -> str:
        return account_name(self.database, audience, account_id)

    def find_leading(self, audience: Audience, text: str) -> Leading:
        return find_leading(self.database, audience, text)

    def log_touch(self, audience: Audience, account_id: int, entry: LogEntry) -> Logged:
        return log_touch(self.database, audience, account_id, entry, self.clock(), self.keep_text)

    def add_details(self, audience: Audience, touch_id: int, account_id: int, entry: LogEntry) -> Logged:
        return add_details(self.database, audience, touch_id, account_id, entry, self.clock())

    def read_touch(self, audience: Audience, touch_id: int) -> Logged:
        return read_touch(self.database, audience, touch_id)

    def undo_change(self, audience: Audience, change: str) -> Undone:
        return undo_change(self.database, audience, change, self.clock())

    def next_due(self) -> datetime | None:
        """When the next reminder will be sent; None when none is planned."""
        with self.database.reading(only_the_asker(SYSTEM)) as reader:
            return outbox.next_due(reader, self.clock())

    def stats(self, audience: Audience) -> Stats:
        return book_stats(self.database, audience, self.today())

    def handled_before(self, key: str, *, patient: bool = True) -> bool:
        """True when any process already took this delivery; takes it otherwise.

        Not `patient`: raises Contended instead of waiting for another writer.
        """
        try:
            return not self.database.claim(key, self.clock(), patient=patient)
        except LockedError as error:
            raise Contended("Somebody else is writing; try again.") from error

    def forget_handled(self, key: str) -> None:
        """Let somebody take this delivery again: what was to be done did not happen."""
        with self.database.writing(only_the_asker(SYSTEM), self.clock()) as writer:
            deliveries.forget(writer, key)

    def note_shown(self, actor: Actor, seen: Sequence[Seen]) -> None:
        note_shown(self.database, actor, seen, self.clock())

    def audit(self, actor: Actor, action: str, subject_id: int | None, detail: dict[str, Any]) -> None:
        with self.database.writing(only_the_asker(actor), self.clock()) as writer:
            audit.append(writer, action, subject_id, detail)
