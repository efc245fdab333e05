"""Pictures into files."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from bot.cli import show
from bot.cli.context import write
from bot.services.errors import BadInput
from bot.services.results import KpiPicture


def check_png(path: Path) -> None:
    """Raises BadInput for a file that is to be no picture."""
    if path.suffix.casefold() != ".png":
        raise BadInput(f"{path.name} must end in .png.")


def save(pictures: Iterable[KpiPicture], path: Path) -> None:
    """The first into the file that was named, the others beside it; each with its description."""
    for at, picture in enumerate(pictures):
        beside = path if at == 0 else path.with_name(f"{path.stem}-{at + 1}{path.suffix}")
        write(beside, picture.png)
        show.line(f"{picture.title}: {beside}", bold=True)
        show.line(f"  {picture.alt}")
