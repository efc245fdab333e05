"""views.*: modals opened with a trigger, and published Home tabs."""

from collections.abc import Mapping

from bot.sandbox import limits
from bot.sandbox.errors import Json, SlackError, invalid_arguments
from bot.sandbox.grants import Trigger
from bot.sandbox.shapes import Violation
from bot.sandbox.views import View
from bot.sandbox.world import World


def view_json(world: World, view: View) -> Json:
    """A view as payloads and answers show it."""
    empty: Json = {
        "title": None,
        "submit": None,
        "close": None,
        "external_id": "",
        "private_metadata": "",
        "callback_id": "",
    }
    return {
        "clear_on_close": False,
        "notify_on_close": False,
        **empty,
        **view.body,
        "id": view.id,
        "team_id": world.workspace.team.id,
        "app_id": world.workspace.app.app_id,
        "app_installed_team_id": world.workspace.team.id,
        "bot_id": world.workspace.app.bot_id,
        "root_view_id": view.root,
        "previous_view_id": view.previous,
        "hash": view.hash,
        "state": {"values": view.picks},
    }


def check_view(world: World, view: object, kind: str) -> Json:
    """The view with block ids filled in; invalid_arguments names each fault, view_too_large above 250 kB."""
    found = limits.check_view(view)
    if isinstance(view, dict) and view.get("type") != kind and not found:
        found = [Violation("/view/type", f"must be {kind}")]
    if found:
        raise invalid_arguments(*(violation.slack().removeprefix("[ERROR] ") for violation in found))
    if limits.view_too_large(view) or not isinstance(view, dict):
        raise SlackError("view_too_large")
    return {**view, "blocks": world.messages.named(view["blocks"])}


def seed_picks(body: Json, here: str = "") -> dict[str, Json]:
    """Values that initial_* members put into a fresh view's state; every input has an entry, empty ones hold null.

    `here` is the conversation the view was opened from, for selects that begin with it."""
    picks: dict[str, Json] = {}
    for block in body["blocks"]:
        parts = [block.get("element"), block.get("accessory"), *(block.get("elements") or [])]
        for element in parts if block["type"] in ("input", "section", "actions") else []:
            value = initial_value(element, here) if isinstance(element, dict) else None
            if value is not None:
                picks.setdefault(block["block_id"], {})[element["action_id"]] = value
    return picks


def carry_picks(body: Json, before: Mapping[str, Json], here: str = "") -> dict[str, Json]:
    """The state of a changed view: what was put into inputs that are still there stays, as in Slack."""
    return {
        block: {action: _kept((before.get(block) or {}).get(action), entry) for action, entry in entries.items()}
        for block, entries in seed_picks(body, here).items()
    }


def _kept(before: Json | None, fresh: Json) -> Json:
    return before if before is not None and before["type"] == fresh["type"] else fresh


STATE_KEY = {
    "plain_text_input": "value",
    "email_text_input": "value",
    "url_text_input": "value",
    "number_input": "value",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
    "static_select": "selected_option",
    "external_select": "selected_option",
    "radio_buttons": "selected_option",
    "checkboxes": "selected_options",
    "multi_static_select": "selected_options",
    "multi_external_select": "selected_options",
    "users_select": "selected_user",
    "multi_users_select": "selected_users",
    "channels_select": "selected_channel",
    "multi_channels_select": "selected_channels",
    "conversations_select": "selected_conversation",
    "multi_conversations_select": "selected_conversations",
    "rich_text_input": "rich_text_value",
    "file_input": "files",
}


def initial_value(element: Json, here: str = "") -> Json | None:
    """An element's entry in `state.values` before anyone touched it; None for elements that hold no value."""
    key = STATE_KEY.get(element.get("type", ""))
    if key is None:
        return None
    given = element.get("initial_" + key.removeprefix("selected_").removeprefix("rich_text_"))
    empty: object = [] if key.endswith("s") else None
    if given is None and here and element.get("default_to_current_conversation"):
        given = [here] if key.endswith("s") else here
    return {"type": element["type"], key: given if given is not None else empty}


def _exchange(world: World, args: Json) -> Trigger:
    key = args.get("trigger_id") or args.get("interactivity_pointer")
    if not key:
        raise invalid_arguments("missing required field: trigger_id")
    return world.triggers.exchange(key)


def open_view(world: World, args: Json) -> Json:
    body = check_view(world, args["view"], "modal")
    trigger = _exchange(world, args)
    return _shown(world, world.views.open(trigger.user, body), trigger.channel)


def push(world: World, args: Json) -> Json:
    body = check_view(world, args["view"], "modal")
    trigger = _exchange(world, args)
    return _shown(world, world.views.push(trigger.user, body), trigger.channel)


def update(world: World, args: Json) -> Json:
    view = world.views.find(view_id=args.get("view_id"), external_id=args.get("external_id"))
    if view is None:
        raise SlackError("not_found")
    body = check_view(world, args["view"], view.body["type"])
    return _shown(world, world.views.update(view, body, args.get("hash")))


def publish(world: World, args: Json) -> Json:
    if not world.manifest.features.app_home.home_tab_enabled:
        raise SlackError("not_enabled")
    if world.workspace.person_or_none(args["user_id"]) is None:
        raise SlackError("user_not_found")
    body = check_view(world, args["view"], "home")
    return _shown(world, world.views.publish(args["user_id"], body, args.get("hash")))


def _shown(world: World, view: View, here: str = "") -> Json:
    view.picks = carry_picks(view.body, view.picks, here)
    world.activity.touch()
    return {"view": view_json(world, view)}


HANDLERS = {"views.open": open_view, "views.publish": publish, "views.push": push, "views.update": update}
