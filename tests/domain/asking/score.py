"""How many questions of a file are read exactly: `python -m tests.domain.asking.score held_out`.

Of a file that the parser must not be made with, this prints the score and wrong accounts, never what else went wrong.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable

from bot.domain.names import fold
from tests.domain.asking.phrasings import Phrasing, Slots, heard, known, phrasings, roster


def exact(asked: Iterable[Phrasing]) -> tuple[list[Phrasing], list[Phrasing]]:
    """Those that are read exactly, and those that are not."""
    names = known()
    right: list[Phrasing] = []
    wrong: list[Phrasing] = []
    for one in asked:
        (right if heard(one.turns, names) == one.want else wrong).append(one)
    return right, wrong


def wrong_accounts(asked: Iterable[Phrasing]) -> list[tuple[str, ...]]:
    """What names an account, to the letter, that nobody asked about."""
    names, accounts = known(), {fold(name) for name in roster()["accounts"]}
    return [one.turns for one in asked if (named(heard(one.turns, names)) & accounts) - named(one.want)]


def named(every: tuple[Slots, ...]) -> set[str]:
    """The accounts that questions name, folded."""
    return {fold(name) for slots in every for name in (*slots.get("accounts", "").split("+"), slots.get("account", ""))}


if __name__ == "__main__":
    for file in sys.argv[1:]:
        asked = list(phrasings(f"{file}.csv"))
        right = len(exact(asked)[0])
        score = f"{right} of {len(asked)} exact, {right / len(asked):.1%}"
        sys.stdout.write(f"{file}: {score}; wrong accounts: {wrong_accounts(asked)}\n")
