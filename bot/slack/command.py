"""A row of the table of commands."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.audience import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One thing to ask. `slash` carries it in Slack; every verb also works as `@Steward verb ...` and in a DM.

    `handler` names the ask that it becomes (`asks.py`), which `answers.py` turns into a message; `example` is typed
    after the slash command or the mention. The overview shows `brief` under `group`, or without one the verb alone at
    its end; a command's own page shows `help`.
    """

    slash: str = "/account"
    verb: str
    aliases: tuple[str, ...] = ()
    arguments: str
    help: str
    needs: Role
    handler: str
    example: str
    group: str
    brief: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        return (self.verb, *self.aliases)
