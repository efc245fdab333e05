"""Slack's mrkdwn as HTML. Marks are set aside first so that neither reaches into the other; all text is escaped."""

import re
from datetime import UTC, datetime
from itertools import groupby

from bot.sandbox.web.emoji import SHORT_NAME, emoji
from bot.sandbox.web.html import Html, el, join, link, safe_url, text
from bot.sandbox.web.scene import HIDDEN_CHANNEL, Scene

_CODE_BLOCK = re.compile(r"```\n?(.+?)\n?```", re.DOTALL)
_CODE = re.compile(r"`([^`\n]+)`")
_ENTITY = re.compile(r"<([^<>\n]+)>")
_EMPHASIS = re.compile(
    r"(?<![\w*])\*(?=\S)(?P<b>[^*\n]+?)(?<=\S)\*(?![\w*])"
    r"|(?<![\w_])_(?=\S)(?P<i>[^_\n]+?)(?<=\S)_(?![\w_])"
    r"|(?<![\w~])~(?=\S)(?P<s>[^~\n]+?)(?<=\S)~(?![\w~])"
)
# two private characters stand around the number of a piece that was set aside; both are removed from what comes in
_OPEN, _CLOSE = "\ue000", "\ue001"
_ASIDE = re.compile(f"{_OPEN}(\\d+){_CLOSE}")
_DATE_PART = re.compile(r"\{(\w+)\}")


class _Shelf:
    """Finished pieces, each replaced by a number in the text until the end."""

    def __init__(self) -> None:
        self._pieces: list[Html] = []

    def keep(self, piece: Html) -> str:
        self._pieces.append(piece)
        return f"{_OPEN}{len(self._pieces) - 1}{_CLOSE}"

    def fill(self, value: str) -> Html:
        """The text escaped, with its pieces in their places."""
        parts: list[str] = []
        last = 0
        for match in _ASIDE.finditer(value):
            parts += [text(value[last : match.start()]), self._pieces[int(match[1])]]
            last = match.end()
        return join([*parts, text(value[last:])])


def unescape(value: str) -> str:
    """The three characters that Slack escapes in text."""
    return value.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def mrkdwn(value: str, scene: Scene) -> Html:
    """Marked-up text of a message or block. Line breaks, quotes and code blocks included."""
    shelf = _Shelf()
    rest = value.replace(_OPEN, "").replace(_CLOSE, "").replace("\r\n", "\n")
    rest = _CODE_BLOCK.sub(lambda m: shelf.keep(el("pre", el("code", unescape(m[1])))), rest)
    rest = _CODE.sub(lambda m: shelf.keep(el("code", unescape(m[1]))), rest)
    rest = _ENTITY.sub(lambda m: shelf.keep(entity(m[1], scene)), rest)
    rest = SHORT_NAME.sub(lambda m: shelf.keep(emoji(m[1])), rest)
    return _lines(rest, shelf)


def _lines(value: str, shelf: _Shelf) -> Html:
    parts: list[Html] = []
    marked = ((_quoted(line), line) for line in value.split("\n"))
    for quoted, group in groupby(marked, key=lambda pair: pair[0] is not None):
        lines = [inner if inner is not None else line for inner, line in group]
        inner = join([_emphasised(unescape(line), shelf) for line in lines], Html("<br>"))
        parts.append(el("blockquote", inner) if quoted else inner)
    return join(parts)


def _quoted(line: str) -> str | None:
    return next((line[len(mark) :].lstrip() for mark in ("&gt;", ">") if line.startswith(mark)), None)


def _emphasised(value: str, shelf: _Shelf) -> Html:
    parts: list[Html] = []
    last = 0
    for match in _EMPHASIS.finditer(value):
        kind = match.lastgroup or "b"
        parts += [shelf.fill(value[last : match.start()]), el(_TAGS[kind], _emphasised(match[kind], shelf))]
        last = match.end()
    return join([*parts, shelf.fill(value[last:])])


_TAGS = {"b": "strong", "i": "em", "s": "s"}


def entity(inside: str, scene: Scene) -> Html:
    """What stands between angle brackets: a mention, a channel, a date or a link."""
    target, _, label = inside.partition("|")
    label = unescape(label)
    if target.startswith("@"):
        return mention(target[1:], scene, label)
    if target.startswith("#"):
        return channel(target[1:], scene)
    if target.startswith("!date^"):
        return date(target, label, scene)
    if target.startswith("!subteam^"):
        return el("span", f"@{scene.name(target.split('^')[1], label)}", class_="mention")
    if target.startswith("!"):
        return el("span", f"@{target[1:].split('^')[0]}", class_="mention")
    if safe_url(unescape(target)) is None:
        return text(label or f"<{unescape(target)}>")
    return link(unescape(target), label or None)


def mention(user: str, scene: Scene, label: str = "") -> Html:
    mine = " mention-me" if user == scene.viewer else ""
    return el("span", "@", el("bdi", scene.name(user, label)), class_=f"mention{mine}")


def channel(key: str, scene: Scene) -> Html:
    """By name for those who may know it, nothing but its kind for everyone else."""
    if key not in scene.names:
        return el("span", f"🔒 {HIDDEN_CHANNEL}", class_="mention")
    return el("span", "#", el("bdi", scene.names[key]), class_="mention")


def date(target: str, fallback: str, scene: Scene) -> Html:
    parts = target.split("^")
    try:
        moment = datetime.fromtimestamp(int(parts[1]), UTC).astimezone(scene.zone)
    except (ValueError, OverflowError, OSError, IndexError):
        return text(fallback)
    shown = written_date(moment, parts[2] if len(parts) > 2 else "{date}", scene)
    found = link(parts[3], shown) if len(parts) > 3 else text(shown)
    return el("time", found, datetime=moment.isoformat(), title=f"{moment:%A, %d %B %Y %H:%M %Z}")


def written_date(moment: datetime, pattern: str, scene: Scene) -> str:
    """Slack's date tokens in the viewer's zone; an unknown token stays as it is."""
    days = (moment.date() - scene.now.astimezone(scene.zone).date()).days
    near = {-1: "yesterday", 0: "today", 1: "tomorrow"}.get(days)
    plain = f"{moment:%B} {moment.day}, {moment.year}"
    known = {
        "date_num": f"{moment:%Y-%m-%d}",
        "date_slash": f"{moment:%d/%m/%Y}",
        "date": plain,
        "date_long": f"{moment:%A}, {plain}",
        "date_short": f"{moment:%b} {moment.day}, {moment.year}",
        "date_pretty": near or plain,
        "date_long_pretty": near or f"{moment:%A}, {plain}",
        "date_short_pretty": near or f"{moment:%b} {moment.day}, {moment.year}",
        "day_divider_pretty": near or f"{moment:%A}, {plain}",
        "time": f"{moment:%H:%M}",
        "time_secs": f"{moment:%H:%M:%S}",
        "ago": f"{abs(days)} days ago" if days < 0 else f"in {days} days" if days else "today",
    }
    return _DATE_PART.sub(lambda match: known.get(match[1], match[0]), pattern)


def plain(value: str) -> Html:
    """A plain_text object: no marks but emoji short names and line breaks."""
    shelf = _Shelf()
    rest = value.replace(_OPEN, "").replace(_CLOSE, "")
    rest = SHORT_NAME.sub(lambda m: shelf.keep(emoji(m[1])), rest)
    return join([shelf.fill(line) for line in rest.split("\n")], Html("<br>"))
