"""Handing an approved copy to a channel: who can read there is looked up, and once more right before it is sent."""

from __future__ import annotations

from slack_sdk.errors import SlackApiError

from bot.domain.audience import SYSTEM, Actor, Sharing, only_the_asker
from bot.domain.ids import parse_id
from bot.services.errors import BadFields, Stale, StewardError
from bot.services.qbr.approving import require_approved
from bot.services.results.qbr import Qbr, Reader
from bot.slack.audience import NOT_ALL, may_read
from bot.slack.desk import Desk
from bot.slack.files import File
from bot.slack.render.qbr.forms import CHANNEL_FIELD
from bot.slack.render.text import capitalised, md
from bot.slack.setting import Setting


async def may_share(desk: Desk, setting: Setting, qbr_id: int, seen: int, channel: str) -> Qbr:
    """The review, when the copy that was approved may go there: to a channel of ours where everybody may see the
    account, a customer's also to channels shared with them; nothing goes where nobody can tell who reads.

    Raises BadFields with the reason under the channel, NotAllowed when it was not approved, Stale.
    """
    qbr = await unchanged(desk, setting, qbr_id, seen)
    await _cleared(desk, channel, qbr, require_approved(qbr))
    return qbr


async def unchanged(desk: Desk, setting: Setting, qbr_id: int, seen: int) -> Qbr:
    """The review as it was when its form was opened. Raises Stale."""
    qbr = await desk.run(lambda use_cases: use_cases.reviews.read(setting.audience, qbr_id))
    if qbr.version != seen:
        raise Stale(f"{qbr.changed_by or 'Somebody'} changed it since. Close this, look at it, and start from there.")
    return qbr


async def _cleared(desk: Desk, channel: str, qbr: Qbr, readers: Reader) -> None:
    room, account_id = await desk.rooms.look(channel), parse_id(qbr.account_id)
    if room.sharing is Sharing.INTERNAL:
        if not await may_read(desk, room, [account_id or 0]):
            raise BadFields({CHANNEL_FIELD: f"{capitalised(NOT_ALL)}, so I do not show it there."})
        return
    if readers == "internal" or room.sharing is not Sharing.EXTERNAL:
        raise BadFields({CHANNEL_FIELD: room.why or "I cannot tell who can read this channel."})
    found = await desk.run(lambda use_cases: use_cases.account_of_channel(only_the_asker(SYSTEM), channel))
    if found is not None and parse_id(found.account_id) != account_id:
        raise BadFields({CHANNEL_FIELD: "This channel is about another account, so another customer may read it."})


async def share(desk: Desk, setting: Setting, actor: Actor, qbr: Qbr, channel: str) -> Qbr:
    """Show the approved copy there, after one more look right before. Raises as `may_share`, and then nothing was
    shown; also NotAllowed when the customer's copy is not clean any more."""
    readers, qbr_id, account_id = require_approved(qbr), parse_id(qbr.id) or 0, parse_id(qbr.account_id)
    detail = {"channel": channel, "qbr": qbr.id, "for": readers}
    await desk.write(lambda use_cases: use_cases.audit(actor, "qbr share", account_id, detail))
    files = await desk.write(lambda use_cases: use_cases.reviews.files(setting.audience, qbr_id, readers))
    # Whoever edited meanwhile took the approval back: that is noticed here, before anything is shown.
    where = f"<#{channel}>"
    shared = await desk.write(
        lambda use_cases: use_cases.reviews.note_shared(setting.audience, qbr_id, qbr.version, where)
    )  # fmt: skip
    shown = [File(one.name, one.content, one.title) for one in files]
    comment = f"Business review {md(qbr.period, 40)} for {md(qbr.account, 120)}, shared by {md(actor.name, 80)}."
    try:
        await desk.messenger.upload(channel, shown, comment, recheck=lambda: _cleared(desk, channel, qbr, readers))
    except (StewardError, SlackApiError):  # refused: nothing was shown. A broken connection may have shown it.
        await desk.write(lambda use_cases: use_cases.reviews.undo(setting.audience, qbr_id, shared.version))
        raise
    return shared
