"""A figure in four lines: its value, what it is made of, what was left out and why, how it is defined."""

from __future__ import annotations

from collections.abc import Iterator

from bot.domain.ids import parse_id
from bot.domain.kpi.base import NO_CURRENCY
from bot.domain.kpi.catalogue import AHEAD, Key
from bot.services.kpi.asked import split
from bot.services.results import KpiAnswer, KpiFigure, KpiList, KpiRow
from bot.slack.asks import Card, Chart, Export, Kpi
from bot.slack.figure_values import CHART, EXPORT, encode_file
from bot.slack.render.dates import Days
from bot.slack.render.parts import (
    Block,
    Element,
    Message,
    Offer,
    actions,
    button,
    context,
    joined,
    pagers,
    section,
    toolbar,
)
from bot.slack.render.text import count, md
from bot.slack.stamps import Stamp
from bot.slack.values import OPEN, TURN, encode

_MOST_CURRENCIES = 4
_MOST_REASONS = 4
_MANY = 4
"""Of so many parts those that are zero say nothing."""


def kpi_page(found: KpiAnswer, asked: Kpi, days: Days) -> Message:
    """The figure, then on request a page of the rows behind it."""
    title = joined([f"{md(found.name, 60)} {_values(found)}"])
    where = joined([md(found.scope, 120), md(found.period, 60)])
    notes = [md(days.said(note), 200) for note in found.notes]
    blocks: list[Block] = [section([f"*{title}* · {where}", *_made_of(found), _left_out(found), *notes])]
    if found.page:
        blocks += [*(_row(row, days) for row in found.rows), context(_place(found))]
    blocks.append(actions(_controls(found, asked, days)))
    span = f"{days.short(found.first)} to {days.short(found.last)}"
    definition = f"{md(found.version, 40)}: {md(found.definition, 400)}"
    blocks.append(context(f"{definition}. {span}, as of {days.moment(found.as_of)}"))
    stamp = Stamp.of(found.as_of, found.model_dump(exclude={"as_of"}))
    return Message(f"{title}: {where}", tuple(blocks), "Figure", stamp)


def kpi_list(found: KpiList) -> Message:
    """Everything there is to ask for."""
    lines = [f"`{md(one.kpi)}` {md(one.name)}, from {md(one.needs)}" for one in found.entries]
    half = (len(lines) + 1) // 2
    names = {one.kpi: one.name for one in found.entries}
    offers = [Offer(names.get(key, key), TURN, encode(Kpi(key))) for key in _FIRST]
    offers.append(Offer("Export all", EXPORT, encode_file(Export())))
    return Message(
        "Figures: " + ", ".join(one.kpi for one in found.entries),
        (
            section("*Figures*: name one, then whose (`mine`, `team`, `all`, a name) and when (`2026-Q1`, `ytd`)"),
            section(lines[:half]),
            section(lines[half:]),
            actions(toolbar(offers, len(offers))),
        ),
        "Figures",
    )


_FIRST: tuple[Key, ...] = ("nrr", "grr", "arr", "churn", "nps")


def _values(found: KpiAnswer) -> str:
    """One value, or one for each currency."""
    if all(one.value is None for one in found.figures):
        return md(found.figures[0].note, 200) if found.figures else "not available"
    shown = [_value(one, several=len(found.figures) > 1) for one in found.figures[:_MOST_CURRENCIES]]
    more = len(found.figures) - len(shown)
    return ", ".join(shown) + (f" and {count(more, 'more currency', 'more currencies')}" if more else "")


def _value(one: KpiFigure, *, several: bool) -> str:
    if one.value is None:
        return f"not available in {_code(one)}"
    ratio = several and one.currency and one.unit != one.currency
    return f"{md(one.shown, 60)} in {_code(one)}" if ratio else md(one.shown, 60)


def _code(one: KpiFigure) -> str:
    return "no known currency" if one.currency in (None, NO_CURRENCY) else md(one.currency or "", 8)


def _made_of(found: KpiAnswer) -> list[str]:
    """A line for each currency."""
    several = len(found.figures) > 1
    lines = []
    for one in found.figures[:_MOST_CURRENCIES]:
        if not one.counted:
            continue
        telling = [part for part in one.parts if part.value is not None and (part.value or len(one.parts) < _MANY)]
        parts = ", ".join(f"{md(part.name, 60)} {md(part.shown, 60)}" for part in telling)
        label = f"{_code(one)}: " if several else ""
        lines.append(f"{label}{joined([_fraction(one), _counted(one), parts])}")
        if one.note and one.value is not None:
            lines.append(md(one.note, 200))
    return lines


def _fraction(one: KpiFigure) -> str | None:
    if one.unit != "%" or one.numerator is None or not one.denominator:
        return None
    return f"{_plain(one.numerator, one)} of {_plain(one.denominator, one)}"


def _plain(value: object, one: KpiFigure) -> str:
    whole = one.numerator == int(one.numerator or 0) and one.denominator == int(one.denominator or 0)
    return f"{value:,.0f}" if whole else f"{value:,.2f}"


def _counted(one: KpiFigure) -> str:
    what = one.counted_what if one.counted != 1 else _ONE.get(one.counted_what, one.counted_what.removesuffix("s"))
    return f"from {one.counted:,} {md(what, 40)}"


_ONE = {"people": "person", "customers that grew": "customer that grew"}


def _left_out(found: KpiAnswer) -> str:
    reasons = [f"{left.count:,} {md(left.why, 200)}" for one in found.figures for left in one.left_out]
    more = f"; and {count(len(reasons) - _MOST_REASONS, 'more reason')}" if len(reasons) > _MOST_REASONS else ""
    return f"Left out: {'; '.join(reasons[:_MOST_REASONS])}{more}" if reasons else "Left out: nothing"


def _row(row: KpiRow, days: Days) -> Block:
    account_id = parse_id(row.account_id) if row.account_id else None
    opener = button("Open", OPEN, Card(account_id)) if account_id is not None else None
    return section(f"*{md(row.account or 'No account', 100)}*: {md(days.said(row.text), 200)}", opener)


def _place(found: KpiAnswer) -> str:
    return joined([count(found.total_rows, "row"), f"page {found.page:,} of {found.pages:,}"])


def _offers(asked: Kpi, days: Days) -> Iterator[Offer]:
    yield Offer("Explain", TURN, encode(Kpi(asked.key, asked.words, 1)))
    if asked.key is not None and asked.key not in AHEAD:
        scope, _ = split(asked.words.split(), days.today)
        yield Offer("Chart", CHART, encode_file(Chart(asked.key, f"{scope or ''} over 12 months".strip())))
    yield Offer("Export", EXPORT, encode_file(Export(asked.key, asked.words)))
    yield Offer("All figures", TURN, encode(Kpi()))


def _controls(found: KpiAnswer, asked: Kpi, days: Days) -> list[Element]:
    if not found.page:
        return toolbar(list(_offers(asked, days)))
    turns = pagers(found.page, found.pages, lambda to: Kpi(asked.key, asked.words, to))
    return [button("← Figure", TURN, Kpi(asked.key, asked.words), suffix="back"), *turns]
