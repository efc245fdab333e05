"""Policy files that change while the bot runs: good ones are taken in, bad ones leave the last good one in force."""

from __future__ import annotations

import logging
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner

from bot.bootstrap import load_policies
from bot.cli.main import main
from bot.domain.audience import SHELL, Role, only_the_asker
from bot.domain.policy import POLICY_FILES, PolicyError
from bot.rulebook import SHIPPED, Rulebook, examine, policies_with
from bot.services.desk import Desk
from bot.services.reminders.planning import fingerprint
from bot.storage.database import Database
from tests.services.clerk import clock

HEALTH = (SHIPPED / "health.yml").read_text(encoding="utf-8")
CADENCE = (SHIPPED / "cadence.yml").read_text(encoding="utf-8")


def written(folder: Path, name: str, text: str | bytes) -> Path:
    """Saved as editors do: a new file takes the place of the old one."""
    new = folder / f".{name}.new"
    new.write_bytes(text if isinstance(text, bytes) else text.encode())
    return new.replace(folder / name)


def test_a_changed_file_is_in_force_after_the_next_look(tmp_path: Path) -> None:
    rules = Rulebook(tmp_path)
    before = rules.policies
    written(tmp_path, "health.yml", HEALTH.replace("least_coverage: 0.5", "least_coverage: 0.6"))
    assert rules.policies is before
    rules.look()
    assert (rules.policies.health.least_coverage, rules.faults) == (0.6, ())
    assert rules.policies.cadence is before.cadence
    (tmp_path / "health.yml").unlink()
    rules.look()
    assert rules.policies.health == before.health


def test_nothing_moves_when_nothing_is_said_differently(tmp_path: Path) -> None:
    written(tmp_path, "health.yml", HEALTH)
    rules = Rulebook(tmp_path)
    before = rules.policies
    written(tmp_path, "health.yml", f"# our own words\n{HEALTH}")
    rules.look()
    assert rules.policies is before
    assert before.health.fingerprint == load_policies(None).health.fingerprint
    changed = HEALTH.replace("from: 65", "from: 66")
    written(tmp_path, "health.yml", changed)
    rules.look()
    assert rules.policies.health.fingerprint != before.health.fingerprint


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (HEALTH.replace("usage: 0.35", "usage: 0.45"), "line 8, weights.default: the weights sum to 1.1; make them"),
        (HEALTH.replace("least_coverage: 0.5", "least_cover: 0.5"), "line 19, least_cover: is not known; remove it"),
        (HEALTH[:400], "line 1, weights: is missing; add it"),
        ("", "line 1, the file: must be a list of"),
        (b"\xff\xfe\x00", "byte 0 is not UTF-8; save the file as UTF-8"),
        ("x: y\n" * 400_000, "is larger than a policy file can be"),
    ],
)
def test_a_bad_file_keeps_the_last_good_one_and_says_why(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, text: str | bytes, said: str
) -> None:
    written(tmp_path, "health.yml", HEALTH.replace("from: 65", "from: 66"))
    rules = Rulebook(tmp_path)
    good = rules.policies.health
    written(tmp_path, "health.yml", text)
    written(tmp_path, "cadence.yml", CADENCE.replace("default: 30", "default: 31"))
    with caplog.at_level(logging.INFO):
        rules.look()
        rules.look()
    assert rules.policies.health is good
    assert rules.policies.cadence.default == 31, "the other files go on"
    (fault,) = rules.faults
    assert said in fault
    assert str(tmp_path / "health.yml") in fault
    assert fault.endswith("Until then the rules of before hold.")
    assert caplog.text.count(said) == 1
    with pytest.raises(PolicyError, match=r"health\.yml"):
        Rulebook(tmp_path)
    written(tmp_path, "health.yml", HEALTH)
    rules.look()
    assert rules.faults == ()
    assert rules.policies.health != good


def test_a_folder_that_is_gone_keeps_what_it_said(tmp_path: Path) -> None:
    folder = tmp_path / "ours"
    folder.mkdir()
    written(folder, "cadence.yml", CADENCE.replace("default: 30", "default: 31"))
    rules = Rulebook(folder)
    folder.rename(tmp_path / "elsewhere")
    rules.look()
    assert rules.policies.cadence.default == 31
    assert "which is not a folder; create it" in rules.faults[0]
    (tmp_path / "elsewhere").rename(folder)
    rules.look()
    assert rules.faults == ()


def test_a_file_that_nobody_reads_is_named(tmp_path: Path) -> None:
    written(tmp_path, "helth.yml", HEALTH)
    written(tmp_path, "cadence.yaml", CADENCE)
    strays = [one.fault for one in examine(tmp_path) if one.name is None]
    assert [str(fault).rsplit("; ", 1)[1] for fault in strays] == [
        "did you mean cadence.yml? Rename it",
        "did you mean health.yml? Rename it",
    ]
    assert Rulebook(tmp_path).policies == load_policies(None)


def test_other_rules_are_a_folder_or_a_file(tmp_path: Path) -> None:
    written(tmp_path, "cadence-2027.yml", CADENCE.replace("default: 30", "default: 31"))
    other = tmp_path / "cadence-2027.yml"
    assert policies_with(None, other).cadence.default == 31
    folder = tmp_path / "all"
    folder.mkdir()
    written(folder, "cadence.yml", other.read_bytes())
    found = policies_with(None, folder)
    assert (found.cadence.default, found.health) == (31, load_policies(None).health)
    with pytest.raises(PolicyError, match="no file or folder of rules"):
        policies_with(None, tmp_path / "weather.yml")


def test_a_running_desk_goes_by_them_and_tells_leads(sqlite_database: Database, tmp_path: Path) -> None:
    rules = Rulebook(tmp_path)
    desk = Desk(sqlite_database, clock, rules, ZoneInfo("UTC"))
    planned_by = fingerprint(desk.policies, desk.zone)
    written(tmp_path, "cadence.yml", CADENCE.replace("default: 30", "default: 31"))
    rules.look()
    assert desk.policies.cadence.default == desk.reminders.policies.cadence.default == 31
    assert fingerprint(desk.policies, desk.zone) != planned_by, "everything is planned again"
    written(tmp_path, "cadence.yml", "default: soon")
    rules.look()
    lead, member = (only_the_asker(replace(SHELL, role=role)) for role in (Role.LEAD, Role.MEMBER))
    (fault,) = desk.my_day(lead).faults
    assert "default: " in fault
    assert desk.my_day(member).faults == ()


def test_the_shell_says_which_files_are_in_force(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STEWARD_POLICIES", str(tmp_path))
    written(tmp_path, "kpi.yml", "gross_margin: 0.8\n")
    done = CliRunner().invoke(main, ["policies", "check"])
    assert done.exit_code == 0, done.output
    assert done.output.count("as shipped") == len(POLICY_FILES) - 1
    assert f"version {load_policies(tmp_path).kpi.fingerprint}  {tmp_path / 'kpi.yml'}" in done.output
    written(tmp_path, "kpi.yml", "gross_margin: 80\n")
    done = CliRunner().invoke(main, ["policies", "check"])
    assert done.exit_code == 1
    assert "line 1, gross_margin: input should be less than or equal to 1, but it is 80; change it." in done.output
