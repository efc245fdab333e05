"""What is said about the account of a channel."""

from __future__ import annotations

from bot.domain.ids import parse_id
from bot.services.results import Binding, Bound, Match
from bot.slack.asks import BindTo, Card
from bot.slack.render.errors import own
from bot.slack.render.parts import Block, Element, Message, actions, button, context, joined, section
from bot.slack.render.text import md
from bot.slack.values import BIND, OPEN

_MOST = 5


def about(binding: Binding) -> Message:
    text = f"This channel is about *{md(binding.account, 100)}*: `/account` needs no name here."
    return _message([text, "Change it with `/account bind` and a name, end it with `/account unbind`."], _show(binding))


def bound(done: Bound, clause: str) -> Message:
    before = f"Before, it was about {md(done.before.account, 100)}." if done.before is not None else None
    text = f"This channel is about *{md(done.now.account, 100)}* now: `/account` needs no name here."
    return _message([text, joined([before, own(clause)], " ")], _show(done.now))


def taken(now: Binding, account_id: int, wanted: str) -> Message:
    instead_of = parse_id(now.account_id)
    change = _bind_button(f"Change to {wanted}", BindTo(account_id, instead_of))
    text = f"This channel is about *{md(now.account, 100)}*. Shall it be about *{md(wanted, 100)}* instead?"
    return _message([text], [change, *_show(now)])


def unbound(before: Binding, clause: str) -> Message:
    return _message([f"This channel is not about {md(before.account, 100)} any more.", own(clause)], [])


def gone(binding: Binding, successor: Match) -> Message:
    """`successor` is what the name of the account leads to now."""
    text = f"This channel was about *{md(binding.account, 100)}*, which was merged or removed."
    account_id = parse_id(successor.account_id) if successor.outcome == "one" and successor.account_id else None
    if account_id is None:
        return _message([text, "Bind it to another account: `/account bind` and a name."], [])
    offer = _bind_button("Bind to what it is now", BindTo(account_id))
    return _message([text, "An account with that name exists."], [offer, button("Show it", OPEN, Card(account_id))])


def choice(match: Match) -> Message:
    """Which account to bind to: up to five, never a guess."""
    query = md(match.query, 80)
    known = [(parse_id(one.id), one) for one in match.candidates[:_MOST]]
    offered = [(account_id, one) for account_id, one in known if account_id is not None]
    if not offered:
        return _message(
            [f"No account is called “{query}”. Try a shorter name, or `/account find` and a part of it."], []
        )
    lines = [joined([f"• *{md(one.name, 100)}*", md(one.hint, 120) or None]) for _, one in offered]
    buttons = [
        _bind_button(one.name, BindTo(account_id), suffix=str(place)) for place, (account_id, one) in enumerate(offered)
    ]
    return _message([f"Which account is this channel about? “{query}” fits several.", *lines], buttons)


def _bind_button(label: str, to: BindTo, suffix: str = "") -> Element:
    return button(label, BIND, to, suffix=suffix)


def _show(binding: Binding) -> list[Element]:
    account_id = parse_id(binding.account_id)
    return [button("Show the card", OPEN, Card(account_id))] if account_id is not None else []


def _message(lines: list[str], buttons: list[Element]) -> Message:
    said = [line for line in lines if line]
    blocks: list[Block] = [section(said[:1])]
    if said[1:]:
        blocks.append(context("\n".join(said[1:])))
    if buttons:
        blocks.append(actions(buttons))
    return Message(" ".join(said), tuple(blocks))
