"""The shell: `steward ...`. Every verb of Slack, plus what an administrator needs."""

from bot.cli.main import main

__all__ = ["main"]
