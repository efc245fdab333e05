"""Agent sessions and assistant threads: status, title and suggested prompts of a conversation with the app."""

from bot.sandbox.api.chat import writable
from bot.sandbox.errors import Json, SlackError, invalid_arguments
from bot.sandbox.messages import Message
from bot.sandbox.workspace import Channel
from bot.sandbox.world import World

MAX_PROMPTS = 4
TITLE_MAX = 200
STATUSES = ("active", "processing", "suspended", "closed")
PROCESSING_SECONDS = 3600.0


def _thread(world: World, args: Json) -> tuple[Channel, Message | None]:
    channel = writable(world, args["channel_id"], posting=False)
    if args.get("thread_ts") is None:
        return channel, None
    parent = world.messages.find(channel.id, args["thread_ts"])
    if parent is None:
        raise SlackError("invalid_thread_ts")
    return channel, parent


def _facts(world: World, args: Json) -> Json:
    """What is known of the thread an argument list names."""
    channel, parent = _thread(world, args)
    return world.threads.setdefault((channel.id, parent.ts if parent else ""), {})


def _note(world: World, args: Json, **facts: object) -> Json:
    _facts(world, args).update(facts)
    world.activity.touch()
    return {}


def set_status(world: World, args: Json) -> Json:
    messages = args.get("loading_messages")
    if messages is not None and (not isinstance(messages, list) or len(messages) > 10):
        raise invalid_arguments("no more than 10 items allowed [json-pointer:/loading_messages]")
    return _note(world, args, status=args["status"], loading_messages=messages or [])


def set_title(world: World, args: Json) -> Json:
    return _note(world, args, title=args["title"])


def set_suggested_prompts(world: World, args: Json) -> Json:
    prompts = args["prompts"]
    if not isinstance(prompts, list) or not 1 <= len(prompts) <= MAX_PROMPTS:
        raise invalid_arguments(f"no more than {MAX_PROMPTS} items allowed [json-pointer:/prompts]")
    for index, prompt in enumerate(prompts):
        if not isinstance(prompt, dict) or set(prompt) != {"title", "message"}:
            raise invalid_arguments(f"must provide title and message [json-pointer:/prompts/{index}]")
    return _note(world, args, prompts=prompts, prompts_title=args.get("title") or "")


def _title(args: Json) -> str | None:
    title = args.get("title")
    if title is not None and not 1 <= len(title) <= TITLE_MAX:
        raise invalid_arguments(f"must be 1 to {TITLE_MAX} characters [json-pointer:/title]")
    return None if title is None else str(title)


def _session(world: World, args: Json) -> Json:
    """Sessions belong to agents, and to a thread."""
    world.require_scope("assistant:write")
    if args.get("thread_ts") is None:
        raise SlackError("invalid_thread_ts")
    return _facts(world, args)


def note_session(world: World, facts: Json, status: str) -> None:
    """A session's state from now on; processing ends by itself after an hour."""
    facts["session_status"] = status
    turn = facts["session_turn"] = next(world.ids)

    def expire() -> None:
        if facts["session_turn"] == turn:
            note_session(world, facts, "active")

    if status == "processing":
        world.clock.call_later(PROCESSING_SECONDS, expire)
    world.activity.touch()


def set_session_status(world: World, args: Json) -> Json:
    """Creates the session on first use; title and initiator count only then."""
    status, title = args["status"], _title(args)
    if status not in STATUSES:
        raise invalid_arguments(f"must be one of {', '.join(STATUSES)} [json-pointer:/status]")
    facts = _session(world, args)
    initiator = args.get("initiator_user_id")
    if initiator and initiator not in world.bot_channel(args["channel_id"]).members:
        raise SlackError("user_not_in_channel")
    if "session_status" not in facts:
        facts |= {"title": title or facts.get("title", ""), "initiator": initiator}
    note_session(world, facts, status)
    return {"status": status, "agent_status": status, "title": facts["title"]}


def rename_session(world: World, args: Json) -> Json:
    title, facts = _title(args), _session(world, args)
    if "session_status" not in facts:
        raise SlackError("session_not_found")
    facts["title"] = title
    world.activity.touch()
    return {"title": title}


HANDLERS = {
    "agents.sessions.rename": rename_session,
    "agents.sessions.setStatus": set_session_status,
    "assistant.threads.setStatus": set_status,
    "assistant.threads.setSuggestedPrompts": set_suggested_prompts,
    "assistant.threads.setTitle": set_title,
}
