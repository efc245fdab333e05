"""How the sentences of a review are said: words, then figures, then the words of others. One way in every copy."""

from __future__ import annotations

from collections.abc import Mapping

from bot.domain.days import written
from bot.services.results.qbr import Qbr, QbrBody, QbrFigure, QbrSentence, QbrSource

_TOPIC = 80
"""Characters of a subject that still reads as one."""


def say(sentence: QbrSentence, qbr: Qbr) -> str:
    """A sentence as it is read: "Active users rose: 412 (Q2 2026: 371)."; a quote in its marks, after what it was
    about: "Templates: “Marcus wants one for all sites.”" """
    figures = {one.id: one for one in qbr.body.figures}
    said = [figures[one] for one in sentence.figures if one in figures and sentence.wrote != "person"]
    text = sentence.text.rstrip()
    if said:
        begun = text.rstrip(".") or said[0].label
        text = f"{begun}: {', '.join(figure_text(one, qbr.before) for one in said)}."
    quote = f"“{sentence.quote}”" if sentence.quote else ""
    topic = _topic(sentence, qbr) if quote and not text else None
    return f"{topic}: {quote}" if topic else " ".join(part for part in (text, quote) if part)


def _topic(sentence: QbrSentence, qbr: Qbr) -> str | None:
    """What was spoken about, where the quote alone may not say it."""
    source = next((one for one in qbr.body.sources if one.id == sentence.quoted), None)
    topic = " ".join((source.topic or "").split()) if source is not None else ""
    known = not topic or len(topic) > _TOPIC or topic.casefold() in (sentence.quote or "").casefold()
    return None if known else topic


def figure_text(figure: QbrFigure, before: str) -> str:
    """`412 (Q2 2026: 371)`."""
    return f"{figure.shown} ({before}: {figure.previous})" if figure.previous is not None else figure.shown


def moved(figure: QbrFigure | None) -> str:
    """A figure and how it moved as one sentence: what a chart is headed with. Empty when it is not known."""
    if figure is None or figure.value is None:
        return ""
    if figure.previous is None:
        return f"{figure.label}: {figure.shown}"
    if figure.previous == figure.shown:
        return f"{figure.label} unchanged at {figure.shown}"
    return f"{figure.label} went from {figure.previous} to {figure.shown}"


def figure_of(body: QbrBody, key: str) -> QbrFigure | None:
    return next((one for one in body.figures if one.key == key), None)


def cited(sentence: QbrSentence, sources: Mapping[str, QbrSource]) -> list[QbrSource]:
    return [sources[one] for one in sentence.sources if one in sources]


_KINDS = {"email": "E-mail", "other": "Contact"}


def source_label(source: QbrSource) -> str:
    """`Call, Maya Lind with Ana Ruiz, 12 Aug 2026`."""
    kind = _KINDS.get(source.kind, source.kind.capitalize())
    return ", ".join(part for part in (kind, source.who, written(source.at.date())) if part)


def sources_by_id(body: QbrBody) -> dict[str, QbrSource]:
    return {one.id: one for one in body.sources}
