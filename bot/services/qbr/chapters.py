"""The chapters of a review, in the order in which they are read: what each shows, and to whom."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from bot.documents.model import (
    AnyBlock,
    Chart,
    Columns,
    Marking,
    Paragraph,
    Plan,
    PlanItem,
    Points,
    Promise,
    Promises,
    Quote,
    Quotes,
    Readers,
    Series,
    Statement,
    Table,
    ToWrite,
)
from bot.services.qbr.cells import (
    AGREED,
    FRAME,
    INSIDE,
    OURS,
    OUTSIDE,
    THEIRS,
    day,
    figures,
    headings,
    mark,
    months,
    of_section,
    points,
    row,
    short,
    statement,
    summarised,
    worth,
)
from bot.services.qbr.wording import figure_of, moved
from bot.services.results.qbr import Qbr, QbrQuote

Make = Callable[[Qbr], Iterable[AnyBlock]]


def _context(qbr: Qbr) -> Iterator[AnyBlock]:
    body = qbr.body
    if body.why_bought:
        marking = mark(body.why_bought_internal)
        yield Paragraph(marking=marking, statement=Statement(marking=marking, text=body.why_bought))
    if body.objectives:
        agreed = sum(one.agreed_on is not None for one in body.objectives)
        yield Table(
            marking=AGREED if agreed else OURS, says="What we measure success by",
            columns=headings("Objective", "Measure", "From", "To", "By"),
            rows=tuple(
                row(
                    (one.text, one.measure, one.baseline, one.target, day(one.due_on)),
                    AGREED if one.agreed_on else OURS,
                )
                for one in body.objectives
            ),
        )  # fmt: skip
    else:
        yield ToWrite(prompt="Why they bought, and the measures you agreed on. None are written down.")


def _summary(qbr: Qbr) -> Iterator[AnyBlock]:
    """Three wins and three concerns for each kind of reader: the customer's are those they may see."""
    for only, inside in ((INSIDE, True), (OUTSIDE, False)):
        columns = tuple(_summarised(qbr, key, title, inside=inside) for key, title in _SUMMARY)
        yield Columns(marking=OURS if inside else FRAME, only_for=only, columns=columns)
    if not of_section(qbr, "wins"):
        yield ToWrite(prompt="The wins: the record shows none. What do you know that is not written down?")
    if not of_section(qbr, "ask"):
        yield ToWrite(prompt="The ask: the one decision you need from them. The record does not say it.")


_SUMMARY = (("wins", "Wins"), ("concerns", "Concerns"), ("ask", "Our ask"))


def _summarised(qbr: Qbr, section: str, title: str, *, inside: bool) -> Points:
    found = summarised(qbr, section, inside=inside)
    return Points(marking=FRAME, heading=title, points=tuple(statement(qbr, one) for one in found))


def _promises(qbr: Qbr) -> Iterator[AnyBlock]:
    told = qbr.body.promises
    yield Promises(
        marking=THEIRS, says=_kept(qbr),
        promises=tuple(
            Promise(
                marking=mark(one.internal), text=one.text, state=one.fate, owner=one.owner or "", due=one.due_on,
                settled=one.settled_on,
            )
            for one in told
        ),
    )  # fmt: skip


def _kept(qbr: Qbr) -> str:
    """ "We kept 4 of 5 on time, Nordwind 1 of 1": of what was settled or due, and the customer may know of."""
    parts = []
    for by, who in (("us", "We kept"), ("them", f"{qbr.account} kept")):
        due = [one for one in qbr.body.promises if one.by == by and one.fate != "open" and not one.internal]
        if due:
            parts.append(f"{who} {sum(one.fate == 'kept' for one in due)} of {len(due)} on time")
    return ", ".join(parts)


