"""Selects of every kind as one widget: a combobox over a list, which the page's script filters or asks the app for."""

from collections.abc import Sequence

from bot.sandbox.api.surfaces import STATE_KEY
from bot.sandbox.choices import Choice, offered
from bot.sandbox.errors import Json
from bot.sandbox.web.html import Html, el
from bot.sandbox.web.parts import confirm, key_of, place_of
from bot.sandbox.web.scene import Scene


def _listed(part: Json, scene: Scene) -> list[tuple[str, Choice]]:
    """What a select offers without asking the app, as (group, choice)."""
    found = [("", choice) for choice in offered(part, scene.people, scene.conversations)]
    found += [("", _choice(option)) for option in part.get("options") or []]
    for group in part.get("option_groups") or []:
        found += [(group["label"]["text"], _choice(option)) for option in group["options"]]
    return found


def _choice(option: Json) -> Choice:
    return Choice(str(option.get("value", "")), str(option["text"]["text"]))


def _chosen(part: Json, block_id: str, scene: Scene) -> list[Choice]:
    entry = scene.entry(block_id, part["action_id"])
    found = entry.get(STATE_KEY[part["type"]])
    several = found if isinstance(found, list) else [found] if found else []
    return [_choice(one) if isinstance(one, dict) else Choice(str(one), scene.name(str(one))) for one in several]


def select(part: Json, block_id: str, scene: Scene, label: str) -> Html:
    """Any select as a combobox: type to narrow, arrows to move, Enter to take; several choices show as chips."""
    kind, key = part["type"], key_of(part, block_id, scene)
    several, external = kind.startswith("multi_"), "external" in kind
    chosen = _chosen(part, block_id, scene)
    hint = (part.get("placeholder") or {}).get("text") or ("Type to search" if external else "Choose")
    name = label or hint
    one = chosen[0] if chosen and not several else None
    chips = el("span", *[chip(choice) for choice in chosen], class_="chips") if several else None
    box: Json = {"id": key, "aria_label": name, "placeholder": hint, "value": one.label if one else None}
    box |= {"aria_controls": f"{key}-list", "aria_invalid": "true" if block_id in scene.errors else None}
    rows = _options(part, scene, chosen)
    listed = el("ul", *rows, id=f"{key}-list", role="listbox", aria_label=name, hidden=True, class_="menu")
    about: Json = {"data_combo": "several" if several else "one", "data_value": one.value if one else None}
    about |= {"data_external": external, "data_most": part.get("max_selected_items")}
    about |= {"data_least": int(part.get("min_query_length", 3)) if external else None, **place_of(part, block_id)}
    arrow = el("span", "▾", aria_hidden="true", class_="combo-arrow")
    inner = [chips, el("input", **_COMBOBOX, **box), arrow, listed, confirm(part, scene)]
    return el("span", *inner, class_="combo", **about)


_COMBOBOX: Json = {
    "type": "text",
    "class_": "combo-input",
    "role": "combobox",
    "aria_expanded": "false",
    "aria_autocomplete": "list",
    "autocomplete": "off",
}


def chip(choice: Choice) -> Html:
    """One of several that were chosen; pressing it takes it back."""
    words = {"type": "button", "aria_label": f"Remove {choice.label}", "data_value": choice.value, "class_": "chip"}
    return el("button", choice.label, el("span", " ×", aria_hidden="true"), **words)


def _options(part: Json, scene: Scene, chosen: Sequence[Choice]) -> list[Html]:
    held = {choice.value for choice in chosen}
    rows: list[Html] = []
    last = ""
    for number, (group, choice) in enumerate(_listed(part, scene)):
        if group != last:
            rows.append(el("li", group, role="presentation", class_="menu-group"))
            last = group
        rows.append(option_row(choice, number, selected=choice.value in held))
    return rows


def option_row(choice: Choice, number: int, *, selected: bool = False) -> Html:
    state = "true" if selected else "false"
    return el(
        "li", choice.label, role="option", data_value=choice.value, data_number=number, aria_selected=state, dir="auto"
    )
