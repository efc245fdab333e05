"""Full text over what was said: notes, tickets, survey comments.

Kept by the tables themselves, so that whoever writes, undoes or erases a row keeps it right without knowing of it. The
index holds every version of a thing, also hidden and ended ones: it proposes, and who asks reads what is visible.

Revision ID: 0011
Revises: 0010
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_WORDS = {
    "interaction": ("subject", "text"),
    "ticket": ("subject",),
    "survey_answer": ("comment",),
}


def upgrade() -> None:
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    statements = _sqlite() if on_sqlite else _postgresql()
    for statement in statements:
        op.execute(sa.text(statement))


def downgrade() -> None:
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for table in _WORDS:
        for event in ("insert", "update", "delete"):
            op.execute(f"DROP TRIGGER note_{table}_{event}" + ("" if on_sqlite else f" ON {table}"))
        if not on_sqlite:
            op.execute(f"DROP FUNCTION note_{table}_fresh() CASCADE")
            op.execute(f"DROP FUNCTION note_{table}_gone() CASCADE")
            op.execute(f"DROP FUNCTION note_{table}_other() CASCADE")
    op.execute("DROP TABLE note_search")
    if on_sqlite:
        op.execute("DROP TABLE note_bulk")


def _joined(row: str, columns: tuple[str, ...]) -> str:
    return " || ' ' || ".join(f"coalesce({row}{column}, '')" for column in columns)


def _present(row: str, columns: tuple[str, ...]) -> str:
    return " OR ".join(f"{row}{column} IS NOT NULL" for column in columns)


def _sqlite() -> list[str]:
    """Accounts are words of their own column (`a` and the id), so that asking for one narrows before ranking.

    A trigger writes the index row by row, which takes five times as long as the rows themselves. Whoever inserts
    thousands puts a row into `note_bulk` for as long, and writes their part of the index at once.
    """
    made = [
        "CREATE VIRTUAL TABLE note_search USING fts5(words, account, tokenize='porter unicode61 remove_diacritics 2')",
        "CREATE TABLE note_bulk (one INTEGER NOT NULL) STRICT",
    ]
    for table, columns in _WORDS.items():
        every = (
            "INSERT OR REPLACE INTO note_search (rowid, words, account)"
            f" SELECT id, group_concat({_joined('', columns)}, ' '), group_concat(DISTINCT 'a' || account_id)"
            f" FROM {table} WHERE ({_present('', columns)})"
        )
        again = f"DELETE FROM note_search WHERE rowid = old.id; {every} AND id = old.id GROUP BY id;"
        changed = ", ".join((*columns, "account_id"))
        made += [
            f"{every} GROUP BY id",
            f"CREATE TRIGGER note_{table}_insert AFTER INSERT ON {table}"
            f" WHEN ({_present('new.', columns)}) AND NOT EXISTS (SELECT 1 FROM note_bulk)"
            f" BEGIN {every} AND id = new.id GROUP BY id; END",
            f"CREATE TRIGGER note_{table}_update AFTER UPDATE OF {changed} ON {table} BEGIN {again} END",
            f"CREATE TRIGGER note_{table}_delete AFTER DELETE ON {table} BEGIN {again} END",
        ]
    return made


def _postgresql() -> list[str]:
    made = [
        "CREATE TABLE note_search (id bigint PRIMARY KEY, words tsvector NOT NULL)",
        "CREATE INDEX ix_note_search_words ON note_search USING gin (words)",
    ]
    for table, columns in _WORDS.items():
        words = (
            f"to_tsvector('english', left({_joined('v.', columns)}, 200000))"
            " || array_to_tsvector(ARRAY['a' || v.account_id])"
        )
        merged = "ON CONFLICT (id) DO UPDATE SET words = note_search.words || excluded.words"
        one_each = f"SELECT DISTINCT ON (v.id) v.id, {words} FROM {{rows}} v WHERE ({_present('v.', columns)})"
        again = (
            f"FOR v IN SELECT * FROM {table} t WHERE t.id = old.id AND ({_present('t.', columns)}) LOOP"
            f" INSERT INTO note_search VALUES (v.id, {words}) {merged}; END LOOP;"
        )
        made += [
            f"INSERT INTO note_search SELECT v.id, to_tsvector('english',"
            f" left(string_agg({_joined('v.', columns)}, ' '), 200000))"
            f" || array_to_tsvector(array_agg(DISTINCT 'a' || v.account_id))"
            f" FROM {table} v WHERE ({_present('v.', columns)}) GROUP BY v.id",
            f"CREATE FUNCTION note_{table}_fresh() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            f" INSERT INTO note_search {one_each.format(rows='fresh')} {merged}; RETURN NULL; END $$",
            f"CREATE FUNCTION note_{table}_other() RETURNS trigger LANGUAGE plpgsql AS $$"
            f" DECLARE v record; BEGIN DELETE FROM note_search WHERE id = old.id; {again} RETURN NULL; END $$",
            f"CREATE FUNCTION note_{table}_gone() RETURNS trigger LANGUAGE plpgsql AS $$"
            f" DECLARE v record; BEGIN DELETE FROM note_search n USING gone g WHERE n.id = g.id;"
            f" FOR v IN SELECT t.* FROM {table} t WHERE t.id IN (SELECT id FROM gone)"
            f" AND ({_present('t.', columns)}) LOOP INSERT INTO note_search VALUES (v.id, {words})"
            f" {merged}; END LOOP; RETURN NULL; END $$",
            f"CREATE TRIGGER note_{table}_insert AFTER INSERT ON {table} REFERENCING NEW TABLE AS fresh"
            f" FOR EACH STATEMENT EXECUTE FUNCTION note_{table}_fresh()",
            f"CREATE TRIGGER note_{table}_update AFTER UPDATE OF {', '.join((*columns, 'account_id'))} ON {table}"
            f" FOR EACH ROW EXECUTE FUNCTION note_{table}_other()",
            f"CREATE TRIGGER note_{table}_delete AFTER DELETE ON {table} REFERENCING OLD TABLE AS gone"
            f" FOR EACH STATEMENT EXECUTE FUNCTION note_{table}_gone()",
        ]
    return made
