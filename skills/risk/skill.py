"""Why an account is at risk: the signals, what was said, and what speaks against it."""

from __future__ import annotations

from skills.compose import Topic
from skills.contract import Facts, Pack, Section, WireDraft
from skills.outline import Days, Part, filled, gathered

_THREATS = (Topic.RISK, Topic.COMPETITOR, Topic.INCIDENT, Topic.PEOPLE, Topic.PRICE, Topic.RENEWAL, Topic.DECISION)
_PLAN = (
    Part("signals", 8, topics=None, metrics=("health", "usage", "tickets"), kinds=("signal",)),
    Part("voices", 7, topics=_THREATS),
    Part("promises", 4, states=("late", "missed"), by="us"),
    Part("calm", 4, topics=(Topic.VALUE, Topic.GROWTH), metrics=("nps", "csat")),
)


class Risk:
    name = "risk"
    sections = (
        Section(key="signals", title="Signals", room=8, internal=True),
        Section(key="voices", title="In their words and ours", room=7, internal=True),
        Section(key="promises", title="Promises that hurt", room=4, internal=True),
        Section(key="calm", title="What speaks against it", room=4, internal=True),
    )

    def gather(self, given: Days, facts: Facts) -> Pack:
        return gathered(facts, given.days)

    def compose(self, pack: Pack) -> WireDraft:
        return filled(pack, _PLAN)


SKILL = Risk()
