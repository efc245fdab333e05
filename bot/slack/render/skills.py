"""What a skill drafted: sections of points, each with its sources. Rich text built by code: nothing in it is parsed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.services.results.skills import DraftPoint, SkillDraft, Source
from bot.slack.asks import Sketch
from bot.slack.render.dates import Days
from bot.slack.render.parts import Block, Message, context, joined, section
from bot.slack.render.tabs import tabs
from bot.slack.render.text import md, plain, safe_url
from bot.slack.stamps import Stamp

_TEXT, _WHO = 420, 90
_SOURCES = 3
_MISSING = 3
_NOUNS = {"email": "e-mail", "signal": "risk rule"}


def draft_page(draft: SkillDraft, asked: Sketch, days: Days) -> Message:
    title = f"*{md(draft.account, 120)}* · {md(draft.title, 80)}"
    seen = "as the customer may see it" if draft.for_customer else None
    blocks: list[Block] = [section(title), context(joined([md(days.said(draft.period), 80), seen]))]
    blocks += [points_block(one.title, one.points, days) for one in draft.sections if one.points]
    if draft.is_empty:
        blocks.append(section("Nothing in the record to draft from. Log what was said: `/account log`."))
    if draft.letter is not None and not draft.is_empty:
        blocks += [section("*To copy, change and send yourself*"), _letter(draft.letter, days)]
    blocks += [tabs(asked), context(*_small_print(draft, days))]
    stamp = Stamp.of_result(draft.as_of, draft, but={"as_of", "run"})
    return Message(f"{md(draft.account, 100)}: {md(draft.title, 80)}", tuple(blocks), draft.account, stamp)


def _small_print(draft: SkillDraft, days: Days) -> list[str]:
    missing = "; ".join(md(days.said(one), 140) for one in draft.missing[:_MISSING])
    return [
        md(draft.note, 300),
        md(draft.withheld, 400) if draft.withheld else "",
        f"Not known: {missing}" if missing else "",
        md(draft.problem, 300) if draft.problem else "",
    ]


def points_block(title: str, points: Sequence[DraftPoint], days: Days) -> Block:
    """Points with their sources under a title."""
    heading = {"type": "rich_text_section", "elements": [_text(plain(title), bold=True)]}
    found = [{"type": "rich_text_section", "elements": _point(point, days)} for point in points]
    return {
        "type": "rich_text",
        "elements": [heading, {"type": "rich_text_list", "style": "bullet", "elements": found}],
    }


def _point(one: DraftPoint, days: Days) -> list[Block]:
    """Words, figures, the quote, and who said it when."""
    parts: list[list[Block]] = []
    if one.text:
        parts.append([_text(plain(one.text, _TEXT))])
    for figure in one.figures:
        before = f" (before: {figure.before})" if figure.before else ""
        shown = plain(days.said(f"{figure.shown}{before}"), _TEXT)
        parts.append([_text(f"{plain(figure.label)}: "), _text(shown, bold=True)])
    if one.quote:
        parts.append([_text(f"“{plain(one.quote, _TEXT)}”")])
    if one.cautions:
        parts.append([_text(f"({plain(', '.join(one.cautions))})", italic=True)])
    found = [element for place, part in enumerate(parts) for element in ([_text(" "), *part] if place else part)]
    for place, source in enumerate(one.sources[:_SOURCES]):
        found += [_text("  — " if place == 0 else "; "), _cited(source, days)]
    if len(one.sources) > _SOURCES:
        found.append(_text(f" and {len(one.sources) - _SOURCES} more"))
    return found


def _cited(source: Source, days: Days) -> Block:
    """Where it comes from; a link to where it was said, when that is kept."""
    noun = _NOUNS.get(source.kind, source.kind)
    who = plain(days.said(source.who), _WHO) if source.who else None
    words = joined([who, plain(noun), days.short(source.at.astimezone(days.zone).date())], ", ")
    url = safe_url(source.link)
    if url is not None:
        return {"type": "link", "url": url, "text": words}
    return _text(words, italic=True)


def _letter(letter: str, days: Days) -> Block:
    lines = "\n".join(plain(line, _TEXT) if line.strip() else "" for line in days.said(letter).split("\n"))
    return {
        "type": "rich_text",
        "elements": [{"type": "rich_text_preformatted", "elements": [{"type": "text", "text": lines}]}],
    }


def _text(text: str, **style: bool) -> Block:
    element: dict[str, Any] = {"type": "text", "text": text}
    return {**element, "style": style} if style else element
