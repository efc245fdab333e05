"""The parts of a plan that people write: which fields each has, and how what was typed becomes a row.

A form and its checks are both read from these tables, so that they cannot differ.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from bot.services.results.plans import Part

Kind = Literal["line", "text", "day", "choice", "money", "member", "objective", "product", "person"]
LONGEST: Final = {"line": 200, "text": 1000, "money": 40}
VISIBILITY: Final = {"internal": "Only the account team", "client-safe": "The customer may see it"}
ROLES: Final = {
    "economic buyer": "Economic buyer",
    "decision-maker": "Decision maker",
    "sponsor": "Sponsor",
    "champion": "Champion",
    "influencer": "Influencer",
    "detractor": "Detractor",
    "user": "User",
}
STANCES: Final = {
    "2": "Strongly for us",
    "1": "For us",
    "0": "Neutral",
    "-1": "Against us",
    "-2": "Strongly against us",
}


@dataclass(frozen=True, slots=True)
class Field:
    """`name` is the input of the form and, but for money, the column. A choice without a value picked has its first
    value when it is `required`, else none."""

    name: str
    label: str
    kind: Kind = "line"
    required: bool = False
    choices: Mapping[str, str] = field(default_factory=dict)
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Spec:
    """`noun` names one in a sentence; `table` is where its rows are."""

    noun: str
    title: str
    table: str
    fields: tuple[Field, ...]
    removable: bool = True

    def named(self, name: str) -> Field:
        return next(one for one in self.fields if one.name == name)


def _seen(label: str = "Who may see it") -> Field:
    return Field("visibility", label, "choice", required=True, choices=VISIBILITY)


_SERVES = Field("objective_id", "Which objective it serves", "objective")
_WORTH = "With the currency, for example 12,000 EUR"

SPECS: Final[dict[Part, Spec]] = {
    "profile": Spec(
        "the profile",
        "Profile",
        "account_plan",
        (
            Field("why_bought", "Why they bought, in their words", "text"),
            _seen("Who may see why they bought"),
            Field("next_review_on", "Next review of this plan", "day"),
        ),
        removable=False,
    ),
    "objective": Spec(
        "an objective",
        "Objective",
        "objective",
        (
            Field("text", "What they want to reach", "text", required=True),
            Field("measure", "How they measure it", hint="For example: days to close the month"),
            Field("baseline", "Where it stood"),
            Field("target", "Where it should be"),
            Field("due_on", "Until when", "day"),
            Field("agreed_on", "Agreed with the customer on", "day", hint="Empty: our own reading, for us alone."),
            Field(
                "status",
                "How it stands",
                "choice",
                required=True,
                choices={"open": "Open", "met": "Met", "missed": "Missed", "dropped": "No longer wanted"},
            ),
        ),
    ),
    "person": Spec(
        "a person",
        "Person",
        "person",
        (
            Field("name", "Name", required=True),
            Field("title", "Title"),
            Field("role", "Role in decisions about us", "choice", choices=ROLES),
            Field("stance", "How they stand to us", "choice", choices=STANCES),
            Field("left_on", "Left on", "day"),
        ),
        removable=False,
    ),
    "outcome": Spec(
        "value delivered",
        "Value delivered",
        "outcome",
        (
            Field("what", "What they gained", "text", required=True),
            Field("metric", "Measured by"),
            Field("value_before", "Before"),
            Field("value_after", "After"),
            Field("worth", "Worth to them", "money", hint=_WORTH),
            Field("evidence", "Where that is from", "text", hint="A report, a mail, a name"),
            Field("reached_on", "Reached on", "day"),
            Field("confirmed_on", "Confirmed by the customer on", "day"),
            _SERVES,
            _seen(),
        ),
    ),
    "request": Spec(
        "a request",
        "Request",
        "request",
        (
            Field("what", "What they asked for", "text", required=True),
            Field("person_id", "Who asked", "person"),
            Field("asked_on", "Asked on", "day"),
            Field(
                "status",
                "How it stands",
                "choice",
                required=True,
                choices={"open": "Open", "planned": "Planned", "done": "Done", "declined": "Declined"},
            ),
            Field("answer", "Our answer", "text"),
            _seen(),
        ),
    ),
    "idea": Spec(
        "an idea for growth",
        "Growth",
        "growth_idea",
        (
            Field("what", "What could follow, and why they would want it", "text", required=True),
            Field("product_id", "Product", "product"),
            Field("unit", "Team or site", hint="Empty: the account as a whole"),
            Field("worth", "Worth a year", "money", hint=_WORTH),
            Field(
                "state",
                "How it stands",
                "choice",
                required=True,
                choices={
                    "idea": "An idea",
                    "pursued": "We pursue it",
                    "won": "Won",
                    "none": "No potential: we looked",
                },
            ),
            Field("reason", "What speaks for or against it", "text"),
        ),
    ),
    "action": Spec(
        "an action",
        "Action",
        "commitment",
        (
            Field("quote", "What is to be done", "text", required=True),
            Field("metric", "How success is seen", required=True, hint="For example: 20 people trained"),
            Field("by", "Who does it", "choice", required=True, choices={"us": "We do", "them": "The customer does"}),
            Field("owner_id", "Who of us sees to it", "member"),
            Field("due_on", "By when", "day", required=True),
            _SERVES,
            _seen(),
            Field(
                "status",
                "How it stands",
                "choice",
                required=True,
                choices={"open": "Open", "kept": "Done", "missed": "Missed", "cancelled": "No longer needed"},
            ),
        ),
    ),
    "review": Spec(
        "a review",
        "Plan reviewed",
        "plan_review",
        (
            Field("note", "What came of it", "text"),
            Field("next_review_on", "Next review", "day", hint="Empty: none is planned"),
        ),
        removable=False,
    ),
}
PARTS: Final[tuple[Part, ...]] = tuple(SPECS)
