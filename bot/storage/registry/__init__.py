"""Which workspaces installed Steward, with their tokens under seal: a small database of its own, beside those of the
workspaces, with migrations of its own."""

from __future__ import annotations

from bot.storage.registry.registry import SCRIPTS, Event, Registry
from bot.storage.registry.seal import Seal, SealError, new_key

__all__ = ["SCRIPTS", "Event", "Registry", "Seal", "SealError", "new_key"]
