"""The policy files: the shipped ones, and what is said about a bad one."""

from __future__ import annotations

from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.domain.policy import (
    COMPONENTS,
    POLICY_FILES,
    CadencePolicy,
    HealthPolicy,
    Policies,
    PolicyError,
    ReminderPolicy,
    RenewalPolicy,
    on_curve,
    parse_policies,
    parse_policy,
    segment_key,
)

SHIPPED = {name: (files("bot") / "policies" / f"{name}.yml").read_text("utf-8") for name in POLICY_FILES}


def policies() -> Policies:
    return parse_policies(SHIPPED)


def health(text: str = SHIPPED["health"]) -> HealthPolicy:
    policy = parse_policy(text, "health.yml")
    assert isinstance(policy, HealthPolicy)
    return policy


@pytest.mark.parametrize(
    ("segment", "days"),
    [
        ("strategic", 14),
        ("enterprise", 14),
        ("Mid-Market", 30),
        ("small", 90),
        ("SMB", 90),
        (None, 30),
        ("galactic", 30),
    ],
)
def test_cadence_defaults(segment: str | None, days: int) -> None:
    assert policies().cadence.days_for(segment).value == days


def test_the_entry_says_when_the_default_was_taken() -> None:
    assert policies().cadence.days_for("SMB").entry == "small"
    assert policies().cadence.days_for("galactic").entry == "default"
    assert policies().renewals.ladder_for(None).entry == "default"


@pytest.mark.parametrize(
    ("segment", "ladder"),
    [
        ("strategic", (180, 120, 90, 60, 45, 30, 14, 7, 1, 0)),
        ("mid market", (120, 90, 60, 30, 14, 0)),
        ("small", (60, 30, 7, 0)),
    ],
)
def test_ladder_defaults(segment: str, ladder: tuple[int, ...]) -> None:
    assert policies().renewals.ladder_for(segment).value == ladder


def test_weights_are_the_published_ones() -> None:
    weights = policies().health.weights_for(None).value
    assert [weights.of(component) for component in COMPONENTS] == [0.35, 0.25, 0.20, 0.10, 0.10]
    assert policies().health.weights_for("strategic").value.engagement == 0.35
    assert policies().health.weights_for("smb").value.usage == 0.40


@pytest.mark.parametrize(
    ("score", "band"),
    [
        (0, "critical"),
        (39.9, "critical"),
        (40, "at risk"),
        (64.99, "at risk"),
        (65, "watch"),
        (65.5, "watch"),
        (79.999, "watch"),
        (80, "healthy"),
        (80.5, "healthy"),
        (100, "healthy"),
    ],
)
def test_bands_are_half_open(score: float, band: str) -> None:
    """65.5 is the published fault: integer bands with gaps call it unknown (oracle K063)."""
    assert policies().health.band(score) == band


@given(st.floats(min_value=0, max_value=100, allow_nan=False))
def test_every_score_has_one_band(score: float) -> None:
    assert policies().health.band(score) in {"critical", "at risk", "watch", "healthy"}


@pytest.mark.parametrize("score", [-0.1, 100.1, float("nan")])
def test_what_is_no_score_has_no_band(score: float) -> None:
    with pytest.raises(ValueError, match="no health score"):
        policies().health.band(score)


@pytest.mark.parametrize(("measure", "value"), [(-9, 10), (0, 10), (5, 30), (10, 50), (15, 75), (20, 100), (99, 100)])
def test_a_curve_is_straight_between_its_points_and_level_beyond(measure: float, value: float) -> None:
    assert on_curve(((0, 10), (10, 50), (20, 100)), measure) == value


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("Mid Market", "mid-market"),
        ("mid_market", "mid-market"),
        (" Enterprise ", "enterprise"),
        ("", None),
        (None, None),
    ],
)
def test_segment_key(written: str | None, key: str | None) -> None:
    assert segment_key(written) == key


