"""Pictures of figures over time: what they show is told in words, and reads on light and on dark."""

from __future__ import annotations

import struct
import subprocess
import sys
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.charts import theme
from bot.charts.picture import ALT_MAX, Picture
from bot.charts.trend import Line, Shape, Trend, trend, words

MONTHS = ("Jan", "Feb", "Mar", "Apr")


def nrr(*values: str | None, shape: Shape = "line", unit: str = "%") -> Trend:
    numbers = tuple(None if one is None else Decimal(one) for one in values)
    return Trend("NRR", "all accounts", unit, MONTHS[: len(numbers)], (Line("EUR", numbers),), shape)


def size(picture: Picture) -> tuple[int, int]:
    assert picture.png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", picture.png[16:24])
    return width, height


def test_the_words_say_first_last_lowest_highest_and_gaps() -> None:
    assert words(nrr("98.25", None, "95", "104.1")) == (
        "Line chart: NRR, all accounts, Jan to Apr. From 98.3 % to 104.1 %, lowest 95.0 % in Mar, highest 104.1 % in "
        "Apr; no value for 1 of 4."
    )
    assert words(nrr("1", None)).endswith("1.0 % in Jan, no other value.")
    assert words(nrr(None)) == "Line chart: NRR, all accounts, Jan. No value in any of these spans."
    assert words(nrr("5", "5", unit="EUR", shape="bars")).endswith("Jan to Feb. From 5.00 EUR to 5.00 EUR.")


def test_several_lines_are_named() -> None:
    both = Trend("ARR", "mine", "EUR", ("Jan",), (Line("EUR", (Decimal(1),)), Line("USD", (Decimal(2),))))
    assert words(both).endswith("EUR: 1.00 EUR in Jan, no other value. USD: 2.00 EUR in Jan, no other value.")


@pytest.mark.parametrize("shape", ["line", "bars"])
def test_a_picture_has_twice_the_pixels_and_the_same_bytes_each_time(shape: Shape) -> None:
    found = nrr("98", "-3", None, "104", shape=shape)
    first, again = trend(found), trend(found)
    assert size(first) == (first.width, first.height) == (2 * theme.WIDTH, 2 * theme.HEIGHT)
    assert first.png == again.png
    assert first.png != trend(nrr("98", "-3", None, "105", shape=shape)).png
    assert b"matplotlib" not in first.png


@settings(max_examples=12, deadline=None)
@given(
    st.text(max_size=80), st.text(max_size=30), st.sampled_from(["%", "points", "h", "EUR", "?"]),
    st.lists(st.none() | st.decimals(-10**12, 10**12, allow_nan=False, places=2), min_size=1, max_size=40),
    st.sampled_from(["line", "bars"]),
)  # fmt: skip
def test_anything_can_be_drawn(title: str, name: str, unit: str, values: list[Decimal | None], shape: Shape) -> None:
    labels = tuple(f"{title[:3]}{at}" for at in range(len(values)))
    lines = (Line(name, tuple(values)), Line(f"$^_{name}", tuple(reversed(values))))
    picture = trend(Trend(f"{title} $x^2$ 日本", title, unit, labels, lines, shape))
    assert size(picture) == (picture.width, picture.height)
    assert 0 < len(picture.alt) <= ALT_MAX


def test_no_line_without_a_value_for_each_label() -> None:
    with pytest.raises(ValueError, match="one value for each label"):
        Trend("NRR", "", "%", MONTHS, (Line("EUR", (Decimal(1),)),))
    with pytest.raises(ValueError, match="must be a label"):
        Trend("NRR", "", "%", (), ())


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def test_everything_stands_out_from_its_card() -> None:
    """The lines' colours are those of the words at their ends as well."""
    for colour in (theme.INK, theme.MUTED, *theme.SERIES, theme.GAIN, theme.LOSS):
        assert contrast(colour, theme.SURFACE) >= 4.5, colour


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        ("98", "%", "98 %"), ("98.25", "%", "98.2 %"), ("-0.01", "%", "0 %"), ("40", "points", "+40"),
        ("0", "points", "0"), ("1234567", "EUR", "1.2M"), ("340000", "EUR", "340k"), ("-1500", "EUR", "-1.5k"),
        ("999", "EUR", "999"), ("2.5", "hours", "2.5 h"), ("4.5", "score", "4.5"), ("0", "EUR", "0"),
        ("2500000000", "EUR", "2.5B"), ("-20", "EUR", "-20"),
    ],
)  # fmt: skip
def test_brief_values(value: str, unit: str, text: str) -> None:
    assert theme.brief(Decimal(value), unit) == text


def test_matplotlib_is_loaded_by_the_first_drawing_and_pyplot_never() -> None:
    script = (
        "import sys; from bot.charts import trend, theme; assert 'matplotlib' not in sys.modules\n"
        "from decimal import Decimal\n"
        "trend.trend(trend.Trend('a', 'b', '%', ('c',), (trend.Line('d', (Decimal(1),)),)))\n"
        "assert 'matplotlib' in sys.modules and 'matplotlib.pyplot' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", script], check=True)  # noqa: S603 - our own words
