"""Blocks to HTML: every block and element, and text that wants to be more than text."""

import copy
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.blocks import BLOCKS as KNOWN_BLOCKS
from bot.sandbox.choices import Choice
from bot.sandbox.elements import ELEMENTS as KNOWN_ELEMENTS
from bot.sandbox.web.blocks import render_blocks
from bot.sandbox.web.elements import element
from bot.sandbox.web.html import Html, el, join, link, safe_url
from bot.sandbox.web.markdown import markdown
from bot.sandbox.web.mrkdwn import mrkdwn, plain
from bot.sandbox.web.scene import Scene
from tests.sandbox.samples import BLOCKS, CONFIRM, IN_ACTIONS, IN_INPUT, button, option
from tests.sandbox.web.page_parser import parse

Json = dict[str, Any]
NAMES = {"U0MAYA": "Maya Lindqvist", "C0GENERAL": "general", "S0TEAM": "account-managers"}
SCENE = Scene(
    names=NAMES,
    viewer="U0MAYA",
    now=datetime(2026, 3, 4, 10, 0, tzinfo=UTC),
    people=[Choice("U0MAYA", "Maya Lindqvist"), Choice("U0JONAS", "Jonas Berg")],
    conversations=[Choice("C0GENERAL", "#general", "public")],
    files={"F1": "/page/file/F1/t"},
)
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</textarea></select></template></title><svg onload=alert(1)>",
    "<!--", "]]>", "&lt;script&gt;", "&#60;b&#62;", "javascript:alert(1)", "data:text/html,<script>alert(1)</script>",
    "\u202e\u2066gpj.exe\u2069", "\ue0000\ue001", "\x00\x1b[2J\x07", "*_~`<https://x.y|*a*>`~_*", "```\n<b>",
    "|a|\n|-|\n|<i>|",
    ":wave: 👩‍👩‍👧 مرحبا שלום", "<@U0MAYA|<b>> <#C9|x> <!date^9e99^{date}|f>",
    "<!date^99999999999999999999^{x}|f>", "[x](javascript:a) ![i](x)",
)  # fmt: skip


def render(*blocks: Json, scene: Scene = SCENE) -> str:
    return render_blocks([{"block_id": f"b{n}", **block} for n, block in enumerate(blocks)], scene)


@pytest.mark.parametrize("kind", sorted(KNOWN_BLOCKS))
def test_every_known_block_is_drawn(kind: str) -> None:
    sample = BLOCKS.get(
        kind, {"type": kind, "name": {"type": "plain_text", "text": "CRM"}, "value": "v", "is_connected": False}
    )
    found = parse(render(sample))
    assert found.with_class(f"b-{kind}"), "drawn as itself, not as an unknown block"
    assert not found.with_class("unknown")
    assert found.dangers() == []


@pytest.mark.parametrize("part", [*IN_ACTIONS, *IN_INPUT], ids=lambda part: str(part["type"]))
def test_every_known_element_is_drawn(part: Json) -> None:
    found = parse(element(part, "b", SCENE, "Label"))
    assert not found.with_class("unknown")
    assert found.dangers() == []
    acting = [e for e in found.elements if e.attributes.get("data-action") == part["action_id"]]
    assert acting or part["type"] == "file_input"


def test_samples_cover_every_element() -> None:
    drawn = {part["type"] for part in [*IN_ACTIONS, *IN_INPUT]} | {
        "feedback_buttons",
        "icon_button",
        "workflow_button",
        "image",
    }
    assert set(KNOWN_ELEMENTS) <= drawn


def test_unknown_blocks_and_elements_say_so() -> None:
    found = parse(render({"type": "<b>new"}) + element({"type": "<i>new", "action_id": "a"}, "b", SCENE))
    assert [e.text for e in found.with_class("unknown")] == ["[<b>new]", "[<i>new]"]
    assert found.dangers() == []


def _poisoned(value: Any, poison: str) -> Any:
    """Every text of a sample replaced, what the program reads (types, ids, dates, numbers) left."""
    kept = (
        "type",
        "style",
        "block_id",
        "initial_date",
        "initial_time",
        "level",
        "status",
        "format",
        "range",
        "align",
        "icon",
    )
    if isinstance(value, dict):
        return {k: v if k in kept and k != "text" else _poisoned(v, poison) for k, v in value.items()}
    if isinstance(value, list):
        return [_poisoned(one, poison) for one in value]
    return poison if isinstance(value, str) else value


