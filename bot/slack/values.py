"""What buttons carry: a view's opaque ids and small state, never a name, a figure or a permission.

A value comes back inside a request that Slack signed, but from a message that may be months old or made by an earlier
version, so every field is checked on the way in. It grants nothing: who clicks is resolved and authorised anew.
"""

from __future__ import annotations

import contextlib
import json
from typing import Any

from bot.domain.ids import id_text, parse_id
from bot.domain.kpi.catalogue import KEYS, Key
from bot.services.errors import BadInput
from bot.services.results import SECTIONS
from bot.slack.asks import (
    MAX_DAYS,
    MAX_KPI_WORDS,
    MAX_OWNER,
    MAX_PAGE,
    MAX_TIME_WORDS,
    SHOWS,
    SKILLS,
    SORTS,
    AccountView,
    AsOf,
    BindTo,
    Book,
    Card,
    Diff,
    Kpi,
    People,
    Plan,
    Renewals,
    Shareable,
    Sketch,
    Team,
    Timeline,
    Trail,
    View,
    Why,
    view_of,
)
from bot.slack.stamps import Stamp

# action_ids: `turn` replaces the message it sits in, `open` answers beside it; `menu` holds actions that found no place
# as buttons.
TURN, OPEN, SHARE, SORT, SECTION, PICK, MENU, RECORD, BIND, REMOVE, SHARE_NOW, CANCEL = (
    f"steward.{name}"
    for name in (
        "turn",
        "open",
        "share",
        "sort",
        "section",
        "pick",
        "menu",
        "record",
        "bind",
        "remove",
        "share.now",
        "share.cancel",
    )
)
MAX_BLOCK_ID = 255
_STALE = "This button is from an older message. Ask again, for example with `/account help`."


def encode(view: View | BindTo, stamp: Stamp | None = None) -> str:
    """Compact text of a view: at most 2,000 characters (a button's value) for any view that the grammar yields.

    `stamp` says how old what is shown is; buttons that act on it or show it again carry one.
    """
    match view:
        case Card() | Timeline() | People() | Why() | Plan() | Diff() | AsOf() | Sketch() | Trail():
            parts: list[Any] = _account_parts(view)
        case Book(search, sort, owner, page):
            parts = ["b", search, sort, owner, page]
        case Team():
            parts = ["team"]
        case Renewals(days, owner, page):
            parts = ["r", days, owner, page]
        case Kpi(key, words, page):
            parts = ["k", key, words, page]
        case BindTo(account_id, instead_of):
            parts = ["bind", id_text(account_id), None if instead_of is None else id_text(instead_of)]
    if stamp is not None:
        parts.append(stamp.parts())
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":"))


def _account_parts(view: AccountView) -> list[Any]:
    match view:
        case Card(account_id):
            return ["c", id_text(account_id)]
        case Timeline(account_id, section, page):
            return ["t", id_text(account_id), section, page]
        case People(account_id, page):
            return ["p", id_text(account_id), page]
        case Why(account_id, since):
            return ["w", id_text(account_id), *([since] if since else [])]
        case Plan(account_id):
            return ["plan", id_text(account_id)]
        case Diff(account_id, since):
            return ["diff", id_text(account_id), since]
        case AsOf(account_id, day):
            return ["asof", id_text(account_id), day]
        case Sketch(account_id, skill):
            return ["sketch", id_text(account_id), skill]
        case Trail(account_id, since, page):
            return ["trail", id_text(account_id), since, page]


def decode(value: object) -> View:
    """The view behind a value. Raises `BadInput` when it is not one of ours."""
    match _read(value)[0]:
        case [kind, str(text), *rest] if kind in _ACCOUNT_VIEWS and (account_id := parse_id(text)) is not None:
            return _account_view(kind, account_id, rest)
        case ["b", search, sort, owner, page] if _text(search, 200) and sort in SORTS and _text(owner) and _page(page):
            return Book(search, sort, owner, page)
        case ["team"]:
            return Team()
        case ["r", int(days), owner, page] if 1 <= days <= MAX_DAYS and _text(owner) and _page(page):
            return Renewals(days, owner, page)
        case ["k", key, str(words), page] if len(words) <= MAX_KPI_WORDS and (page == 0 or _page(page)):
            return Kpi(_figure(key), words, int(page))
    raise BadInput(_STALE)


def _figure(key: object) -> Key | None:
    if key is None:
        return None
    found = next((one for one in KEYS if one == key), None)
    if found is None:
        raise BadInput(_STALE)
    return found


