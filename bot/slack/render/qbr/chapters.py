"""The facts of a review's chapters as lines: promises, figures, outcomes, requests, plan, contract, risks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from bot.services.qbr.wording import figure_text
from bot.services.results.qbr import Qbr, QbrPromise
from bot.slack.render.dates import Days
from bot.slack.render.parts import joined
from bot.slack.render.text import md, money, monies

_FATES = {"kept": "✅ kept", "late": "🟠 late", "missed": "🔴 missed", "open": "⚪ open"}
_MOST = 8
Lines = Callable[[Qbr, Days], Iterator[str]]


def _context(qbr: Qbr, days: Days) -> Iterator[str]:
    if qbr.body.why_bought:
        yield md(qbr.body.why_bought, 400)
    for one in qbr.body.objectives:
        goal = joined([one.measure, f"{one.baseline or '?'} → {one.target}" if one.target else None], ": ")
        due = f"by {days.short(one.due_on)}" if one.due_on else None
        agreed = None if one.agreed_on else "_not agreed with them_"
        yield joined([f"• {md(one.text, 200)}", md(goal, 120) if goal else None, due, agreed])


def _promises(qbr: Qbr, days: Days) -> Iterator[str]:
    for one in qbr.body.promises:
        yield _promise(one, days)


def _promise(one: QbrPromise, days: Days) -> str:
    due = f"due {days.short(one.due_on)}" if one.due_on else "no day"
    settled = f"done {days.short(one.settled_on)}" if one.settled_on and one.fate == "late" else None
    who = md(one.owner, 80) if one.owner else ("them" if one.by == "them" else "nobody's")
    last = "from the last review" if one.from_last_review else None
    return joined([f"{_FATES[one.fate]}  {md(one.text, 200)}", who, due, settled, last])


def _figures(*keys: str) -> Lines:
    def lines(qbr: Qbr, _days: Days) -> Iterator[str]:
        for one in qbr.body.figures:
            if one.key in keys and one.value is not None:
                yield f"{md(one.label, 80)} *{md(figure_text(one, qbr.before), 120)}*"

    return lines


def _outcomes(qbr: Qbr, _days: Days) -> Iterator[str]:
    yield from _figures("value", "roi")(qbr, _days)
    for one in qbr.body.outcomes:
        moved = f"{one.before or '?'} → {one.after}" if one.after else None
        worth = money(one.amount) if one.amount is not None else None
        state = None if one.confirmed_on else "_not confirmed by them: not in the sum_"
        yield joined([f"• {md(one.what, 200)}", md(moved, 80) if moved else None, worth, state])


def _satisfaction(qbr: Qbr, days: Days) -> Iterator[str]:
    yield from _figures("nps", "csat", "ces")(qbr, days)
    for one in qbr.body.quotes:
        who = joined([one.who, one.role, one.score], ", ")
        yield f"“{md(one.text, 300)}” {md(who, 120)}, {days.short(one.at)}"


def _roadmap(qbr: Qbr, days: Days) -> Iterator[str]:
    for one in qbr.body.requests:
        asked = f"asked {days.short(one.asked_on)}" if one.asked_on else None
        internal = "_internal_" if one.internal else None
        yield joined([f"• {md(one.what, 200)}", md(one.answer or one.status, 120), asked, internal])


def _plan(qbr: Qbr, days: Days) -> Iterator[str]:
    for one in qbr.body.actions:
        due = f"by {days.short(one.due_on)}" if one.due_on else "_no day_"
        measure = f"measured by {md(one.measure, 100)}" if one.measure else "_no measure_"
        yield joined([f"• {md(one.text, 200)}", md(one.owner, 80) if one.owner else "_no owner_", due, measure])
    if not qbr.body.actions:
        yield "_Nothing is planned yet: agree who does what until when, and how you will both know._"


def _strategy(_qbr: Qbr, _days: Days) -> Iterator[str]:
    yield "_Yours to write: where they want to be in a year, and the question you put to their sponsor._"


def _commercial(qbr: Qbr, days: Days) -> Iterator[str]:
    if qbr.body.arr:
        yield f"ARR {monies(qbr.body.arr)} · _internal_"
    for one in qbr.body.contracts:
        yield f"• {md(one.number or 'Contract', 60)}: {md(days.said(one.sentence), 300)}"
    for deal in qbr.body.deals:
        yield f"• {md(deal, 200)} · _internal_"


def _risks(qbr: Qbr, days: Days) -> Iterator[str]:
    if qbr.body.health:
        yield f"Health {md(qbr.body.health, 200)}"
    for one in qbr.body.risks:
        yield f"• {md(days.said(one.sentence), 250)}"


def _nothing(_qbr: Qbr, _days: Days) -> Iterator[str]:
    yield from ()


_LINES: Mapping[str, Lines] = {
    "context": _context, "promises": _promises, "outcomes": _outcomes, "adoption": _figures("usage", "seats"),
    "service": _figures("opened", "waiting", "urgent", "ttr"), "satisfaction": _satisfaction, "roadmap": _roadmap,
    "plan": _plan, "strategy": _strategy, "commercial": _commercial, "risks": _risks,
}  # fmt: skip


def facts_of(section: str, qbr: Qbr, days: Days) -> list[str]:
    """What stands in a chapter beside its sentences, a line each."""
    lines = list(_LINES.get(section, _nothing)(qbr, days))
    more = len(lines) - _MOST
    return [*lines[:_MOST], f"_and {more} more in the files_"] if more > 0 else lines
