"""The forms of a plan: opening one, what was filled in, and what came of it."""

from __future__ import annotations

from bot.domain.ids import id_text, new_id
from bot.services.errors import BadFields
from bot.services.plans.parts import SPECS, Field
from bot.services.plans.write import PlanEntry
from bot.services.results.plans import PlanChanged
from bot.slack.asked import Asked
from bot.slack.desk import Desk
from bot.slack.form_fields import Fields
from bot.slack.plan_values import REMOVE, OpenPart, PlanState
from bot.slack.render.plan_form import plan_form
from bot.slack.replies import show_form
from bot.slack.setting import Setting


async def open_part(desk: Desk, setting: Setting, asked: Asked, what: OpenPart) -> None:
    """Raises NotFound when the entry is gone, `SlackApiError` when the trigger expired."""
    row = await desk.run(
        lambda use_cases: use_cases.plans.row(setting.audience, what.part, what.account_id, what.row_id)
    )
    state = PlanState(what, id_text(new_id()), row.version, asked.channel, asked.thread_ts)
    await show_form(desk.messenger, asked, plan_form(row, state, asked.user))


async def submit(desk: Desk, setting: Setting, fields: Fields, state: PlanState) -> PlanChanged:
    """Write what was filled in. Raises BadFields that says under each field what is wrong."""
    spec, what = SPECS[state.what.part], state.what
    typed = {one.name: text for one in spec.fields if (text := await _typed(desk, one, fields)) is not None}
    entry = PlanEntry(
        part=what.part,
        account_id=what.account_id,
        key=state.key,
        fields=typed,
        row_id=what.row_id,
        version=state.version,
        remove=what.row_id is not None and spec.removable and REMOVE in fields.choices(REMOVE),
    )
    return await desk.write(lambda use_cases: use_cases.plans.change(setting.audience, entry))


async def _typed(desk: Desk, one: Field, fields: Fields) -> str | None:
    match one.kind:
        case "line" | "text" | "money":
            return fields.text(one.name)
        case "day":
            day = fields.day(one.name)
            return day.isoformat() if day is not None else None
        case "member":
            user = fields.user(one.name)
            return await _member(desk, one, user) if user is not None else None
        case _:
            return fields.choice(one.name)


async def _member(desk: Desk, one: Field, user: str) -> str:
    """Raises BadFields for somebody whom nobody could remind."""
    actor = await desk.people.actor(user)
    if actor.member_id is None:
        name = (await desk.people.person(user)).called or "That person"
        raise BadFields({one.name: f"{name} is not in the team list. Choose somebody else."})
    return id_text(actor.member_id)
