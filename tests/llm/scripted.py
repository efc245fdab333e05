"""A model that always says the same, without a wire."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from skills.model import LLMUnavailable, Prompt, Reply, Usage

Json = dict[str, Any]


def pick(query: str, *slots: tuple[str, str, str | None]) -> Json:
    return {"query": query, "slots": [{"slot": one, "words": words, "value": value} for one, words, value in slots]}


@dataclass
class Scripted:
    """A model that always says the same."""

    says: Json | str | None
    asked: list[Prompt] = field(default_factory=list)

    def draft(self, prompt: Prompt, seconds: float) -> Reply:  # noqa: ARG002 - the model's protocol
        self.asked.append(prompt)
        if self.says is None:
            raise LLMUnavailable("the model is busy")
        text = self.says if isinstance(self.says, str) else json.dumps(self.says)
        return Reply(text=text, usage=Usage(model="puppet"))
