"""A language model behind one door: the only room that knows `openai`, and it loads it only when it is asked.

Whatever the other side does (hangs, drips, refuses, cuts off, sends pages of HTML or megabytes), the answer is a text
within the time that was given, or `LLMUnavailable` with a reason for a person to read. What the text says is not
trusted by anybody: `skills.gates` reads it.
"""

from __future__ import annotations

from bot.llm.config import Config, Limits
from bot.llm.metered import Ledger, Metered
from bot.llm.openai_model import OpenAIModel

__all__ = ["Config", "Ledger", "Limits", "Metered", "OpenAIModel"]
