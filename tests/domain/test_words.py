"""What can be seen of a text."""

from __future__ import annotations

import pytest

from bot.domain.words import shows


@pytest.mark.parametrize("text", ["a", "  ü ", "🎉", "שלום", "\u200bx", "❤\ufe0f", "."])
def test_seen(text: str) -> None:
    assert shows(text)


@pytest.mark.parametrize("text", ["", " \n\t", "\u200b\u2060", "\x00\x07", "\u3164", "\u2800\u2800", "\u202e\u200f"])
def test_unseen(text: str) -> None:
    assert not shows(text)
