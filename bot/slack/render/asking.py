"""Answers to questions: the answer first, then its lines, then what it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.domain.asking.queries import Metric, Renewals, Usage, account_of
from bot.domain.ids import parse_id
from bot.domain.kpi.catalogue import AHEAD
from bot.services.asking.answering import EXAMPLES
from bot.services.results.asking import Answer, AnswerRow, Choice, Condensed, Receipts, Replies, Reply, Said
from bot.slack.ask_values import CHARTED, CONDENSE, MEANT, MISREAD, ROWS, VERDICT, Held, encode
from bot.slack.asks import Card
from bot.slack.own_values import OWN, NewOwn
from bot.slack.own_values import encode as encode_own
from bot.slack.render.dates import Days
from bot.slack.render.parts import Block, Element, Message, Offer, actions, context, joined, section, toolbar
from bot.slack.render.skills import points_block
from bot.slack.render.text import md, monies, plain, safe_url
from bot.slack.values import OPEN
from bot.slack.values import encode as encode_view

_IN_A_SECTION = 2_800
_MOST_BLOCKS = 44
_SUBJECT = 200


def replies_message(replies: Replies, days: Days) -> Message:
    """One message for everything that was asked at once."""
    blocks: list[Block] = []
    texts: list[str] = []
    for place, reply in enumerate(replies.replies):
        text, found = _reply(reply, days, str(place))
        texts.append(text)
        blocks += found
    if replies.read_by is not None:
        blocks += _read_by(replies.read_by, replies.turn)
    if replies.turn is not None and any(isinstance(one, Answer) for one in replies.replies):
        blocks.append(_feedback(replies.turn))
    answers = all(isinstance(one, Answer) for one in replies.replies)
    return Message(" / ".join(texts)[:3_000], tuple(blocks[:_MOST_BLOCKS]), for_all=answers)


def _read_by(model: str, turn: str | None) -> Iterable[Block]:
    """Who chose which question it was, and the way to say that it was another."""
    named = md(model, 60)
    yield context(f"Your words were read by a model ({named}), which chose the question above and nothing else.")
    if turn is not None:
        yield actions(toolbar([Offer("Not what I meant", MISREAD, turn)]), "ask:read")


def misread_message() -> Message:
    """After an answer that was not asked for."""
    said = Said(about="unclear", sentence="Forgotten: nothing follows it. Ask again in other words.", examples=EXAMPLES)
    text, blocks = _said(said)
    return Message(text, tuple(blocks))


def rows_message(reply: Reply, days: Days) -> Message:
    """An answer with all the lines that there is room for."""
    text, blocks = _reply(reply, days, "0", unfolded=True)
    return Message(text, tuple(blocks[:_MOST_BLOCKS]))


def _reply(reply: Reply, days: Days, place: str, *, unfolded: bool = False) -> tuple[str, list[Block]]:
    match reply:
        case Answer():
            return _answer(reply, days, place, unfolded=unfolded)
        case Choice():
            return _choice(reply, place)
        case Said():
            return _said(reply)


def _answer(answer: Answer, days: Days, place: str, *, unfolded: bool) -> tuple[str, list[Block]]:
    sums = monies(answer.sums)
    headline = joined([f"*{md(answer.headline, 300)}*", sums])
    understood = md(answer.understood, 300)
    blocks = [section([headline, understood])]
    if answer.condensed is not None:
        blocks += _condensed(answer.condensed, days)
    blocks += [section(text) for text in _lines(answer.rows, days, alone=answer.account is not None)]
    blocks.append(context(_receipts(answer, days)))
    offers = _offers(answer, unfolded=unfolded)
    if offers:
        blocks.append(actions(toolbar(offers, visible=len(offers)), f"ask:{place}"))
    return joined([md(answer.headline, 300), sums, understood]), blocks


def _lines(rows: Sequence[AnswerRow], days: Days, *, alone: bool) -> Iterable[str]:
    """The rows as texts that fit into a section each; where all are about `alone` one account, without its name."""
    lines: list[str] = []
    size = 0
    for row in rows:
        line = _line(row, days, alone=alone)
        if lines and size + len(line) > _IN_A_SECTION:
            yield "\n".join(lines)
            lines, size = [], 0
        lines.append(line)
        size += len(line) + 1
    if lines:
        yield "\n".join(lines)


def _line(row: AnswerRow, days: Days, *, alone: bool) -> str:
    name = f"*{md(row.account, 80)}*" if row.account and not alone else None
    told = md(row.text, 240)
    # A passage says when and where it was said; the sentences of lists name their dates themselves.
    passage = row.quoted and row.who is not None
    text = f"“{told}”" if passage else told
    when = days.short(row.on) if row.on and passage else None
    internal = "internal" if row.internal and passage else None
    url = safe_url(row.link)
    link = f"<{url.replace('&', '&amp;')}|Open>" if url else None
    who = md(row.who, 120) if row.who else None
    return "• " + joined([name, text, monies(row.arr) or None, who, when, internal, link])


def _receipts(answer: Answer, days: Days) -> str:
    found: Receipts = answer.receipts
    shown = f"{len(answer.rows):,} of {answer.total:,} shown" if len(answer.rows) < answer.total else None
    newest = f"newest of {days.short(found.newest_on)}" if found.newest_on else None
    missing = "; ".join(found.missing[:4])
    read = joined([shown, f"Read: {md(found.read, 260)}", newest])
    return f"{read}\nMissing: {md(missing, 400)}" if missing else read


def _offers(answer: Answer, *, unfolded: bool) -> list[Offer]:
    account_id = parse_id(answer.account_id) if answer.account_id else None
    # The name as it was typed: what was chosen for it stays chosen.
    held = encode(Held(answer.question, account_of(answer.question), account_id))
    found = []
    if len(answer.rows) < answer.total and not unfolded:
        found.append(Offer("Show the rows", ROWS, held))
    if answer.can_condense and not unfolded:
        found.append(Offer("In two sentences", CONDENSE, held))
    if _has_a_series(answer):
        found.append(Offer("Chart it", CHARTED, held))
    if account_id is not None:
        found.append(Offer("Open the card", OPEN, encode_view(Card(account_id))))
    about = plain(answer.understood, _SUBJECT)
    found.append(Offer("Remind me about this", OWN, encode_own(NewOwn(account_id, about))))
    return found


def _has_a_series(answer: Answer) -> bool:
    """A figure that has a past, renewals, the usage of one account."""
    match answer.question:
        case Metric(kpi=kpi):
            return kpi not in AHEAD
        case Renewals():
            return answer.total > 1
        case Usage():
            return answer.account_id is not None
    return False


def _condensed(found: Condensed, days: Days) -> Iterable[Block]:
    """The sentences with their sources, and who worded them; the passages stand below."""
    if found.points:
        yield points_block("In short", found.points, days)
    yield context(joined([md(found.note, 300), md(found.withheld, 300) if found.withheld else None]))


def _choice(choice: Choice, place: str) -> tuple[str, list[Block]]:
    name = md(choice.name, 80)
    known = [(one, parse_id(one.id)) for one in choice.candidates]
    if not known:
        text = f"No account is called “{name}”, so I looked nothing up. Try a shorter name, or `/account find`."
        return text, [section(text)]
    text = f"Which account is “{name}”? I looked nothing up yet."
    lines = [joined([f"• *{md(one.name, 100)}*", md(one.hint, 120) or None]) for one, _ in known]
    buttons = [
        Offer(one.name, MEANT, encode(Held(choice.question, choice.name, account_id)))
        for one, account_id in known
        if account_id is not None
    ]
    return text, [section([text, *lines]), actions(toolbar(buttons, visible=5), f"ask:{place}")]


def _said(said: Said) -> tuple[str, list[Block]]:
    if not said.examples:
        return said.sentence, [section(said.sentence)]
    lines = [f"• {example}" for example in said.examples]
    small = "`/account help` lists the commands."
    return said.sentence, [section([f"*{said.sentence}*", "For example:", *lines]), context(small)]


def _feedback(turn: str) -> Block:
    def side(label: str, verdict: str) -> Element:
        return {"text": {"type": "plain_text", "text": plain(label)}, "value": f"{verdict} {turn}"}

    buttons: Element = {
        "type": "feedback_buttons",
        "action_id": VERDICT,
        "positive_button": side("Right", "good"),
        "negative_button": side("Wrong", "bad"),
    }
    return {"type": "context_actions", "elements": [buttons]}
