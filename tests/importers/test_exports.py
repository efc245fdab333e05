"""The real exports beside the repository, where they are there: same facts in, same figures out."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from bot.domain.records import AccountRow, ContractRow, Kind, OpportunityRow, Rejected, Row, SurveyRow, TicketRow
from bot.importers import survey

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the real exports (../shared/data) are not here")


def rows_of(*parts: str) -> dict[Kind, list[Row | Rejected]]:
    found: dict[Kind, list[Row | Rejected]] = {}
    for file in survey([DATA.joinpath(*parts)]).files:
        rows = list(file.rows())
        assert len(rows) == file.records
        found.setdefault(file.kind, []).extend(rows)
    return found


@pytest.mark.parametrize("folder", ["maven_crm", "salesforce_export", "hubspot_export"])
def test_three_layouts_of_the_same_book_give_the_same_figures(folder: str) -> None:
    found = rows_of(folder)
    accounts = [row for row in found[Kind.ACCOUNTS] if isinstance(row, AccountRow)]
    deals = [row for row in found[Kind.OPPORTUNITIES] if isinstance(row, OpportunityRow)]
    assert (len(accounts), sum(row.parent is not None for row in accounts)) == (85, 15)
    assert Counter(row.outcome for row in deals) == {"won": 4238, "lost": 2473, "open": 2089}
    assert sum(not row.refs for row in deals) == 1425
    won = [row for row in deals if row.outcome == "won"]
    assert sum(row.amount or 0 for row in won) == 10_005_534
    cycle = [(row.closed_on - row.opened_on).days for row in won if row.closed_on and row.opened_on]
    assert round(sum(cycle) / len(cycle), 3) == 51.782
    quarters: Counter[str] = Counter()
    for row in won:
        assert row.closed_on is not None
        quarters[f"{row.closed_on.year}Q{(row.closed_on.month + 2) // 3}"] += int(row.amount or 0)
    assert quarters == {"2017Q1": 1134672, "2017Q2": 3086111, "2017Q3": 2982255, "2017Q4": 2802496}
    acme = next(row for row in accounts if row.name == "Acme Corporation")
    assert (acme.employees, acme.annual_revenue) == (2822, Decimal(1_100_040_000))


def test_a_vendors_demo_org() -> None:
    found = rows_of("salesforce_dataloader")
    assert {kind: len(rows) for kind, rows in found.items()} == {
        Kind.ACCOUNTS: 184, Kind.PEOPLE: 701, Kind.OPPORTUNITIES: 741, Kind.OPPORTUNITY_LINES: 4133,
    }  # fmt: skip
    kinds = Counter(row.kind for row in found[Kind.OPPORTUNITIES] if isinstance(row, OpportunityRow))
    assert kinds["upsell"] == 145
    assert not any(isinstance(row, Rejected) for rows in found.values() for row in rows)


def test_a_synthetic_saas_company() -> None:
    found = rows_of("ravenstack")
    assert {kind: len(rows) for kind, rows in found.items()} == {
        Kind.ACCOUNTS: 500, Kind.CONTRACTS: 5000, Kind.CHURN: 600, Kind.TICKETS: 2000, Kind.USAGE: 25000,
    }  # fmt: skip
    tickets = [row for row in found[Kind.TICKETS] if isinstance(row, TicketRow)]
    scores = [row.score for row in tickets if row.score is not None]
    assert len(scores) == 1175
    assert round(sum(score >= 4 for score in scores) / len(scores) * 100, 3) == 66.298
    assert {row.score_max for row in tickets if row.score is not None} == {5}
    hours = [(row.solved_at - row.opened_at).total_seconds() / 3600 for row in tickets if row.solved_at]
    assert round(sum(hours) / len(hours), 3) == 35.861
    assert sum(row.escalated for row in tickets) == 95


def test_periods_whose_end_is_exclusive() -> None:
    contracts = [row for row in rows_of("mrr_playbook")[Kind.CONTRACTS] if isinstance(row, ContractRow)]
    assert len(contracts) == 121
    assert len({row.refs for row in contracts}) == 55
    assert {row.period for row in contracts} == {"month"}
    assert str(contracts[0].ends_on) == "2019-01-31"


def test_survey_answers() -> None:
    answers = [row for row in rows_of("nps")[Kind.SURVEYS] if isinstance(row, SurveyRow)]
    assert len(answers) == 100
    assert len({row.refs for row in answers}) == 81
    assert {(row.kind, row.scale_max) for row in answers} == {("nps", 10)}


def test_every_file_is_imported_or_left_out_with_a_sentence() -> None:
    found = survey([DATA])
    assert all(not file.questions for file in found.files)
    for file in found.files:
        assert not any(isinstance(row, Rejected) for row in file.rows()), file.path
    assert all(skipped.reason for skipped in found.skipped)
    order = list(Kind)
    assert [order.index(file.kind) for file in found.files] == sorted(order.index(file.kind) for file in found.files)
    seen = {file.path for file in found.files} | {skipped.path for skipped in found.skipped}
    assert seen == {path for path in DATA.rglob("*") if path.is_file()}
