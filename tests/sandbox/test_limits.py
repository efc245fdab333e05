"""Block Kit and view limits, one broken at a time, and a cross-check with schemas this project did not write."""

import copy
import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.blocks import BLOCKS as KNOWN_BLOCKS
from bot.sandbox.elements import ELEMENTS
from bot.sandbox.limits import check_blocks, check_chunks, check_metadata, check_options, check_view, view_too_large
from tests.sandbox import samples
from tests.sandbox.samples import BLOCKS, CARD, CELL, IN_INPUT, Json, button, mrkdwn, option, plain

ORACLE = Path(__file__).parents[3] / "shared" / "oracles" / "slack"


def pointers(found: list[Any]) -> list[str]:
    return [violation.pointer for violation in found]


def test_samples_cover_every_block_and_element() -> None:
    in_actions = {e["type"] for e in samples.IN_ACTIONS} | {e["type"] for e in IN_INPUT}
    others = {"image", "workflow_button", "feedback_buttons", "icon_button"}
    assert in_actions | others == set(ELEMENTS)
    assert set(BLOCKS) | {"auth_provider"} == set(KNOWN_BLOCKS)


@pytest.mark.parametrize("kind", BLOCKS)
def test_valid_samples_pass(kind: str) -> None:
    assert check_blocks([BLOCKS[kind]]) == []


@pytest.mark.parametrize("element", IN_INPUT, ids=lambda e: str(e["type"]))
def test_valid_inputs_pass(element: Json) -> None:
    assert check_blocks([BLOCKS["input"] | {"element": element}]) == []


def section(**more: Any) -> Json:
    return {"type": "section", "text": mrkdwn(), **more}


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


BROKEN: list[tuple[str, Json, str]] = [
    ("unknown block", {"type": "banner"}, "/blocks/0/type"),
    ("no type", {"text": mrkdwn()}, "/blocks/0/type"),
    ("unknown member", section(colour="red"), "/blocks/0/colour"),
    ("empty section", {"type": "section"}, "/blocks/0"),
    ("null member", section(accessory=None), "/blocks/0/accessory"),
    ("section text 3,001", section(text=mrkdwn("x" * 3001)), "/blocks/0/text/text"),
    ("empty text", section(text=mrkdwn("")), "/blocks/0/text/text"),
    ("11 fields", section(fields=[plain()] * 11), "/blocks/0/fields"),
    ("field 2,001", section(fields=[plain("x" * 2001)]), "/blocks/0/fields/0/text"),
    ("block_id 256", section(block_id="x" * 256), "/blocks/0/block_id"),
    ("header 151", {"type": "header", "text": plain("x" * 151)}, "/blocks/0/text/text"),
    ("mrkdwn header", {"type": "header", "text": mrkdwn()}, "/blocks/0/text/type"),
    ("11 in context", {"type": "context", "elements": [plain()] * 11}, "/blocks/0/elements"),
    ("26 actions", actions(*(button(str(n)) for n in range(26))), "/blocks/0/elements"),
    ("no actions", actions(), "/blocks/0/elements"),
    ("twice the same action", actions(button("a"), button("a")), "/blocks/0/elements/1/action_id"),
    ("button text 76", actions(button() | {"text": plain("x" * 76)}), "/blocks/0/elements/0/text/text"),
    ("button value 2,001", actions(button() | {"value": "x" * 2001}), "/blocks/0/elements/0/value"),
    ("button url 3,001", actions(button() | {"url": "x" * 3001}), "/blocks/0/elements/0/url"),
    ("button style", actions(button() | {"style": "loud"}), "/blocks/0/elements/0/style"),
    ("input in actions", actions(IN_INPUT[0]), "/blocks/0/elements/0/type"),
    ("button in input", BLOCKS["input"] | {"element": button()}, "/blocks/0/element/type"),
    ("label 2,001", BLOCKS["input"] | {"label": plain("x" * 2001)}, "/blocks/0/label/text"),
    (
        "overflow 6",
        actions({"type": "overflow", "options": [option(str(n)) for n in range(6)]}),
        "/blocks/0/elements/0/options",
    ),
    (
        "checkboxes 11",
        actions({"type": "checkboxes", "options": [option(str(n)) for n in range(11)]}),
        "/blocks/0/elements/0/options",
    ),
    (
        "option text 76",
        actions({"type": "static_select", "options": [option("x" * 76)]}),
        "/blocks/0/elements/0/options/0/text/text",
    ),
    ("no options", actions({"type": "static_select"}), "/blocks/0/elements/0"),
    (
        "foreign initial option",
        actions({"type": "static_select", "options": [option()], "initial_option": option("two")}),
        "/blocks/0/elements/0/initial_option",
    ),
    (
        "confirm title 101",
        actions(button() | {"confirm": samples.CONFIRM | {"title": plain("x" * 101)}}),
        "/blocks/0/elements/0/confirm/title/text",
    ),
    ("bad date", actions({"type": "datepicker", "initial_date": "2026-13-01"}), "/blocks/0/elements/0/initial_date"),
    ("image without source", {"type": "image", "alt_text": "x"}, "/blocks/0"),
    ("markdown 12,001", {"type": "markdown", "text": "x" * 12_001}, "/blocks/0/text"),
    ("101 rows", {"type": "table", "rows": [[CELL]] * 101}, "/blocks/0/rows"),
    ("21 cells", {"type": "table", "rows": [[CELL] * 21]}, "/blocks/0/rows/0"),
    ("uneven data table", BLOCKS["data_table"] | {"rows": [[CELL], [CELL, CELL]]}, "/blocks/0/rows/1"),
    ("rich header", BLOCKS["data_table"] | {"rows": [[samples.RICH], [CELL]]}, "/blocks/0/rows/0/0/type"),
    ("caption missing", {"type": "data_table", "rows": [[CELL], [CELL]]}, "/blocks/0"),
    ("chart title 51", BLOCKS["data_visualization"] | {"title": "x" * 51}, "/blocks/0/title"),
    (
        "missing category",
        BLOCKS["data_visualization"] | {"chart": samples.CHART | {"axis_config": {"categories": ["Q1", "Q2"]}}},
        "/blocks/0/chart/series/0/data",
    ),
    ("card body 201", CARD | {"body": mrkdwn("x" * 201)}, "/blocks/0/body/text"),
    ("11 cards", {"type": "carousel", "elements": [CARD] * 11}, "/blocks/0/elements"),
    ("11 children", BLOCKS["container"] | {"child_blocks": [{"type": "divider"}] * 11}, "/blocks/0/child_blocks"),
    ("card in container", BLOCKS["container"] | {"child_blocks": [CARD]}, "/blocks/0/child_blocks/0/type"),
    ("divided collapsible", BLOCKS["container"] | {"has_header_divider": True}, "/blocks/0/has_header_divider"),
    ("alert level", BLOCKS["alert"] | {"level": "panic"}, "/blocks/0/level"),
]


