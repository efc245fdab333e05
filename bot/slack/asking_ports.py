"""The use cases of questions, as the Slack edge needs them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol, TypeAlias

from bot.domain.asking.queries import Question
from bot.domain.audience import Audience
from bot.services.asking.memory import Spot, Verdict
from bot.services.results.asking import Drawn, Replies, Reply

Progress: TypeAlias = Callable[[str], None]
"""Told of the steps of what takes a while, from whatever thread it is done in."""


class AskingCases(Protocol):
    """Tens of milliseconds and more, and what was understood is kept: run them aside."""

    def reading(self, audience: Audience, text: str, spot: Spot | None = None) -> tuple[Question, ...]:
        """What a text would be taken for; nothing is looked up. Empty when it is not understood."""

    def ask(self, audience: Audience, text: str, spot: Spot | None = None) -> Replies:
        """Raises `BadInput` for far too much text."""

    def again(
        self, audience: Audience, question: Question, chosen: Mapping[str, int], spot: Spot | None = None
    ) -> Replies:
        """The same question, with the account that was chosen for a name in it."""

    def rows(self, audience: Audience, question: Question, chosen: Mapping[str, int]) -> Reply: ...

    def condense(
        self, audience: Audience, question: Question, chosen: Mapping[str, int], progress: Progress | None = None
    ) -> Reply:
        """The same answer with its passages summed up by a model: as long as `model_seconds`. Raises `BadInput`."""

    def chart(self, audience: Audience, question: Question, chosen: Mapping[str, int]) -> Drawn:
        """The answer's series as pictures; a second and more. Raises `BadInput` where it has none."""

    def judge(self, audience: Audience, turn: str, verdict: Verdict) -> bool:
        """False when the answer is not kept any more, or was somebody else's."""

    def note(self, audience: Audience, question: Question, chosen: Mapping[str, int], spot: Spot) -> None:
        """Remember what was shown by other means than a question, so that a follow-up can follow it."""
