"""What a person may say about files before they are read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, tzinfo
from typing import Literal

from bot.importers.mapping import Mapping


@dataclass(frozen=True)
class Options:
    """`zone`: where times without a zone are written. `currency`: where a file states none. `decimal`: the decimal
    mark."""

    source: str | None = None
    date_order: Literal["dmy", "mdy", "ymd"] | None = None
    zone: tzinfo = UTC
    currency: str | None = None
    mapping: Mapping | None = None
    encoding: str | None = None
    delimiter: str | None = None
    decimal: Literal[".", ","] | None = None


@dataclass(frozen=True)
class Question:
    """What a file leaves open: the sentence names the option that answers it. Until then it gives no rows."""

    column: str
    sentence: str
