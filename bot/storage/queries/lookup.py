"""Finding accounts by what somebody typed: exact first, then candidates for ranking."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from bot.storage.among import among, among_texts
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
    """The primary key begins with the source. There are few: they are hopped through, and each is looked up."""
    c, other = external_ref.c, external_ref.alias("other")
    sources = sa.select(sa.func.min(c.source).label("source")).cte("sources", recursive=True)
    following = sa.select(sa.func.min(other.c.source)).where(other.c.source > sources.c.source).scalar_subquery()
    sources = sources.union_all(sa.select(following).where(sources.c.source.is_not(None)))
    return (
        sa.select(c.entity_id)
        .where(
            c.source.in_(sa.select(sources.c.source)),
            c.noun == "account",
            c.external_id == sa.bindparam("external_id"),
            live(external_ref),
        )
        .limit(5)
    )


def _at_addresses(live: Live) -> sa.Select[Any]:
    return sa.select(account.c.id).where(among_texts(account.c.url, "urls"), live(account)).limit(2)


def at_addresses(reader: Reader, urls: Collection[str]) -> list[int]:
    """Up to two accounts whose record has one of these addresses."""
    return [row[0] for row in reader.rows(_at_addresses, urls=urls)]


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
    return sa.select(c.account_id, c.shown).where(among(c.account_id, "ids"), c.kind != "domain", live(account_name))


def _all_names(live: Live) -> sa.Select[Any]:
    c = account_name.c
    return sa.select(c.account_id, c.shown).where(c.kind != "domain", live(account_name)).limit(_IN_PROCESS_AT_MOST)


def candidates(reader: Reader, squashed: str) -> list[tuple[int, str]]:
    """(account id, name or alias) worth ranking for a squashed query: those that share letters with it."""
    if reader.connection.dialect.name == "sqlite":
        ids = _fts_ids(reader, squashed)
    elif _has_trigrams(reader):
        ids = _pg_trgm_ids(reader, squashed)
    else:
        return [(row[0], row[1]) for row in reader.rows(_all_names)]
    if not ids:
        return []
    return [(row[0], row[1]) for row in reader.rows(_candidate_names, ids=ids)]


def _fts_ids(reader: Reader, squashed: str) -> list[int]:
    """By shared trigrams, and by the beginning, which is what somebody types who has not finished."""
    beginning = _visible(reader, _BEGINNING, _beginning(squashed))
    found = dict.fromkeys(beginning)
    grams = sorted({squashed[at : at + 3] for at in range(len(squashed) - 2)})
    match = " OR ".join(f'"{gram}"' for gram in grams if '"' not in gram)
    if match:
        alike = _visible(reader, _TRIGRAMS, {"match": match, "most": CANDIDATES})
        found |= dict.fromkeys(alike)
    return list(found)


_TRIGRAMS = (
    "SELECT account_id FROM account_search WHERE account_search MATCH :match{visible}"
    " ORDER BY bm25(account_search) LIMIT :most"
)
_BEGINNING = (
    "SELECT account_id FROM account_name WHERE squashed >= :low AND squashed < :high AND kind <> 'domain'{visible}"
    " ORDER BY length(squashed), squashed LIMIT :most"
)
_SIMILAR = (
    "SELECT account_id FROM account_name WHERE squashed % :squashed AND kind <> 'domain'{visible}"
    " ORDER BY similarity(squashed, :squashed) DESC LIMIT :most"
)


@lru_cache(maxsize=8)
def _candidates_query(text: str, anything_hidden: bool) -> sa.TextClause:
    if not anything_hidden:
        return sa.text(text.format(visible=""))
    return sa.text(text.format(visible=" AND v_in NOT IN :hidden")).bindparams(sa.bindparam("hidden", expanding=True))


def _visible(reader: Reader, text: str, values: dict[str, object]) -> Iterator[int]:
    """Account ids in the order of a query. What an import is loading must not take the places of what can be seen."""
    if reader.hidden:
        values = {**values, "hidden": reader.hidden}
    query = _candidates_query(text, bool(reader.hidden))
    return (int(one) for one in reader.connection.execute(query, values).scalars())


def _beginning(squashed: str) -> dict[str, object]:
    return {"low": squashed, "high": squashed + "\U0010ffff", "most": CANDIDATES // 2}


def _has_trigrams(reader: Reader) -> bool:
    query = sa.text("SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm'")
    return reader.connection.execute(query).first() is not None


def _pg_trgm_ids(reader: Reader, squashed: str) -> list[int]:
    return list(dict.fromkeys(_visible(reader, _SIMILAR, {"squashed": squashed, "most": CANDIDATES})))


def _hints(live: Live) -> sa.Select[Any]:
    return (
        sa.select(account.c.id, account.c.name, account.c.segment, account.c.industry, member.c.name.label("owner"))
        .select_from(account)
        .outerjoin(
            assignment,
            sa.and_(assignment.c.account_id == account.c.id, assignment.c.role == "owner", live.along(assignment)),
        )
        .outerjoin(member, sa.and_(member.c.id == assignment.c.member_id, live(member)))
        .where(among(account.c.id, "ids"), live(account))
    )


def described(reader: Reader, ids: Sequence[int]) -> dict[int, AnyRow]:
    """Name, owner, segment and industry of accounts, to tell them apart in a choice."""
    return {row.id: row for row in reader.rows(_hints, ids=list(ids))} if ids else {}
