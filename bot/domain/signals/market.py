"""Risks that lie in the contract and the market: renewals that stand still, vendors that are being weighed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from bot.domain.days import written
from bot.domain.policy import SignalPolicy
from bot.domain.terms import RenewalDates

from .facts import Clear, Evidence, Finding, NoData, Note, RenewalWork, Signal, count, excerpt


def renewal(renewals: Sequence[RenewalWork] | None, policy: SignalPolicy, today: date) -> Finding:
    """F13: a contract lapsed, a renewal that nobody works on or that stands still, a notice deadline that passed."""
    dated = [one for one in renewals or () if one.dates.ends_on is not None]
    if not dated:
        return NoData("renewal", "no contract with an end date is known; add start and end")
    risks = [risk for one in dated if (risk := _renewal_risk(one, policy, today))]
    if not risks:
        nearest = min(dated, key=lambda one: one.dates.ends_on or today)
        return Clear("renewal", nearest.dates.sentence)
    return max(risks, key=lambda risk: risk.severity)


def _renewal_risk(work: RenewalWork, policy: SignalPolicy, today: date) -> Signal | None:
    dates, rules = work.dates, policy.renewal
    contract = Evidence("contract", work.contract_id, dates.ends_on)
    if dates.state == "lapsed":
        return Signal("renewal", 5, dates.sentence, (contract,))
    if dates.days_left is None or dates.days_left > rules.window_days or dates.state == "not started":
        return None
    if work.opportunity_id is None:
        severity = 4 if dates.state == "notice passed" or dates.days_left <= rules.stalled_days else 3
        return Signal("renewal", severity, f"No renewal is open. {dates.sentence}", (contract,))
    stage = Evidence("opportunity", work.opportunity_id, work.stage_since, work.stage)
    if work.stage_since and (still := (today - work.stage_since).days) >= rules.stalled_days:
        sentence = f"The renewal has stood in “{work.stage or 'its stage'}” for {still} days; {_left(dates)}."
        return Signal("renewal", 3, sentence, (stage, contract))
    if dates.state == "notice passed":
        return Signal("renewal", 2, dates.sentence, (contract, stage))
    return None


def _left(dates: RenewalDates) -> str:
    return f"{count(dates.days_left or 0, 'day')} to the {'notice deadline' if dates.leads == 'notice' else 'end'}"


def competitor(notes: Sequence[Note] | None, policy: SignalPolicy, today: date) -> Finding:
    """F4: a recent note in which another vendor is being weighed.

    A name alone is no signal (it may be a partner), nor is a weighing that the note denies ("not evaluating Globex") or
    that lies behind ("switching from Globex to us").
    """
    since = today - timedelta(days=policy.notes.window_days)
    recent = [note for note in notes or () if since <= note.on <= today]
    if not recent:
        return NoData("competitor", f"no notes of the last {policy.notes.window_days} days; log what the customer says")
    lists = [_phrases(words) for words in (policy.competitors, policy.evaluation_words, policy.evaluation_alone)]
    found = [
        Evidence("interaction", note.id, note.on, quote)
        for note in sorted(recent, key=lambda note: (note.on, note.id), reverse=True)
        if (quote := _weighing(note.text, *lists))
    ]
    if not found:
        return Clear("competitor", f"No competitor is being weighed in {count(len(recent), 'note')}.")
    return Signal(
        "competitor", 4, f"Another vendor is being weighed: “{found[0].quote}” ({written(found[0].on)}).", tuple(found)
    )


_DENIED = re.compile(
    r"(?:\b(?:not|never|no longer|stopped|without|nobody|no)|n['’]t)\s+(?:\w+\s+){0,2}$", re.IGNORECASE
)
_BEHIND = re.compile(r"\b(?:from|replaced|left|instead of)\s+$", re.IGNORECASE)
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n+")


@dataclass(frozen=True, slots=True)
class _Phrases:
    """Whole words or phrases, any case. `needles` are what a text must hold for any of them to be there."""

    pattern: re.Pattern[str]
    needles: tuple[str, ...]

    def found(self, sentence: str, unless_after: re.Pattern[str]) -> int | None:
        """Where the first one stands that does not follow a word that takes it back."""
        matches = self.pattern.finditer(sentence)
        return next((one.start() for one in matches if not unless_after.search(sentence[: one.start()])), None)

    def may_be_in(self, lowered: str) -> bool:
        return any(needle in lowered for needle in self.needles)


@lru_cache(maxsize=64)
def _phrases(words: tuple[str, ...]) -> _Phrases:
    phrases = "|".join(r"\s+".join(map(re.escape, word.split())) for word in sorted(words, key=len, reverse=True))
    pattern = re.compile(rf"(?<!\w)(?:{phrases or '(?!)'})(?!\w)", re.IGNORECASE)
    return _Phrases(pattern, tuple(max(word.lower().split(), key=len) for word in words))


def _weighing(text: str, names: _Phrases, words: _Phrases, alone: _Phrases) -> str | None:
    """The sentence that shows it: a competitor's name and a word of weighing together, or a telling phrase."""
    lowered = text.lower()
    if not names.may_be_in(lowered) and not alone.may_be_in(lowered):
        return None
    for sentence in _SENTENCE_END.split(text):
        at = alone.found(sentence, _DENIED)
        if at is None and (named := names.found(sentence, _BEHIND)) is not None:
            # A vendor called "Switch" does not weigh itself.
            at = named if words.found(names.pattern.sub(" ", sentence), _DENIED) is not None else None
        if at is not None:
            return excerpt(sentence, at)
    return None
