"""Account plans in Slack: seen with what they lack, written through forms, reminded of, taken back."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.domain.ids import id_text
from bot.services.errors import BadInput
from bot.services.plans.parts import PARTS
from bot.slack.plan_values import (
    PLAN,
    Draw,
    OpenPart,
    PlanState,
    decode,
    decode_draw,
    decode_state,
    encode,
    encode_draw,
    encode_state,
)
from bot.storage.database import Database
from tests.services.clerk import Clerk
from tests.slack.reminders.office import Office, aloud, office

PLACE = "#accounts"


@pytest.fixture
async def it(sqlite_database: Database, tmp_path: Path) -> AsyncIterator[Office]:
    async with office(Clerk(sqlite_database, tmp_path / "files")) as found:
        yield found


async def _write(it: Office, part: str, line: str, values: dict[str, Any]) -> str:
    """Fill in the form of a part, opened from the plan; what was answered."""
    await it.ask("/account plan nordwind")
    await it.pick(f"{PLAN}:{part}", line, channel=PLACE)
    assert await it.submit(values) is None
    return it.last(channel=PLACE)


async def test_an_empty_plan_says_what_is_missing(it: Office) -> None:
    text = aloud(await it.ask("/account plan nordwind"))
    assert text.splitlines()[0] == "Nordwind · Account plan · 0 open objectives, 0 open actions"
    for gap in ("Why they bought is not written down.", "No objective is known", "No action is planned."):
        assert gap in text


async def test_every_part_is_written_shown_and_taken_back(it: Office) -> None:
    goal = {"text": "Close the books in *three* days", "measure": "days to close", "target": "3"}
    said = await _write(it, "objective", "Add: objective", goal)
    assert said.splitlines()[0] == "Added an objective of Nordwind."
    await _write(it, "outcome", "Add: value delivered", {"what": "Two days saved", "worth": "12,000 EUR"})
    await _write(it, "idea", "Add: growth", {"what": "Payroll for the plant", "unit": "Plant"})
    await _write(it, "person", "Add: person", {"name": "Ana Ruiz", "role": "economic buyer", "stance": "1"})
    await _write(it, "request", "Add: request", {"what": "An export to <!channel>"})
    deed = {"quote": "Train the plant", "metric": "20 people trained", "due_on": "2026-04-01"}
    await _write(it, "action", "Add: action", deed)
    text = aloud(await it.ask("/account plan nordwind"))
    assert "Close the books in ∗three∗ days · days to close: 3 · not agreed with them" in text
    assert "Ana Ruiz: economic buyer · for us" in text
    assert "Train the plant: Maya Lindqvist · Wed 1 Apr 2026 (in 28 days) · done when: 20 people trained" in text
    assert "No objective is agreed with the customer." in text
    assert "<!channel>" not in str(it.slack.messages(PLACE, "maya")[-1]["blocks"])
    await it.click("Undo", channel=PLACE)
    assert [row.metric for row in it.clerk.rows("commitment")] == [None]


async def test_what_is_wrong_is_said_under_its_field_and_nothing_is_lost(it: Office) -> None:
    await it.ask("/account plan nordwind")
    await it.pick(f"{PLAN}:outcome", "Add: value delivered", channel=PLACE)
    still = await it.submit({"what": "Two days saved", "worth": "12.00.0 EUR"})
    assert still is not None
    assert "thousands" in str(still["errors"]["worth"])
    assert await it.submit({"worth": "€12,000"}) is None
    [row] = it.clerk.rows("outcome")
    assert (row.what, row.currency) == ("Two days saved", "EUR")


async def test_an_entry_is_edited_and_removed_and_not_overwritten_unseen(it: Office) -> None:
    await _write(it, "objective", "Add: objective", {"text": "Close faster"})
    await it.ask("/account plan nordwind")
    await it.pick(f"{PLAN}:objective", "Edit: Close faster", channel=PLACE)
    await _write_as(it, "jonas", {"status": "met"})
    still = await it.submit({"text": "Close the books faster"})
    assert still is not None
    assert "Somebody changed this" in str(still["errors"])
    await it.slack.close_modal("maya")
    assert (await _write(it, "objective", "Edit: Close faster", {"remove": ["remove"]})).startswith("Removed")
    assert it.clerk.rows("objective") == []
    await it.click("Undo", channel=PLACE)
    assert [row.status for row in it.clerk.rows("objective")] == ["met"]


async def _write_as(it: Office, user: str, values: dict[str, Any]) -> None:
    await it.ask("/account plan nordwind", user)
    await it.pick(f"{PLAN}:objective", "Edit: Close faster", user, channel=PLACE)
    assert await it.submit(values, user) is None


async def test_a_review_says_when_the_next_one_is(it: Office) -> None:
    await it.ask("/account plan nordwind")
    await it.click("Plan reviewed", channel=PLACE)
    assert await it.submit({"note": "All on track", "next_review_on": "2026-06-01"}) is None
    text = aloud(await it.ask("/account plan nordwind"))
    assert "by Maya Lindqvist: “All on track” · next review Mon 1 Jun 2026" in text


async def test_pictures_come_as_files_that_say_what_they_show(it: Office) -> None:
    await _write(it, "person", "Add: person", {"name": "Ana Ruiz", "role": "economic buyer", "stance": "1"})
    await it.ask("/account plan nordwind")
    for button in ("Relationship map", "White space"):
        await it.click(button, channel=PLACE)
    files = [file for one in it.slack.messages("dm", "maya") for file in one.get("files", ())]
    assert [file["title"] for file in files] == ["Relationships at Nordwind", "White space at Nordwind"]
    assert "Ana Ruiz, economic buyer, for us" in files[0]["alt_txt"]


async def test_outsiders_and_onlookers_write_nothing(it: Office) -> None:
    text = aloud(await it.ask("/account plan nordwind", "noor", "#acct-acme"))
    assert "objective" not in text
    assert "team" in text


@pytest.mark.parametrize("part", PARTS)
def test_buttons_come_back_as_they_were(part: Any) -> None:
    for what in (OpenPart(part, 12, 34), OpenPart(part, 12)):
        assert decode(encode(what)) == what
        state = PlanState(what, "key", id_text(5), "C1", None)
        assert decode_state(encode_state(state)) == state


def test_a_picture_comes_back_as_it_was() -> None:
    assert decode_draw(encode_draw(Draw("white space", 12))) == Draw("white space", 12)
    with pytest.raises(BadInput):
        decode_draw('["nonsense","1"]')


@pytest.mark.parametrize("value", [None, 3, "", "[]", "[1]", '["objective"]', '["nonsense","1",null]', "x" * 400])
def test_foreign_values_are_refused(value: object) -> None:
    with pytest.raises(BadInput):
        decode(value)
    with pytest.raises(BadInput):
        decode_state(value)
