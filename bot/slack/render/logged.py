"""What is said after something was logged or undone, and before it can be: whose is it, why not."""

from __future__ import annotations

from bot.domain.ids import parse_id
from bot.services.logbook.entry import PHRASES
from bot.services.logbook.read import UNDO_FOR
from bot.services.results import Candidate, Logged, Undone
from bot.slack.asks import Card
from bot.slack.log_values import LOG, Blank, Details, LogTo, Pressed, Undo, encode
from bot.slack.render.dates import Days
from bot.slack.render.errors import sorry
from bot.slack.render.parts import Block, Message, Offer, actions, context, joined, section, toolbar
from bot.slack.render.picker import MOST
from bot.slack.render.text import capitalised, md
from bot.slack.values import OPEN
from bot.slack.values import encode as encode_view

_SEEN = {"internal": "Only the account team sees it", "client-safe": "May be shown to the customer"}
# Slack does not say how long a text in preformatted form may be; sections take 3,000.
_PIECE = 2900
_NEEDED = "Say what happened after the name, for example `/account log acme talked to Ana about pricing`."


def log_offer(account_id: int) -> Offer:
    """The button that opens the form for an account."""
    return _button("Log", Blank(account_id))


def logged_message(done: Logged, days: Days) -> Message:
    """What was logged, who sees it, what follows, and how to take it back."""
    headline = f"{_did(done)} {PHRASES[done.kind]} {md(done.account, 100)}"
    by = f"by {md(done.author, 60)}" if done.author else None
    with_whom = f"with {md(done.people, 100)}" if done.people else None
    lines = [
        f"*{headline}*",
        f"“{md(done.text, 300)}”",
        joined([capitalised(_moment(done, days)), by, with_whom]),
        *_what_follows(done, days),
    ]
    fine_print = [_SEEN[done.visibility], None if done.touch else "Notes do not count as a touch", _quoted(done, days)]
    buttons = [
        _button("Undo", Undo(done.change)),
        _button("Add details", Details(_id(done.touch_id))),
        Offer("Show card", OPEN, encode_view(Card(_id(done.account_id)))),
    ]
    until = f"Undo works until {done.undo_until.astimezone(days.zone):%H:%M}"
    blocks: tuple[Block, ...] = (section(lines), context(joined([*fine_print, until])), actions(toolbar(buttons)))
    return Message(f"{headline}: “{md(done.text, 200)}”", blocks)


def _did(done: Logged) -> str:
    if done.added:
        return "Nothing changed:" if done.repeated else "Details saved:"
    return "Logged before:" if done.repeated else "Logged"


def _moment(done: Logged, days: Days) -> str:
    local, logged = done.at.astimezone(days.zone), (done.undo_until - UNDO_FOR).astimezone(days.zone)
    return f"today {local:%H:%M}" if local.date() == logged.date() else days.moment(done.at)


def _what_follows(done: Logged, days: Days) -> list[str]:
    lines = []
    if done.next_step:
        on = f", {days.full(done.next_step_on)}" if done.next_step_on else ""
        lines.append(f"Next step: {md(done.next_step, 200)}{on}")
    if done.promise:
        promise = done.promise
        who = "They promised" if promise.by == "them" else f"{md(promise.owner or 'We', 60)} promised"
        due = f", due {days.full(promise.due_on)}" if promise.due_on else ""
        lines.append(f"{who}: “{md(promise.quote, 200)}”{due}")
    return lines


def _quoted(done: Logged, days: Days) -> str | None:
    if done.quoted_until is None:
        return None
    return f"The message is quoted until {days.full(done.quoted_until.astimezone(days.zone).date())}"


def undone_message(done: Undone) -> Message:
    """With the words that are gone from the book, to log them elsewhere."""
    text = md(done.sentence, 300)
    again = encode(Blank(None, done.text)) if done.text and not done.restored else None
    if again is None:
        return Message(text, (section(text),))
    quote = f"“{md(done.text or '', 300)}”"
    return Message(text, (section([text, quote]), actions(toolbar([Offer("Log it again", LOG, again)]))))


def which_account(name: str, candidates: tuple[Candidate, ...], text: str, key: str) -> Message:
    """Whose is it: buttons that log the text for one of them, or open the form. `name` is what was taken for a name."""
    known = [(account_id, one) for one in candidates[:MOST] if (account_id := parse_id(one.id)) is not None]
    asks = f"Which account is “{md(name, 80)}”?" if known else f"No account is called “{md(name, 80)}”."
    lines = [asks, *(joined([f"• *{md(one.name, 100)}*", md(one.hint, 120) or None]) for _, one in known)]
    another = "Another account" if known else "Choose the account"
    form = encode(Blank(None, text))
    values = [encode(LogTo(account_id, key, text) if text else Blank(account_id)) for account_id, _ in known]
    if form is None or None in values:
        # More than a button can carry.
        buttons = [*(_button(one.name, Blank(account_id)) for account_id, one in known), _button(another, Blank())]
        return _given_back([*lines, "Copy your words into the form; they are too long for a button."], text, buttons)
    if text:
        lines.append(f"{'Then I log' if known else 'Your words wait'}: “{md(text, 300)}”")
    buttons = [Offer(one.name, LOG, value or "") for (_, one), value in zip(known, values, strict=True)]
    buttons.append(Offer(another, LOG, form))
    return Message(f"{asks} Nothing is logged yet.", (section(lines), actions(toolbar(buttons, len(buttons)))))


def _button(label: str, pressed: Pressed) -> Offer:
    """For what carries ids only, which always fits."""
    return Offer(label, LOG, encode(pressed) or "")


def not_logged(sentence: str, text: str, account_id: int | None, retry: LogTo | None) -> Message:
    """Why it was not logged; what was typed comes back, and one press tries again where that can help."""
    offers = []
    if retry is not None and (value := encode(retry)) is not None:
        offers.append(Offer("Try again", LOG, value))
    if (form := encode(Blank(account_id, text))) is not None:
        offers.append(Offer("Open the form", LOG, form))
    return _given_back([f"Nothing was logged. {sorry(sentence).text}"], text, offers)


def _given_back(lines: list[str], text: str, offers: list[Offer]) -> Message:
    pieces = [text[start : start + _PIECE] for start in range(0, len(text), _PIECE)]
    blocks: list[Block] = [section(lines), *(_verbatim(piece) for piece in pieces if piece)]
    if offers:
        blocks.append(actions(toolbar(offers, len(offers))))
    return Message(lines[0], tuple(blocks))


def _verbatim(text: str) -> Block:
    """Text to copy, as it is: in this form Slack reads no markup and no mentions."""
    part = {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": text}]}
    return {"type": "rich_text", "elements": [part]}


def offer_form(account: tuple[int, str] | None) -> Message:
    """Where Slack lets nobody open a form unasked: a button for it."""
    what = f"What happened with {md(account[1], 100)}?" if account else "What happened?"
    offer = _button("Open the form", Blank(account[0] if account else None))
    return Message(what, (section([what, _NEEDED]), actions(toolbar([offer]))))


def _id(text: str) -> int:
    return parse_id(text) or 0
