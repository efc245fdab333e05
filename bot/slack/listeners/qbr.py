"""Buttons and forms of business reviews."""

from __future__ import annotations

from typing import Any, Literal

from bot.domain.audience import Actor, Role
from bot.services.errors import BadFields, NotFound, StewardError
from bot.services.qbr.editing import ADDED, Edits
from bot.services.results.qbr import READERS, Qbr
from bot.slack.asked import Asked, of_action, of_submission
from bot.slack.desk import Desk
from bot.slack.form_fields import Fields
from bot.slack.listeners.clicks import action_of, chosen
from bot.slack.listeners.forms import Submitted, saved
from bot.slack.messenger import Posted
from bot.slack.qbr.canvas import make_canvas
from bot.slack.qbr.sharing import may_share, share, unchanged
from bot.slack.qbr.starting import draft
from bot.slack.qbr.thread import hand_files, place_of, redraw
from bot.slack.qbr_values import OnReview, Start, decode, decode_on_review
from bot.slack.render.errors import sorry
from bot.slack.render.modal import modal
from bot.slack.render.parts import simple
from bot.slack.render.qbr.forms import CHANNEL_FIELD, FIRST, READERS_FIELD, approve_form, edit_form, share_form
from bot.slack.render.qbr.source import history, where_from
from bot.slack.replies import reply
from bot.slack.setting import Setting, for_asker

_THANKS = {"good": "Thank you: noted.", "bad": "Noted, thank you. What was wrong is best said by editing it."}


async def on_pressed(desk: Desk, body: dict[str, Any]) -> None:
    """A button or a line of a menu: what it carries says what it does."""
    asked = of_action(body)
    action = action_of(body)

    async def work() -> None:
        pressed = decode(chosen(action) or action.get("value"))
        actor = await desk.actor(asked, Role.MEMBER)
        setting = await for_asker(desk, actor, asked)
        if isinstance(pressed, Start):
            await draft(desk, setting, asked, pressed)
            return
        qbr = await _read(desk, setting, pressed.qbr_id)
        if pressed.deed in _OPENS:
            await desk.messenger.open_view(asked.trigger_id, _view(qbr, pressed))
        else:
            await _do(desk, setting, asked, qbr, pressed)

    await desk.once(asked, work)


async def _read(desk: Desk, setting: Setting, qbr_id: int) -> Qbr:
    return await desk.run(lambda use_cases: use_cases.reviews.read(setting.audience, qbr_id))


_OPENS = ("edit", "approve", "share")


def _view(qbr: Qbr, pressed: OnReview) -> dict[str, Any]:
    if pressed.deed == "edit":
        return edit_form(qbr, pressed.about or FIRST)
    return approve_form(qbr) if pressed.deed == "approve" else share_form(qbr)


async def _do(desk: Desk, setting: Setting, asked: Asked, qbr: Qbr, pressed: OnReview) -> None:
    audience, one = setting.audience, pressed.qbr_id
    place = place_of(qbr) or Posted(asked.channel or asked.user, asked.thread_ts or "")
    match pressed.deed:
        case "source":
            sentence = next((found for found in qbr.body.sentences if found.key == pressed.about), None)
            if sentence is None:
                raise NotFound("That sentence is not in the review any more.")
            await desk.messenger.open_view(asked.trigger_id, modal(where_from(qbr, sentence, setting.days)))
        case "history":
            deeds = await desk.run(lambda use_cases: use_cases.reviews.history(audience, one))
            await desk.messenger.open_view(asked.trigger_id, modal(history(deeds, setting.days)))
        case "files":
            await hand_files(desk, setting, qbr, _readers(pressed.about), place)
        case "canvas":
            await reply(
                desk.messenger, asked, await make_canvas(desk, setting, qbr, _readers(pressed.about), asked.user)
            )
        case "opinion":
            verdict: Literal["good", "bad"] = "good" if pressed.about == "good" else "bad"
            await desk.write(lambda use_cases: use_cases.reviews.note_feedback(audience, one, verdict))
            await reply(desk.messenger, asked, simple(_THANKS[verdict]))
        case "undo":
            undone = await desk.write(lambda use_cases: use_cases.reviews.undo(audience, one, pressed.seen))
            await redraw(desk, setting, undone)
        case "rewrite":
            made = await desk.slowly(
                lambda use_cases: use_cases.reviews.rewrite(audience, one, pressed.seen, pressed.about)
            )
            if asked.place is not None:
                await desk.messenger.update_view(asked.place.view_id, edit_form(made, pressed.about))
            await redraw(desk, setting, made)


