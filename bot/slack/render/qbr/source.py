"""Where a sentence comes from: the figures it says with their definitions, and the words it rests on."""

from __future__ import annotations

from bot.services.qbr.wording import cited, figure_text, say, sources_by_id
from bot.services.results.qbr import Qbr, QbrDeed, QbrSentence
from bot.slack.render.dates import Days
from bot.slack.render.parts import Block, Message, context, section
from bot.slack.render.qbr.lines import full_source
from bot.slack.render.text import md

_WROTE = {
    "record": "Taken from the record, word for word; figures are worked out from rows.",
    "model": "Worded by a model and checked against what follows; figures are worked out from rows.",
}


def where_from(qbr: Qbr, sentence: QbrSentence, days: Days) -> Message:
    blocks: list[Block] = [section(f"*{md(days.said(say(sentence, qbr)), 700)}*"), context(_who(sentence))]
    if sentence.was:
        blocks.append(section(["It was:", f">{md(sentence.was, 600)}"]))
    shown = [one for one in qbr.body.figures if one.id in sentence.figures]
    for one in shown:
        as_of = f" As of {days.short(one.as_of)}." if one.as_of is not None else ""
        value = md(figure_text(one, qbr.before), 120)
        blocks.append(section([f"*{md(one.label, 80)}: {value}*", f"{md(one.definition, 400)}.{as_of}"]))
    found = cited(sentence, sources_by_id(qbr.body))
    blocks += [section(full_source(one, days)) for one in found]
    if not shown and not found:
        blocks.append(section("No row stands behind it: whoever worded it vouches for it."))
    return Message("Where does this come from?", tuple(blocks), "Where does it come from?")


def _who(sentence: QbrSentence) -> str:
    if sentence.wrote == "person":
        return f"Worded by {md(sentence.by or 'somebody', 80)}, who vouches for it."
    return _WROTE[sentence.wrote]


def history(deeds: tuple[QbrDeed, ...], days: Days) -> Message:
    """Who did what, newest first."""
    lines = [
        f"{one.number}. {md(one.by, 80)} {md(one.deed, 40)} · {days.lately(one.at)}"
        + (f" · {md(one.note, 160)}" if one.note else "")
        for one in reversed(deeds[-20:])
    ]
    return Message("Who did what", (section(lines),), "Who did what")
