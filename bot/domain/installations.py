"""The workspaces that installed Steward, where one process serves several."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from pydantic import SecretStr

_TEAM: Final = re.compile(r"T[A-Z0-9]{1,30}")


class State(StrEnum):
    """What became of an installation. Only an active one is served."""

    ACTIVE = "active"
    FROZEN = "frozen"
    """Uninstalled: its tokens are erased, its data is kept, and nobody can ask for it until it is installed again."""
    ERASING = "erasing"
    """Uninstalled, and its data is being removed; begun again if that dies."""
    ERASED = "erased"


@dataclass(frozen=True, slots=True)
class Tokens:
    """What speaks for the bot in one workspace. With rotation it ends at `ends_at`; `refresh` gets the next."""

    bot: SecretStr
    refresh: SecretStr | None = None
    ends_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Grant:
    """What Slack says when somebody has installed the app."""

    team_id: str
    team_name: str
    app_id: str
    bot_id: str
    bot_user_id: str
    scopes: tuple[str, ...]
    installed_by: str
    tokens: Tokens


@dataclass(frozen=True, slots=True)
class Installation:
    """One workspace in the registry; its tokens are asked for by themselves."""

    team_id: str
    team_name: str
    state: State
    bot_user_id: str
    scopes: tuple[str, ...]
    installed_by: str
    installed_at: datetime
    ended_at: datetime | None
    version: int
    """Grows with every change of its tokens or state."""

    @property
    def is_active(self) -> bool:
        return self.state is State.ACTIVE


def is_team_id(text: str) -> bool:
    """Whether this is the id of a workspace: nothing else ever becomes part of a path or of a database's name."""
    return _TEAM.fullmatch(text) is not None
