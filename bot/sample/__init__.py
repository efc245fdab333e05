"""The sample book of business: an invented vendor, its customers, and two years of their history, relative to a day.

It comes as CSV files in the plain layout (UTF-8, comma, header = the field names of `bot.domain.records`, the source's
own id in `id`, several values in one cell parted by `;`) and is imported like any user's files.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from bot.sample.book import sample_files
from bot.sample.scenarios import SCENARIOS

__all__ = ["SCENARIOS", "sample_files", "write_sample_book"]


def write_sample_book(folder: Path, today: date, seed: int = 7) -> tuple[Path, ...]:
    """Write the book into `folder` (created when missing) in the order in which it should be read; return the files.

    The same day and seed give the same bytes. Files of the same names are overwritten, others left alone.
    """
    folder.mkdir(parents=True, exist_ok=True)
    paths: list[Path] = []
    for name, text in sample_files(today, seed).items():
        path = folder / name
        path.write_bytes(text.encode("utf-8"))
        paths.append(path)
    return tuple(paths)
