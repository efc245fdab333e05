"""What renews within a span of days."""

from __future__ import annotations

from bot.domain.ids import parse_id
from bot.services.results import RenewalRow, RenewalsPage
from bot.slack.asks import Card, Renewals
from bot.slack.render.dates import Days
from bot.slack.render.parts import Block, Element, Message, actions, button, context, joined, lead_word, pagers, section
from bot.slack.render.text import away, capitalised, count, md, monies
from bot.slack.stamps import Stamp
from bot.slack.values import OPEN, SHARE, TURN

MOST_ROWS = 40
_SPANS = (30, 90, 180)


def renewals_page(
    page: RenewalsPage, asked: Renewals, days: Days, *, can_share: bool = True, shared_by: str | None = None
) -> Message:
    """Soonest leading date first, as the use case ordered them."""
    stamp = Stamp.of_result(page.as_of, page, but={"as_of"})
    title = f"Renewals in the next {count(page.within_days, 'day')}"
    place = f"page {page.page:,} of {page.pages:,}" if page.pages > 1 else None
    sums = f"{monies(page.arr, 3)} ARR" if page.arr else None
    totals = joined([capitalised(md(page.scope, 120)), count(page.total, "contract"), sums, place])
    blocks: list[Block] = [section([f"*{title}*", totals])]
    if page.passed:
        blocks.append(section(f"⚠ {count(page.passed, 'notice deadline')} already passed"))
    if not page.rows:
        blocks.append(section(_nothing(page)))
    blocks += [_row(row, days) for row in page.rows[:MOST_ROWS]]
    if len(page.rows) > MOST_ROWS:
        blocks.append(context(f"and {len(page.rows) - MOST_ROWS} more on this page"))
    if shared_by is not None:
        blocks.append(context(f"Shared by {md(shared_by, 80)}"))
    else:
        blocks.append(actions(_controls(page, asked, stamp, can_share=can_share)))
    first = f"first {md(page.rows[0].account, 80)}: {_lead(page.rows[0], days)}" if page.rows else "none"
    return Message(f"{title}: {totals}; {first}", tuple(blocks), "Renewals", stamp)


def _row(row: RenewalRow, days: Days) -> Block:
    owner = md(row.owner, 60) if row.owner else "no owner"
    first = joined([f"*{md(row.account, 100)}*", monies(row.arr) or "no ARR on record", owner])
    account_id = parse_id(row.account_id)
    opener = button("Open", OPEN, Card(account_id)) if account_id is not None else None
    contract = md(row.contract, 60) if row.contract else None
    return section([first, f"*{_lead(row, days)}*", joined([_then(row, days), contract])], opener)


def _lead(row: RenewalRow, days: Days) -> str:
    if row.leads is None or row.lead_on is None:
        return md(days.said(row.sentence), 200) or "Renewal date not known"
    what = lead_word(row.leads, row.days_left)
    left = f" ({away(row.days_left)})" if row.days_left is not None else ""
    return f"{what} {days.full(row.lead_on)}{left}"


def _then(row: RenewalRow, days: Days) -> str:
    renews = {True: "renews by itself", False: "does not renew by itself", None: "renewal terms not known"}[
        row.auto_renew
    ]
    if row.lead_on and row.lead_on < days.today:
        return "no renewal on record"
    if row.leads == "notice" and row.ends_on:
        return f"contract ends {days.short(row.ends_on)}, {renews}"
    if row.notice_on and row.notice_on < days.today:
        return f"{renews}, notice deadline passed on {days.short(row.notice_on)}"
    return renews


def _nothing(page: RenewalsPage) -> str:
    if page.page > 1:
        return "There is no such page. Try `/renewals`."
    return (
        f"Nothing renews in the next {count(page.within_days, 'day')}. Look further ahead with `/renewals 12 months`."
    )


def _controls(page: RenewalsPage, asked: Renewals, stamp: Stamp, *, can_share: bool) -> list[Element]:
    spans = [
        button(f"{span} days", TURN, Renewals(span, asked.owner), suffix=f"{span}d")
        for span in _SPANS
        if span != asked.within_days
    ]
    turns = pagers(page.page, page.pages, lambda to: Renewals(asked.within_days, asked.owner, to))
    share = [button("Share in channel", SHARE, asked, stamp=stamp)] if can_share and page.rows else []
    return [*turns, *share, button("Refresh", TURN, asked, stamp=stamp), *spans]
