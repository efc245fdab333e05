"""From typed text to reminders and promises: who, what in quotes, then when. Pure.

Without quotes the time is the longest ending that is one, and an account may lead.
"""

from __future__ import annotations

import re

from bot.domain.when.phrases import split_when
from bot.services.errors import BadInput
from bot.slack.asks import By, MyReminders, Promises, PromiseTo, Remind, WhyReminded
from bot.slack.words import Word, split, unescape

Own = Remind | MyReminders | PromiseTo | Promises | WhyReminded

HERE = "here"
_CHANNEL = re.compile(r"<#([CG][A-Z0-9]{2,20})(?:\|([^<>]*))?>")
_CHANNEL_ID = re.compile(r"#[CG][A-Z0-9]{2,20}")
_USER_ID = re.compile(r"@[UW][A-Z0-9]{2,20}")
_US = {"us", "everyone", "everybody", "team"}
_LEADING = {"to", "that", "about", "of"}
_INTO = {"for", "in", "to"}
_THEM = {"them", "they", "theirs"}
_WE = {"us", "we", "ours"}
_LONGEST_NAME = 200


def read_own(verb: str, typed: str, without: str | None = None) -> Own:
    """What is asked for with one of the verbs about reminders; `typed` is as Slack sent it, with the verb."""
    labels = dict(_CHANNEL.findall(typed))
    words = split(unescape(_CHANNEL.sub(r"#\1", typed), without))
    while words and words[0].key.strip(":").lstrip("/") not in (verb, ""):
        words.pop(0)
    words = words[1:]
    match verb:
        case "remind":
            return _remind(words, labels)
        case "promise":
            return _promise(words, labels)
        case "reminders":
            return MyReminders()
        case "promises":
            return Promises(_name(words))
        case _:
            return WhyReminded(_name(words))


def _remind(words: list[Word], labels: dict[str, str]) -> Remind:
    channel, words = _whom(words)
    aimed, words = _channel(words)
    query, text, after, loose = _parts(words, labels)
    return Remind(text, after, query, aimed or channel, loose=loose)


def _whom(words: list[Word]) -> tuple[str | None, list[Word]]:
    """Me, unless it says otherwise; what leads on to the matter is dropped."""
    channel, keys = None, [word.key for word in words[:2]]
    if keys[:1] == ["me"]:
        words = words[1:]
    elif keys and keys[0] in _US:
        channel, words = HERE, words[1:]
    elif keys in (["the", "channel"], ["this", "channel"]):
        channel, words = HERE, words[2:]
    if words and words[0].key in _LEADING and (len(words) < len(keys) or keys[:1] == ["me"] or channel):
        words = words[1:]
    return channel, words


def _channel(words: list[Word]) -> tuple[str | None, list[Word]]:
    """`for #general`, `in this channel`: where it is to be said, and the words without that."""
    for at, word in enumerate(words):
        if word.key not in _INTO:
            continue
        rest = words[at + 1 :]
        if rest and not rest[0].quoted and _CHANNEL_ID.fullmatch(rest[0].text):
            return rest[0].text[1:], words[:at] + rest[1:]
        if [one.key for one in rest[:2]] in (["this", "channel"], ["the", "channel"]):
            return HERE, words[:at] + rest[2:]
    return None, words


def _parts(words: list[Word], labels: dict[str, str]) -> tuple[str | None, str, str, bool]:
    """(account, matter, time, whether an account may lead the matter)."""
    quoted = [at for at, word in enumerate(words) if word.quoted]
    if not quoted:
        text = _joined(words, labels)
        about, when = split_when(text)
        return None, *((about, when) if when else _time_first(text)), True
    first = quoted[0]
    if len(quoted) > 1 and quoted[1] == first + 1 and first == 0:  # "Acme Corp" "send pricing" tomorrow
        return words[0].text, _labelled(words[1].text, labels), _joined(words[2:], labels), False
    before, after = words[:first], words[first + 1 :]
    return _name(before), _labelled(words[first].text, labels), _joined(after, labels), False


def _time_first(text: str) -> tuple[str, str]:
    """`in 5 minutes to call Ana`: what follows the time and a "to". Without a time the whole text is the matter."""
    for found in re.finditer(r" (?:to|that) ", text):
        about, when = split_when(text[: found.start()])
        if when and not about:
            return text[found.end() :], when
    return text, ""


def _promise(words: list[Word], labels: dict[str, str]) -> PromiseTo:
    owner, words = _owner(words)
    query, quote, after, loose = _parts(words, labels)
    by: By = "us"
    kept = []
    for word in after.split():
        if word.casefold().strip(",") in _THEM:
            by = "them"
        elif word.casefold().strip(",") not in _WE:
            kept.append(word)
    return PromiseTo(quote, " ".join(kept), query, owner, by, loose=loose)


def _owner(words: list[Word]) -> tuple[str | None, list[Word]]:
    """`owner @maya`: who of us owes it, and the words without that."""
    for at, word in enumerate(words):
        if word.key.rstrip(":") in {"owner", "by"} and at + 1 < len(words) and _USER_ID.fullmatch(words[at + 1].text):
            return words[at + 1].text, words[:at] + words[at + 2 :]
    return None, words


def _name(words: list[Word]) -> str | None:
    text = " ".join(word.text for word in words).strip()
    if len(text) > _LONGEST_NAME:
        raise BadInput("That is too long to be a name. A word or two will do, and the rest in quotes.")
    return text or None


def _joined(words: list[Word], labels: dict[str, str]) -> str:
    return _labelled(" ".join(f'"{word.text}"' if word.quoted else word.text for word in words), labels)


def _labelled(text: str, labels: dict[str, str]) -> str:
    """Channels by the names that people typed."""
    return re.sub(r"#([CG][A-Z0-9]{2,20})\b", lambda found: f"#{labels.get(found[1]) or found[1]}", text)
