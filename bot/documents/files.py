"""The files of a review in one go. A customer's are opened again before anybody gets them."""

from __future__ import annotations

import hashlib
import io
import re
import unicodedata
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass

from bot.documents.brand import PLAIN, Brand
from bot.documents.copies import Copy, for_audience
from bot.documents.lint import Secret, lint, refuse, watch_for
from bot.documents.model import Readers, Review
from bot.documents.text import clean


@dataclass(frozen=True, slots=True)
class File:
    """A finished file: its name, its bytes, and one sentence about what it is."""

    name: str
    content: bytes
    says: str


def write_files(
    review: Review, readers: Readers, brand: Brand = PLAIN, secrets: Sequence[Secret] = ()
) -> tuple[File, ...]:
    """Slides, paper and Markdown for these readers. Raises `InternalFoundError` and `BrandError`; then there is none.

    `secrets` are internal values that the review itself may not hold: health, ARR, notes, people of the team.
    """
    from bot.documents.deck import write_deck  # the libraries of Office take longer to load than a card to answer
    from bot.documents.markdown import write_markdown
    from bot.documents.paper import write_paper

    copy = for_audience(review, readers)
    stem = file_stem(copy)
    files = (
        File(f"{stem}.pptx", write_deck(copy, brand), "Slides"),
        File(f"{stem}.docx", write_paper(copy, brand), "Paper"),
        File(f"{stem}.md", write_markdown(copy).encode(), "Text in Markdown"),
    )
    if readers.are_outside:
        watch = watch_for(review, copy, secrets)
        refuse(tuple(finding for file in files for finding in lint(file.name, file.content, watch, _known(brand))))
    return files


def _known(brand: Brand) -> frozenset[str]:
    """Pictures and fonts of the company: its logo and what its templates carry."""
    held = [brand.logo] if brand.logo is not None else []
    for template in (brand.deck_template, brand.paper_template):
        if template is not None:
            with zipfile.ZipFile(io.BytesIO(template)) as package:
                held += [package.read(name) for name in package.namelist()]
    return frozenset(hashlib.sha256(content).hexdigest() for content in held)


def file_stem(copy: Copy) -> str:
    """`nordwind-logistics-q3-2026`, for the team `...-internal`; letters of any script, nothing that a shell minds."""
    told = [clean(copy.review.account), clean(copy.review.period.label), "internal" if copy.is_internal else ""]
    plain = unicodedata.normalize("NFKC", " ".join(told)).casefold()
    return re.sub(r"[^\w]+", "-", plain).strip("-_")[:80].strip("-") or "review"
