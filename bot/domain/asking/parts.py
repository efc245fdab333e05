"""Several questions in one line: where it is parted, and what its parts share."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from . import queries as q
from .cues import Kind
from .kinds import kind_of
from .words import Masked

_PARTS = re.compile(
    r"(\s*(?:[?!;]+(?: and)?|,? \b(?:and\b(?: also)?|plus\b(?= (?:also|my|the|their|its|any|open|all|what|how|who|"
    r"when)\b))|,|(?<!\w) - )\s+|\s*[?!;]+\s*$)"
)


def pieces_of(line: str, masked: Masked) -> list[str]:
    """The line where it asks one thing; its parts where each of them asks something by itself.

    A part that asks nothing ("for my team", "biggest first") belongs to the one that it leads to or follows.
    """
    split = _PARTS.split(line)
    parts = [(sign, text) for sign, text in zip(["", *split[1::2]], split[::2], strict=False) if text.strip(" ?!;,·-")]
    kinds = [
        None if _LEADS.match(text) and at + 1 < len(parts) else kind_of(text, masked)
        for at, (_, text) in enumerate(parts)
    ]
    asking = [kind for kind in kinds if kind is not None]
    texts = [text for _, text in parts]
    if len(parts) < 2 or not asking or len(set(texts)) != len(texts) or any(kind in _WHOLE for kind in asking):
        return [line]
    if kinds[0] == "said" and not any(_ASKS.match(text.strip()) for text in texts[1:]) and len(texts[-1].split()) > 2:
        return [line]
    talk = [text for text, kind in zip(texts, kinds, strict=True) if kind in _TALK]
    return _joined(parts, kinds) or talk[:1] or [line]


def _joined(parts: list[tuple[str, str]], kinds: list[Kind | None]) -> list[str]:
    """The parts that ask, each with those around it that do not; a greeting is left out."""
    pieces: list[str] = []
    begun = ""
    for (sign, text), kind in zip(parts, kinds, strict=True):
        if kind in _TALK:
            continue
        if kind is None and pieces and not begun:
            pieces[-1] += sign + text
        elif kind is None:
            begun += sign + text
        else:
            pieces.append(begun + (sign if begun else "") + text)
            begun = ""
    return pieces


_ASKS = re.compile(r"(?:who|what|when|where|which|how|is|are|do|does|did|any|my)\b")
_LEADS = re.compile(
    r"\s*(?:with|for|in|within|among|of|from|on|about|regarding|re|as for|before|after|during)\b"
    r"(?!.*\b(?:who|what|when|which|how|show|give|need)\b)"
)
"""What a question is led to with: "with Priya's accounts, which are at risk?"."""
_TALK = ("hello", "thanks", "help")
_WHOLE = ("compare", "send", "draft", "change", "remind", "log", "promise")


def shared(found: list[q.Question]) -> list[q.Question]:
    """What only the last of several questions says is meant by all: its account or its book. Figures share what any of
    them says: "team NRR and GRR this year"."""
    last = found[-1]
    figures = [one for one in found if isinstance(one, q.Metric)]
    if len(figures) == len(found):
        said = {place: _only(getattr(one, place) for one in figures) for place in _PLACES}
        return [one.model_copy(update={place: value for place, value in said.items() if value}) for one in figures]
    name, whose = q.account_of(last), getattr(last, "whose", None)
    shared: list[q.Question] = []
    for one in found[:-1]:
        bare = isinstance(one, q.MayBeAboutOne) and one.account is None and one.whose is None
        if bare and name is not None:
            one = one.model_copy(update={"account": name})
        elif bare and whose is not None:
            one = one.model_copy(update={"whose": whose})
        elif name is not None and one in _OF_ONE:
            one = _OF_ONE[one](name)
        shared.append(one)
    return [*shared, last]


_OF_ONE: dict[q.Question, Callable[[str], q.Question]] = {
    q.Renewals(): lambda name: q.Status(account=name, focus="renewal"),
    q.AtRisk(): lambda name: q.Status(account=name, focus="health"),
    q.Silent(): lambda name: q.Touch(account=name),
    q.Book(): lambda name: q.Status(account=name),
}
"""What is asked of nobody in particular, beside a question about one account, is asked of that."""
_PLACES = ("account", "whose", "segment", "product", "when")


def _only(values: Iterable[str | None]) -> str | None:
    """The one value that was said; None when there is none, or another beside it."""
    every = set(values) - {None}
    return every.pop() if len(every) == 1 else None


def together(found: list[q.Question]) -> list[q.Question]:
    """Renewals "and at risk" are one list."""
    if len(found) == 2 and isinstance(found[0], q.Renewals):
        risky = found[0].model_copy(update={"at_risk": True})
        return [risky] if found[1] in (q.AtRisk(), risky) else found
    return found
