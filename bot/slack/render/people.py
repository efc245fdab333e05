"""Who is known at an account, and who is missing."""

from __future__ import annotations

from bot.services.results import Contact, PeoplePage
from bot.slack.asks import People
from bot.slack.render.dates import Days
from bot.slack.render.parts import Block, Message, actions, context, joined, pagers, section
from bot.slack.render.tabs import tabs
from bot.slack.render.text import away, count, md
from bot.slack.stamps import Stamp


def people_page(page: PeoplePage, asked: People, days: Days) -> Message:
    """Gaps first: they are what there is to do."""
    shown = People(asked.account_id, page.page)
    blocks: list[Block] = [section([joined([f"*{md(page.account, 120)}*", "People"]), _place(page)])]
    if page.gaps:
        blocks.append(section([f"⚠ {md(days.said(gap), 200)}" for gap in page.gaps]))
    blocks += [_contact(one, days) for one in page.contacts]
    turns = pagers(page.page, page.pages, lambda to: People(asked.account_id, to))
    blocks += [
        *([actions(turns)] if turns else []),
        tabs(shown),
        context(f"As of {days.moment(page.as_of)}. Involved: answered a survey, or took part in a conversation"),
    ]
    said = joined([f"{md(page.account, 100)}, people: {_place(page)}", *(md(gap, 200) for gap in page.gaps)], "; ")
    return Message(said, tuple(blocks), page.account, Stamp.of_result(page.as_of, page, but={"as_of"}))


def _place(page: PeoplePage) -> str:
    if not page.total:
        return "Nobody is known yet."
    active = "all active" if page.active == page.total else f"{page.active:,} active"
    place = f"{page.first:,}-{page.last:,} of {page.total:,}" if page.pages > 1 else None
    return joined([f"{count(page.total, 'person', 'people')}, {active}", place])


def _contact(one: Contact, days: Days) -> Block:
    role = f"*{md(one.role, 40)}*" if one.role else "role not known"
    place = joined([md(text, 80) if text else None for text in (one.title, one.department)], ", ")
    return section([joined([f"*{md(one.name, 80)}*", role, place]), joined([_left(one, days), _involved(one, days)])])


def _left(one: Contact, days: Days) -> str | None:
    if one.active:
        return f"leaves on {days.short(one.left_on)}" if one.left_on else None
    return f"left on {days.short(one.left_on)}" if one.left_on else "no longer active"


def _involved(one: Contact, days: Days) -> str:
    if one.involved_on is None:
        return "involvement not known"
    where = {"survey": "survey answer", "conversation": "conversation"}[one.involved_in or "conversation"]
    return f"last involved {away((one.involved_on - days.today).days)} ({where}, {days.short(one.involved_on)})"
