"""How the installation stands."""

from __future__ import annotations

from typing import Literal

from bot.services.results.base import Result


class Check(Result):
    """One line of `steward doctor`: what was checked, how it stands, and what to do when it does not."""

    name: str
    state: Literal["ok", "warning", "error"]
    sentence: str
