"""A review in Slack: the head of its thread with the summary and what to do, and the chapters below it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.services.qbr.cells import of_section, summarised
from bot.services.qbr.chapters import CHAPTERS
from bot.services.results.qbr import Qbr
from bot.slack.qbr_values import QBR, OnReview, encode
from bot.slack.render.dates import Days
from bot.slack.render.parts import Block, Element, Message, actions, context, divider, joined, section
from bot.slack.render.qbr.chapters import facts_of
from bot.slack.render.qbr.lines import choice_of, press, review_id, sentence_block
from bot.slack.render.text import count, md

READER_NAMES: Mapping[str, str] = {
    "internal": "the team", "exec": "their sponsor (exec)", "champion": "their champion",
}  # fmt: skip
_STATES = {"drafted": "Draft", "edited": "Draft, edited", "approved": "Approved", "shared": "Shared"}
_SHORT = (("wins", "Wins"), ("concerns", "Concerns"), ("ask", "Our ask"))
_ROOM = 42
"""Blocks of a message in the thread, with room for its head."""


def head(qbr: Qbr, days: Days) -> Message:
    """The summary: three wins, three concerns, the ask; then what to do with the draft."""
    title = f"Business review · {md(qbr.account, 120)} · {md(qbr.period, 40)}"
    blocks: list[Block] = [section([f"*{title}*", _state(qbr, days)]), *_summary(qbr, days)]
    blocks.append(
        context(f"{md(qbr.body.written_by, 200)} Read: {md(qbr.body.read, 200)}.", md(qbr.body.withheld or "", 300))
    )
    blocks.append(actions(_buttons(qbr)))
    blocks.append(_opinion(qbr))
    return Message(f"{title}: {_STATES[qbr.state]}", tuple(blocks), "Business review")


def _state(qbr: Qbr, days: Days) -> str:
    readers = qbr.body.approved_for
    approved = f"for {READER_NAMES[readers]}" if readers is not None else None
    who = f"{md(qbr.changed_by, 80)}, {days.lately(qbr.changed_at)}" if qbr.changed_by else days.lately(qbr.changed_at)
    state = joined([_STATES[qbr.state], approved], " ")
    return joined([state, f"version {qbr.version}, {who}", "only you see this thread"])


def _summary(qbr: Qbr, days: Days) -> Iterator[Block]:
    for key, title in _SHORT:
        found = summarised(qbr, key, inside=True)
        if found:
            yield section(f"*{title}*")
            yield from (sentence_block(qbr, one, days) for one in found)
        else:
            yield section([f"*{title}*", f"_{_EMPTY[key]}_"])


_EMPTY = {
    "wins": "The record shows none. What do you know that is not written down?",
    "concerns": "The record shows none, which is not the same as none.",
    "ask": "Yours to write: the one thing you need from them.",
}


def _buttons(qbr: Qbr) -> list[Element]:
    one, seen = review_id(qbr), qbr.version
    approved = qbr.state in ("approved", "shared")
    found = [press("Edit", OnReview("edit", one, seen), primary=qbr.state in ("drafted", "edited"))]
    if approved:
        found.append(press("Share", OnReview("share", one, seen), primary=True))
    else:
        found.append(press("Approve", OnReview("approve", one, seen)))
    if qbr.undoable:
        found.append(press("Undo", OnReview("undo", one, seen)))
    lines = [
        choice_of("Files for the team", OnReview("files", one, seen, "internal")),
        choice_of("Files for their sponsor", OnReview("files", one, seen, "exec")),
        choice_of("Files for their champion", OnReview("files", one, seen, "champion")),
        choice_of("As a canvas", OnReview("canvas", one, seen, qbr.body.approved_for or "internal")),
        choice_of("Who did what", OnReview("history", one, seen)),
    ]
    return [*found, {"type": "overflow", "action_id": f"{QBR}:more", "options": lines}]


def _opinion(qbr: Qbr) -> Block:
    """Is it any good? Kept, so that the skill can be judged."""

    def side(label: str, word: str) -> Element:
        value = encode(OnReview("opinion", review_id(qbr), qbr.version, word))
        return {"text": {"type": "plain_text", "text": label}, "value": value, "accessibility_label": label}

    buttons = {
        "type": "feedback_buttons",
        "action_id": f"{QBR}:opinion",
        "positive_button": side("Good draft", "good"),
        "negative_button": side("Not usable", "bad"),
    }
    return {"type": "context_actions", "elements": [buttons]}


def chapters(qbr: Qbr, days: Days) -> tuple[Message, ...]:
    """The thread below the head, as many messages as it takes; the last says what is missing."""
    pages: list[list[Block]] = [[]]
    for chapter in CHAPTERS[1:]:
        blocks = _chapter(qbr, chapter.key, chapter.title, days, internal=bool(chapter.only))
        if len(pages[-1]) + len(blocks) > _ROOM:
            pages.append([])
        pages[-1] += blocks
    pages[-1] += _missing(qbr)
    name = f"{md(qbr.account, 100)} {md(qbr.period, 40)}"
    return tuple(
        Message(f"{name}, part {place} of {len(pages)}", tuple(blocks), "Business review")
        for place, blocks in enumerate(pages, 1)
    )


def _chapter(qbr: Qbr, key: str, title: str, days: Days, *, internal: bool) -> list[Block]:
    """Nothing for a chapter that has nothing to say; what is missing is told at the end."""
    facts, sentences = facts_of(key, qbr, days), of_section(qbr, key)
    if not facts and not sentences:
        return []
    mark = " · _not for their champion_" if internal and key == "commercial" else " · _internal_" if internal else ""
    blocks = [section([f"*{title}*{mark}", *facts])]
    blocks += [sentence_block(qbr, one, days) for one in sentences]
    return blocks


def _missing(qbr: Qbr) -> list[Block]:
    gaps = qbr.body.missing
    if not gaps:
        return []
    return [divider(), section([f"*{count(len(gaps), 'gap')} in the record*", *(f"• {md(one, 250)}" for one in gaps)])]


STEPS = {
    "gathering": "Reading the record",
    "writing": "Choosing what matters and wording it",
    "checking": "Checking every sentence against its source",
    "done": "Keeping the draft",
}


def under_way(account: str, period: str, step: str) -> Message:
    """The head of the thread while the draft is made."""
    names = list(STEPS)
    at = names.index(step)
    lines = [
        f"{'✅' if place < at else '⏳' if place == at else '▫️'} {STEPS[name]}" for place, name in enumerate(names)
    ]
    title = f"Business review · {md(account, 120)} · {md(period, 40)}"
    return Message(f"{title}: {STEPS[step]} …", (section([f"*{title}*", *lines]),), "Business review")
