"""Whose figure is asked for, and over which days, from the words somebody typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.audience import Audience
from bot.domain.ids import id_text, parse_id
from bot.domain.kpi.period import Period, PeriodError, parse_period
from bot.domain.names import squash
from bot.domain.policy import segment_key
from bot.services import scope as scopes
from bot.services.errors import BadInput
from bot.services.lookup import exact
from bot.storage.database import Reader
from bot.storage.queries.kpi import revenue, scope
from bot.storage.queries.kpi.lines import Within

_EVERYBODY = {"all", "workspace", "everyone", "everything"}
_LEADING = {"for", "of"}
_BEFORE_A_PERIOD = {"in", "for", "over", "during"}
_BOOKS = {"mine", "my", "me", "book", "team"}


@dataclass(frozen=True, slots=True)
class Whose:
    """`words` say whose in a sentence; `name` is the person's, for their quota; `note` what was assumed."""

    words: str
    within: Within
    name: str = "all"
    note: str | None = None
    account_id: int | None = None

    @property
    def account(self) -> str | None:
        """The opaque id of the one account that it is about, if it is about one."""
        return id_text(self.account_id) if self.account_id is not None else None


def period_of(words: str | None, today: date) -> Period:
    try:
        return parse_period(words, today)
    except PeriodError as error:
        raise BadInput(str(error)) from error


def split(words: Sequence[str], today: date) -> tuple[str | None, str | None]:
    """(whose, period) of what was typed after a figure's name: the longest tail that is a period is the period.

    "for acme in 2026-Q1" and "acme 2026-Q1" are the same.
    """
    first = next((at for at, word in enumerate(words) if word.casefold() not in _LEADING), len(words))
    words = words[first:]
    for at in range(len(words)):
        tail = " ".join(words[at:])
        try:
            parse_period(tail, today)
        except PeriodError:
            continue
        named = words[: at - 1] if at and words[at - 1].casefold() in _BEFORE_A_PERIOD else words[:at]
        return " ".join(named) or None, tail
    return " ".join(words) or None, None


def whose(reader: Reader, audience: Audience, words: str | None) -> Whose:
    """None is the asker's own book. Else mine, team, all, `account:`, `segment:`, `product:` or `owner:` and a name; a
    bare name is looked for in that order. Raises BadInput when it is none of them, or several accounts.
    """
    text = " ".join((words or "mine").split())
    kind, mark, name = text.partition(":")
    looks = _LOOKS.get(kind.casefold()) if mark else None
    if looks is not None:
        found = looks(reader, audience, name.strip())
        if found is None:
            raise BadInput(f"No {kind.casefold()} is called {name.strip()!r}.")
        return found
    if text.casefold() in _EVERYBODY:
        return _book(reader, audience, "all")
    if text.casefold() in _BOOKS or text.startswith((scopes.MEMBER, "@")):
        return _book(reader, audience, "mine" if text.casefold() == "book" else text)
    for look in (_account, _segment, _product):
        if (found := look(reader, audience, text)) is not None:
            return found
    try:
        return _book(reader, audience, text)
    except BadInput as error:
        raise BadInput(
            f"No account, segment, product or colleague is called {text!r}. Try mine, team, all, account:acme, "
            "segment:mid-market, product:core or owner:maya."
        ) from error


def _book(reader: Reader, audience: Audience, words: str) -> Whose:
    found = scopes.resolve(reader, audience, words)
    ids = None if found.ids is None else tuple(sorted(found.ids))
    if ids is None:
        return Whose(found.words, Within(), note=found.note)
    name = audience.actor.name if found.words == "your accounts" else found.words.removesuffix("'s accounts")
    return Whose(found.words, Within(ids), name, found.note)


def _account(reader: Reader, _audience: Audience, name: str) -> Whose | None:
    """An account with everything below it."""
    match = exact(reader, name) if name else None
    if match is None:
        return None
    if match.outcome != "one" or match.account_id is None:
        names = ", ".join(one.name for one in match.candidates)
        raise BadInput(f"Several accounts are called {name!r}: {names}. Say which.")
    top = parse_id(match.account_id) or 0
    ids = {top}
    below: dict[int, list[int]] = {}
    for child, parent in revenue.parents(reader).items():
        below.setdefault(parent, []).append(child)
    waiting = [top]
    while waiting:
        fresh = [child for child in below.get(waiting.pop(), ()) if child not in ids]
        ids.update(fresh)
        waiting += fresh
    shown = scope.names(reader, [top]).get(top, name)
    rest = f" and {len(ids) - 1} below it" if len(ids) > 1 else ""
    return Whose(f"{shown}{rest}", Within(tuple(sorted(ids))), shown, account_id=top)


def _segment(reader: Reader, _audience: Audience, name: str) -> Whose | None:
    key = segment_key(name)
    ids = [one for one, segment in scope.segments(reader) if segment_key(segment) == key] if key else []
    return Whose(f"segment {key}", Within(tuple(sorted(ids))), f"segment {key}") if ids else None


def _product(reader: Reader, _audience: Audience, name: str) -> Whose | None:
    found = scope.product_called(reader, squash(name)) if name else None
    return Whose(f"product {found.name}", Within(None, found.id), f"product {found.name}") if found else None


_LOOKS: Mapping[str, Callable[[Reader, Audience, str], Whose | None]] = {
    "account": _account, "segment": _segment, "product": _product, "owner": _book,
}  # fmt: skip
