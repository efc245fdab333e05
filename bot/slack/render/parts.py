"""Block Kit by hand: the few blocks and elements that our views are made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, TypeAlias

from bot.slack.asks import BindTo, View
from bot.slack.render.text import plain
from bot.slack.stamps import Stamp
from bot.slack.values import MENU, RECORD, TURN, encode, menu_value

Block: TypeAlias = dict[str, Any]
Element: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Message:
    """What is sent: `text` says the essential where blocks are not shown (notifications, screen readers); `title` is
    for a modal that shows it; `stamp` that of the data shown, for views that a person may come back to; `for_all`
    whether it answers for everybody where it was asked: questions back, refusals and what is one's own do not."""

    text: str
    blocks: tuple[Block, ...]
    title: str = "Steward"
    stamp: Stamp | None = None
    for_all: bool = False

    def noting(self, sentence: str) -> Message:
        """The same under a line of small print; `sentence` is ours. Without one, the message as it is."""
        return replace(self, blocks=(context(sentence), *self.blocks)) if sentence else self


def mrkdwn(text: str) -> Element:
    """Already escaped text. `verbatim` keeps Slack from turning addresses and names in it into links and pings."""
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def section(lines: str | Iterable[str], accessory: Element | None = None, block_id: str | None = None) -> Block:
    text = lines if isinstance(lines, str) else "\n".join(line for line in lines if line)
    block: Block = {"type": "section", "text": mrkdwn(text or "—")}
    if block_id is not None:
        block["block_id"] = block_id
    return {**block, "accessory": accessory} if accessory else block


def context(*texts: str) -> Block:
    return {"type": "context", "elements": [mrkdwn(text) for text in texts if text]}


def actions(elements: Sequence[Element], block_id: str | None = None) -> Block:
    block: Block = {"type": "actions", "elements": list(elements)}
    return {**block, "block_id": block_id} if block_id else block


def divider() -> Block:
    return {"type": "divider"}


def button(
    label: str,
    action_id: str,
    view: View | BindTo,
    *,
    primary: bool = False,
    suffix: str = "",
    stamp: Stamp | None = None,
) -> Element:
    """`suffix` tells buttons of one action apart within a block; `stamp` is for those that act on what is shown."""
    element: Element = {
        "type": "button",
        "text": {"type": "plain_text", "text": plain(label), "emoji": False},
        "action_id": f"{action_id}:{suffix}" if suffix else action_id,
        "value": encode(view, stamp),
    }
    return {**element, "style": "primary"} if primary else element


def link_button(label: str, url: str) -> Element:
    """`url` has passed `safe_url`."""
    text = {"type": "plain_text", "text": plain(label), "emoji": False}
    return {"type": "button", "text": text, "action_id": RECORD, "url": url}


@dataclass(frozen=True, slots=True)
class Offer:
    """Something to do with what is shown. `value` is what the action gets; with a `url` it opens that."""

    label: str
    action_id: str
    value: str = ""
    url: str | None = None


def toolbar(offers: Sequence[Offer], visible: int = 4) -> list[Element]:
    """The first offers as buttons, the others (five at most) in a menu behind them."""
    first, rest = offers[:visible], offers[visible:]
    found = [_button_of(offer, place) for place, offer in enumerate(first)]
    if rest:
        found.append({"type": "overflow", "action_id": MENU, "options": [_line_of(offer) for offer in rest]})
    return found


def _button_of(offer: Offer, place: int) -> Element:
    if offer.url is not None:
        return link_button(offer.label, offer.url)
    text = {"type": "plain_text", "text": plain(offer.label), "emoji": False}
    return {"type": "button", "text": text, "action_id": f"{offer.action_id}:{place}", "value": offer.value}


def _line_of(offer: Offer) -> Element:
    line = option(offer.label, menu_value(offer.action_id, offer.value))
    return line if offer.url is None else {**line, "url": offer.url}


def option(label: str, value: str, description: str = "") -> Element:
    found: Element = {"text": {"type": "plain_text", "text": plain(label), "emoji": False}, "value": value}
    if description:
        found["description"] = {"type": "plain_text", "text": plain(description), "emoji": False}
    return found


def joined(parts: Iterable[str | None], mark: str = " · ") -> str:
    return mark.join(part for part in parts if part)


def lead_word(leads: Literal["notice", "end"], days_left: int | None) -> str:
    """What the leading date is."""
    if leads == "notice":
        return "Notice deadline"
    return "Contract ended" if days_left is not None and days_left < 0 else "Contract ends"


def simple(text: str) -> Message:
    """One sentence of ours, already escaped."""
    return Message(text, (section(text),))


def pagers(page: int, pages: int, at: Callable[[int], View]) -> list[Element]:
    """Buttons to the pages beside this one; none when there is only one."""
    found = []
    if page > 1:
        found.append(button("← Previous", TURN, at(min(page - 1, max(pages, 1))), suffix="previous"))
    if page < pages:
        found.append(button("Next →", TURN, at(page + 1), suffix="next"))
    return found
