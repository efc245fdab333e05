"""HTML by construction: whatever is not `Html` is escaped, so forgetting to escape is not possible."""

import html
from collections.abc import Iterable
from typing import TypeAlias
from urllib.parse import urlsplit

from bot.sandbox.render_text import clean

VOID = ("br", "hr", "img", "input", "link", "meta")
SAFE_SCHEMES = ("http", "https", "mailto")


class Html(str):
    """Markup that is safe to send: made by `el`, `text` and `join` only."""

    __slots__ = ()


Child: TypeAlias = str | None
Attribute: TypeAlias = str | int | float | bool | None
NOTHING = Html("")


def text(value: object) -> Html:
    """Any value as text content: control characters and direction overrides gone, the rest escaped."""
    return value if isinstance(value, Html) else Html(html.escape(clean(str(value)), quote=True))


def join(parts: Iterable[Child], mark: str = "") -> Html:
    return Html(text(mark).join(text(part) for part in parts if part is not None))


def el(tag: str, *children: Child, **attributes: Attribute) -> Html:
    """An element. Attribute names lose a trailing underscore, inner ones become hyphens; None and False are left out.

    A `url`-carrying attribute must have passed `safe_url`; event handlers and inline styles cannot be made."""
    parts = [tag]
    for name, value in attributes.items():
        plain = name.rstrip("_").replace("_", "-")
        if plain.startswith("on") or plain == "style":
            raise ValueError(f"{plain} would be inline code, which the page's policy forbids")
        if value is True:
            parts.append(plain)
        elif value is not None and value is not False:
            parts.append(f'{plain}="{text(str(value))}"')
    opening = f"<{' '.join(parts)}>"
    return Html(opening) if tag in VOID else Html(f"{opening}{join(children)}</{tag}>")


def safe_url(url: object) -> str | None:
    """The address when a person may follow it: http, https or mailto, no control or direction characters."""
    wanted = str(url).strip()
    if not wanted or clean(wanted) != wanted or any(c.isspace() for c in wanted):
        return None
    try:
        parts = urlsplit(wanted)
    except ValueError:
        return None
    known = parts.scheme.casefold() in SAFE_SCHEMES and (parts.scheme.casefold() == "mailto" or parts.netloc)
    return wanted if known else None


def link(url: object, label: Child = None, **attributes: Attribute) -> Html:
    """A link that tells nobody where it was clicked; an address that is not safe stays plain text."""
    address = safe_url(url)
    shown = label if label else str(url)
    if address is None:
        return join([shown])
    return el("a", shown, href=address, target="_blank", rel="noopener noreferrer", **attributes)
