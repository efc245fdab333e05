"""Business reviews: `steward qbr acme --out reviews/`."""

from __future__ import annotations

from pathlib import Path

import click

from bot.cli import show
from bot.cli.ask import as_json, one_account
from bot.cli.context import audience, desk, one_sentence, print_json
from bot.domain.ids import parse_id
from bot.services.errors import BadInput
from bot.services.qbr.cells import is_inside, of_section
from bot.services.qbr.drafting import Wanted
from bot.services.qbr.editing import SECTION_TITLES
from bot.services.qbr.wording import cited, say, source_label, sources_by_id
from bot.services.results.qbr import READERS, Qbr, Reader


@click.command("qbr")
@click.argument("name", nargs=-1, required=True)
@click.option("--period", help="Q3 2026, 2026-Q1, 2026-01..2026-06, 6 months. Default: the last complete quarter.")
@click.option("--for", "readers", type=click.Choice(READERS), default="internal", show_default=True, help="Whose copy.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="The folder that gets the files.")
@as_json
@one_sentence
def qbr(name: tuple[str, ...], period: str | None, readers: Reader, out: Path | None, as_json: bool) -> None:
    """Draft a business review: every figure exact, every sentence with its source, as slides, paper and Markdown."""
    use = desk()
    account_id = one_account(use, name, as_json=as_json)
    made = use.reviews.draft(audience(), Wanted(account_id, period, readers))
    files = use.reviews.files(audience(), parse_id(made.id) or 0, readers) if out is not None else ()
    paths = [written(out, one.name, one.content) for one in files] if out is not None else []
    if as_json:
        print_json(made)
        return
    _shown(made)
    for path in paths:
        show.line(f"Wrote {path}")


def written(folder: Path, name: str, content: bytes) -> Path:
    """Raises BadInput when the folder cannot be written to."""
    path = folder / name
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as error:
        raise BadInput(f"{path} cannot be written: {error.strerror}. Name another folder with --out.") from error
    return path


def _shown(made: Qbr) -> None:
    sources = sources_by_id(made.body)
    show.line(f"{made.account}, business review {made.period}", bold=True)
    show.line(f"  {made.body.written_by} Read: {made.body.read}.")
    if made.body.withheld:
        show.line(f"  {made.body.withheld}")
    for key, title in SECTION_TITLES.items():
        found = of_section(made, key)
        if found:
            show.line(title, bold=True)
        for one in found:
            show.line(f"  - {say(one, made)}{' [internal]' if is_inside(one) else ''}")
            for source in cited(one, sources):
                show.line(f"      {source_label(source)}")
    for gap in made.body.missing:
        show.line(f"  Not known: {gap}")


COMMANDS = (qbr,)
