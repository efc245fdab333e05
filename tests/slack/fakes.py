"""Use cases over a small fixed book: what they were asked is recorded, what they answer can be changed."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, NoReturn
from zoneinfo import ZoneInfo

from bot.domain.audience import Actor, Audience, Role
from bot.domain.ids import id_text, parse_id
from bot.domain.preferences import Choices, Preferences, resolve
from bot.services.errors import NotAllowed, NotFound
from bot.services.kpi.ask import KpiQuestion, kpi_list
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
    Match,
    MyDay,
    PeoplePage,
    RenewalsPage,
    Section,
    TimelinePage,
)
from bot.services.results.asking import Replies, Said
from bot.services.results.skills import SkillDraft
from bot.services.shown import Seen
from bot.slack.asking_ports import Progress
from bot.slack.ports import SlackPerson
from tests.slack import samples
from tests.slack.sketches import sketched


@dataclass(frozen=True)
class Audited:
    actor: str | None
    action: str
    subject: int | None
    detail: dict[str, str]


class NoLogbook:
    """Logging is tried with the real use cases (`test_logging.py`): nothing here takes an entry."""

    keep_text = timedelta()

    def now(self) -> datetime:
        return samples.NOW

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        raise NotFound("There is no logbook here.")

    account_name = find_leading = log_touch = add_details = read_touch = undo_change = _refuse


@dataclass(frozen=True)
class Nothing:
    """For what is tried with the real use cases: here is none of it."""

    what: str

    def __getattr__(self, name: str) -> Any:
        raise NotFound(f"There are no {self.what} here.")


class NoAnswers:
    """Understands nothing, so that everything said is a command or a name."""

    def reading(self, *_: object) -> tuple[()]:
        return ()

    def note(self, *_: object) -> None: ...

    def ask(self, _audience: Audience, text: str, *_: object) -> Replies:
        not_understood = Said(about="unclear", sentence="I did not understand that, so I looked nothing up.")
        return Replies(text=text, replies=(not_understood,), as_of=samples.NOW)


@dataclass
class FakeUseCases(NoLogbook):
    """Only audiences cleared for internal data get any: the same refusal as the real ones."""

    cards: dict[int, AccountCard] = field(
        default_factory=lambda: {samples.ACME: samples.CARD, samples.NORDIC: samples.UNKNOWN_CARD}
    )
    asked: list[tuple[str, object]] = field(default_factory=list)
    audits: list[Audited] = field(default_factory=list)
    shown: list[tuple[str | None, Seen]] = field(default_factory=list)
    claimed: set[str] = field(default_factory=set)
    people: dict[str, SlackPerson] = field(default_factory=dict)
    roles: dict[str, Role] = field(default_factory=dict)
    members: dict[str, int] = field(default_factory=dict)
    chosen: dict[str, Choices] = field(default_factory=dict)
    day: MyDay = samples.DAY
    segments: tuple[str, ...] = ()
    bands: tuple[str, ...] = ("unknown",)
    bindings: dict[str, Binding] = field(default_factory=dict)
    happened: int = 23
    trusting: bool = False
    before: Callable[[str], None] = lambda _name: None
    answers: Any = field(default_factory=lambda: NoAnswers())
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def reminders(self) -> Any:
        return Nothing("reminders")

    @property
    def asking(self) -> Any:
        return self.answers

    @property
    def reviews(self) -> Any:
        return Nothing("reviews")

    def team(self, _audience: Audience) -> NoReturn:
        """Tried with the real use cases."""
        raise NotFound("There is no team here.")

    @property
    def past(self) -> Any:
        return Nothing("past")

    @property
    def trail(self) -> Any:
        return Nothing("events")

    @property
    def plans(self) -> Any:
        return Nothing("plans")

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo("UTC")

    @property
    def locale(self) -> str:
        return "en_GB"

    def today(self) -> date:
        return samples.TODAY

    def preferences(self, audience: Audience, slack_user_id: str, slack_tz: str | None = None) -> Preferences:
        if not audience.sees_internal:
            raise NotAllowed("This is not for here.")
        return resolve(self.chosen.get(slack_user_id), slack_tz, self.zone, self.locale)

    def save_preferences(self, audience: Audience, chosen: Choices, backup_email: str | None = None) -> None:
        self._enter("save_preferences", audience, (chosen, backup_email))
        self.chosen[audience.actor.slack_user_id or ""] = chosen

    def identify(self, who: SlackPerson) -> Actor:
        self.people[who.user_id] = who
        outsider = who.is_guest or who.is_external or who.is_bot or who.deleted
        role = Role.GUEST if outsider and not self.trusting else self.roles.get(who.user_id, Role.MEMBER)
        member = self.members.get(who.user_id)
        return Actor(role, via="slack", member_id=member, slack_user_id=who.user_id, name=who.name)

    def narrowing(self, _actor: Actor, _people: Iterable[SlackPerson], *, public: bool) -> tuple[Actor, ...]:  # noqa: ARG002 - everybody sees everything
        """Tried with the real use cases."""
        return ()

    def sees(self, audience: Audience, account_ids: Iterable[int]) -> bool:  # noqa: ARG002 - the same
        return audience.sees_internal

    def find_account(self, audience: Audience, query: str) -> Match:
        self._enter("find_account", audience, query)
        found = self._named(query)
        if len(found) == 1:
            return Match(query=query, outcome="one", account_id=id_text(found[0]))
        candidates = tuple(self._candidates(found))
        return Match(query=query, outcome="several" if candidates else "none", candidates=candidates)

    def card_called(self, audience: Audience, query: str) -> AccountCard | Match:
        match = self.find_account(audience, query)
        return match if match.account_id is None else self.account_card(audience, parse_id(match.account_id) or 0)

    def account_at(self, audience: Audience, url: str) -> int | None:
        self._enter("account_at", audience, url)
        return next((one for one, card in self.cards.items() if card.url == url), None)

    def suggest_accounts(self, audience: Audience, typed: str, limit: int = 20) -> tuple[Candidate, ...]:
        self._enter("suggest_accounts", audience, typed)
        return tuple(self._candidates(self._named(typed)))[:limit]

    def account_card(self, audience: Audience, account_id: int) -> AccountCard:
        self._enter("account_card", audience, account_id)
        return self._account(account_id)

    def account_of_channel(self, audience: Audience, channel_id: str) -> Binding | None:
        self._enter("account_of_channel", audience, channel_id)
        return self.bindings.get(channel_id)

    def bind_channel(
        self, audience: Audience, channel_id: str, account_id: int, instead_of: int | None = None
    ) -> Bound:
        self._enter("bind_channel", audience, (channel_id, account_id, instead_of))
        before = self.bindings.get(channel_id)
        if before is not None and not before.gone:
            if before.account_id == id_text(account_id):
                return Bound(outcome="already", now=before)
            if instead_of is None or before.account_id != id_text(instead_of):
                return Bound(outcome="taken", now=before)
        bookmark = before.bookmark_id if before else None
        self.bindings[channel_id] = samples.binding(channel_id, self.cards[account_id], bookmark)
        return Bound(outcome="bound", now=self.bindings[channel_id], before=before)

    def unbind_channel(self, audience: Audience, channel_id: str) -> Binding | None:
        self._enter("unbind_channel", audience, channel_id)
        return self.bindings.pop(channel_id, None)

    def note_bookmark(self, audience: Audience, of: Binding, bookmark_id: str | None) -> None:
        self._enter("note_bookmark", audience, bookmark_id)
        self.bindings[of.channel] = of.model_copy(update={"bookmark_id": bookmark_id})

    def timeline(self, audience: Audience, account_id: int, *, section: Section = "all", page: int = 1) -> TimelinePage:
        self._enter("timeline", audience, (account_id, section, page))
        return samples.timeline(self._account(account_id).name, section, page, self.happened)

    def contacts(self, audience: Audience, account_id: int, *, page: int = 1) -> PeoplePage:
        self._enter("contacts", audience, (account_id, page))
        return samples.contacts(self._account(account_id).name, page)

    @property
    def health(self) -> Any:
        return Nothing("health")

    @property
    def access(self) -> Any:
        return Nothing("access")

    @property
    def erasing(self) -> Any:
        return Nothing("erasures")

    def why_health(self, audience: Audience, account_id: int, since: date | None = None) -> HealthWhy:
        self._enter("why_health", audience, account_id, *([since] if since is not None else []))
        return samples.WHY.model_copy(update={"account": self._account(account_id).name})

    model_seconds: float | None = None

    def draft_skill(
        self, audience: Audience, account_id: int, name: str, *, progress: Progress | None = None
    ) -> SkillDraft:
        if progress is not None:
            progress("writing")
        self._enter("draft_skill", audience, (account_id, name))
        return sketched(self._account(account_id).name, name)

    def kpi(self, audience: Audience, asked: KpiQuestion) -> KpiAnswer:
        self._enter("kpi", audience, asked)
        return samples.kpi(asked.page)

    def kpi_chart(self, audience: Audience, asked: KpiQuestion) -> KpiChart:
        self._enter("kpi_chart", audience, asked)
        return samples.KPI_CHART

    def kpi_export(self, audience: Audience, asked: KpiQuestion) -> KpiFile:
        self._enter("kpi_export", audience, asked)
        return samples.KPI_FILE

    def kpi_list(self, audience: Audience) -> KpiList:
        self._enter("kpi_list", audience, None)
        return kpi_list(audience)

    def book(
        self,
        audience: Audience,
        *,
        owner: str | None = None,
        search: str | None = None,
        sort: str = "renewal",
        page: int = 1,
        segment: str | None = None,
        band: str | None = None,
    ) -> BookPage:
        narrowed = () if segment is None and band is None else (segment, band)
        self._enter("book", audience, (owner, search, sort, page, *narrowed))
        options = {"segments": self.segments, "bands": self.bands}
        return samples.book(page=page).model_copy(update={"sort": sort, "search": search, **options})

    def my_day(self, audience: Audience, slack_tz: str | None = None) -> MyDay:
        self._enter("my_day", audience, slack_tz)
        return self.day

    def renewals(
        self, audience: Audience, *, within_days: int = 90, owner: str | None = "all", page: int = 1
    ) -> RenewalsPage:
        self._enter("renewals", audience, (within_days, owner, page))
        return samples.renewals(page=page).model_copy(update={"within_days": within_days})

    def handled_before(self, key: str, *, patient: bool = True) -> bool:  # noqa: ARG002 - there is nobody to wait for
        with self._lock:
            if key in self.claimed:
                return True
            self.claimed.add(key)
            return False

    def forget_handled(self, key: str) -> None:
        with self._lock:
            self.claimed.discard(key)

    def note_shown(self, actor: Actor, seen: Sequence[Seen]) -> None:
        self.shown += [(actor.slack_user_id, one) for one in seen]

    def audit(self, actor: Actor, action: str, subject_id: int | None, detail: dict[str, str]) -> None:
        self.audits.append(Audited(actor.slack_user_id, action, subject_id, detail))

    def last(self) -> tuple[str, object]:
        """What was asked last."""
        return self.asked[-1]

    def _enter(self, name: str, audience: Audience, what: object) -> None:
        self.asked.append((name, what))
        self.before(name)
        if not audience.sees_internal:
            raise NotAllowed("This is not for here.")

    def _account(self, account_id: int) -> AccountCard:
        if account_id not in self.cards:
            raise NotFound("This account is gone. Search with `/account find`.")
        return self.cards[account_id]

    def _named(self, query: str) -> list[int]:
        return [key for key, card in self.cards.items() if query.casefold() in card.name.casefold()]

    def _candidates(self, ids: Iterable[int]) -> Iterable[Candidate]:
        return (samples.candidate(self.cards[account_id].name, account_id) for account_id in ids)
