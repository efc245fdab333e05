"""A review is drafted: read in one look, worded by a model or by rules, held to the gates, kept as version one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.documents.brand import PLAIN, Brand
from bot.domain.audience import Audience
from bot.domain.ids import id_text, new_id
from bot.domain.kpi.period import PeriodError
from bot.domain.policy import Policies
from bot.domain.preferences import DEFAULT_LOCALE
from bot.domain.qbr.period import ReviewPeriod, review_period
from bot.services.errors import BadInput
from bot.services.lookup import require_member
from bot.services.qbr.body import body_of
from bot.services.qbr.facts import AccountFacts
from bot.services.qbr.gather import Gathered, gather
from bot.services.qbr.keeping import kept, qbr_of, require_row, text_of
from bot.services.results.qbr import Qbr
from bot.services.results.qbr import Reader as ReaderKind
from bot.services.skills.desk import Drafting
from bot.services.skills.draft import run_row
from bot.services.writing import writing
from bot.storage import audit, qbrs, skill_runs
from bot.storage.database import Database, Writer
from bot.storage.edits import by
from skills.qbr.skill import SKILL, QbrGiven
from skills.runner import Result, run

Tell = Callable[[str], None]
"""Is told each step by its name: gathering, writing, checking, done. From the thread that drafts."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What every review is made with: the rules, who words it, the `locale` of its files and how they look."""

    policies: Policies
    zone: ZoneInfo
    drafting: Drafting
    locale: str = DEFAULT_LOCALE
    brand: Brand = PLAIN


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which review: of whom, over which days (as typed; None is the last complete quarter), for which readers."""

    account_id: int
    period: str | None = None
    readers: ReaderKind = "internal"


def draft_qbr(
    database: Database,
    audience: Audience,
    wanted: Wanted,
    ground: Ground,
    now: datetime,
    progress: Tell | None = None,
) -> Qbr:
    """A new review.

    Raises BadInput for words that are no period, NotFound for an account that is gone, Busy.
    """
    require_member(audience)
    period = period_of(wanted.period, now, ground.zone)
    account_id = wanted.account_id
    with database.reading(audience) as reader:
        found = gather(reader, account_id, period, ground.policies, now, ground.zone)
    result = written(found, ground.drafting, audience, progress)
    body = body_of(found, result).model_copy(update={"wanted_for": wanted.readers})
    with writing(database, audience, now) as writer:
        version = qbrs.Version("drafted", "drafted", kept(body), body.written_by)
        keep_run(writer, result, account_id, ground.drafting)
        one = qbrs.create(writer, account_id, period.this.first, period.this.last, period.words, version)
        audit.append(
            writer, "qbr drafted", account_id, {"qbr": id_text(one), "period": period.words}, text_of(None, body, one)
        )
        return qbr_of(writer, require_row(writer, one))


def period_of(words: str | None, now: datetime, zone: ZoneInfo) -> ReviewPeriod:
    try:
        return review_period(words, now.astimezone(zone).date())
    except PeriodError as error:
        raise BadInput(str(error)) from error


def written(
    found: Gathered,
    drafting: Drafting,
    audience: Audience,
    progress: Tell | None = None,
    only: tuple[str, ...] | None = None,
) -> Result:
    """What the skill makes of it; `only` names sections that are written anew."""
    facts = AccountFacts(found)
    given = QbrGiven(period=facts.period)
    return run(
        SKILL, drafting.registry.get(SKILL.name).manual, given, facts, drafting.model,
        deadline=drafting.deadline, only=only, asker=by(audience.actor), progress=progress,
    )  # fmt: skip


def keep_run(writer: Writer, result: Result, account_id: int, drafting: Drafting) -> None:
    """Keep that the skill ran and what came of it; its words only where they may be kept."""
    shown = result.draft if drafting.keep_text else None
    skill_runs.keep(writer, run_row(result, new_id(), account_id, by(writer.actor), shown))
