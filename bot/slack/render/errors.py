"""Errors as messages."""

from __future__ import annotations

from bot.slack.render.parts import Message, section
from bot.slack.render.text import clean, cut

_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def sorry(sentence: str) -> Message:
    """An error's sentence, which may quote what was typed. Backquotes stay: examples are shown as code."""
    text = cut(clean(sentence), 1500).translate(_ENTITIES)
    return Message(text, (section(text),))
