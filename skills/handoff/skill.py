"""A hand-over: what a colleague has to know who never heard of this customer."""

from __future__ import annotations

from skills.compose import Topic
from skills.contract import Facts, Pack, Section, WireDraft
from skills.outline import Days, Part, filled, gathered

_PLAN = (
    Part("stand", 6, metrics=("arr", "term", "health", "usage", "tickets", "nps", "csat", "touch")),
    Part("promised", 6, states=("open", "missed")),
    Part("decided", 5, topics=(Topic.DECISION, Topic.RENEWAL, Topic.PRICE, Topic.DEADLINE)),
    Part("people", 4, topics=(Topic.PEOPLE,)),
    Part("goals", 5, topics=(Topic.GOAL, Topic.GROWTH, Topic.REQUEST, Topic.VALUE)),
    Part("hurts", 5, topics=(Topic.RISK, Topic.INCIDENT, Topic.COMPETITOR)),
    Part("history", 5, topics=None),
)


class Handoff:
    name = "handoff"
    sections = (
        Section(key="stand", title="Where it stands", room=6),
        Section(key="promised", title="Promised, by us and by them", room=6),
        Section(key="decided", title="Decided", room=5),
        Section(key="people", title="People", room=4),
        Section(key="goals", title="What they are after", room=5),
        Section(key="hurts", title="Where it hurts", room=5),
        Section(key="history", title="What else happened", room=5),
    )

    def gather(self, given: Days, facts: Facts) -> Pack:
        return gathered(facts, given.days)

    def compose(self, pack: Pack) -> WireDraft:
        return filled(pack, _PLAN)


SKILL = Handoff()
