"""Values of inputs: what a person chose as an entry of `state.values`, and what Slack's client says to it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, tzinfo
from decimal import Decimal
from typing import Any

from bot.sandbox.api.surfaces import STATE_KEY
from bot.sandbox.elements_at import Spot
from bot.sandbox.errors import Json, UserError

_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)")
MAX_FILES = 10


@dataclass(frozen=True)
class Offer:
    """What an element may take beyond the options in it: those its app offered, people and conversations by id with
    their names, the files this person uploaded; `zone` is what their dates and times mean."""

    options: Sequence[Json] = ()
    ids: Mapping[str, str] = field(default_factory=dict)
    files: Sequence[Json] = ()
    zone: tzinfo = UTC


NOTHING = Offer()


def value_of(element: Json, choice: Any, offer: Offer = NOTHING) -> Json:
    """A state entry for this element from a plain choice: text, an option's value or label, an id or a name, a date
    (YYYY-MM-DD), a time (HH:MM), a moment (epoch seconds, or local as ISO 8601), a file's id, a list of them."""
    kind = str(element["type"])
    key = STATE_KEY.get(kind)
    if key is None:
        raise UserError(f"A {kind} holds no value.")
    if key in ("selected_options", "selected_users", "selected_channels", "selected_conversations", "files"):
        several = choice.split(",") if isinstance(choice, str) else choice or []
        return {"type": kind, key: _several(element, [str(one).strip() for one in several], offer)}
    return {"type": kind, key: None if choice in (None, "") else _one(element, choice, offer)}


def _several(element: Json, choices: list[str], offer: Offer) -> list[Any]:
    kind = str(element["type"])
    most = element.get("max_files", MAX_FILES) if kind == "file_input" else element.get("max_selected_items")
    if most is not None and len(choices) > most:
        raise UserError(f"No more than {most} can be chosen here.")
    if kind == "file_input":
        return [_file(element, one, offer) for one in choices]
    return [_one({**element, "type": kind.removeprefix("multi_")}, one, offer) for one in choices]


def _one(element: Json, choice: Any, offer: Offer) -> Any:
    kind = element["type"]
    if kind in ("users_select", "channels_select", "conversations_select"):
        return _id(str(choice), offer)
    if kind in ("static_select", "radio_buttons", "checkboxes"):
        return _option(element, str(choice))
    if kind == "external_select":
        return _option({"options": list(offer.options)}, str(choice))
    if kind == "rich_text_input":
        section = {"type": "rich_text_section", "elements": [{"type": "text", "text": str(choice)}]}
        return {"type": "rich_text", "elements": [section]}
    return _moment(kind, choice, offer) if "picker" in kind else str(choice)


def _moment(kind: str, choice: Any, offer: Offer) -> str | int:
    """A day, a time, or both as epoch seconds."""
    try:
        if kind == "datepicker":
            return date.fromisoformat(str(choice)).isoformat()
        if kind == "datetimepicker" and not isinstance(choice, int):
            given = datetime.fromisoformat(str(choice))
            return int((given if given.tzinfo else given.replace(tzinfo=offer.zone)).timestamp())
        if kind == "datetimepicker":
            return int(choice)
    except ValueError:
        raise UserError(f"{choice!r} is no {'date' if kind == 'datepicker' else 'date and time'}.") from None
    if not _TIME.fullmatch(str(choice)):
        raise UserError(f"{choice!r} is no time: write it as 09:30.")
    return str(choice)


def _id(choice: str, offer: Offer) -> str:
    for key, name in offer.ids.items():
        if choice in (key, name, name.removeprefix("#")):
            return key
    raise UserError(f"{choice!r} cannot be chosen here; there are: {', '.join(offer.ids.values())}")


def _option(element: Json, choice: str) -> Json:
    offered: list[Json] = list(element.get("options") or [])
    for group in element.get("option_groups") or []:
        offered += group["options"]
    for option in offered:
        if choice in (option.get("value"), option["text"]["text"]):
            return option
    raise UserError(f"There is no option {choice!r}; there are: {[o['text']['text'] for o in offered]}")


def _file(element: Json, choice: str, offer: Offer) -> Json:
    found = next((file for file in offer.files if choice in (file["id"], file["name"])), None)
    if found is None:
        raise UserError(f"There is no file {choice!r}: upload it first.")
    allowed = [str(kind).casefold().removeprefix(".") for kind in element.get("filetypes") or []]
    if allowed and found["filetype"] not in allowed:
        raise UserError(f"{found['name']} cannot be added: only {', '.join(allowed)} files.")
    return found


def check_input(spot: Spot, entry: Json | None) -> str | None:
    """What Slack's client says before it submits anything; None when the input is fine."""
    kind = spot.element["type"]
    value = (entry or {}).get(STATE_KEY[kind])
    if value in (None, "", []):
        return None if spot.optional else "Please complete this required field."
    if not isinstance(value, str):
        return None
    low, high = spot.element.get("min_length"), spot.element.get("max_length")
    if kind == "plain_text_input" and len(value) > (high or 3000):
        return f"This must be no more than {high or 3000} characters."
    if low and len(value) < low:
        return f"This must be at least {low} characters."
    if kind == "number_input":
        return _check_number(spot.element, value)
    if kind == "email_text_input" and not re.fullmatch(r"[^@\s]+@[^@\s]+", value):
        return "Enter a valid email address."
    if kind == "url_text_input" and not re.match(r"[a-z][a-z0-9+.-]*://\S", value, re.IGNORECASE):
        return "Enter a valid URL."
    return None


def _check_number(element: Json, value: str) -> str | None:
    whole = not element.get("is_decimal_allowed")
    if not _NUMBER.fullmatch(value.strip()):
        return "Enter a number."
    number = Decimal(value.strip())
    if whole and number != number.to_integral_value():
        return "Enter a whole number."
    if element.get("min_value") is not None and number < Decimal(element["min_value"]):
        return f"Enter a number of at least {element['min_value']}."
    if element.get("max_value") is not None and number > Decimal(element["max_value"]):
        return f"Enter a number of at most {element['max_value']}."
    return None
