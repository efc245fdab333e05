"""What was said about a topic: passages in their own words, each with who, when and where it can be read."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.asking import queries as q
from bot.domain.asking.spans import Span
from bot.domain.ids import id_text
from bot.services import scope as scopes
from bot.services.asking.ground import Ground, count, days_in_words, of_ages, span, told
from bot.services.asking.listed import choose
from bot.services.results.asking import Answer, AnswerRow
from bot.storage.database import AnyRow, Reader
from bot.storage.queries import accounts as queries
from bot.storage.queries.notes import Wanted, proposed
from bot.storage.queries.notes import said as rows_of

_MOST = 1_000
_READ = 300
"""The best of what the index proposes is read; an old passage weighs half after so long."""
_HALF_LIFE = timedelta(days=180)
_LONGEST = 220
_STOP_TEXT = "the a an and or of to in on for with is are was were be it this that at by from as der die das und"
_STOP = frozenset(_STOP_TEXT.split())


@dataclass(frozen=True, slots=True)
class _Passage:
    row: AnyRow
    text: str
    title: str
    at: datetime
    who: str | None
    internal: bool | None
    link: str | None


def words_of(topic: str) -> tuple[str, ...]:
    """The words that are looked for: without those that say nothing, unless there are no others."""
    words = re.findall(r"[^\W_]+", _folded(topic))[:12]
    return tuple(word for word in words if word not in _STOP) or tuple(words)


@dataclass(frozen=True, slots=True)
class _Sought:
    """What came of looking. `partly` when no passage has all the words; `scope` is whose accounts, in words."""

    found: Sequence[_Passage]
    partly: bool
    words: tuple[str, ...]
    days: Span | None
    scope: str
    notes: tuple[str, ...]


def said(reader: Reader, ground: Ground, asked: q.Said, account_id: int | None) -> Answer:
    """Passages with all the words of the topic; where there are none, with any of them, and that is said."""
    sought = _sought(reader, ground, asked, account_id)
    found = sought.found
    when = days_in_words(asked.when, sought.days) if asked.when and sought.days else None
    several = f" from {count(len({one.row.account_id for one in found}), 'account')}" if account_id is None else ""
    partly = " with some of these words, none with all" if sought.partly else ""
    return Answer(
        question=asked,
        understood=told(f"What was said about “{asked.topic}”", sought.scope, when),
        headline=f"{_counted(found)}{several}{partly}" if found
        else f"I found nothing about “{asked.topic}”.",
        rows=tuple(_row(one, sought.words) for one in found[: ground.shown]),
        total=len(found),
        account_id=id_text(account_id) if account_id is not None else None,
        account=sought.scope if account_id is not None else None,
        receipts=of_ages("notes, tickets and survey comments", queries.data_ages(reader),
                         ("interactions", "tickets", "surveys"), sought.notes),
    )  # fmt: skip


def best_of(reader: Reader, ground: Ground, asked: q.Said, account_id: int) -> list[tuple[str, datetime]]:
    """The rows whose passages answer, the best first: their ids, and when it was said."""
    return [(id_text(one.row.id), one.at) for one in _sought(reader, ground, asked, account_id).found]


def _sought(reader: Reader, ground: Ground, asked: q.Said, account_id: int | None) -> _Sought:
    words = words_of(asked.topic)
    days = span(ground, asked.when, "back") if asked.when else None
    accounts, scope, notes = _whose(reader, ground, asked, account_id)
    every = _found(reader, Wanted(words, accounts), days, ground.now, need=len(words))
    some = [] if every or len(words) < 2 else _found(
        reader, Wanted(words, accounts, any_word=True), days, ground.now, need=1
    )  # fmt: skip
    return _Sought(every or some, bool(some), words, days, scope, notes)


def _counted(found: Sequence[_Passage]) -> str:
    """Of very many only the best are read."""
    return count(len(found), "passage") if len(found) < _READ else f"The best {_READ} passages"


def _whose(
    reader: Reader, ground: Ground, asked: q.Said, account_id: int | None
) -> tuple[Sequence[int] | None, str, tuple[str, ...]]:
    """Accounts to look in (None: all), and whose they are in words."""
    if account_id is not None:
        row = queries.accounts(reader, [account_id]).get(account_id)
        return [account_id], str(row.name) if row is not None else "", ()
    if asked.segment or asked.product or asked.over is not None or asked.under is not None:
        picked = choose(reader, ground, asked)
        return picked.ids, told(picked.scope, *picked.by), picked.notes
    scope = scopes.resolve(reader, ground.audience, asked.whose or "all")
    return None if scope.ids is None else sorted(scope.ids), scope.words, (scope.note,) if scope.note else ()


def _found(reader: Reader, wanted: Wanted, days: Span | None, now: datetime, *, need: int) -> list[_Passage]:
    """The best passages first: how well the words fit, and how long ago it was."""
    fits = proposed(reader, wanted, _MOST)
    best = sorted(fits, key=lambda one: -fits[one])
    found = [
        one
        for one in _passages(reader, best[:_READ] if days is None else best)
        if one.at <= now
        and (days is None or days.holds(one.at.date()))
        and _shown_words(one.text, wanted.words) >= min(need, len(wanted.words))
    ]

    def worth(one: _Passage) -> float:
        age = max((now - one.at) / _HALF_LIFE, 0.0)
        return -(fits[one.row.id] + 0.1) * math.exp2(-age)

    return sorted(found, key=worth)


def _shown_words(text: str, words: Sequence[str]) -> int:
    """How many of the words the text shows, whatever their endings: what the index proposes may have been edited."""
    folded = words_in(text)
    return sum(any(has.startswith(word[: max(4, len(word) - 3)]) or has == word for has in folded) for word in words)


def words_in(text: str) -> set[str]:
    return set(re.findall(r"[^\W_]+", _folded(text)))


def _folded(text: str) -> str:
    """Without case and marks."""
    if text.isascii():
        return text.lower()
    return "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))


def _passages(reader: Reader, ids: Sequence[int]) -> list[_Passage]:
    talks, tickets, answers = rows_of(reader, ids)
    return [
        *(
            _Passage(row, ". ".join(part for part in (row.subject, row.text) if part), row.kind.capitalize(), row.at,
                     told(row.who, row.people) or None, row.visibility != "client-safe", row.permalink)
            for row in talks
        ),
        *(_Passage(row, row.subject or "", "Ticket", row.at, None, None, None) for row in tickets),
        *(
            _Passage(row, row.comment or "", f"{row.kind.upper()} {row.score.normalize():f} of {row.scale_max}", row.at,
                     row.who, None, None)
            for row in answers
        ),
    ]  # fmt: skip


def _row(one: _Passage, words: Sequence[str]) -> AnswerRow:
    return AnswerRow(
        account_id=id_text(one.row.account_id), account=one.row.account, text=passage(one.text, words),
        on=one.at.date(), who=told(one.title, one.who), quoted=True, internal=one.internal, link=one.link,
    )  # fmt: skip


def passage(text: str, words: Sequence[str]) -> str:
    """The part of a text around the first of the words that it shows, cut between words."""
    line = " ".join(text.split())
    if len(line) <= _LONGEST:
        return line
    folded = line.casefold()
    places = [at for word in words if (at := folded.find(word[: max(4, len(word) - 3)])) >= 0]
    start = max(0, min(places, default=0) - _LONGEST // 3)
    start = line.rfind(" ", 0, start) + 1 if start else 0
    end = min(len(line), start + _LONGEST)
    end = line.rfind(" ", start, end) if end < len(line) and " " in line[start:end] else end
    return f"{'… ' if start else ''}{line[start:end]}{' …' if end < len(line) else ''}"
