"""Answers as plain lines for a terminal. Control characters in data are dropped: notes are not trusted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

import click

from bot.services.importing.report import FileReport, ImportReport
from bot.services.importing.review import ReviewItem
from bot.services.importing.undo import BatchLine
from bot.services.results import AccountCard, BookPage, Check, RenewalsPage, Sum
from bot.services.stats import Stats

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def line(text: str = "", *, bold: bool = False) -> None:
    clean = _CONTROL.sub("", text)
    click.echo(click.style(clean, bold=True) if bold else clean)


def money(sums: Sequence[Sum]) -> str:
    return " + ".join(f"{one.amount:,.0f} {one.currency}" for one in sums) or "not known"


def day(value: date | None) -> str:
    return f"{value:%a} {value.day} {value:%b %Y}" if value else "not known"


def card(found: AccountCard) -> None:
    """The status card."""
    parts = [found.segment, found.lifecycle, found.owner.name if found.owner else "no owner"]
    line(f"{found.name}  ({' · '.join(part for part in parts if part)})", bold=True)
    line(f"  {found.term.sentence if found.term else 'No contract is known.'}")
    line(f"  ARR      {money(found.arr.sums) if found.arr and found.arr.sums else 'not known'}")
    for note in found.arr.notes if found.arr else ():
        line(f"           {note}")
    health = found.health
    shown = f"{health.score} ({health.band})" if health.score is not None else "unknown"
    line(f"  Health   {shown}, from {health.used} of {health.of} inputs ({health.coverage_percent} % of the weight)")
    if health.by_hand is not None:
        hand, computed = health.by_hand, health.computed if health.computed is not None else "unknown"
        line(f"           set by {hand.by} until {day(hand.until)}: {hand.reason}; computed: {computed}")
    for reason in (*health.reasons, *(f"missing: {one}" for one in health.missing)):
        line(f"           {reason}")
    _facts(found)
    for title, texts in (
        ("Risk", [f"{one.sentence}" for one in found.risks]),
        ("Dismissed", [f"{one.kind}: {one.reason} ({one.by}, {day(one.on)})" for one in found.dismissed]),
        ("Promise", [f"“{one.quote}”{_due(one.due_on, one.days_overdue)}" for one in found.promises]),
    ):
        for text in texts:
            line(f"  {title:<8} {text}")
    ages = (f"{one.data} {_age(one.age_days)}" for one in found.data)
    line(f"  Data     {', '.join(ages) or 'nothing imported'}")


def _facts(found: AccountCard) -> None:
    touch = found.last_touch
    by = f" by {touch.by}" if touch and touch.by else ""
    step = f"; next step: {touch.next_step}{_due(touch.next_step_on, None)}" if touch and touch.next_step else ""
    line(f"  Touch    {f'{touch.days_ago} days ago, {touch.kind}{by}{step}' if touch else 'none known'}")
    tickets = found.tickets
    oldest = f", oldest {tickets.oldest_days} days" if tickets and tickets.open else ""
    line(f"  Tickets  {f'{tickets.open} open{oldest}' if tickets else 'not known: no ticket data'}")
    line(f"  Usage    {found.usage.sentence if found.usage else 'not known: no recent usage data'}")
    for label, score in (("NPS", found.nps), ("CSAT", found.csat)):
        line(f"  {label:<8} {score.sentence if score else 'not known: nobody was asked lately'}")


def _due(due: date | None, overdue: int | None) -> str:
    if overdue and overdue > 0:
        return f", {overdue} days overdue"
    return f", due {day(due)}" if due else ""


def _age(days: int | None) -> str:
    return "none" if days is None else "today" if days == 0 else f"{days} d"


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Columns as wide as their longest cell, at most 44."""
    cells = [[_CONTROL.sub("", cell)[:44] for cell in row] for row in rows]
    widths = [max(len(row[at]) for row in [list(headings), *cells]) for at in range(len(headings))]
    line("  ".join(text.ljust(width) for text, width in zip(headings, widths, strict=True)).rstrip(), bold=True)
    for row in cells:
        line("  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip())


def book(found: BookPage) -> None:
    line(f"{found.total} accounts in {found.scope}, {money(found.arr)} ARR, by {found.sort}", bold=True)
    for note in found.notes:
        line(note)
    table(
        ("Account", "Owner", "ARR", "Next date", "Days", "Health", "Risks", "Touch"),
        [
            (
                row.name,
                row.owner or "nobody",
                money(row.arr),
                f"{row.leads} {day(row.lead_on)}" if row.lead_on else row.term_state,
                str(row.days_left) if row.days_left is not None else "",
                str(row.health) if row.health is not None else "unknown",
                f"{row.risks} {row.worst_risk or ''}".strip(),
                f"{row.last_touch_days} d" if row.last_touch_days is not None else "never",
            )
            for row in found.rows
        ],
    )
    for row in found.rows:
        if row.why:
            line(f"{row.name}: {', '.join(row.why)}")
    pages(found.page, found.pages)


def renewals(found: RenewalsPage) -> None:
    line(f"{found.total} renewals in {found.within_days} days, {found.scope}, {money(found.arr)}", bold=True)
    table(
        ("Account", "Contract", "Owner", "ARR", "First", "Date", "Days", "State"),
        [
            (
                row.account,
                row.contract or "",
                row.owner or "nobody",
                money(row.arr),
                row.leads or "",
                day(row.lead_on),
                str(row.days_left),
                row.state,
            )
            for row in found.rows
        ],
    )
    pages(found.page, found.pages)


def pages(page: int, of: int) -> None:
    """Where one is, when there is more."""
    if of > 1:
        line(f"Page {page} of {of}; --page {page + 1 if page < of else 1} for more.")


def stats(found: Stats) -> None:
    for name in type(found).model_fields:
        line(f"{name.replace('_', ' '):<24} {_figure(getattr(found, name))}")


def _figure(value: object) -> str:
    """A figure of the statistics: a number, a sum per currency, a pair, or one figure for each quarter."""
    if value is None or value in ((), {}):
        return "not available"
    match value:
        case dict():
            return ", ".join(f"{key} {_figure(one)}" for key, one in value.items())
        case tuple() if all(isinstance(one, Sum) for one in value):
            return money(value)
        case tuple():
            return " ".join(_figure(one) for one in value)
        case int() | Decimal():
            return f"{value:,}"
    return str(value)


def checks(found: Iterable[Check]) -> None:
    marks = {"ok": "ok   ", "warning": "look ", "error": "WRONG"}
    for check in found:
        line(f"{marks[check.state]}  {check.name}: {check.sentence}")


def batches(found: Iterable[BatchLine]) -> None:
    rows = [
        (one.batch, f"{one.at:%Y-%m-%d %H:%M}", one.state, str(one.created), str(one.updated), one.files)
        for one in found
    ]
    if rows:
        table(("Batch", "When (UTC)", "State", "Created", "Updated", "Files"), rows)
    else:
        line("Nothing was imported yet.")


def reviews(found: Sequence[ReviewItem]) -> None:
    if not found:
        line("Nothing waits for a decision.")
    for item in found:
        where = f" ({item.file}, line {item.line})" if item.file else ""
        line(f"{item.item}  {item.reason}{where}")
        if item.others:
            line(f"    --accept merges {item.this} into {item.others[0]}; --dismiss keeps both")


def import_report(found: ImportReport) -> None:
    """What an import did, file by file, and how to go on."""
    for file in found.files:
        _file(file)
    for skipped in found.skipped_files:
        line(f"skipped {skipped.file}: {skipped.sentence}")
    line(
        f"{'Would read' if found.dry_run else 'Read'} {found.read:,} rows: {found.created:,} created, "
        f"{found.updated:,} updated, {found.unchanged:,} unchanged, {found.removed:,} removed, "
        f"{found.skipped:,} skipped, {found.to_review:,} to review.",
        bold=True,
    )
    waiting = sum(reason.rows for file in found.files for reason in file.reasons) - found.skipped
    if found.dry_run:
        line("This was a dry run; nothing was written.")
        return
    if waiting:
        line(f"{waiting:,} {'waits' if waiting == 1 else 'wait'} for somebody to look: steward import review")
    if not found.created + found.updated + found.removed:
        line("Nothing was changed.")
    else:
        line(f"Take it back with: steward import undo {found.batch}")


def _file(file: FileReport) -> None:
    line(f"{file.file}: {file.kind}, {file.layout}", bold=True)
    line("  " + ", ".join(f"{column} → {field}" for column, field in file.mapping.items()))
    if file.unused:
        line(f"  not used: {', '.join(file.unused)}")
    for note in file.notes:
        line(f"  note: {note}")
    for text in file.diff:
        line(f"  {text}")
    more = file.created + file.updated - len(file.diff)
    if file.diff and more > 0:
        line(f"  … and {more:,} more")
    for reason in file.reasons:
        rows = "1 row" if reason.rows == 1 else f"{reason.rows:,} rows"
        line(f"  {rows}: {reason.sentence} (first in line {reason.first_line})")
