"""What buttons carry: a view's opaque ids and small state, never a name, a figure or a permission.

A value comes back inside a request that Slack signed, but from a message that may be months old or made by an earlier
version, so every field is checked on the way in. It grants nothing: who clicks is resolved and authorised anew.
"""

from __future__ import annotations

import json
from typing import Any

from bot.domain.ids import id_text, parse_id
from bot.services.errors import BadInput
from bot.slack.asks import MAX_DAYS, MAX_OWNER, MAX_PAGE, SORTS, BindTo, Book, Card, Renewals, View

# action_ids: `turn` replaces the message it sits in, `open` answers beside it.
TURN, OPEN, SHARE, SORT, PICK, RECORD, BIND = (
    f"steward.{name}" for name in ("turn", "open", "share", "sort", "pick", "record", "bind")
)
MAX_BLOCK_ID = 255
_STALE = "This button is from an older message. Ask again, for example with `/account help`."


def encode(view: View | BindTo) -> str:
    """Compact text of a view: at most 2,000 characters (a button's value) for any view that the grammar yields."""
    match view:
        case Card(account_id):
            parts: list[Any] = ["c", id_text(account_id)]
        case Book(search, sort, owner, page):
            parts = ["b", search, sort, owner, page]
        case Renewals(days, owner, page):
            parts = ["r", days, owner, page]
        case BindTo(account_id, instead_of):
            parts = ["bind", id_text(account_id), None if instead_of is None else id_text(instead_of)]
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":"))


def decode(value: object) -> View:
    """The view behind a value. Raises `BadInput` when it is not one of ours."""
    match _parts(value):
        case ["c", str(text)] if (account_id := parse_id(text)) is not None:
            return Card(account_id)
        case ["b", search, sort, owner, page] if _text(search, 200) and sort in SORTS and _text(owner) and _page(page):
            return Book(search, sort, owner, page)
        case ["r", int(days), owner, page] if 1 <= days <= MAX_DAYS and _text(owner) and _page(page):
            return Renewals(days, owner, page)
    raise BadInput(_STALE)


def decode_bind(value: object) -> BindTo:
    """The account to bind a channel to, and the one it is to replace."""
    match _parts(value):
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


def decode_pick(chosen: object) -> Card:
    """An account chosen from the typeahead: its option's value is the id alone."""
    account_id = parse_id(chosen) if isinstance(chosen, str) else None
    if account_id is None:
        raise BadInput(_STALE)
    return Card(account_id)


def _parts(value: object) -> Any:
    if not isinstance(value, str) or len(value) > 2000:
        raise BadInput(_STALE)
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        raise BadInput(_STALE) from None


def _text(value: object, longest: int = MAX_OWNER) -> bool:
    return value is None or (isinstance(value, str) and 0 < len(value) <= longest)


def _page(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= MAX_PAGE
