"""Charts and workbooks from the shell."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from bot.cli.main import main
from tests.services.kpi.books import Sold, accounts, contracts


@pytest.fixture
def booked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/steward.db")
    Path("book").mkdir()
    Path("book/accounts.csv").write_text(accounts(3))
    Path("book/contracts.csv").write_text(contracts([Sold(1, -500), Sold(2, -400), Sold(3, -300, currency="EUR")]))
    assert CliRunner().invoke(main, ["import", "book"]).exit_code == 0
    return tmp_path


def test_a_chart_and_a_workbook(booked: Path) -> None:
    done = CliRunner().invoke(main, ["kpi", "arr", "--chart", "arr.png", "--export", "arr.xlsx"])
    assert done.exit_code == 0, done.output
    assert "Line chart: ARR in USD, all accounts" in " ".join(done.output.split())
    assert (booked / "arr.png").read_bytes().startswith(b"\x89PNG")
    assert (booked / "arr-2.png").exists()
    assert openpyxl.load_workbook(booked / "arr.xlsx").sheetnames == ["Figures", "arr", "Definitions"]
    done = CliRunner().invoke(main, ["kpi", "--export", "all.csv"])
    assert done.exit_code == 0
    assert (booked / "all.csv").read_bytes().startswith(b"\xef\xbb\xbffigure,currency,value")


def test_a_share_of_money_says_of_which_currency(booked: Path) -> None:
    done = CliRunner().invoke(main, ["kpi", "nrr"])
    assert "100.0 % in EUR; 100.0 % in USD" in done.output or "100.0 % in USD; 100.0 % in EUR" in done.output
    assert "USD: From 2 customers" in done.output
    assert " in USD" not in CliRunner().invoke(main, ["kpi", "arr"]).output.splitlines()[0]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["kpi", "--chart", "x.png"], "Which figure?"), (["kpi", "nrr", "--chart", "x.gif"], "x.gif must end in .png"),
        (["kpi", "nrr", "--export", "x.pdf"], "must end in .xlsx or .csv"),
        (["kpi", "nrr", "--export", "no/where.csv"], "cannot be written"),
        (["plan", "Account 1", "--map", "no/where.png"], "cannot be written"),
    ],
)  # fmt: skip
def test_bad_input_is_one_sentence(booked: Path, words: list[str], says: str) -> None:
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 2
    assert says in " ".join(done.output.split())
