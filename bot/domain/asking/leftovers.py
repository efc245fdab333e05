"""What is left of a question when all that questions are made of is taken away: the names in it, known or not.

A word that nothing explains and that stands beside a known name belongs to it: "Acme Digital" is never read as "Acme".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .fillers import FILLERS
from .words import MARK, Masked

_SEPARATE = frozenset("?!;,·&+/-")


@dataclass(frozen=True, slots=True)
class Left:
    """A run of words that may be a name. `known` when it is, to the letter, the name of an account."""

    text: str
    known: bool


def left_in(line: str, masked: Masked) -> list[Left]:
    """The runs of a line, in its order."""
    found = []
    for run in _runs(line.split(), masked):
        marks = [MARK.fullmatch(token) for token in run]
        text = " ".join(_typed(token, masked) for token in run)
        alone = marks[0] if len(run) == 1 else None
        found.append(Left(text[:120], alone is not None and masked.names[int(alone[1])].kind == "account"))
    return found


def _runs(tokens: list[str], masked: Masked) -> Iterator[list[str]]:
    """Neighbouring marks are names of their own; a word beside a mark is part of its name."""
    run: list[str] = []
    for at, token in enumerate(tokens):
        if token in _SEPARATE or (_explains(token) and not _extends(token, at, run, masked)):
            if run:
                yield run
            run = []
        elif MARK.fullmatch(token) and run and MARK.fullmatch(run[-1]):
            yield run
            run = [token]
        else:
            run.append(token)
    if run:
        yield run


def _explains(token: str) -> bool:
    return token in FILLERS or not any(char.isalnum() for char in token)


def _extends(token: str, at: int, run: list[str], masked: Masked) -> bool:
    """A word of questions that is written like a part of the name before it: "Summit Support"."""
    typed = masked.typed.get(token, token)
    return at > 0 and bool(run) and typed[:1].isupper() and not typed.isupper() and _written_large(run[-1], masked)


def _written_large(token: str, masked: Masked) -> bool:
    return _typed(token, masked)[:1].isupper()


def _typed(token: str, masked: Masked) -> str:
    mark = MARK.fullmatch(token)
    return masked.names[int(mark[1])].text if mark else masked.typed.get(token, token)
