"""Which part of a book the Home tab shows: kept in the view and in its buttons, never here.

What comes back is what Slack signed, but maybe from a tab that an earlier version drew: whatever does not read as a
state is the first page of one's own book.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Any, Final

from bot.slack.asks import MAX_PAGE, SORTS, Sort
from bot.slack.words import unescape

# action_ids: what follows the colon says what to change.
HOME: Final = "steward.home"
ANY: Final = "*"
OWNERS: Final = ("mine", "team", "all")
_CHOSEN = "="
_LONGEST = 80


@dataclass(frozen=True, slots=True)
class HomeState:
    """`owner` is one of `OWNERS`; `segment` and `band` None do not narrow."""

    owner: str = "mine"
    search: str | None = None
    sort: Sort = "renewal"
    segment: str | None = None
    band: str | None = None
    page: int = 1

    @property
    def narrowed(self) -> bool:
        return any(part is not None for part in (self.search, self.segment, self.band))

    def encode(self) -> str:
        parts = [self.owner, self.search, self.sort, self.segment, self.band, self.page]
        return json.dumps(parts, ensure_ascii=False, separators=(",", ":"))


def decode_home(value: object) -> HomeState:
    try:
        parts = json.loads(value) if isinstance(value, str) and len(value) <= 2000 else None
    except (ValueError, RecursionError):
        parts = None
    match parts:
        case [str(owner), search, sort, segment, band, int(page)] if (
            owner in OWNERS
            and sort in SORTS
            and all(_is_word(part) for part in (search, segment, band))
            and 1 <= page <= MAX_PAGE
            and not isinstance(page, bool)
        ):
            return HomeState(owner, search, _sort(sort), segment, band, page)
    return HomeState()


def option_value(chosen: str | None) -> str:
    """A filter's option: any, or this one."""
    return ANY if chosen is None else f"{_CHOSEN}{chosen}"


def changed(state: HomeState, what: str, action: dict[str, Any]) -> HomeState:
    """The state after a filter, the search or a button was used; a new filter begins on its first page."""
    option = action.get("selected_option")
    chosen = option.get("value") if isinstance(option, dict) else None
    match what, chosen:
        case "sort", str(sort) if sort in SORTS:
            return replace(state, sort=_sort(sort), page=1)
        case "owner", str(owner) if owner in OWNERS:
            return replace(state, owner=owner, page=1)
        case "segment", str(value):
            return replace(state, segment=_chosen(value), page=1)
        case "band", str(value):
            return replace(state, band=_chosen(value), page=1)
        case "search", _:
            typed = action.get("value")
            text = unescape(typed)[:_LONGEST].strip() if isinstance(typed, str) else ""
            return replace(state, search=text or None, page=1)
        case "show", _:
            return decode_home(action.get("value"))
    return state


def _chosen(value: str) -> str | None:
    return value.removeprefix(_CHOSEN)[:_LONGEST] if value.startswith(_CHOSEN) and len(value) > 1 else None


def _sort(word: str) -> Sort:
    return next(sort for sort in SORTS if sort == word)


def _is_word(value: object) -> bool:
    return value is None or (isinstance(value, str) and 0 < len(value) <= _LONGEST)
