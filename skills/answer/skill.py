"""An answer in two sentences, from passages about a topic that were found in one account's record."""

from __future__ import annotations

from datetime import date

from skills.contract import Facts, Frozen, Pack, Period, Section, WireDraft
from skills.outline import Days, Part, filled, gathered


class Found(Frozen):
    """What was asked about, and the rows of the record whose passages answer it, none older than `since`."""

    topic: str
    entity_ids: frozenset[str]
    since: date


class Answer:
    name = "answer"
    sections = (Section(key="answer", title="In short", room=2),)

    def gather(self, given: Found | Days, facts: Facts) -> Pack:
        """Those passages and nothing beside them; or all of the last so many days, as evals ask."""
        if isinstance(given, Days):
            return gathered(facts, given.days)
        period = Period(start=given.since, end=facts.today, label=f"what was said about “{given.topic}”")
        subject = facts.subject()
        return Pack(
            account_id=subject.account_id,
            account=subject.name,
            known_names=subject.known_names,
            topic=given.topic,
            period=period,
            today=facts.today,
            evidence=tuple(one for one in facts.evidence(period) if one.entity_id in given.entity_ids),
        )

    def compose(self, pack: Pack) -> WireDraft:
        return filled(pack, (Part("answer", 2, topics=None),))


SKILL = Answer()
