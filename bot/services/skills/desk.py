"""The use cases about skills behind one door: their manuals, a model if there is one, and where runs are kept."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.domain.audience import Audience
from bot.services.errors import NotFound, StewardError
from bot.services.lookup import require_internal
from bot.services.results import AccountCard
from bot.services.results.skills import SkillDraft, SkillLine
from bot.services.skills.draft import Moment, Wish, draft_skill
from bot.storage.database import Database
from skills.manual import ManualError
from skills.model import Model
from skills.registry import Loaded, Registry, UnknownSkill
from skills.runner import DEADLINE, Progress


@dataclass(frozen=True)
class Drafting:
    """What drafts are written with. `model` None writes all by rules; `keep_text` logs what was shown."""

    registry: Registry = field(default_factory=Registry)
    model: Model | None = None
    deadline: float = DEADLINE
    keep_text: bool = False


@dataclass(frozen=True)
class Skills:
    """All may raise StewardError."""

    database: Database
    drafting: Drafting
    at: Moment

    def draft(
        self,
        audience: Audience,
        card: AccountCard,
        account_id: int,
        name: str,
        *,
        days: int | None = None,
        progress: Progress | None = None,
    ) -> SkillDraft:
        """A draft for the asker's eyes, in tenths of a second, or within the deadline when a model writes: never call
        it on an event loop's thread."""
        loaded = self.loaded(name)
        if "window-days" not in loaded.manual.metadata:
            raise NotFound(f"`{name}` is not drafted this way; it has a command of its own.")
        wish = Wish(card, account_id, days, self.drafting.deadline, progress)
        return draft_skill(
            self.database, audience, loaded, wish, self.at,
            model=self.drafting.model, keep_text=self.drafting.keep_text,
        )  # fmt: skip

    def loaded(self, name: str) -> Loaded:
        """A skill with its manual as it is now. Raises NotFound, and StewardError for one that cannot be used."""
        try:
            return self.drafting.registry.get(name)
        except UnknownSkill as wrong:
            raise NotFound(str(wrong)) from None
        except ManualError as wrong:
            raise StewardError(str(wrong)) from None

    def listed(self, audience: Audience) -> tuple[SkillLine, ...]:
        """Every skill, and what is wrong with its newest edit."""
        require_internal(audience)
        return tuple(self._line(name) for name in self.drafting.registry.names)

    def _line(self, name: str) -> SkillLine:
        one = self.loaded(name)
        return SkillLine(
            name=name,
            title=one.manual.metadata.get("title", name.capitalize()),
            description=one.manual.description,
            version=one.manual.version,
            folder=str(one.folder),
            problem=one.problem,
        )