def _readers(word: str) -> Any:
    return next((one for one in READERS if one == word), "internal")


async def on_section(desk: Desk, body: dict[str, Any]) -> None:
    """Another section in the editor."""
    asked = of_action(body)
    state = decode_on_review((body.get("view") or {}).get("private_metadata"))
    part = str(chosen(action_of(body)) or FIRST)

    async def work() -> None:
        setting = await _setting(desk, asked)
        qbr = await _read(desk, setting, state.qbr_id)
        if asked.place is not None:
            await desk.messenger.update_view(asked.place.view_id, edit_form(qbr, part))

    await desk.once(asked, work)


async def on_edited(desk: Desk, body: dict[str, Any]) -> Submitted:
    """A section as somebody left it."""
    view = body.get("view") or {}
    state = decode_on_review(view.get("private_metadata"))
    fields, asked = Fields(view), of_submission(body)
    inputs = [str(block.get("block_id")) for block in view.get("blocks") or () if block.get("type") == "input"]

    async def work() -> tuple[Qbr, Setting]:
        setting = await _setting(desk, asked)
        texts = {key: fields.text(key) for key in inputs if key != ADDED}
        edits = Edits(state.seen, state.about, texts, fields.text(ADDED))
        qbr = await desk.write(lambda use_cases: use_cases.reviews.edit(setting.audience, state.qbr_id, edits))
        return qbr, setting

    return await saved(work, lambda done: redraw(desk, done[1], done[0]), ADDED)


async def on_approved(desk: Desk, body: dict[str, Any]) -> Submitted:
    """For whom it is approved. Writing the copy and looking through it takes longer than Slack waits for a form: the
    thread says what came of it, and the files of that copy follow."""
    view = body.get("view") or {}
    state = decode_on_review(view.get("private_metadata"))
    readers, asked = _readers(Fields(view).choice(READERS_FIELD) or ""), of_submission(body)

    async def work() -> tuple[Qbr, Setting]:
        setting = await _setting(desk, asked)
        return await unchanged(desk, setting, state.qbr_id, state.seen), setting

    async def confirm(done: tuple[Qbr, Setting]) -> None:
        seen, setting = done
        place = place_of(seen)
        try:
            qbr = await desk.write(
                lambda use_cases: use_cases.reviews.approve(setting.audience, state.qbr_id, state.seen, readers)
            )
        except StewardError as error:
            if place is None:
                raise
            await desk.messenger.post(place.channel, sorry(error.sentence), thread_ts=place.ts)
            return
        await redraw(desk, setting, qbr)
        if place is not None:
            await hand_files(desk, setting, qbr, readers, place)

    return await saved(work, confirm, READERS_FIELD)


async def on_shared(desk: Desk, body: dict[str, Any]) -> Submitted:
    """Where the approved copy goes: whether it may is said in the form, the files follow."""
    view = body.get("view") or {}
    state = decode_on_review(view.get("private_metadata"))
    channel, asked = Fields(view).conversation(CHANNEL_FIELD), of_submission(body)

    async def work() -> tuple[Qbr, Setting, Actor, str]:
        if channel is None:
            raise BadFields({CHANNEL_FIELD: "Choose the channel."})
        actor = await desk.actor(asked, Role.MEMBER)
        setting = await for_asker(desk, actor, asked)
        return await may_share(desk, setting, state.qbr_id, state.seen, channel), setting, actor, channel

    async def confirm(done: tuple[Qbr, Setting, Actor, str]) -> None:
        approved, setting, actor, channel = done
        qbr = await share(desk, setting, actor, approved, channel)
        await redraw(desk, setting, qbr)
        if (place := place_of(qbr)) is not None:
            where = simple(f"Shared in <#{channel}>. Undo marks it as not shared; take the files down there yourself.")
            await desk.messenger.post(place.channel, where, thread_ts=place.ts)

    return await saved(work, confirm, CHANNEL_FIELD)


async def _setting(desk: Desk, asked: Asked) -> Setting:
    return await for_asker(desk, await desk.actor(asked, Role.MEMBER), asked)
