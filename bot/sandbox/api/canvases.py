"""canvases.* and conversations.canvases.create."""

import re

from bot.sandbox.api.chat import writable
from bot.sandbox.canvases import Access, Canvas
from bot.sandbox.errors import Json, SlackError, invalid_arguments
from bot.sandbox.world import World

MARKDOWN_BYTES = 1024 * 1024
TABLE_CELLS = 300
IN_SECTION = ("insert_after", "insert_before", "delete", "replace")
OPERATIONS = (*IN_SECTION, "insert_at_start", "insert_at_end", "rename")
LEVELS: tuple[Access, ...] = ("read", "write", "owner")
_ROW = re.compile(r"\s*\|.*\|\s*")
_RULE = re.compile(r"[\s|:-]+")


def _markdown(value: object, at: str, too_much: str) -> str:
    """The text of a document_content; raises invalid_arguments, or `too_much` beyond a canvas's limits."""
    if not isinstance(value, dict) or set(value) != {"type", "markdown"} or value["type"] != "markdown":
        raise invalid_arguments(f"must provide type markdown and markdown [json-pointer:{at}]")
    text = value["markdown"]
    if not isinstance(text, str):
        raise invalid_arguments(f"must provide a string [json-pointer:{at}/markdown]")
    if len(text.encode()) > MARKDOWN_BYTES or _largest_table(text) > TABLE_CELLS:
        raise SlackError(too_much, detail="over 1 MiB of markdown, or a table of more than 300 cells")
    return text


def _largest_table(text: str) -> int:
    most = cells = 0
    for line in text.split("\n"):
        row = bool(_ROW.fullmatch(line))
        cells = cells + (0 if _RULE.fullmatch(line) else line.count("|") - 1) if row else 0
        most = max(most, cells)
    return most


def _make(world: World, args: Json, channel: str | None) -> Json:
    canvas = Canvas(f"F{next(world.ids):08d}", args.get("title") or "Untitled", channel)
    if args.get("document_content") is not None:
        text = _markdown(args["document_content"], "/document_content", "canvas_creation_failed")
        canvas.sections = canvas.split(text)
    world.canvases[canvas.id] = canvas
    world.activity.touch()
    return {"canvas_id": canvas.id}


def create(world: World, args: Json) -> Json:
    """A canvas of its own; with a channel it also becomes a tab there."""
    channel = writable(world, args["channel_id"]).id if args.get("channel_id") else None
    return _make(world, args, channel)


def create_for_channel(world: World, args: Json) -> Json:
    """The one canvas of a channel."""
    channel = writable(world, args["channel_id"], posting=False)
    if channel.id in world.channel_canvases:
        raise SlackError("channel_canvas_already_exists")
    made = _make(world, args, channel.id)
    world.channel_canvases[channel.id] = str(made["canvas_id"])
    return made


def _canvas(world: World, args: Json) -> Canvas:
    found = world.canvases.get(args["canvas_id"])
    if found is None:
        raise SlackError("canvas_not_found")
    return found


def edit(world: World, args: Json) -> Json:
    """One change a call, as documented."""
    canvas, changes = _canvas(world, args), args["changes"]
    if not isinstance(changes, list) or len(changes) != 1 or not isinstance(changes[0], dict):
        raise invalid_arguments("exactly one change is allowed [json-pointer:/changes]")
    change: Json = changes[0]
    operation, at = change.get("operation"), "/changes/0"
    if operation not in OPERATIONS:
        raise invalid_arguments(f"unsupported operation: {operation} [json-pointer:{at}/operation]")
    content = {"rename": "title_content", "delete": ""}.get(operation, "document_content")
    allowed = {"operation", *([content] if content else []), *(["section_id"] if operation in IN_SECTION else [])}
    needed = {"operation", *([content] if content else []), *({"section_id"} & allowed)}
    if operation == "replace":
        needed -= {"section_id"}
    if not needed <= set(change) <= allowed:
        raise invalid_arguments(f"must provide {', '.join(sorted(needed))} and no more [json-pointer:{at}]")
    text = _markdown(change[content], f"{at}/{content}", "canvas_editing_failed") if content else ""
    if operation == "rename":
        canvas.title = text
    elif not canvas.change(operation, change.get("section_id"), text):
        raise SlackError("canvas_editing_failed")
    world.activity.touch()
    return {}


def delete(world: World, args: Json) -> Json:
    canvas = _canvas(world, args)
    del world.canvases[canvas.id]
    world.channel_canvases = {channel: key for channel, key in world.channel_canvases.items() if key != canvas.id}
    world.activity.touch()
    return {}


def _whom(world: World, args: Json) -> list[str]:
    """The users or channels (not both) that a change of access is about, as a list or with commas."""
    users, channels = args.get("user_ids"), args.get("channel_ids")
    ids = users if channels is None else channels if users is None else None
    if isinstance(ids, str):
        ids = [key for key in ids.split(",") if key]
    if not isinstance(ids, list) or not ids:
        raise SlackError("invalid_parameters")
    for key in ids:
        if users is not None and (world.workspace.person_or_none(str(key)) is None):
            raise SlackError("user_not_found")
        if channels is not None:
            world.bot_channel(str(key))
    return [str(key) for key in ids]


def set_access(world: World, args: Json) -> Json:
    canvas, whom = _canvas(world, args), _whom(world, args)
    level = next((one for one in LEVELS if one == args["access_level"]), None)
    if level is None or (level == "owner" and (args.get("channel_ids") or len(whom) > 1)):
        raise SlackError("invalid_parameters")
    canvas.access |= dict.fromkeys(whom, level)
    world.activity.touch()
    return {}


def delete_access(world: World, args: Json) -> Json:
    canvas = _canvas(world, args)
    for key in _whom(world, args):
        canvas.access.pop(key, None)
    world.activity.touch()
    return {}


def lookup(world: World, args: Json) -> Json:
    canvas, criteria = _canvas(world, args), args["criteria"]
    if not isinstance(criteria, dict) or not criteria or not set(criteria) <= {"section_types", "contains_text"}:
        raise invalid_arguments("must provide section_types or contains_text [json-pointer:/criteria]")
    kinds = criteria.get("section_types") or []
    if not isinstance(kinds, list) or not set(map(str, kinds)) <= {"any_header", "h1", "h2", "h3"}:
        raise invalid_arguments("must be any_header, h1, h2 or h3 [json-pointer:/criteria/section_types]")
    found = canvas.lookup(set(kinds), str(criteria.get("contains_text") or ""))
    return {"sections": [{"id": section.id} for section in found]}


HANDLERS = {
    "canvases.access.delete": delete_access,
    "canvases.access.set": set_access,
    "canvases.create": create,
    "canvases.delete": delete,
    "canvases.edit": edit,
    "canvases.sections.lookup": lookup,
    "conversations.canvases.create": create_for_channel,
}
