"""What all policy schemas share: bounded numbers, segments, and the choice of an entry for one."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Annotated, Generic, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

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

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Chosen(Generic[T]):
    """A value of a policy and the entry it comes from: a segment, or "default" when the segment is not listed."""

    value: T
    entry: str


@lru_cache(maxsize=1_024)
def segment_key(segment: str | None) -> str | None:
    """How segments are compared: "Mid Market" is "mid-market", "SMB" is "small"; None for blank."""
    key = re.sub(r"[\W_]+", "-", (segment or "").casefold()).strip("-")
    return _SEGMENT_NAMES.get(key, key) or None


def choose(entries: Mapping[str, T], segment: str | None, default: T) -> Chosen[T]:
    """The entry of a segment, else the default."""
    key = segment_key(segment)
    return Chosen(entries[key], key) if key and key in entries else Chosen(default, "default")


def spelled_as_keys(entries: Mapping[str, T]) -> dict[str, T]:
    """Entries by `segment_key`, so that a file may say "SMB"."""
    spelled = {segment_key(name) or "": name for name in entries}
    if "" in spelled or len(spelled) < len(entries):
        raise ValueError("two names mean the same segment, or one is empty; keep one of them")
    return {key: entries[name] for key, name in spelled.items()}


def _falling(steps: tuple[int, ...]) -> tuple[int, ...]:
    if not steps or any(later >= earlier for earlier, later in pairwise(steps)):
        raise ValueError("the steps of a ladder must become smaller; sort them from far to near, each once")
    return steps


def _rising(points: tuple[tuple[float, float], ...]) -> tuple[tuple[float, float], ...]:
    if len(points) < 2 or not all(abs(x) < 1e9 and 0 <= y <= 100 for x, y in points):
        raise ValueError("a curve needs two or more [measure, value] pairs with values from 0 to 100")
    if any(later[0] <= earlier[0] for earlier, later in pairwise(points)):
        raise ValueError("the measures of a curve must rise; sort its pairs")
    return points


def on_curve(points: tuple[tuple[float, float], ...], measure: float) -> float:
    """The value at a measure: straight lines between the points, level beyond the ends."""
    for (x0, y0), (x1, y1) in pairwise(points):
        if measure < x1:
            return y0 + (y1 - y0) * max(0.0, measure - x0) / (x1 - x0)
    return points[-1][1]


def _clock_time(value: object) -> object:
    # YAML reads 10:30 without quotes as the number 630.
    if not isinstance(value, str) or not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", value):
        raise ValueError(f'a time of day is written as "09:00", in quotes, but it is {value!r}; change it')
    return time.fromisoformat(value)


Days = Annotated[int, Field(strict=True, ge=1, le=3660)]
Count = Annotated[int, Field(strict=True, ge=1, le=1000)]
Severity = Annotated[int, Field(strict=True, ge=1, le=5)]
Share = Annotated[float, Field(strict=True, ge=0, le=1, allow_inf_nan=False)]
Factor = Annotated[float, Field(strict=True, ge=1, le=100, allow_inf_nan=False)]
Percent = Annotated[float, Field(strict=True, gt=0, le=100, allow_inf_nan=False)]
Step = Annotated[int, Field(strict=True, ge=0, le=3660)]
Ladder = Annotated[tuple[Step, ...], AfterValidator(_falling)]
Curve = Annotated[tuple[tuple[float, float], ...], AfterValidator(_rising)]
Points = Annotated[float, Field(strict=True, ge=0, le=100, allow_inf_nan=False)]
ClockTime = Annotated[time, BeforeValidator(_clock_time)]
Word = Annotated[str, Field(min_length=2, max_length=80, pattern=r"\w")]


class Section(BaseModel):
    """A part of a policy file: frozen, and no unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class File(Section):
    """A whole policy file."""

    @cached_property
    def fingerprint(self) -> str:
        """Which rules these are, by what they say: comments and spelling do not count."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()[:12]
