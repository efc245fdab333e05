"""A progress bar per file, on a terminal only."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from bot.importers import SourceFile
from bot.services.importing.run import Progress as Told


@contextmanager
def file_progress() -> Iterator[Told | None]:
    """Something to call with (file, bytes read); None where nobody watches."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        tasks: dict[str, TaskID] = {}

        def told(file: SourceFile, done: int) -> None:
            name = file.path.name
            if name not in tasks:
                tasks[name] = bar.add_task(name, total=file.size)
            bar.update(tasks[name], completed=min(done, file.size))

        yield told
