"""What the first words of a log entry say about its kind. What is recognised is echoed; nothing is made of the rest."""

from __future__ import annotations

import re

_NOUNS = {
    "call": "call",
    "phone call": "call",
    "video call": "call",
    "meeting": "meeting",
    "visit": "meeting",
    "email": "email",
    "e-mail": "email",
    "mail": "email",
    "message": "message",
    "chat": "message",
    "note": "note",
}
_VERBS = {
    **dict.fromkeys(("called", "phoned", "rang", "spoke", "talked"), "call"),
    **dict.fromkeys(("met", "visited"), "meeting"),
    **dict.fromkeys(("emailed", "e-mailed", "mailed"), "email"),
    **dict.fromkeys(("messaged", "texted", "chatted"), "message"),
}
_NOUN = "|".join(sorted(_NOUNS, key=len, reverse=True))
_MARKED = re.compile(rf"({_NOUN})\s*(?::|\s[-–—]\s)\s*(?=\S)", re.IGNORECASE)
_SAID = re.compile(rf"({_NOUN})\s+(?:with|about|from|to|in|at|on)\b", re.IGNORECASE)
_FIRST = re.compile(r"[\w-]+")


def kind_of(text: str) -> tuple[str | None, str]:
    """The kind that the beginning names, and the text without a mark like `call:`.

    "meeting with Ana" and "talked to Ana" are left whole; "call Ana back" says nothing of what has happened.
    """
    if marked := _MARKED.match(text):
        return _NOUNS[marked.group(1).casefold()], text[marked.end() :]
    if said := _SAID.match(text):
        return _NOUNS[said.group(1).casefold()], text
    first = _FIRST.match(text)
    return _VERBS.get(first.group().casefold()) if first else None, text
