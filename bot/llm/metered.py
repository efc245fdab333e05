"""A model with a budget: what a call may take is set aside before it, and settled after it."""

from __future__ import annotations

from typing import Protocol

from bot.llm.config import Config, Limits, estimate
from skills.model import LLMUnavailable, Model, Prompt, Reply, Usage


class Ledger(Protocol):
    """The day's budget, kept where every process sees it."""

    def set_aside(self, asker: str, tokens_in: int, tokens_out: int, limits: Limits) -> int:
        """The id of what was set aside. Raises LLMUnavailable when the day's budget does not allow it."""

    def settle(self, call: int, tokens_in: int, tokens_out: int, limits: Limits) -> None: ...


class Metered:
    """`model` within `limits`."""

    def __init__(self, model: Model, config: Config, limits: Limits, ledger: Ledger) -> None:
        self._model, self._config, self._limits, self._ledger = model, config, limits, ledger

    def draft(self, prompt: Prompt, seconds: float) -> Reply:
        guessed = estimate(prompt.system, prompt.evidence)
        call = self._ledger.set_aside(prompt.asker or "", guessed, self._config.most_out, self._limits)
        try:
            reply = self._model.draft(prompt, seconds)
        except LLMUnavailable as wrong:
            self._settle(call, wrong.usage, guessed)
            raise
        self._settle(call, reply.usage, guessed)
        return reply

    def _settle(self, call: int, usage: Usage | None, guessed: int) -> None:
        """What was counted; of what was not counted, the guess: a call that failed may have been billed."""
        tokens_in = guessed if usage is None or usage.tokens_in is None else usage.tokens_in
        tokens_out = 0 if usage is None else usage.tokens_out if usage.tokens_out is not None else self._config.most_out
        self._ledger.settle(call, tokens_in, tokens_out, self._limits)
