"""Block Kit elements as HTML. `data-act` says what the page's script does with each; values travel as `data-` only."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from bot.sandbox.api.surfaces import STATE_KEY
from bot.sandbox.choices import Choice
from bot.sandbox.entries import MAX_FILES
from bot.sandbox.errors import Json
from bot.sandbox.web.html import NOTHING, Html, el, join, safe_url, text
from bot.sandbox.web.parts import OUTSIDE, composition, confirm, key_of, place_of
from bot.sandbox.web.scene import Scene
from bot.sandbox.web.selects import chip, select

_ICONS = {"trash": "🗑", "edit": "✎", "refresh": "↻", "copy": "⧉", "share": "↗", "info": "i"}


def element(part: Json, block_id: str, scene: Scene, label: str = "") -> Html:
    """One interactive element; `label` names it where no text of its own does. Hidden ones are nothing."""
    allowed = part.get("visible_to_user_ids")
    if allowed is not None and scene.viewer not in allowed:
        return NOTHING
    make = _MAKERS.get(part["type"])
    return make(part, block_id, scene, label) if make else el("span", f"[{part['type']}]", class_="unknown")


def _button(part: Json, block_id: str, scene: Scene, _label: str) -> Html:
    style = part.get("style", "")
    shared: Json = {"class_": f"btn {style}".strip(), "aria_label": part.get("accessibility_label")}
    inside = [composition(part["text"], scene), confirm(part, scene)]
    shared |= {"data_act": "click", "id": key_of(part, block_id, scene), **place_of(part, block_id)}
    address = safe_url(part.get("url") or "")
    if address:
        return el("a", *inside, el("span", " ↗", aria_hidden="true"), href=address, **OUTSIDE, **shared)
    return el("button", *inside, type="button", **shared)


def _icon_button(part: Json, block_id: str, scene: Scene, _label: str) -> Html:
    sign = _ICONS.get(part["icon"], "•")
    name = part.get("accessibility_label") or part["text"]["text"]
    at = {"data_act": "click", "id": key_of(part, block_id, scene), **place_of(part, block_id)}
    inside = [el("span", sign, aria_hidden="true"), confirm(part, scene)]
    return el("button", *inside, class_="icon-btn", type="button", aria_label=name, title=name, **at)


def _feedback(part: Json, block_id: str, scene: Scene, _label: str) -> Html:
    chosen = scene.entry(block_id, part["action_id"]).get("value")
    sides = []
    for side, sign in (("positive", "👍"), ("negative", "👎")):
        button = part[f"{side}_button"]
        name = button.get("accessibility_label") or button["text"]["text"]
        at = {"data_act": "pick", "data_choice": side, "id": f"{key_of(part, block_id, scene)}-{side}"}
        pressed = "true" if chosen is not None and chosen == button.get("value") else "false"
        shown = el("span", sign, aria_hidden="true")
        more: Json = {"aria_pressed": pressed, "title": name, "aria_label": name, **at, **place_of(part, block_id)}
        sides.append(el("button", shown, class_="icon-btn", type="button", **more))
    return el("span", *sides, class_="feedback", role="group", aria_label="Feedback")


def _overflow(part: Json, block_id: str, scene: Scene, label: str) -> Html:
    items = []
    for option in part["options"]:
        at = {"data_act": "pick", "data_choice": option["value"], "role": "menuitem", "tabindex": -1}
        address = safe_url(option.get("url") or "")
        inside = composition(option["text"], scene)
        more: Json = at | place_of(part, block_id)
        made = (
            el("a", inside, href=address, **OUTSIDE, **more) if address else el("button", inside, type="button", **more)
        )
        items.append(el("li", made, role="none"))
    key = key_of(part, block_id, scene)
    opener: Json = {"class_": "icon-btn", "type": "button", "aria_haspopup": "menu", "aria_expanded": "false"}
    button = el("button", "⋯", id=key, aria_label=label or "More options", data_menu=True, **opener)
    menu = el("ul", *items, role="menu", aria_labelledby=key, hidden=True, class_="menu")
    return el("span", button, menu, confirm(part, scene), class_="menu-box")


def _group(part: Json, block_id: str, scene: Scene, label: str) -> Html:
    """Checkboxes or radio buttons."""
    single = part["type"] == "radio_buttons"
    entry = scene.entry(block_id, part["action_id"])
    given = [entry.get("selected_option")] if single else entry.get("selected_options") or []
    chosen = {option["value"] for option in given if option}
    key = key_of(part, block_id, scene)
    rows = []
    for index, option in enumerate(part["options"]):
        box: Json = {"type": "radio" if single else "checkbox", "name": key, "value": option["value"]}
        told = el("small", composition(option.get("description"), scene)) if option.get("description") else None
        mark = el(
            "input",
            id=f"{key}-{index}",
            checked=option["value"] in chosen,
            data_act="pick",
            **box,
            **place_of(part, block_id),
        )
        words = el("span", composition(option["text"], scene), told)
        rows.append(el("label", mark, words, class_="choice"))
    role = "radiogroup" if single else "group"
    return el("div", *rows, confirm(part, scene), role=role, aria_label=label or "Options", class_="choices")


def _typed(part: Json, block_id: str, scene: Scene, label: str) -> Html:
    """Every input a person types into."""
    kind = part["type"]
    value = scene.entry(block_id, part["action_id"]).get(STATE_KEY[kind])
    shown = _words_of(value) if kind == "rich_text_input" else value
    hint = (part.get("placeholder") or {}).get("text")
    error = block_id in scene.errors
    when = (part.get("dispatch_action_config") or {}).get("trigger_actions_on") or ["on_enter_pressed"]
    shared: Json = {
        "id": key_of(part, block_id, scene),
        "placeholder": hint,
        "data_act": "type",
        "data_when": " ".join(when),
    }
    shared |= {
        "aria_label": None if scene.place == "modal" else label or hint,
        "aria_invalid": "true" if error else None,
    }
    shared |= {"aria_describedby": f"{scene.prefix}{block_id}-notes", "autofocus": part.get("focus_on_load") or None}
    shared |= {"maxlength": part.get("max_length"), "class_": "field", **place_of(part, block_id)}
    if part.get("multiline") or kind == "rich_text_input":
        return el("textarea", str(shown or ""), rows=4, dir="auto", **shared)
    types = {"email_text_input": "email", "url_text_input": "url", "number_input": "text"}
    mode = "decimal" if kind == "number_input" else None
    return el(
        "input", type=types.get(kind, "text"), value=shown, inputmode=mode, dir="auto", autocomplete="off", **shared
    )


def _words_of(value: Any) -> str:
    """The text inside a rich_text value."""
    if isinstance(value, dict):
        return str(value.get("text", "")) + _words_of(value.get("elements") or [])
    return "".join(map(_words_of, value)) if isinstance(value, list) else ""


def _picker(part: Json, block_id: str, scene: Scene, label: str) -> Html:
    kind = part["type"]
    value = scene.entry(block_id, part["action_id"]).get(STATE_KEY[kind])
    if kind == "datetimepicker" and value:
        value = f"{datetime.fromtimestamp(int(value), UTC).astimezone(scene.zone):%Y-%m-%dT%H:%M}"
    types = {"datepicker": "date", "timepicker": "time", "datetimepicker": "datetime-local"}
    name = label or (part.get("placeholder") or {}).get("text") or "Date"
    shared: Json = {"id": key_of(part, block_id, scene), "aria_label": name, "data_act": "pick", "class_": "field"}
    shared |= {"aria_invalid": "true" if block_id in scene.errors else None, **place_of(part, block_id)}
    return join([el("input", type=types[kind], value=value, **shared), confirm(part, scene)])


def _file(part: Json, block_id: str, scene: Scene, label: str) -> Html:
    """The files chosen so far, each removable, and a chooser for more."""
    held = scene.entry(block_id, part["action_id"]).get(STATE_KEY[part["type"]]) or []
    chips = [chip(Choice(file["id"], file["name"])) for file in held]
    kinds = [str(kind).removeprefix(".") for kind in part.get("filetypes") or []]
    most = int(part.get("max_files", MAX_FILES))
    chooser: Json = {"type": "file", "id": key_of(part, block_id, scene), "aria_label": label or "File"}
    chooser |= {"multiple": most > 1, "accept": ",".join(f".{kind}" for kind in kinds) or None}
    chooser |= {"aria_invalid": "true" if block_id in scene.errors else None}
    chooser |= {"aria_describedby": f"{scene.prefix}{block_id}-notes"}
    about: Json = {"class_": "files", "data_most": most, **place_of(part, block_id)}
    return el("span", el("span", *chips, class_="chips"), el("input", **chooser), **about)


Maker = Callable[[Json, str, Scene, str], Html]
_MAKERS: dict[str, Maker] = {
    "button": _button,
    "workflow_button": _button,
    "icon_button": _icon_button,
    "feedback_buttons": _feedback,
    "overflow": _overflow,
    "checkboxes": _group,
    "radio_buttons": _group,
    **dict.fromkeys(
        ("plain_text_input", "email_text_input", "url_text_input", "number_input", "rich_text_input"), _typed
    ),
    **dict.fromkeys(("datepicker", "timepicker", "datetimepicker"), _picker),
    "file_input": _file,
    **dict.fromkeys([kind for kind in STATE_KEY if kind.endswith("_select")], select),
}


def image(part: Json, scene: Scene) -> Html:
    """An uploaded image from this host; any other is named, not fetched: the page works without a network."""
    file = part.get("slack_file") or {}
    asked = str(part.get("image_url") or file.get("id") or file.get("url") or "")
    known = scene.files.get(asked)
    words = str(part.get("alt_text", ""))
    if known:
        return el("img", src=known, alt=words, loading="lazy")
    where = safe_url(part.get("image_url") or "")
    label = text(f"🖼 {words or 'image'}")
    if where is None:
        return el("span", label, class_="image-missing", role="img", aria_label=words)
    return el("a", label, href=where, **OUTSIDE, class_="image-missing", title="Not fetched: the sandbox stays offline")
