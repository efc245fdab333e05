"""A page of a portfolio."""

from __future__ import annotations

from bot.domain.ids import parse_id
from bot.services.results import BookPage, BookRow
from bot.slack.asks import SORTS, Book, Card
from bot.slack.render.dates import Days
from bot.slack.render.parts import (
    Block,
    Element,
    Message,
    actions,
    button,
    context,
    joined,
    lead_word,
    option,
    pagers,
    section,
)
from bot.slack.render.text import away, capitalised, count, md, monies
from bot.slack.stamps import Stamp
from bot.slack.values import MAX_BLOCK_ID, OPEN, SHARE, SORT, TURN, encode

MOST_ROWS = 40
SORT_LABELS = {
    "rank": "Most pressing first",
    "renewal": "Renewal first",
    "risk": "Most at risk first",
    "touch": "Longest silent first",
    "name": "By name",
}


def book_page(
    page: BookPage, asked: Book, days: Days, *, can_share: bool = True, shared_by: str | None = None
) -> Message:
    """`asked` is what was asked for: pagers and the sort menu continue from it."""
    stamp = Stamp.of_result(page.as_of, page, but={"as_of"})
    title = capitalised(md(page.scope, 120)) or "Book"
    found = f" matching “{md(page.search, 80)}”" if page.search else ""
    totals = joined([count(page.total, "account"), f"{monies(page.arr, 3)} ARR" if page.arr else None, _place(page)])
    blocks: list[Block] = [section([f"*{title}*{found}", totals])]
    if not page.rows:
        blocks.append(section(_nothing(page)))
    blocks += [book_row(row, days) for row in page.rows[:MOST_ROWS]]
    if len(page.rows) > MOST_ROWS:
        blocks.append(context(f"and {len(page.rows) - MOST_ROWS} more on this page"))
    if page.notes:
        blocks.append(context(*[md(note, 200) for note in page.notes[:5]]))
    if shared_by is not None:
        blocks.append(context(f"Shared by {md(shared_by, 80)}"))
    else:
        blocks.append(_controls(page, asked, stamp, can_share=can_share))
    first = f"first {md(page.rows[0].name, 80)}: {_lead(page.rows[0], days)}" if page.rows else "nothing to show"
    return Message(f"{title}{found}: {totals}; {first}", tuple(blocks), "Book", stamp)


def book_row(row: BookRow, days: Days) -> Block:
    health = f"Health {row.health}" if row.health is not None else "Health unknown"
    silence = f"touched {away(-row.last_touch_days)}" if row.last_touch_days is not None else "last touch not known"
    risks = None
    if row.risks:
        worst = f": {md(row.worst_risk, 100)}" if row.worst_risk else ""
        risks = f"{count(row.risks, 'risk')}{worst}"
    first = joined(
        [f"*{md(row.name, 100)}*", monies(row.arr) or "no ARR on record", md(row.owner, 60) if row.owner else None]
    )
    on = days.full(row.lead_on) if row.lead_on is not None else None
    lead = joined([f"Why here: {md(', '.join(row.why), 200)}", on]) if row.why else _lead(row, days)
    return section([first, lead, joined([health, silence, risks])], _opener(row.id))


def _opener(row_id: str) -> Element | None:
    account_id = parse_id(row_id)
    return button("Open", OPEN, Card(account_id)) if account_id is not None else None


def _lead(row: BookRow, days: Days) -> str:
    if row.leads is None or row.lead_on is None:
        return f"Renewal: {md(row.term_state, 80)}" if row.term_state else "Renewal not known"
    what = lead_word(row.leads, row.days_left)
    left = f" ({away(row.days_left)})" if row.days_left is not None else ""
    return f"{what} {days.full(row.lead_on)}{left}"


def _place(page: BookPage) -> str | None:
    return f"page {page.page:,} of {page.pages:,}" if page.pages > 1 else None


def _nothing(page: BookPage) -> str:
    if page.search:
        return f"No account here matches “{md(page.search, 80)}”. Try `/book all` and a shorter word."
    if page.page > 1:
        return "There is no such page. Try `/book`."
    return "No accounts here. Try `/book all`, or ask an admin to import your book with `steward import`."


def _controls(page: BookPage, asked: Book, stamp: Stamp, *, can_share: bool) -> Block:
    current = Book(asked.search, asked.sort, asked.owner, asked.page)
    elements: list[Element] = []
    state = encode(Book(asked.search, asked.sort, asked.owner))
    if page.rows and len(state) <= MAX_BLOCK_ID:
        elements.append(_sorter(page))
    elements += pagers(page.page, page.pages, lambda to: Book(asked.search, asked.sort, asked.owner, to))
    if can_share and page.rows:
        elements.append(button("Share in channel", SHARE, current, stamp=stamp))
    elements.append(button("Refresh", TURN, current, stamp=stamp))
    return actions(elements, state if len(state) <= MAX_BLOCK_ID else None)


def _sorter(page: BookPage) -> Element:
    options = [option(SORT_LABELS[sort], sort) for sort in SORTS]
    return {
        "type": "static_select",
        "action_id": SORT,
        "placeholder": {"type": "plain_text", "text": "Sort", "emoji": False},
        "options": options,
        "initial_option": options[SORTS.index(page.sort)],
    }
