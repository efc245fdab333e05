"""Histories made up around facts that are known: what matters is planted among what does not.

Same seed, same history. A history has a dozen facts: one of each of nine families, and three that overtook an older
statement on the same matter. Everyday talk is the rest; a third of it all comes from the customer.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache
from importlib import resources
from random import Random
from typing import Any, NamedTuple

from skills.contract import Evidence, Metric, Period, Promised, Subject

_FAMILIES = 9
TODAY = date(2026, 10, 1)
QUARTER = Period(start=date(2026, 7, 1), end=date(2026, 9, 30), label="Q3 2026")


class Planted(NamedTuple):
    """A fact that a good draft has: its family, its sentence, the row it stands in."""

    family: str
    sentence: str
    entity_id: str


class History(NamedTuple):
    """What is known (`evidence`, newest first), what of it matters, and what was overtaken."""

    evidence: tuple[Evidence, ...]
    planted: tuple[Planted, ...]
    overtaken: tuple[str, ...]
    names: tuple[str, ...]


@cache
def corpus() -> Mapping[str, Any]:
    text = (resources.files("skills.evals") / "corpus.json").read_text(encoding="utf-8")
    return dict(json.loads(text))


def history(
    size: int,
    seed: int,
    *,
    distractors: Sequence[str] | None = None,
    planted: Mapping[str, Sequence[str]] | None = None,
) -> History:
    """About `size` interactions of the quarter before `TODAY`. Other sentences may take the place of the corpus'."""
    return _Writer(size, seed, distractors or corpus()["distractors"], planted or corpus()["planted"]).write()


class _Writer:
    def __init__(self, size: int, seed: int, distractors: Sequence[str], planted: Mapping[str, Sequence[str]]) -> None:
        self._dice = Random(f"{size} {seed}")  # noqa: S311 - a history, not a secret
        self._size = size
        self._distractors = distractors
        self._planted = planted
        self._rows: list[tuple[datetime, str]] = []

    def write(self) -> History:
        families = self._dice.sample(sorted(self._planted), min(_FAMILIES, len(self._planted)))
        told = [(family, self._fill(self._dice.choice(list(self._planted[family])))) for family in families]
        pairs = [[self._fill(form) for form in pair] for pair in self._pairs()]
        for _, sentence in told:
            self._put(sentence, self._moment())
        for old, new in pairs:
            first, last = sorted((self._moment(), self._moment()))
            self._put(old, first)
            self._put(new, last + timedelta(hours=1))
            told.append(("overtaking", new))
        for _ in range(max(0, self._size - len(self._rows))):
            self._put(None, self._moment())
        evidence = self._evidence()
        rows = {sentence: one.entity_id for one in evidence for _, sentence in told if sentence in one.text}
        return History(
            evidence=evidence,
            planted=tuple(Planted(family, sentence, rows[sentence]) for family, sentence in told),
            overtaken=tuple(old for old, _ in pairs),
            names=tuple(corpus()["names"] + corpus()["products"] + corpus()["rivals"] + corpus()["places"]),
        )

    def _pairs(self) -> list[list[str]]:
        """Each with its blanks filled alike in both forms."""
        found = []
        for old, new in corpus()["overtaken"]:
            same = {key: self._dice.choice(corpus()[f"{key}s"]) for key in ("name", "product", "place")}
            keep = {"n": "{n}", "m": "{m}", "rival": "{rival}"}
            found.append([old.format(**same, **keep), new.format(**same, **keep)])
        return found

    def _fill(self, form: str) -> str:
        words = corpus()
        return form.format(
            name=self._dice.choice(words["names"]),
            product=self._dice.choice(words["products"]),
            rival=self._dice.choice(words["rivals"]),
            place=self._dice.choice(words["places"]),
            n=self._dice.randint(11, 49),
            m=self._dice.randint(51, 89),
        )

    def _moment(self) -> datetime:
        days = (QUARTER.end - QUARTER.start).days
        day = QUARTER.start + timedelta(days=self._dice.randint(0, days))
        return datetime(day.year, day.month, day.day, self._dice.randint(7, 18), self._dice.randint(0, 59), tzinfo=UTC)

    def _put(self, sentence: str | None, at: datetime) -> None:
        """A text of everyday talk, with the sentence somewhere in it."""
        talk = [self._fill(self._dice.choice(list(self._distractors))) for _ in range(self._dice.randint(1, 3))]
        if sentence is not None:
            talk.insert(self._dice.randint(0, len(talk)), sentence)
        self._rows.append((at, " ".join(talk)))

    def _evidence(self) -> tuple[Evidence, ...]:
        newest_first = sorted(self._rows, key=lambda row: row[0], reverse=True)
        return tuple(self._one(number, at, text) for number, (at, text) in enumerate(newest_first, start=1))

    def _one(self, number: int, at: datetime, text: str) -> Evidence:
        theirs = self._dice.random() < 1 / 3
        return Evidence(
            id=f"E{number}",
            account_id="acme",
            entity_id=f"row{number}",
            kind="email" if theirs else self._dice.choice(("call", "meeting", "note", "email")),
            at=at,
            who=self._dice.choice(corpus()["names"]) if theirs else "Maya Keller",
            origin="customer" if theirs else "team",
            visibility="client-safe" if theirs else "internal",
            text=text,
        )


class Recorded:
    """Facts out of a history, for evals and tests."""

    def __init__(
        self, told: History, metrics: Sequence[Metric] = (), promises: Sequence[Promised] = (), today: date = TODAY
    ) -> None:
        self._told, self._metrics, self._promises, self._today = told, tuple(metrics), tuple(promises), today

    @property
    def today(self) -> date:
        return self._today

    def subject(self) -> Subject:
        return Subject(account_id="acme", name="Acme", known_names=self._told.names)

    def metrics(self, period: Period) -> tuple[Metric, ...]:
        return tuple(one for one in self._metrics if one.as_of is None or one.as_of <= period.end)

    def evidence(self, period: Period) -> tuple[Evidence, ...]:
        return tuple(one for one in self._told.evidence if one.at.date() in period)

    def promises(self, period: Period) -> tuple[Promised, ...]:
        open_ones = [one for one in self._promises if one.state in ("open", "late")]
        settled = [one for one in self._promises if one not in open_ones and (one.due_on or period.start) in period]
        return (*open_ones, *settled)

    def missing(self, period: Period) -> tuple[str, ...]:
        return () if self.evidence(period) else (f"No conversation is recorded in {period.label}.",)
