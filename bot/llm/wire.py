"""The two ways to ask, and what their answers look like: written here, read here, believed nowhere.

Never `.parse`: it loses a truncated answer and raises other libraries' errors. Every attribute is looked for, because a
server that merely resembles the API leaves out what it likes.
"""

from __future__ import annotations

import hashlib
from typing import Any

from bot.llm.config import Config
from skills.model import LLMUnavailable, Prompt, Usage


def responses_request(config: Config, prompt: Prompt) -> dict[str, Any]:
    """Arguments of `client.responses.create`. Nothing is stored over there; what repeats comes first, under a key."""
    form = {"type": "json_schema", "name": prompt.schema_name, "schema": prompt.json_schema, "strict": True}
    request: dict[str, Any] = {
        "model": config.model,
        "instructions": prompt.system,
        "input": [{"role": "user", "content": prompt.evidence}],
        "text": {"format": form},
        "max_output_tokens": config.most_out,
        "store": False,
    }
    return {**request, **_known_to_openai(config, prompt)}


def chat_request(config: Config, prompt: Prompt) -> dict[str, Any]:
    """Arguments of `client.chat.completions.create`: one system message, one user message, nothing exotic."""
    form = {"name": prompt.schema_name, "schema": prompt.json_schema, "strict": True}
    own = config.is_openai or config.is_azure
    request: dict[str, Any] = {
        "model": config.model,
        "messages": [{"role": "system", "content": prompt.system}, {"role": "user", "content": prompt.evidence}],
        "response_format": {"type": "json_schema", "json_schema": form},
        "max_completion_tokens" if own else "max_tokens": config.most_out,
    }
    if config.is_openai:
        request["store"] = False
    return {**request, **_known_to_openai(config, prompt)}


def _known_to_openai(config: Config, prompt: Prompt) -> dict[str, Any]:
    """What other servers may refuse."""
    if not config.is_openai:
        return {}
    found: dict[str, Any] = {"prompt_cache_key": prompt.cache_key}
    if prompt.asker is not None:
        found["safety_identifier"] = hashlib.sha256(prompt.asker.encode()).hexdigest()
    return found


def responses_text(answer: Any) -> str:
    """The text of a Responses answer. Raises LLMUnavailable for one that was cut off, refused or is something else."""
    status = getattr(answer, "status", None)
    if status == "incomplete":
        why = getattr(getattr(answer, "incomplete_details", None), "reason", None)
        raise LLMUnavailable("its answer was cut off" if why != "content_filter" else "its answer was filtered")
    if status not in (None, "completed"):
        raise LLMUnavailable("it did not finish")
    parts = [part for item in _list(answer, "output") for part in _list(item, "content")]
    if any(getattr(part, "type", None) == "refusal" for part in parts):
        raise LLMUnavailable("it refused")
    if any(getattr(item, "type", None) in ("function_call", "tool_call") for item in _list(answer, "output")):
        raise LLMUnavailable("it asked for a tool instead of answering")
    return _joined([getattr(part, "text", None) for part in parts if getattr(part, "type", None) == "output_text"])


def chat_text(answer: Any) -> str:
    """The text of a Chat Completions answer; raises as `responses_text`."""
    choice = next(iter(_list(answer, "choices")), None)
    message = getattr(choice, "message", None)
    if message is None:
        raise LLMUnavailable("it sent something else than an answer")
    why = getattr(choice, "finish_reason", None)
    if why == "length":
        raise LLMUnavailable("its answer was cut off")
    if why == "content_filter":
        raise LLMUnavailable("its answer was filtered")
    if getattr(message, "refusal", None):
        raise LLMUnavailable("it refused")
    if getattr(message, "tool_calls", None):
        raise LLMUnavailable("it asked for a tool instead of answering")
    return _joined([getattr(message, "content", None)])


def usage(answer: Any, config: Config, seconds: float) -> Usage:
    """What a server says it counted, under either API's names."""
    counted = getattr(answer, "usage", None)
    details = getattr(counted, "input_tokens_details", None) or getattr(counted, "prompt_tokens_details", None)
    return Usage(
        model=config.model,
        tokens_in=_count(counted, "input_tokens", "prompt_tokens"),
        tokens_out=_count(counted, "output_tokens", "completion_tokens"),
        tokens_cached=_count(details, "cached_tokens"),
        seconds=seconds,
    )


def _count(counted: Any, *names: str) -> int | None:
    found = (getattr(counted, name, None) for name in names)
    return next((one for one in found if isinstance(one, int) and one >= 0), None)


def _list(thing: Any, name: str) -> list[Any]:
    found = getattr(thing, name, None)
    return found if isinstance(found, list) else []


def _joined(texts: list[Any]) -> str:
    text = "".join(one for one in texts if isinstance(one, str))
    if not text.strip():
        raise LLMUnavailable("it sent nothing")
    return text
