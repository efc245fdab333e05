"""Drafts and skills on the shell."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli.main import main
from tests.llm.puppet import puppet_server
from tests.services.skills.test_drafts import BOOK


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("book")
    for name, text in BOOK.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def shell(*words: str, **env: str) -> Result:
    return CliRunner().invoke(main, list(words), env=env)


@pytest.fixture
def imported(book: Path, tmp_path: Path) -> dict[str, str]:
    env = {"DATABASE_URL": f"sqlite:///{tmp_path / 'cli.db'}"}
    assert shell("import", str(book), **env).exit_code == 0
    return env


def test_a_brief_is_printed_with_its_sources(imported: dict[str, str]) -> None:
    found = shell("brief", "birch", "--days", "3650", **imported)
    assert found.exit_code == 0, found.output
    assert "“Dana asked for a discount of 12 percent on the renewal.”  [call Ida Holm with Dana White" in found.output
    assert "Written from the record, without a model." in found.output


def test_the_same_as_json(imported: dict[str, str]) -> None:
    found = json.loads(shell("draft", "checkin", "birch", "--days", "3650", "--json", **imported).output)
    assert found["skill"] == "checkin"
    assert found["letter"].startswith("Hello,")
    assert "discount" not in json.dumps(found)


def test_a_model_that_is_set_up_words_it(imported: dict[str, str]) -> None:
    with puppet_server() as puppet:
        model = {**imported, "STEWARD_LLM_MODEL": "puppet", "OPENAI_BASE_URL": puppet.url}
        words = ("brief", "birch", "--days", "3650")
        assert "Worded by puppet; every point was checked against its sources." in shell(*words, **model).output
        assert "without a model" in shell(*words, **model, STEWARD_LLM="off").output
        assert len(puppet.asked) == 1
        assert "your budget for models is used up" in shell(*words, **model, STEWARD_LLM_PERSON_TOKENS="2000").output
        assert len(puppet.asked) == 1


def test_what_cannot_be_drafted_says_so(imported: dict[str, str]) -> None:
    for words, message in (
        (("draft", "poem", "birch"), "There is no skill `poem`"),
        (("draft", "qbr", "birch"), "a command of its own"),
        (("brief", "nobody"), "No account is called"),
    ):
        found = shell(*words, **imported)
        assert found.exit_code == 2
        assert message in found.output


def test_skills_are_listed_and_checked(tmp_path: Path) -> None:
    assert "brief  Call preparation, version" in shell("skills", "list").output
    assert shell("skills", "check").output.endswith("risk.\n")
    bad = tmp_path / "own" / "brief"
    (bad / "assets").mkdir(parents=True)
    (bad / "SKILL.md").write_text("---\nname: brief\n---\n", encoding="utf-8")
    found = shell("skills", "check", STEWARD_SKILLS=str(bad.parent))
    assert found.exit_code == 1
    assert "brief/SKILL.md: description: field required" in found.output
    listed = shell("skills", "list", STEWARD_SKILLS=str(bad.parent))
    assert "shipped version is in use" in listed.output


def test_a_skill_is_measured() -> None:
    found = shell("skills", "eval", "checkin")
    assert found.exit_code == 0, found.output
    assert "checkin-40" in found.output
    assert "100%" in found.output
