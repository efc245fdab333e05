"""How customers are served: CSAT, NPS, CES, first-contact resolution, time to resolution (B.8-B.12).

Answers come as counts of scores per scale, so that a million of them are a handful of rows.
"""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from bot.domain.satisfaction import SMALL_SAMPLE, least_satisfied

from .base import HOURS, PERCENT, POINTS, SCORE, Counted, Definition, Kpi, LeftOut, Part, figure, ratio

CSAT = Definition(
    "CSAT", "csat-1", "answers in the two best boxes of their scale / all answers; every answer counts",
    "QuestionPro; B.8",
)  # fmt: skip
NPS = Definition(
    "NPS", "nps-1", "% of 9-10 minus % of 0-6, passives in the base; each person's latest answer", "Mattermost; B.9"
)
CES = Definition("CES", "ces-1", "mean of the answers on one scale (7 = very easy)", "CES 2.0; B.10")
FCR = Definition(
    "First-contact resolution", "fcr-2", "tickets solved with the first contact and not opened again / solved tickets "
    "of which the data says how many contacts they took", "Freshservice, zapscale.com; B.11",
)  # fmt: skip
TTR = Definition(
    "Time to resolution", "ttr-1", "median of solved - opened in calendar hours, by the day of solution; open tickets "
    "are not in it", "Geckoboard full resolution time; B.12",
)  # fmt: skip


class Scores(NamedTuple):
    """How many answers gave a score on a scale."""

    score: Decimal
    scale_min: int
    scale_max: int
    answers: int


def csat(found: Iterable[Scores], as_of: date, left_out: tuple[LeftOut, ...] = ()) -> Kpi:
    """Top-2-box: 4-5 of 5, 6-7 of 7, 9-10 of 10. Scales are never mixed: the one with most answers counts."""
    kept, others = _one_scale(found)
    satisfied = sum(one.answers for one in kept if one.score >= least_satisfied(one.scale_min, one.scale_max))
    counted = Counted(_total(kept), "answers", (*left_out, *others))
    mean = Part("mean", _mean(kept), SCORE)
    kpi = ratio(CSAT, Decimal(satisfied), Decimal(counted.number), counted, as_of, _NOBODY, parts=(mean,))
    return _few(_scale_noted(kpi, kept))


def nps(found: Iterable[Scores], as_of: date, left_out: tuple[LeftOut, ...] = ()) -> Kpi:
    """Promoters minus detractors in points. 0 is a detractor; below 7 too is whatever lies between 6 and 7."""
    rows = list(found)
    kept = [one for one in rows if (one.scale_min, one.scale_max) == (0, 10) and 0 <= one.score <= 10]
    other = LeftOut(_total(rows) - _total(kept), "not on the scale from 0 to 10")
    promoters = sum(one.answers for one in kept if one.score >= 9)
    detractors = sum(one.answers for one in kept if one.score < 7)
    total = _total(kept)
    value = Decimal(promoters - detractors) * 100 / total if total else None
    counted = Counted(total, "people", (*left_out, other))
    shares = (("promoters", promoters), ("passives", total - promoters - detractors), ("detractors", detractors))
    parts = tuple(Part(f"{name} ({count})", _percent(count, total), PERCENT) for name, count in shares)
    return _few(
        figure(
            NPS, value, POINTS, counted, as_of, numerator=Decimal(promoters - detractors),
            denominator=Decimal(total), parts=parts, nothing=_NOBODY,
        )
    )  # fmt: skip


def ces(found: Iterable[Scores], as_of: date, left_out: tuple[LeftOut, ...] = ()) -> Kpi:
    """The mean on the scale with most answers."""
    kept, others = _one_scale(found)
    mean, total = _mean(kept), _total(kept)
    counted = Counted(total, "answers", (*left_out, *others))
    points = sum((one.score * one.answers for one in kept), Decimal(0))
    kpi = figure(
        CES, mean, SCORE, counted, as_of, numerator=points, denominator=Decimal(total), nothing=_NOBODY
    )  # fmt: skip
    return _few(_scale_noted(kpi, kept))


def fcr(first_contact: int, solved: int, as_of: date, left_out: tuple[LeftOut, ...] = ()) -> Kpi:
    """Solved with the first contact / solved (gross), of the tickets whose contacts are counted."""
    counted = Counted(solved, "solved tickets", left_out)
    return ratio(
        FCR, Decimal(first_contact), Decimal(solved), counted, as_of,
        "no ticket solved in the period says how many contacts it took; import a column such as contacts, replies or "
        "first contact resolved",
    )  # fmt: skip


class Times(NamedTuple):
    """How long tickets took, added up: how many, the seconds in all, and the median."""

    tickets: int
    seconds: int
    median: Decimal | None

    @classmethod
    def of(cls, seconds: Sequence[int]) -> Times:
        return cls(len(seconds), sum(seconds), Decimal(statistics.median(seconds)) if seconds else None)


def time_to_resolution(found: Times | Sequence[int], as_of: date, left_out: tuple[LeftOut, ...] = ()) -> Kpi:
    """Median, with the mean beside it. Negative or missing spans are not in it but told as left out."""
    times = found if isinstance(found, Times) else Times.of(found)
    number, total = Decimal(times.tickets), _hours(Decimal(times.seconds))
    return figure(
        TTR, None if times.median is None else _hours(times.median), HOURS,
        Counted(times.tickets, "solved tickets", left_out), as_of, numerator=total, denominator=number,
        parts=(Part("mean", total / number if times.tickets else None, HOURS),),
        nothing="no ticket was solved in the period",
    )  # fmt: skip


_NOBODY = "nobody answered in the period"


def _hours(seconds: Decimal) -> Decimal:
    return seconds / 3600


def _total(found: Iterable[Scores]) -> int:
    return sum(one.answers for one in found)


def _mean(kept: Sequence[Scores]) -> Decimal | None:
    total = _total(kept)
    return sum((one.score * one.answers for one in kept), Decimal(0)) / total if total else None


def _percent(count: int, total: int) -> Decimal | None:
    return Decimal(count) * 100 / total if total else None


def main_scale(found: Iterable[Scores]) -> tuple[int, int] | None:
    """The scale that counts: the one with most answers."""
    kept, _ = _one_scale(found)
    return (kept[0].scale_min, kept[0].scale_max) if kept else None


def _one_scale(found: Iterable[Scores]) -> tuple[list[Scores], tuple[LeftOut, ...]]:
    """The answers on the scale that most have; the others, and those off their own scale, are left out."""
    scales: dict[tuple[int, int], list[Scores]] = defaultdict(list)
    off = 0
    for one in found:
        if one.scale_min < one.scale_max and one.scale_min <= one.score <= one.scale_max:
            scales[one.scale_min, one.scale_max].append(one)
        else:
            off += one.answers
    ranked = sorted(scales.items(), key=lambda pair: (-_total(pair[1]), pair[0]))
    others = [LeftOut(_total(rows), f"on another scale ({low} to {high})") for (low, high), rows in ranked[1:]]
    return (ranked[0][1] if ranked else []), (*others, LeftOut(off, "off their own scale"))


def _scale_noted(kpi: Kpi, kept: Sequence[Scores]) -> Kpi:
    return kpi.noting(f"Scale {kept[0].scale_min} to {kept[0].scale_max}.") if kept else kpi


def _few(kpi: Kpi) -> Kpi:
    small = 0 < kpi.counted < SMALL_SAMPLE
    return kpi.noting(f"Only {kpi.counted}: too few to say anything about a whole customer base.") if small else kpi
