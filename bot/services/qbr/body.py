"""From what was gathered and drafted to the body of a review. Of the evidence only what is cited is kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.domain.days import written
from bot.domain.ids import id_text
from bot.domain.signals import Signal
from bot.domain.terms import RenewalDates
from bot.services.qbr.facts import missing
from bot.services.qbr.figures import recent_outcomes
from bot.services.qbr.gather import Gathered
from bot.services.qbr.promises import planned, reviewed
from bot.services.results.base import Sum
from bot.services.results.qbr import (
    QbrBody,
    QbrContract,
    QbrFigure,
    QbrMonth,
    QbrObjective,
    QbrOutcome,
    QbrQuote,
    QbrRequest,
    QbrRisk,
    QbrSentence,
    QbrSource,
)
from bot.storage.database import AnyRow
from skills.contract import Claim, Evidence, Metric
from skills.runner import Result

_EXCERPT = 600
_QUOTES = 6


def body_of(found: Gathered, drafted: Result) -> QbrBody:
    """The body of a fresh draft."""
    plan, state = found.plan, found.state
    sentences = sentences_of(drafted)
    return QbrBody(
        why_bought=plan.row.why_bought if plan.row is not None else None,
        why_bought_internal=plan.row is None or plan.row.visibility != "client-safe",
        sentences=sentences,
        sources=sources_of(found, sentences, drafted.pack.evidence),
        figures=tuple(map(_figure, drafted.pack.metrics)),
        metric=found.usage.words if found.usage is not None else None,
        months=tuple(_months(found)),
        promises=reviewed(found),
        objectives=tuple(_objective(row) for row in plan.objectives if row.status != "dropped"),
        outcomes=tuple(map(_outcome, recent_outcomes(found))),
        requests=tuple(_request(row) for row in plan.requests),
        actions=planned(found),
        quotes=tuple(_quotes(found)),
        contracts=tuple(_contract(one.row, one.dates) for one in state.contracts if one.dates.state != "lapsed"),
        arr=tuple(Sum.of(money) for money in state.arr.totals) if state.arr.known else (),
        deals=_deals(found),
        health=state.health.sentence if state.health.score is not None else None,
        risks=tuple(
            QbrRisk(sentence=one.sentence, severity=one.severity) for one in state.findings if isinstance(one, Signal)
        ),
        missing=tuple(missing(found)),
        withheld=drafted.draft.withheld_sentence,
        written_by=drafted.note,
        last_review=found.last_review.words if found.last_review is not None else None,
        read=_read(found),
    )


def sentences_of(drafted: Result, first: int = 1) -> tuple[QbrSentence, ...]:
    """The claims that passed, with the rows they rest on; keys go on from `first`."""
    entity = {one.id: one.entity_id for one in drafted.pack.evidence}
    keys = {one.id: one.key for one in drafted.pack.metrics}
    by_model = drafted.written_by == "model"
    return tuple(
        _sentence(f"s{place}", claim, entity, keys, by_model=by_model)
        for place, claim in enumerate(drafted.draft.claims, first)
    )


def _sentence(
    key: str, claim: Claim, entity: Mapping[str, str], keys: Mapping[str, str], *, by_model: bool
) -> QbrSentence:
    return QbrSentence(
        key=key, section=claim.section, text=claim.text, quote=claim.quote,
        quoted=entity[claim.quote_id] if claim.quote_id is not None else None, wrote="model" if by_model else "record",
        sources=tuple(entity[one] for one in claim.evidence_ids), figures=tuple(keys[one] for one in claim.metric_ids),
        internal=claim.visibility == "internal", doubts=claim.cautions,
    )  # fmt: skip


def sources_of(
    found: Gathered, sentences: Iterable[QbrSentence], evidence: Iterable[Evidence]
) -> tuple[QbrSource, ...]:
    """What these sentences rest on."""
    topics = {id_text(row.id): row.subject for row in found.interactions}
    topics |= {id_text(row.id): _promised(row) for row in found.promises}
    cited = {one for sentence in sentences for one in sentence.sources}
    return tuple(
        QbrSource(
            id=one.entity_id, kind=one.kind, at=one.at, who=one.who, origin=one.origin,
            internal=one.visibility == "internal", topic=topics.get(one.entity_id), text=one.text[:_EXCERPT],
            link=one.permalink,
        )
        for one in evidence
        if one.entity_id in cited
    )  # fmt: skip


def _promised(row: AnyRow) -> str:
    who = "They promised" if row.by == "them" else "We promised"
    return f"{who} by {written(row.due_on)}" if row.due_on is not None else who


def _figure(one: Metric) -> QbrFigure:
    return QbrFigure(
        id=one.key, key=one.key, label=one.label, value=one.value, shown=one.rendered, previous=one.previous_rendered,
        as_of=one.as_of, internal=one.visibility == "internal", definition=one.definition,
    )  # fmt: skip


def _months(found: Gathered) -> Iterable[QbrMonth]:
    """Tickets are None where no ticket desk is known."""
    usage = {month.first: month for month in found.usage.months} if found.usage is not None else {}
    ticketed = bool(found.tickets) or found.state.tickets is not None
    opened = [found.day(row.opened_at).replace(day=1) for row in found.tickets]
    solved = [found.day(row.solved_at).replace(day=1) for row in found.tickets if row.solved_at is not None]
    for first in found.period.months:
        month = usage.get(first)
        yield QbrMonth(
            first=first,
            usage=month.value if month is not None else None,
            entitlement=month.entitlement if month is not None else None,
            opened=opened.count(first) if ticketed else None,
            solved=solved.count(first) if ticketed else None,
        )


def _objective(row: AnyRow) -> QbrObjective:
    return QbrObjective.model_validate({name: getattr(row, name) for name in QbrObjective.model_fields})


def _outcome(row: AnyRow) -> QbrOutcome:
    known = row.amount is not None and row.currency
    return QbrOutcome(
        what=row.what, objective=row.objective, before=row.value_before, after=row.value_after,
        amount=Sum(amount=row.amount, currency=row.currency) if known else None, reached_on=row.reached_on,
        confirmed_on=row.confirmed_on, internal=row.visibility != "client-safe",
    )  # fmt: skip


def _request(row: AnyRow) -> QbrRequest:
    return QbrRequest(
        what=row.what, who=row.person, asked_on=row.asked_on, status=row.status, answer=row.answer,
        internal=row.visibility != "client-safe",
    )  # fmt: skip


def _quotes(found: Gathered) -> Iterable[QbrQuote]:
    """What people wrote in surveys, newest first."""
    told = [row for row in found.answers if row.comment and found.day(row.at) >= found.period.this.first]
    for row in sorted(told, key=lambda one: one.at, reverse=True)[:_QUOTES]:
        score = f"{row.kind.upper()} {row.score.normalize():f} of {row.scale_max}"
        yield QbrQuote(text=row.comment, who=row.person, role=row.title, at=found.day(row.at), score=score)


def _contract(row: AnyRow, dates: RenewalDates) -> QbrContract:
    return QbrContract(
        number=row.number, starts_on=row.starts_on, ends_on=dates.ends_on, notice_on=dates.notice_on,
        sentence=dates.sentence,
    )  # fmt: skip


def _deals(found: Gathered) -> tuple[str, ...]:
    ideas = (f"{row.what} ({row.state})" for row in found.plan.ideas if row.state in ("idea", "pursued"))
    deals = (f"{row.name}: {row.stage or row.kind or 'open'}" for row in found.deals)
    return (*deals, *ideas)


def _read(found: Gathered) -> str:
    """What the draft was made from, in a sentence's worth of words."""
    first = found.period.this.first
    counts = (
        (len(found.interactions), "conversation"),
        (sum(found.day(row.opened_at) >= first for row in found.tickets), "ticket"),
        (sum(found.day(row.at) >= first for row in found.answers), "survey answer"),
    )
    return ", ".join(f"{number:,} {one if number == 1 else one + 's'}" for number, one in counts)
