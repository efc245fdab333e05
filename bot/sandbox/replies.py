"""What an app says back outside the Web API: response URLs and the body of a command's ack."""

from bot.sandbox.api import chat
from bot.sandbox.api.content import Content, read_content
from bot.sandbox.errors import Json, SlackError, invalid_arguments
from bot.sandbox.grants import ResponseUrl
from bot.sandbox.messages import Message
from bot.sandbox.world import World

FIELDS = {
    "attachments",
    "blocks",
    "delete_original",
    "metadata",
    "mrkdwn",
    "replace_original",
    "response_type",
    "text",
    "thread_ts",
    "unfurl_links",
    "unfurl_media",
}


def _check(body: Json) -> None:
    unknown = sorted(set(body) - FIELDS)
    if unknown:
        raise invalid_arguments(*(f"unknown argument: {key} [json-pointer:/{key}]" for key in unknown))
    if body.get("response_type") not in (None, "ephemeral", "in_channel"):
        raise invalid_arguments("must be ephemeral or in_channel [json-pointer:/response_type]")


def respond(world: World, key: str, body: Json) -> None:
    """One use of a response URL; SlackError when it is spent or the body is wrong."""
    grant = world.response_urls.use(key)
    _check(body)
    _carry_out(world, grant, body)
    world.journal.responses.append(body)


def _carry_out(world: World, grant: ResponseUrl, body: Json) -> None:
    original = world.messages.find(grant.channel, grant.message_ts) if grant.message_ts else None
    channel = world.workspace.channel(grant.channel)
    if body.get("delete_original"):
        if original is None:
            raise SlackError("message_not_found", status=404)
        chat.remove(world, channel, original)
        if not (body.get("text") or body.get("blocks")):
            return
    elif body.get("replace_original") and original is not None:
        # an ephemeral message stays ephemeral and a channel message public, whatever response_type says
        chat.revise(world, channel, original, read_content(body))
        return
    say(world, grant, body)


def say(world: World, grant: ResponseUrl, body: Json) -> Message:
    """A new message for the person behind the grant, ephemeral unless the app asked for in_channel."""
    channel = world.workspace.channel(grant.channel)
    content: Content = read_content(body)
    everyone = body.get("response_type") == "in_channel"
    thread = body.get("thread_ts") or grant.thread_ts
    return chat.bot_message(world, channel, content, audience=None if everyone else grant.user, thread_ts=thread)


def ack_reply(world: World, grant: ResponseUrl, command: str, body: Json) -> None:
    """Show a command's ack body; a wrong one is a failure and an error note, like Slack's."""
    if not body:
        return
    try:
        _check(body)
        say(world, grant, body)
    except SlackError as problem:
        world.fail("bad_ack", command, f"{problem.code}: {problem.detail}")
        world.slackbot_says(grant.channel, grant.user, f"{command} failed with the error “{problem.code}”")
