"""The audit trail keeps before and after, says which accounts an event shows, and is only ever added to.

What may have to be erased (names, texts, any value) lies in `audit_value`; the chain covers a salted digest of it, so
it stays whole when value and salt go. The database itself refuses to change or remove an event.

Revision ID: 0016
Revises: 0015
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.storage.migrations.shape import columns
from bot.storage.types import BigInt

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_REFUSED = "the audit trail is only added to"
_ERASED = " AND ".join(
    [f"new.{name} IS NULL" for name in ("before", "after", "salt")]
    + [f"new.{name} = old.{name}" for name in ("seq", "place", "field")]
    + ["coalesce(new.about, 0) = coalesce(old.about, 0)"]
)
_KEYS = {"audit_event": "seq = new.seq", "audit_value": "seq = new.seq AND place = new.place"}


def upgrade() -> None:
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    op.add_column("audit_event", *columns("version:int"))
    op.create_index("ix_audit_event_subject", "audit_event", ["subject_id", "seq"])
    op.create_table(
        "audit_value",
        sa.Column("seq", BigInt, sa.ForeignKey("audit_event.seq"), nullable=False),
        *columns("place:int! field:text! about:int before:text after:text salt:text"),
        sa.PrimaryKeyConstraint("seq", "place"),
        sqlite_strict=True,
    )
    op.create_index("ix_audit_value_about", "audit_value", ["about"])
    op.create_table(
        "audit_account",
        *columns("account_id:int!"),
        sa.Column("seq", BigInt, sa.ForeignKey("audit_event.seq"), nullable=False),
        sa.PrimaryKeyConstraint("account_id", "seq"),
        sqlite_strict=True,
    )
    op.create_index("ix_audit_account_seq", "audit_account", ["seq"])
    for statement in _sqlite() if on_sqlite else _postgresql():
        op.execute(sa.text(statement))


def downgrade() -> None:
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    if on_sqlite:
        for table in _KEYS:
            for event in ("insert", "update", "delete"):
                op.execute(f"DROP TRIGGER {table}_{event}")
    else:
        op.execute("DROP FUNCTION audit_refuse() CASCADE")
    op.drop_table("audit_account")
    op.drop_table("audit_value")
    op.drop_index("ix_audit_event_subject", "audit_event")
    op.drop_column("audit_event", "version")


def _sqlite() -> list[str]:
    """`INSERT OR REPLACE` removes a row without asking who watches over deletions, so insertions are watched too."""
    refuse = f"BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END"
    made = []
    for table, key in _KEYS.items():
        unless = f" WHEN NOT ({_ERASED})" if table == "audit_value" else ""
        there = f"EXISTS (SELECT 1 FROM {table} WHERE {key})"  # noqa: S608 - names are ours
        made += [
            f"CREATE TRIGGER {table}_update BEFORE UPDATE ON {table}{unless} {refuse}",
            f"CREATE TRIGGER {table}_delete BEFORE DELETE ON {table} {refuse}",
            f"CREATE TRIGGER {table}_insert BEFORE INSERT ON {table} WHEN {there} {refuse}",
        ]
    return made


def _postgresql() -> list[str]:
    made = [
        "CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN RAISE EXCEPTION '{_REFUSED}' USING ERRCODE = 'restrict_violation'; END $$"
    ]
    for table in _KEYS:
        unless = f" WHEN (NOT ({_ERASED}))" if table == "audit_value" else ""
        run = "EXECUTE FUNCTION audit_refuse()"
        made += [
            f"CREATE TRIGGER {table}_update BEFORE UPDATE ON {table} FOR EACH ROW{unless} {run}",
            f"CREATE TRIGGER {table}_delete BEFORE DELETE ON {table} FOR EACH ROW {run}",
            f"CREATE TRIGGER {table}_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {run}",
        ]
    return made
