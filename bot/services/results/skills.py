"""What a skill drafted: sections of points, each with what it rests on."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from bot.services.results.base import AccountId, Result


class Source(Result):
    """A text of the record that a point rests on. `link` leads to where it was said, when that is kept."""

    id: str
    entity_id: str
    kind: str
    at: datetime
    who: str | None
    text: str
    link: str | None
    internal: bool


class Figure(Result):
    """A figure, as it is shown."""

    key: str
    label: str
    shown: str
    before: str | None
    definition: str
    internal: bool


class DraftPoint(Result):
    """One point: words, figures, or a quote with who said it (`sources` has it first)."""

    text: str
    quote: str | None
    figures: tuple[Figure, ...]
    sources: tuple[Source, ...]
    internal: bool
    cautions: tuple[str, ...] = ()


class DraftSection(Result):
    key: str
    title: str
    points: tuple[DraftPoint, ...]


class SkillDraft(Result):
    """A draft of a skill about one account. `withheld` says how many points were dropped and why; `note` who wrote it.

    `letter` is a message to the customer, for a person to change and send; only what they may see has one. `problem` is
    what is wrong with the newest edit of the skill's manual, which is then not in use.
    """

    run: str
    skill: str
    title: str
    account_id: AccountId
    account: str
    period: str
    for_customer: bool
    sections: tuple[DraftSection, ...]
    missing: tuple[str, ...]
    withheld: str | None
    letter: str | None
    written_by: Literal["model", "rules"]
    note: str
    version: str
    problem: str | None
    as_of: datetime

    @property
    def is_empty(self) -> bool:
        return not any(section.points for section in self.sections)


class SkillLine(Result):
    """One skill in a list of them; `problem` is what is wrong with the newest edit."""

    name: str
    title: str
    description: str
    version: str
    folder: str
    problem: str | None
