"""Binding a channel to an account, so that nobody needs to type its name there."""

from __future__ import annotations

from datetime import datetime

from bot.domain.audience import Audience
from bot.domain.ids import id_text, parse_id
from bot.services.errors import NotAllowed, NotFound
from bot.services.lookup import require_internal, require_member
from bot.services.results import Binding, Bound
from bot.storage import audit
from bot.storage.database import Database, Reader
from bot.storage.queries import accounts, channels


def account_of_channel(database: Database, audience: Audience, channel_id: str) -> Binding | None:
    """What a channel is about; None when nobody bound it."""
    require_internal(audience)
    with database.reading(audience) as reader:
        return _binding(reader, channel_id)


def bind_channel(
    database: Database, audience: Audience, channel_id: str, account_id: int, instead_of: int | None, now: datetime
) -> Bound:
    """Bind a channel. One that is about another account is only bound anew when `instead_of` names that account: what
    somebody agreed to replace. Raises NotFound when the account is gone."""
    require_member(audience)
    with database.writing(audience, now) as writer:
        if account_id not in accounts.accounts(writer, [account_id]):
            raise NotFound("That account is not in the book any more; ask for it by name again.")
        before = _binding(writer, channel_id)
        if before is None and channels.is_bound(writer, channel_id):
            raise NotAllowed("You cannot bind this channel. Ask a lead or an admin to do it.")
        if before is not None and not before.gone:
            bound_to = parse_id(before.account_id)
            if bound_to == account_id:
                return Bound(outcome="already", now=before)
            if bound_to != instead_of:
                return Bound(outcome="taken", now=before)
        channels.bind(writer, channel_id, account_id, before.bookmark_id if before else None)
        detail = {"channel": channel_id, "instead_of": before.account_id if before else None}
        audit.append(writer, "bind channel", account_id, detail)
        after = _binding(writer, channel_id)
        if after is None:
            raise RuntimeError("the binding that was just written cannot be read")
        return Bound(outcome="bound", now=after, before=before)


def unbind_channel(database: Database, audience: Audience, channel_id: str, now: datetime) -> Binding | None:
    """Forget what a channel is about; what it was, None when nothing."""
    require_member(audience)
    with database.writing(audience, now) as writer:
        before = _binding(writer, channel_id)
        if before is not None:
            channels.unbind(writer, channel_id)
            audit.append(writer, "unbind channel", parse_id(before.account_id), {"channel": channel_id})
        return before


def note_bookmark(
    database: Database, audience: Audience, binding: Binding, bookmark_id: str | None, now: datetime
) -> None:
    """Remember which bookmark shows the account in the channel, None for none."""
    require_member(audience)
    with database.writing(audience, now) as writer:
        channels.note_bookmark(writer, binding.channel, parse_id(binding.account_id) or 0, bookmark_id)


def _binding(reader: Reader, channel_id: str) -> Binding | None:
    row = channels.binding_of(reader, channel_id)
    if row is None:
        return None
    return Binding(
        channel=channel_id,
        account_id=id_text(row.account_id),
        account=row.name or channels.last_name(reader, row.account_id) or "The account",
        gone=row.name is None,
        url=row.url,
        bound_by=row.bound_by,
        bound_at=row.bound_at,
        bookmark_id=row.bookmark_id,
    )
