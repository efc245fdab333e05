"""What is left of a question when all that questions are made of is taken away: the names in it, known or not.

A word that nothing explains and that stands beside a known name belongs to it: "Acme Digital" is never read as "Acme".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .common import is_common, is_loose, is_nobodys
from .fillers import FILLERS
from .words import MARK, Masked

_SEPARATE = frozenset("?!;,·&+/-")
_PLACES = frozenset(("of", "for", "at", "with", "from", "bei", "von", "mit"))


@dataclass(frozen=True, slots=True)
class Left:
    """A run of words that may be a name. `known` when it is, to the letter, the name of an account; `longer` when it
    holds one and goes on; `weak` when it is made of common words and numbers, which are a name only where nothing but
    a name can stand (`placed`: "of target")."""

    text: str
    known: bool
    longer: bool = False
    weak: bool = False
    placed: bool = False


def names_left(line: str, masked: Masked) -> list[Left]:
    """What is left of a line and is a name, surely or likely."""
    return [one for one in left_in(line, masked) if one.placed or not one.weak]


def left_in(line: str, masked: Masked) -> list[Left]:
    """The runs of a line, in its order."""
    found = []
    for before, run in _runs(line.split(), masked):
        kept = _without_common(run, before in _ASKING, masked)
        weak = not kept or all(any(char.isdigit() for char in token) for token in kept if not MARK.fullmatch(token))
        weak = weak and not any(MARK.fullmatch(token) for token in kept)
        marks = [MARK.fullmatch(token) for token in kept]
        text = " ".join(_typed(token, masked) for token in (kept or run))
        alone = marks[0] if len(kept) == 1 else None
        found.append(Left(
            text[:120],
            known=alone is not None and masked.names[int(alone[1])].kind == "account",
            longer=len(kept) > 1 and any(mark is not None for mark in marks),
            weak=weak,
            placed=before in _PLACES,
        ))  # fmt: skip
    return found


_ASKING = frozenset(("did", "does", "do", "will", "would", "can", "could"))


def _without_common(run: list[str], asks: bool, masked: Masked) -> list[str]:
    """A run without the common words around it. Those after a name are rather part of it ("Acme Holdings"), but for
    what is done ("Acme struggles") or asked after ("did Acme raise")."""
    first, last = 0, len(run)
    if all(_is_small(token, masked) and is_common(token) for token in run):
        return []
    holds_name = any(MARK.fullmatch(token) for token in run)
    while first < last and _is_small(run[first], masked) and is_loose(run[first]):
        first += 1
    while (
        last > first
        and _is_small(run[last - 1], masked)
        and (_is_done(run[last - 1], asks) if holds_name else is_loose(run[last - 1]))
    ):
        last -= 1
    return run[first:last]


def _is_done(word: str, asks: bool) -> bool:
    return (
        word in _DONE
        or word.endswith("ly")
        or (asks and is_nobodys(word) and not word.endswith(("s", "ing", "ed", "er")))
    )


_DONE = frozenset(
    f"{verb}{ending}"
    for verb in (
        "struggl",
        "threaten",
        "complain",
        "stall",
        "slipp",
        "wobbl",
        "respond",
        "behav",
        "react",
        "decid",
        "suffer",
    )
    for ending in ("e", "es", "s", "ed", "ing", "")
)


def _is_small(token: str, masked: Masked) -> bool:
    return not _typed(token, masked)[:1].isupper() and not MARK.fullmatch(token)


def _runs(tokens: list[str], masked: Masked) -> Iterator[tuple[str, list[str]]]:
    """Each run and the word before it. Neighbouring marks are names of their own; a word beside a mark is part of its
    name."""
    run: list[str] = []
    before = ""
    for at, token in enumerate(tokens):
        if token in _SEPARATE or (_explains(token) and not _extends(token, at, run, masked)):
            if run:
                yield before, run
            run, before = [], token
        elif MARK.fullmatch(token) and run and MARK.fullmatch(run[-1]):
            yield before, run
            run = [token]
        else:
            run.append(token)
    if run:
        yield before, run


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
