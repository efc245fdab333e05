"""What was said, found by its words: the index proposes, the tables say what is visible.

The index knows every version of a thing, so what it proposes is read again among live versions, and those who asked see
only what stands there now. Words are plain words to both databases: nothing typed is read as a query.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from bot.storage.among import among
from bot.storage.database import AnyRow, Reader
from bot.storage.live import Live
from bot.storage.tables import account, interaction, member, person, survey_answer, ticket

MOST_ACCOUNTS = 400
"""Accounts that the index is asked for by name; of more, what is found in all is sorted out afterwards."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Words, all of them or `any_word`, as one `phrase` or anywhere; said about these accounts or (None) all."""

    words: tuple[str, ...]
    accounts: Sequence[int] | None = None
    phrase: bool = False
    any_word: bool = False


def proposed(reader: Reader, wanted: Wanted, most: int) -> dict[int, float]:
    """Ids of what has the words and how well it fits, the greater the better; of very many the newest."""
    if not wanted.words or (wanted.accounts is not None and not wanted.accounts):
        return {}
    return (
        _sqlite(reader, wanted, most) if reader.connection.dialect.name == "sqlite" else _postgres(reader, wanted, most)
    )


_MATCH = sa.text(
    "SELECT rowid, -bm25(note_search, 1.0, 0.0) FROM note_search WHERE note_search MATCH :match"
    " ORDER BY rowid DESC LIMIT :most"
)


def _sqlite(reader: Reader, wanted: Wanted, most: int) -> dict[int, float]:
    quoted = [f'"{word}"' for word in wanted.words]
    words = f'"{" ".join(wanted.words)}"' if wanted.phrase else (" OR " if wanted.any_word else " AND ").join(quoted)
    match = f"words : ({words})"
    if wanted.accounts is not None and len(wanted.accounts) <= MOST_ACCOUNTS:
        match += f" AND account : ({' OR '.join(f'a{one}' for one in wanted.accounts)})"
    found = reader.connection.execute(_MATCH, {"match": match, "most": most})
    return {row[0]: float(row[1]) for row in found}


_RANKED = """
SELECT id, ts_rank(words, query) FROM (
  SELECT n.id, n.words, q.query FROM note_search n,
    (SELECT {query} AS query) q
  WHERE n.words @@ {within} ORDER BY n.id DESC LIMIT :most
) found
"""


def _postgres(reader: Reader, wanted: Wanted, most: int) -> dict[int, float]:
    words = "phraseto_tsquery('english', :text)" if wanted.phrase else "plainto_tsquery('english', :text)"
    if wanted.any_word:
        words = f"replace({words}::text, '&', '|')::tsquery"
    values: dict[str, Any] = {"text": " ".join(wanted.words), "most": most}
    within = "q.query"
    if wanted.accounts is not None and len(wanted.accounts) <= MOST_ACCOUNTS:
        within = "(q.query && CAST(:accounts AS tsquery))"
        values["accounts"] = " | ".join(f"'a{one}'" for one in wanted.accounts)
    found = reader.connection.execute(sa.text(_RANKED.format(query=words, within=within)), values)
    return {row[0]: float(row[1]) for row in found}


def _interactions(live: Live) -> sa.Select[Any]:
    c = interaction.c
    return _about(
        live, interaction, c.at, c.kind, c.subject, c.text, member.c.name.label("who"), c.people, c.visibility,
        c.origin, c.permalink, c.text_until,
    ).outerjoin(member, sa.and_(member.c.id == c.author_id, live(member)))  # fmt: skip


def _tickets(live: Live) -> sa.Select[Any]:
    c = ticket.c
    return _about(live, ticket, c.opened_at.label("at"), c.status, c.priority, c.subject)


def _answers(live: Live) -> sa.Select[Any]:
    c = survey_answer.c
    found = _about(live, survey_answer, c.at, c.kind, c.score, c.scale_max, c.comment, person.c.name.label("who"))
    return found.outerjoin(person, sa.and_(person.c.id == c.person_id, live(person)))


def _about(live: Live, table: sa.Table, *columns: Any) -> sa.Select[Any]:
    c = table.c
    return (
        sa.select(c.id, c.account_id, account.c.name.label("account"), *columns)
        .select_from(table)
        .join(account, sa.and_(account.c.id == c.account_id, live.along(account)))
        .where(among(c.id, "ids"), live(table))
    )


def said(reader: Reader, ids: Sequence[int]) -> tuple[list[AnyRow], list[AnyRow], list[AnyRow]]:
    """What is visible of these: conversations, tickets, survey answers."""
    if not ids:
        return [], [], []
    return (
        reader.rows(_interactions, ids=list(ids)),
        reader.rows(_tickets, ids=list(ids)),
        reader.rows(_answers, ids=list(ids)),
    )
