"""Charts as SVG: the right shapes for the numbers, and the numbers for those who cannot see shapes."""

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.sandbox.web.charts import chart, scale
from tests.sandbox.web.page_parser import parse

Json = dict[str, Any]


def lines(kind: str, **series: list[float]) -> Json:
    labels = ["Q1", "Q2", "Q3"]
    made = [
        {"name": name, "data": [{"label": label, "value": v} for label, v in zip(labels, values, strict=True)]}
        for name, values in series.items()
    ]
    axis = {"categories": labels, "x_label": "Quarter", "y_label": "EUR"}
    return {"type": "data_visualization", "title": "ARR", "chart": {"type": kind, "series": made, "axis_config": axis}}


def test_a_line_goes_through_its_points() -> None:
    found = parse(chart(lines("line", New=[0, 50, 100])))
    points = found.all("polyline")[0].attributes["points"]
    ys = [float(pair.split(",")[1]) for pair in (points or "").split()]
    assert ys[0] > ys[1] > ys[2], "SVG counts downwards"
    assert ys[0] - ys[1] == pytest.approx(ys[1] - ys[2], abs=0.05)
    assert "New, Q3: 100" in found.text
    assert [cell.text for cell in found.all("td")] == ["0", "50", "100"]


def test_bars_go_down_for_losses() -> None:
    rects = [e.attributes for e in parse(chart(lines("bar", Moved=[10, -10, 0]))).all("rect") if "y" in e.attributes]
    up, down, none = rects
    assert float(up["y"] or 0) + float(up["height"] or 0) == pytest.approx(float(down["y"] or 0))
    assert float(none["height"] or 0) == 0


def test_points_in_another_order_than_the_categories() -> None:
    block = lines("area", A=[1, 2, 3])
    block["chart"]["series"][0]["data"].reverse()
    assert [cell.text for cell in parse(chart(block)).all("td")] == ["1", "2", "3"]


@pytest.mark.parametrize(("values", "slices"), [([1, 1, 2], 3), ([5, 0], 1), ([0, 0], 0), ([7], 1)])
def test_pies(values: list[int], slices: int) -> None:
    segments = [{"label": f"S{n}", "value": value} for n, value in enumerate(values)]
    block = {"type": "data_visualization", "title": "Mix", "chart": {"type": "pie", "segments": segments}}
    found = parse(chart(block))
    assert len(found.with_class("slice")) == slices
    assert found.dangers() == []
    assert found.all("svg")[0].attributes["aria-label"] == "Mix"


NUMBERS = st.floats(-1e12, 1e12, allow_nan=False)


@given(st.lists(NUMBERS, min_size=3, max_size=3), st.sampled_from(["line", "bar", "area"]))
def test_any_numbers_are_drawn_inside_the_frame(values: list[float], kind: str) -> None:
    found = parse(chart(lines(kind, A=values)))
    assert found.dangers() == []
    ys = [float(e.attributes["cy"] or "nan") for e in found.all("circle")]
    assert all(0 <= y <= 260 for y in ys)


@given(NUMBERS, NUMBERS)
@example(0.0, 5e-324)
def test_the_scale_is_round_and_holds_everything(one: float, other: float) -> None:
    low, high, step = scale(min(one, other), max(one, other))
    assert low <= min(one, other, 0) or low == pytest.approx(min(one, other, 0))
    assert high >= max(one, other, 0) or high == pytest.approx(max(one, other, 0))
    assert step > 0
    assert (high - low) / step <= 7.5