FAULTS = [
    ("health", "usage: 0.35, engagement: 0.25", "usage: 0.45, engagement: 0.25", ["weights.default", "sum to 1.1"]),
    (
        "health",
        "usage: 0.40, engagement: 0.15",
        "usage: 0.52, engagement: 0.03",
        ["weights.small", "engagement", "0.05"],
    ),
    ("health", "version: 1", "version: yes", ["version", "True"]),
    ("health", "  - {name: critical, from: 0}\n", "", ["begin at 0"]),
    ("health", "from: 65", "from: 85", ["bands must begin at 0 and rise"]),
    ("health", "from: 65", "from: .nan", ["bands.2.from"]),
    ("health", "name: watch", "name: critical", ["own name"]),
    ("health", "name: watch", "name: unknown", ["unknown"]),
    ("health", "  default: ", "  other: ", ["default"]),
    ("health", "least_coverage: 0.5", "least_coverage: 50", ["least_coverage", "50"]),
    ("health", "least_coverage: 0.5", "least_cover: 0.5", ["least_coverage: is missing", "least_cover: is not known"]),
    ("health", "support: 14", "support: 0", ["staleness_days.support"]),
    ("health", "[[-100, 0], [0, 50]", "[[0, 0], [0, 50]", ["readings.nps", "must rise"]),
    ("health", "[70, 100]]", "[70, 101]]", ["readings.nps", "from 0 to 100"]),
    ("health", "nps: [[-100, 0], [0, 50], [30, 75], [70, 100]]", "nps: [[0, 50]]", ["readings.nps", "two or more"]),
    ("cadence", "small: 90", "small: ninety", ["days.small", "ninety"]),
    ("cadence", "small: 90", "small: 90\n  small: 60", ["line 9", "`small` stands twice"]),
    ("cadence", "small: 90", "small: 90\n  SMB: 60", ["same segment"]),
    ("cadence", "small: 90", "small: [90", ["line"]),
    ("cadence", "default: 30", "default: 30.5", ["default"]),
    ("renewals", "[60, 30, 7, 0]", "[60, 30, 30, 0]", ["ladders.small", "smaller"]),
    ("renewals", "[60, 30, 7, 0]", "[0, 30, 60]", ["ladders.small", "smaller"]),
    ("renewals", "[60, 30, 7, 0]", "[60, -1]", ["ladders.small.1"]),
    ("renewals", "[60, 30, 7, 0]", "[]", ["ladders.small"]),
    ("signals", "urgent_severity: 4", "urgent_severity: 6", ["support.urgent_severity"]),
    ("signals", "competitors: []", "competitors: ['']", ["competitors.0"]),
    ("signals", "competitors: []", "competitors: Globex", ["competitors"]),
    ("renewals", 'at: "09:00"', "at: 10:30", ["at", '"09:00", in quotes', "630"]),
    ("renewals", 'at: "09:00"', 'at: "24:00"', ["at", "24:00"]),
    ("renewals", "after_end: [7, 21]", "after_end: [21, 7]", ["after_end", "near to far"]),
    ("renewals", "receipt_days: 0", "receipt_days: -1", ["receipt_days"]),
    ("cadence", "tiers: [7, 14, 30, 90]", "tiers: [90, 30]", ["tiers", "near to far"]),
    ("cadence", "severity_from: 4", "severity_from: 9", ["closer.severity_from"]),
    ("cadence", "missed: 2", "missed: 0", ["missed"]),
    ("reminders", "renewal: 30", "renewal: soon", ["own_message.renewal"]),
    ("reminders", "check-in: no", "checkin: no", ["own_message.checkin", "spelling"]),
    ("reminders", "promises: [3, 1]", "promises: [1, 1]", ["promises", "twice"]),
    ("reminders", "promises: [3, 1]", "promises: []", ["promises"]),
    ("reminders", "most_a_day: 4", "most_a_day: 0", ["most_a_day"]),
    ("reminders", "weekday: 1", "weekday: 0", ["weekly.weekday"]),
]


@pytest.mark.parametrize(("name", "old", "new", "said"), FAULTS)
def test_a_fault_is_named_with_file_place_and_remedy(name: str, old: str, new: str, said: list[str]) -> None:
    assert old in SHIPPED[name]
    with pytest.raises(PolicyError) as caught:
        parse_policy(SHIPPED[name].replace(old, new, 1), f"conf/{name}.yml")
    message = str(caught.value)
    assert message.startswith(f"conf/{name}.yml")
    for words in said:
        assert words in message


@pytest.mark.parametrize("text", ["", "[]", "just words", "- 1\n- 2", "\x00", "a: &x [*x]", "a: b: c"])
def test_what_is_not_a_policy_at_all_is_refused(text: str) -> None:
    with pytest.raises(PolicyError, match=r"health\.yml"):
        parse_policy(text, "health.yml")


def test_an_unknown_file_is_refused() -> None:
    with pytest.raises(PolicyError, match=r"weather\.yml: not a policy file"):
        parse_policy("a: 1", "weather.yml")


def test_all_files_are_needed() -> None:
    with pytest.raises(PolicyError, match=r"cadence\.yml, kpi\.yml, reminders\.yml, retention\.yml, signals\.yml"):
        parse_policies({"health": SHIPPED["health"], "renewals": SHIPPED["renewals"]})


def test_policies_cannot_be_changed() -> None:
    with pytest.raises(ValidationError):
        policies().health.version = 2  # type: ignore[misc]  # the fault under test


@pytest.mark.parametrize(
    ("written", "days_before", "own"),
    [("no", 0, False), ("yes", 180, True), ("30", 30, True), ("30", 31, False), ("30", -7, True), ("0", 1, False)],
)
def test_what_is_a_message_of_its_own_is_data(written: str, days_before: int, own: bool) -> None:
    policy = parse_policy(SHIPPED["reminders"].replace("renewal: 30", f"renewal: {written}"), "reminders.yml")
    assert isinstance(policy, ReminderPolicy)
    assert policy.own_message.holds("renewal", days_before) is own


@pytest.mark.parametrize(("days", "closer"), [(90, 30), (30, 14), (14, 7), (7, 7), (5, 5), (60, 30)])
def test_one_tier_closer(days: int, closer: int) -> None:
    assert policies().cadence.one_closer(days) == closer


def test_files_of_before_stay_good() -> None:
    """Keys that came later have defaults: nobody's own file stops working with a new version."""
    old = parse_policy("default: [30, 0]\nladders: {}\n", "renewals.yml")
    assert isinstance(old, RenewalPolicy)
    assert (old.after_notice, old.after_end, old.receipt_days) == ((30, 14, 0), (7, 21), 0)
    assert isinstance(parse_policy("default: 30\ndays: {}\n", "cadence.yml"), CadencePolicy)


@given(st.text(max_size=200))
def test_any_text_is_a_policy_or_a_policy_error(text: str) -> None:
    for name, schema in (("cadence.yml", CadencePolicy), ("renewals.yml", RenewalPolicy)):
        try:
            policy = parse_policy(text, name)
        except PolicyError:
            continue
        assert isinstance(policy, schema)
