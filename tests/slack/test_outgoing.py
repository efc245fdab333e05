"""The check that every scenario runs over whatever the bot sends (`tests/slack/outgoing.py`) sees what it is for."""

from __future__ import annotations

import json

import pytest

from bot.sandbox.records import Call
from tests.slack.outgoing import wrong_in_text, wrong_with


@pytest.mark.parametrize(
    "text",
    [
        "<!channel> look", "<!here|here>", "<!subteam^S1>", "<@U0MAYA> owns it", "<https://evil.example>",
        "<https://evil.example|Acme>", "<mailto:a@b.example|a>", "<javascript:alert(1)|Open>", "<#C1|general>", "<>",
    ],
)  # fmt: skip
def test_what_data_may_have_brought_is_seen(text: str) -> None:
    assert list(wrong_in_text(text))


@pytest.mark.parametrize(
    "text",
    [
        "Acme &lt;!channel&gt; &amp; Sons", "• Acme · <https://crm.example/1?a=1&amp;b=2|Open>", "in <#C0ACCOUNTS>",
        "<@U0JONAS> stands in when you are away",
    ],
)  # fmt: skip
def test_what_is_ours_passes(text: str) -> None:
    assert list(wrong_in_text(text)) == []


def call(method: str, **args: object) -> Call:
    return Call(method=method, args=args, at=0.0)


def test_previews_are_off_and_names_are_not_linked() -> None:
    off = {"unfurl_links": False, "unfurl_media": False}
    assert wrong_with(call("chat.postMessage", text="a", **off)) == []
    assert len(wrong_with(call("chat.postMessage", text="a"))) == 2
    assert wrong_with(call("chat.update", text="a", link_names=True))
    assert wrong_with(call("chat.update", text="a", parse="full"))
    section = {"type": "section", "text": {"type": "mrkdwn", "text": "see http://evil.example"}}
    assert wrong_with(call("chat.update", text="a", blocks=json.dumps([section])))
    section["text"] = {"type": "mrkdwn", "text": "see http://evil.example", "verbatim": True}
    assert wrong_with(call("chat.update", text="a", blocks=[section])) == []
