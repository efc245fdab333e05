"""Where an account's health comes from, and what would lift it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from bot.services.results import HealthInput, HealthWhy, MissingInput, WayUp
from bot.services.results.why import DismissedRisk, Evidence, HealthSince, OpenRisk
from bot.slack.asks import Why
from bot.slack.health_values import JUDGE, Judge, encode
from bot.slack.render.card import sign
from bot.slack.render.dates import Days
from bot.slack.render.parts import Block, Message, Offer, actions, context, joined, section, toolbar
from bot.slack.render.record import system
from bot.slack.render.tabs import tabs
from bot.slack.render.text import capitalised, count, md
from bot.slack.stamps import Stamp

_RISKS, _ROWS = 8, 2


def why_page(why: HealthWhy, asked: Why, days: Days) -> Message:
    """The inputs with the largest share first, as the points add up to the score."""
    verdict = _verdict(why)
    blocks: list[Block] = [section([joined([f"*{md(why.account, 120)}*", "Why this health"]), f"*{verdict}*"])]
    if (hand := why.by_hand) is not None:
        blocks.append(section(f"Until {days.full(hand.until)}: {md(hand.reason, 300)}"))
    counted = (why.computed if why.by_hand else why.score) is not None
    heaviest_first = sorted(why.inputs, key=lambda one: -one.weight_percent)
    blocks += [_input(one, days, counted=counted) for one in heaviest_first]
    if why.missing:
        blocks.append(section(["*Not counted*", *(_missing(one, days) for one in why.missing)]))
    if lift := _lift(why):
        blocks.append(section(lift))
    if why.since is not None:
        blocks.append(section(_since(why.since, days)))
    if why.risks or why.dismissed:
        blocks.append(section([*_risks(why.risks, days), *_dismissed(why.dismissed, days)]))
    known = f"{_figure(why.coverage_percent)} % of the weight is known, {_figure(why.least_percent)} % are needed"
    model = f"Model {md(why.model, 20)}, weights for {md(why.weights, 40)}"
    blocks += [
        actions(toolbar(_offers(why, asked.account_id))),
        tabs(asked),
        context(f"{known}. {model}. As of {days.moment(why.as_of)}"),
    ]
    stamp = Stamp.of_result(why.as_of, why, but={"as_of"})
    return Message(f"{md(why.account, 100)}: {verdict}", tuple(blocks), why.account, stamp)


def _offers(why: HealthWhy, account_id: int) -> list[Offer]:
    """What a person who knows better can do."""
    found = [Offer("Set by hand…", JUDGE, encode(Judge("score", account_id)))]
    if why.by_hand is not None:
        found.append(Offer("Compute again", JUDGE, encode(Judge("clear", account_id))))
    if why.risks:
        found.append(Offer("Dismiss a risk…", JUDGE, encode(Judge("risk", account_id, why.risks[0].kind))))
    found += [
        Offer(f"Bring back: {gone.kind}", JUDGE, encode(Judge("restore", account_id, gone.kind)))
        for gone in why.dismissed
    ]
    return found


def _since(since: HealthSince, days: Days) -> list[str]:
    """What moved the score, input by input; the points add up."""
    lines = [md(days.said(since.note), 200)] if since.note else []
    if since.change is not None and since.on is not None:
        was = f"{since.score} ({md(since.band, 30)})" if since.score is not None else "unknown"
        moved = ", ".join(f"{md(one.component, 40)} {one.points:+d}" for one in since.moved) or "no input moved it"
        lines.insert(0, f"*{since.change:+d} since {days.full(since.on)}*, when it was {was}: {moved}")
    return lines or ["There is nothing to compare with."]


def _risks(risks: Sequence[OpenRisk], days: Days) -> list[str]:
    """Each with the rows it rests on, worst first."""
    lines = ["*Risks*"] if risks else []
    for risk in risks[:_RISKS]:
        rows = [_row(one, days) for one in risk.evidence[:_ROWS]]
        more = risk.evidence_total - len(rows)
        resting = f" · {'; '.join(rows)}{f' and {more} more' if more else ''}" if rows else ""
        lines.append(f"• {md(days.said(risk.sentence), 200)}{resting}")
    return lines


def _row(one: Evidence, days: Days) -> str:
    on = f" of {days.short(one.on)}" if one.on is not None else ""
    return f"{md(one.what, 30)}{on}{f' “{md(one.quote, 60)}”' if one.quote else ''}"


def _dismissed(gone: Sequence[DismissedRisk], days: Days) -> list[str]:
    """Not counted, and still to be seen."""
    return [
        f"~{md(one.kind, 40)}~ dismissed by {md(one.by, 60)} on {days.short(one.on)}: {md(one.reason, 160)}"
        for one in gone[:_RISKS]
    ]


def _verdict(why: HealthWhy) -> str:
    if (hand := why.by_hand) is not None:
        computed = why.computed if why.computed is not None else "unknown"
        figure = f"Health {hand.score} ({md(why.band, 30)}), set by {md(hand.by, 60)}"
        return joined([joined([sign(why.band), figure], " "), f"computed: {computed}"])
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
