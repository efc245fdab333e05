"""Questions about one account, answered from its card: the same facts, in the words of the question."""

from __future__ import annotations

from bot.domain.asking import queries as q
from bot.domain.days import written
from bot.domain.ids import id_text
from bot.services.asking.ground import Ground, count, days_in_words, of_card, span, told
from bot.services.card import account_card
from bot.services.contacts import people_page
from bot.services.kpi.ask import KpiQuestion, kpi
from bot.services.results import AccountCard, Contact, Entry
from bot.services.results.asking import Answer, AnswerRow, Receipts
from bot.services.timeline import Slice, timeline

_PAGES = 20
"""Pages of a timeline that are looked through for a span of days."""


def _card(ground: Ground, account_id: int) -> AccountCard:
    return account_card(ground.database, ground.audience, account_id, ground.policies, ground.now, ground.today)


def status(ground: Ground, asked: q.Status, account_id: int) -> Answer:
    card = _card(ground, account_id)
    focus = asked.focus
    said = {"all": _whole, "renewal": _renewal, "arr": _arr, "health": _health}[focus]
    what = {"all": "How it stands", "renewal": "Its contract", "arr": "What it is worth", "health": "Its health"}[focus]
    return said(card, Answer(
        question=asked, understood=told(what, card.name), headline="", account_id=card.id, account=card.name,
        receipts=Receipts(read="the account's card"),
    ))  # fmt: skip


def _whole(card: AccountCard, blank: Answer) -> Answer:
    term = card.term.sentence if card.term else "No contract is known."
    return blank.model_copy(update={
        "headline": f"{term} {_health_words(card)}", "card": card,
        "sums": card.arr.sums if card.arr else (),
        "receipts": of_card("the account's card", card.data, ("contracts", "interactions", "tickets", "usage"),
                            card.not_checked[:3]),
    })  # fmt: skip


def _health_words(card: AccountCard) -> str:
    score = card.health.score
    return f"Health {score}, {card.health.band}" if score is not None else "Health is not known"


def _renewal(card: AccountCard, blank: Answer) -> Answer:
    term = card.term
    rows = []
    if term is not None:
        facts = (
            f"The contract ends on {written(term.ends_on)}" if term.ends_on else "The contract has no end date",
            f"Notice is due by {written(term.notice_on)}" if term.notice_on else "The notice period is not known",
            {True: "It renews by itself", False: "It does not renew by itself", None: "Whether it renews is not known"}[
                term.auto_renew
            ],
            f"{count(term.others, 'other contract')} beside it" if term.others else None,
        )
        rows = [AnswerRow(text=text) for text in facts if text]
    return blank.model_copy(update={
        "headline": term.sentence if term else "I found no contract.", "rows": tuple(rows), "total": len(rows),
        "sums": card.arr.sums if card.arr else (),
        "receipts": of_card("its contracts", card.data, ("contracts",)),
    })  # fmt: skip


def _arr(card: AccountCard, blank: Answer) -> Answer:
    arr = card.arr
    found = "Yearly value of the contract lines that run today"
    headline = found if arr and arr.sums else "I found no priced contract."
    read = f"{count(arr.lines, 'contract line')}" if arr else "its contracts"
    return blank.model_copy(update={
        "headline": headline, "sums": arr.sums if arr else (),
        "rows": tuple(AnswerRow(text=note) for note in (arr.notes if arr else ())),
        "total": len(arr.notes) if arr else 0,
        "receipts": of_card(read, card.data, ("contracts",)),
    })  # fmt: skip


def _health(card: AccountCard, blank: Answer) -> Answer:
    rows = [AnswerRow(text=risk.sentence) for risk in card.risks]
    rows += [AnswerRow(text=reason) for reason in card.health.reasons]
    return blank.model_copy(update={
        "headline": f"{_health_words(card)}, {count(len(card.risks), 'risk')}", "rows": tuple(rows), "total": len(rows),
        "receipts": of_card(f"{card.health.used} of {card.health.of} inputs", card.data,
                            ("interactions", "tickets", "usage", "surveys"), card.health.missing),
    })  # fmt: skip


def owner(ground: Ground, asked: q.Owner, account_id: int) -> Answer:
    card = _card(ground, account_id)
    who = card.owner
    gone = "" if who is None or who.active else " (who has left)"
    return Answer(
        question=asked, understood=told("Who owns it", card.name), account_id=card.id, account=card.name,
        headline=f"{who.name}{gone} owns {card.name}" if who else f"Nobody is known to own {card.name}.",
        receipts=of_card("who is assigned", card.data, ("accounts",)),
    )  # fmt: skip


def touch(ground: Ground, asked: q.Touch, account_id: int) -> Answer:
    card = _card(ground, account_id)
    last = card.last_touch
    if last is None:
        headline = "I found no conversation with them."
        rows: tuple[AnswerRow, ...] = ()
    else:
        by = f" by {last.by}" if last.by else ""
        ago = "today" if last.days_ago == 0 else f"{count(last.days_ago, 'day')} ago"
        headline = f"{last.kind.capitalize()}{by}, {ago} ({written(last.at.date())})"
        found = (
            (last.subject, True), (f"Next step: {last.next_step}" if last.next_step else None, True),
        )  # fmt: skip
        rows = tuple(AnswerRow(text=text, quoted=quoted) for text, quoted in found if text)
    return Answer(
        question=asked, understood=told("The last conversation", card.name), headline=headline, rows=rows,
        total=len(rows), account_id=card.id, account=card.name,
        receipts=of_card("its conversations", card.data, ("interactions",)),
    )  # fmt: skip


