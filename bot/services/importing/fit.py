"""What a database can keep: lengths that it can index, numbers of 64 bits, text that every database takes."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import Any, get_args

from bot.domain.records import Ref, Row
from bot.importers import SourceFile
from bot.storage.types import AMOUNT_LIMIT

LONGEST_NAME, LONGEST_ID = 500, 255
"""What is longer is no name or id, and PostgreSQL could not index it."""
_LARGEST_COUNT = 2**31
_LONGEST_NOTICE = 36_500

Check = Callable[[Any], str | None]

# Neither can be stored: PostgreSQL has no NUL, UTF-8 has no halves of letters.
_NUL = re.compile("\x00")
_HALVES = re.compile("[\ud800-\udfff]")


def _too_long(what: str, most: int, value: str) -> str | None:
    return f"its {what} is longer than {most} characters" if len(value) > most else None


def _any_too_long(what: str, most: int, values: tuple[str, ...]) -> str | None:
    return next((problem for value in values if (problem := _too_long(what, most, value))), None)


def _too_large(what: str, most: Any, value: Any) -> str | None:
    return f"its {what} is too large to be true" if abs(value) > most else None


_CHECKS: dict[str, Check] = {
    **{name: partial(_too_long, name.replace("_", " "), LONGEST_ID) for name in ("number", "email", "slack_user_id")},
    "external_id": partial(_too_long, "id", LONGEST_ID),
    "name": partial(_too_long, "name", LONGEST_NAME),
    "aliases": partial(_any_too_long, "alias", LONGEST_NAME),
    "domains": partial(_any_too_long, "domain", LONGEST_ID),
    "merged_ids": partial(_any_too_long, "merged id", LONGEST_ID),
    "notice_days": partial(_too_large, "notice", _LONGEST_NOTICE),
    **{
        name: partial(_too_large, name.replace("_", " "), _LARGEST_COUNT)
        for name in ("employees", "stance", "score_max", "scale_min", "scale_max", "days")
    },
    **{
        name: partial(_too_large, name.replace("_", " "), AMOUNT_LIMIT)
        for name in ("amount", "quantity", "unit_price", "list_price", "annual_revenue", "value", "entitlement",
                     "score", "probability")
    },
}  # fmt: skip


_PLANS: dict[Any, tuple[tuple[int, Check], ...]] = {
    kind: tuple((at, _CHECKS[name]) for at, name in enumerate(kind._fields) if name in _CHECKS)
    for kind in get_args(Row)
}
"""By kind of row: which of its cells are looked at."""


def misfit(row: Any) -> str | None:
    """Why a row cannot be kept, as the end of "line 7: ..."; None when it can."""
    for at, check in _PLANS[type(row)]:
        value = row[at]
        if value is not None and (problem := check(value)) is not None:
            return problem
    return None


def cleaner(file: SourceFile) -> Callable[[Any], Any] | None:
    """What takes such marks out of the rows of a file; None for files that cannot have them."""
    wide = file.format.encoding.lower().replace("_", "-").startswith(("utf-16", "utf-32"))
    return _clean if wide or file.path.suffix.lower() == ".json" else None


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return _HALVES.sub("\N{REPLACEMENT CHARACTER}", _NUL.sub("", value))
    if isinstance(value, Ref):
        return Ref(value.noun, value.by, _clean(value.key))
    if isinstance(value, tuple):
        cells = [_clean(one) for one in value]
        return type(value)(*cells) if hasattr(value, "_fields") else tuple(cells)
    return value
