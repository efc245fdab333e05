"""Finding accounts by what somebody typed: exact first, then candidates for ranking."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from bot.storage.database import AnyRow, Reader
from bot.storage.live import Live
from bot.storage.tables import account, account_name, assignment, external_ref, member

CANDIDATES = 60
_IN_PROCESS_AT_MOST = 50_000


def _by_folded(live: Live) -> sa.Select[Any]:
    c = account_name.c
    return (
        sa.select(c.account_id, c.kind, c.shown).where(c.folded == sa.bindparam("folded"), live(account_name)).limit(50)
    )


def _by_squashed(live: Live) -> sa.Select[Any]:
    c = account_name.c
    return (
        sa.select(c.account_id, c.kind)
        .where(c.squashed == sa.bindparam("squashed"), c.kind != "domain", live(account_name))
        .limit(50)
    )


def _by_external_id(live: Live) -> sa.Select[Any]:
    c = external_ref.c
    return (
        sa.select(c.entity_id)
        .where(c.noun == "account", c.external_id == sa.bindparam("external_id"), live(external_ref))
        .limit(5)
    )


def named_exactly(reader: Reader, folded: str) -> list[tuple[int, str, str]]:
    """(account id, name|alias|domain, as written) of accounts whose folded name, alias or domain is exactly this."""
    return [(row[0], row[1], row[2]) for row in reader.rows(_by_folded, folded=folded)]


def spelled_alike(reader: Reader, squashed: str) -> list[int]:
    """Accounts whose name has the same letters but other spaces."""
    return sorted({row[0] for row in reader.rows(_by_squashed, squashed=squashed)})


def with_external_id(reader: Reader, external_id: str) -> list[int]:
    return sorted({row[0] for row in reader.rows(_by_external_id, external_id=external_id)})


def _candidate_names(live: Live) -> sa.Select[Any]:
    c = account_name.c
    return sa.select(c.account_id, c.shown).where(
        c.account_id.in_(sa.bindparam("ids", expanding=True)), c.kind != "domain", live(account_name)
    )


def _all_names(live: Live) -> sa.Select[Any]:
    c = account_name.c
    return sa.select(c.account_id, c.shown).where(c.kind != "domain", live(account_name)).limit(_IN_PROCESS_AT_MOST)


def candidates(reader: Reader, folded: str) -> list[tuple[int, str]]:
    """(account id, name or alias) worth ranking for a folded query: those that share letters with it."""
    if reader.connection.dialect.name == "sqlite":
        ids = _fts_ids(reader, folded)
    elif _has_trigrams(reader):
        ids = _pg_trgm_ids(reader, folded)
    else:
        return [(row[0], row[1]) for row in reader.rows(_all_names)]
    if not ids:
        return []
    return [(row[0], row[1]) for row in reader.rows(_candidate_names, ids=ids)]


def _trigrams(folded: str) -> list[str]:
    """Trigrams of each word, and across the spaces that somebody may have left out."""
    grams = {text[at : at + 3] for text in (folded, folded.replace(" ", "")) for at in range(len(text) - 2)}
    return sorted(gram for gram in grams if '"' not in gram)


def _fts_ids(reader: Reader, folded: str) -> list[int]:
    grams = _trigrams(folded)
    if not grams:
        query = sa.text(
            "SELECT DISTINCT account_id FROM account_name WHERE folded >= :low AND folded < :high LIMIT 200"
        )
        return list(reader.connection.execute(query, {"low": folded, "high": folded + "\U0010ffff"}).scalars())
    match = " OR ".join(f'"{gram}"' for gram in grams)
    query = sa.text(
        "SELECT account_id FROM account_search WHERE account_search MATCH :match"
        " ORDER BY bm25(account_search) LIMIT :most"
    )
    found = reader.connection.execute(query, {"match": match, "most": CANDIDATES}).scalars()
    return list(dict.fromkeys(int(one) for one in found))


def _has_trigrams(reader: Reader) -> bool:
    query = sa.text("SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm'")
    return reader.connection.execute(query).first() is not None


def _pg_trgm_ids(reader: Reader, folded: str) -> list[int]:
    query = sa.text(
        "SELECT account_id FROM account_name WHERE folded % :folded AND kind <> 'domain'"
        " ORDER BY similarity(folded, :folded) DESC LIMIT :most"
    )
    found = reader.connection.execute(query, {"folded": folded, "most": CANDIDATES}).scalars()
    return list(dict.fromkeys(int(one) for one in found))


def _hints(live: Live) -> sa.Select[Any]:
    return (
        sa.select(account.c.id, account.c.name, account.c.segment, account.c.industry, member.c.name.label("owner"))
        .select_from(account)
        .outerjoin(
            assignment,
            sa.and_(assignment.c.account_id == account.c.id, assignment.c.role == "owner", live(assignment)),
        )
        .outerjoin(member, sa.and_(member.c.id == assignment.c.member_id, live(member)))
        .where(account.c.id.in_(sa.bindparam("ids", expanding=True)), live(account))
    )


def described(reader: Reader, ids: Sequence[int]) -> dict[int, AnyRow]:
    """Name, owner, segment and industry of accounts, to tell them apart in a choice."""
    return {row.id: row for row in reader.rows(_hints, ids=list(ids))} if ids else {}
