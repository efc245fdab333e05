"""What people do with a reminder from its message. The message is drawn anew in place; who was slower is told."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from bot.domain.audience import Actor, Audience, Role, only_the_asker
from bot.domain.ids import id_text
from bot.domain.preferences import Preferences
from bot.services.errors import BadInput, NotAllowed
from bot.services.reminders.acting import REASONS
from bot.services.results.matters import Deed
from bot.slack.asked import Asked, of_action, of_submission
from bot.slack.deeds import DATE_FORM, ENDING_FORM, colleague_of, deed_id, pause_of, read_reminder, reminder_of
from bot.slack.desk import Desk
from bot.slack.form_fields import Fields
from bot.slack.listeners.clicks import Listener, action_of
from bot.slack.listeners.forms import Submission, Submitted, saved
from bot.slack.ports import UseCases
from bot.slack.reminders.redraw import redraw
from bot.slack.render.parts import simple
from bot.slack.render.reminders.forms import DAY, NOTE, REASON, date_form, ending_form
from bot.slack.render.reminders.why import why_message
from bot.slack.render.text import md
from bot.slack.replies import reply
from bot.slack.setting import for_asker, usual_ways, ways_of

Doing = Callable[[UseCases, Audience, int], Deed]


def doing(deed: Doing) -> Listener:
    """The listener of a button that needs nothing but the reminder it stands under."""

    async def on_click(desk: Desk, body: dict[str, Any]) -> None:
        asked, action = of_action(body), action_of(body)
        await desk.once(asked, lambda: _act(desk, asked, reminder_of(action), deed))

    return on_click


async def on_snooze(desk: Desk, body: dict[str, Any]) -> None:
    """A choice is done at once; a date is asked for first."""
    asked, action = of_action(body), action_of(body)

    async def work() -> None:
        reminder_id, pause = reminder_of(action), pause_of(action)
        if pause == "date":
            await desk.actor(asked, Role.MEMBER)
            view = date_form(id_text(reminder_id), desk.use_cases.today())
            await desk.messenger.open_view(asked.trigger_id, view)
        else:
            audience = only_the_asker(await desk.actor(asked, Role.MEMBER))
            ways = await ways_of(desk, audience, asked.user)
            await _act(desk, asked, reminder_id, partial(_snooze, pause, ways))

    await desk.once(asked, work)


def _snooze(choice: str, ways: Preferences, use_cases: UseCases, audience: Audience, reminder_id: int) -> Deed:
    return use_cases.reminders.snooze(audience, reminder_id, choice, ways)


async def on_reassign(desk: Desk, body: dict[str, Any]) -> None:
    """To a colleague who may act on it; everybody else is refused."""
    asked, action = of_action(body), action_of(body)

    async def work() -> None:
        reminder_id, to = reminder_of(action), colleague_of(action)
        colleague = await desk.people.actor(to)
        if not colleague.role.covers(Role.MEMBER):
            name = colleague.name or "That person"
            raise NotAllowed(f"{name} cannot act on reminders here. Pick somebody of the account team.")
        await _act(desk, asked, reminder_id, partial(_hand_over, to, colleague))

    await desk.once(asked, work)


def _hand_over(to: str, colleague: Actor, use_cases: UseCases, audience: Audience, reminder_id: int) -> Deed:
    return use_cases.reminders.hand_over(audience, reminder_id, to, colleague.name, colleague)


async def on_ending(desk: Desk, body: dict[str, Any]) -> None:
    """Ask why they do not renew."""
    asked, action = of_action(body), action_of(body)

    async def work() -> None:
        reminder_id = reminder_of(action)
        await desk.actor(asked, Role.MEMBER)
        await desk.messenger.open_view(asked.trigger_id, ending_form(id_text(reminder_id), REASONS))

    await desk.once(asked, work)


async def on_date_form(desk: Desk, body: dict[str, Any]) -> Submitted:
    """Until the day that was picked."""

    async def read(fields: Fields, audience: Audience) -> Doing:
        day = fields.day(DAY)
        if day is None:
            raise BadInput("Pick a day.")
        return partial(_snooze, day.isoformat(), await ways_of(desk, audience, of_submission(body).user))

    return await _submitted(desk, body, DAY, read)


async def on_ending_form(desk: Desk, body: dict[str, Any]) -> Submitted:
    """For the reason that was given."""

    async def read(fields: Fields, _audience: Audience) -> Doing:
        return partial(_not_renewing, fields.choice(REASON) or "", fields.text(NOTE) or "")

    return await _submitted(desk, body, REASON, read)


def _not_renewing(reason: str, note: str, use_cases: UseCases, audience: Audience, reminder_id: int) -> Deed:
    return use_cases.reminders.not_renewing(audience, reminder_id, reason, note)


async def _submitted(
    desk: Desk, body: dict[str, Any], field: str, read: Callable[[Fields, Audience], Awaitable[Doing]]
) -> Submitted:
    """Done before the form closes; what is wrong is said under `field`."""
    asked, view = of_submission(body), body.get("view") or {}

    async def work() -> Deed:
        reminder_id = read_reminder(view.get("private_metadata"))
        audience = only_the_asker(await desk.actor(asked, Role.MEMBER))
        deed = await read(Fields(view), audience)
        return await desk.write(lambda use_cases: deed(use_cases, audience, reminder_id))

    return await saved(work, lambda did: _shown(desk, asked, did), field)


async def _act(desk: Desk, asked: Asked, reminder_id: int, deed: Doing) -> None:
    audience = only_the_asker(await desk.actor(asked, Role.MEMBER))
    await _shown(desk, asked, await desk.write(lambda use_cases: deed(use_cases, audience, reminder_id)))


async def _shown(desk: Desk, asked: Asked, did: Deed) -> None:
    await redraw(desk, did.channel, did.ts)
    if did.late is not None:
        await reply(desk.messenger, asked, simple(md(did.late, 300)))


async def on_why(desk: Desk, body: dict[str, Any]) -> None:
    """Why this message came, now, to this person."""
    asked, action = of_action(body), action_of(body)

    async def work() -> None:
        reminder_id = reminder_of(action)
        actor = await desk.actor(asked, Role.READ_ONLY)
        setting = await for_asker(desk, actor, asked)
        found = await desk.run(lambda use_cases: use_cases.reminders.why(setting.audience, reminder_id))
        await reply(desk.messenger, asked, why_message(found, setting.days))

    await desk.once(asked, work)


def _never(use_cases: UseCases, audience: Audience, reminder_id: int) -> Deed:
    return use_cases.reminders.never_again(audience, reminder_id, usual_ways(use_cases))


LISTENERS: dict[str, Listener] = {
    deed_id("done"): doing(lambda use_cases, audience, one: use_cases.reminders.done(audience, one)),
    deed_id("kept"): doing(lambda use_cases, audience, one: use_cases.reminders.end_promise(audience, one, "kept")),
    deed_id("missed"): doing(lambda use_cases, audience, one: use_cases.reminders.end_promise(audience, one, "missed")),
    deed_id("cancelled"): doing(
        lambda use_cases, audience, one: use_cases.reminders.end_promise(audience, one, "cancelled")
    ),
    deed_id("undo"): doing(lambda use_cases, audience, one: use_cases.reminders.undo(audience, one)),
    deed_id("to me"): doing(lambda use_cases, audience, one: use_cases.reminders.to_me_instead(audience, one)),
    deed_id("never"): doing(_never),
    deed_id("snooze"): on_snooze,
    deed_id("reassign"): on_reassign,
    deed_id("ending"): on_ending,
    deed_id("why"): on_why,
}
FORMS: dict[str, Submission] = {DATE_FORM: on_date_form, ENDING_FORM: on_ending_form}
