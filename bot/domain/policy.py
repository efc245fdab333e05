"""The schemas of the policy files, and what is wrong with a bad one.

Segments are the account's own words, compared by `segment_key`; what a file does not list gets the file's `default`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Annotated, Any, Generic, Literal, TypeVar, cast, get_args

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

Component = Literal["usage", "engagement", "support", "sentiment", "commercial"]
COMPONENTS: tuple[Component, ...] = get_args(Component)

# What the market calls the segments that the shipped files list.
_SEGMENT_NAMES = {
    "smb": "small",
    "sme": "small",
    "small-business": "small",
    "midmarket": "mid-market",
    "mid": "mid-market",
    "medium": "mid-market",
    "key": "strategic",
    "key-account": "strategic",
}
_WEIGHT_TOLERANCE = 1e-6
_LEAST_WEIGHT = 0.05

T = TypeVar("T")


class PolicyError(ValueError):
    """A policy file that cannot be used: the message names the file, the place in it and what to do."""


@dataclass(frozen=True, slots=True)
class Chosen(Generic[T]):
    """A value of a policy and the entry it comes from: a segment, or "default" when the segment is not listed."""

    value: T
    entry: str


def segment_key(segment: str | None) -> str | None:
    """How segments are compared: "Mid Market" is "mid-market", "SMB" is "small"; None for blank."""
    key = re.sub(r"[\W_]+", "-", (segment or "").casefold()).strip("-")
    return _SEGMENT_NAMES.get(key, key) or None


def _choose(entries: Mapping[str, T], segment: str | None, default: T) -> Chosen[T]:
    key = segment_key(segment)
    return Chosen(entries[key], key) if key and key in entries else Chosen(default, "default")


def _spelled_as_keys(entries: Mapping[str, T]) -> dict[str, T]:
    """Entries by `segment_key`, so that a file may say "SMB"."""
    spelled = {segment_key(name) or "": name for name in entries}
    if "" in spelled or len(spelled) < len(entries):
        raise ValueError("two names mean the same segment, or one is empty; keep one of them")
    return {key: entries[name] for key, name in spelled.items()}


def _falling(steps: tuple[int, ...]) -> tuple[int, ...]:
    if not steps or any(later >= earlier for earlier, later in pairwise(steps)):
        raise ValueError("the steps of a ladder must become smaller; sort them from far to near, each once")
    return steps


Days = Annotated[int, Field(strict=True, ge=1, le=3660)]
Count = Annotated[int, Field(strict=True, ge=1, le=1000)]
Severity = Annotated[int, Field(strict=True, ge=1, le=5)]
Share = Annotated[float, Field(strict=True, ge=0, le=1, allow_inf_nan=False)]
Factor = Annotated[float, Field(strict=True, ge=1, le=100, allow_inf_nan=False)]
Percent = Annotated[float, Field(strict=True, gt=0, le=100, allow_inf_nan=False)]
Step = Annotated[int, Field(strict=True, ge=0, le=3660)]
Ladder = Annotated[tuple[Step, ...], AfterValidator(_falling)]
Word = Annotated[str, Field(min_length=2, max_length=80, pattern=r"\w")]


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Weights(_Section):
    """The share of each health component; they sum to 1, and none is a token share."""

    usage: Share
    engagement: Share
    support: Share
    sentiment: Share
    commercial: Share

    @model_validator(mode="after")
    def _whole(self) -> Weights:
        total = sum(self.of(component) for component in COMPONENTS)
        if abs(total - 1) > _WEIGHT_TOLERANCE:
            raise ValueError(f"the weights sum to {total:g}; make them sum to 1")
        if token := [component for component in COMPONENTS if 0 < self.of(component) < _LEAST_WEIGHT]:
            raise ValueError(f"the weight of {', '.join(token)} is below {_LEAST_WEIGHT}; make it 0 or at least that")
        return self

    def of(self, component: Component) -> float:
        return cast(float, getattr(self, component))


class Staleness(_Section):
    """Days without news from its source after which a component no longer counts."""

    usage: Days
    engagement: Days
    support: Days
    sentiment: Days
    commercial: Days

    def of(self, component: Component) -> int:
        return cast(int, getattr(self, component))


class Band(_Section):
    """A band begins at its `from` (inclusive) and ends where the next one begins."""

    name: Word
    starts: Annotated[float, Field(alias="from", strict=True, ge=0, lt=100, allow_inf_nan=False)]


class HealthPolicy(_Section):
    version: Annotated[int, Field(strict=True, ge=1)]
    weights: Annotated[Mapping[str, Weights], AfterValidator(_spelled_as_keys)]
    staleness_days: Staleness
    least_coverage: Share
    bands: tuple[Band, ...]

    @model_validator(mode="after")
    def _covers_everything(self) -> HealthPolicy:
        if "default" not in self.weights:
            raise ValueError("weights has no `default`; add it for accounts without a known segment")
        starts = [band.starts for band in self.bands]
        if not starts or starts[0] != 0 or any(a >= b for a, b in pairwise(starts)):
            raise ValueError("the bands must begin at 0 and rise; otherwise a score falls into a gap")
        names = [band.name for band in self.bands]
        if len(set(names)) < len(names) or "unknown" in names:
            raise ValueError("every band needs its own name, and `unknown` is taken")
        return self

    def weights_for(self, segment: str | None) -> Chosen[Weights]:
        return _choose(self.weights, segment, self.weights["default"])

    def band(self, score: float) -> str:
        """The band of a score from 0 to 100; there is no score without a band."""
        if not 0 <= score <= 100:
            raise ValueError(f"{score} is no health score: it must be from 0 to 100")
        return [band.name for band in self.bands if band.starts <= score][-1]


class CadencePolicy(_Section):
    default: Days
    days: Annotated[Mapping[str, Days], AfterValidator(_spelled_as_keys)]

    def days_for(self, segment: str | None) -> Chosen[int]:
        return _choose(self.days, segment, self.default)


class RenewalPolicy(_Section):
    default: Ladder
    ladders: Annotated[Mapping[str, Ladder], AfterValidator(_spelled_as_keys)]

    def ladder_for(self, segment: str | None) -> Chosen[tuple[int, ...]]:
        return _choose(self.ladders, segment, self.default)


class UsageRules(_Section):
    falling_periods: Count
    one_fall_percent: Percent


class SupportRules(_Section):
    urgent_severity: Severity
    old_days: Days
    spike_days: Days
    spike_baseline_days: Days
    spike_factor: Factor
    spike_least: Count


class PeopleRules(_Section):
    look_back_days: Days
    champion_left_severity: Severity
    sponsor_changed_severity: Severity
    contact_window_days: Days
    least_contacts: Count


class SatisfactionRules(_Section):
    low_nps: Annotated[int, Field(strict=True, ge=0, le=10)]
    drop_points: Annotated[float, Field(strict=True, gt=0, le=10, allow_inf_nan=False)]
    window_days: Days


class SilenceRules(_Section):
    cadence_factor: Factor


class PromiseRules(_Section):
    least_overdue: Count


class RenewalRules(_Section):
    window_days: Days
    stalled_days: Days


class ObjectiveRules(_Section):
    confirmed_days: Days


class NoteRules(_Section):
    window_days: Days


class DataRules(_Section):
    stale_days: Days


class SignalPolicy(_Section):
    usage: UsageRules
    support: SupportRules
    people: PeopleRules
    satisfaction: SatisfactionRules
    silence: SilenceRules
    promises: PromiseRules
    renewal: RenewalRules
    objective: ObjectiveRules
    notes: NoteRules
    data: DataRules
    competitors: tuple[Word, ...]
    evaluation_words: tuple[Word, ...]
    evaluation_alone: tuple[Word, ...]


Policy = HealthPolicy | CadencePolicy | RenewalPolicy | SignalPolicy
_SCHEMAS: dict[str, type[Policy]] = {
    "health": HealthPolicy,
    "cadence": CadencePolicy,
    "renewals": RenewalPolicy,
    "signals": SignalPolicy,
}


@dataclass(frozen=True, slots=True)
class Policies:
    """All policy files together."""

    health: HealthPolicy
    cadence: CadencePolicy
    renewals: RenewalPolicy
    signals: SignalPolicy


def parse_policies(texts: Mapping[str, str]) -> Policies:
    """Policies from the texts of the four files by stem ("health", ...). `PolicyError` for the first bad one."""
    if missing := _SCHEMAS.keys() - texts.keys():
        raise PolicyError(f"policy files are missing: {', '.join(sorted(f'{name}.yml' for name in missing))}")
    return Policies(**{name: cast(Any, parse_policy(texts[name], f"{name}.yml")) for name in _SCHEMAS})


def parse_policy(text: str, name: str) -> Policy:
    """The policy in `text`; the stem of the file's `name` chooses the schema. Raises `PolicyError`."""
    stem = re.split(r"[/\\]", name)[-1].rsplit(".", 1)[0]
    if stem not in _SCHEMAS:
        raise PolicyError(f"{name}: not a policy file; name it one of {', '.join(f'{stem}.yml' for stem in _SCHEMAS)}")
    try:
        return _SCHEMAS[stem].model_validate(_load(text, name))
    except ValidationError as wrong:
        faults = "; ".join(_fault(error) for error in wrong.errors(include_url=False))
        raise PolicyError(f"{name}: {faults}") from None


