"""`steward qbr`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli.main import main
from bot.storage.database import Database
from tests.services.clerk import Clerk
from tests.services.qbr.book import BOOK

ASKED = ("qbr", "nordwind", "logistics", "--period", "Q4 2025")


@pytest.fixture(autouse=True)
def _book(sqlite_database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", sqlite_database.url.render_as_string())
    Clerk(sqlite_database, tmp_path / "files").bring(BOOK)


def steward(*words: str, code: int = 0) -> Result:
    done = CliRunner().invoke(main, list(words))
    assert "Traceback" not in done.output + done.stderr
    assert done.exit_code == code, done.output + done.stderr
    return done


def test_a_draft_is_printed_and_its_files_are_written(tmp_path: Path) -> None:
    said = steward(*ASKED, "--for", "champion", "--out", str(tmp_path / "out")).stdout
    assert said.splitlines()[0] == "Nordwind Logistics, business review Q4 2025"
    assert "Active users rose: 280 (Q3 2025: 210)." in said
    assert "Meeting, Maya Lindqvist with Ana Ruiz, 7 Oct 2025" in said
    assert "Not known: No objective is written down" in said
    assert {path.suffix for path in (tmp_path / "out").iterdir()} == {".pptx", ".docx", ".md"}


def test_as_json_it_has_every_source() -> None:
    told = json.loads(steward(*ASKED, "--json").stdout)
    assert (told["period"], told["state"], told["version"]) == ("Q4 2025", "drafted", 1)
    known = {one["id"] for one in told["body"]["sources"]}
    assert {source for one in told["body"]["sentences"] for source in one["sources"]} == known


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("qbr", "nobody"), "No account is called 'nobody'"),
        (("qbr", "nordwind", "logistics", "--period", "soon"), "'soon' is no period; try 2026"),
        ((*ASKED, "--out", "/proc/nowhere"), "cannot be written"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(words: tuple[str, ...], sentence: str) -> None:
    assert sentence in steward(*words, code=2).stderr


def test_the_doctor_says_what_is_wrong_with_the_look(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STEWARD_BRAND", str(tmp_path / "nowhere"))
    checks = json.loads(steward("doctor", "--json", code=1).stdout)
    [sentence] = [one["sentence"] for one in checks if one["name"] == "brand"]
    assert "nowhere is no folder" in sentence
