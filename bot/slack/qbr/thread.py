"""The thread of a review: its head, its chapters, its files; drawn anew in place when the review changes."""

from __future__ import annotations

from bot.domain.ids import parse_id
from bot.services.results.qbr import Qbr, Reader
from bot.slack.desk import Desk
from bot.slack.files import File
from bot.slack.messenger import Posted
from bot.slack.render.qbr.draft import READER_NAMES, chapters, head
from bot.slack.render.text import md
from bot.slack.setting import Setting


async def show_draft(desk: Desk, setting: Setting, qbr: Qbr, place: Posted) -> None:
    """The draft in place of its progress, its chapters below."""
    await desk.messenger.revise(place.channel, place.ts, head(qbr, setting.days))
    parts = [await desk.messenger.post(place.channel, part, thread_ts=place.ts) for part in chapters(qbr, setting.days)]
    qbr_id = parse_id(qbr.id) or 0
    await desk.write(
        lambda use_cases: use_cases.reviews.note_place(
            setting.audience, qbr_id, place.channel, place.ts, tuple(parts)
        )
    )  # fmt: skip


async def redraw(desk: Desk, setting: Setting, qbr: Qbr) -> None:
    """Let the whole thread say what holds now. Chapters that need more messages than before get them below."""
    place = place_of(qbr)
    if place is None:
        return
    await desk.messenger.revise(place.channel, place.ts, head(qbr, setting.days))
    shown, kept = chapters(qbr, setting.days), list(qbr.parts)
    for ts, part in zip(kept, shown, strict=False):
        await desk.messenger.revise(place.channel, ts, part)
    more = shown[len(kept) :]
    kept += [await desk.messenger.post(place.channel, part, thread_ts=place.ts) for part in more]
    if more:
        qbr_id = parse_id(qbr.id) or 0
        await desk.write(
            lambda use_cases: use_cases.reviews.note_place(
                setting.audience, qbr_id, place.channel, place.ts, tuple(kept)
            )
        )  # fmt: skip


def place_of(qbr: Qbr) -> Posted | None:
    return Posted(qbr.channel, qbr.ts) if qbr.channel is not None and qbr.ts is not None else None


async def hand_files(desk: Desk, setting: Setting, qbr: Qbr, readers: Reader, place: Posted) -> None:
    """The files of a copy into the thread, which only the asker sees. Raises `NotAllowed` when a customer's copy is not
    clean."""
    qbr_id = parse_id(qbr.id) or 0
    files = await desk.write(lambda use_cases: use_cases.reviews.files(setting.audience, qbr_id, readers))
    state = "as approved" if qbr.body.approved_for == readers else "a draft, not approved yet"
    comment = f"{md(qbr.account, 120)} {md(qbr.period, 40)} for {READER_NAMES[readers]}: {state}."
    shown = [File(one.name, one.content, one.title) for one in files]
    await desk.messenger.upload(place.channel, shown, comment, thread_ts=place.ts)
