"""The App Home tab: my day, my book with filters, my settings, how fresh the data is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any
from zlib import crc32

from bot.domain.preferences import Preferences
from bot.services.results import BookPage, MyDay
from bot.slack.asks import SORTS
from bot.slack.home_state import HOME, OWNERS, HomeState, option_value
from bot.slack.limits import VIEW_BLOCKS, fit
from bot.slack.render.book import SORT_LABELS, book_row
from bot.slack.render.dates import Days
from bot.slack.render.errors import own
from bot.slack.render.freshness import freshness
from bot.slack.render.my_day import my_day
from bot.slack.render.parts import Block, Element, Message, actions, context, divider, joined, option, section
from bot.slack.render.settings import settings_button, settings_lines
from bot.slack.render.text import capitalised, count, md, monies, plain

_OWNER_LABELS = {"mine": "My accounts", "team": "My team's", "all": "Everybody's"}
_MOST_OPTIONS = 99
_HELP = (
    "`/account acme` shows an account, `/book` and `/renewals` lists, `/account bind acme` makes a channel about one; "
    "`/account help` lists everything. In threads mention me instead: `@Steward acme`."
)


@dataclass(frozen=True, slots=True)
class Page:
    """All that a Home tab shows."""

    day: MyDay
    book: BookPage
    held: Preferences
    state: HomeState


def home_view(page: Page, days: Days) -> dict[str, Any]:
    """The view to publish; what it shows of the book stands in its metadata."""
    again = _button("Refresh", "show:refresh", page.state)
    blocks: list[Block] = [
        section(f"*My day* · {days.full(days.today)}", again),
        *my_day(page.day, days),
        divider(),
        *_book(page, days),
        divider(),
        section(["*Settings*", *settings_lines(page.held, days)], settings_button()),
        freshness(page.day, days),
        context(_HELP),
    ]
    return _home(blocks, page.state.encode())


def refusal(sentence: str) -> dict[str, Any]:
    """For outsiders, and when something failed: a sentence, and nothing else."""
    return _home([section(own(sentence))], "")


def _home(blocks: list[Block], metadata: str) -> dict[str, Any]:
    fitted = fit(Message("Steward", tuple(blocks)), VIEW_BLOCKS)
    return {"type": "home", "private_metadata": metadata, "blocks": list(fitted.blocks)}


def _book(page: Page, days: Days) -> list[Block]:
    book, state = page.book, page.state
    if not page.day.any_accounts:
        return []
    figures = joined(
        [
            count(book.total, "account"),
            f"{monies(book.arr, 3)} ARR" if book.arr else None,
            f"page {book.page:,} of {book.pages:,}" if book.pages > 1 else None,
        ]
    )
    title = capitalised(md(book.scope, 120)) or "Book"
    rows = [book_row(row, days) for row in book.rows]
    pagers = _pagers(book, state)
    notes = [md(note, 200) for note in book.notes[:3]]
    return [
        section([f"*{title}*", figures]),
        _search(state),
        _filters(book, state),
        *(rows or [section("No account fits. Choose another filter, or clear them.")]),
        *([actions(pagers)] if pagers else []),
        *([context(*notes)] if notes else []),
    ]


def _search(state: HomeState) -> Block:
    element: Element = {
        "type": "plain_text_input",
        "action_id": f"{HOME}:search",
        "max_length": 80,
        "dispatch_action_config": {"trigger_actions_on": ["on_enter_pressed"]},
        "placeholder": _plain("A part of a name, then Enter"),
    }
    if state.search:
        element["initial_value"] = state.search
    return {
        "type": "input",
        "block_id": _named("search", state),
        "dispatch_action": True,
        "optional": True,
        "label": _plain("Search"),
        "element": element,
    }


def _filters(book: BookPage, state: HomeState) -> Block:
    elements = [
        _select("owner", ((_OWNER_LABELS[owner], owner) for owner in OWNERS), state.owner),
        _select("sort", ((SORT_LABELS[sort], sort) for sort in SORTS), state.sort),
    ]
    if book.segments:
        elements.append(_narrowing("segment", "All segments", book.segments, state.segment))
    elements.append(_narrowing("band", "Any health", book.bands, state.band))
    if state.narrowed:
        elements.append(_button("Clear", "show:clear", HomeState(state.owner, sort=state.sort)))
    return actions(elements, _named("filters", state))


def _narrowing(name: str, everything: str, values: Iterable[str], chosen: str | None) -> Element:
    offered = list(dict.fromkeys([*([chosen] if chosen else []), *values]))[:_MOST_OPTIONS]
    options = [(everything, option_value(None)), *((capitalised(one), option_value(one)) for one in offered)]
    return _select(name, options, option_value(chosen))


def _select(name: str, labels: Iterable[tuple[str, str]], chosen: str) -> Element:
    options = {value: option(label, value) for label, value in labels}
    element: Element = {
        "type": "static_select",
        "action_id": f"{HOME}:{name}",
        "placeholder": _plain(name.capitalize()),
        "options": list(options.values()),
    }
    return {**element, "initial_option": options[chosen]} if chosen in options else element


def _pagers(book: BookPage, state: HomeState) -> list[Element]:
    found = []
    if book.page > 1:
        found.append(_button("← Previous", "show:previous", replace(state, page=book.page - 1)))
    if book.page < book.pages:
        found.append(_button("Next →", "show:next", replace(state, page=book.page + 1)))
    return found


def _button(label: str, what: str, to: HomeState) -> Element:
    return {"type": "button", "text": _plain(label), "action_id": f"{HOME}:{what}", "value": to.encode()}


def _named(name: str, state: HomeState) -> str:
    """Another name for another state: Slack keeps what was typed or chosen in a block that keeps its name."""
    return f"steward.{name}.{crc32(state.encode().encode('utf-8', 'surrogatepass')):08x}"


def _plain(text: str) -> Element:
    return {"type": "plain_text", "text": plain(text), "emoji": False}
