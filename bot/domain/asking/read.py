"""From words to questions. Pure and certain: what the tables do not know is said to be unclear, never guessed.

Names of accounts that the workspace has are found beforehand (`words.mask`), to the letter; any other words where a
name belongs are passed on as they were typed, for somebody to choose.
"""

from __future__ import annotations

import re

from . import queries as q
from .build import MOST, build
from .cues import Kind
from .fillers import FILLERS
from .follow import changed, of_those
from .kinds import NOT_OURS, kind_of, leaves_out
from .leftovers import left_in, names_left
from .outcome import NOTHING_BEFORE, Before, Unclear, Understood
from .parts import pieces_of, shared, together
from .said_spans import find
from .slots import take
from .words import Known, Masked, mask, words_of


def read(text: str, known: Known, before: Before = NOTHING_BEFORE) -> Understood | Unclear:
    """The questions of a text, at most `MOST`."""
    masked = mask(words_of(text), known, FILLERS)
    line = masked.line.strip()
    if not line or NOT_OURS.search(line):
        return Unclear("words")
    first, *more = pieces_of(line, masked)
    begun = _one(first, masked, before)
    found: list[q.Question] = [] if isinstance(begun, Unclear) else [*begun]
    for piece in more:
        one = _one(piece, masked, Before((*before.questions, *found), before.here))
        if not isinstance(one, Unclear):
            found += [each for each in one if each not in found]
    if isinstance(begun, Unclear):
        found = [*_later_named(begun, first, masked, found), *found]
    if not found:
        return begun if isinstance(begun, Unclear) else Unclear("words")
    questions = tuple(together(shared(found)))[:MOST]
    return Understood(questions, _unused(line, questions))


def _unused(line: str, questions: tuple[q.Question, ...]) -> str | None:
    """The days of a line that nothing was asked by. What is next is next, and nobody is silent "this week" only."""
    span = find(line)
    if span is None or all(isinstance(one, _TIMELESS) for one in questions):
        return None
    return None if any(getattr(one, "when", None) or getattr(one, "days", None) for one in questions) else span[0]


_TIMELESS = (q.Steps, q.Silent, q.Talk, q.Elsewhere, q.Help)


def _later_named(begun: Unclear, first: str, masked: Masked, found: list[q.Question]) -> list[q.Question]:
    """ "Who is the owner and who is the champion at Tyrell?": what the first part asks of the account named later."""
    account = Before(tuple(found)).account
    if begun.why != "account" or account is None:
        return []
    again = _one(first, masked, Before(here=account))
    return [] if isinstance(again, Unclear) else again


_INSTEAD = re.compile(
    r"^(?:and |or |ok |so |then |no |nope |sorry |wait |i (?:mean|meant) |what |how |now |rather |the |do |show |"
    r"make |it |that )*"
    r"\b(?:about|same|for|only|just|in|with|make|mean|meant|instead|rather|without)\b"
)


def _one(line: str, masked: Masked, before: Before) -> list[q.Question] | Unclear:
    kind = kind_of(line, masked)
    follows = bool(before.questions)
    if follows and (
        kind is None
        or _only_changes(before.questions[-1], kind, line)
        or _INSTEAD.match(line)
        or (kind == "status" and not names_left(take(line, masked)[1], masked))
    ):
        made = changed(before.questions[-1], line, masked)
        if made is not None:
            return [made]
    if kind is None:
        return _bare_name(line, masked)
    if leaves_out(kind, line, masked):
        return Unclear("left out")
    built = build(kind, line, masked, before)
    if isinstance(built, Unclear) or not follows:
        return built
    return [of_those(before.questions[-1], each, line) for each in built]


def _only_changes(last: q.Question, kind: Kind, line: str) -> bool:
    """Whether a short line that could ask by itself changes the question before: "and those at risk?", "GRR?"."""
    short = len(line.split()) <= 5 and _NOUN.search(line) is None
    if kind == "metric":
        return isinstance(last, q.Compare) or (short and isinstance(last, q.Metric))
    return short and kind == "at_risk" and isinstance(last, q.Renewals)


_NOUN = re.compile(r"\b(?:accounts|customers|clients|book|portfolio|renewals|contracts)\b")


def _bare_name(line: str, masked: Masked) -> list[q.Question] | Unclear:
    """Nothing but a name is a question about how it stands, whatever is said around it."""
    left = names_left(line, masked)
    if len(left) == 1 and left[0].known:
        return build("status", line, masked, NOTHING_BEFORE)
    whole = " ".join(re.sub(r"[?!;,]", " ", line).split())
    left = left_in(take(line, masked)[1], masked)
    if len(left) == 1 and len(whole.split()) <= 4 and len(left[0].text.split()) == len(whole.split()):
        return [q.Status(account=left[0].text)] if any(char.isalpha() for char in left[0].text) else Unclear("words")
    strange = names_left(line, masked)
    if len(strange) == len(left) == 1 and _HOW.match(line):
        return [q.Status(account=strange[0].text)]
    return _only_slots(line, masked)


_HOW = re.compile(r"(?:and |so |hey |ok )*how(?: is| are|s)\b|what about\b")


def _only_slots(line: str, masked: Masked) -> list[q.Question] | Unclear:
    """ "My top 5", "smb, over 50k": accounts."""
    slots, rest = take(line, masked)
    if not left_in(rest, masked) and (slots.whose or slots.segment) and len(slots.narrows) > 1 and slots.when is None:
        return build("book", line, masked, NOTHING_BEFORE)
    return Unclear("words")
