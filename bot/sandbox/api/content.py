"""What a message may carry: text, blocks, attachments, metadata; checked as Slack checks them."""

from dataclasses import dataclass, field

from bot.sandbox import limits
from bot.sandbox.errors import Json, SlackError
from bot.sandbox.shapes import Violation

MAX_ATTACHMENTS = 100
MARKDOWN_MAX = 12_000


@dataclass(frozen=True)
class Content:
    text: str = ""
    blocks: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    metadata: Json | None = None


def violations_error(code: str, found: list[Violation]) -> SlackError:
    messages = [violation.slack() for violation in found]
    return SlackError(code, errors=[v.message for v in found], response_metadata={"messages": messages})


def check_blocks(blocks: object) -> list[Json]:
    """The blocks of a message or [], or raise invalid_blocks_format / invalid_blocks."""
    if blocks is None:
        return []
    if not isinstance(blocks, list):
        raise SlackError("invalid_blocks_format")
    found = limits.check_blocks(blocks)
    if found:
        raise violations_error("invalid_blocks", found)
    return blocks


def check_attachments(value: object) -> list[Json]:
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        raise SlackError("invalid_attachments")
    if len(value) > MAX_ATTACHMENTS:
        raise SlackError("too_many_attachments")
    for index, one in enumerate(value):
        found = limits.check_blocks(one.get("blocks") or [], f"/attachments/{index}/blocks")
        if found:
            raise violations_error("invalid_blocks", found)
    return value


def check_metadata(value: object) -> Json | None:
    if value is None:
        return None
    if not isinstance(value, dict):
        raise SlackError("invalid_metadata_format")
    found = limits.check_metadata(value)
    if found:
        raise violations_error("invalid_metadata_format", found)
    if limits.metadata_too_large(value):
        raise SlackError("metadata_too_large")
    return value


def read_content(args: Json, *, text_max: int | None = None) -> Content:
    """The content of a chat call. Over `text_max` is msg_too_long; without one, text is cut at 40,000 as in Slack."""
    text, markdown = args.get("text") or "", args.get("markdown_text")
    if markdown is not None:
        if text or args.get("blocks"):
            raise SlackError("markdown_text_conflict")
        if len(markdown) > MARKDOWN_MAX:
            raise SlackError("msg_too_long")
        text = markdown
    if text_max is not None and len(text) > text_max:
        raise SlackError("msg_too_long")
    blocks, attachments = check_blocks(args.get("blocks")), check_attachments(args.get("attachments"))
    if not (text or blocks or attachments):
        raise SlackError("no_text")
    return Content(text[: limits.TEXT_MAX], blocks, attachments, check_metadata(args.get("metadata")))
