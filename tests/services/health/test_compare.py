"""Other rules before they are switched on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from bot.cli.main import main
from bot.domain.health_past import rescored
from bot.domain.policy import COMPONENTS, Policies, parse_policies
from bot.rulebook import SHIPPED
from bot.services.health.compare import _told_apart
from tests.domain.test_health_past import POLICIES, reading
from tests.services.clerk import NOW, SELF, Clerk
from tests.services.health.test_nightly import BOOK, night, urgent

TODAY = NOW.date()
TEXTS = {path.stem: path.read_text(encoding="utf-8") for path in SHIPPED.glob("*.yml")}
HARSH = TEXTS["health"].replace("{name: healthy, from: 80}", "{name: healthy, from: 99}")


def other(text: str = HARSH) -> Policies:
    return parse_policies(TEXTS | {"health": text})


def test_whose_band_would_change_today_and_then(clerk: Clerk) -> None:
    clerk.bring(BOOK)
    night(clerk)
    clerk.bring(urgent(3))
    found = clerk.desk.health.compare(SELF, other(), TODAY)
    assert (found.accounts, found.on, found.then_on) == (3, TODAY, TODAY)
    assert {one.band: (one.now, one.other) for one in found.today}["healthy"] == (0, 0)
    then = {one.band: (one.now, one.other) for one in found.then or ()}
    assert then["healthy"] == (1, 0)
    assert then["watch"][1] == then["watch"][0] + 1
    assert sum(one.now for one in found.today) == sum(one.other for one in found.today) == 3
    assert found.changed == len(found.changes) == 0, "today nobody is healthy by either"
    soft = clerk.desk.health.compare(SELF, other(TEXTS["health"].replace("urgent: 40", "urgent: 5")), TODAY)
    [change] = soft.changes
    assert (change.account, change.band, change.other_band) == ("Birch", "at risk", "healthy")
    assert (change.other_score or 0) > (change.score or 0)


def test_the_same_rules_change_nothing(clerk: Clerk) -> None:
    clerk.bring(BOOK)
    found = clerk.desk.health.compare(SELF, POLICIES)
    assert (found.changed, found.then, found.foresight) == (0, None, None)
    assert all(one.now == one.other for one in found.today)


def test_which_rules_saw_better_who_left(clerk: Clerk) -> None:
    both = f"{BOOK['tickets.csv']}T9,2,2026-03-02T08:00:00Z,solved,normal,Old\n"
    clerk.bring({**BOOK, "tickets.csv": both})
    night(clerk)
    churn = "id,account_id,churn date,reason\nX1,2,2026-03-05,price\n"
    clerk.bring({"churn_events.csv": churn})
    blind = TEXTS["health"].replace("engagement: 0.25, support: 0.20", "engagement: 0.45, support: 0.0")
    desk = clerk.desk
    object.__setattr__(desk, "clock", lambda: NOW + timedelta(days=5))
    found = desk.health.compare(SELF, other(blind), TODAY).foresight
    assert found is not None
    assert (found.left, found.stayed) == (1, 1)
    assert found.now == Decimal("100.0"), "Oak's contract was about to end, and it scored lower"


@given(st.lists(st.integers(0, 100), min_size=1, max_size=8), st.lists(st.integers(0, 100), min_size=1, max_size=8))
def test_pairs_told_apart_by_counting_them(gone: list[int], stayed: list[int]) -> None:
    pairs = [1.0 if a < b else 0.5 if a == b else 0.0 for a in gone for b in stayed]
    assert _told_apart(gone, stayed) == round(Decimal(sum(pairs) * 100 / len(pairs)), 1)


@pytest.mark.parametrize(("gone", "stayed"), [([], [1]), ([1], [])])
def test_nobody_to_tell_apart(gone: Sequence[int], stayed: Sequence[int]) -> None:
    assert _told_apart(gone, stayed) is None


@given(st.dictionaries(st.sampled_from(COMPONENTS), st.integers(0, 100).map(float)))
def test_the_same_rules_give_a_kept_reading_the_same_score(values: dict[object, float]) -> None:
    one = reading(values)  # type: ignore[arg-type]  # keys are components
    assert rescored(one, POLICIES.health, None) == (one.computed, one.band)


def test_on_the_shell(sqlite_clerk: Clerk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sqlite_clerk.bring(BOOK)
    monkeypatch.setenv("DATABASE_URL", sqlite_clerk.database.url.render_as_string())
    file = tmp_path / "health-2027.yml"
    file.write_text(HARSH, encoding="utf-8")
    done = CliRunner().invoke(main, ["health", "compare", str(file)])
    assert done.exit_code == 0, done.output
    assert "3 accounts today: " in done.output
    assert "nothing to compare in the past" in done.output
    file.write_text("weights: 7", encoding="utf-8")
    done = CliRunner().invoke(main, ["health", "compare", str(file)])
    assert done.exit_code == 2
    assert "health-2027.yml: line 1, version: is missing; add it; line 1, weights: " in done.output
    for words in (["set", "birch", "70", "new sponsor", "--until", "2999-12-31"], ["clear", "birch"]):
        assert CliRunner().invoke(main, ["health", *words]).exit_code == 2
    assert "accounts" in CliRunner().invoke(main, ["health", "keep"]).output
    assert "are kept" in CliRunner().invoke(main, ["health", "keep"]).output
