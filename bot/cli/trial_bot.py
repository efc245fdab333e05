"""The bot of a trial: `steward run --socket` by the workspace's clock. `steward try` starts it as a process."""

from __future__ import annotations

from pathlib import Path

import click

from bot.cli.context import one_sentence, settings
from bot.cli.serve import stay_connected
from bot.cli.trial_clock import TrialClock


@click.command()
@click.argument("clock", type=click.Path(path_type=Path))
@one_sentence
def main(clock: Path) -> None:
    """Connect to the workspace of a trial; CLOCK is the file that tells how far its time was moved."""
    stay_connected(settings(), "socket", TrialClock(clock))


if __name__ == "__main__":
    main()