def contacts(ground: Ground, asked: q.Contacts, account_id: int) -> Answer:
    page = people_page(ground.database, ground.audience, account_id, 1, ground.now, ground.today)
    role = asked.role.replace("decision maker", "decision-maker") if asked.role else None
    found = [one for one in page.contacts if role is None or one.role == role]
    total = page.total if role is None else len(found)
    what = f"Who is {asked.role}" if asked.role else "Who is known there"
    nobody = f"Nobody is known to be {asked.role}." if asked.role else "Nobody is known there."
    return Answer(
        question=asked, understood=told(what, page.account),
        headline=(found[0].name if role and len(found) == 1 else f"{count(total, 'person', 'people')}")
        if found else nobody,
        rows=tuple(_contact_row(one) for one in found[: ground.shown]), total=total,
        account_id=page.account_id, account=page.account,
        receipts=Receipts(
            read=f"{count(page.total, 'person', 'people')} known there", missing=page.gaps,
            newest_on=max((one.involved_on for one in page.contacts if one.involved_on), default=None),
        ),
    )  # fmt: skip


def _contact_row(one: Contact) -> AnswerRow:
    heard = f"last involved {written(one.involved_on)}" if one.involved_on else "never known to be involved"
    gone = f"left {written(one.left_on)}" if one.left_on else None if one.active else "no longer there"
    return AnswerRow(text=told(one.name, one.title, one.role, gone or heard), on=one.involved_on)


def happened(ground: Ground, asked: q.Timeline, account_id: int) -> Answer:
    """What happened in a span of days, newest first."""
    days = span(ground, asked.when, "back") if asked.when else None
    entries: list[Entry] = []
    page = timeline(ground.database, ground.audience, account_id, Slice(), ground.now, ground.zone)
    total, number = page.total, 1
    cut: tuple[str, ...] = ()
    while True:
        entries += [one for one in page.entries if days is None or days.holds(one.on)]
        oldest = page.entries[-1].on if page.entries else None
        past = days is not None and days.first is not None and oldest is not None and oldest < days.first
        if days is None or past or number >= page.pages:
            break
        if number >= _PAGES:
            cut = (f"only the newest {page.last:,} entries were looked at",)
            break
        number += 1
        page = timeline(ground.database, ground.audience, account_id, Slice(page=number), ground.now, ground.zone)
    when = days_in_words(asked.when, days) if asked.when and days else None
    known = total if days is None else len(entries)
    newest = entries[0].on if entries else None
    return Answer(
        question=asked, understood=told("What happened", page.account, when),
        headline=f"{count(known, 'entry', 'entries')}, the newest of {written(newest)}"
        if entries else "I found nothing that happened then.",
        rows=tuple(_entry_row(one) for one in entries[: ground.shown]), total=known,
        account_id=page.account_id, account=page.account,
        receipts=Receipts(
            read="conversations, tickets, promises, surveys and contracts", newest_on=newest, missing=cut
        ),
    )  # fmt: skip


def _entry_row(one: Entry) -> AnswerRow:
    text = told(one.title, one.who) + (f": {one.text}" if one.text else "")
    return AnswerRow(text=text, on=one.on, quoted=True, internal=one.internal, link=one.link)


def compare(ground: Ground, asked: q.Compare, ids: tuple[int, ...]) -> Answer:
    """Accounts side by side: health, renewal and value, or one figure."""
    cards = [_card(ground, one) for one in ids]
    if asked.kpi is not None:
        rows = tuple(_figure_row(ground, asked.kpi, one, card) for one, card in zip(ids, cards, strict=True))
        read, headline = f"{asked.kpi} of each", f"{asked.kpi.upper()} side by side"
    else:
        rows = tuple(
            AnswerRow(account_id=card.id, account=card.name, arr=card.arr.sums if card.arr else (),
                      text=f"{_health_words(card)}. {card.term.sentence if card.term else 'No contract is known'}")
            for card in cards
        )  # fmt: skip
        scored = sorted(((c.health.score, c.name) for c in cards if c.health.score is not None), reverse=True)
        stands_out = len(scored) > 1 and scored[0][0] != scored[1][0]
        headline = f"{scored[0][1]} is the healthiest of them" if stands_out else "Side by side"
        read = "the card of each"
    return Answer(
        question=asked, understood=told("Compared", *(card.name for card in cards)), headline=headline, rows=rows,
        total=len(rows), receipts=of_card(read, cards[0].data, ("contracts", "interactions", "usage")),
    )  # fmt: skip


def _figure_row(ground: Ground, key: str, account_id: int, card: AccountCard) -> AnswerRow:
    question = KpiQuestion(key, scope=f"account:{card.name}")
    found = kpi(ground.database, ground.audience, question, ground.policies.kpi, ground.now, ground.zone)
    shown = " + ".join(one.shown if one.value is not None else one.note for one in found.figures)
    return AnswerRow(account_id=id_text(account_id), account=card.name, text=f"{shown} ({found.period})")
