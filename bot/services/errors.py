"""What can go wrong for a person, as one small tree.

    StewardError            the sentence is for the person: what happened and what to do
    ├── BadInput            what was typed cannot be read
    │   └── BadFields       the same, with a sentence for each field of a form
    ├── NotAllowed          the actor may not do that, or the place is not safe for it
    ├── NotFound            nothing of that name
    ├── Stopped             a person asked to stop
    ├── Stale               somebody changed meanwhile what this was about
    ├── Busy                somebody else is at it; try again
    └── Contended           the same for a moment only: an edge tries again where it may wait
Anything else is our fault: the person gets a short id, the log gets the id with the traceback.
"""

from __future__ import annotations

from collections.abc import Mapping


class StewardError(Exception):
    """An expected failure; `sentence` says what to do about it."""

    code = "error"

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class BadInput(StewardError):  # noqa: N818 - reads as what it is in an except clause
    code = "bad_input"


class BadFields(BadInput):
    """`fields` says what is wrong where; the sentence is all of it."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        super().__init__(" ".join(fields.values()))
        self.fields = dict(fields)


class NotAllowed(StewardError):  # noqa: N818 - the same
    code = "not_allowed"


class NotFound(StewardError):  # noqa: N818 - the same
    code = "not_found"


class Stale(StewardError):  # noqa: N818 - the same
    code = "stale"


class Busy(StewardError):  # noqa: N818 - the same
    code = "busy"


class Contended(StewardError):  # noqa: N818 - the same
    code = "contended"


class Stopped(StewardError):  # noqa: N818 - the same
    code = "stopped"
