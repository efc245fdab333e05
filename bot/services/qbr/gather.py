"""Everything that a review may speak of, read in one look: a handful of queries, whatever the account's size."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.kpi.base import Kpi
from bot.domain.kpi.catalogue import Key
from bot.domain.kpi.period import Period
from bot.domain.policy import Policies
from bot.domain.qbr.adoption import Adoption, adoption
from bot.domain.qbr.period import ReviewPeriod
from bot.domain.usage import UsagePoint
from bot.services.assess import State, assess
from bot.services.errors import NotFound
from bot.services.existing import what_became_of
from bot.services.kpi.asked import Whose
from bot.services.kpi.figures import Sheet, figures
from bot.services.measure import added_features, is_level, main_metric
from bot.storage import qbrs
from bot.storage.database import AnyRow, Reader
from bot.storage.queries import accounts as account_queries
from bot.storage.queries import plans
from bot.storage.queries import qbr as queries
from bot.storage.queries.kpi.lines import Within

FIGURES: tuple[Key, ...] = ("ttr", "csat", "nps", "ces")
"""The figures of a review, each for the period and the one before it."""
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Plan:
    """What stands in the account's plan."""

    row: AnyRow | None
    objectives: Sequence[AnyRow]
    outcomes: Sequence[AnyRow]
    requests: Sequence[AnyRow]
    actions: Sequence[AnyRow]
    ideas: Sequence[AnyRow]


@dataclass(frozen=True, slots=True)
class Gathered:
    """The facts of one account over a review's period. `tickets`, `answers` and `usage` reach back over the period
    before, `interactions` do not. `figures` are (this period, the one before)."""

    account_id: int
    period: ReviewPeriod
    now: datetime
    zone: ZoneInfo
    state: State
    subsidiaries: int
    interactions: Sequence[AnyRow]
    authors: Mapping[int, str]
    promises: Sequence[AnyRow]
    tickets: Sequence[AnyRow]
    answers: Sequence[AnyRow]
    usage: Adoption | None
    people: Sequence[AnyRow]
    deals: Sequence[AnyRow]
    figures: Mapping[Key, tuple[Kpi, Kpi]]
    answered_at: datetime | None
    said_at: datetime | None
    last_review: AnyRow | None
    plan: Plan
    names: tuple[str, ...]

    @property
    def name(self) -> str:
        name: str = self.state.row.name
        return name

    def day(self, instant: datetime) -> date:
        """The workspace's day that an instant falls on."""
        return instant.astimezone(self.zone).date()


def gather(
    reader: Reader, account_id: int, period: ReviewPeriod, policies: Policies, now: datetime, zone: ZoneInfo
) -> Gathered:
    """The audience of the reader sees internal data. Raises NotFound that says what became of the account."""
    today = now.astimezone(zone).date()
    state = assess(reader, [account_id], policies, now, today).get(account_id)
    if state is None:
        raise NotFound(what_became_of(reader, account_id))
    since, from_this, until = (
        datetime.combine(day, time.min, zone)
        for day in (period.before.first, period.this.first, period.this.last + _DAY)
    )
    until = min(until, now)
    answered_at, said_at = queries.last_heard(reader, account_id, until)
    people = account_queries.people(reader, [account_id]).get(account_id, ())
    authors = queries.authors(reader, account_id, from_this, until)
    aliases = account_queries.aliases(reader, [account_id]).get(account_id, ())
    return Gathered(
        account_id=account_id,
        period=period,
        now=now,
        zone=zone,
        state=state,
        subsidiaries=account_queries.subsidiaries(reader, [account_id]).get(account_id, 0),
        interactions=queries.interactions(reader, account_id, from_this, until),
        authors=authors,
        promises=queries.promises(reader, account_id, period.before.first),
        tickets=queries.tickets(reader, account_id, since, until),
        answers=queries.answers(reader, account_id, since, until),
        usage=_usage(queries.usage_points(reader, account_id, period.months[0], period.this.last), period),
        people=people,
        deals=account_queries.open_deals(reader, [account_id]).get(account_id, ()),
        figures=_figures(reader, account_id, state.row.name, period, policies, zone),
        answered_at=answered_at,
        said_at=said_at,
        last_review=qbrs.approved_before(reader, account_id, period.this.last),
        plan=_plan(reader, account_id),
        names=tuple(
            dict.fromkeys(
                [state.row.name, *(alias.shown for alias in aliases), *(one.name for one in people), *authors.values()]
                + ([state.owner.name] if state.owner is not None else [])
            )
        ),
    )


def besides(reader: Reader, found: Gathered) -> Sequence[AnyRow]:
    """The newest conversations before the period and after it: people write from them as well."""
    since, until = (
        datetime.combine(day, time.min, found.zone) for day in (found.period.this.first, found.period.this.last + _DAY)
    )
    return queries.besides(reader, found.account_id, since, until)


def _plan(reader: Reader, account_id: int) -> Plan:
    ids = [account_id]
    return Plan(
        plans.plans(reader, ids).get(account_id),
        plans.objectives(reader, ids).get(account_id, ()),
        plans.outcomes(reader, ids).get(account_id, ()),
        plans.requests(reader, ids).get(account_id, ()),
        plans.actions(reader, ids).get(account_id, ()),
        plans.ideas(reader, ids).get(account_id, ()),
    )


def _figures(
    reader: Reader, account_id: int, name: str, period: ReviewPeriod, policies: Policies, zone: ZoneInfo
) -> dict[Key, tuple[Kpi, Kpi]]:
    """As `/account kpi` works them out, for this account alone."""
    whose = Whose(name, Within((account_id,)), name)

    def sheet(of: Period) -> Sheet:
        return Sheet(reader, whose, of, policies.kpi, zone)

    this, before = sheet(period.this), sheet(period.before)
    return {key: (figures(this, key)[0], figures(before, key)[0]) for key in FIGURES}


def _usage(rows: Sequence[AnyRow], period: ReviewPeriod) -> Adoption | None:
    """The metric that says most, by the card's rule."""
    metric = main_metric(rows)
    if metric is None:
        return None
    points: list[UsagePoint] = added_features([row for row in rows if row.metric == metric])
    return adoption(metric, points, period.months, period.this.last, counts=not is_level(metric))
