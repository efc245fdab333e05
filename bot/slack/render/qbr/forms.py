"""The forms of a review: a section sentence by sentence, approving for whom, sharing where."""

from __future__ import annotations

from typing import Any

from bot.services.qbr.cells import INTERNAL, is_inside, of_section
from bot.services.qbr.editing import ADDED, LONGEST, SECTION_TITLES
from bot.services.qbr.wording import say
from bot.services.results.qbr import Qbr, Reader
from bot.slack.qbr_values import APPROVE_FORM, EDIT_FORM, QBR_SECTION, SHARE_FORM, OnReview, encode
from bot.slack.render.form import channel_input, choice, field, form, text_input
from bot.slack.render.parts import Block, actions, context, section
from bot.slack.render.qbr.draft import READER_NAMES
from bot.slack.render.qbr.lines import press, review_id
from bot.slack.render.text import md

READERS_FIELD = "readers"
CHANNEL_FIELD = "channel"
FIRST = "wins"


def edit_form(qbr: Qbr, part: str) -> dict[str, Any]:
    """A field for each sentence of a section, by its key: to reword, or to clear; and one to add."""
    labels = {key: f"{title}{' (internal)' if key in INTERNAL else ''}" for key, title in SECTION_TITLES.items()}
    one = review_id(qbr)
    chooser = {**choice(labels, part), "action_id": QBR_SECTION}
    blocks: list[Block] = [
        {
            "type": "section",
            "block_id": "section",
            "text": {"type": "mrkdwn", "text": "*Section*"},
            "accessory": chooser,
        },
        context("Save before you change the section. A sentence you reword is marked as yours; an empty one goes."),
    ]
    for place, sentence in enumerate(of_section(qbr, part), 1):
        label = f"Sentence {place}{', internal' if is_inside(sentence) else ''}"
        blocks.append(field(sentence.key, label, text_input(say(sentence, qbr), most=LONGEST, lines=True)))
    blocks.append(field(ADDED, "Add a sentence", text_input(most=LONGEST, lines=True)))
    rewrite = press("Write this section anew", OnReview("rewrite", one, qbr.version, part))
    blocks.append(actions([rewrite]))
    state = encode(OnReview("edit", one, qbr.version, part))
    return form(EDIT_FORM, "Edit the review", "Save", blocks, state)


def approve_form(qbr: Qbr) -> dict[str, Any]:
    """For whom."""
    inside = sum(is_inside(one) for one in qbr.body.sentences)
    wanted: Reader = qbr.body.wanted_for
    blocks = [
        section(
            [
                f"*{md(qbr.account, 120)}, {md(qbr.period, 40)}*",
                "What you approve is what can be shared, until it is edited.",
            ]
        ),
        field(READERS_FIELD, "Who will read it", choice(dict(READER_NAMES), wanted, radio=True), optional=False),
        context(
            f"A customer's copy has none of the {inside} internal sentences, no risks, health, ARR, notes or gaps. "
            "I write the files and look through them for anything internal: if I find any, the thread says so, and "
            "nothing is approved."
        ),
    ]
    return form(
        APPROVE_FORM, "Approve the review", "Approve", blocks, encode(OnReview("approve", review_id(qbr), qbr.version))
    )


def share_form(qbr: Qbr) -> dict[str, Any]:
    """Where. Who can read there is looked up when it is submitted."""
    readers = qbr.body.approved_for or "internal"
    said = (
        "Channels with guests or other companies are refused: this is the team's copy."
        if readers == "internal"
        else "This is the customer's copy: it may also go to a channel that you share with them."
    )
    blocks = [
        section(f"The copy for {READER_NAMES[readers]}, as you approved it: slides and paper."),
        field(CHANNEL_FIELD, "Channel", channel_input(), optional=False, hint=said),
    ]
    return form(SHARE_FORM, "Share the review", "Share", blocks, encode(OnReview("share", review_id(qbr), qbr.version)))