class _Loader(yaml.SafeLoader):
    """YAML without silent overwriting: a key that stands twice is an error."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen = set[str]()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.constructor.ConstructorError(
                    problem=f"`{key.value}` stands twice; keep one of them", problem_mark=key.start_mark
                )
            seen.add(key.value)
        return super().construct_mapping(node, deep)


def _load(text: str, name: str) -> object:
    try:
        return yaml.load(text, _Loader)  # noqa: S506 - a SafeLoader
    except yaml.MarkedYAMLError as wrong:
        at = (
            f" line {wrong.problem_mark.line + 1}, column {wrong.problem_mark.column + 1}" if wrong.problem_mark else ""
        )
        raise PolicyError(f"{name}{at}: {wrong.problem}; correct the line (two spaces per level)") from None
    except (yaml.YAMLError, RecursionError, ValueError) as wrong:
        raise PolicyError(f"{name}: not readable as YAML ({wrong}); restore the shipped file") from None


def _fault(error: Any) -> str:
    """One fault as "place: what to do"."""
    place = ".".join(str(step) for step in error["loc"]) or "the file"
    match error["type"]:
        case "missing":
            return f"{place}: is missing; add it"
        case "extra_forbidden":
            return f"{place}: is not known; remove it or correct its spelling"
        case "value_error":
            return f"{place}: {error['ctx']['error']}"
        case "model_type":
            return f"{place}: must be a list of `name: value` entries; compare with the shipped file"
        case _:
            return f"{place}: {error['msg'][0].lower()}{error['msg'][1:]}, but it is {error['input']!r}; change it"
