"""Looking ahead: what is said, to whom, and what other rules change."""

from __future__ import annotations

import json
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner

from bot.cli.main import main
from bot.domain.audience import Audience
from bot.services.errors import BadInput, NotAllowed
from bot.services.preferences import Usual
from bot.services.reminders.simulate import Ahead, compare_rules, simulate
from bot.services.results.simulation import Simulation
from tests.domain.reminders.books import POLICIES, policies
from tests.services.clerk import NOW, SELF, Clerk
from tests.services.reminders.posted import GUEST
from tests.services.reminders.test_planning import BOOK

USUAL = Usual(ZoneInfo("UTC"), "en_GB")


def ahead(clerk: Clerk, days: int = 90, account: int | None = None) -> Simulation:
    return simulate(clerk.database, SELF, POLICIES, USUAL, Ahead(days, account), NOW)


def told(found: Simulation, kind: str = "message") -> list[tuple[str, str | None, tuple[int | None, ...]]]:
    return [(one.local[:16], one.to, tuple(said.milestone for said in one.says))
            for one in found.messages if one.kind == kind]  # fmt: skip


def test_messages_mornings_and_the_weekly_line(clerk: Clerk) -> None:
    clerk.bring(BOOK)
    before = clerk.dump()
    found = ahead(clerk)
    assert clerk.dump() == before
    assert told(found) == [
        ("2026-04-30 08:00", "Maya Lindqvist", (30,)), ("2026-05-15 08:00", "Maya Lindqvist", (14,)),
        ("2026-05-22 08:00", "Maya Lindqvist", (7,)), ("2026-05-29 08:00", "Maya Lindqvist", (0,)),
    ]  # fmt: skip
    assert told(found, "morning")[:3] == [
        ("2026-03-05 08:30", "Maya Lindqvist", (90,)), ("2026-03-06 08:30", "Maya Lindqvist", (0,)),
        ("2026-03-13 08:30", "Maya Lindqvist", (1,)),
    ]  # fmt: skip
    assert {one.to for one in found.messages if one.kind == "weekly"} == {"Lea Brandt"}
    assert [(one.name, one.messages) for one in found.people][-1] == ("Maya Lindqvist", 4)
    first = found.messages[0].says[0]
    assert first.reason == "The notice deadline of contract C-3 is on 31 May 2026, in 87 days."


def test_of_one_account(clerk: Clerk) -> None:
    clerk.bring(BOOK)
    nordwind = int(clerk.row("account", name="Nordwind").id)
    found = ahead(clerk, account=nordwind)
    assert {said.account for one in found.messages for said in one.says} == {"Nordwind"}


def test_other_rules(clerk: Clerk) -> None:
    clerk.bring(BOOK)
    ladder = "strategic: [180, 120, 90, 60, 45, 30, 14, 7, 1, 0]"
    fewer = policies(renewals=(ladder, "strategic: [60, 14, 3, 0]"))
    found = compare_rules(clerk.database, SELF, POLICIES, fewer, USUAL, Ahead(90), NOW)
    gone = {(one.local[:10], one.says.milestone) for one in found.gone if one.says.rule == "renewal"}
    new = {(one.local[:10], one.says.milestone) for one in found.new if one.says.rule == "renewal"}
    assert new == {("2026-05-28", 3)}
    assert {("2026-04-30", 30), ("2026-05-22", 7)} < gone
    same = compare_rules(clerk.database, SELF, POLICIES, POLICIES, USUAL, Ahead(90), NOW)
    assert (same.gone, same.new) == ((), ())
    assert same.same > 0


@pytest.mark.parametrize("days", [0, 731, -1])
def test_a_span_that_cannot_be(clerk: Clerk, days: int) -> None:
    with pytest.raises(BadInput, match="1 to 730 days"):
        ahead(clerk, days)


def test_not_for_outsiders(clerk: Clerk) -> None:
    outsider: Audience = GUEST
    with pytest.raises(NotAllowed):
        simulate(clerk.database, outsider, POLICIES, USUAL, Ahead(), NOW)


class TestShell:
    def run(self, clerk: Clerk, monkeypatch: pytest.MonkeyPatch, *words: str, code: int = 0) -> str:
        monkeypatch.setenv("DATABASE_URL", clerk.database.url.render_as_string(hide_password=False))
        done = CliRunner().invoke(main, ["simulate", *words])
        assert done.exit_code == code, done.output + done.stderr
        return done.stdout if code == 0 else done.stderr

    def test_in_words_and_as_json(self, sqlite_clerk: Clerk, monkeypatch: pytest.MonkeyPatch) -> None:
        sqlite_clerk.bring(BOOK)
        words = self.run(sqlite_clerk, monkeypatch, "--days", "30")
        assert words.startswith("30 days from ")
        assert "Nobody acts meanwhile" in words
        data = json.loads(self.run(sqlite_clerk, monkeypatch, "--days", "30", "--as-json"))
        assert list(data) == ["since", "until", "accounts", "people", "messages"]
        assert "nothing called" not in self.run(sqlite_clerk, monkeypatch, "--account", "nordwind")
        assert "No account" in self.run(sqlite_clerk, monkeypatch, "--account", "zzz", code=2)

    def test_rules_from_a_file_or_a_folder(self, sqlite_clerk: Clerk, monkeypatch: pytest.MonkeyPatch) -> None:
        sqlite_clerk.bring(BOOK)
        folder = sqlite_clerk.folder
        file = folder / "renewals-new.yml"
        file.write_text("default: [30, 0]\nladders: {}\n", encoding="utf-8")
        assert "By the other rules:" in self.run(sqlite_clerk, monkeypatch, "--rules", str(file))
        (folder / "cadence.yml").write_text("default: 30\ndays: {small: ninety}\n", encoding="utf-8")
        assert "cadence.yml: line 2, days.small" in self.run(sqlite_clerk, monkeypatch, "--rules", str(folder), code=2)
        assert "no file or folder of rules" in self.run(
            sqlite_clerk, monkeypatch, "--rules", str(folder / "none.yml"), code=2
        )
