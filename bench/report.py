"""One row per figure, one table at the end."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured, beside what, and what was promised. `holds` None is for information only."""

    name: str
    measured: str
    baseline: str
    target: str
    holds: bool | None


@dataclass
class Report:
    figures: list[Figure] = field(default_factory=list)

    def ratio(self, name: str, measured: float, baseline: float, at_most: float, unit: str) -> None:
        """Ours against the baseline, in the same unit; promised at most `at_most` times."""
        ratio = measured / baseline
        self._add(
            name, f"{measured:.2f} {unit}, {ratio:.2f}x", f"{baseline:.2f} {unit}", f"<= {at_most}x", ratio <= at_most
        )

    def at_least(self, name: str, measured: float, baseline: float, share: float, unit: str) -> None:
        ratio = measured / baseline
        self._add(
            name, f"{measured:.0f} {unit}, {ratio:.2f}x", f"{baseline:.0f} {unit}", f">= {share}x", ratio >= share
        )

    def below(self, name: str, measured: float, limit: float, unit: str) -> None:
        self._add(name, f"{measured:.2f} {unit}", "", f"< {limit:g} {unit}", measured < limit)

    def above(self, name: str, measured: float, limit: float, unit: str, baseline: str = "") -> None:
        self._add(name, f"{measured:.2f} {unit}", baseline, f">= {limit:g} {unit}", measured >= limit)

    def note(self, name: str, text: str) -> None:
        self._add(name, text, "", "", None)

    def _add(self, name: str, measured: str, baseline: str, target: str, holds: bool | None) -> None:
        figure = Figure(name, measured, baseline, target, holds)
        self.figures.append(figure)
        print(_line(figure), flush=True)

    @property
    def missed(self) -> int:
        return sum(figure.holds is False for figure in self.figures)

    def table(self) -> str:
        return "\n".join(_line(figure) for figure in self.figures)


def _line(figure: Figure) -> str:
    verdict = {True: "holds", False: "MISSED", None: ""}[figure.holds]
    return f"{figure.name:<58} {figure.measured:<22} {figure.baseline:<14} {figure.target:<12} {verdict}".rstrip()


def percentile(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def median(values: Sequence[float]) -> float:
    return statistics.median(values)
