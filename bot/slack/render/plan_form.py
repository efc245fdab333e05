"""The form of an entry of a plan, made from the table of its fields."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.services.plans.parts import LONGEST, SPECS, Field
from bot.services.results.plans import PlanRow
from bot.slack.plan_values import PLAN_FORM, REMOVE, PlanState, encode_state
from bot.slack.render.form import checks, choice, day_input, field, form, person_input, text_input
from bot.slack.render.parts import Block, Element, context
from bot.slack.render.text import md, plain

_LABEL = 75


def plan_form(row: PlanRow, state: PlanState, asker: str) -> dict[str, Any]:
    """`asker` is who sees to a new action unless somebody else is chosen."""
    spec = SPECS[row.part]
    blocks: list[Block] = [context(f"The plan of {md(row.account, 120)}")]
    blocks += [block for one in spec.fields if (block := _block(one, row, asker)) is not None]
    if row.id is not None and spec.removable:
        ticks = checks({REMOVE: "Take it out of the plan"}, ())
        blocks.append(field(REMOVE, "Remove", ticks, hint="It can be undone for ten minutes."))
    return form(PLAN_FORM, spec.title, "Save", blocks, encode_state(state))


def _block(one: Field, row: PlanRow, asker: str) -> Block | None:
    """None where there is nothing to choose from."""
    element = _element(one, row, asker)
    return field(one.name, one.label, element, optional=not one.required, hint=_hint(one, row)) if element else None


def _hint(one: Field, row: PlanRow) -> str:
    if one.kind == "member" and row.owner is not None and row.owner_slack_user_id is None:
        return f"Now {row.owner}. Choose somebody to change that."
    return one.hint


def _element(one: Field, row: PlanRow, asker: str) -> Element | None:
    held = row.fields.get(one.name, "")
    match one.kind:
        case "line" | "money":
            return text_input(held, most=LONGEST[one.kind])
        case "text":
            return text_input(held, most=LONGEST[one.kind], lines=True)
        case "day":
            return day_input(_day(held))
        case "choice":
            first = next(iter(one.choices)) if one.required else None
            return choice(one.choices, held or first)
        case "member":
            return person_input(row.owner_slack_user_id if row.owner is not None else asker)
        case "objective":
            return _select(row.objectives, held)
        case "product":
            return _select(row.products, held)
        case "person":
            return _select(row.people, held)


def _select(names: Mapping[str, str], held: str) -> Element | None:
    return choice({value: plain(name, _LABEL) for value, name in names.items()}, held or None) if names else None


def _day(text: str) -> date | None:
    with contextlib.suppress(ValueError):
        return date.fromisoformat(text)
    return None
