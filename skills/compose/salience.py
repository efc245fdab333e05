"""How much a sentence of the record matters."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from skills.compose.lexicon import Topic, signs_of
from skills.contract import Evidence
from skills.gates.words import WORD, words_of

_KINDS = {"meeting": 1.15, "call": 1.1, "survey": 1.1, "escalation": 1.4, "ticket": 0.9, "message": 0.95}
_PLEASANTRY = re.compile(
    r"^(?:hi|hello|dear|hallo|liebe|bonjour|hola|thanks|thank you|best|kind regards|regards|cheers|viele grüße|"
    r"cordialement|saludos)\b.{0,60}$",
    re.IGNORECASE,
)
_SMALL_TALK = re.compile(
    r"\b(?:weather|lunch|coffee|holidays?|football|birthday|small talk|parking|canteen|greetings|regards|newsletter|"
    r"webinar|agenda|slides?|minutes of|invitations?|calendar|nothing new|as usual|as it was|as it is|"
    r"could not join|(?:none|nothing|no) (?:was |is |were )?(?:urgent|open|news|surprises)|answering machine|"
    r"how (?:the team|everybody|things|you) (?:is|are)|speak (?:again|later)|talk later|quick (?:hello|reply)|"
    r"on the (?:train|phone|way)|audio|wetter|mittagessen|urlaub|gru(?:ß|ss)|tagesordnung|météo|déjeuner|vacances|"
    r"ordre du jour|tiempo|almuerzo|vacaciones|saludos)\b",
    re.IGNORECASE,
)
_TURN = re.compile(
    r"\b(?:unless|only|instead|no longer|already|because|for the second time|still|until|if we|nobody|never|"
    r"nur|sondern|weil|erst|nicht mehr|sauf|seulement|parce que|salvo|solo|porque)\b",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_HANGING = re.compile(
    r"(?:it|that|this|not|then|there|so|and|but|he|she|they|es|das|sie|er|cela|il|elle|eso|esto)\b", re.IGNORECASE
)
"""How a sentence begins that needs the one before it, if it says little else."""
_TELLING = 5
_SECOND = 2.0
"""How strong a further topic must be to count."""
_LONG = 48
FLOOR = 0.6
"""What an old sentence keeps of its weight: an event stays one."""


class Scored(NamedTuple):
    """A sentence worth looking at, whatever its age."""

    kind: str
    entity_id: str
    sentence: str
    topics: tuple[Topic, ...]
    weight: float


class Point(NamedTuple):
    """A sentence of a pack: its evidence, what it is about (the first topic leads), its words, its score."""

    evidence: Evidence
    sentence: str
    topics: tuple[Topic, ...]
    words: frozenset[str]
    score: float

    @property
    def topic(self) -> Topic:
        return self.topics[0]


def weigh(sentence: str) -> tuple[tuple[Topic, ...], float]:
    """What a sentence is about, strongest first, and how strongly it says so; nothing and 0 for small talk."""
    found = WORD.findall(sentence)
    if len(found) < 3 or _PLEASANTRY.match(sentence):
        return (), 0.0
    strength: dict[Topic, float] = {}
    for word in found:
        for sign in signs_of(word):
            most = strength.get(sign.topic, 0.0)
            strength[sign.topic] = max(most, float(sign.weight)) + (0.25 if most else 0.0)
    if not strength:
        return (), 0.0
    ordered = sorted(strength, key=lambda topic: (-strength[topic], topic.value))
    weight = sum(strength[topic] * 0.5**place for place, topic in enumerate(ordered[:4]))
    if _DIGIT.search(sentence):
        weight *= 1.08
    if any(word[0].isupper() for word in found[1:]):
        weight *= 1.08
    if len(found) > _LONG:
        weight *= 0.7
    if _TURN.search(sentence):
        weight *= 1.15
    if _SMALL_TALK.search(sentence):
        weight *= 0.3
    if _HANGING.match(sentence) and len(words_of(sentence)) < _TELLING:
        weight *= 0.6
    return (ordered[0], *(topic for topic in ordered[1:] if strength[topic] >= _SECOND)), weight


def standing(one: Evidence) -> float:
    """What the evidence adds to its sentences: its kind, how severe it is, who speaks."""
    return _KINDS.get(one.kind, 1.0) * (1 + 0.12 * one.severity) * (1 + 0.08 * one.seniority)


def freshness(one: Evidence, today: date, half_life: float) -> float:
    age = max(0, (today - one.at.date()).days)
    return float(FLOOR + (1 - FLOOR) * 0.5 ** (age / half_life))


def point(scored: Scored, evidence: Evidence, today: date, half_life: float) -> Point:
    score = scored.weight * standing(evidence) * freshness(evidence, today, half_life)
    return Point(evidence, scored.sentence, scored.topics, words_of(scored.sentence), score)
