"""Who saw an account, and who changed it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import groupby
from typing import Final

from bot.services.results.trail import TrailChange, TrailLine, TrailPage
from bot.slack.asks import Card, Trail
from bot.slack.render.dates import Days
from bot.slack.render.parts import Block, Message, Offer, actions, context, joined, pagers, section, toolbar
from bot.slack.render.text import count, md
from bot.slack.stamps import Stamp
from bot.slack.values import TURN, encode

_USER = re.compile(r"\b[UW][A-Z0-9]{2,20}\b")
_CHANNEL = re.compile(r"[CG][A-Z0-9]{2,20}")
_MOST_CHANGES: Final = 6
_INNER: Final = ("_id", ".at", ".origin", ".permalink")
"""Fields that say nothing to a reader."""
_LINES: Final = 12
_NOTE = "Written down before it was shown. This look is in it as well. On the shell: `steward audit verify`."


def slack_users(text: str) -> list[str]:
    """The Slack user ids in a text."""
    return _USER.findall(text)


def trail_page(found: TrailPage, asked: Trail, names: Mapping[str, str], days: Days) -> Message:
    """Day by day, newest first. `names` are those of people whom only Slack knows."""
    since = f" since {days.full(found.since.astimezone(days.zone).date())}" if found.since is not None else ""
    title = f"Who saw and changed it{since}"
    place = f"page {found.page} of {found.pages}" if found.pages > 1 else None
    total = joined([count(found.total, "entry", "entries"), place], ", ")
    blocks: list[Block] = [section([joined([f"*{md(found.account, 120)}*", title]), f"{total}."])]

    def day_of(line: TrailLine) -> date:
        return line.at.astimezone(days.zone).date()

    for day, lines in groupby(found.lines, day_of):
        told = list(lines)
        for at in range(0, len(told), _LINES):
            head = [f"*{days.full(day)}*"] if at == 0 else []
            texts = [text for one in told[at : at + _LINES] for text in _said(one, names, days)]
            blocks.append(section([*head, *texts]))
    turns = pagers(found.page, found.pages, lambda to: Trail(asked.account_id, asked.since, to))
    back = Offer("← Card", TURN, encode(Card(asked.account_id)))
    blocks += [actions([*turns, *toolbar([back])]), context(f"{_NOTE} As of {days.moment(found.as_of)}.")]
    text = f"{md(found.account, 100)}. {title}: {total}"
    return Message(text, tuple(blocks), found.account, Stamp.of_result(found.as_of, found, but={"as_of"}))


def _said(one: TrailLine, names: Mapping[str, str], days: Days) -> Iterator[str]:
    def named(match: re.Match[str]) -> str:
        return names.get(match[0], match[0])

    who, did = _USER.sub(named, one.who), _USER.sub(named, one.did)
    often = f", {one.times} times" if one.times > 1 else ""
    yield f"• {days.clock(one.at)} *{md(who, 80)}* {md(did, 200)}{_where(one)}{often}"
    told = [change for change in one.changes if not change.field.endswith(_INNER)]
    yield from (f"      {_change(change)}" for change in told[:_MOST_CHANGES])
    if len(told) > _MOST_CHANGES:
        yield f"      and {count(len(told) - _MOST_CHANGES, 'field')} more"


def _where(one: TrailLine) -> str:
    if one.only:
        return ", alone"
    if one.channel is None:
        return ""
    place = f"<#{one.channel}>" if _CHANNEL.fullmatch(one.channel) else "a conversation"
    people = f" ({count(one.people, 'person', 'people')})" if one.people else ""
    return f" with everybody in {place}{people}"


def _change(one: TrailChange) -> str:
    field = md(one.field.rpartition(".")[2].replace("_", " "), 40)
    if one.erased:
        return f"{field}: erased"
    before, after = (f"“{md(text, 120)}”" if text is not None else "nothing" for text in (one.before, one.after))
    return f"{field}: {before} → {after}"
