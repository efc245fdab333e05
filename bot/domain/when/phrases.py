"""Reading what people type for a time: one meaning, or a question, or a reason why not; never a guess.

`read` gives a reading only when every row of the tables that knows the phrase says the same. Two meanings are asked
about, with both as choices in plain words; so is everything that is left over. What has passed is refused.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from .calendars import Workdays
from .grammar.meanings import found
from .grammar.said import Candidate, Said, ahead
from .grammar.words import corrected, is_known, normalise
from .plain import say
from .readings import Anchored, Ask, Choice, Definite, Once, Reading, Refused

_LONGEST = 200
_MOST_WORDS = 16
_CHOICES = 5
_EXAMPLES = "Say it like “tomorrow at 9:00”, “every other Tuesday at 9” or “30 days before renewal”."
_DEFAULT = time(9)
# Words that lead into a noun: what follows them is what the reminder is about, not when it is.
_LEADING_ON = {"for", "of", "about", "with", "the", "a", "an", "from", "to", "and", "or", "re", "their", "our", "his"}
_ANY_MOMENT = Said(datetime(2026, 1, 1, tzinfo=UTC), ZoneInfo("UTC"), Workdays(), _DEFAULT)


def read(text: str, now: datetime, zone: ZoneInfo, workdays: Workdays, *, default_time: time = _DEFAULT) -> Reading:
    """What `text` means when it is said at `now` (aware) by somebody in `zone` with these working days.

    `default_time`, whole minutes, is for days without a time. A definite reading always lies in the future.
    """
    said = Said(now, zone, workdays, default_time.replace(second=0, microsecond=0))
    phrase = normalise(text) if len(text) <= _LONGEST else ""
    try:
        return _decided(found(said, phrase)) or _suggested(phrase, said)
    except (OverflowError, ValueError):  # the calendar ends in the year 9999
        return Refused("That is too far ahead. Give a time within the next 20 years.")


def split_when(text: str) -> tuple[str, str]:
    """What a text is about, and when: `send pricing next tue 9:00` is ("send pricing", "next tue 9:00").

    Quoted text is never part of the time. Without quotes the time is the longest ending that is a phrase about time;
    empty when there is none.
    """
    text = text.strip()
    for left, right in ('""', "“”", "''", "‘’"):
        opening, closing = text.find(left), text.rfind(right)
        is_quote = opening < closing and (left != "'" or opening == 0)
        if is_quote:
            before, inside, after = text[:opening].strip(), text[opening + 1 : closing].strip(), text[closing + 1 :]
            return (inside, before) if before and not after.strip() else (f"{before} {inside}".strip(), after.strip())
    words = text.split()
    for at in range(max(0, len(words) - _MOST_WORDS), len(words)):
        if (at == 0 or words[at - 1].casefold() not in _LEADING_ON) and _is_phrase(" ".join(words[at:])):
            return " ".join(words[:at]), " ".join(words[at:])
    return text, ""


def _is_phrase(words: str) -> bool:
    try:
        return any(True for _ in found(_ANY_MOMENT, normalise(words)))
    except (OverflowError, ValueError):
        return True


def _decided(results: Iterable[Candidate | Refused | Ask]) -> Reading | None:
    """The one meaning, the question between several, or the refusal; None when nothing is known."""
    candidates: list[Candidate] = []
    others: list[Refused | Ask] = []
    for result in results:
        if isinstance(result, Candidate):
            candidates.append(result)
        else:
            others.append(result)
    doubts: dict[Definite, str] = {}
    for each in ahead(candidates):
        doubts[each.reading] = each.doubt and doubts.get(each.reading, each.doubt)
    if len(doubts) == 1 and not any(doubts.values()):
        return next(iter(doubts))
    if doubts:
        question = next(filter(None, doubts.values()), "") or _question(list(doubts))
        return _asked(question, doubts)
    return min(others, key=lambda other: isinstance(other, Ask), default=None)


def _question(readings: list[Definite]) -> str:
    moments = [reading.local for reading in readings if isinstance(reading, Once)]
    if len(moments) == len(readings):
        if len({local.date() for local in moments}) == 1:
            return "At which time?"
        if len({local.time() for local in moments}) == 1:
            return "Which day is meant?"
    return "Which one is meant?"


def _asked(question: str, readings: Iterable[Definite]) -> Ask:
    ordered = sorted(readings, key=_first)[:_CHOICES]
    return Ask(question, tuple(Choice(say(reading), reading) for reading in ordered))


def _first(reading: Definite) -> datetime:
    if isinstance(reading, Once):
        return reading.local
    return datetime.max if isinstance(reading, Anchored) else reading.schedule.first  # noqa: DTZ901 - only for order


def _suggested(phrase: str, said: Said) -> Ask:
    """A question about a phrase that no row knows: its slips corrected, or the words left out that are in the way."""
    fixed = corrected(phrase)
    if fixed != phrase and isinstance(meant := _decided(found(said, fixed)), Ask | Definite):
        return _about(f"Is “{fixed}” meant?", meant)
    known, unknown = [[word for word in phrase.split() if is_known(word) is known] for known in (True, False)]
    if known and unknown and isinstance(meant := _decided(found(said, " ".join(known))), Ask | Definite):
        return _about(f"“{' '.join(unknown)}” is not understood here. Is it meant without?", meant)
    return Ask(f"No time is read from that. {_EXAMPLES}")


def _about(question: str, meant: Ask | Definite) -> Ask:
    return Ask(question, meant.choices) if isinstance(meant, Ask) else _asked(question, [meant])