def _outcomes(qbr: Qbr) -> Iterator[AnyBlock]:
    body = qbr.body
    yield from figures(qbr, "value", "roi")
    confirmed = [one for one in body.outcomes if one.confirmed_on is not None and not one.internal]
    yield Table(
        marking=AGREED if confirmed else OURS, says="What it brought",
        columns=headings("Outcome", "Before", "After", "Worth"),
        rows=tuple(
            row((one.what, one.before, one.after, worth(one.amount)), AGREED if one in confirmed else OURS)
            for one in body.outcomes
        ),
    )  # fmt: skip
    valued = [one for one in confirmed if one.amount is not None]
    codes = {one.amount.currency for one in valued if one.amount is not None}
    if len(valued) > 1 and len(codes) == 1:
        amounts = tuple(one.amount.amount for one in valued if one.amount is not None)
        yield Chart(
            marking=AGREED, form="waterfall", categories=(*(short(one.what) for one in valued), "Together"),
            series=(Series(marking=AGREED, name="Value delivered", values=(*amounts, sum(amounts))),),
            unit=codes.pop(), totals=frozenset({"Together"}), says=moved(figure_of(body, "value")),
            source="outcomes that you confirmed",
        )  # fmt: skip
    yield points(qbr, "outcomes")


def _adoption(qbr: Qbr) -> Iterator[AnyBlock]:
    body = qbr.body
    yield from figures(qbr, "usage", "seats")
    bought = any(month.entitlement is not None for month in body.months)
    series = [
        Series(marking=THEIRS, name=body.metric or "", values=tuple(_plotted(month.usage) for month in body.months))
    ]
    if bought:
        values = tuple(month.entitlement for month in body.months)
        series.append(Series(marking=THEIRS, name="Bought", values=values))
    yield Chart(
        marking=THEIRS, form="line", categories=months(qbr), series=tuple(series),
        says=moved(figure_of(body, "usage")), source="usage data", as_of=qbr.last,
    )  # fmt: skip
    yield points(qbr, "adoption")


def _plotted(value: Decimal | None) -> Decimal | None:
    """As precise as the figure beside it."""
    if value is None:
        return None
    return value.quantize(Decimal(1) if abs(value) >= 10 else Decimal("0.1"), ROUND_HALF_UP)


def _service(qbr: Qbr) -> Iterator[AnyBlock]:
    body = qbr.body
    yield from figures(qbr, "opened", "waiting", "urgent", "ttr")
    counts = (
        ("Opened", tuple(one.opened for one in body.months)),
        ("Solved", tuple(one.solved for one in body.months)),
    )
    if any(value for _, values in counts for value in values):
        yield Chart(
            marking=THEIRS, form="bar", categories=months(qbr), says=_worked_off(qbr),
            series=tuple(Series(marking=THEIRS, name=name, values=values) for name, values in counts),
            unit="tickets", source="ticket desk", as_of=qbr.last,
        )  # fmt: skip
    yield points(qbr, "service")


def _worked_off(qbr: Qbr) -> str:
    this = [month for month in qbr.body.months if qbr.first <= month.first <= qbr.last]
    opened, solved = (sum(getattr(one, name) or 0 for one in this) for name in ("opened", "solved"))
    return f"{opened} tickets opened, {solved} solved in {qbr.period}"


def _satisfaction(qbr: Qbr) -> Iterator[AnyBlock]:
    yield from figures(qbr, "nps", "csat", "ces")
    quotes = qbr.body.quotes
    yield Quotes(
        marking=OURS, only_for=INSIDE,
        quotes=tuple(
            Quote(marking=OURS, text=one.text, who=_named(one), at=one.at)
            for one in quotes
        ),
    )  # fmt: skip
    yield Quotes(
        marking=THEIRS, only_for=OUTSIDE,
        quotes=tuple(Quote(marking=THEIRS, text=one.text, who=one.role or "In a survey", at=one.at) for one in quotes),
    )  # fmt: skip
    yield points(qbr, "satisfaction")