@pytest.mark.parametrize(("block", "pointer"), [(b, p) for _, b, p in BROKEN], ids=[name for name, _, _ in BROKEN])
def test_one_fault_is_pointed_at(block: Json, pointer: str) -> None:
    assert pointers(check_blocks([block])) == [pointer]


def test_counts_across_blocks() -> None:
    assert pointers(check_blocks([{"type": "divider"}] * 51)) == ["/blocks"]
    assert pointers(check_blocks([section(block_id="a"), section(block_id="a")])) == ["/blocks/1/block_id"]
    assert pointers(check_blocks([{"type": "markdown", "text": "x" * 7000}] * 2)) == ["/blocks/1/text"]
    assert pointers(check_blocks([BLOCKS["table"], BLOCKS["table"]])) == ["/blocks/1"]
    assert pointers(check_blocks([BLOCKS["data_visualization"]] * 3)) == ["/blocks/2"]
    wide = {
        "type": "table",
        "rows": [[{"type": "raw_text", "text": "x" * 5001}, CELL], [{"type": "raw_text", "text": "x" * 5001}, CELL]],
    }
    assert pointers(check_blocks([wide])) == ["/blocks/0/rows"]
    focus = BLOCKS["input"] | {"element": {"type": "email_text_input", "focus_on_load": True}}
    assert pointers(check_blocks([focus, focus])) == ["/blocks/1/element/focus_on_load"]
    assert pointers(check_blocks("nonsense")) == ["/blocks"]


def modal(**more: Any) -> Json:
    return {"type": "modal", "title": plain(), "submit": plain(), "blocks": [BLOCKS["input"]], **more}


