"""Which of the ranked sentences are said: different things, and the newest word on each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from skills.compose.lexicon import Topic
from skills.compose.salience import Point
from skills.contract import Metric, WireClaim
from skills.gates.orders import gives_orders, to_machines

_LOOKED_AT = 400
_SAME = 0.5
"""Of the smaller one's words: above it two sentences are about the same thing."""
LEAST = 1.4
"""The score below which a sentence is no news on a topic that is asked for."""
_AGAIN = 0.72
"""What a further point on a topic keeps of its score."""


def chosen(
    points: Sequence[Point],
    room: int,
    *,
    topics: Collection[Topic] | None = None,
    without: Collection[Point] = (),
    spread: bool = True,
) -> list[Point]:
    """Up to `room` of the best points, each about something else, in order of score.

    `topics` keeps those that are mainly about one of them; `without` are said already, elsewhere. Of two about the same
    thing the newer is taken: what was said later holds. `spread` false lets one topic fill the room.
    """
    said = [(one.evidence.entity_id, one.sentence) for one in without]
    able = [
        one
        for one in points
        if (topics is None or (one.score >= LEAST and any(topic in topics for topic in one.topics[:2])))
        and (one.evidence.entity_id, one.sentence) not in said
    ]
    open_ones = _newest(able[:_LOOKED_AT])
    taken: list[Point] = []
    counts: Counter[Topic] = Counter()
    while open_ones and len(taken) < room:
        best = max(open_ones, key=lambda one: one.score * (_AGAIN ** counts[one.topic] if spread else 1.0))
        open_ones.remove(best)
        if any(_alike(best, other) > _SAME for other in (*taken, *without)) or not _may_be_quoted(best):
            continue
        taken.append(best)
        counts[best.topic] += 1
    return taken


def _newest(points: list[Point]) -> list[Point]:
    """Without those on whose subject something newer was said; the newer takes the better score."""
    kept: list[Point] = []
    for one in sorted(points, key=lambda one: one.evidence.at, reverse=True):
        place = next((at for at, other in enumerate(kept) if _alike(one, other) > _SAME), None)
        if place is None:
            kept.append(one)
        elif kept[place].score < one.score:
            kept[place] = kept[place]._replace(score=one.score)
    return kept


def _alike(one: Point, other: Point) -> float:
    smaller = min(len(one.words), len(other.words))
    return len(one.words & other.words) / smaller if smaller else 0.0


def _may_be_quoted(one: Point) -> bool:
    outsider = one.evidence.is_external
    return not (outsider and (to_machines(one.evidence.text) or gives_orders(one.sentence)))


def quoting(section: str, point: Point) -> WireClaim:
    """A claim that lets the record speak, word for word."""
    return WireClaim(section=section, evidence_ids=[point.evidence.id], quote=point.sentence)


def showing(section: str, *metrics: Metric) -> WireClaim:
    """A claim that is a figure, or a few."""
    return WireClaim(section=section, metric_ids=[one.id for one in metrics])
