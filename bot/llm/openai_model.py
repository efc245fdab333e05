"""OpenAI, Azure and all that speak like them."""

from __future__ import annotations

import asyncio
import time
from threading import BoundedSemaphore
from typing import Any, NoReturn

from bot.llm import wire
from bot.llm.breaker import Breaker
from bot.llm.config import Config
from bot.llm.loop import Loop
from skills.model import LLMUnavailable, Prompt, Reply

LARGEST = 1_000_000
"""Bytes of an answer that are taken in."""
_CONNECT = 5.0
_TRIES = 2
_PAUSE = 0.5
_LONGEST_PAUSE = 8.0


class OpenAIModel:
    """A model that drafts. Safe between threads; must not be asked on an event loop's own thread."""

    def __init__(self, config: Config, breaker: Breaker | None = None) -> None:
        self._config = config
        self._breaker = breaker or Breaker()
        self._free = BoundedSemaphore(config.at_once)
        self._loop = Loop()

    def draft(self, prompt: Prompt, seconds: float) -> Reply:
        """An answer within so many seconds of wall time. Raises LLMUnavailable."""
        begun = time.monotonic()
        if self._breaker.is_open:
            raise LLMUnavailable("the model has failed several times; it is left alone for a minute")
        if not self._free.acquire(timeout=seconds / 2):
            raise LLMUnavailable("too many drafts are being written at once")
        try:
            reply = self._loop.run(self._within(prompt, seconds - (time.monotonic() - begun)))
        except LLMUnavailable:
            self._breaker.failed()
            raise
        finally:
            self._free.release()
        self._breaker.succeeded()
        return reply

    def close(self) -> None:
        self._loop.close()

    async def _within(self, prompt: Prompt, seconds: float) -> Reply:
        begun = time.monotonic()
        try:
            async with asyncio.timeout(seconds):
                answer = await self._answer(prompt, begun + seconds)
        except TimeoutError:
            raise LLMUnavailable("the model took too long") from None
        counted = wire.usage(answer, self._config, time.monotonic() - begun)
        try:
            text = wire.responses_text(answer) if self._config.uses_responses else wire.chat_text(answer)
        except LLMUnavailable as wrong:
            raise LLMUnavailable(wrong.reason, counted) from None
        if len(text) > LARGEST:
            raise LLMUnavailable("its answer was far too long", counted)
        return Reply(text=text, usage=counted)

    async def _answer(self, prompt: Prompt, until: float) -> Any:
        """One retry layer: a second try after what may pass, if there is time for its pause."""
        import openai

        from bot.llm.capped import TooLargeError, capped_client

        async with capped_client(LARGEST, _CONNECT) as http, self._client(openai, http) as client:
            for attempt in range(1, _TRIES + 1):
                try:
                    return await self._ask(client, prompt)
                except TooLargeError:
                    raise LLMUnavailable("its answer was far too long") from None
                except openai.APIStatusError as wrong:
                    if attempt == _TRIES or not _may_pass(wrong.status_code):
                        _say(wrong.status_code, self._config.model)
                    pause = _asked_pause(wrong)
                except openai.APIConnectionError as wrong:
                    if isinstance(wrong.__cause__, TooLargeError):
                        raise LLMUnavailable("its answer was far too long") from None
                    if attempt == _TRIES:
                        raise LLMUnavailable("the model cannot be reached") from None
                    pause = _PAUSE
                except (openai.OpenAIError, ValueError, TypeError, AttributeError, KeyError, OSError):
                    raise LLMUnavailable("it sent something else than an answer") from None
                if time.monotonic() + pause >= until:
                    raise LLMUnavailable("the model is busy")
                await asyncio.sleep(pause)
        raise AssertionError("the last try returns or raises")

    def _client(self, openai: Any, http: Any) -> Any:
        """Made anew for each draft: it costs little beside one, and nothing of a dead connection is met again."""
        config = self._config
        usual = {"api_key": config.api_key, "http_client": http, "max_retries": 0}
        if config.azure_version is not None:
            return openai.AsyncAzureOpenAI(azure_endpoint=config.base_url, api_version=config.azure_version, **usual)
        return openai.AsyncOpenAI(base_url=config.base_url, **usual)

    async def _ask(self, client: Any, prompt: Prompt) -> Any:
        if self._config.uses_responses:
            answer = await client.responses.create(**wire.responses_request(self._config, prompt))
        else:
            answer = await client.chat.completions.create(**wire.chat_request(self._config, prompt))
        return answer


def _may_pass(status: int) -> bool:
    return status in (408, 409, 429) or status >= 500


def _asked_pause(wrong: Any) -> float:
    """What the server asks for, within reason."""
    try:
        return min(max(float(wrong.response.headers.get("retry-after", _PAUSE)), 0.0), _LONGEST_PAUSE)
    except ValueError:
        return _PAUSE


def _say(status: int, model: str) -> NoReturn:
    if status in (401, 403):
        raise LLMUnavailable("the model's key was refused; an admin has to look at it")
    if status == 404:
        raise LLMUnavailable(f"there is no model called {model} at that address")
    if status == 429:
        raise LLMUnavailable("the model is busy")
    if status >= 500:
        raise LLMUnavailable("the model's server failed")
    raise LLMUnavailable(f"the model's server did not take the question (HTTP {status})")
