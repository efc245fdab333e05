"""From typed text to what people decide about health: a score for a time, a risk that is none. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import get_args

from bot.domain.signals import SignalKind
from bot.services.errors import BadInput
from bot.slack.asks import DismissRisk, SetHealth
from bot.slack.words import Word

_SCORE = re.compile(r"\d{1,3}")
_UNTIL = {"until", "till", "to"}
_COMPUTED = {"clear", "computed", "reset", "auto"}
_KINDS = sorted((kind.split() for kind in get_args(SignalKind)), key=len, reverse=True)
_LONGEST_NAME = 200
SET_EXAMPLE = '/account health acme set 70 "new sponsor" until 2026-12-31'
DISMISS_EXAMPLE = '/account dismiss acme silence "on holiday"'


def split_since(words: Sequence[Word]) -> tuple[list[Word], str]:
    """The words before "since", and what follows it; "Since" alone may be a name."""
    at = next((at for at, word in enumerate(words) if at and word.key == "since"), None)
    if at is None or at + 1 == len(words):
        return list(words), ""
    return list(words[:at]), " ".join(word.text for word in words[at + 1 :])


def read_health(words: Sequence[Word]) -> SetHealth | None:
    """What is to be set; None when it is only asked about."""
    keys = [word.key for word in words]
    if len(words) > 1 and keys[-1] in _COMPUTED:
        return SetHealth(_name(words[:-1]))
    found = [at for at in range(1, len(words) - 1) if keys[at] == "set" and _SCORE.fullmatch(words[at + 1].text)]
    if not found:
        return None
    at = found[-1]
    rest = words[at + 2 :]
    cut = next((place for place in reversed(range(len(rest))) if rest[place].key in _UNTIL), None)
    reason = " ".join(word.text for word in rest[:cut])
    until = " ".join(word.text for word in rest[cut + 1 :]) if cut is not None else ""
    if not reason or not until:
        raise BadInput(f"A score by hand needs a reason and its last day, for example `{SET_EXAMPLE}`.")
    return SetHealth(_name(words[:at]), int(words[at + 1].text), reason, until)


def read_dismiss(words: Sequence[Word]) -> DismissRisk:
    """The account, then the risk, then the reason in quotes."""
    if len(words) < 3 or not words[-1].quoted:
        raise BadInput(f"Say the account, the risk, and in quotes why it is none, for example `{DISMISS_EXAMPLE}`.")
    named, reason = words[:-1], words[-1].text
    keys = [word.key or word.text.casefold() for word in named]
    size = next((len(kind) for kind in _KINDS if len(kind) < len(named) and keys[-len(kind) :] == kind), 1)
    return DismissRisk(_name(named[:-size]), " ".join(keys[-size:]), reason)


def _name(words: Sequence[Word]) -> str:
    text = " ".join(word.text for word in words)
    if not text or len(text) > _LONGEST_NAME:
        raise BadInput(f"Which account? For example `{SET_EXAMPLE}`.")
    return text