@pytest.mark.parametrize("poison", HOSTILE)
def test_hostile_text_anywhere_stays_text(poison: str) -> None:
    scene = Scene(
        names=dict.fromkeys(NAMES, poison), viewer=poison, people=[Choice(poison, poison)], errors={"b0": poison}
    )
    for block in BLOCKS.values():
        assert parse(render(_poisoned(copy.deepcopy(block), poison), scene=scene)).dangers() == []
    for part in [*IN_ACTIONS, *IN_INPUT]:
        inner = {"type": "input", "label": {"type": "plain_text", "text": poison}, "element": _poisoned(part, poison)}
        assert parse(render(inner, scene=scene)).dangers() == []


@given(st.text(alphabet=st.sampled_from("*_~`<>|&;:@#!/[]()\"'\n\\-= ahtps\u202e\ue000\ue0010"), max_size=60))
def test_marks_in_any_order_make_whole_html(words: str) -> None:
    for found in (mrkdwn(words, SCENE), markdown(words), plain(words)):
        parsed = parse(found)
        assert parsed.dangers() == []
        assert "\u202e" not in found


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("*b* _i_ ~s~ `c<d`", "<strong>b</strong> <em>i</em> <s>s</s> <code>c&lt;d</code>"),
        ("*a _b_ c*", "<strong>a <em>b</em> c</strong>"),
        ("*a _b* c_", "<strong>a _b</strong> c_"),
        ("2 * 3 * 4, snake_case_name", "2 * 3 * 4, snake_case_name"),
        ("```\nx = <y>\n```", "<pre><code>x = &lt;y&gt;</code></pre>"),
        ("&gt; quoted\nnot", "<blockquote>quoted</blockquote>not"),
        ("AT&amp;T &lt;b&gt;", "AT&amp;T &lt;b&gt;"),
        ("<@U0MAYA>", '<span class="mention mention-me">@<bdi>Maya Lindqvist</bdi></span>'),
        ("<@U9|gone>", '<span class="mention">@<bdi>gone</bdi></span>'),
        ("<#C0GENERAL|x>", '<span class="mention">#<bdi>general</bdi></span>'),
        ("<#C0SECRET|board>", '<span class="mention">🔒 private channel</span>'),
        (
            "<!here> <!subteam^S0TEAM>",
            '<span class="mention">@here</span> <span class="mention">@account-managers</span>',
        ),
        ("<javascript:alert(1)|click>", "click"),
        ("<script>", "&lt;script&gt;"),
        ("<!date^x^{date}|later>", "later"),
        (":nonsense:", ":nonsense:"),
    ],
)
def test_mrkdwn(written: str, shown: str) -> None:
    assert mrkdwn(written, SCENE) == shown


def test_dates_are_told_in_the_viewers_zone() -> None:
    found = mrkdwn(
        "<!date^1772618400^{date_short_pretty} at {time}|f> <!date^1772704800^{date_num}^https://x.y|f>", SCENE
    )
    assert parse(found).text == "today at 10:00 2026-03-05"
    assert parse(found).all("a")[0].attributes["href"] == "https://x.y"


@pytest.mark.parametrize(
    ("url", "good"),
    [
        ("https://example.com/a?b=1&c", True), ("http://x", True), ("mailto:a@b.example", True), ("HTTPS://X", True),
        ("javascript:alert(1)", False), ("JaVaScRiPt:alert(1)", False), (" javascript:alert(1)", False),
        ("java\nscript:alert(1)", False), ("\x01https://x", False), ("data:text/html,x", False),
        ("//evil.example", False),        ("https://", False), ("https://a\u202eb", False),
        ("http://[", False), ("vbscript:x", False), ("", False),
    ],
)  # fmt: skip
def test_only_safe_addresses_can_be_followed(url: str, good: bool) -> None:
    assert (safe_url(url) is not None) is good
    assert bool(parse(link(url, "label")).all("a")) is good


def test_links_tell_nobody() -> None:
    found = parse(link("https://x.example", "x")).all("a")[0].attributes
    assert (found["rel"], found["target"]) == ("noopener noreferrer", "_blank")


