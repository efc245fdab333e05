"""The shape of a topic of conversation."""

from __future__ import annotations

from dataclasses import dataclass

from bot.sample.model import Tone

Voice = tuple[tuple[str, ...], tuple[str, ...]]
"""Beginnings and continuations: any goes with any, unless there are as many of both; then each has its own."""


@dataclass(frozen=True, slots=True)
class Topic:
    """`phase` is the stretch of the told history (0 = its first day, 1 = today) in which it may come up.

    `product` = only where that product is held; `months` = only in these months of the year.
    """

    subject: str
    call: Voice
    out: Voice
    inn: Voice
    product: str = ""
    phase: tuple[float, float] = (0.0, 1.0)
    tones: tuple[Tone, ...] = ("warm", "neutral", "tense")
    months: tuple[int, ...] = ()
    stage: str = "customer"
