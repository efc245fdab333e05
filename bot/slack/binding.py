"""Making a channel about an account, and the bookmark that shows it there.

The binding itself shows nothing in the channel. The bookmark does, so it is only set where everybody may read it, and
what fails with it is said in one clause: the binding stands.
"""

from __future__ import annotations

from slack_sdk.errors import SlackApiError

from bot.domain.audience import Audience
from bot.domain.ids import parse_id
from bot.services.errors import BadInput
from bot.services.results import Binding, Bound, Match
from bot.slack.asks import Bind, BindTo
from bot.slack.audience import Opened, about
from bot.slack.calls import UNKNOWN_FATE, code_of
from bot.slack.desk import Desk
from bot.slack.errors import sentence_for
from bot.slack.ports import UseCases
from bot.slack.render import binding as render
from bot.slack.render.parts import Message
from bot.slack.render.text import safe_url
from bot.slack.setting import Setting

_NO_CHANNEL = "There is no channel here to bind. Type `/account bind acme` in the channel that is about the account."


async def bind(desk: Desk, setting: Setting, ask: Bind) -> Message:
    """Bind to the account that a name leads to; without a name say what the channel is about."""
    channel, query = _channel(setting), ask.query
    if query is None:
        found = await desk.run(lambda use_cases: use_cases.account_of_channel(setting.audience, channel))
        if found is None:
            raise BadInput("Which account is this channel about? For example `/account bind acme`.")
        return await gone(desk, setting, found) if found.gone else render.about(found)
    match = await desk.run(lambda use_cases: use_cases.find_account(setting.audience, query))
    account_id = parse_id(match.account_id) if match.outcome == "one" and match.account_id else None
    return render.choice(match) if account_id is None else await bind_to(desk, setting, BindTo(account_id))


async def bind_to(desk: Desk, setting: Setting, ask: BindTo) -> Message:
    channel = _channel(setting)

    def work(use_cases: UseCases) -> tuple[Bound, str]:
        bound = use_cases.bind_channel(setting.audience, channel, ask.account_id, ask.instead_of)
        wanted = bound.now.account
        if bound.outcome == "taken":
            wanted = use_cases.account_card(setting.audience, ask.account_id).name
        return bound, wanted

    bound, wanted = await desk.write(work)
    match bound.outcome:
        case "already":
            return render.about(bound.now)
        case "taken":
            return render.taken(bound.now, ask.account_id, wanted)
        case "bound":
            return render.bound(bound, await _show(desk, setting, bound.now))


async def unbind(desk: Desk, setting: Setting) -> Message:
    channel = _channel(setting)
    before = await desk.write(lambda use_cases: use_cases.unbind_channel(setting.audience, channel))
    if before is None:
        raise BadInput("This channel is not bound to an account. `/account bind acme` does that.")
    return render.unbound(before, await _remove(desk, before))


async def gone(desk: Desk, setting: Setting, binding: Binding) -> Message:
    """The account was merged or removed: say so, and offer the one that has its name now."""

    def work(use_cases: UseCases) -> Match:
        return use_cases.find_account(setting.audience, binding.account)

    return render.gone(binding, await desk.run(work))


def _channel(setting: Setting) -> str:
    if setting.channel is None:
        raise BadInput(_NO_CHANNEL)
    return setting.channel


async def _show(desk: Desk, setting: Setting, binding: Binding) -> str:
    """Set the bookmark, or move the one that is there; a clause for the asker."""
    url = safe_url(binding.url)
    if url is None:
        hidden = await hide_bookmark(desk, setting.audience, binding)
        return hidden or "No bookmark here. Its link into the CRM is not known."
    account_id = parse_id(binding.account_id)
    recheck = about(desk, binding.channel, [account_id] if account_id is not None else [])
    try:
        bookmark_id = await desk.messenger.set_bookmark(
            binding.channel, binding.account, url, binding.bookmark_id, recheck=recheck
        )
    except Opened as opened:
        return await hide_bookmark(desk, setting.audience, binding) or f"No bookmark here. {opened.why}"
    except (SlackApiError, *UNKNOWN_FATE) as error:
        return f"I could not set a bookmark: {_why(error)}"
    if bookmark_id != binding.bookmark_id:
        await desk.write(lambda use_cases: use_cases.note_bookmark(setting.audience, binding, bookmark_id))
    return "A bookmark shows it to everybody here."


async def hide_bookmark(desk: Desk, audience: Audience, binding: Binding) -> str:
    """Take the bookmark away and remember that; a clause when that failed."""
    left = await _remove(desk, binding)
    if binding.bookmark_id is not None and not left:
        await desk.write(lambda use_cases: use_cases.note_bookmark(audience, binding, None))
    return left


async def _remove(desk: Desk, binding: Binding) -> str:
    if binding.bookmark_id is None:
        return ""
    try:
        await desk.messenger.remove_bookmark(binding.channel, binding.bookmark_id)
    except (SlackApiError, *UNKNOWN_FATE) as error:
        return f"Its bookmark is still there, remove it by hand: {_why(error)}"
    return ""


def _why(error: Exception) -> str:
    code = code_of(error) if isinstance(error, SlackApiError) else ""
    return sentence_for(error) or f"Slack says {code or 'nothing'}."
