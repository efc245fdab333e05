"""What people type, out of the form in which Slack sends it."""

from __future__ import annotations

import html
import re

# <@U1|name>, <#C1|name>, <!here|here>, <http://a|a>, <mailto:a|a>: what Slack makes of what people type.
_EMOJI = re.compile(r":[a-z0-9_+'-]+:(?::skin-tone-[2-6]:)?")
_ANGLE = re.compile(r"<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>")


def plain_text(typed: str, without: str | None = None, *, links: bool = False) -> str:
    """The text as it was typed, lines and all; mentions of the user `without` are taken out. With `links` an address
    behind a label is kept beside it. Nothing in it pings or formats unless somebody lets Slack read it as markup."""

    def plain(match: re.Match[str]) -> str:
        mark, target, label = match.group(1), match.group(2), match.group(3)
        if mark == "@":
            return " " if target == without else f"@{target}"
        if mark == "#":
            return f"#{label or target}"
        if mark == "!":
            return label or target
        address = target.removeprefix("mailto:")
        return f"{label} ({address})" if links and label and not _same(label, address) else label or address

    return html.unescape(_ANGLE.sub(plain, typed))


def says_nothing(text: str) -> bool:
    """Whether there is no letter and no digit in it besides the names of emoji."""
    return not any(char.isalnum() for char in _EMOJI.sub("", text))


def _same(label: str, address: str) -> bool:
    """`acme.example` for `http://acme.example` says nothing more."""
    return address.removeprefix("https://").removeprefix("http://").rstrip("/") == label.rstrip("/")
