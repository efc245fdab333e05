"""Figures: the question's scope and days in the words that the figure's own use case reads."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from bot.domain.asking import queries as q
from bot.domain.asking.spans import Span
from bot.domain.ids import id_text
from bot.services.asking.ground import Ground, span, told
from bot.services.errors import BadInput
from bot.services.existing import account_name
from bot.services.kpi.ask import KpiQuestion, kpi
from bot.services.results import KpiAnswer, KpiFigure
from bot.services.results.asking import Answer, AnswerRow, Receipts

_AHEAD = ("forecast", "quota")


def metric(ground: Ground, asked: q.Metric, account_id: int | None) -> Answer:
    """A figure with what it is made of. Raises BadInput."""
    name = account_name(ground.database, ground.audience, account_id) if account_id is not None else None
    scope = scope_of(asked, name)
    period = _period(ground, asked)
    question = KpiQuestion(asked.kpi, scope=scope, period=period, page=1)
    found = kpi(ground.database, ground.audience, question, ground.policies.kpi, ground.now, ground.zone)
    parts = [
        AnswerRow(text=f"{_in(figure, found)}{part.name}: {part.shown}")
        for figure in found.figures
        for part in figure.parts
    ] + [AnswerRow(account_id=row.account_id, account=row.account, text=row.text) for row in found.rows]
    return Answer(
        question=asked,
        understood=told(found.name, found.period, found.scope),
        headline=", ".join(f"{_in(one, found)}{_shown(one)}" for one in found.figures) or "I found nothing to count.",
        rows=tuple(parts[: ground.shown]),
        total=found.total_rows + len(parts) - len(found.rows),
        account_id=id_text(account_id) if account_id is not None else None, account=name,
        receipts=_receipts(found, _left_aside(asked)),
    )  # fmt: skip


def _in(figure: KpiFigure, found: KpiAnswer) -> str:
    """Which currency it is about, where there are several and the unit does not say it."""
    unsaid = figure.currency is not None and figure.unit != figure.currency and len(found.figures) > 1
    return f"{figure.currency} " if unsaid else ""


def _shown(figure: KpiFigure) -> str:
    return figure.shown if figure.value is not None else figure.note[:1].upper() + figure.note[1:]


def _left_aside(asked: q.Metric) -> list[str]:
    """A figure goes by one scope; what else was said is not taken into account, and that is told."""
    if asked.whose is not None and asked.account is None:
        aside = {"segment": asked.segment, "product": asked.product}
    else:
        aside = {"product": asked.product} if asked.segment is not None else {}
    return [f"not by {slot} {value}: a figure goes by one scope" for slot, value in aside.items() if value]


def _receipts(found: KpiAnswer, aside: Sequence[str] = ()) -> Receipts:
    counted = ", ".join(f"{one.counted:,} {one.counted_what}" for one in found.figures)
    left = [f"{out.count:,} left out: {out.why}" for one in found.figures for out in one.left_out]
    notes = [one.note for one in found.figures if one.value is not None and one.note]
    read = f"{counted or 'no rows'}; {found.definition} ({found.version})"
    return Receipts(read=read, newest_on=found.last, missing=(*aside, *left, *notes, *found.notes))


def scope_of(asked: q.Metric, name: str | None) -> str:
    """Whose, in the words that figures read; `name` is the account's."""
    if name is not None:
        return f"account:{name}"
    if asked.whose is None and asked.segment is not None:
        return f"segment:{asked.segment}"
    if asked.whose is None and asked.product is not None:
        return f"product:{asked.product}"
    whose = asked.whose or "all"
    return whose if whose in ("mine", "team", "all") else f"owner:{whose}"


def _period(ground: Ground, asked: q.Metric) -> str | None:
    """As two days, which cannot be misread. Raises BadInput for days that have not come."""
    if asked.when is None:
        return None
    days = span(ground, asked.when, "ahead" if asked.kpi in _AHEAD else "back")
    if asked.when in ("this year", "this quarter", "this month", "last year", "last quarter", "last month", "ytd"):
        return asked.when
    first, last = _closed(days, ground)
    if first > ground.today and asked.kpi not in _AHEAD:
        raise BadInput("That has not begun yet; figures look back. Try last quarter, or 2026.")
    return f"{first.isoformat()}..{last.isoformat()}"


def _closed(days: Span, ground: Ground) -> tuple[date, date]:
    last = days.last or ground.today
    return days.first or last - timedelta(days=365), last
