"""How good a draft is against a history whose truth is known.

coverage: planted facts that stand in the draft. Citation recall: claims whose sources hold what they say; precision:
cited sources that hold what is said of them. exact: figures in the draft that stand so in their sources.
"""

from __future__ import annotations

import json
import operator
import re
from collections.abc import Callable, Collection, Sequence
from random import Random
from typing import Any, NamedTuple

from skills.contract import Draft, Evidence, Pack
from skills.evals.histories import History, Planted, Recorded, history
from skills.gates.words import sentences
from skills.hygiene import quotable
from skills.manual import ManualError
from skills.model import Model
from skills.outline import Days
from skills.registry import HOME, Loaded
from skills.runner import run

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


class Score(NamedTuple):
    """Shares from 0 to 1, and how many claims there were."""

    coverage: float
    recall: float
    precision: float
    exact: float
    claims: int


class Line(NamedTuple):
    """What an eval found: mean score, the same number of random and of first sentences, what it failed."""

    name: str
    interactions: int
    score: Score
    random: float
    lead: float
    failed: tuple[str, ...]


def measured(draft: Draft, pack: Pack, planted: Sequence[Planted]) -> Score:
    """A draft that quotes, against what was planted."""
    texts = {one.id: one for one in pack.evidence}
    quotes = [(claim.quote or "", [texts[one] for one in claim.evidence_ids]) for claim in draft.claims]
    said = [(quotable(quote), cited) for quote, cited in quotes if quote]
    found = sum(any(_covers(quote, cited, fact) for quote, cited in said) for fact in planted)
    holding = [[_holds(one, quote) for one in cited] for quote, cited in said]
    figures = [(figure, cited) for quote, cited in said for figure in _NUMBER.findall(quote)]
    return Score(
        coverage=found / len(planted) if planted else 1.0,
        recall=_share(any(one) for one in holding),
        precision=_share(one for each in holding for one in each),
        exact=_share(any(figure in _NUMBER.findall(quotable(one.text)) for one in cited) for figure, cited in figures),
        claims=len(draft.claims),
    )


def _covers(quote: str, cited: Sequence[Evidence], fact: Planted) -> bool:
    sentence = quotable(fact.sentence)
    return sentence in quote and any(one.entity_id == fact.entity_id for one in cited)


def _holds(one: Evidence, quote: str) -> bool:
    return quote in quotable(one.text)


def _share(found: Any) -> float:
    verdicts = [bool(one) for one in found]
    return sum(verdicts) / len(verdicts) if verdicts else 1.0


def baseline(told: History, planted: Sequence[Planted], room: int, *, first: bool, seed: int = 0) -> float:
    """The coverage of as many sentences taken at random, or newest first."""
    lines = [sentence for one in told.evidence for sentence in sentences(one.text)]
    taken = lines[:room] if first else Random(seed).sample(lines, min(room, len(lines)))  # noqa: S311 - a baseline
    return sum(fact.sentence in taken for fact in planted) / len(planted) if planted else 1.0


def evaluate(loaded: Loaded, model: Model | None = None) -> list[Line]:
    """Every eval of a skill's `evals/evals.json`. Raises ManualError when that file cannot be used."""
    return [_one(loaded, case, model) for case in _cases(loaded)]


def _cases(loaded: Loaded) -> list[dict[str, Any]]:
    folder = loaded.folder if (loaded.folder / "evals").is_dir() else HOME / loaded.manual.name
    path = folder / "evals" / "evals.json"
    try:
        cases = json.loads(path.read_text(encoding="utf-8"))["evals"]
        return [case for case in cases if case["history"]["interactions"] > 0 and case["id"]]
    except FileNotFoundError:
        return []
    except (ValueError, KeyError, TypeError) as wrong:
        raise ManualError(f"{loaded.manual.name}/evals/evals.json: cannot be used ({wrong}); correct it") from None


def _one(loaded: Loaded, case: dict[str, Any], model: Model | None) -> Line:
    size, families = case["history"]["interactions"], case["history"].get("families")
    scores, chance, lead = [], [], []
    for seed in case["history"]["seeds"]:
        told = history(size, seed)
        result = run(loaded.skill, loaded.manual, Days(days=92), Recorded(told), model)
        planted = _asked_for(told.planted, families)
        scores.append(measured(result.draft, result.pack, planted))
        chance.append(baseline(told, planted, scores[-1].claims, first=False, seed=seed))
        lead.append(baseline(told, planted, scores[-1].claims, first=True))
    mean = _averaged(scores)
    failed = tuple(rule for rule in case.get("assertions", ()) if not _holds_true(rule, mean, loaded.manual.name))
    return Line(case["id"], size, mean, _mean(chance), _mean(lead), failed)


def _asked_for(planted: Sequence[Planted], families: Collection[str] | None) -> list[Planted]:
    return [fact for fact in planted if families is None or fact.family in families]


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _averaged(scores: Sequence[Score]) -> Score:
    return Score(
        coverage=_mean([one.coverage for one in scores]),
        recall=_mean([one.recall for one in scores]),
        precision=_mean([one.precision for one in scores]),
        exact=_mean([one.exact for one in scores]),
        claims=round(_mean([one.claims for one in scores])),
    )


_RULE = re.compile(r"(coverage|citation recall|citation precision|numbers exact) (>=|==) (\d(?:\.\d+)?)")
_COMPARE: dict[str, Callable[[float, float], bool]] = {">=": operator.ge, "==": operator.eq}


def _holds_true(rule: str, score: Score, name: str) -> bool:
    found = _RULE.fullmatch(rule)
    if found is None:
        raise ManualError(f"{name}/evals/evals.json: assertion {rule!r} is not one; try `coverage >= 0.9`")
    value = {
        "coverage": score.coverage,
        "citation recall": score.recall,
        "citation precision": score.precision,
        "numbers exact": score.exact,
    }[found[1]]
    return _COMPARE[found[2]](value, float(found[3]))
