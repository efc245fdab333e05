"""Errors as messages."""

from __future__ import annotations

from bot.slack.render.parts import Message, section
from bot.slack.render.text import clean, cut

_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def sorry(sentence: str) -> Message:
    """An error's sentence, which may quote what was typed. Backquotes stay: examples are shown as code."""
    text = own(sentence)
    return Message(text, (section(text),))


def own(sentence: str) -> str:
    """A sentence of ours for mrkdwn: examples in backquotes stay code, whatever it quotes stays harmless."""
    return cut(clean(sentence), 1500).translate(_ENTITIES)
