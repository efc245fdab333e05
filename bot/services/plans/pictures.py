"""Pictures of a plan: the relationship map, and the white space."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final, Literal, get_args

from bot.charts.grid import Cell, Grid, grid
from bot.charts.people import PeopleMap, Somebody, people_map
from bot.charts.picture import Picture
from bot.domain.audience import Audience
from bot.domain.contacts import Contact, is_here
from bot.domain.days import written
from bot.domain.ids import id_text
from bot.services.contacts import everybody_at
from bot.services.contracts import account_arr
from bot.services.existing import require_account
from bot.services.lookup import require_internal
from bot.services.results.plans import PlanPicture
from bot.storage.database import AnyRow, Database, Reader
from bot.storage.queries import accounts, plans

Drawing = Literal["people", "white space"]
DRAWINGS: Final[tuple[Drawing, ...]] = get_args(Drawing)
SILENT = timedelta(days=90)
"""Who was not involved for so long is drawn as silent."""
_PRODUCTS = 50
Cells = dict[tuple[str, str], Cell]


def picture(
    database: Database, audience: Audience, account_id: int, shown: Drawing, now: datetime, today: date
) -> PlanPicture:
    """Raises NotFound when the account is gone."""
    require_internal(audience)
    with database.reading(audience) as reader:
        account = require_account(reader, account_id)
        if shown == "people":
            facts: PeopleMap | Grid = _people(account, everybody_at(reader, account_id, now, today), today)
        else:
            facts = _white_space(reader, account, today)
    drawn: Picture = people_map(facts) if isinstance(facts, PeopleMap) else grid(facts)
    name = f"{shown.replace(' ', '-')}-{account.name}.png"
    one = id_text(account_id)
    return PlanPicture(account_id=one, account=account.name, name=name, title=facts.title, png=drawn.png, alt=drawn.alt)


def _people(account: AnyRow, everybody: Iterable[Contact], today: date) -> PeopleMap:
    here = [one for one in everybody if is_here(one, today)]
    known = f"{len(here)} active {'contact' if len(here) == 1 else 'contacts'}, as of {written(today)}"
    return PeopleMap(
        f"Relationships at {account.name}",
        f"{known}; dashed: not involved for {SILENT.days} days",
        tuple(Somebody(one.name, one.role, one.stance, _is_silent(one, today)) for one in here),
    )


def _is_silent(one: Contact, today: date) -> bool:
    return one.involved is None or today - one.involved.on > SILENT


def _white_space(reader: Reader, account: AnyRow, today: date) -> Grid:
    """Products by parts of the customer: the account, what lies below it, and the teams that ideas are about.

    Owned is what an active line of a contract says; an idea or an open deal makes an opportunity; "none" somebody said.
    """
    below = plans.family(reader, account.id)
    parts = {account.id: account.name, **{row.id: row.name for row in below}}
    names = {row.id: row.name for row in plans.products(reader, _PRODUCTS)}
    ideas = plans.ideas(reader, list(parts))
    cells: Cells = {}
    for one, part in parts.items():
        _ideas(cells, part, ideas.get(one, ()))
        for deal in plans.deals(reader, [one]).get(one, ()):
            if deal.product is not None and deal.kind != "renewal":
                cells[deal.product, part] = Cell("opportunity", _amount(deal))
    _owned(reader, cells, parts, names, today)
    teams = dict.fromkeys(row.unit for rows in ideas.values() for row in rows if row.unit)
    products = sorted(names.values(), key=lambda name: (not _has(cells, name), name))
    units = (*parts.values(), *(team for team in teams if team not in parts.values()))
    what = f"what each part of the customer has of what we sell, as of {written(today)}"
    return Grid(f"White space at {account.name}", what, tuple(products), units, cells)


def _ideas(cells: Cells, part: str, ideas: Sequence[AnyRow]) -> None:
    for row in ideas:
        if row.product is None or row.state == "won":
            continue
        state: Literal["none", "opportunity"] = "none" if row.state == "none" else "opportunity"
        cells[row.product, row.unit or part] = Cell(state, _amount(row) if state == "opportunity" else "")


def _owned(reader: Reader, cells: Cells, parts: dict[int, str], names: dict[int, str], today: date) -> None:
    rows, contracts = accounts.accounts(reader, list(parts)), accounts.contracts(reader, list(parts))
    for one, lines in accounts.lines(reader, list(parts)).items():
        counted = account_arr(contracts.get(one, ()), lines, rows[one].currency, today).counted
        active = {line.id for line in counted}
        for line in lines:
            if line.id in active and line.product_id in names:
                quantity = _plain(line.quantity) if line.quantity is not None else ""
                cells[names[line.product_id], parts[one]] = Cell(
                    "owned", " x ".join(part for part in (quantity, line.unit) if part)
                )


def _has(cells: Cells, product: str) -> bool:
    return any(name == product and cell.state == "owned" for (name, _), cell in cells.items())


def _amount(row: AnyRow) -> str:
    return f"{_plain(row.amount)} {row.currency or ''}".strip() if row.amount is not None else ""


def _plain(number: Decimal) -> str:
    return f"{number:,.0f}"