def _named(one: QbrQuote) -> str:
    return ", ".join(part for part in (one.who, one.role, one.score) if part)


def _learned(qbr: Qbr) -> Iterator[AnyBlock]:
    yield points(qbr, "learned")


def _roadmap(qbr: Qbr) -> Iterator[AnyBlock]:
    asked = qbr.body.requests
    yield Table(
        marking=THEIRS if any(not one.internal for one in asked) else OURS,
        columns=headings("Request", "Asked", "Where it stands"),
        rows=tuple(
            row((one.what, day(one.asked_on), one.answer or one.status), mark(one.internal)) for one in asked
        ),
    )  # fmt: skip
    yield points(qbr, "roadmap")


def _plan(qbr: Qbr) -> Iterator[AnyBlock]:
    actions = qbr.body.actions
    yield Plan(
        marking=THEIRS,
        items=tuple(
            PlanItem(
                marking=mark(one.internal), text=one.text, owner=one.owner or "", due=one.due_on,
                measure=one.measure or "",
            )
            for one in actions
        ),
    )  # fmt: skip
    unmeasured = sum(one.owner is None or one.due_on is None or one.measure is None for one in actions)
    if not actions or unmeasured:
        lacks = (
            f"{unmeasured} of {len(actions)} lack an owner, a day or a measure." if actions else "Nothing is planned."
        )
        yield ToWrite(prompt=f"The joint plan: who does what until when, and how you will both know. {lacks}")
    yield points(qbr, "plan")


def _strategy(qbr: Qbr) -> Iterator[AnyBlock]:
    yield points(qbr, "strategy")
    yield ToWrite(prompt="Where they want to be in a year, and the question you put to their sponsor. Yours to write.")


def _commercial(qbr: Qbr) -> Iterator[AnyBlock]:
    body = qbr.body
    yield Table(
        marking=THEIRS, columns=headings("Contract", "From", "To", internal_ones=("Notice until", "What follows")),
        rows=tuple(
            row(
                (one.number or "Contract", day(one.starts_on), day(one.ends_on)), THEIRS,
                ours=(day(one.notice_on), one.sentence),
            )
            for one in body.contracts
        ),
    )  # fmt: skip
    yield from figures(qbr, "arr")
    if body.deals:
        yield Points(
            marking=OURS, heading="Open deals and ideas",
            points=tuple(Statement(marking=OURS, text=one) for one in body.deals),
        )  # fmt: skip
    yield points(qbr, "commercial")


def _risks(qbr: Qbr) -> Iterator[AnyBlock]:
    body = qbr.body
    if body.health:
        yield Paragraph(marking=OURS, statement=Statement(marking=OURS, text=f"Health {body.health}"))
    yield Points(marking=OURS, points=tuple(Statement(marking=OURS, text=one.sentence) for one in body.risks))
    yield points(qbr, "risks")


class Chapter(NamedTuple):
    """`only` empty means every reader."""

    key: str
    title: str
    make: Make
    marking: Marking = FRAME
    only: frozenset[Readers] = frozenset()


CHAPTERS: tuple[Chapter, ...] = (
    Chapter("summary", "In short", _summary),
    Chapter("context", "Why we work together", _context),
    Chapter("promises", "What we promised", _promises),
    Chapter("outcomes", "Outcomes and value", _outcomes),
    Chapter("adoption", "Usage and adoption", _adoption),
    Chapter("service", "Service", _service),
    Chapter("satisfaction", "Satisfaction", _satisfaction),
    Chapter("learned", "What did not work", _learned),
    Chapter("roadmap", "What you asked for", _roadmap),
    Chapter("plan", "Plan for the next quarter", _plan),
    Chapter("strategy", "Where you want to go", _strategy),
    Chapter("commercial", "Contract", _commercial, only=frozenset((Readers.INTERNAL, Readers.EXEC))),
    Chapter("risks", "Risks", _risks, OURS, INSIDE),
)
