"""Finding what a person can touch in blocks, and the payload parts each touch makes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bot.sandbox.api.surfaces import STATE_KEY
from bot.sandbox.errors import Json, UserError

PASSIVE = ("image", "mrkdwn", "plain_text", "raw_text", "rich_text")


@dataclass(frozen=True)
class Spot:
    """One interactive element with the id of its block; `is_input` when it sits in an input block."""

    block_id: str
    element: Json
    is_input: bool = False
    dispatches: bool = True
    optional: bool = True
    label: str = ""

    @property
    def action_id(self) -> str:
        return str(self.element["action_id"])

    @property
    def caption(self) -> str:
        text = self.element.get("text") or self.element.get("placeholder") or {}
        return self.label or str(text.get("text", ""))


def spots(blocks: Sequence[Json], user: str = "") -> Iterator[Spot]:
    """Every interactive element in reading order that this user may see."""
    for block in blocks:
        if block["type"] == "input":
            yield Spot(
                block["block_id"],
                block["element"],
                is_input=True,
                dispatches=bool(block.get("dispatch_action")),
                optional=bool(block.get("optional")),
                label=str(block["label"]["text"]),
            )
            continue
        if block["type"] in ("rich_text", "context", "table", "data_table"):
            continue
        parts = [block.get("accessory"), *(block.get("elements") or []), *(block.get("actions") or [])]
        for part in parts:
            if isinstance(part, dict) and part.get("type") == "card":
                yield from spots([part], user)
            elif isinstance(part, dict) and part.get("type") not in PASSIVE and _for(part, user):
                yield Spot(block["block_id"], part)
        yield from spots(block.get("child_blocks") or [], user)


def _for(element: Json, user: str) -> bool:
    allowed = element.get("visible_to_user_ids")
    return allowed is None or not user or user in allowed


def find_spot(blocks: Sequence[Json], wanted: str, user: str = "", block_id: str | None = None) -> Spot | None:
    """By action id, else block id, else the visible caption."""
    there = [s for s in spots(blocks, user) if block_id in (None, s.block_id)]
    for key in ("action_id", "block_id", "caption"):
        for spot in there:
            if getattr(spot, key) == wanted:
                return spot
    return None


def buttons(blocks: Sequence[Json], user: str = "") -> list[Spot]:
    """What a terminal numbers: buttons and feedback buttons do something at one touch."""
    kinds = ("button", "workflow_button", "icon_button", "feedback_buttons")
    return [spot for spot in spots(blocks, user) if spot.element["type"] in kinds]


def _option(element: Json, choice: str) -> Json:
    offered: list[Json] = list(element.get("options") or [])
    for group in element.get("option_groups") or []:
        offered += group["options"]
    for option in offered:
        if choice in (option.get("value"), option["text"]["text"]):
            return option
    raise UserError(f"There is no option {choice!r}; there are: {[o['text']['text'] for o in offered]}")


def value_of(element: Json, choice: Any, suggested: Sequence[Json] = ()) -> Json:
    """A state entry for this element from a plain choice: text, an option's value or label, a list of them, an id.

    `suggested` are the options an external select was offered."""
    kind = element["type"]
    key = STATE_KEY.get(kind)
    if key is None:
        raise UserError(f"A {kind} holds no value.")
    source = {**element, "options": list(suggested)} if "external" in kind else element
    if key == "selected_option":
        value: Any = None if choice is None else _option(source, str(choice))
    elif key == "selected_options":
        value = [_option(source, str(one)) for one in (choice or [])]
    elif key == "rich_text_value":
        section = {"type": "rich_text_section", "elements": [{"type": "text", "text": str(choice)}]}
        value = {"type": "rich_text", "elements": [section]}
    elif key == "value" and choice is not None:
        value = str(choice)
    else:
        value = choice
    return {"type": kind, key: value}


def check_input(spot: Spot, entry: Json | None) -> str | None:
    """What Slack's client says before it submits anything; None when the input is fine."""
    key = STATE_KEY[spot.element["type"]]
    value = (entry or {}).get(key)
    if value in (None, "", []):
        return None if spot.optional else "Please complete this required field."
    if not isinstance(value, str):
        return None
    low, high = spot.element.get("min_length"), spot.element.get("max_length")
    if spot.element["type"] == "plain_text_input" and len(value) > (high or 3000):
        return f"This must be no more than {high or 3000} characters."
    if low and len(value) < low:
        return f"This must be at least {low} characters."
    if spot.element["type"] == "number_input":
        return _check_number(spot.element, value)
    if spot.element["type"] == "email_text_input" and "@" not in value.strip("@"):
        return "Enter a valid email address."
    if spot.element["type"] == "url_text_input" and "://" not in value:
        return "Enter a valid URL."
    return None


def _check_number(element: Json, value: str) -> str | None:
    try:
        number = float(value) if element.get("is_decimal_allowed") else int(value)
    except ValueError:
        return "Enter a number."
    if element.get("min_value") is not None and number < float(element["min_value"]):
        return f"Enter a number of at least {element['min_value']}."
    if element.get("max_value") is not None and number > float(element["max_value"]):
        return f"Enter a number of at most {element['max_value']}."
    return None


def action_of(spot: Spot, entry: Json | None, ts: str) -> Json:
    """One item of a block_actions payload's `actions`."""
    element = spot.element
    body: Json = {"type": element["type"], "action_id": element["action_id"], "block_id": spot.block_id}
    if element["type"] in ("button", "workflow_button", "icon_button"):
        body |= {key: element[key] for key in ("text", "value", "style", "url") if key in element}
    return body | (entry or {}) | {"action_ts": ts}
