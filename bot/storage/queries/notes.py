"""What was said, found by its words: the index proposes, the tables say what is visible.

The index knows every version of a thing, so what it proposes is read again among live versions, and those who asked see
only what stands there now. It proposes of what the audience may see, so that what is hidden takes no place from what is
not. Words are plain words to both databases: nothing typed is read as a query.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from bot.storage.among import among
from bot.storage.database import AnyRow, Reader
from bot.storage.live import Live
from bot.storage.tables import account, interaction, member, person, survey_answer, ticket

MOST_ACCOUNTS = 400
"""Accounts that the index is asked for by name, or not to look at. Of more, it is asked for the next and the next until
enough is about them."""
_MOST_TURNS = 12


@dataclass(frozen=True, slots=True)
class Wanted:
    """Words, all of them or `any_word`, as one `phrase` or anywhere; said about these accounts or (None) all."""

    words: tuple[str, ...]
    accounts: Sequence[int] | None = None
    phrase: bool = False
    any_word: bool = False


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the index is asked: of these accounts, but not of those, older than a row."""

    wanted: Wanted
    of: Sequence[int] | None
    but: Sequence[int]
    before: int | None = None


def proposed(reader: Reader, wanted: Wanted, most: int) -> dict[int, float]:
    """Ids of what has the words and may be seen, and how well it fits, the greater the better; of very many the
    newest."""
    sight = reader.sight
    of = wanted.accounts if sight.only is None else sorted(sight.only)
    of = None if of is None else sight.among(wanted.accounts if wanted.accounts is not None else of)
    if not wanted.words or (of is not None and not of):
        return {}
    look = _sqlite if reader.connection.dialect.name == "sqlite" else _postgres
    but = sorted(sight.never) if of is None else []
    if max(len(of or ()), len(but)) <= MOST_ACCOUNTS:
        return look(reader, _Asked(wanted, of, but), most)
    return _sifted(reader, look, wanted, None if of is None else frozenset(of), most)


def _sifted(
    reader: Reader,
    look: Callable[[Reader, _Asked, int], dict[int, float]],
    wanted: Wanted,
    of: frozenset[int] | None,
    most: int,
) -> dict[int, float]:
    """What is proposed of more accounts than the index is asked for by name."""
    found: dict[int, float] = {}
    before = None
    for _ in range(_MOST_TURNS):
        turn = look(reader, _Asked(wanted, None, (), before), most)
        rows = [row for build in _KINDS for row in reader.rows(build, ids=list(turn))]
        kept = sorted((row.id for row in rows if of is None or row.account_id in of), reverse=True)
        found |= {one: turn[one] for one in kept[: most - len(found)]}
        if len(turn) < most or len(found) >= most:
            break
        before = min(turn)
    return found


_MATCH = sa.text(
    "SELECT rowid, -bm25(note_search, 1.0, 0.0) FROM note_search WHERE note_search MATCH :match AND rowid < :before"
    " ORDER BY rowid DESC LIMIT :most"
)
_LAST = 2**62


def _sqlite(reader: Reader, asked: _Asked, most: int) -> dict[int, float]:
    wanted = asked.wanted
    quoted = [f'"{word}"' for word in wanted.words]
    words = f'"{" ".join(wanted.words)}"' if wanted.phrase else (" OR " if wanted.any_word else " AND ").join(quoted)
    match = f"(words : ({words}))"
    if asked.of is not None:
        match += f" AND (account : ({_named(asked.of, ' OR ')}))"
    if asked.but:
        match += f" NOT (account : ({_named(asked.but, ' OR ')}))"
    values = {"match": match, "most": most, "before": asked.before or _LAST}
    return {row[0]: float(row[1]) for row in reader.connection.execute(_MATCH, values)}


def _named(accounts: Sequence[int], sign: str) -> str:
    return sign.join(f"a{one}" for one in accounts)


_RANKED = """
SELECT id, ts_rank(words, query) FROM (
  SELECT n.id, n.words, q.query FROM note_search n,
    (SELECT {query} AS query) q
  WHERE n.words @@ {within} AND n.id < :before ORDER BY n.id DESC LIMIT :most
) found
"""


def _postgres(reader: Reader, asked: _Asked, most: int) -> dict[int, float]:
    wanted = asked.wanted
    words = "phraseto_tsquery('english', :text)" if wanted.phrase else "plainto_tsquery('english', :text)"
    if wanted.any_word:
        words = f"replace({words}::text, '&', '|')::tsquery"
    values: dict[str, Any] = {"text": " ".join(wanted.words), "most": most, "before": asked.before or _LAST}
    within = "q.query"
    if asked.of is not None:
        within = "(q.query && CAST(:accounts AS tsquery))"
        values["accounts"] = _named(asked.of, " | ")
    if asked.but:
        within = "(q.query && !!CAST(:but AS tsquery))"
        values["but"] = _named(asked.but, " | ")
    found = reader.connection.execute(sa.text(_RANKED.format(query=words, within=within)), values)
    return {row[0]: float(row[1]) for row in found}


def _of_interactions(live: Live) -> sa.Select[Any]:
    return _whose(live, interaction)


def _of_tickets(live: Live) -> sa.Select[Any]:
    return _whose(live, ticket)


def _of_answers(live: Live) -> sa.Select[Any]:
    return _whose(live, survey_answer)


def _whose(live: Live, table: sa.Table) -> sa.Select[Any]:
    return sa.select(table.c.id, table.c.account_id).where(among(table.c.id, "ids"), live(table))


_KINDS = (_of_interactions, _of_tickets, _of_answers)


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
