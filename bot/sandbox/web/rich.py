"""rich_text blocks as HTML: every container and every inline element."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from bot.sandbox.errors import Json
from bot.sandbox.web.emoji import emoji
from bot.sandbox.web.html import Html, el, join, link, text
from bot.sandbox.web.mrkdwn import channel, mention, written_date
from bot.sandbox.web.scene import Scene

_STYLE_TAGS = {"bold": "strong", "italic": "em", "strike": "s", "underline": "u", "highlight": "mark", "code": "code"}
_LIST_CLASSES = 9


def rich_text(elements: Sequence[Json], scene: Scene) -> Html:
    """Neighbouring lists keep their own indentation, as Slack sends them."""
    return join([_container(element, scene) for element in elements])


def _container(element: Json, scene: Scene) -> Html:
    kind = element["type"]
    inside = element["elements"]
    if kind == "rich_text_list":
        items = [el("li", inline(item["elements"], scene)) for item in inside]
        indent = min(int(element.get("indent") or 0), _LIST_CLASSES - 1)
        ordered = element.get("style") == "ordered"
        start = int(element.get("offset") or 0) + 1
        return el("ol" if ordered else "ul", *items, class_=f"indent-{indent}", start=start if ordered else None)
    if kind == "rich_text_quote":
        return el("blockquote", inline(inside, scene))
    if kind == "rich_text_preformatted":
        return el("pre", el("code", *[text(part.get("text") or part.get("url") or "") for part in inside]))
    return el("div", inline(inside, scene), class_="rich-section")


def inline(parts: Sequence[Json], scene: Scene) -> Html:
    return join([_styled(part, _one(part, scene)) for part in parts])


def _styled(part: Json, shown: Html) -> Html:
    style = part.get("style") or {}
    for name, tag in _STYLE_TAGS.items():
        shown = el(tag, shown) if style.get(name) else shown
    return shown


def _one(part: Json, scene: Scene) -> Html:
    make = _INLINE.get(part["type"])
    return make(part, scene) if make else text(part["type"])


def _text(part: Json, _scene: Scene) -> Html:
    return join([text(line) for line in str(part["text"]).split("\n")], Html("<br>"))


def _emoji(part: Json, _scene: Scene) -> Html:
    """The sign itself when Slack sent its code points, else by name."""
    codes = str(part.get("unicode") or "")
    try:
        sign = "".join(chr(int(code, 16)) for code in codes.split("-")) if codes else ""
    except (ValueError, OverflowError):
        sign = ""
    name = str(part["name"])
    return el("span", sign, class_="emoji", role="img", aria_label=name) if sign else emoji(name)


def _date(part: Json, scene: Scene) -> Html:
    try:
        moment = datetime.fromtimestamp(int(part["timestamp"]), UTC).astimezone(scene.zone)
    except (ValueError, OverflowError, OSError):
        return text(part.get("fallback") or part["timestamp"])
    shown = written_date(moment, str(part["format"]), scene)
    return el("time", link(part["url"], shown) if part.get("url") else shown, datetime=moment.isoformat())


def _color(part: Json, _scene: Scene) -> Html:
    """A swatch cannot be drawn without inline style, which the page's policy forbids; SVG attributes are allowed."""
    value = str(part["value"])
    known = value.startswith("#") and value[1:].isalnum() and len(value) in (4, 7)
    swatch = el("rect", width=12, height=12, rx=2, fill=value) if known else None
    return el("span", el("svg", swatch, width=12, height=12, aria_hidden="true") if known else None, value)


_INLINE: dict[str, Callable[[Json, Scene], Html]] = {
    "broadcast": lambda part, _: el("span", f"@{part['range']}", class_="mention"),
    "channel": lambda part, scene: channel(str(part["channel_id"]), scene),
    "color": _color,
    "date": _date,
    "emoji": _emoji,
    "link": lambda part, _: link(part["url"], str(part.get("text") or "") or None),
    "team": lambda part, scene: el("span", f"@{scene.name(str(part['team_id']))}", class_="mention"),
    "text": _text,
    "user": lambda part, scene: mention(str(part["user_id"]), scene),
    "usergroup": lambda part, scene: el("span", f"@{scene.name(str(part['usergroup_id']))}", class_="mention"),
}
