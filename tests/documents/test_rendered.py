"""The files as a reader sees them: laid out by LibreOffice, drawn as pictures. Skipped where there is none."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pptx import Presentation

from bot.documents.copies import for_audience
from bot.documents.deck import write_deck
from bot.documents.model import Readers
from bot.documents.paper import write_paper
from tests.documents.reviews import adoption, overloaded, review, typical, whole

TOOLS = ("soffice", "pdftoppm", "pdftotext")
pytestmark = pytest.mark.skipif(
    any(shutil.which(tool) is None for tool in TOOLS), reason="needs LibreOffice (soffice) and poppler-utils"
)
ACCENT = (0x0F, 0x6B, 0x8F)
WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>')
NEAR = 4.0
"""Points that a glyph may stand out of its box."""


def laid_out(content: bytes, name: str, folder: Path) -> Path:
    file = folder / name
    file.write_bytes(content)
    command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf"]
    subprocess.run([*command, "--outdir", str(folder), str(file)], check=True, capture_output=True)  # noqa: S603
    return file.with_suffix(".pdf")


def told_by(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603


def words_of(pdf: Path) -> list[list[tuple[float, float, float, float, str]]]:
    pages = told_by("pdftotext", "-bbox", str(pdf), "-").split("<page ")[1:]
    return [[(*map(float, found[:4]), found[4]) for found in WORD.findall(page)] for page in pages]


def pages_of(pdf: Path, folder: Path) -> list[Image.Image]:
    told_by("pdftoppm", "-r", "36", "-png", str(pdf), str(folder / "page"))
    return [Image.open(path).convert("RGB") for path in sorted(folder.glob("page*.png"))]


def accent_in(picture: Image.Image) -> int:
    """How many dots are of the accent's colour."""
    pixels = picture.get_flattened_data()
    return sum(all(abs(one - other) < 12 for one, other in zip(dot, ACCENT, strict=True)) for dot in pixels)  # type: ignore[arg-type]


def boxes_of(slide: Any) -> list[tuple[float, float, float, float]]:
    edges = [(s.left, s.top, s.left + s.width, s.top + s.height) for s in slide.shapes]
    return [(left / 12_700, top / 12_700, right / 12_700, bottom / 12_700) for left, top, right, bottom in edges]


def test_no_word_of_a_slide_stands_outside_its_box(tmp_path: Path) -> None:
    """A typical review and one with too much of everything, in one deck; each slide is one page."""
    much = overloaded(3).sections[0]
    hard = tuple(block for block in much.blocks if block.kind not in ("paragraph", "table"))
    both = whole((*typical().sections, much.model_copy(update={"blocks": hard})), missing=overloaded(1).missing[:4])
    content = write_deck(for_audience(both, Readers.INTERNAL))
    pdf = laid_out(content, "deck.pptx", tmp_path)
    slides, pages = list(Presentation(io.BytesIO(content)).slides), words_of(pdf)
    assert len(pages) == len(slides)
    outside = []
    for slide, page in zip(slides, pages, strict=True):
        boxes = boxes_of(slide)
        for left, top, right, bottom, word in page:
            x, y = (left + right) / 2, (top + bottom) / 2
            if not any(a - NEAR <= x <= c + NEAR and b - NEAR <= y <= d + NEAR for a, b, c, d in boxes):
                outside.append((slide.shapes.title.text_frame.text, word))
    assert outside == []
    drawn = pages_of(pdf, tmp_path)
    titles = [slide.shapes.title.text_frame.text for slide in slides]
    assert accent_in(drawn[titles.index("Gdansk has seats that nobody uses yet")]) > 5_000


def test_a_paper_shows_its_text_and_its_chart(tmp_path: Path) -> None:
    content = write_paper(for_audience(review(adoption()), Readers.EXEC))
    pdf = laid_out(content, "paper.docx", tmp_path)
    pages = words_of(pdf)
    assert len(pages) == 1
    words = {word for *_, word in pages[0]}
    assert {"Nordwind", "362", "Figure", "February."} <= words
    assert {"Jan", "Sep", "450"} <= words  # written by the chart itself
    assert accent_in(pages_of(pdf, tmp_path)[0]) > 100
