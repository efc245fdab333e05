"""The `markdown` block (and streamed answers): the common marks as HTML, everything else as escaped text."""

import re
from collections.abc import Callable, Iterator

from bot.sandbox.web.emoji import SHORT_NAME, emoji
from bot.sandbox.web.html import Html, el, join, link, text

_INLINE = re.compile(
    r"(?P<code>`+)(?P<code_text>.+?)(?P=code)"
    r"|!\[(?P<alt>[^\]\n]*)\]\([^()\s]*\)"
    r"|\[(?P<label>[^\]\n]+)\]\((?P<url>[^()\s]+(?:\([^()\s]*\)[^()\s]*)?)\)"
    r"|<(?P<auto>(?:https?://|mailto:)[^<>\s]+)>"
    r"|(?P<bare>https?://[^\s<>()]+[^\s<>().,;:!?])"
    r"|(?P<bi>\*\*\*|___)(?=\S)(?P<bi_text>.+?)(?<=\S)(?P=bi)"
    r"|(?P<b>\*\*|__)(?=\S)(?P<b_text>.+?)(?<=\S)(?P=b)"
    r"|(?P<i>\*|(?<!\w)_)(?=\S)(?P<i_text>[^*_\n]+?)(?<=\S)(?P=i)(?!\w)"
    r"|~~(?=\S)(?P<s_text>.+?)(?<=\S)~~"
    rf"|{SHORT_NAME.pattern.replace('([', '(?P<emoji>[', 1)}"
    r"|\\(?P<literal>[\\`*_{}\[\]()#+.!~|>-])"
)
_FENCE = re.compile(r"^\s{0,3}(```+|~~~+)\s*(\S*)")
_HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*#*$")
_RULE = re.compile(r"^\s{0,3}([-*_])(\s*\1){2,}\s*$")
_ITEM = re.compile(r"^(\s*)(?:[-*+]|(\d+)[.)])\s+(.*)$")
_TASK = re.compile(r"^\[([ xX])\]\s+(.*)$")
_DASHES = re.compile(r"^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$")
_MAX_LEVEL = 8


def inline(value: str) -> Html:
    parts: list[Html] = []
    last = 0
    for match in _INLINE.finditer(value):
        parts += [text(value[last : match.start()]), _mark(match)]
        last = match.end()
    return join([*parts, text(value[last:])])


def _mark(match: re.Match[str]) -> Html:
    found = match.groupdict()
    if found["code"]:
        return el("code", found["code_text"].strip() or found["code_text"])
    if found["alt"] is not None:
        return el("span", f"[{found['alt'] or 'image'}]", class_="image-missing")
    if found["label"]:
        return link(found["url"], inline(found["label"]))
    if found["auto"] or found["bare"]:
        return link(found["auto"] or found["bare"])
    if found["bi_text"]:
        return el("strong", el("em", inline(found["bi_text"])))
    for key, tag in (("b_text", "strong"), ("i_text", "em"), ("s_text", "s")):
        if found[key]:
            return el(tag, inline(found[key]))
    return emoji(found["emoji"]) if found["emoji"] else text(found["literal"])


def markdown(value: str) -> Html:
    """Headings, paragraphs, lists with levels and tasks, quotes, fenced code, tables, rules."""
    return el("div", *_blocks(value.replace("\r\n", "\n").split("\n")), class_="markdown", dir="auto")


def _blocks(lines: list[str]) -> Iterator[Html]:
    at = 0
    while at < len(lines):
        line = lines[at]
        if not line.strip():
            at += 1
        elif _FENCE.match(line):
            at, found = _fence(lines, at)
            yield found
        elif heading := _HEADING.match(line):
            # the page itself owns h1 and h2
            yield el(f"h{min(6, len(heading[1]) + 2)}", inline(heading[2]), class_=f"md-h{len(heading[1])}")
            at += 1
        elif _RULE.match(line):
            yield el("hr")
            at += 1
        elif line.lstrip().startswith(">"):
            at, inner = _while(lines, at, lambda one: one.lstrip().startswith(">"))
            yield el("blockquote", *_blocks([one.lstrip()[1:].removeprefix(" ") for one in inner]))
        elif _ITEM.match(line):
            at, inner = _while(lines, at, lambda one: bool(_ITEM.match(one)) or one.startswith("  "))
            yield _items(inner)
        elif "|" in line and at + 1 < len(lines) and _DASHES.match(lines[at + 1]):
            at, inner = _while(lines, at, lambda one: "|" in one)
            yield _table(inner)
        else:
            at, inner = _paragraph(lines, at)
            yield el("p", join([inline(one) for one in inner], Html("<br>")))


def _while(lines: list[str], at: int, holds: Callable[[str], bool]) -> tuple[int, list[str]]:
    """The lines from `at` that belong together, and where they end."""
    end = at
    while end < len(lines) and lines[end].strip() and holds(lines[end]):
        end += 1
    return end, lines[at:end]


def _starts_something(line: str) -> bool:
    return any(mark.match(line) for mark in (_FENCE, _HEADING, _RULE, _ITEM)) or line.lstrip().startswith(">")


def _paragraph(lines: list[str], at: int) -> tuple[int, list[str]]:
    end, inner = _while(lines, at + 1, lambda line: not _starts_something(line))
    return end, [lines[at], *inner]


def _fence(lines: list[str], at: int) -> tuple[int, Html]:
    """Code up to the closing fence; without one (a stream that still grows) up to the end."""
    opening = _FENCE.match(lines[at])
    mark = opening[1] if opening else "```"
    end = at + 1
    while end < len(lines) and not lines[end].strip().startswith(mark):
        end += 1
    return end + 1, el("pre", el("code", "\n".join(lines[at + 1 : end])))


def _items(lines: list[str]) -> Html:
    """Flat list elements with indent classes: levels need no nesting to be read."""
    items: list[Html] = []
    for line in lines:
        match = _ITEM.match(line)
        if match is None:
            items.append(el("li", inline(line.strip()), class_="continued"))
            continue
        level = min(len(match[1].expandtabs(4)) // 2, _MAX_LEVEL)
        task = _TASK.match(match[3])
        mark = None if task is None else "☐" if task[1] == " " else "☑"
        number = f"{match[2]}." if match[2] else None
        sign = el("span", mark or number or "•", class_="bullet")
        items.append(el("li", sign, " ", inline(task[2] if task else match[3]), class_=f"indent-{level}"))
    return el("ul", *items, class_="md-list")


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip().removeprefix("|").removesuffix("|"))]


def _table(lines: list[str]) -> Html:
    head = el("tr", *[el("th", inline(cell), scope="col") for cell in _cells(lines[0])])
    rows = [el("tr", *[el("td", inline(cell)) for cell in _cells(line)]) for line in lines[2:]]
    return el("div", el("table", el("thead", head), el("tbody", *rows)), class_="table-scroll", tabindex=0)
