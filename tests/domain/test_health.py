"""Health: weights, coverage, bands, overrides and what explains them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.health import Health, Override, Reading, band_above, changes, health, moves, points_to
from bot.domain.policy import COMPONENTS, Component, HealthPolicy, parse_policy
from tests.domain.test_policy import SHIPPED

TODAY = date(2026, 3, 4)


def policy_of(text: str = SHIPPED["health"]) -> HealthPolicy:
    policy = parse_policy(text, "health.yml")
    assert isinstance(policy, HealthPolicy)
    return policy


POLICY = policy_of()


def reading(value: float | None, age: int | None = 1) -> Reading:
    return Reading(value, "because", age, "a source")


def of(segment: str | None = None, override: Override | None = None, /, **values: float | None) -> Health:
    readings = {component: reading(values[component]) for component in COMPONENTS if component in values}
    return health(readings, POLICY, segment, TODAY, override)


ALL_80: dict[str, float | None] = dict.fromkeys(COMPONENTS, 80.0)


def test_a_worked_example() -> None:
    """.35 x 90 + .25 x 60 + .20 x 70 + .10 x 50 + .10 x 80 = 73.5, half-up 74."""
    found = of(usage=90, engagement=60, support=70, sentiment=50, commercial=80)
    assert (found.score, found.band, found.used, found.possible) == (74, "watch", 5, 5)
    assert found.coverage == pytest.approx(1)
    assert [(one.component, round(one.points, 3)) for one in found.contributions] == [
        ("usage", 31.5),
        ("engagement", 15.0),
        ("support", 14.0),
        ("sentiment", 5.0),
        ("commercial", 8.0),
    ]
    assert (found.version, found.weights, found.missing) == (1, "default", ())


def test_a_missing_component_drops_out_and_its_weight_is_spread() -> None:
    found = of(usage=90, engagement=60, support=None)
    assert found.score == round((0.35 * 90 + 0.25 * 60) / 0.60)
    assert found.coverage == pytest.approx(0.60)
    assert found.sentence == "78, watch, from 2 of 5 inputs"
    assert [(one.component, one.share) for one in found.missing] == [
        ("support", 0.20),
        ("sentiment", 0.10),
        ("commercial", 0.10),
    ]
    assert all(one.fill for one in found.missing)


def test_spreading_is_proportional() -> None:
    """Zudo's example: the shares that stay keep their ratio."""
    found = of(usage=50, engagement=50, support=50, commercial=50)
    weights = {one.component: one.weight for one in found.contributions}
    assert weights["usage"] / weights["engagement"] == pytest.approx(0.35 / 0.25)
    assert sum(weights.values()) == pytest.approx(1)


def test_under_half_the_weight_is_unknown_and_half_is_enough() -> None:
    under = of(usage=100, sentiment=100)
    assert (under.score, under.band, under.computed) == (None, "unknown", None)
    assert under.coverage == pytest.approx(0.45)
    assert under.sentence == "unknown: only 45% of the weight is known, from 2 of 5 inputs"
    assert of("strategic", engagement=70, support=70).score == 70


def test_nothing_known_is_unknown() -> None:
    found = health({}, POLICY, None, TODAY)
    assert (found.score, found.band, found.used, found.coverage, len(found.missing)) == (None, "unknown", 0, 0, 5)
    assert moves(found, POLICY) == ()


def test_with_no_coverage_asked_for_nothing_known_is_still_unknown() -> None:
    lenient = policy_of(SHIPPED["health"].replace("least_coverage: 0.5", "least_coverage: 0.0"))
    assert health({}, lenient, None, TODAY).score is None


@pytest.mark.parametrize(
    ("component", "fresh"), [("usage", 14), ("engagement", 14), ("support", 14), ("sentiment", 90), ("commercial", 30)]
)
def test_a_stale_reading_drops_out(component: Component, fresh: int) -> None:
    readings = {name: reading(80) for name in COMPONENTS}
    on_the_day = health({**readings, component: reading(10, fresh)}, POLICY, None, TODAY)
    after = health({**readings, component: reading(10, fresh + 1)}, POLICY, None, TODAY)
    ageless = health({**readings, component: reading(10, None)}, POLICY, None, TODAY)
    assert on_the_day.used == 5
    assert (after.used, after.score) == (4, 80)
    assert after.missing[0].why == f"stale: {fresh + 1} days old"
    assert ageless.missing[0].why == "stale: of unknown age"


def test_segments_have_their_own_weights() -> None:
    values: dict[str, float | None] = {**ALL_80, "engagement": 0}
    assert of("strategic", **values).score == 52
    assert of("small", **values).score == 68
    assert (of("SMB", **values).weights, of("galactic", **values).weights) == ("small", "default")


def test_a_component_without_weight_is_not_asked_for() -> None:
    text = SHIPPED["health"].replace(
        "{usage: 0.40, engagement: 0.15, support: 0.25, sentiment: 0.10, commercial: 0.10}",
        "{usage: 0.50, engagement: 0.15, support: 0.25, sentiment: 0.10, commercial: 0}",
    )
    found = health({"commercial": reading(0), "usage": reading(60)}, policy_of(text), "small", TODAY)
    assert (found.score, found.possible) == (60, 4)
    assert "commercial" not in {one.component for one in found.missing}


def test_a_value_off_the_scale_is_a_fault() -> None:
    with pytest.raises(ValueError, match="support reading is 101"):
        of(support=101)


@pytest.mark.parametrize(
    ("value", "band"), [(39.4, "critical"), (39.5, "at risk"), (64.4, "at risk"), (79.5, "healthy")]
)
def test_the_band_follows_the_score_that_is_shown(value: float, band: str) -> None:
    found = of(**dict.fromkeys(COMPONENTS, value))
    assert found.band == band
    assert found.score is not None
    assert POLICY.band(found.score) == band


