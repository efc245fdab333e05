"""A review as a document: the one model that both copies and all formats are made from. Marked part by part."""

from __future__ import annotations

from bot.documents.model import Definition, Missing, Period, Review, Section
from bot.domain.audience import SHELL
from bot.services.qbr.cells import OURS, mark
from bot.services.qbr.chapters import CHAPTERS, Chapter
from bot.services.results.qbr import Qbr


def review_of(qbr: Qbr, locale: str) -> Review:
    """The document; `bot.documents` cuts it for its readers."""
    return Review(
        title="Business review",
        account=qbr.account,
        period=Period(label=qbr.period, first=qbr.first, last=qbr.last),
        made_at=qbr.changed_at,
        prepared_by="" if qbr.made_by == SHELL.name else qbr.made_by,
        locale=locale,
        sections=tuple(_section(qbr, one) for one in CHAPTERS),
        missing=tuple(_missing(one) for one in qbr.body.missing),
        definitions=tuple(
            Definition(marking=mark(one.internal), term=one.label, meaning=one.definition)
            for one in qbr.body.figures
            if one.definition and one.value is not None
        ),
    )


def _missing(gap: str) -> Missing:
    what, _, fills = gap.partition(": ")
    return Missing(marking=OURS, what=what, fills=f"{fills[:1].upper()}{fills[1:]}")


def _section(qbr: Qbr, chapter: Chapter) -> Section:
    blocks = tuple(block for block in chapter.make(qbr) if not block.is_empty)
    return Section(
        key=chapter.key, title=chapter.title, marking=chapter.marking, only_for=chapter.only, blocks=blocks
    )  # fmt: skip
