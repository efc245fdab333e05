"""The turns of conversations: few of each, and none for long."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

import sqlalchemy as sa

from bot.domain.ids import new_id
from bot.storage.database import AnyRow, Reader, Writer
from bot.storage.live import Live
from bot.storage.tables import ask_turn

KEPT: Final = 10
"""Turns of one thread that are kept."""
KEPT_FOR: Final = timedelta(days=30)
_C = ask_turn.c
_FOLLOWED = sa.func.coalesce(_C.verdict, "") != "misread"
"""What was not meant is not followed."""


def _last(_live: Live) -> sa.Select[Any]:
    place = (_C.channel == sa.bindparam("channel"), _C.thread == sa.bindparam("thread"))
    return (
        sa.select(ask_turn)
        .where(*place, _C.at > sa.bindparam("since", type_=_C.at.type), _FOLLOWED)
        .order_by(_C.id.desc())
        .limit(1)
    )


def _last_of(_live: Live) -> sa.Select[Any]:
    place = (_C.channel == sa.bindparam("channel"), _C.asker == sa.bindparam("asker"))
    return (
        sa.select(ask_turn)
        .where(*place, _C.at > sa.bindparam("since", type_=_C.at.type), _FOLLOWED)
        .order_by(_C.id.desc())
        .limit(1)
    )


def last(reader: Reader, channel: str, thread: str, now: datetime) -> AnyRow | None:
    """The last turn of a thread, whoever spoke."""
    return reader.row(_last, channel=channel, thread=thread, since=now - KEPT_FOR)


def last_of(reader: Reader, channel: str, asker: str, since: datetime) -> AnyRow | None:
    """The last turn of somebody in a channel since then."""
    return reader.row(_last_of, channel=channel, asker=asker, since=since)


def add(writer: Writer, channel: str, thread: str, asker: str, questions: Any, chosen: Any) -> int:
    """A new turn; the oldest of a long thread go."""
    one = new_id()
    values = {"id": one, "channel": channel, "thread": thread, "asker": asker, "at": writer.now}
    writer.execute(ask_turn.insert(), {**values, "questions": questions, "chosen": chosen})
    here = sa.and_(_C.channel == channel, _C.thread == thread)
    newest = sa.select(_C.id).where(here).order_by(_C.id.desc()).limit(KEPT)
    writer.execute(sa.delete(ask_turn).where(here, _C.id.not_in(newest)))
    return one


def judge(writer: Writer, turn: int, asker: str, verdict: str) -> bool:
    """What the asker thought of an answer. False when it is not theirs, or not kept any more."""
    mine = sa.update(ask_turn).where(_C.id == turn, _C.asker == asker).values(verdict=verdict)
    return writer.execute(mine).rowcount == 1
