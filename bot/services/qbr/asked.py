"""What was typed after `/qbr`: a name, then perhaps a period, then perhaps for whom."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.services.errors import BadInput
from bot.services.kpi.asked import period_of as period_of_words
from bot.services.kpi.asked import split
from bot.services.results.qbr import Reader

_READERS: dict[str, Reader] = {
    "exec": "exec", "executive": "exec", "sponsor": "exec", "champion": "champion", "customer": "champion",
    "internal": "internal", "us": "internal", "team": "internal",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Named:
    """`account` as typed, None where no name was; `period` None is the last complete quarter."""

    account: str | None
    period: str | None
    readers: Reader


def read_asked(text: str, today: date) -> Named:
    """ "acme Q3 2026 for exec": the longest ending that is a period is the period; `for` names the readers.

    Raises BadInput for readers that there are none of.
    """
    words = text.split()
    readers: Reader = "internal"
    if len(words) >= 2 and words[-2].casefold() == "for":
        named = _READERS.get(words[-1].casefold())
        if named is None:
            raise BadInput(
                f"I write for exec, champion or internal, not for {words[-1][:40]!r}. Leave it out for internal."
            )
        readers, words = named, words[:-2]
    account, period = split(words, today)
    if period is None:
        _refuse_what_lies_ahead(words, today)
    return Named(account, period, readers)


_QUARTER = re.compile(r"(?:\d{4}[-/ ]?)?q\d(?:[-/ ]?\d{4})?", re.IGNORECASE)


def _refuse_what_lies_ahead(words: Sequence[str], today: date) -> None:
    """A quarter that cannot be reviewed is no part of a name."""
    for tail in (" ".join(words[-2:]), " ".join(words[-1:])):
        if _QUARTER.fullmatch(tail):
            period_of_words(tail, today)
