"""Whether a claim's words are carried by what it cites, rather than by an outsider or by nobody."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from skills.contract import Evidence, Metric, Pack, Reason
from skills.gates.figures import MOVEMENT
from skills.gates.polarity import contradicts, is_wish
from skills.gates.words import claimed, clauses, words_of

LEAST = 0.34
"""Of a claim's words, the share that its sources must have; below it is somebody's invention."""
CAREFUL = 0.6
"""Below this share the claim is shown with a caution: honest paraphrases go as low."""
CHECK = "check source"
_SAME_THING = 0.5
"""Of a claim's words, the share that a clause must have to be about the same thing."""


class Record:
    """A pack's words, looked up once."""

    def __init__(self, pack: Pack) -> None:
        self._pack = pack

    @cached_property
    def _outsiders(self) -> list[frozenset[str]]:
        return [words_of(one.text) for one in self._pack.evidence if one.is_external]

    @cached_property
    def _names(self) -> frozenset[str]:
        return words_of(" ".join((self._pack.account, *self._pack.known_names)))

    def judge(self, text: str, ours: Sequence[Evidence], metrics: Sequence[Metric]) -> tuple[str, ...] | Reason:
        """Cautions, or why the claim does not rest on `ours` and `metrics`."""
        own = claimed(text) - self._names
        if not own:
            return ()
        carried = frozenset().union(
            *(words_of(one.text) for one in ours), *(words_of(f"{one.label} {one.definition}") for one in metrics)
        )
        carried |= MOVEMENT if metrics else frozenset()
        have = len(own & carried)
        if any(len(own & words) > have for words in self._outsiders):
            return Reason.EXTERNAL
        if have < LEAST * len(own):
            return Reason.UNSUPPORTED
        if denied := _denied(text, ours, self._names):
            return denied
        return (CHECK,) if have < CAREFUL * len(own) else ()


def _denied(text: str, ours: Sequence[Evidence], names: frozenset[str]) -> Reason | None:
    """Whether the sources deny what a clause of the text says, or only wish for it, wherever they speak of the same."""
    sources = [(clause, words_of(clause)) for one in ours for clause in clauses(one.text)]
    for said in clauses(text):
        own = claimed(said) - names
        enough = max(_SAME_THING * len(own), 1)
        about = [clause for clause, words in sources if len(own & words) >= enough]
        if about and all(contradicts(said, clause) for clause in about):
            return Reason.NEGATION
        if about and not is_wish(text) and all(is_wish(clause) for clause in about):
            return Reason.WISH
    return None
