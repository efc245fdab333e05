"""Watching what the use cases answer, so that whoever shows it cannot forget to say whose data it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import is_dataclass
from functools import wraps
from typing import Any, TypeAlias, TypeVar, cast

from bot.domain.audience import Actor, Audience
from bot.domain.ids import parse_id
from bot.services.results.base import accounts_in
from bot.services.results.matching import Match

T = TypeVar("T")
Noted: TypeAlias = Callable[[Actor, str, frozenset[int]], None]
"""Is told by each answer that shows something of accounts: to whom, by which use case, of which accounts."""

BY_ID = frozenset({"account_name"})
"""Use cases that answer with words about the account whose id they are given."""


def watched(desk: T, noted: Noted) -> T:
    """The same use cases, and the desks in them; `noted` hears of their answers in the thread that they are made in."""
    return cast(T, _Watched(desk, noted))


def accounts_of(shown: object) -> frozenset[int]:
    """The accounts that an answer shows something of. A name that led to one account names no other."""
    led_to_one = isinstance(shown, Match) and shown.outcome == "one"
    ids = [shown.account_id or ""] if isinstance(shown, Match) and led_to_one else list(accounts_in(shown))
    return frozenset(found for found in map(parse_id, ids) if found is not None)


class _Watched:
    def __init__(self, desk: object, noted: Noted) -> None:
        self._desk, self._noted = desk, noted

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._desk, name)
        if callable(found):
            return self._watching(name, found)
        return _Watched(found, self._noted) if is_desk(type(found)) else found

    def _watching(self, name: str, use_case: Callable[..., T]) -> Callable[..., T]:
        @wraps(use_case)
        def watching(*given: Any, **named: Any) -> T:
            answer = use_case(*given, **named)
            audience = given[0] if given and isinstance(given[0], Audience) else named.get("audience")
            if isinstance(audience, Audience):
                accounts = frozenset(given[1:2]) if name in BY_ID else accounts_of(answer)
                if accounts:
                    self._noted(audience.actor, name, accounts)
            return answer

        return watching


def is_desk(kind: type) -> bool:
    """Whether it is a part of the use cases rather than something that they work with."""
    is_ours = kind.__module__.startswith("bot.services.") and is_dataclass(kind)
    return is_ours and any(_asks(part) for part in vars(kind).values())


def _asks(part: object) -> bool:
    """Whether it is a use case: those take an audience first."""
    return callable(part) and list(getattr(part, "__annotations__", {}))[:1] == ["audience"]
