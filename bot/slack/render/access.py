"""Who may see an account, in the words of whoever asks."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from bot.domain.ids import parse_id
from bot.services.results.access import Restricted, Restriction, WhoMaySee
from bot.slack.asks import Card
from bot.slack.render.dates import Days
from bot.slack.render.parts import Message, Offer, actions, context, section, toolbar
from bot.slack.render.text import count, md
from bot.slack.values import OPEN
from bot.slack.values import encode as encode_view

_MOST = 20
_ADMINS = "Admins see every account."


def restricted(done: Restricted) -> Message:
    """What holds from now on, and how to take it back."""
    account = f"*{md(done.account, 120)}*"
    if done.now is None:
        said = f"{account} is not restricted any more: everybody sees it whom the access policy lets see it."
        after = f"It was restricted by {md(done.before.by, 60)}." if done.before is not None else ""
    else:
        named = _listed(done.now.named)
        who = "those who work on it" + (f", {named}" if named else "")
        said = f"{account} is now seen only by {who}, and admins." + _why(done.now)
        after = f"Reminders about it go only to them as well. `/account unrestrict {md(done.account, 80)}` lifts this."
    blocks = [section(said), *([context(after)] if after else []), *_offers(done.account_id)]
    return Message(said, tuple(blocks), done.account)


def who_may_see(found: WhoMaySee, days: Days) -> Message:
    """Who sees it, by the reason; of many only how many."""
    held = found.restriction
    everybody = len(found.viewers) == found.members
    title = f"*{md(found.account, 120)}*"
    if held is not None:
        lead = f"{title} is restricted since {days.full(held.at.date())}, by {md(held.by, 60)}.{_why(held)}"
    elif everybody and found.unlisted:
        lead = f"{title} is seen by everybody in the team. `/account restrict {md(found.account, 80)}` narrows that."
    else:
        of = count(found.members, "person", "people")
        lead = f"{title} is seen by {len(found.viewers)} of {of} in the team list."
    lines = [
        f"{md(why, 80).capitalize()}: {_listed([one.name for one in group])}"
        for why, group in groupby(found.viewers, lambda one: one.why)
    ]
    shown = lines if held is not None or not everybody else lines[:-1]
    blocks = [section([lead, *shown]), context(_ADMINS), *_offers(found.account_id)]
    return Message(lead, tuple(blocks), found.account)


def restricted_accounts(found: Sequence[Restriction], days: Days) -> Message:
    """Those that the asker may see, each with who is named and why."""
    if not found:
        said = "No account that you may see is restricted. Leads restrict one with `/account restrict acme to @maya`."
        return Message(said, (section(said),))
    said = f"{count(len(found), 'account is', 'accounts are')} restricted, of those you may see."
    lines = [
        f"*{md(one.account, 120)}*, since {days.short(one.at.date())} by {md(one.by, 60)}"
        f"{f', named: {_listed(one.named)}' if one.named else ''}.{_why(one)}"
        for one in found[:_MOST]
    ]
    more = f"and {len(found) - _MOST} more: `steward access list` on the shell" if len(found) > _MOST else ""
    return Message(said, (section([said, *lines, *([more] if more else [])]), context(_ADMINS)))


def _why(held: Restriction) -> str:
    return f" Why: {md(held.reason, 300)}" if held.reason else ""


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(md(one, 60) for one in names[:_MOST])
    return f"{shown} and {len(names) - _MOST} more" if len(names) > _MOST else shown


def _offers(account_id: str) -> list[dict[str, object]]:
    one = parse_id(account_id)
    return [] if one is None else [actions(toolbar([Offer("Card", OPEN, encode_view(Card(one)))]))]