def test_html_escapes_what_is_not_html() -> None:
    assert el("p", "<b>", Html("<i></i>"), None, title='"<') == '<p title="&quot;&lt;">&lt;b&gt;<i></i></p>'
    assert join(["a", "<"], ", ") == "a, &lt;"
    assert el("input", disabled=True, value=None, checked=False) == "<input disabled>"
    for name in ("onclick", "style"):
        with pytest.raises(ValueError, match="policy"):
            el("p", **{name: "x"})


def test_markdown() -> None:
    found = parse(
        markdown(
            "# A\n\n**b** *i* ~~s~~ `c` [l](https://x.y)\n\n"
            "- one\n  - two\n1. three\n- [x] done\n\n> q\n\n|h|\n|-|\n|v|\n\n```py\n<b>\n```\n---\n"
        )
    )
    assert {e.tag for e in found.elements} >= {
        "h3",
        "strong",
        "em",
        "s",
        "code",
        "a",
        "li",
        "blockquote",
        "table",
        "th",
        "td",
        "pre",
        "hr",
    }
    assert found.dangers() == []
    assert "☑ done" in found.text
    assert "<b>" in found.text
    assert "indent-1" in markdown("- a\n  - b")


def test_values_and_complaints_of_a_form() -> None:
    scene = Scene(
        picks={
            "k": {"a": {"selected_option": option("two")}},
            "t": {"x": {"value": "typed"}},
            "c": {"z": {"selected_options": [option("one")]}},
        },
        errors={"k": "Choose another"},
        place="modal",
    )
    label = {"type": "plain_text", "text": "Kind"}
    select = {"type": "static_select", "action_id": "a", "options": [option("one"), option("two")]}
    text = {"type": "plain_text_input", "action_id": "x", "multiline": True}
    boxes = {"type": "checkboxes", "action_id": "z", "options": [option("one"), option("two")]}
    parts = (("k", select), ("t", text), ("c", boxes))
    found = parse(
        render(*[{"type": "input", "block_id": b, "label": label, "element": e} for b, e in parts], scene=scene)
    )
    combo = found.with_class("combo-input")[0].attributes
    assert (combo["value"], combo["aria-invalid"], combo["role"]) == ("two", "true", "combobox")
    assert found.with_class("complaint")[0].text == "Choose another"
    assert found.all("textarea")[0].text == "typed"
    assert ["checked" in e.attributes for e in found.all("input") if e.attributes["type"] == "checkbox"] == [
        True,
        False,
    ]
    assert {e.attributes.get("for") for e in found.all("label")} >= {"k-a", "t-x"}


def test_buttons() -> None:
    found = parse(
        element(button() | {"style": "danger", "confirm": CONFIRM, "accessibility_label": "Go on"}, "b", SCENE)
    )
    made = found.all("button")[0].attributes
    assert (made["class"], made["aria-label"], made["data-act"], made["data-block"]) == (
        "btn danger",
        "Go on",
        "click",
        "b",
    )
    assert found.with_class("confirm")
    away = parse(element(button() | {"url": "https://x.y"}, "b", SCENE)).all("a")[0].attributes
    assert (away["href"], away["rel"], away["data-act"]) == ("https://x.y", "noopener noreferrer", "click")
    assert not parse(element(button() | {"url": "javascript:alert(1)"}, "b", SCENE)).all("a")


def test_a_button_for_one_person_is_nothing_to_others() -> None:
    secret = button() | {"visible_to_user_ids": ["U0JONAS"]}
    assert element(secret, "b", SCENE) == ""
    assert "Go" in element(secret, "b", Scene(viewer="U0JONAS"))


def test_images_are_shown_from_here_and_named_from_elsewhere() -> None:
    own = parse(render({"type": "image", "slack_file": {"id": "F1"}, "alt_text": 'A "chart"'}))
    assert own.all("img")[0].attributes["alt"] == 'A "chart"'
    other = parse(render({"type": "image", "image_url": "https://x.y/a.png", "alt_text": "A"}))
    assert not other.all("img")
    assert "A" in other.text


def test_a_long_table_is_folded_and_sortable() -> None:
    rows = [[{"type": "raw_text", "text": "N"}]] + [
        [{"type": "raw_number", "text": str(n), "value": n}] for n in range(9)
    ]
    found = parse(render({"type": "data_table", "caption": "C", "rows": rows, "page_size": 3}))
    assert found.with_class("folded-3")
    assert [e.attributes["data-sort"] for e in found.elements if "data-sort" in e.attributes][:2] == ["0", "1"]
    assert found.all("caption")[0].text == "C"
