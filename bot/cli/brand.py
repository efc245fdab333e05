"""The look of files: `steward brand company/ --out look/`."""

from __future__ import annotations

from pathlib import Path

import click

from bot.cli import show
from bot.cli.context import one_sentence
from bot.cli.qbr import written
from bot.documents.brand import load_brand
from bot.documents.specimen import specimen


@click.command("brand")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Write a specimen of every page here.")
@one_sentence
def brand(folder: Path, out: Path | None) -> None:
    """Try a folder with brand.yml, logo.png, deck.pptx or paper.docx: can it be used, and how does it look?"""
    files = specimen(load_brand(folder))
    if out is not None:
        for file in files:
            show.line(f"Wrote {written(out, file.name, file.content)}")
    show.line(f"{folder} can be used: set STEWARD_BRAND to it.", bold=True)


COMMANDS = (brand,)
