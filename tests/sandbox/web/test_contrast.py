"""The page's colours against WCAG: 4.5 to 1 for text, 3 to 1 for edges and focus rings, in every theme."""

import re
from importlib import resources

import pytest

CSS = (resources.files("bot.sandbox.web") / "static" / "page.css").read_text(encoding="utf-8")
TEXT = (
    ("ink", "bg raise hover field mention mention-me line"),
    ("quiet", "bg raise hover field"),
    ("link", "bg raise hover mention"),
    ("code", "raise"),
    ("accent-ink", "accent"),
    ("danger-ink", "danger"),
    ("side-ink", "side side-hover"),
    ("side-quiet", "side"),
    ("side-here-ink", "side-here"),
    ("bad", "bg"),
    ("good", "bg"),
    ("info", "bg"),
)
THEMES = [dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", block)) for block in re.findall(r"{([^{}]*--bg:[^{}]*)}", CSS)]


def luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_there_are_three_themes_with_the_same_colours() -> None:
    light, chosen_dark, preferred_dark = THEMES
    assert chosen_dark == preferred_dark
    assert light.keys() == chosen_dark.keys()


@pytest.mark.parametrize("theme", THEMES, ids=["light", "dark", "preferred dark"])
def test_text_can_be_read(theme: dict[str, str]) -> None:
    weak = [(ink, on) for ink, grounds in TEXT for on in grounds.split() if contrast(theme[ink], theme[on]) < 4.5]
    weak += [(edge, on) for edge in ("edge", "focus") for on in ("bg", "field") if contrast(theme[edge], theme[on]) < 3]
    assert weak == []


def test_initials_can_be_read() -> None:
    assert all(contrast(colour, "#ffffff") >= 4.5 for colour in re.findall(r"\.av-\d \{ background: (#\w{6})", CSS))
