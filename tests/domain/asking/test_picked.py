"""What somebody else takes a question for is believed as far as the question's own words carry it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.asking.picked import KINDS, Picked, WirePick, WireSlot, believed, slots_of
from bot.domain.asking.queries import QUESTION, names_in
from bot.domain.asking.words import Known
from bot.domain.names import fold
from tests.domain.asking.phrasings import Slots, slots_wanted, told

PICKS: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    (Path(__file__).parents[2] / "data" / "asking" / "picked.yml").read_text(encoding="utf-8")
)
KNOWN: Known = {
    **dict.fromkeys(("acme", "acme labs", "globex", "globex energy", "hooli"), "account"),
    **dict.fromkeys(("maya", "jonas"), "member"), "enterprise": "segment", "mid market": "segment", "folio": "product",
}  # fmt: skip


def pick_of(pick: list[Any]) -> WirePick:
    kind, *slots = pick
    return WirePick(query=kind, slots=[WireSlot(slot=one[0], words=one[1], value=(*one, None)[2]) for one in slots])


def heard(picked: Picked | None) -> tuple[Slots, str | None]:
    if picked is None:
        return {"query": "unclear"}, None
    doubtful = fold(picked.doubtful) if picked.doubtful is not None else None
    return told(picked.question), doubtful


@pytest.mark.parametrize("one", [*PICKS["honest"], *PICKS["lies"]], ids=lambda one: f"{one['ask']} {one['pick']}")
def test_is_believed_as_far_as_the_words_go(one: dict[str, Any]) -> None:
    want, _, doubtful = one["want"].partition(" ?")
    assert heard(believed(pick_of(one["pick"]), one["ask"], KNOWN)) == (slots_wanted(want), doubtful or None)


def test_words_that_point_at_the_subject_are_asked_about() -> None:
    pick = pick_of(["metric", ["kpi", "how sticky", "nrr"], ["account", "they"]])
    found = believed(pick, "how sticky are they?", KNOWN, "Globex")
    assert heard(found) == ({"query": "metric", "kpi": "nrr", "account": "globex"}, "globex")


def test_every_kind_can_be_picked_but_small_talk() -> None:
    assert "talk" not in KINDS
    assert set(slots_of("renewals")) >= {"when", "whose", "at_risk"}
    assert set(slots_of("compare")) == {"account", "kpi"}


_ASKED = (
    ("is Acme Labs a keeper?", {"acme labs"}),
    ("is acme digital a keeper?", {"acme digital"}),
    ("is Acme north next month a keeper", {"acme north"}),
    ("put globex energy next to Acme 2", {"globex energy", "acme 2"}),
    ("the vibe at Hooli", {"hooli"}),
    ("what of the Globex Next deal", {"globex next"}),
)
_VALUES = st.sampled_from(["all", "mine", "nrr", "next month", "arr", "change", "3", None])


@settings(max_examples=400)
@given(st.data())
def test_whatever_is_picked_no_other_account_is_taken(data: st.DataObject) -> None:
    """Any kind, any slots, any words of the question in them: the account is the one that was named, or asked about."""
    text, meant = data.draw(st.sampled_from(_ASKED))
    words = text.rstrip("?").split()
    kind = data.draw(st.sampled_from([*KINDS]))
    slots = []
    for slot in data.draw(st.lists(st.sampled_from([*slots_of(kind), "account", "whose", "topic"]), max_size=3)):
        start = data.draw(st.integers(0, len(words) - 1))
        end = data.draw(st.integers(start + 1, min(start + 3, len(words))))
        slots.append(WireSlot(slot=slot, words=" ".join(words[start:end]), value=data.draw(_VALUES)))
    found = believed(WirePick(query=kind, slots=slots), text, KNOWN)
    if found is not None:
        assert QUESTION.validate_json(QUESTION.dump_json(found.question)) == found.question
        accounts = {name for name, kind in KNOWN.items() if kind == "account"}
        named = {fold(name) for name in names_in(found.question)}
        sure = named - {fold(found.doubtful)} if found.doubtful is not None else named
        assert (sure & accounts) <= meant
        whose = getattr(found.question, "whose", None)
        assert whose in (None, "mine", "team", "all", "maya", "jonas")
