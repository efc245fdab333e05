"""What stands for a text where there is room for one line."""

from __future__ import annotations

_SALUTATION = 40


def first_line(*texts: str | None) -> str | None:
    """The first line that says something of each text, joined: a subject and how the text begins."""
    return ": ".join(dict.fromkeys(line for line in map(_telling, texts) if line)) or None


def _telling(text: str | None) -> str | None:
    """The first line that is no salutation ("Hi Nisha,"), unless there is nothing else."""
    lines = [line.strip() for line in (text or "").splitlines() if line.strip()]
    greets = len(lines) > 1 and len(lines[0]) < _SALUTATION and lines[0].endswith((",", "!", ":", "，"))
    return lines[1] if greets else lines[0] if lines else None
