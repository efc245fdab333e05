"""Figures: `steward kpi nrr`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from bot.cli import pictures, show
from bot.cli.ask import as_json
from bot.cli.context import audience, desk, one_sentence, print_json, write
from bot.domain.kpi.base import NO_CURRENCY
from bot.services.desk import Desk
from bot.services.errors import BadInput
from bot.services.kpi.ask import KpiQuestion
from bot.services.kpi.export import ALL
from bot.services.results import KpiAnswer, KpiFigure, KpiList

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command("kpi")
@click.argument("name", required=False)
@click.option("--scope", help="mine, team, all, account:NAME, segment:NAME, product:NAME, owner:NAME. Default: all.")
@click.option("--period", help="2026, 2026-Q1, 2026-01..2026-06, last quarter, 6 months. Default: 12 months to date.")
@click.option("--explain", is_flag=True, help="The rows behind the figure.")
@click.option("--page", type=click.IntRange(1), default=1)
@click.option("--chart", type=_FILE, help="Draw the figure over --period (12 months), month by month, into FILE.png.")
@click.option("--export", type=_FILE, help="FILE.xlsx: figures, rows, definitions; FILE.csv: figures with definitions.")
@as_json
@one_sentence
def kpi(
    name: str | None, scope: str | None, period: str | None, explain: bool, page: int, chart: Path | None,
    export: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """A figure with what it is made of, what was left out, and its definition; without a name all there are."""
    use = desk()
    if export is not None:
        _export(use, KpiQuestion(name or ALL, scope or "all", period), export)
    if chart is not None:
        if name is None:
            raise BadInput("Which figure? Name one: steward kpi nrr --chart nrr.png")
        _chart(use, KpiQuestion(name, scope or "all", period), chart)
    if chart is not None or export is not None:
        return
    if name is None:
        listed = use.kpi_list(audience())
        if as_json:
            print_json(listed)
        else:
            _list(listed)
        return
    found = use.kpi(audience(), KpiQuestion(name, scope or "all", period, page=page if explain else 0))
    if as_json:
        print_json(found)
    else:
        _answer(found)


def _export(use: Desk, asked: KpiQuestion, path: Path) -> None:
    form = path.suffix.casefold().removeprefix(".")
    if form not in ("xlsx", "csv"):
        raise BadInput(f"{path.name} must end in .xlsx or .csv.")
    found = use.kpi_export(audience(), asked, "csv" if form == "csv" else "xlsx")
    write(path, found.content)
    show.line(f"{found.title}: {path}")


def _chart(use: Desk, asked: KpiQuestion, path: Path) -> None:
    """Money in a file for each currency."""
    pictures.check_png(path)
    pictures.save(use.kpi_chart(audience(), asked).pictures, path)


def _list(found: KpiList) -> None:
    show.table(
        ("Figure", "What it is", "From"),
        [(one.kpi, one.name, one.needs) for one in found.entries],
    )  # fmt: skip
    show.line("steward kpi NAME for one of them; --explain shows its rows.")


def _answer(found: KpiAnswer) -> None:
    several = len(found.figures) > 1
    values = "; ".join(_value(one, several=several) for one in found.figures)
    show.line(f"{found.name} {values}", bold=True)
    show.line(f"  {found.scope}, {found.period} ({show.day(found.first)} to {show.day(found.last)})")
    for one in found.figures:
        whose = f"{_code(one)}: " if several else ""
        for text in _made_of(one):
            show.line(f"  {whose}{text}")
    show.line(f"  Definition {found.version}: {found.definition} ({found.source})")
    for note in found.notes:
        show.line(f"  {note}")
    for row in found.rows:
        show.line(f"  {row.account or 'no account'}: {row.text}")
    if found.pages > 1:
        show.line(f"  Page {found.page} of {found.pages}; --page {found.page % found.pages + 1} for more.")


def _value(one: KpiFigure, *, several: bool) -> str:
    """A share of money says of which; an amount says so itself."""
    is_amount = one.value is not None and one.unit == one.currency
    return f"{one.shown} in {_code(one)}" if several and not is_amount else one.shown


def _code(one: KpiFigure) -> str:
    return "no known currency" if one.currency in (None, NO_CURRENCY) else str(one.currency)


def _made_of(one: KpiFigure) -> Iterator[str]:
    parts = ", ".join(f"{part.name} {part.shown}" for part in one.parts)
    counted = f"From {one.counted:,} {one.counted_what}"
    yield f"{counted}: {parts}" if parts else counted
    for left in one.left_out:
        yield f"Left out: {left.count:,} {left.why}"
    if one.note and one.value is not None:
        yield one.note


COMMANDS = (kpi,)
