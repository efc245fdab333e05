"""From words to questions. Pure and certain: what the tables do not know is said to be unclear, never guessed.

Names of accounts that the workspace has are found beforehand (`words.mask`), to the letter; any other words where a
name belongs are passed on as they were typed, for somebody to choose.
"""

from __future__ import annotations

import re

from . import queries as q
from .build import MOST, build
from .cues import CUES, Kind
from .fillers import FILLERS
from .follow import changed
from .leftovers import left_in
from .outcome import NOTHING_BEFORE, Before, Unclear, Understood
from .slots import KPI, without_order
from .topics import topic_in
from .words import Known, Masked, mask, words_of

_NOT_OURS = re.compile(
    r"\b(?:poem|joke|song|story|haiku|weather|recipe|horoscope|lottery|stock price|translate)\b"
    r"|\b(?:ignore|disregard|forget) (?:all |any |the |your )*(?:previous|prior|above|"
    r"instructions?|rules)|\bsystem prompt\b"
    r"|\bselect \*|\bdrop table\b|\bunion select\b"
)
_PARTS = re.compile(r"\s*(?:[?!;]+(?: and)?|,? \band\b(?: also)?|,)\s+|\s*[?!;]+\s*$")
_INSTEAD = re.compile(
    r"^(?:and |or |ok |so )*(?:what about|how about|same for|and for|for|now for|the same for|only|just)\b"
)


def read(text: str, known: Known, before: Before = NOTHING_BEFORE) -> Understood | Unclear:
    """The questions of a text, at most `MOST`."""
    masked = mask(words_of(text), known, FILLERS)
    line = masked.line.strip()
    if not line or _NOT_OURS.search(line):
        return Unclear("words")
    pieces = _pieces(line, masked)
    found: list[q.Question] = []
    for piece in pieces:
        so_far = Before((*before.questions, *found), before.here)
        one = _one(piece, masked, so_far)
        if isinstance(one, Unclear):
            if len(pieces) > 1:
                continue
            return one
        found += [each for each in one if each not in found]
    if not found:
        return Unclear("words")
    return Understood(tuple(_together(_shared(found)))[:MOST])


def _pieces(line: str, masked: Masked) -> list[str]:
    """The line where it asks one thing; its parts where each of them asks something by itself."""
    parts = [part for part in _PARTS.split(line) if part.strip(" ?!;,·")]
    kinds = [kind_of(part, masked) for part in parts]
    if len(parts) < 2 or any(kind is None for kind in kinds) or len(set(parts)) != len(parts):
        return [line]
    talk = ("hello", "thanks")
    if any(kind in talk for kind in kinds):
        return [part for part, kind in zip(parts, kinds, strict=True) if kind not in talk] or [line]
    if kinds[0] in ("compare", "said") or any(kind in ("send", "draft", "change", "remind", "log") for kind in kinds):
        return [line] if kinds[0] != "said" or any(len(part.split()) < 3 for part in parts[1:]) else parts
    return parts


def kind_of(line: str, masked: Masked) -> Kind | None:
    """What a line asks for, by the first cue that it fits."""
    bare = " ".join(re.sub(r"[?!;,·]", " ", without_order(line)).split())
    for kind, cue in CUES:
        if kind == "gaps" and topic_in(line, masked) is not None:
            return "said"
        if kind == "silent" and KPI.search(bare) is not None and not _LEAVING.search(bare):
            return "metric"
        if cue.search(bare) is not None:
            return kind
    return "metric" if KPI.search(bare) is not None else None


_LEAVING = re.compile(r"\bnever\b|\bchurn(?:ed|ing)\b (?:soon|next)")


def _one(line: str, masked: Masked, before: Before) -> list[q.Question] | Unclear:
    kind = kind_of(line, masked)
    follows = bool(before.questions)
    if follows and (kind is None or _INSTEAD.match(line) or (kind == "status" and not _account_left(line, masked))):
        made = changed(before.questions[-1], line, masked)
        if made is not None:
            return [made]
    if kind is None:
        return _bare_name(line, masked)
    return build(kind, line, masked, before)


def _account_left(line: str, masked: Masked) -> bool:
    return bool(left_in(line, masked))


def _bare_name(line: str, masked: Masked) -> list[q.Question] | Unclear:
    """Nothing but a name is a question about how it stands."""
    left = left_in(line, masked)
    known = [one for one in left if one.known]
    if len(known) == 1 and len(left) == 1:
        return [q.Status(account=known[0].text)]
    whole = " ".join(re.sub(r"[?!;,]", " ", line).split())
    if len(left) == 1 and len(whole.split()) <= 4 and len(left[0].text.split()) == len(whole.split()):
        return [q.Status(account=left[0].text)] if any(char.isalpha() for char in left[0].text) else Unclear("words")
    return Unclear("words")


def _shared(found: list[q.Question]) -> list[q.Question]:
    """An account or a book that only the last of several questions names is meant by all."""
    last = found[-1]
    name = q.account_of(last)
    whose = getattr(last, "whose", None)
    shared: list[q.Question] = []
    for one in found[:-1]:
        bare = isinstance(one, q.MayBeAboutOne) and one.account is None and one.whose is None
        if bare and name is not None:
            one = one.model_copy(update={"account": name})
        elif bare and whose is not None:
            one = one.model_copy(update={"whose": whose})
        shared.append(one)
    return [*shared, last]


def _together(found: list[q.Question]) -> list[q.Question]:
    """Renewals "and at risk" are one list."""
    if len(found) == 2 and isinstance(found[0], q.Renewals) and found[1] == q.AtRisk():
        return [found[0].model_copy(update={"at_risk": True})]
    return found
