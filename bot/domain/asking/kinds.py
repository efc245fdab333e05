"""What kind of question a line is, and which lines are none of ours."""

from __future__ import annotations

import re

from .cues import CUES, Kind
from .slots import KPI, without_order
from .topics import topic_in
from .words import Masked

NOT_OURS = re.compile(
    r"\b(?:poem|joke|song|haiku|weather|recipe|horoscope|lottery|stock price|translate|flight|hotel|music|salary|"
    r"salaries|capital of)\b"
    r"|\b(?:ignore|disregard|forget) (?:all |any |the |your )*(?:previous|prior|above|"
    r"instructions?|rules)|\bsystem prompt\b"
    r"|\bselect \*|\bdrop table\b|\bunion select\b"
)


def kind_of(line: str, masked: Masked) -> Kind | None:
    """What a line asks for, by the first cue that it fits."""
    bare = " ".join(re.sub(r"[?!;,·]", " ", without_order(line)).split())
    kind = _first_cue(bare, line, masked)
    if kind in (None, "book") and _WORST.search(line) and "account" not in (one.kind for one in masked.names):
        return "at_risk"
    return kind


_WORST = re.compile(r"\b(?:worst|riskiest)\b(?! first)")


def _first_cue(bare: str, line: str, masked: Masked) -> Kind | None:
    is_figure = KPI.search(bare) is not None
    for kind, cue in CUES:
        if kind == "gaps" and topic_in(line, masked) is not None:
            return "said"
        if kind == "silent" and is_figure:
            return "metric"
        if cue.search(bare) is not None:
            return kind
    return "metric" if is_figure else None


_LEFT_OUT = re.compile(
    r"\b(?:except|excluding|exclude|excludes|apart from|aside from|other than|besides|but not|all but|anything but|"
    r"not counting|"
    r"(?:everything|everyone|everybody|anything|anyone)(?: \w+)? but|"
    r"leav(?:e|ing) out|minus|ohne|außer)\b|\b(?:not|no|without|never|none|nobody)\b(?! (?:later|more|less|longer|"
    r"yet)\b)"
)
_UNDONE = re.compile(
    r"\b(?:not|never)(?: been)?(?: yet)? (?:\w+ )?(?:delivered|kept|done|fulfilled|solved|closed|resolved|answered|"
    r"finished|met)\b"
)


def leaves_out(kind: Kind, line: str, masked: Masked) -> bool:
    """Whether a list is asked for without something. No query can leave out, and the list with it would be wrong."""
    if kind not in ("renewals", "at_risk", "book", "usage", "tickets", "promises", "metric", "contacts"):
        return False
    if any(one.kind == "account" for one in masked.names):
        return False
    return _LEFT_OUT.search(_UNDONE.sub("", without_order(line))) is not None
