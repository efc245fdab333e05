"""The words that all files share: dates, sources, what became of a promise."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from babel.core import UnknownLocaleError
from babel.dates import format_date

from bot.documents.copies import Copy
from bot.documents.marking import Marked, Readers
from bot.documents.model import Citation
from bot.documents.text import clean

STATES = {"kept": "Kept", "late": "Kept late", "missed": "Missed", "open": "Open"}
NOT_KNOWN = "not known"
TO_WRITE = "To be written:"
INTERNAL_BRIEF = "Internal brief: not for the customer"


@dataclass(slots=True)
class Sources:
    """Sources in the order they are first cited; one that is cited again keeps its number.

    `only` are the numbers that a page shows; None shows all.
    """

    locale: str
    seen: dict[str, Citation] = field(default_factory=dict)
    only: set[int] | None = None

    def cite(self, citations: Iterable[Citation]) -> str:
        """The numbers of these sources: "1, 3"."""
        numbers = []
        for citation in citations:
            self.seen.setdefault(source_line(citation, self.locale), citation)
            numbers.append(list(self.seen).index(source_line(citation, self.locale)) + 1)
        return ", ".join(str(number) for number in sorted(set(numbers)))

    def lines(self) -> list[tuple[int, str, Citation]]:
        numbered = [(at, line, citation) for at, (line, citation) in enumerate(self.seen.items(), 1)]
        return [one for one in numbered if self.only is None or one[0] in self.only]


def day(when: date | None, locale: str) -> str:
    """`3 Sep 2026` in the reader's language; empty when there is none."""
    if when is None:
        return ""
    if locale == "iso":
        return when.isoformat()
    try:
        return str(format_date(when, "d MMM y", locale=locale))
    except (UnknownLocaleError, ValueError):
        return when.isoformat()


def source_line(citation: Citation, locale: str) -> str:
    """`Call with Ana Ruiz, 3 Sep 2026 (Maya Lind)`."""
    told = ", ".join(part for part in (clean(citation.label), day(citation.at, locale)) if part)
    return f"{told} ({who})" if (who := clean(citation.who)) else told


def taken_from(source: str, as_of: date | None, locale: str) -> str:
    """`Source: Service desk, as of 30 Sep 2026`; empty when neither is known."""
    told = [clean(source)] if clean(source) else []
    if as_of is not None:
        told.append(f"as of {day(as_of, locale)}")
    return f"Source: {', '.join(told)}" if source.strip() else "".join(told).replace("as of", "As of", 1)


def settled(state: str, when: date | None, locale: str) -> str:
    """`Kept, 28 Jul 2026`."""
    return ", ".join(part for part in (STATES[state], day(when, locale)) if part)


def heading(copy: Copy) -> str:
    return f"{clean(copy.review.title)} {clean(copy.review.period.label)}"


def prepared(copy: Copy) -> str:
    """`Prepared by Maya Lind, 2 Oct 2026`."""
    review = copy.review
    made = day(review.made_on, review.locale)
    return f"Prepared by {clean(review.prepared_by)}, {made}" if review.prepared_by.strip() else made


def meant_for(copy: Copy) -> str:
    """One line about who may read the file; empty in a customer's copy."""
    return INTERNAL_BRIEF if copy.readers is Readers.INTERNAL else ""


def why_internal(part: Marked) -> str:
    return f"Internal: {clean(part.marking.reason)}" if part.is_internal else ""
