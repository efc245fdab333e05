"""Handing an approved copy to a channel: who can read there is looked up, and once more right before it is sent."""

from __future__ import annotations

from bot.domain.audience import Actor, Sharing
from bot.domain.ids import parse_id
from bot.services.errors import BadFields, NotAllowed
from bot.services.qbr.approving import require_approved
from bot.services.results.qbr import Qbr
from bot.slack.desk import Desk
from bot.slack.files import File
from bot.slack.render.qbr.forms import CHANNEL_FIELD
from bot.slack.render.text import md
from bot.slack.setting import Setting


async def share(desk: Desk, setting: Setting, actor: Actor, qbr_id: int, seen: int, channel: str) -> Qbr:
    """Post the copy that was approved. The team's copy only goes where everybody may see internal data, a customer's
    copy also to channels shared with them; nothing goes where nobody can tell who reads.

    Raises BadFields with the reason under the channel, NotAllowed when it was not approved, Stale.
    """
    qbr = await desk.run(lambda use_cases: use_cases.reviews.read(setting.audience, qbr_id))
    readers = require_approved(qbr)

    async def cleared() -> None:
        room = await desk.rooms.look(channel)
        allowed = room.sharing is Sharing.INTERNAL or (readers != "internal" and room.sharing is Sharing.EXTERNAL)
        if not allowed:
            raise BadFields({CHANNEL_FIELD: room.why or "I cannot tell who can read this channel."})

    await cleared()
    account_id = parse_id(qbr.account_id)
    detail = {"channel": channel, "qbr": qbr.id, "for": readers}
    await desk.write(lambda use_cases: use_cases.audit(actor, "qbr share", account_id, detail))
    files = await desk.write(lambda use_cases: use_cases.reviews.files(setting.audience, qbr_id, readers))
    # Whoever edited meanwhile took the approval back: that is noticed before anything is shown.
    shared = await desk.write(
        lambda use_cases: use_cases.reviews.note_shared(setting.audience, qbr_id, seen, f"<#{channel}>")
    )
    shown = [File(one.name, one.content, one.title) for one in files]
    comment = f"Business review {md(qbr.period, 40)} for {md(qbr.account, 120)}, shared by {md(actor.name, 80)}."
    try:
        await desk.messenger.upload(channel, shown, comment, recheck=cleared)
    except (BadFields, NotAllowed):
        await desk.write(lambda use_cases: use_cases.reviews.undo(setting.audience, qbr_id, shared.version))
        raise
    return shared
