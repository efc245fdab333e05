"""Where an account's health comes from, and what would lift it."""

from __future__ import annotations

from decimal import Decimal

from bot.services.results import HealthInput, HealthWhy, MissingInput, WayUp
from bot.slack.asks import Why
from bot.slack.render.card import sign
from bot.slack.render.dates import Days
from bot.slack.render.parts import Block, Message, context, joined, section
from bot.slack.render.record import system
from bot.slack.render.tabs import tabs
from bot.slack.render.text import capitalised, count, md
from bot.slack.stamps import Stamp


def why_page(why: HealthWhy, asked: Why, days: Days) -> Message:
    """The inputs with the largest share first, as the points add up to the score."""
    verdict = _verdict(why)
    blocks: list[Block] = [section([joined([f"*{md(why.account, 120)}*", "Why this health"]), f"*{verdict}*"])]
    heaviest_first = sorted(why.inputs, key=lambda one: -one.weight_percent)
    blocks += [_input(one, days, counted=why.score is not None) for one in heaviest_first]
    if why.missing:
        blocks.append(section(["*Not counted*", *(_missing(one, days) for one in why.missing)]))
    if lift := _lift(why):
        blocks.append(section(lift))
    known = f"{_figure(why.coverage_percent)} % of the weight is known, {_figure(why.least_percent)} % are needed"
    model = f"Model {md(why.model, 20)}, weights for {md(why.weights, 40)}"
    blocks += [tabs(asked), context(f"{known}. {model}. As of {days.moment(why.as_of)}")]
    stamp = Stamp.of_result(why.as_of, why, but={"as_of"})
    return Message(f"{md(why.account, 100)}: {verdict}", tuple(blocks), why.account, stamp)


def _verdict(why: HealthWhy) -> str:
    if why.score is None:
        lacking = _figure(why.least_percent - why.coverage_percent)
        return f"Health unknown: {lacking} % more of the weight must be known"
    lift = f"+{count(why.to_next, 'point')} to {md(why.next_band, 30)}" if why.to_next and why.next_band else None
    return joined([joined([sign(why.band), f"Health {why.score} ({md(why.band, 30)})"], " "), lift])


def _input(one: HealthInput, days: Days, *, counted: bool) -> Block:
    weighed = f" x {_figure(one.weight_percent)} % = {_figure(one.points)} points"
    worth = f"{_figure(one.value)}{weighed if counted else ' of 100'}"
    first = joined([f"*{capitalised(md(one.component, 40))}*", worth, _age(one)])
    return section([first, md(days.said(one.sentence), 300)])


def _age(one: HealthInput) -> str | None:
    """Which source it is from, and how old that one's news is."""
    source = system(one.source)
    data = f"{md(source, 60)} data" if source else "data"
    if one.age_days is None:
        return f"{data} of unknown age"
    return f"{data} of today" if one.age_days <= 0 else f"{data} {count(one.age_days, 'day')} old"


def _missing(one: MissingInput, days: Days) -> str:
    what = f"{capitalised(md(one.component, 40))} ({_figure(one.share_percent)} % of the weight)"
    return f"• {what}: {md(days.said(one.why), 160)}. To fill it: {md(one.fill, 120)}."


def _lift(why: HealthWhy) -> list[str]:
    if why.next_band is None:
        return []
    if not why.ways_up:
        return [f"No single input reaches {md(why.next_band, 30)}: it takes several."]
    return [f"*One of these alone reaches {md(why.next_band, 30)}*", *(_way(one) for one in why.ways_up)]


def _way(one: WayUp) -> str:
    return f"• {capitalised(md(one.component, 40))} from {_figure(one.now)} to {one.needed}"


def _figure(value: Decimal) -> str:
    return f"{value.normalize():f}"
