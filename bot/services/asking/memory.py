"""What a conversation remembers: the questions as understood, and which account a name was said to mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from pydantic import ValidationError

from bot.domain.asking.queries import QUESTIONS, Question
from bot.domain.audience import Audience
from bot.domain.ids import id_text, parse_id
from bot.storage import turns
from bot.storage.database import AnyRow, Database, LockedError, Reader

Verdict = Literal["good", "bad", "misread"]
"""What an asker thought of an answer; `misread`: it was not what they had asked, and nothing follows it."""
_STILL_TALKING = timedelta(minutes=30)
"""Outside of threads, for so long a follow-up of the same person follows."""
_NAMES = 20


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a conversation takes place: a thread, or (None) somebody's own turn in a channel, which `message` names.

    `account` is the name of the account that the place is about, where it is about one.
    """

    channel: str
    thread: str | None
    message: str
    asker: str
    account: str | None = None


@dataclass(frozen=True, slots=True)
class Remembered:
    questions: tuple[Question, ...] = ()
    chosen: Mapping[str, int] = field(default_factory=dict)


NOTHING = Remembered()


def remembered(reader: Reader, spot: Spot | None, now: datetime) -> Remembered:
    """What was asked last in this conversation. What an earlier version kept and this one cannot read is forgotten."""
    if spot is None:
        return NOTHING
    if spot.thread is not None:
        row = turns.last(reader, spot.channel, spot.thread, now)
    else:
        row = turns.last_of(reader, spot.channel, spot.asker, now - _STILL_TALKING)
    return _read(row) if row is not None else NOTHING


def _read(row: AnyRow) -> Remembered:
    try:
        questions = QUESTIONS.validate_python(tuple(row.questions))
    except (ValidationError, TypeError):
        return NOTHING
    chosen = {str(name): parse_id(str(one)) for name, one in dict(row.chosen or {}).items()}
    return Remembered(questions, {name: one for name, one in chosen.items() if one is not None})


def remember(database: Database, audience: Audience, spot: Spot, now: datetime, of: Remembered) -> str | None:
    """Keep a turn; its id, or None when somebody else kept writing for too long: an answer is worth more."""
    names = dict(list(of.chosen.items())[-_NAMES:])
    try:
        with database.writing(audience, now) as writer:
            one = turns.add(
                writer, spot.channel, spot.thread or spot.message, spot.asker,
                [question.model_dump(mode="json") for question in of.questions],
                {name: id_text(one) for name, one in names.items()},
            )  # fmt: skip
    except LockedError:
        return None
    return id_text(one)


def judge(database: Database, audience: Audience, turn: str, verdict: Verdict, now: datetime) -> bool:
    """Keep what the asker thought of an answer."""
    one = parse_id(turn)
    asker = audience.actor.slack_user_id or ""
    if one is None:
        return False
    with database.writing(audience, now) as writer:
        return turns.judge(writer, one, asker, verdict)
