"""An account at another time: what changed since, and its card as it was known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.services.results.past import AccountDiff, AccountThen, FieldChange, HealthMoved, Learned, Moved
from bot.services.results.timeline import SECTIONS, Entry
from bot.slack.asks import AsOf, Card, Diff, Plan, Timeline
from bot.slack.render.card import account_card
from bot.slack.render.dates import Days
from bot.slack.render.parts import Block, Message, Offer, actions, context, joined, section, toolbar
from bot.slack.render.text import count, md
from bot.slack.stamps import Stamp
from bot.slack.values import TURN, encode

_LEARNED = 12
_HAPPENED = 8
_TITLES = {
    "account": "Account",
    "owner": "Owner",
    "contract": "Contracts",
    "people": "People",
    "promises": "Promises",
    "deals": "Deals",
    "plan": "Plan",
}
_HOW = {"new": "new", "changed": "", "gone": "no longer there"}
_LEGEND = (
    "Learned goes by when it was written down here, happened by the day it is about. What was undone since is left out."
)


def diff_page(found: AccountDiff, asked: Diff, days: Days) -> Message:
    """First what is said differently, then what happened."""
    title = f"What changed since {days.said(md(found.said, 120))}"
    blocks: list[Block] = [section([joined([f"*{md(found.account, 120)}*", title]), _summary(found, days)])]
    if found.health is not None:
        blocks.append(section(_health(found.health, days)))
    blocks += _learned(found, days)
    blocks += _happened(found, days)
    one = asked.account_id
    offers = [
        Offer("← Card", TURN, encode(Card(one))),
        Offer("Timeline", TURN, encode(Timeline(one))),
        Offer("Plan", TURN, encode(Plan(one))),
    ]
    blocks += [actions(toolbar(offers)), context(f"{_LEGEND} As of {days.moment(found.as_of)}.")]
    said = f"{md(found.account, 100)}. {title}: {_summary(found, days)}"
    return Message(said, tuple(blocks), found.account, Stamp.of_result(found.as_of, found, but={"as_of"}))


def _summary(found: AccountDiff, days: Days) -> str:
    happened = found.counts.get("all", 0)
    events = f"{count(happened, 'thing')} happened" if happened else "nothing happened"
    if found.learned is None:
        first = f"since {days.full(found.known_since.date())}" if found.known_since else "since later"
        return f"The account is known here only {first}, so there is nothing to compare with; {events}"
    known = f"{count(found.learned_total, 'change')} in what is known" if found.learned_total else "No change is known"
    return f"{known}; {events}"


def _health(moved: HealthMoved, days: Days) -> list[str]:
    before, after = _score(moved.before, moved.before_band), _score(moved.after, moved.after_band)
    inputs = [_moved(one) for one in moved.inputs if one.before != one.after]
    lines = [joined([f"*Health* {before} → {after}" if before != after else f"*Health* still {after}", *inputs])]
    if moved.usage_before != moved.usage_after:
        now = days.said(moved.usage_after) if moved.usage_after else "not known"
        was = days.said(moved.usage_before) if moved.usage_before else "not known"
        lines.append(f"*Usage* now: {md(now, 200)} Then: {md(was, 200)}")
    return lines


def _score(score: int | None, band: str) -> str:
    return f"{score} ({md(band, 30)})" if score is not None else "unknown"


def _moved(one: Moved) -> str:
    def figure(value: int | None) -> str:
        return str(value) if value is not None else "not counted"

    return f"{md(one.component, 30)} {figure(one.before)} → {figure(one.after)}"


def _learned(found: AccountDiff, days: Days) -> list[Block]:
    shown = (found.learned or ())[:_LEARNED]
    blocks = []
    for what, title in _TITLES.items():
        lines = [_line(one, days) for one in shown if one.what == what]
        if lines:
            blocks.append(section([f"*{title}*", *lines]))
    if found.learned_total > len(shown):
        blocks.append(context(f"and {found.learned_total - len(shown)} changes more; on the shell all are listed"))
    return blocks


def _line(one: Learned, days: Days) -> str:
    changed = "; ".join(_change(field, days) for field in one.changed[:4])
    what = joined([f"*{md(one.name, 100)}*", _HOW[one.how], changed], " ")
    return f"• {what} _({md(one.source, 80)}, {days.short(one.at.astimezone(days.zone).date())})_"


def _change(field: FieldChange, days: Days) -> str:
    return f"{md(field.field, 40)}: {md(days.said(field.before), 80)} → {md(days.said(field.after), 80)}"


def _happened(found: AccountDiff, days: Days) -> list[Block]:
    if not found.happened:
        return []
    counts = [f"{found.counts[name]:,} {name}" for name in SECTIONS if name != "all" and found.counts.get(name)]
    return [section([f"*Happened* ({', '.join(counts)})", *_entries(found.happened, days)])]


def _entries(entries: Sequence[Entry], days: Days) -> list[str]:
    lines = []
    for one in entries[:_HAPPENED]:
        who = md(one.who, 60) if one.who else None
        text = md(one.text, 120) if one.text else None
        lines.append(f"• {joined([days.short(one.on), md(one.title, 60), who, text])} _({_origin(one)})_")
    return lines


def _origin(one: Entry) -> str:
    origin = one.origin
    if origin.logged_by:
        return f"written by {md(origin.logged_by, 60)}"
    line = f", line {origin.line}" if origin.line else ""
    return f"{md(origin.file, 60)}{line}" if origin.file else md(origin.source or "source not known", 60)


def card_then(found: AccountThen, asked: AsOf, days: Days) -> Message:
    """The card, with its distances counted from that day, and what it is."""
    day = found.at.astimezone(days.zone).date()
    card = account_card(found.card, replace(days, today=day), can_share=False)
    offers = [
        Offer("← Card of today", TURN, encode(Card(asked.account_id))),
        Offer("What changed since", TURN, encode(Diff(asked.account_id, day.isoformat()))),
    ]
    note = context(f"⏪ {md(days.said(found.note), 400)}")
    said = f"As known on {days.full(day)}: {card.text}"
    return replace(card, text=said, blocks=(note, *card.blocks[:-1], actions(toolbar(offers))))
