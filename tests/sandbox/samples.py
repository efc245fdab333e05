"""One valid example of every block and element, the ground from which limits are broken one at a time."""

from typing import Any

Json = dict[str, Any]


def plain(text: str = "text") -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str = "*text*") -> Json:
    return {"type": "mrkdwn", "text": text}


def option(value: str = "one") -> Json:
    return {"text": plain(value), "value": value}


def button(action_id: str = "go") -> Json:
    return {"type": "button", "text": plain("Go"), "action_id": action_id, "value": "v"}


CONFIRM: Json = {"title": plain(), "text": mrkdwn(), "confirm": plain(), "deny": plain()}
IMAGE: Json = {"type": "image", "image_url": "https://example.com/a.png", "alt_text": "a"}
RICH: Json = {
    "type": "rich_text",
    "elements": [
        {
            "type": "rich_text_section",
            "elements": [
                {"type": "text", "text": "hello", "style": {"bold": True}},
                {"type": "user", "user_id": "U0MAYA"},
                {"type": "link", "url": "https://example.com", "text": "link"},
                {"type": "emoji", "name": "wave"},
            ],
        },
        {"type": "rich_text_quote", "elements": [{"type": "channel", "channel_id": "C0GENERAL"}]},
        {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "code"}]},
        {
            "type": "rich_text_list",
            "style": "ordered",
            "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "item"}]}],
        },
    ],
}

IN_ACTIONS: list[Json] = [
    button() | {"style": "primary", "confirm": CONFIRM},
    {"type": "static_select", "action_id": "a1", "placeholder": plain(), "options": [option()]},
    {"type": "multi_static_select", "action_id": "a2", "option_groups": [{"label": plain(), "options": [option()]}]},
    {"type": "external_select", "action_id": "a3", "min_query_length": 2},
    {"type": "multi_external_select", "action_id": "a4", "max_selected_items": 3},
    {"type": "users_select", "action_id": "a5", "initial_user": "U0MAYA"},
    {"type": "multi_users_select", "action_id": "a6"},
    {"type": "channels_select", "action_id": "a7"},
    {"type": "multi_channels_select", "action_id": "a8"},
    {"type": "conversations_select", "action_id": "a9", "filter": {"include": ["public"]}},
    {"type": "multi_conversations_select", "action_id": "a10"},
    {"type": "overflow", "action_id": "a11", "options": [option()]},
    {"type": "checkboxes", "action_id": "a12", "options": [option()], "initial_options": [option()]},
    {"type": "radio_buttons", "action_id": "a13", "options": [option()]},
    {"type": "datepicker", "action_id": "a14", "initial_date": "2026-03-02"},
    {"type": "timepicker", "action_id": "a15", "initial_time": "09:30"},
    {"type": "datetimepicker", "action_id": "a16", "initial_date_time": 1_772_000_000},
]
IN_INPUT: list[Json] = [
    {"type": "plain_text_input", "action_id": "i1", "multiline": True, "max_length": 10, "initial_value": "x"},
    {"type": "email_text_input", "action_id": "i2"},
    {"type": "url_text_input", "action_id": "i3"},
    {"type": "number_input", "action_id": "i4", "is_decimal_allowed": False, "min_value": "1"},
    {"type": "file_input", "action_id": "i5", "filetypes": ["pdf"], "max_files": 1},
    {"type": "rich_text_input", "action_id": "i6"},
    *IN_ACTIONS[1:11],
    *IN_ACTIONS[12:],
]
CELL: Json = {"type": "raw_text", "text": "cell"}
CARD: Json = {"type": "card", "title": mrkdwn(), "body": mrkdwn(), "actions": [button("card")]}
SERIES: Json = {"name": "ARR", "data": [{"label": "Q1", "value": 1.5}]}
CHART: Json = {"type": "line", "series": [SERIES], "axis_config": {"categories": ["Q1"]}}

BLOCKS: dict[str, Json] = {
    "section": {"type": "section", "text": mrkdwn(), "fields": [plain()], "accessory": IMAGE},
    "divider": {"type": "divider"},
    "header": {"type": "header", "text": plain()},
    "markdown": {"type": "markdown", "text": "# Hi"},
    "image": IMAGE | {"title": plain()},
    "context": {"type": "context", "elements": [mrkdwn(), IMAGE]},
    "actions": {"type": "actions", "elements": IN_ACTIONS},
    "context_actions": {
        "type": "context_actions",
        "elements": [
            {
                "type": "feedback_buttons",
                "action_id": "fb",
                "positive_button": {"text": plain("Good"), "value": "good"},
                "negative_button": {"text": plain("Bad"), "value": "bad"},
            },
            {"type": "icon_button", "action_id": "ib", "icon": "trash", "text": plain("Delete")},
        ],
    },
    "input": {"type": "input", "label": plain(), "hint": plain(), "element": IN_INPUT[0], "optional": True},
    "rich_text": RICH,
    "file": {"type": "file", "external_id": "x", "source": "remote"},
    "video": {
        "type": "video",
        "alt_text": "v",
        "title": plain(),
        "thumbnail_url": "https://example.com/t.png",
        "video_url": "https://example.com/v",
    },
    "task_card": {"type": "task_card", "task_id": "t", "title": "Reading", "status": "complete"},
    "plan": {
        "type": "plan",
        "title": "Plan",
        "tasks": [{"type": "task_card", "task_id": "t", "title": "x", "status": "error"}],
    },
    "alert": {"type": "alert", "text": mrkdwn(), "level": "warning"},
    "card": CARD,
    "carousel": {"type": "carousel", "elements": [CARD]},
    "container": {"type": "container", "title": plain(), "child_blocks": [{"type": "divider"}], "is_collapsible": True},
    "table": {"type": "table", "rows": [[CELL, CELL], [CELL, RICH]], "column_settings": [{"align": "right"}]},
    "data_table": {
        "type": "data_table",
        "caption": "Renewals",
        "rows": [[CELL], [{"type": "raw_number", "text": "1", "value": 1}]],
    },
    "data_visualization": {"type": "data_visualization", "title": "ARR", "chart": CHART},
}
