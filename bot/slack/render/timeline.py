"""A page of what happened with an account."""

from __future__ import annotations

from bot.services.results import SECTIONS, Entry, Origin, Section, TimelinePage
from bot.slack.asks import Timeline
from bot.slack.render.dates import Days
from bot.slack.render.parts import (
    Block,
    Element,
    Message,
    actions,
    button,
    context,
    joined,
    link_button,
    option,
    section,
)
from bot.slack.render.record import system
from bot.slack.render.tabs import tabs
from bot.slack.render.text import away, md, money, safe_url
from bot.slack.stamps import Stamp
from bot.slack.values import SECTION, TURN, encode

_NAMES: dict[Section, str] = {
    "all": "All",
    "conversations": "Conversations",
    "tickets": "Tickets",
    "promises": "Promises",
    "surveys": "Surveys",
    "contracts": "Contracts",
}


def timeline_page(page: TimelinePage, asked: Timeline, days: Days) -> Message:
    """Newest first; what lies ahead stands above it on the first page."""
    # Pages of one list share a print, so that turning one tells whether the list moved in between.
    stamp = Stamp.of(page.as_of, (page.section, page.total))
    shown = Timeline(asked.account_id, page.section, page.page)
    title = joined([f"*{md(page.account, 120)}*", "Timeline"])
    blocks: list[Block] = [section([title, _place(page)])]
    if page.ahead:
        blocks.append(context(_ahead(page, days)))
    blocks += [_entry(entry, days) for entry in page.entries]
    blocks += [
        actions([_filter(page), *_turns(page, shown, stamp)], encode(Timeline(asked.account_id))),
        tabs(shown),
        context(f"As of {days.moment(page.as_of)}"),
    ]
    first = f"; newest: {_headline(page.entries[0], days)}" if page.entries else ""
    return Message(f"{md(page.account, 100)}, timeline: {_place(page)}{first}", tuple(blocks), page.account, stamp)


def _place(page: TimelinePage) -> str:
    if not page.total:
        what = "" if page.section == "all" else f" under {_NAMES[page.section]}"
        return f"Nothing is on record{what}. Import activities, tickets or surveys, or log what you know."
    kind = None if page.section == "all" else _NAMES[page.section]
    return joined([kind, f"{page.first:,}-{page.last:,} of {page.total:,}", "newest first"])


def _ahead(page: TimelinePage, days: Days) -> str:
    shown = [f"{_headline(one, days)} ({away((one.on - days.today).days)})" for one in page.ahead]
    more = page.ahead_total - len(shown)
    return "\n• ".join(["Ahead", *shown, *([f"and {more:,} more"] if more > 0 else [])])


def _headline(entry: Entry, days: Days) -> str:
    what = joined([md(entry.title, 80), md(entry.text, 80) if entry.text else None], ": ")
    return f"{days.short(entry.on)} {what}"


def _entry(entry: Entry, days: Days) -> Block:
    amount = f"{money(entry.amount)} a month" if entry.amount else None
    who = md(entry.who, 120) if entry.who else None
    first = joined([f"*{days.short(entry.on)}*", md(entry.title, 80), who, amount, _origin(entry.origin)])
    runs = "due" if entry.section == "promises" else "Runs until"
    until = f"{runs} {days.short(entry.until)}" if entry.until else None
    text = joined([md(entry.text, 240) if entry.text else None, until], ", ")
    url = safe_url(entry.link)
    return section([first, text], link_button("Open", url) if url else None)


def _origin(origin: Origin) -> str:
    if origin.logged_by:
        return f"logged by {md(origin.logged_by, 60)}"
    source = system(origin.source) or origin.file
    return f"from {md(source, 60)}" if source else "source not known"


def _filter(page: TimelinePage) -> Element:
    options = [option(f"{_NAMES[one]} ({page.counts.get(one, 0):,})", one) for one in SECTIONS]
    return {
        "type": "static_select",
        "action_id": SECTION,
        "placeholder": {"type": "plain_text", "text": "Show", "emoji": False},
        "options": options,
        "initial_option": options[SECTIONS.index(page.section)],
    }


def _turns(page: TimelinePage, shown: Timeline, stamp: Stamp) -> list[Element]:
    def to(number: int) -> Timeline:
        return Timeline(shown.account_id, shown.section, number)

    found = []
    if page.page > 1:
        found.append(button("← Newer", TURN, to(page.page - 1), suffix="newer", stamp=stamp))
    if page.page < page.pages:
        found.append(button("Older →", TURN, to(page.page + 1), suffix="older", stamp=stamp))
    return found
