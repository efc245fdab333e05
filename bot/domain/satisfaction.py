"""NPS and CSAT from survey answers, each on its own scale.

NPS (B.9): latest answer per person in the window, share of 9-10 minus share of 0-6, passives in the base. CSAT (B.8):
share of the two best boxes. Answers given on different scales are never mixed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from typing import Literal

from .days import written

SurveyKind = Literal["nps", "csat", "ces"]

WINDOW_DAYS = 365
SMALL_SAMPLE = 10
_PROMOTER, _PASSIVE = 9, 7


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer with the scale it was given on. An answer without a person counts as a person of its own."""

    id: int
    kind: SurveyKind
    score: Decimal
    scale_min: int
    scale_max: int
    on: date
    person_id: int | None = None
    person: str | None = None

    @property
    def scale(self) -> tuple[int, int]:
        return self.scale_min, self.scale_max

    @property
    def valid(self) -> bool:
        return self.scale_min < self.scale_max and self.scale_min <= self.score <= self.scale_max


@dataclass(frozen=True, slots=True)
class LatestScore:
    """A score for the card: NPS in points (-100..100) or CSAT in percent, with the answers behind it.

    `on` is the day of the newest answer; `left_out` counts answers in the window that are on another scale or off their
    own.
    """

    kind: SurveyKind
    value: Decimal
    count: int
    scale: tuple[int, int]
    on: date
    age_days: int
    ids: tuple[int, ...]
    left_out: int

    @property
    def small(self) -> bool:
        """Fewer answers than say anything about a whole customer."""
        return self.count < SMALL_SAMPLE

    @property
    def shown(self) -> str:
        """Half-up: "+40" or "0" points for NPS, "66.3 %" for CSAT."""
        if self.kind == "nps":
            points = self.value.quantize(Decimal(1), ROUND_HALF_UP)
            return f"{points:+}" if points else "0"
        return f"{self.value.quantize(Decimal('0.1'), ROUND_HALF_UP)} %"

    @property
    def sentence(self) -> str:
        answers = f"{self.count} answer{'' if self.count == 1 else 's'}"
        rest = f", {self.left_out} on another scale left out" if self.left_out else ""
        newest = "of" if self.count == 1 else "the newest of"
        return f"{self.kind.upper()} {self.shown} from {answers}{rest}, {newest} {written(self.on)}."


@dataclass(frozen=True, slots=True)
class Drop:
    """Two answers of one person in a row, the later one lower by `points` of a scale of ten."""

    earlier: Answer
    later: Answer
    points: Decimal


def latest_per_person(answers: Iterable[Answer]) -> tuple[Answer, ...]:
    """Each person's newest answer, newest first; of two of one day the one with the greater id."""
    newest: dict[tuple[str, int], Answer] = {}
    for answer in sorted(answers, key=lambda one: (one.on, one.id)):
        newest[("answer", answer.id) if answer.person_id is None else ("person", answer.person_id)] = answer
    return tuple(sorted(newest.values(), key=lambda one: (one.on, one.id), reverse=True))


def latest_nps(answers: Iterable[Answer], today: date, window_days: int = WINDOW_DAYS) -> LatestScore | None:
    """NPS of the answers of the last `window_days`; None when nobody answered on the 0-10 scale."""
    asked = _in_window(answers, "nps", today, window_days)
    fitting = [one for one in asked if one.valid and one.scale == (0, 10)]
    counted = latest_per_person(fitting)
    promoters = sum(one.score >= _PROMOTER for one in counted)
    # Below the passives, not "up to 6": a 6.5 must fall on one side.
    detractors = sum(one.score < _PASSIVE for one in counted)
    return _score("nps", promoters - detractors, counted, today, len(asked) - len(fitting))


def latest_csat(answers: Iterable[Answer], today: date, window_days: int = WINDOW_DAYS) -> LatestScore | None:
    """CSAT of the answers of the last `window_days` on the scale of the newest one; None when there are none.

    The two best boxes count as satisfied (4-5 of 5, 6-7 of 7, 9-10 of 10), on scales of three boxes or fewer only the
    best. CSAT is about occasions, so every answer counts, not only each person's latest.
    """
    asked = _in_window(answers, "csat", today, window_days)
    valid = sorted((one for one in asked if one.valid), key=lambda one: (one.on, one.id), reverse=True)
    counted = tuple(one for one in valid if one.scale == valid[0].scale)
    satisfied = sum(one.score >= least_satisfied(*one.scale) for one in counted)
    return _score("csat", satisfied, counted, today, len(asked) - len(counted))


def least_satisfied(scale_min: int, scale_max: int) -> int:
    """The lowest score of a scale that counts as satisfied."""
    return scale_max if scale_max - scale_min < 3 else scale_max - 1


def drops(answers: Iterable[Answer], least_points: Decimal | float) -> tuple[Drop, ...]:
    """Falls from one answer of a person to the same person's next, by at least so many points of ten.

    Only each person's two newest answers of one kind and scale are compared: an old fall that was made good is none.
    """
    series: dict[tuple[int, str, tuple[int, int]], list[Answer]] = {}
    for one in sorted(answers, key=lambda one: (one.on, one.id)):
        if one.person_id is not None and one.valid:
            series.setdefault((one.person_id, one.kind, one.scale), []).append(one)
    found = []
    for row in series.values():
        for earlier, later in pairwise(row[-2:]):
            points = (earlier.score - later.score) * 10 / (later.scale_max - later.scale_min)
            if points >= Decimal(str(least_points)):
                found.append(Drop(earlier, later, points))
    return tuple(sorted(found, key=lambda drop: (drop.later.on, drop.later.id), reverse=True))


def _in_window(answers: Iterable[Answer], kind: SurveyKind, today: date, window_days: int) -> list[Answer]:
    first = today - timedelta(days=window_days)
    return [one for one in answers if one.kind == kind and first < one.on <= today]


def _score(kind: SurveyKind, net: int, counted: Sequence[Answer], today: date, left_out: int) -> LatestScore | None:
    if not counted:
        return None
    newest = max(one.on for one in counted)
    value = Decimal(net) * 100 / len(counted)
    ids = tuple(one.id for one in counted)
    return LatestScore(kind, value, len(counted), counted[0].scale, newest, (today - newest).days, ids, left_out)
