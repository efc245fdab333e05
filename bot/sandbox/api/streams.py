"""chat.startStream, appendStream, stopStream: one message that grows while it is in the streaming state."""

from bot.sandbox import limits
from bot.sandbox.api.chat import bot_message, emit_message, thread_parent, writable
from bot.sandbox.api.content import Content, check_blocks, check_metadata, violations_error
from bot.sandbox.api.sessions import STATUSES, note_session
from bot.sandbox.errors import Json, SlackError, invalid_arguments
from bot.sandbox.messages import Message
from bot.sandbox.world import World


def _grow(world: World, message: Message, args: Json) -> None:
    """Append markdown or chunks (not both) to a streaming message."""
    markdown, chunks = args.get("markdown_text"), args.get("chunks")
    if markdown is not None and chunks is not None:
        raise SlackError("cannot_provide_both_markdown_text_and_chunks")
    if markdown is not None and len(markdown) > limits.MARKDOWN_TOTAL:
        raise SlackError("msg_too_long")
    if chunks is not None and (found := limits.check_chunks(chunks)):
        raise violations_error("invalid_chunks", found)
    message.text += markdown or ""
    for chunk in chunks or []:
        if chunk["type"] == "markdown_text":
            message.text += chunk["text"]
        elif chunk["type"] == "blocks":
            message.blocks += world.messages.named(chunk["blocks"])
        else:
            _task(world, message, chunk)
    world.activity.touch()


def _task(world: World, message: Message, chunk: Json) -> None:
    """Task and plan chunks show as one plan block; a task update with a known id replaces that task."""
    plan = next((b for b in message.blocks if b["type"] == "plan"), None)
    if plan is None:
        plan = world.messages.named([{"type": "plan", "title": "", "tasks": []}])[0]
        message.blocks.append(plan)
    if chunk["type"] == "plan_update":
        plan["title"] = chunk["title"]
        return
    task = {"type": "task_card", "task_id": chunk["id"], "title": chunk["title"], "status": chunk["status"]}
    plan["tasks"] = [t for t in plan["tasks"] if t["task_id"] != chunk["id"]] + [task]


def _streaming(world: World, args: Json, stopped: str = "message_not_in_streaming_state") -> Message:
    """The app's message while it grows; raises `stopped` when a person ended it."""
    channel = world.bot_channel(args["channel"])
    message = world.messages.find(channel.id, args["ts"])
    if message is None:
        raise SlackError("message_not_found")
    if message.user != world.bot.id:
        raise SlackError("message_not_owned_by_app")
    if not message.streaming:
        raise SlackError(stopped if message.stopped else "message_not_in_streaming_state")
    return message


def start(world: World, args: Json) -> Json:
    channel = writable(world, args["channel"])
    if channel.kind != "im":
        for key in ("recipient_team_id", "recipient_user_id"):
            if not args.get(key):
                raise SlackError(f"missing_{key}")
    parent = thread_parent(world, channel, args["thread_ts"])
    if args.get("task_display_mode") not in (None, "timeline", "plan", "dense"):
        raise SlackError("invalid_arguments")
    draft = Message(channel.id, "", world.bot.id, "", world.workspace.team.id)
    _grow(world, draft, args)
    content = Content(draft.text, draft.blocks)
    message = bot_message(world, channel, content, thread_ts=parent, streaming=True, streamed=True)
    return {"channel": channel.id, "ts": message.ts}


def append(world: World, args: Json) -> Json:
    message = _streaming(world, args, "stopped_by_user")
    if args.get("markdown_text") is None and not args.get("chunks"):
        raise SlackError("no_text")
    _grow(world, message, args)
    return {"channel": message.channel, "ts": message.ts}


def stop(world: World, args: Json) -> Json:
    message, status = _streaming(world, args), args.get("session_status")
    if status not in (None, *STATUSES):
        raise invalid_arguments(f"must be one of {', '.join(STATUSES)} [json-pointer:/session_status]")
    blocks, metadata = check_blocks(args.get("blocks")), check_metadata(args.get("metadata"))
    _grow(world, message, args)
    message.blocks += world.messages.named(blocks)
    message.metadata = metadata or message.metadata
    message.streaming = False
    if status is not None:
        note_session(world, world.threads.setdefault((message.channel, message.thread_ts or message.ts), {}), status)
    world.activity.touch()
    emit_message(world, world.workspace.channel(message.channel), message)
    return {"channel": message.channel, "ts": message.ts, "message": message.to_api()}


HANDLERS = {"chat.appendStream": append, "chat.startStream": start, "chat.stopStream": stop}
