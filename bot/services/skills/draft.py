"""Running a skill about one account, for one asker, and keeping what may be kept about the run."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from pydantic import BaseModel

from bot.domain.audience import Audience
from bot.domain.ids import id_text, new_id
from bot.services.lookup import require_internal
from bot.services.results import AccountCard
from bot.services.results.skills import DraftPoint, DraftSection, Figure, SkillDraft, Source
from bot.services.skills.facts import AccountFacts
from bot.services.skills.letter import letter
from bot.storage import skill_runs
from bot.storage.database import Database
from skills.contract import Claim, Evidence, Metric
from skills.model import Model
from skills.outline import Days
from skills.registry import Loaded
from skills.runner import DEADLINE, Progress, Result, drafted, laid_out

_USUAL_DAYS = "90"
_SAFE = "client-safe"


@dataclass(frozen=True, slots=True)
class Wish:
    """What to draft, about the account of a card. `days` None looks back as far as the skill's manual says."""

    card: AccountCard
    account_id: int
    days: int | None = None
    deadline: float = DEADLINE
    progress: Progress | None = None


@dataclass(frozen=True, slots=True)
class Moment:
    """When it is, and where."""

    now: datetime
    today: date
    zone: ZoneInfo


def draft_skill(
    database: Database,
    audience: Audience,
    loaded: Loaded,
    wish: Wish,
    at: Moment,
    *,
    model: Model | None = None,
    keep_text: bool = False,
) -> SkillDraft:
    """A draft for the asker's eyes. Raises NotAllowed for outsiders.

    The database is not held while a model writes. `keep_text` logs what was shown; else the log has no word of it.
    """
    require_internal(audience)
    days = wish.days or int(loaded.manual.metadata.get("window-days", _USUAL_DAYS))
    if wish.progress is not None:
        wish.progress("gathering")
    with database.reading(audience) as reader:
        facts = AccountFacts(reader, wish.account_id, wish.card, at.today, at.zone)
        pack = loaded.skill.gather(Days(days=days), facts)
    safe = loaded.manual.metadata.get("audience") == "customer"
    asker = audience.actor.slack_user_id or audience.actor.name
    result = drafted(
        loaded.skill, loaded.manual, pack, model,
        deadline=wish.deadline, for_customer=safe, asker=asker, progress=wish.progress,
    )  # fmt: skip
    run = new_id()
    shown = _shown(loaded, result, run, at.now, _owner(wish.card), for_customer=safe)
    with database.writing(audience, at.now) as writer:
        skill_runs.keep(writer, run_row(result, run, wish.account_id, asker, shown if keep_text else None))
    return shown


def _owner(card: AccountCard) -> str | None:
    return card.owner.name if card.owner is not None else None


def run_row(result: Result, run: int, account_id: int, asker: str, shown: BaseModel | None) -> dict[str, object]:
    """What is kept of a run; `shown` only where texts may be kept."""
    record, usage = result.record, result.record.usage
    return {
        "id": run,
        "skill": record.skill,
        "version": record.version,
        "account_id": account_id,
        "asker": asker,
        "written_by": record.written_by,
        "reason": record.reason,
        "model": usage.model if usage else None,
        "tokens_in": usage.tokens_in if usage else None,
        "tokens_out": usage.tokens_out if usage else None,
        "tokens_cached": usage.tokens_cached if usage else None,
        "milliseconds": round(record.seconds * 1000),
        "evidence": record.evidence,
        "claims": record.claims,
        "withheld": record.withheld,
        "draft": shown.model_dump(mode="json") if shown is not None else None,
    }


def _shown(
    loaded: Loaded, result: Result, run: int, now: datetime, owner: str | None, *, for_customer: bool
) -> SkillDraft:
    pack, draft = result.pack, result.draft
    sections = tuple(
        DraftSection(key=section.key, title=section.title, points=points_of(result, section.key))
        for section in laid_out(loaded.skill.sections, loaded.manual)
    )
    return SkillDraft(
        run=id_text(run),
        skill=loaded.manual.name,
        title=loaded.manual.metadata.get("title", loaded.manual.name.capitalize()),
        account_id=pack.account_id,
        account=pack.account,
        period=pack.period.label,
        for_customer=for_customer,
        sections=sections,
        missing=pack.missing,
        withheld=draft.withheld_sentence,
        letter=letter(draft, pack, owner) if for_customer else None,
        written_by=result.written_by,
        note=result.note,
        version=loaded.manual.version,
        problem=loaded.problem,
        as_of=now,
    )


def points_of(result: Result, section: str | None = None) -> tuple[DraftPoint, ...]:
    """What was drafted, of one section or of all, with what it rests on."""
    evidence, metrics = {one.id: one for one in result.pack.evidence}, {one.id: one for one in result.pack.metrics}
    claims = result.draft.claims if section is None else result.draft.of(section)
    return tuple(_point(claim, evidence, metrics) for claim in claims)


def _point(claim: Claim, evidence: dict[str, Evidence], metrics: dict[str, Metric]) -> DraftPoint:
    """The quoted text comes first among the sources."""
    order = sorted(claim.evidence_ids, key=lambda one: one != claim.quote_id)
    return DraftPoint(
        text=claim.text,
        quote=claim.quote,
        figures=tuple(_figure(metrics[one]) for one in claim.metric_ids),
        sources=tuple(_source(evidence[one]) for one in order),
        internal=claim.visibility != _SAFE,
        cautions=claim.cautions,
    )


def _figure(one: Metric) -> Figure:
    return Figure(
        key=one.key,
        label=one.label,
        shown=one.rendered,
        before=one.previous_rendered,
        definition=one.definition,
        internal=one.visibility != _SAFE,
    )


def _source(one: Evidence) -> Source:
    return Source(
        id=one.id,
        entity_id=one.entity_id,
        kind=one.kind,
        at=one.at,
        who=one.who,
        text=one.text,
        link=one.permalink,
        internal=one.visibility != _SAFE,
    )