@pytest.mark.parametrize(
    ("view", "pointer"),
    [
        (modal(title=plain("x" * 25)), "/view/title/text"),
        (modal(blocks=[]), "/view/blocks"),
        (modal(blocks=[{"type": "divider"}] * 101), "/view/blocks"),
        (modal(private_metadata="x" * 3001), "/view/private_metadata"),
        (modal(callback_id="x" * 256), "/view/callback_id"),
        (modal(colour="red"), "/view/colour"),
        ({"type": "modal", "title": plain(), "blocks": [BLOCKS["input"]]}, "/view/submit"),
        ({"type": "home", "blocks": [BLOCKS["header"]], "title": plain()}, "/view/title"),
        ({"type": "workflow_step", "blocks": []}, "/view/type"),
        ([], "/view"),
    ],
)
def test_views(view: object, pointer: str) -> None:
    assert pointers(check_view(view)) == [pointer]


def test_views_that_pass() -> None:
    assert check_view(modal()) == []
    assert check_view({"type": "home", "blocks": [{"type": "divider"}] * 100}) == []
    assert view_too_large(modal(blocks=[section(text=mrkdwn("x" * 3000))] * 90))
    assert not view_too_large(modal())


def test_options_chunks_and_metadata() -> None:
    assert check_options({"options": []}) == []
    assert pointers(check_options({"options": [option()] * 101})) == ["/options"]
    assert pointers(check_options({})) == [""]
    assert (
        check_chunks(
            [
                {"type": "markdown_text", "text": "x"},
                {"type": "task_update", "id": "1", "title": "t", "status": "pending"},
            ]
        )
        == []
    )
    assert pointers(check_chunks([{"type": "plan_update", "title": "x" * 257}])) == ["/chunks/0/title"]
    assert check_metadata({"event_type": "x", "event_payload": {"a": 1, "b": {"c": "d"}}}) == []
    assert pointers(check_metadata({"event_type": "x", "event_payload": {"b": {"c": {"d": 1}}}})) == [
        "/metadata/event_payload/b/c"
    ]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(JSON)
def test_any_json_is_judged_without_a_crash(value: object) -> None:
    for check in (check_blocks, check_view, check_options, check_chunks, check_metadata):
        assert isinstance(check(value), list)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else []
    return [path, *(p for key, item in inner for p in places(item, (*path, key)))]


@given(st.sampled_from(sorted(BLOCKS)), st.data())
def test_a_damaged_block_is_judged_without_a_crash(kind: str, data: st.DataObject) -> None:
    """Replace any one part of a valid block by anything; what is wrong is reported inside that block."""
    block = copy.deepcopy(BLOCKS[kind])
    path = data.draw(st.sampled_from([p for p in places(block) if p]))
    target: Any = block
    for key in path[:-1]:
        target = target[key]
    target[path[-1]] = data.draw(JSON)
    assert all(pointer.startswith("/blocks/0") for pointer in pointers(check_blocks([block])))


@given(st.integers(2990, 3010))
def test_the_limit_is_exactly_where_slack_puts_it(length: int) -> None:
    assert bool(check_blocks([section(text=mrkdwn("x" * length))])) == (length > 3000)


def oracle() -> ModuleType:
    spec = importlib.util.spec_from_file_location("slack_oracle", ORACLE / "validate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


needs_oracle = pytest.mark.skipif(not ORACLE.is_dir(), reason="the Slack schemas are not beside this repository")


@needs_oracle
@pytest.mark.parametrize("kind", sorted(set(BLOCKS) - {"auth_provider"}))
def test_what_passes_here_passes_slacks_schemas(kind: str) -> None:
    there = oracle()
    blocks = [BLOCKS[kind]]
    assert [*there.block_shapes(blocks), *there.block_limits(blocks)] == []


SCHEMA_KNOWS_NO_LENGTHS = (
    "unknown block",
    "unknown member",
    "no type",
    "mrkdwn header",
    "input in actions",
    "button in input",
    "button style",
)


@needs_oracle
@pytest.mark.parametrize("name", SCHEMA_KNOWS_NO_LENGTHS)
def test_wrong_shapes_fail_there_too(name: str) -> None:
    block = next(block for known, block, _ in BROKEN if known == name)
    assert [*oracle().block_shapes([block])]


@needs_oracle
def test_views_pass_slacks_schema() -> None:
    there = oracle()
    assert [*there.errors(there.schema("view"), modal())] == []
