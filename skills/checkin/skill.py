"""A check-in message to a customer, from what they may see. A person sends it."""

from __future__ import annotations

from skills.contract import Facts, Pack, Section, WireDraft
from skills.outline import Days, Part, filled, gathered

_PLAN = (
    Part("since", 3, topics=None),
    Part("promises", 4, states=("open", "late", "kept")),
)


class Checkin:
    name = "checkin"
    sections = (
        Section(key="since", title="Since we last spoke", room=3),
        Section(key="promises", title="What we owe each other", room=4),
    )

    def gather(self, given: Days, facts: Facts) -> Pack:
        return gathered(facts, given.days).for_customer()

    def compose(self, pack: Pack) -> WireDraft:
        return filled(pack, _PLAN)


SKILL = Checkin()
