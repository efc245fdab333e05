"""The review as text: complete, harmless, and within what a canvas takes."""

from __future__ import annotations

import re
from datetime import date

import pytest
from markdown_it import MarkdownIt

from bot.documents.copies import for_audience
from bot.documents.markdown import CANVAS_BYTES, CANVAS_CELLS, escaped, write_canvas, write_markdown
from bot.documents.model import Points, Readers
from tests.documents.reviews import SHOWN, adoption, cited, overloaded, promises, review, said, typical

READ = MarkdownIt("commonmark").enable(["table", "strikethrough"])
HOSTILE = (
    "**bold** _under_ `code` ~~gone~~ [link](https://evil.example) <https://evil.example> <b>tag</b> &lt;",
    "![picture](https://evil.example/x.png)",
    "# heading",
    "1. not a list",
    "- not a list",
    "> no quote",
    "| a | b |",
    "<!channel> <@U123> @here ![](@U123)",
    "https://evil.example/path www.evil.example",
    "line\nbreak\n\n## section",
    "back\\slash \\[1\\](x)",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_typed_text_formats_nothing(text: str) -> None:
    words = " ".join(text.split())
    tokens = READ.parse(f"- {escaped(text)}\n")
    assert [token.type for token in tokens if token.nesting >= 0] == [
        "bullet_list_open",
        "list_item_open",
        "paragraph_open",
        "inline",
    ]
    inline = tokens[3].children or []
    assert {child.type for child in inline} <= {"text", "text_special"}
    assert "".join(child.content for child in inline) == words


@pytest.mark.parametrize("text", HOSTILE)
def test_nor_does_it_in_a_table_or_a_heading(text: str) -> None:
    rendered = READ.render(f"| a | b |\n| --- | --- |\n| {escaped(text)} | x |\n\n## {escaped(text)}\n")
    assert rendered.count("<td>") == 2
    assert not re.search(r"<(a|img|em|strong|code|s|h1|ul|ol)\b", rendered)


def test_no_address_is_left_that_a_reader_would_link_by_itself() -> None:
    assert "https://" not in escaped(HOSTILE[8])
    assert "www." not in escaped(HOSTILE[8])


def test_all_of_a_review_is_there() -> None:
    text = write_markdown(for_audience(typical(), Readers.INTERNAL))
    for words in (
        "Internal brief",
        "Jens told Maya in confidence",
        "120,000 EUR",
        "No survey since March",
        "Active user",
        "Kept late",
    ):
        assert words in text
    assert text.count("\n## ") == len(typical().sections) - 1 + 3  # one is empty; missing, definitions and sources
    assert "[Call with Ana Ruiz, 3 Sept 2026 (Maya Lind)](https://crm.example.com/n/1)" in text


def test_a_customer_gets_neither_links_nor_reasons() -> None:
    text = write_markdown(for_audience(typical(), Readers.EXEC))
    assert "crm.example.com" not in text
    assert "internal" not in text.casefold()


def test_an_address_that_would_break_out_of_its_link_is_left_out() -> None:
    source = cited("Call", date(2026, 9, 3)).model_copy(
        update={"url": "https://a.example/x) [evil](https://evil.example"}
    )
    text = write_markdown(for_audience(review(Points(points=(said("A", source),), marking=SHOWN)), Readers.INTERNAL))
    assert "evil" not in text


def test_tables_of_a_canvas_stay_small() -> None:
    canvas = write_canvas(for_audience(review(promises(200)), Readers.EXEC))
    assert canvas.left_out == ""
    tables = re.findall(r"(?:^\|.*\n)+", canvas.markdown, re.MULTILINE)
    assert len(tables) > 1
    assert sum(table.count("Maya Lind") for table in tables) == 200
    for table in tables:
        rows = [line for line in table.splitlines() if "---" not in line]
        assert sum(line.count("|") - 1 for line in rows) <= CANVAS_CELLS


def test_a_canvas_that_is_too_large_says_what_it_leaves_out() -> None:
    large = Points(points=tuple(said(f"{at} " + "word " * 2000) for at in range(60)), marking=SHOWN)
    first = review(adoption()).sections[0]
    second = first.model_copy(update={"title": "Far too much", "blocks": (large, large)})
    canvas = write_canvas(for_audience(review().model_copy(update={"sections": (first, second)}), Readers.EXEC))
    assert canvas.left_out == "Too long for a canvas, left out: Far too much."
    assert len(canvas.markdown.encode()) <= CANVAS_BYTES
    assert "362 people" in canvas.markdown


def test_an_overloaded_review_is_well_formed() -> None:
    READ.parse(write_markdown(for_audience(overloaded(), Readers.INTERNAL)))
