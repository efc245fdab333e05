"""Call preparation: what to know before speaking with a customer."""

from __future__ import annotations

from skills.compose import Topic
from skills.contract import Facts, Pack, Section, WireDraft
from skills.outline import Days, Part, filled, gathered

_PLAN = (
    Part("stand", 5, metrics=("term", "health", "usage", "tickets", "nps", "csat", "touch")),
    Part("promised", 4, states=("open", "missed")),
    Part("mind", 5, topics=(Topic.RISK, Topic.COMPETITOR, Topic.INCIDENT, Topic.PEOPLE, Topic.PRICE, Topic.RENEWAL)),
    Part("wants", 4, topics=(Topic.REQUEST, Topic.GOAL, Topic.GROWTH, Topic.DEADLINE)),
    Part("recent", 5, topics=None),
)


class Brief:
    name = "brief"
    sections = (
        Section(key="stand", title="Where they stand", room=5),
        Section(key="promised", title="Promised", room=4),
        Section(key="mind", title="Mind this", room=5),
        Section(key="wants", title="What they want", room=4),
        Section(key="recent", title="What happened lately", room=5),
    )

    def gather(self, given: Days, facts: Facts) -> Pack:
        return gathered(facts, given.days)

    def compose(self, pack: Pack) -> WireDraft:
        return filled(pack, _PLAN)


SKILL = Brief()
