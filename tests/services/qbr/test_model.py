"""With a model: it words what it can trace, says so, and whatever else it does the draft is there and right."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from bot.services.qbr.drafting import Wanted
from bot.services.qbr.wording import say
from bot.services.results.qbr import Qbr
from bot.services.skills.desk import Drafting
from skills.model import LLMUnavailable, Prompt, Reply, Usage
from skills.registry import Registry
from tests.services.clerk import SELF
from tests.services.qbr.conftest import Room, id_of


class Puppet:
    """Answers with what it makes of the pack it was shown."""

    def __init__(self, *claims: dict[str, Any], broken: str | None = None) -> None:
        self.claims, self.broken, self.prompts, self.seconds = claims, broken, list[Prompt](), list[float]()

    def draft(self, prompt: Prompt, seconds: float) -> Reply:
        self.prompts.append(prompt)
        self.seconds.append(seconds)
        if self.broken == "down":
            raise LLMUnavailable("it did not answer in time")
        text = self.broken or json.dumps({"claims": [self._with_ids(one, prompt) for one in self.claims]})
        return Reply(text=text, usage=Usage(model="puppet-1", tokens_in=10, tokens_out=5))

    @staticmethod
    def _with_ids(claim: dict[str, Any], prompt: Prompt) -> dict[str, Any]:
        """`about` finds evidence by its words, `label` a figure by its label."""
        pack = json.loads(prompt.evidence)
        about, label = claim.get("about"), claim.get("label")
        evidence = [one["id"] for one in pack["evidence"] if about and about in one["text"]]
        metrics = [one["id"] for one in pack["metrics"] if label and one["label"] == label]
        said: dict[str, Any] = {name: claim[name] for name in ("section", "text", "quote") if name in claim}
        return {"evidence_ids": evidence, "metric_ids": metrics, **said}


HONEST = (
    {"section": "wins", "text": "Active users rose", "label": "Active users"},
    {"section": "wins", "text": "The rollout in Hamburg was a success", "about": "rollout in Hamburg"},
    {"section": "concerns", "text": "Exports are slow", "about": "exports are slow"},
)


def _draft(room: Room, puppet: Puppet) -> Qbr:
    desk = replace(room.desk, drafting=Drafting(Registry(), puppet))
    return desk.reviews.draft(SELF, Wanted(room.account()))


def test_what_a_model_worded_is_shown_as_that_with_figures_by_code(quick_room: Room) -> None:
    qbr = _draft(quick_room, Puppet(*HONEST))
    assert [say(one, qbr) for one in qbr.body.sentences] == [
        "Active users rose: 280 (Q3 2025: 210).",
        "The rollout in Hamburg was a success",
        "Exports are slow",
    ]
    assert {one.wrote for one in qbr.body.sentences} == {"model"}
    assert "Worded by puppet-1" in qbr.body.written_by
    [run] = quick_room.clerk.rows_of("skill_run")
    assert (run.skill, run.written_by, run.model, run.draft) == ("qbr", "model", "puppet-1", None)


def test_a_review_has_the_seconds_of_every_draft_and_each_run_is_logged(quick_room: Room) -> None:
    """Also when a section is written anew: one row more, with what the model took and wrote."""
    puppet = Puppet(*HONEST)
    desk = replace(quick_room.desk, drafting=Drafting(Registry(), puppet, deadline=7.0, keep_text=True))
    qbr = desk.reviews.draft(SELF, Wanted(quick_room.account()))
    desk.reviews.rewrite(SELF, id_of(qbr), qbr.version, "concerns")
    assert len(puppet.seconds) == 2
    assert all(seconds <= 7.0 for seconds in puppet.seconds)
    runs = quick_room.clerk.rows_of("skill_run")
    assert [(run.skill, run.account_id, run.tokens_in, run.tokens_out) for run in runs] == [
        ("qbr", quick_room.account(), 10, 5)
    ] * 2
    assert all(run.draft is not None for run in runs)


def test_what_cannot_be_traced_is_withheld_and_counted(quick_room: Room) -> None:
    lies = (
        {"section": "wins", "text": "Active users rose by 900 percent", "label": "Active users"},
        {"section": "wins", "text": "They will buy everything", "about": "no such words"},
    )
    qbr = _draft(quick_room, Puppet(*HONEST, *lies))
    assert len(qbr.body.sentences) == len(HONEST)
    assert qbr.body.withheld is not None
    assert qbr.body.withheld.startswith("2 points withheld")


@pytest.mark.parametrize("broken", ["down", "<html>504</html>", '{"claims": [', "x" * 300_000, "{}"])
def test_whatever_goes_wrong_the_record_speaks_and_the_draft_says_why(quick_room: Room, broken: str) -> None:
    qbr = _draft(quick_room, Puppet(broken=broken))
    assert qbr.body.written_by.startswith("Written without a model: ")
    without = quick_room.draft()
    assert [say(one, qbr) for one in qbr.body.sentences] == [say(one, without) for one in without.body.sentences]