def override(days: int) -> Override:
    return Override(30, "Sponsor told us they leave", "Dana", TODAY + timedelta(days=days))


def test_a_person_may_override_until_it_expires() -> None:
    found = of(None, override(0), **ALL_80)
    assert (found.score, found.band, found.computed) == (30, "critical", 80)
    assert found.sentence == (
        "30, critical: set by Dana until 4 Mar 2026 (Sponsor told us they leave); computed: 80"
    )  # fmt: skip
    assert of(None, override(-1), **ALL_80) == of(**ALL_80)


def test_an_override_also_speaks_where_nothing_is_known() -> None:
    found = health({}, POLICY, None, TODAY, override(5))
    assert (found.score, found.computed) == (30, None)
    assert found.sentence.endswith("computed: unknown")


@pytest.mark.parametrize(("score", "reason", "by"), [(101, "x", "y"), (-1, "x", "y"), (50, " ", "y"), (50, "x", "")])
def test_an_override_needs_a_score_a_reason_and_a_name(score: int, reason: str, by: str) -> None:
    with pytest.raises(ValueError, match="override"):
        Override(score, reason, by, TODAY)


def test_what_would_move_it_up_a_band() -> None:
    """80s with usage at 60 are 73; half-up 79.5 is enough: 6.5 points of usage are 6.5 / .35 = 18.6, so 79."""
    found = of(**{**ALL_80, "usage": 60})
    assert (found.score, found.band) == (73, "watch")
    assert [(way.component, way.now, way.needed, way.band) for way in moves(found, POLICY)] == [
        ("usage", 60, 79, "healthy")
    ]
    near = moves(of(**{**ALL_80, "usage": 78, "engagement": 78}), POLICY)
    assert [(way.component, way.needed) for way in near] == [
        ("usage", 80),
        ("engagement", 81),
        ("support", 84),
        ("commercial", 87),
        ("sentiment", 87),
    ]


def test_no_single_component_may_reach_far_enough() -> None:
    assert moves(of(**dict.fromkeys(COMPONENTS, 66.0)), POLICY) == ()


def test_the_best_band_has_nothing_above() -> None:
    assert moves(of(**ALL_80), POLICY) == ()


values = st.floats(min_value=0, max_value=100, allow_nan=False)
some_readings = st.dictionaries(
    st.sampled_from(COMPONENTS),
    st.builds(Reading, st.none() | values, st.just("s"), st.none() | st.integers(0, 120), st.none()),
)
segments = st.sampled_from([None, "strategic", "mid-market", "small"])


@given(some_readings, segments)
def test_there_is_a_score_with_a_band_or_there_is_neither(
    readings: dict[Component, Reading], segment: str | None
) -> None:
    found = health(readings, POLICY, segment, TODAY)
    assert (found.score is None) == (found.band == "unknown") == (found.coverage < 0.5 - 1e-9)
    assert found.used + len(found.missing) == found.possible == 5
    assert found.coverage + sum(one.share for one in found.missing) == pytest.approx(1)
    if found.contributions:
        assert sum(one.weight for one in found.contributions) == pytest.approx(1)
    if found.score is not None:
        assert found.score == pytest.approx(sum(one.points for one in found.contributions), abs=0.5001)


@given(some_readings, segments)
def test_each_way_up_really_leads_into_the_next_band(readings: dict[Component, Reading], segment: str | None) -> None:
    found = health(readings, POLICY, segment, TODAY)
    for way in moves(found, POLICY):
        lifted = {**readings, way.component: reading(way.needed, 0)}
        assert health(lifted, POLICY, segment, TODAY).band == way.band
        assert found.band != way.band
        if way.needed - 1 > way.now:
            short = {**readings, way.component: reading(way.needed - 1, 0)}
            assert health(short, POLICY, segment, TODAY).band == found.band


@given(some_readings, some_readings, segments)
def test_changes_add_up_to_the_difference(
    before: dict[Component, Reading], after: dict[Component, Reading], segment: str | None
) -> None:
    then, now = health(before, POLICY, segment, TODAY), health(after, POLICY, segment, TODAY)
    difference = sum(one.points for one in now.contributions) - sum(one.points for one in then.contributions)
    assert sum(points for _, points in changes(then, now)) == pytest.approx(difference, abs=1e-6)


def test_changes_name_the_components() -> None:
    moved = changes(of(**ALL_80), of(**{**ALL_80, "usage": 60, "support": 65}))
    assert [(component, round(points, 2)) for component, points in moved] == [("usage", -7), ("support", -3)]


@pytest.mark.parametrize(
    ("value", "band", "points"), [(0, "at risk", 40), (39, "at risk", 1), (40, "watch", 25), (79, "healthy", 1)]
)
def test_how_far_the_next_band_is(value: float, band: str, points: int) -> None:
    found = of(**dict.fromkeys(COMPONENTS, value))
    above = band_above(found, POLICY)
    assert above is not None
    assert (above.name, points_to(above, found)) == (band, points)


def test_above_the_best_band_and_above_unknown_there_is_none() -> None:
    assert band_above(of(**ALL_80), POLICY) is None
    assert band_above(of(usage=10), POLICY) is None


@given(st.lists(st.floats(0, 100), min_size=5, max_size=5))
def test_so_many_points_more_are_the_next_band_and_one_less_is_not(values: list[float]) -> None:
    found = of(**dict(zip(COMPONENTS, values, strict=True)))
    above = band_above(found, POLICY)
    if above is not None and found.score is not None:
        assert POLICY.band(found.score + points_to(above, found)) == above.name
        assert POLICY.band(found.score + points_to(above, found) - 1) == found.band
