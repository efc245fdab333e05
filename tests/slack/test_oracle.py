"""The check that runs when any workspace closes sees what Slack would not take."""

from __future__ import annotations

import pytest

from bot.sandbox import Sandbox
from bot.sandbox.records import Call
from tests.slack.oracle import REPOSITORY, needs_oracle, wrong

_SECTION = {"type": "section", "text": {"type": "mrkdwn", "text": "Hello"}}


@needs_oracle
@pytest.mark.parametrize(
    ("call", "says"),
    [
        (Call("chat.postMessage", {"channel": "C1", "blocks": [_SECTION | {"colour": "red"}]}, 0), "colour"),
        (Call("chat.postMessage", {"channel": "C1", "blox": []}, 0), "no such argument: blox"),
        (Call("slackLists.create", {"name": "Promises"}, 0), "needs one of"),
        (Call("views.open", {"trigger_id": "1", "view": {"type": "modal", "title": "Log"}}, 0), "views.open"),
    ],
)
async def test_what_slack_would_not_take_is_named(call: Call, says: str) -> None:
    sandbox = Sandbox(REPOSITORY / "manifest.yml")
    sandbox.world.journal.calls.append(call)
    assert says in " ".join(wrong(sandbox))


@needs_oracle
async def test_acks_and_replies_through_response_urls_are_looked_at() -> None:
    sandbox = Sandbox(REPOSITORY / "manifest.yml")
    sandbox.world.journal.responses.append({"blocks": [{"type": "marquee"}]})
    sandbox.world.journal.deliveries.append({"target": "log", "answer": {"view": {"type": "modal"}}})
    assert len(wrong(sandbox)) >= 2


async def test_nothing_is_wrong_with_nothing() -> None:
    assert wrong(Sandbox(REPOSITORY / "manifest.yml")) == []
