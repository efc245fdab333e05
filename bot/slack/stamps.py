"""How old what a button shows is: so that acting on old data says so, and showing it again says what it was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import Any

from pydantic_core import PydanticSerializationError

from bot.services.results import Result

_LATEST = 1 << 40


@dataclass(frozen=True, slots=True)
class Stamp:
    """When something was read (seconds since 1970), and a short print of what was read: equal prints, equal content."""

    at: int
    print: str

    @classmethod
    def of(cls, as_of: datetime, content: object) -> Stamp:
        """`content` is all that counts as such: anything whose `repr` says everything about it."""
        return cls._of(as_of, repr(content).encode("utf-8", "surrogatepass"))

    @classmethod
    def of_result(cls, as_of: datetime, result: Result, *, but: set[str]) -> Stamp:
        """The stamp of a result without the fields that only tell the time."""
        try:
            return cls._of(as_of, result.model_dump_json(exclude=but).encode())
        except PydanticSerializationError:  # half a character, which JSON cannot write
            return cls.of(as_of, result.model_dump(exclude=but))

    @classmethod
    def _of(cls, as_of: datetime, content: bytes) -> Stamp:
        return cls(int(as_of.timestamp()), blake2b(content, digest_size=5).hexdigest())

    def parts(self) -> dict[str, Any]:
        """As it stands in a button's value."""
        return {"t": self.at, "p": self.print}

    @classmethod
    def read(cls, value: object) -> Stamp | None:
        """The stamp that `parts` made; None for anything else, as from a button of an earlier version."""
        match value:
            case {"t": int(at), "p": str(found)} if 0 < at < _LATEST and at is not True and len(found) <= 20:
                return cls(at, found)
        return None


def difference(noun: str, clicked: Stamp | None, shown: Stamp | None) -> str:
    """What to say when `shown` took the place of `clicked`: nothing when it is neither old nor different."""
    if clicked is None or shown is None:
        return ""
    age = _age(max(0, shown.at - clicked.at))
    if clicked.print == shown.print:
        return f"This {noun} was {age} old; nothing has changed since." if age else ""
    old = f"was {age} old and has changed since" if age else "has changed since you saw it"
    return f"This {noun} {old}; here it is as of now."


def _age(seconds: int) -> str:
    """In words from an hour on; less is not worth a word."""
    hours = seconds // 3600
    if hours < 1:
        return ""
    number, unit = (hours, "hour") if hours < 24 else (hours // 24, "day")
    return f"{number:,} {unit}{'' if number == 1 else 's'}"
