"""Texts made harmless before anybody reads them: invisible characters, links, addresses and mentions are gone.

The same form is what quotes are compared in. Pure; knows nothing of Slack but how it writes mentions and links.
"""

from __future__ import annotations

import html
import re
import unicodedata

LONGEST = 4_000
"""Characters of one text that are read."""

_LINK = "[link removed]"
_MENTION = "[mention removed]"
_HOSTS = (
    "com|net|org|io|co|ai|app|dev|info|biz|edu|gov|xyz|me|tv|site|online|live|tech|cloud|shop|link|click|top|zip|mov|"
    "de|at|ch|fr|es|it|nl|be|uk|ie|pt|pl|se|no|dk|fi|cz|eu|us|ca|au|nz|br|mx|in|jp|cn|kr|ru|ua|tr|za|sg|hk|ly|gg|to|gl"
)
_SLACK_MENTION = re.compile(r"<[!@#][^<>\n]{0,200}>|&lt;[!@#].{0,200}?&gt;")
_SLACK_LINK = re.compile(r"<(?:https?|mailto|ftp|tel|slack):[^<>\n]{0,2000}>", re.IGNORECASE)
_MARKDOWN_LINK = re.compile(r"!?\[([^\]\n]{0,200})\]\s?\([^)\n]{0,2000}\)")
_TAG = re.compile(r"</?[a-zA-Z][^<>\n]{0,500}>")
_ADDRESS = re.compile(
    r"(?:[a-z0-9+.-]{1,16}\s?:\s?//|www\.|\bdata:|\bjavascript:|\bmailto:|\btel:)\S*"
    r"|\bhxxps?\S*"
    r"|\S{1,64}@[\w-]+(?:\.[\w-]+)+"
    rf"|\b(?:[\w-]+(?:\s?(?:\[\.\]|\(\.\)|\[dot\]|\(dot\))\s?|\.))+(?:{_HOSTS})\b(?:[/:?#]\S*)?"
    r"|\b\d{1,3}(?:\.\d{1,3}){3}\b\S*",
    re.IGNORECASE,
)
_SHOUT = re.compile(r"[@＠](?:here|channel|everyone|all|[UW][A-Z0-9]{6,})\b", re.IGNORECASE)
_BLANKS = re.compile(r"[^\S\n]+")
_LINES = re.compile(r"\s*\n\s*")
_VARIATIONS = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))
_HIDDEN = frozenset(("Cf", "Cc", "Co", "Cn", "Cs"))
_FILLERS = frozenset("\u115f\u1160\u3164\uffa0\u2800\u034f\u17b4\u17b5")


def visible(text: str) -> str:
    """NFKC without control, format, private, unassigned characters and variation selectors; at most two marks on a
    letter; runs of blanks become one, line breaks stay."""
    if text.isascii() and text.isprintable():
        return _BLANKS.sub(" ", text).strip()
    kept, marks = [], 0
    for char in unicodedata.normalize("NFKC", text):
        if char in "\n\t":
            kept.append(char)
            continue
        category = unicodedata.category(char)
        marks = marks + 1 if category in ("Mn", "Me") else 0
        if marks > 2 or is_hidden(char):
            continue
        kept.append(char)
    return _LINES.sub("\n", _BLANKS.sub(" ", unicodedata.normalize("NFKC", "".join(kept)))).strip()


def is_hidden(char: str) -> bool:
    """Whether nobody sees this character, or it only changes how others look."""
    code = ord(char)
    return (
        unicodedata.category(char) in _HIDDEN or char in _FILLERS or any(code in selector for selector in _VARIATIONS)
    )


def cleaned(text: str) -> str:
    """A text of the record as it may be read, quoted and shown. Cleaning what is clean changes nothing."""
    text = visible(text[: 4 * LONGEST])
    for _ in range(3):  # what is taken out may join what stood around it
        before, text = text, visible(_without_addresses(text))
        if text == before:
            break
    return text[:LONGEST].rstrip()


def _without_addresses(text: str) -> str:
    if not any(sign in text for sign in "@./:<[(&"):
        return text
    text = visible(html.unescape(text)) if "&" in text else text
    text = _SLACK_MENTION.sub(_MENTION, text)
    text = _SLACK_LINK.sub(_LINK, text)
    text = _MARKDOWN_LINK.sub(rf"\1 {_LINK}", text)
    text = _TAG.sub("", text)
    text = _SHOUT.sub(_MENTION, text)
    return _ADDRESS.sub(_LINK, text)


def has_markup(text: str) -> bool:
    """Whether a text carries anything that `cleaned` would take out, or marks that a chat turns into looks."""
    return cleaned(text) != " ".join(text.split()) or bool(re.search(r"[<>`|*_~\[\]{}@#\\^=]|://|\n", text))


def quotable(text: str) -> str:
    """The form in which a quote and its source are compared: cleaned, on one line, typographic marks made plain."""
    return " ".join(cleaned(text).translate(_PLAIN).split())


_PLAIN = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "’": "'", "‘": "'", "‚": "'", "–": "-", "—": "-", "‑": "-"}
)