def decode_shareable(value: object) -> Shareable:
    """A view that may be shown to a whole channel."""
    view = decode(value)
    if isinstance(view, Shareable):
        return view
    raise BadInput(_STALE)


def stamp_of(value: object) -> Stamp | None:
    """How old what a button showed is; None where it does not say, as in those of earlier versions."""
    with contextlib.suppress(BadInput):
        return _read(value)[1]
    return None


def _read(value: object) -> tuple[list[Any], Stamp | None]:
    if not isinstance(value, str) or len(value) > 2000:
        raise BadInput(_STALE)
    try:
        parts = json.loads(value)
    except (ValueError, RecursionError):
        raise BadInput(_STALE) from None
    if not isinstance(parts, list):
        raise BadInput(_STALE)
    stamped = bool(parts) and isinstance(parts[-1], dict)
    return (parts[:-1], Stamp.read(parts[-1])) if stamped else (parts, None)


_ACCOUNT_VIEWS = ("c", "t", "p", "w", "plan", "diff", "asof", "sketch", "trail")


def _account_view(kind: str, account_id: int, rest: list[Any]) -> AccountView:
    match kind, rest:
        case "c", []:
            return Card(account_id)
        case "t", [section, page] if section in SECTIONS and _page(page):
            return Timeline(account_id, section, page)
        case "p", [page] if _page(page):
            return People(account_id, page)
        case "w", []:
            return Why(account_id)
        case "w", [str(since)] if 0 < len(since) <= MAX_TIME_WORDS:
            return Why(account_id, since)
        case "plan", []:
            return Plan(account_id)
        case "diff", [str(since)] if 0 < len(since) <= MAX_TIME_WORDS:
            return Diff(account_id, since)
        case "asof", [str(day)] if 0 < len(day) <= MAX_TIME_WORDS:
            return AsOf(account_id, day)
        case "sketch", [skill] if skill in SKILLS:
            return Sketch(account_id, next(one for one in SKILLS if one == skill))
        case "trail", [str(since), page] if len(since) <= MAX_TIME_WORDS and _page(page):
            return Trail(account_id, since, page)
    raise BadInput(_STALE)


def decode_bind(value: object) -> BindTo:
    """The account to bind a channel to, and the one it is to replace."""
    match _read(value)[0]:
        case ["bind", str(text), None] if (account_id := parse_id(text)) is not None:
            return BindTo(account_id)
        case ["bind", str(text), str(other)] if (account_id := parse_id(text)) is not None and parse_id(other):
            return BindTo(account_id, parse_id(other))
    raise BadInput(_STALE)


def decode_sort(state: object, chosen: object) -> Book:
    """A sort select: the view stands in its block_id, the chosen order in its option."""
    book = decode(state)
    if not isinstance(book, Book) or chosen not in SORTS:
        raise BadInput(_STALE)
    return Book(book.search, next(sort for sort in SORTS if sort == chosen), book.owner)


def decode_section(state: object, chosen: object) -> Timeline:
    """A timeline's filter: the view stands in its block_id, the chosen section in its option."""
    timeline = decode(state)
    if not isinstance(timeline, Timeline) or chosen not in SECTIONS:
        raise BadInput(_STALE)
    return Timeline(timeline.account_id, next(section for section in SECTIONS if section == chosen))


def decode_pick(show: object, chosen: object) -> AccountView:
    """An account chosen from the typeahead: its option's value is the id alone, its block_id says what to show, and as
    of when."""
    account_id = parse_id(chosen) if isinstance(chosen, str) else None
    if account_id is None:
        raise BadInput(_STALE)
    word, _, time = show.partition(" ") if isinstance(show, str) else ("", "", "")
    return view_of(next((one for one in SHOWS if one == word), "card"), account_id, time[:MAX_TIME_WORDS])


def menu_value(action_id: str, value: str) -> str:
    """A line of a menu: the action that its button would have, and what that would carry."""
    return f"{action_id} {value}"


def decode_menu(chosen: object) -> tuple[str, str]:
    """The action and the value of a menu's line."""
    if not isinstance(chosen, str):
        raise BadInput(_STALE)
    action_id, _, value = chosen.partition(" ")
    return action_id, value


def _text(value: object, longest: int = MAX_OWNER) -> bool:
    return value is None or (isinstance(value, str) and 0 < len(value) <= longest)


def _page(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= MAX_PAGE
