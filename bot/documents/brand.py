"""How the files look: one accent, one font, a logo, or a company's own templates.

A folder holds what there is of `brand.yml` (`accent: "#0f6b8f"`, `font: Inter`, `footer: Example Ltd`), `logo.png`,
`deck.pptx` and `paper.docx`. With a template its colours, fonts and layouts are used, and the settings step back.
"""

from __future__ import annotations

import io
import re
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

MOST_BYTES = 20_000_000


class BrandError(Exception):
    """A brand folder, template or setting cannot be used; the message names it and says what to do."""


class Brand(BaseModel):
    """`accent` is six hexadecimal digits. Templates and logo are the bytes of their files."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    accent: str = "0F6B8F"
    font: str = "Arial"
    footer: str = ""
    logo: bytes | None = None
    deck_template: bytes | None = None
    paper_template: bytes | None = None

    @field_validator("accent")
    @classmethod
    def _is_a_colour(cls, value: str) -> str:
        if not re.fullmatch(r"#?[0-9A-Fa-f]{6}", value):
            raise ValueError(f'{value!r} is not a colour such as "#0f6b8f"')
        return value.removeprefix("#").upper()

    @field_validator("font")
    @classmethod
    def _is_a_font(cls, value: str) -> str:
        if not re.fullmatch(r"[\w .\-]{1,60}", value):
            raise ValueError(f"{value!r} is not the name of a font")
        return value

    @field_validator("logo")
    @classmethod
    def _is_a_picture(cls, value: bytes | None) -> bytes | None:
        if value is None:
            return None
        from PIL import Image, UnidentifiedImageError  # a tenth of a second, for the few that have a logo

        try:
            with Image.open(io.BytesIO(value)) as picture:
                if picture.format not in ("PNG", "JPEG"):
                    raise ValueError("logo: save it as PNG or JPEG")
        except (UnidentifiedImageError, OSError) as error:
            raise ValueError("logo: this is no picture, save it as PNG") from error
        return value

    @property
    def stretch(self) -> float:
        """How much room letters of the font may take beside those of Arial."""
        narrow = ("arial", "helvetica", "liberation sans", "calibri", "carlito", "times", "garamond")
        if self.deck_template is None and self.font.casefold().startswith(narrow):
            return 1.0
        return 1.2 if self.font.casefold().startswith(("verdana", "dejavu")) else 1.1


PLAIN = Brand()


def load_brand(folder: Path) -> Brand:
    """What a folder says about the look; raises `BrandError` with one sentence about what is wrong in it."""
    if not folder.is_dir():
        raise BrandError(f"{folder} is no folder. Name the folder with brand.yml, logo.png, deck.pptx or paper.docx.")
    found = {"logo": "logo.png", "deck_template": "deck.pptx", "paper_template": "paper.docx"}
    values: dict[str, object] = {key: _bytes(folder / name) for key, name in found.items() if (folder / name).is_file()}
    settings = folder / "brand.yml"
    if settings.is_file():
        try:
            told = yaml.safe_load(settings.read_text(encoding="utf-8")) or {}
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            raise BrandError(f"{settings} cannot be read as YAML: {' '.join(str(error).split())}") from error
        if not isinstance(told, dict) or not set(told) <= {"accent", "font", "footer"}:
            raise BrandError(f"{settings} may say accent, font and footer, one per line, and nothing else.")
        values |= {str(key): str(value) for key, value in told.items()}
    if not values:
        raise BrandError(f"{folder} holds none of brand.yml, {', '.join(found.values())}.")
    try:
        return Brand.model_validate(values)
    except ValidationError as error:
        problem = error.errors()[0]
        raise BrandError(f"{folder}: {problem['loc'][0]}: {problem['msg'].removeprefix('Value error, ')}.") from error


def _bytes(path: Path) -> bytes:
    if path.stat().st_size > MOST_BYTES:
        raise BrandError(f"{path} is larger than 20 MB. Save it without its example slides and pictures.")
    return path.read_bytes()
