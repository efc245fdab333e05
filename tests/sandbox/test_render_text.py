"""Block Kit as text: readable, numbered, and deaf to hostile bytes."""

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.sandbox.render_text import ANSI, clean, mrkdwn, render
from tests.sandbox.samples import BLOCKS, IMAGE, button, plain

NAMES = {"U0MAYA": "maya", "C0GENERAL": "general"}


def test_a_card_reads_like_a_card() -> None:
    blocks: list[dict[str, Any]] = [
        {"type": "header", "text": plain("Acme")},
        {"type": "section", "text": {"type": "mrkdwn", "text": "*ARR* EUR 120,000, owner <@U0MAYA>"}},
        {"type": "section", "fields": [plain("Renewal"), plain("2026-05-01")]},
        {"type": "divider"},
        {"type": "actions", "block_id": "b", "elements": [button("share"), button("log")]},
        {"type": "context", "elements": [plain("from CRM, 2 h old"), IMAGE]},
    ]
    shown = render(blocks, NAMES)
    assert shown.text.split("\n") == [
        "Acme",
        "ARR EUR 120,000, owner @maya",
        "  Renewal",
        "  2026-05-01",
        "-" * 40,
        "[1 Go] [2 Go]",
        "from CRM, 2 h old  [a]",
    ]
    assert [(spot.block_id, spot.action_id) for spot in shown.spots] == [("b", "share"), ("b", "log")]


@pytest.mark.parametrize("kind", BLOCKS)
def test_every_block_has_a_rendering(kind: str) -> None:
    text = render([BLOCKS[kind]], NAMES).text
    assert text
    assert text != f"[{kind}]"


@pytest.mark.parametrize(
    ("element", "shown"),
    [
        ({"type": "plain_text_input"}, "____"),
        ({"type": "plain_text_input", "initial_value": "Budget\x1b talk"}, "Budget\ufffd talk"),
        ({"type": "datepicker", "initial_date": "2026-11-22"}, "2026-11-22"),
        ({"type": "datetimepicker", "initial_date_time": 1_772_000_000}, "2026-02-25 06:13 UTC"),
        ({"type": "users_select", "initial_user": "U0MAYA"}, "maya"),
        ({"type": "multi_users_select", "initial_users": ["U0MAYA", "U0X"]}, "maya, U0X"),
        ({"type": "external_select", "initial_option": {"text": plain("Acme"), "value": "1"}}, "Acme"),
        (
            {"type": "static_select", "options": [{"text": plain(one)} for one in "abcdef"]},
            "a / b / c / d / e / ...",
        ),
        (
            {"type": "radio_buttons", "options": [{"text": plain(one)} for one in "ab"],
             "initial_option": {"text": plain("b")}},
            "b (of a / b)",
        ),
        (
            {"type": "rich_text_input", "initial_value": {"type": "rich_text", "elements": [
                {"type": "rich_text_section", "elements": [{"type": "text", "text": "so"}]}]}},
            "so",
        ),
    ],
)  # fmt: skip
def test_a_field_shows_what_stands_in_it(element: dict[str, Any], shown: str) -> None:
    block = {"type": "input", "block_id": "b", "label": plain("What"), "element": {"action_id": "a"} | element}
    assert render([block], NAMES).text == f"(1) What: {shown}"


def test_unknown_blocks_are_named() -> None:
    assert render([{"type": "hologram"}]).text == "[hologram]"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("<https://acme.example|Acme>", "Acme (https://acme.example)"),
        ("<https://acme.example>", "https://acme.example"),
        ("<#C0GENERAL> and <#C9|other>", "#general and #other"),
        ("<!channel> <!subteam^S1|@amers>", "@channel @@amers"),
        ("<!date^1772000000^{date}|Feb 25>", "Feb 25"),
        ("a &lt;b&gt; &amp;amp; c", "a <b> &amp; c"),
        ("*bold* _it_ ~gone~ a*b*c 2_000_000", "bold it gone a*b*c 2_000_000"),
    ],
)
def test_markup(written: str, read: str) -> None:
    assert mrkdwn(written, NAMES) == read


def test_a_table_is_aligned() -> None:
    rows = [[{"type": "raw_text", "text": text} for text in row] for row in (["Account", "ARR"], ["Acme", "120,000"])]
    assert render([{"type": "table", "rows": rows}]).text == "Account  ARR\nAcme     120,000"


def test_style_only_when_asked_for() -> None:
    blocks: list[dict[str, Any]] = [{"type": "header", "text": plain("Acme")}]
    assert render(blocks).text == "Acme"
    assert render(blocks, style=ANSI).text == "\x1b[1mAcme\x1b[0m"


HOSTILE = st.text(
    alphabet=st.one_of(st.characters(), st.sampled_from("\x1b\x07\r\x9b\x08\u202e\x00]0;[2J")), max_size=40
)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("\x1b[2J\x07", "\ufffd[2J\ufffd"),
        ("a\u202eb\u2066c\u200fd", "abcd"),
        ("one\r\ntwo\tthree\r", "one\ntwo    three\ufffd"),
        ("\x9b31m \x7f", "\ufffd31m \ufffd"),
        ("naïve 👩\u200d💻 שלום", "naïve 👩\u200d💻 שלום"),
    ],
)
def test_cleaning(written: str, read: str) -> None:
    assert clean(written) == read


@given(HOSTILE)
@example("\u202e\x1b\x9b")
def test_no_control_character_survives(text: str) -> None:
    blocks: list[dict[str, Any]] = [
        {"type": "section", "text": {"type": "mrkdwn", "text": text}, "accessory": button() | {"text": plain(text)}},
        {
            "type": "rich_text",
            "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}],
        },
        {"type": "table", "rows": [[{"type": "raw_text", "text": text}]]},
        {"type": "image", "alt_text": text, "image_url": text},
        {"type": f"new {text}"},
    ]
    shown = render(blocks, {"U1": text}).text + mrkdwn("<@U1>", {"U1": text})
    bad = [c for c in shown if (ord(c) < 32 and c != "\n") or 0x7F <= ord(c) < 0xA0 or c in "\u202e\u2066"]
    assert bad == []


@given(st.text())
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)
