"""The parts that chapters are made of, each with its marking: what the customer may see, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from bot.documents.model import (
    Cell,
    Citation,
    Column,
    Figure,
    Figures,
    Marking,
    Points,
    Readers,
    Row,
    Statement,
    client_safe,
    internal,
)
from bot.domain.days import MONTHS, written
from bot.services.qbr.wording import figure_of, say, source_label, sources_by_id
from bot.services.results import Sum
from bot.services.results.qbr import Qbr, QbrFigure, QbrSentence
from skills.qbr.skill import SECTIONS

FRAME = client_safe("the frame of every review")
THEIRS = client_safe("the customer's own data")
AGREED = client_safe("agreed with the customer")
OURS = internal("for the account team")
OUTSIDE = frozenset((Readers.EXEC, Readers.CHAMPION))
INSIDE = frozenset((Readers.INTERNAL,))


def mark(is_internal: bool) -> Marking:
    return OURS if is_internal else THEIRS


INTERNAL = frozenset(one.key for one in SECTIONS if one.internal)
"""Sections that no customer's copy has."""
SUMMARY = 3
"""Wins and concerns of the executive summary, each."""


def points(qbr: Qbr, section: str) -> Points:
    """The sentences of a section."""
    return Points(marking=FRAME, points=tuple(statement(qbr, one) for one in of_section(qbr, section)))


def of_section(qbr: Qbr, section: str) -> list[QbrSentence]:
    return [one for one in qbr.body.sentences if one.section == section]


def summarised(qbr: Qbr, section: str, *, inside: bool) -> list[QbrSentence]:
    """What stands in the summary for the team (`inside`) or for the customer: what people wrote comes first."""
    fitting = [one for one in of_section(qbr, section) if inside or not is_inside(one)]
    return sorted(fitting, key=lambda one: one.wrote != "person")[:SUMMARY]


def is_inside(sentence: QbrSentence) -> bool:
    """Whether only the team reads it: what it rests on is internal, or the section is theirs."""
    return sentence.internal or sentence.section in INTERNAL


def statement(qbr: Qbr, sentence: QbrSentence) -> Statement:
    sources = sources_by_id(qbr.body)
    return Statement(
        marking=OURS if is_inside(sentence) else client_safe(_why_safe(sentence)),
        text=say(sentence, qbr),
        by=sentence.by or "",
        citations=tuple(
            Citation(
                marking=mark(source.internal), label=source_label(source).partition(",")[0],
                at=source.at.date(), who=source.who or "", url=source.link,
            )
            for one in sentence.sources
            if (source := sources.get(one)) is not None
        ),
    )  # fmt: skip


def _why_safe(sentence: QbrSentence) -> str:
    return f"written by {sentence.by}" if sentence.wrote == "person" else "rests on what the customer may see only"


def headings(*titles: str, internal_ones: tuple[str, ...] = ()) -> tuple[Column, ...]:
    ours = tuple(Column(marking=OURS, title=title) for title in internal_ones)
    return tuple(Column(marking=FRAME, title=title) for title in titles) + ours


def row(texts: Iterable[str | None], marking: Marking, ours: Iterable[str | None] = ()) -> Row:
    cells = [Cell(marking=marking, text=text or "") for text in texts]
    return Row(marking=marking, cells=(*cells, *(Cell(marking=OURS, text=text or "") for text in ours)))


def figures(qbr: Qbr, *keys: str) -> Iterator[Figures]:
    shown = [one for key in keys if (one := figure_of(qbr.body, key)) is not None and one.value is not None]
    if shown:
        safe = any(not one.internal for one in shown)
        yield Figures(marking=THEIRS if safe else OURS, figures=tuple(_figure(one, qbr.before) for one in shown))


def _figure(one: QbrFigure, before: str) -> Figure:
    change = f"{before}: {one.previous}" if one.previous is not None else ""
    return Figure(marking=mark(one.internal), label=one.label, value=one.shown, change=change, as_of=one.as_of)


def months(qbr: Qbr) -> tuple[str, ...]:
    return tuple(f"{MONTHS[month.first.month - 1]} {month.first.year % 100:02}" for month in qbr.body.months)


def day(day: date | None) -> str:
    return written(day) if day is not None else ""


def worth(amount: Sum | None) -> str:
    return f"{amount.currency} {amount.amount:,.0f}" if amount is not None else ""


def short(text: str) -> str:
    return text if len(text) <= 28 else f"{text[:27].rstrip()}…"
