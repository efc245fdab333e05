"""Block Kit elements and the limits of each: buttons, pickers, selects, inputs, rich text."""

from collections.abc import Mapping
from typing import Any

from bot.sandbox.shapes import (
    Arr,
    Bool,
    Enum,
    Num,
    Obj,
    Shape,
    Str,
    Text,
    Typed,
    Violation,
    Violations,
    one_of,
    some_of,
)

PLAIN = Text(mrkdwn=False)
BUTTON_TEXT = Text(75, mrkdwn=False)
PLACEHOLDER = Text(150, mrkdwn=False)
STYLE = Enum(("primary", "danger"))
URL = Str(3000)
ID = Str(255)
DATE = Str(pattern=r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")

CONFIRM = Obj(
    {
        "title": Text(100, mrkdwn=False),
        "text": Text(300),
        "confirm": Text(30, mrkdwn=False),
        "deny": Text(30, mrkdwn=False),
        "style": STYLE,
    },
    ("title", "text", "confirm", "deny"),
)


def option(*, mrkdwn: bool = False, url: bool = False) -> Obj:
    fields: dict[str, Shape] = {
        "text": Text(75, mrkdwn=mrkdwn),
        "value": Str(150),
        "description": Text(75, mrkdwn=mrkdwn),
    }
    return Obj(fields | ({"url": URL} if url else {}), ("text", "value"))


OPTION = option()
RICH_OPTION = option(mrkdwn=True)
OPTIONS = Arr(OPTION, 1, 100)
GROUP = Obj({"label": Text(75, mrkdwn=False), "options": OPTIONS}, ("label", "options"))
GROUPS = Arr(GROUP, 1, 100)
SLACK_FILE = Obj({"id": Str(), "url": Str()}, (), (one_of("id", "url"),))
DISPATCH = Obj({"trigger_actions_on": Arr(Enum(("on_enter_pressed", "on_character_entered")), 1, 2)})
FILTER = Obj(
    {
        "include": Arr(Enum(("im", "mpim", "private", "public")), 1),
        "exclude_external_shared_channels": Bool(),
        "exclude_bot_users": Bool(),
    },
    (),
    (some_of("include", "exclude_external_shared_channels", "exclude_bot_users"),),
)

ELEMENTS: dict[str, Shape] = {}


def _initial_in_options(value: Mapping[str, Any], at: str) -> Violations:
    offered = [*(value.get("options") or [])]
    for group in value.get("option_groups") or []:
        offered += group.get("options") or [] if isinstance(group, dict) else []
    initial = value.get("initial_option")
    if initial is not None and initial not in offered:
        yield Violation(f"{at}/initial_option", "must exactly match one of the provided options")
    for index, one in enumerate(value.get("initial_options") or []):
        if one not in offered:
            yield Violation(f"{at}/initial_options/{index}", "must exactly match one of the provided options")


def _element(
    kind: str, fields: dict[str, Shape], required: str = "", *, focus: bool = True, rules: tuple[Any, ...] = ()
) -> None:
    common: dict[str, Shape] = {"type": Str(), "action_id": ID}
    focusable: dict[str, Shape] = {"focus_on_load": Bool()} if focus else {}
    ELEMENTS[kind] = Obj(common | focusable | fields, ("type", *required.split()), rules)


def _buttons() -> None:
    shared: dict[str, Shape] = {"confirm": CONFIRM, "accessibility_label": Str(75), "value": Str(2000)}
    visible: dict[str, Shape] = {"visible_to_user_ids": Arr(Str())}
    button: dict[str, Shape] = {"text": BUTTON_TEXT, "url": URL, "style": STYLE, "agent_prompt": Str(4000)}
    _element("button", shared | visible | button, "text", focus=False)
    _element("icon_button", shared | visible | {"icon": Str(), "text": PLAIN}, "icon text", focus=False)
    feedback = Obj({"text": BUTTON_TEXT, "value": Str(2000), "accessibility_label": Str(75)}, ("text", "value"))
    both: dict[str, Shape] = {"positive_button": feedback, "negative_button": feedback}
    _element("feedback_buttons", both, "positive_button negative_button", focus=False)
    trigger = Obj(
        {"url": Str(), "customizable_input_parameters": Arr(Obj({"name": Str(), "value": Str()}, ("name", "value")))},
        ("url",),
    )
    workflow: dict[str, Shape] = {"workflow": Obj({"trigger": trigger}, ("trigger",))}
    workflow |= {"text": BUTTON_TEXT, "style": STYLE, "confirm": CONFIRM, "accessibility_label": Str(75)}
    _element("workflow_button", workflow, "text workflow", focus=False)


def _choices() -> None:
    confirm: dict[str, Shape] = {"confirm": CONFIRM}
    few = Arr(RICH_OPTION, 1, 10)
    rules = (_initial_in_options,)
    _element("checkboxes", confirm | {"options": few, "initial_options": few}, "options", rules=rules)
    _element("radio_buttons", confirm | {"options": few, "initial_option": RICH_OPTION}, "options", rules=rules)
    _element("overflow", confirm | {"options": Arr(option(url=True), 1, 5)}, "options", focus=False)


def _selects() -> None:
    base: dict[str, Shape] = {"confirm": CONFIRM, "placeholder": PLACEHOLDER}
    many: dict[str, Shape] = {"max_selected_items": Num(1)}
    listed: dict[str, Shape] = {"options": OPTIONS, "option_groups": GROUPS}
    rules = (one_of("options", "option_groups"), _initial_in_options)
    _element("static_select", base | listed | {"initial_option": OPTION}, rules=rules)
    _element("multi_static_select", base | many | listed | {"initial_options": Arr(OPTION, 1, 100)}, rules=rules)
    query: dict[str, Shape] = {"min_query_length": Num(0)}
    _element("external_select", base | query | {"initial_option": OPTION})
    _element("multi_external_select", base | many | query | {"initial_options": Arr(OPTION, 1, 100)})
    answer: dict[str, Shape] = {"response_url_enabled": Bool()}
    here: dict[str, Shape] = {"default_to_current_conversation": Bool(), "filter": FILTER}
    _element("users_select", base | {"initial_user": Str()})
    _element("multi_users_select", base | many | {"initial_users": Arr(Str())})
    _element("channels_select", base | answer | {"initial_channel": Str()})
    _element("multi_channels_select", base | many | {"initial_channels": Arr(Str())})
    _element("conversations_select", base | answer | here | {"initial_conversation": Str()})
    _element("multi_conversations_select", base | many | here | {"initial_conversations": Arr(Str())})


def _inputs() -> None:
    confirm: dict[str, Shape] = {"confirm": CONFIRM}
    hint: dict[str, Shape] = {"placeholder": PLACEHOLDER}
    typed: dict[str, Shape] = hint | {"dispatch_action_config": DISPATCH, "initial_value": Str()}
    lengths: dict[str, Shape] = {"min_length": Num(0, 3000), "max_length": Num(1, 3000), "multiline": Bool()}
    clock: dict[str, Shape] = {"initial_time": Str(pattern=r"([01]\d|2[0-3]):[0-5]\d"), "timezone": Str()}
    _element("datepicker", confirm | hint | {"initial_date": DATE})
    _element("timepicker", confirm | hint | clock)
    _element("datetimepicker", confirm | {"initial_date_time": Num(1_000_000_000, 9_999_999_999)})
    _element("plain_text_input", typed | lengths | {"initial_value": Str(3000)}, rules=(_min_before_max,))
    _element("email_text_input", typed)
    _element("url_text_input", typed)
    numbers: dict[str, Shape] = {"is_decimal_allowed": Bool(), "min_value": Str(), "max_value": Str()}
    _element("number_input", typed | numbers, "is_decimal_allowed")
    _element("file_input", {"filetypes": Arr(Str()), "max_files": Num(1, 10)}, focus=False)
    rich: dict[str, Shape] = hint | {"dispatch_action_config": DISPATCH, "initial_value": RICH_TEXT}
    _element("rich_text_input", rich | {"min_lines": Num(1), "max_lines": Num(1)})


def _min_before_max(value: Mapping[str, Any], at: str) -> Violations:
    low, high = value.get("min_length"), value.get("max_length")
    if isinstance(low, int) and isinstance(high, int) and low > high:
        yield Violation(f"{at}/min_length", "must not be more than max_length")


RICH: dict[str, Shape] = {}
RICH_INLINE: dict[str, Shape] = {}
_STYLES = ("bold", "code", "italic", "strike", "underline", "highlight", "client_highlight", "unlink")
_MARK_FIELDS: dict[str, Shape] = dict.fromkeys(_STYLES, Bool())
_MARKS = Obj(_MARK_FIELDS)


def _inline(kind: str, fields: dict[str, Shape], required: str) -> None:
    common: dict[str, Shape] = {"type": Str(), "style": _MARKS}
    RICH_INLINE[kind] = Obj(common | fields, ("type", *required.split()))


def _rich_text() -> None:
    _inline("text", {"text": Str(least=1)}, "text")
    _inline("link", {"url": Str(), "text": Str(), "unsafe": Bool()}, "url")
    _inline("emoji", {"name": Str(), "unicode": Str(), "url": Str()}, "name")
    _inline("user", {"user_id": Str()}, "user_id")
    _inline("channel", {"channel_id": Str()}, "channel_id")
    _inline("usergroup", {"usergroup_id": Str()}, "usergroup_id")
    _inline("team", {"team_id": Str()}, "team_id")
    _inline("color", {"value": Str()}, "value")
    _inline("broadcast", {"range": Enum(("here", "channel", "everyone"))}, "range")
    date: dict[str, Shape] = {"timestamp": Num(), "format": Str(), "fallback": Str(), "url": Str()}
    _inline("date", date, "timestamp format")
    inline, border = Arr(Typed(RICH_INLINE)), Enum((0, 1))
    only_text = Arr(Typed(RICH_INLINE, ("text", "link")))
    kind: dict[str, Shape] = {"type": Str()}
    RICH["rich_text_section"] = Obj(kind | {"elements": inline}, ("type", "elements"))
    RICH["rich_text_quote"] = Obj(kind | {"elements": inline, "border": border}, ("type", "elements"))
    RICH["rich_text_preformatted"] = Obj(kind | {"elements": only_text, "border": border}, ("type", "elements"))
    items = Arr(Typed(RICH, ("rich_text_section",)))
    bullets: dict[str, Shape] = {"elements": items, "style": Enum(("bullet", "ordered")), "border": border}
    bullets |= {"indent": Num(0, 8), "offset": Num(0)}
    RICH["rich_text_list"] = Obj(kind | bullets, ("type", "elements", "style"))


RICH_TEXT = Obj({"type": Enum(("rich_text",)), "block_id": ID, "elements": Arr(Typed(RICH))}, ("type", "elements"))
IMAGE_FIELDS: dict[str, Shape] = {"type": Str(), "image_url": URL, "slack_file": SLACK_FILE, "alt_text": Str(2000)}
IMAGE = Obj(IMAGE_FIELDS, ("type", "alt_text"), (one_of("image_url", "slack_file"),))

_buttons()
_choices()
_selects()
_inputs()
_rich_text()
ELEMENTS["image"] = IMAGE

SELECTS = tuple(kind for kind in ELEMENTS if kind.endswith("_select"))
PICKERS = ("datepicker", "timepicker", "datetimepicker")
CHOICES = ("checkboxes", "radio_buttons", "overflow")
IN_ACTIONS = ("button", "workflow_button", "rich_text_input", *CHOICES, *PICKERS, *SELECTS)
IN_SECTION = ("button", "image", "workflow_button", *CHOICES, *PICKERS, *SELECTS)
IN_INPUT = (
    "checkboxes",
    "email_text_input",
    "file_input",
    "number_input",
    "plain_text_input",
    "radio_buttons",
    "rich_text_input",
    "url_text_input",
    *PICKERS,
    *SELECTS,
)
