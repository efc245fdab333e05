"""Which account was meant: how alike a typed name and a stored name are, and when that is enough.

Exact names, aliases, domains and external ids come first and are the caller's business; this ranks the rest. The
measure (spaceless ratio, sorted words, Jaro-Winkler, legal form off) follows `facts/scheduling.md` f.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from heapq import nlargest
from typing import NamedTuple

from rapidfuzz import fuzz, process
from rapidfuzz.distance import JaroWinkler

from .names import fold

CERTAIN_SCORE = 90.0
CERTAIN_GAP = 8.0
LEAST_SCORE = 55.0
_SHORTLIST = 60


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate and how well it fits, 0..100."""

    id: int
    name: str
    score: float


@dataclass(frozen=True, slots=True)
class Certain:
    """One candidate stands out: it may be taken without asking."""

    match: Ranked


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """Several fit, best first: a person has to choose."""

    matches: tuple[Ranked, ...]


@dataclass(frozen=True, slots=True)
class Nothing:
    """No candidate resembles the query."""


class _Form(NamedTuple):
    """A folded name in the two spellings that are compared."""

    spaceless: str
    sorted: str


# As many as a book that is ranked without a trigram index may hold.
@lru_cache(maxsize=16_384)
def _form(name: str) -> _Form:
    words = fold(name).split()
    return _Form("".join(words), " ".join(sorted(words)))


def score(query: str, name: str) -> float:
    """How well `name` answers `query`, 0..100; 100 only when `names.squash` cannot tell them apart."""
    return _score(_form(query), _form(name))


def _score(asked: _Form, held: _Form) -> float:
    if not asked.spaceless or not held.spaceless:
        return 0.0
    if asked.spaceless == held.spaceless:
        return 100.0
    letters = fuzz.ratio(asked.spaceless, held.spaceless)
    words = fuzz.ratio(asked.sorted, held.sorted)
    start = 100 * JaroWinkler.similarity(asked.spaceless, held.spaceless)
    whole = 0.75 * max(letters, words) + 0.25 * max(start, words)
    return min(max(whole, _prefix_score(asked.spaceless, held.spaceless)), 99.0)


def _prefix_score(asked: str, held: str) -> float:
    """For a name that was not typed to its end: how well its beginning fits, less for the part that is missing."""
    if len(asked) < 3 or len(asked) >= len(held):
        return 0.0
    fit = 100.0 if held.startswith(asked) else max(fuzz.ratio(asked, held[: len(asked) + more]) for more in (-1, 0, 1))
    return fit - 20 * (1 - len(asked) / len(held)) if fit >= 75 else 0.0


def rank(query: str, candidates: Iterable[tuple[int, str]], limit: int = 5) -> list[Ranked]:
    """The `limit` best candidates, best first; equal scores by length of the name, then by id.

    An id may come more than once (a name and its aliases): its best name counts. Many candidates are first cut to a
    short list by the compiled measures alone.
    """
    rows = candidates if isinstance(candidates, Sequence) else list(candidates)
    asked = _form(query)
    forms = [_form(name) for _, name in rows]
    best: dict[int, Ranked] = {}
    for at in _shortlist(asked, forms):
        key, name = rows[at]
        fit = _score(asked, forms[at])
        if key not in best or best[key].score < fit:
            best[key] = Ranked(key, name, fit)
    return nlargest(limit, best.values(), key=lambda one: (one.score, -len(one.name), -one.id))


def _shortlist(asked: _Form, forms: Sequence[_Form]) -> Iterable[int]:
    if len(forms) <= 3 * _SHORTLIST:
        return range(len(forms))
    spaceless = [form.spaceless for form in forms]
    alike = process.extract(asked.spaceless, spaceless, scorer=fuzz.ratio, limit=_SHORTLIST, score_cutoff=50)
    begun = process.extract(
        asked.spaceless, spaceless, scorer=JaroWinkler.similarity, limit=_SHORTLIST, score_cutoff=0.7
    )
    swapped = process.extract(
        asked.sorted, [form.sorted for form in forms], scorer=fuzz.ratio, limit=_SHORTLIST, score_cutoff=50
    )
    return sorted({at for found in (alike, begun, swapped) for _, _, at in found})


def decide(ranked: Sequence[Ranked]) -> Certain | Ambiguous | Nothing:
    """Certain from 90 with 8 to the next; otherwise whoever scores 55 or more is offered. `ranked` is best first."""
    likely = tuple(one for one in ranked if one.score >= LEAST_SCORE)
    if not likely:
        return Nothing()
    first, second = likely[0], likely[1].score if len(likely) > 1 else 0.0
    if first.score >= CERTAIN_SCORE and first.score - second >= CERTAIN_GAP:
        return Certain(first)
    return Ambiguous(likely)
