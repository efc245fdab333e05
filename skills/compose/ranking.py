"""From a history of any length to the few sentences that are worth choosing from.

Months are rolled up once: what is kept of one is the best sentences of each topic with the ids of their rows, never
prose, remembered by a hash of its contents. A history whose last month grew reads one month again.
"""

from __future__ import annotations

import hashlib
from collections import Counter, OrderedDict
from collections.abc import Iterable, Sequence
from heapq import nlargest
from threading import Lock

from skills.compose.lexicon import Topic
from skills.compose.salience import Point, Scored, point, standing, weigh
from skills.contract import Evidence, Pack
from skills.gates.words import clauses, sentences

HALF_LIFE = 45.0
"""Days after which a sentence weighs half as much as it did, down to a floor."""
_OF_A_MONTH, _OF_A_TOPIC = 14, 3
_ROUTINE = 0.5
"""How much less is heard of what is said again and again in a month, but for the names in it."""
_LONGEST = 300
"""Characters of a sentence; of longer ones the clause that matters."""


class Rollups:
    """What was kept of the months that were read lately, of any account. Safe between threads."""

    def __init__(self, room: int = 1_024) -> None:
        self._room = room
        self._kept: OrderedDict[bytes, tuple[Scored, ...]] = OrderedDict()
        self._lock = Lock()

    def of(self, month: Sequence[Evidence]) -> tuple[Scored, ...]:
        key = _digest(month)
        with self._lock:
            if (known := self._kept.get(key)) is not None:
                self._kept.move_to_end(key)
                return known
        found = _rolled_up(month)
        with self._lock:
            self._kept[key] = found
            while len(self._kept) > self._room:
                self._kept.popitem(last=False)
        return found


_ROLLUPS = Rollups()


def ranked(pack: Pack, *, half_life: float = HALF_LIFE, rollups: Rollups = _ROLLUPS) -> list[Point]:
    """The sentences of a pack worth choosing from, best first."""
    months: dict[tuple[int, int], list[Evidence]] = {}
    for one in pack.evidence:
        months.setdefault((one.at.year, one.at.month), []).append(one)
    rows = {(one.kind, one.entity_id): one for one in pack.evidence}
    found = [
        point(scored, rows[scored.kind, scored.entity_id], pack.today, half_life)
        for month in months.values()
        for scored in rollups.of(month)
    ]
    return sorted(found, key=lambda one: (-one.score, one.evidence.at, one.sentence))


def _digest(month: Iterable[Evidence]) -> bytes:
    digest = hashlib.blake2b(digest_size=16)
    for one in month:
        parts = (one.account_id, one.kind, one.entity_id, one.origin, str(one.severity), str(one.seniority), one.text)
        digest.update("\x1f".join(parts).encode())
        digest.update(b"\x1e")
    return digest.digest()


def _rolled_up(month: Sequence[Evidence]) -> tuple[Scored, ...]:
    """The best sentences of a month, and the best few of each topic."""
    found = [(standing(one), scored) for one in month for scored in _scored(one)]
    shapes = Counter(_shape(scored.sentence) for _, scored in found)
    all_of_it = []
    for stands, scored in found:
        told = scored._replace(weight=scored.weight / shapes[_shape(scored.sentence)] ** _ROUTINE)
        all_of_it.append((told.weight * stands, told))
    best = {id(scored): scored for _, scored in nlargest(_OF_A_MONTH, all_of_it, key=lambda pair: pair[0])}
    of_topic: dict[Topic, list[tuple[float, Scored]]] = {}
    for pair in all_of_it:
        of_topic.setdefault(pair[1].topics[0], []).append(pair)
    for pairs in of_topic.values():
        best |= {id(scored): scored for _, scored in nlargest(_OF_A_TOPIC, pairs, key=lambda pair: pair[0])}
    return tuple(best.values())


def _scored(one: Evidence) -> list[Scored]:
    found = []
    for sentence in sentences(one.text):
        piece = sentence if len(sentence) <= _LONGEST else _strongest_clause(sentence)
        topics, weight = weigh(piece)
        if topics:
            found.append(Scored(one.kind, one.entity_id, piece, topics, weight))
    return found


def _strongest_clause(sentence: str) -> str:
    fitting = [clause for clause in clauses(sentence) if len(clause) <= _LONGEST]
    return max(fitting, key=lambda clause: weigh(clause)[1], default=sentence[:_LONGEST].rpartition(" ")[0])


def _shape(sentence: str) -> str:
    """A sentence without its names and numbers."""
    return " ".join(word for word in sentence.split() if word.islower())
