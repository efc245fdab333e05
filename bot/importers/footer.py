"""Lines below a table that are no records: totals and notices."""

from __future__ import annotations

import re

_NOTICE = re.compile(
    r"^(copyright\b|©|confidential information|generated (by|on|at)\b|report (generated|run)\b|exported (by|on|at)\b|"
    r"end of (report|file)\b|\d+ (rows|records)\b)",
    re.IGNORECASE,
)
_TOTAL = re.compile(
    r"^((grand|sub)[ -]?)?(totals?|summary|summaries|summe|gesamt(summe)?|"
    r"total g[eé]n[eé]ral|somme|totale|totaal|summa|合計|総計)"
    r"\s*([:(=].*)?$",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"^[\d.,'\s€$£¥%()+-]*[A-Z]{0,3}$")


def is_footer(cells: list[str]) -> bool:
    """A notice stands alone in its line; a total has nothing but numbers after it, and blanks where a record has
    words."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    if not filled:
        return False
    if _NOTICE.match(filled[0]):
        return len(filled) <= max(1, len(cells) // 2)
    whole = len(filled) < len(cells) or len(cells) == 1
    return bool(_TOTAL.match(filled[0])) and whole and all(_NUMBER.match(cell) for cell in filled[1:])
