"""An account that somebody asks about by its id, and what to say when it is gone."""

from __future__ import annotations

from bot.domain.audience import Audience
from bot.domain.days import written
from bot.services.errors import NotFound
from bot.services.lookup import require_internal
from bot.storage.database import AnyRow, Database, Reader
from bot.storage.queries import accounts as queries
from bot.storage.queries import gone

_AGAIN = "Ask for it by name again."


def require_account(reader: Reader, account_id: int) -> AnyRow:
    """The account's row. Raises NotFound that says what became of it."""
    row = queries.accounts(reader, [account_id]).get(account_id)
    if row is None:
        raise NotFound(what_became_of(reader, account_id))
    return row


def account_name(database: Database, audience: Audience, account_id: int) -> str:
    """What an account is called. Raises NotFound that says what became of it."""
    require_internal(audience)
    with database.reading(audience) as reader:
        name: str = require_account(reader, account_id).name
        return name


def what_became_of(reader: Reader, account_id: int) -> str:
    """One sentence about an account that is not in the book any more."""
    end = gone.ended(reader, account_id)
    if end is not None:
        how = end.note or ("by an import" if end.kind == "import" else "removed")
        return f"{end.name} left the book on {written(end.at.date())} ({how}, {end.actor}). {_AGAIN}"
    if gone.was_taken_back(reader, account_id):
        return f"The import that brought this account in was taken back. {_AGAIN}"
    return f"That account is not in the book any more. {_AGAIN}"
