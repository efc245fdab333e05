"""The sentences of a review in Slack: what is said, what it rests on, and the button that shows it."""

from __future__ import annotations

from bot.domain.ids import parse_id
from bot.services.qbr.cells import is_inside
from bot.services.qbr.wording import cited, say, source_label, sources_by_id
from bot.services.results.qbr import Qbr, QbrSentence, QbrSource
from bot.slack.qbr_values import QBR, OnReview, encode
from bot.slack.render.dates import Days
from bot.slack.render.parts import Block, Element, joined, option, section
from bot.slack.render.text import md, plain, safe_url

_CITED = 3
_KINDS = {"email": "e-mail", "other": "contact"}


def sentence_block(qbr: Qbr, sentence: QbrSentence, days: Days) -> Block:
    """A sentence with its sources, and the way to where it comes from."""
    marks = joined(
        [
            "internal" if is_inside(sentence) else None,
            f"worded by {md(sentence.by or 'somebody', 60)}" if sentence.wrote == "person" else None,
            "check the source" if sentence.doubts else None,
        ],
        ", ",
    )
    links = citations(qbr, sentence, days)
    small = joined([links, f"_{marks}_" if marks else None])
    text = md(days.said(say(sentence, qbr)), 700)
    return section([f"• {text}", f"   {small}" if small else ""], _ask(qbr, sentence))


def citations(qbr: Qbr, sentence: QbrSentence, days: Days) -> str:
    """`call 12 Aug`, each linked to the conversation where it has an address."""
    found = cited(sentence, sources_by_id(qbr.body))
    shown = [_citation(one, days) for one in found[:_CITED]]
    more = f"and {len(found) - _CITED} more" if len(found) > _CITED else None
    return joined([*shown, more], ", ")


def _citation(source: QbrSource, days: Days) -> str:
    label = f"{md(_KINDS.get(source.kind, source.kind), 40)} {days.short(source.at.astimezone(days.zone).date())}"
    url = safe_url(source.link)
    return f"<{url}|{label}>" if url else label


def _ask(qbr: Qbr, sentence: QbrSentence) -> Element:
    """*Where does this come from?*"""
    return press("Source", OnReview("source", review_id(qbr), qbr.version, sentence.key))


def press(label: str, pressed: OnReview, *, primary: bool = False, suffix: str = "") -> Element:
    """A button of a review."""
    element: Element = {
        "type": "button",
        "text": {"type": "plain_text", "text": plain(label), "emoji": False},
        "action_id": f"{QBR}:{suffix or pressed.deed}",
        "value": encode(pressed),
    }
    return {**element, "style": "primary"} if primary else element


def choice_of(label: str, pressed: OnReview) -> Element:
    """The same as a line of a menu."""
    return option(label, encode(pressed))


def review_id(qbr: Qbr) -> int:
    found = parse_id(qbr.id)
    if found is None:
        raise ValueError(f"the review's id {qbr.id!r} is not one of ours")
    return found


def full_source(source: QbrSource, days: Days) -> list[str]:
    """Where a sentence comes from: what, who, when, how old, and the words themselves."""
    age = (days.today - source.at.astimezone(days.zone).date()).days
    old = f"{age:,} days old" if age != 1 else "1 day old"
    head = joined([md(days.said(source_label(source)), 200), old, "internal" if source.internal else "client-safe"])
    url = safe_url(source.link)
    opens = f"<{url}|Open it where it was said>" if url else ""
    return [f"*{head}*", f">{md(source.text, 600)}", opens]
