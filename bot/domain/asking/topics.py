"""Questions about what was said: the topic is cut out before anything else is read, for it may hold any word."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .amounts import GONE
from .said_spans import find
from .words import MARK, Masked

_SAYING = (
    r"\b(?:say|says|said|saying|mention(?:s|ed)?|complain(?:s|ed|ing)?|complaints?|discuss(?:ed|ing|ions?)?|"
    r"talk(?:s|ed|ing)?|spoken?|speak|ask(?:ed|ing)?|wr[io]te|written|notes?|conversations?|e?mails?|calls?|meetings?|"
    r"anything|something|everything|stuff|feedback|comments?|remarks?|heard?|told|tell us|raised?|raising|search|"
    r"find|objections?|concerns?|"
    r"think|thinks|thinking|thoughts?|opinions?|views?|feel(?:s|ing)?|happy|unhappy|excited|upset|angry|annoyed|"
    r"react(?:ed|ion)?|"
    r"quotes?|news|wants?|gesagt|erzählt|sagt)\b"
)
_ABOUT = (
    r"(?:about|regarding|concerning|with regards? to|in regards? to|around|"
    r"(?:on|to) the (?:topic|subject|matter)(?: of)?|über)"
)
_TOPICS: tuple[re.Pattern[str], ...] = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?P<head>.*{_SAYING}.*?)\b{_ABOUT}\b(?: {_ABOUT})? (?P<tail>.+)",
        r"(?P<head>.*\b(?:notes?|conversations?|e?mails?|calls?|meetings?|discussions?|feedback|comments?|quotes?|"
        r"said|say|"
        r"thoughts?|opinions?|views?|position|stance|anything)\b(?: (?:(?:from|of|by|with|at) )?‹\d+›)?) (?:on|for|"
        r"zu|re) (?P<tail>.+)",
        r"(?P<head>.*\b(?:search(?:ing)?|look)(?: the)?(?: notes?| conversations?)?) for (?P<tail>.+)",
        r"(?P<head>.*\bask(?:s|ed|ing)?) for (?P<tail>.+)",
        r"(?P<head>.*\b(?:mentions?(?: of)?|mentioned|mentioning|discuss(?:ed)?|raise|raised|bring(?:s|ing)? up|"
        r"brought up|erwähnt|requested)) (?P<tail>.+)",
        r"(?P<head>(?:was|were|has|have|is) )(?P<tail>.+?)(?= (?:been )?(?:discussed|mentioned|raised|brought up|"
        r"come up|talked about)\b)",
        r"(?P<head>was (?:hat|haben|sagt|sagen)\b.*) (?:zu|zum|zur) (?P<tail>.+?)(?: gesagt| gemeint|"
        r" geschrieben)?[ ?!;,]*$",
    )
)  # fmt: skip
_WHO = re.compile(r"\b(?:from|with|at|by|to|in|for|bei|von|mit) (‹\d+›)")
_BEFORE = re.compile(r"^(?:(?:the|a|an|our|their|its|his|her|any|some|to|us|that|there|being|getting)\b ?)+")
_AFTER = re.compile(
    r"(?: ?\b(?:lately|recently|please|pls|at all|yet|so far|again|before|ever|too|as well|now)| ?[?!;,·])+$"
)


@dataclass(frozen=True, slots=True)
class Topic:
    """The topic, and the line without it."""

    text: str
    rest: str


def topic_in(line: str, masked: Masked) -> Topic | None:
    """What the line asks to be looked for; None when it asks for nothing said."""
    for pattern in _TOPICS:
        if (match := pattern.search(line)) is not None:
            found = _cut(f"{match['head']}{line[match.end() :]}", match["tail"], masked)
            if found is not None:
                return found
    return None


def about(line: str, masked: Masked) -> Topic | None:
    """The topic of "and about pricing?", which only a question about something said can be followed by."""
    match = re.fullmatch(r"(?P<head>(?:and|what|how|or|also| )*)\b(?:about|regarding|on) (?P<tail>.+)", line)
    return _cut(match["head"], match["tail"], masked) if match else None


def _cut(head: str, tail: str, masked: Masked) -> Topic | None:
    rest = head
    while (span := find(tail)) is not None:
        before, _, after = span[1].partition("·")
        phrase_at = tail[len(before) - 1 : len(tail) - len(after) + 1]
        rest, tail = f"{rest} · {phrase_at.strip()} ·", f"{before} {after}"
    while (who := _WHO.search(tail)) is not None and masked.names[int(who[1][1:-1])].kind in (
        "account",
        "member",
        "segment",
    ):
        rest, tail = f"{rest}{GONE}{who[1]}", f"{tail[: who.start()]} {tail[who.end() :]}"
    text = MARK.sub(lambda mark: masked.names[int(mark[1])].text, " ".join(tail.replace("·", " ").split()))
    text = _AFTER.sub("", _BEFORE.sub("", text.strip(" ?!;,"))).strip(" ?!;,")
    only_name = MARK.fullmatch(" ".join(tail.split()).strip(" ?!;,"))
    if only_name and masked.names[int(only_name[1])].kind is not None:
        return None
    return Topic(text[:120], rest) if text else None
