"""When a name leads to several accounts, or to none: a choice, never a guess."""

from __future__ import annotations

from collections.abc import Iterable

from bot.domain.ids import parse_id
from bot.services.results import Candidate, Match
from bot.slack.asks import Show, view_of
from bot.slack.commands import BY_NAME, resembling
from bot.slack.render.parts import Block, Element, Message, actions, button, context, joined, option, section
from bot.slack.render.text import md
from bot.slack.values import PICK, TURN

MOST = 5


def choice(match: Match, show: Show = "card", time: str = "") -> Message:
    """Up to five candidates as buttons, and a search over all accounts; both lead to the view `show` (at `time`)."""
    query = md(match.query, 80)
    best = [(parse_id(candidate.id), candidate) for candidate in match.candidates[:MOST]]
    known = [(account_id, candidate) for account_id, candidate in best if account_id is not None]
    if not known:
        return nothing(match.query, show, time)
    lines = [joined([f"• *{md(one.name, 100)}*", md(one.hint, 120) or None]) for _, one in known]
    buttons = [
        button(one.name, TURN, view_of(show, account_id, time), suffix=str(place))
        for place, (account_id, one) in enumerate(known)
    ]
    blocks: tuple[Block, ...] = (
        section([f"Which account is “{query}”?", *lines]),
        actions(buttons),
        actions([search_menu()], f"{show} {time}".strip()),
        *([context(meant)] if (meant := mistyped(match.query)) else []),
    )
    names = ", ".join(md(one.name, 60) for _, one in known)
    return Message(f"Which account is “{query}”? {names}", blocks)


def search_results(query: str, candidates: tuple[Candidate, ...]) -> Message:
    """`find`: the accounts whose names resemble the text."""
    return choice(Match(query=query, outcome="several" if candidates else "none", candidates=candidates))


def nothing(query: str, show: Show = "card", time: str = "") -> Message:
    text = f"No account is called “{md(query, 80)}”. Search below, or try a shorter name."
    small = context(mistyped(query), "`/account help` lists what I can do.")
    return Message(text, (section(text), actions([search_menu()], f"{show} {time}".strip()), small))


def mistyped(query: str) -> str:
    """The command that was perhaps meant by what was taken for a name; empty when none is like it."""
    first, _, rest = query.strip().partition(" ")
    command = resembling(first)
    if command is None or first.casefold() in BY_NAME:
        return ""
    typed = command.slash if command.slash != "/account" else f"/account {command.verb}"
    return f"Did you mean `{md(f'{typed} {rest}'.strip(), 120)}`?"


def search_menu() -> Element:
    return {
        "type": "external_select",
        "action_id": PICK,
        "placeholder": {"type": "plain_text", "text": "Search all accounts", "emoji": False},
        "min_query_length": 2,
    }


def options(candidates: Iterable[Candidate]) -> list[Element]:
    """What the search menu shows while somebody types: at most 100, each carrying the account's id alone."""
    found = [option(one.name, one.id, one.hint) for one in candidates if parse_id(one.id) is not None]
    return found[:100]
