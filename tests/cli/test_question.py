"""`steward ask` with a model behind the wire: read, summed up, drawn."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.storage.database import Database
from tests.cli.test_log import steward
from tests.llm.puppet import Puppet, puppet_server, reader
from tests.services.asking.conftest import BOOK
from tests.services.clerk import Clerk


@pytest.fixture
def puppet(sqlite_database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Puppet]:
    """A model that is set up, and a book."""
    Clerk(sqlite_database, tmp_path / "files").bring(BOOK)
    with puppet_server() as made:
        monkeypatch.setenv("DATABASE_URL", sqlite_database.url.render_as_string())
        monkeypatch.setenv("STEWARD_LLM_MODEL", "puppet")
        monkeypatch.setenv("OPENAI_BASE_URL", made.url)
        yield made


def test_a_model_reads_what_the_parser_cannot(puppet: Puppet) -> None:
    puppet.script = reader("owner", ("account", "Globex", None))
    told = steward("ask", "¿quién atiende a Globex?").stdout
    assert "Ida Holm owns Globex" in told
    assert "Your words were read by a model (puppet), which chose the question and nothing else." in told


def test_passages_are_summed_up(puppet: Puppet) -> None:
    told = json.loads(steward("ask", "what did acme say about fine pricing?", "--in-short", "--json").stdout)
    (found,) = told["replies"]
    assert found["condensed"]["note"] == "Worded by puppet; every point was checked against its sources."
    assert found["condensed"]["points"][0]["sources"]
    assert found["rows"]


def test_a_series_is_drawn_into_a_file(puppet: Puppet, tmp_path: Path) -> None:
    drawn = tmp_path / "arr.png"
    assert f": {drawn}" in steward("ask", "arr of acme", "--chart", str(drawn)).stdout
    assert drawn.read_bytes().startswith(b"\x89PNG")
    assert "must end in .png" in steward("ask", "arr of acme", "--chart", "arr.pdf", code=2).output
    assert "no series to draw" in steward("ask", "who owns acme?", "--chart", str(drawn), code=2).output
    assert puppet.asked == []
