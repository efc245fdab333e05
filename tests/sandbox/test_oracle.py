"""Our table of methods beside Slack's own documentation, where that stands beside the repository."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox.api.table import METHODS, Method

ORACLE = Path(__file__).parents[2] / "../shared/oracles/slack/methods.json"

UNLISTED = {"agents.sessions.rename", "agents.sessions.setStatus"}
"""Documented since the oracle was made; arguments as slack_sdk 3.47 sends them."""

MORE = {("api.test", "foo"): "its example", ("chat.stopStream", "session_status"): "slack_sdk 3.47"}

LEFT_OUT = {
    ("chat.postMessage", "current_draft_last_updated_ts"): "people's drafts",
    ("chat.unfurl", "user_auth_blocks"): "sign-in of single people",
    ("chat.unfurl", "user_auth_message"): "the same",
    ("chat.unfurl", "user_auth_required"): "the same",
    ("chat.unfurl", "user_auth_url"): "the same",
    ("chat.update", "unfurled_attachments"): "undocumented but for its name",
    ("oauth.v2.access", "code_verifier"): "for apps that have no secret",
    ("reactions.remove", "file"): "reactions to messages only",
    ("reactions.remove", "file_comment"): "the same",
}
"""Arguments that the sandbox refuses though Slack takes them: a bot that needs one has to build it here first."""

REQUIRED = {
    ("bookmarks.add", "channel_id"): "listed as optional, refused without",
    ("bookmarks.edit", "bookmark_id"): "the same",
    ("bookmarks.edit", "channel_id"): "the same",
    ("bookmarks.list", "channel_id"): "the same",
    ("bookmarks.remove", "bookmark_id"): "the same",
    ("bookmarks.remove", "channel_id"): "the same",
}
OPTIONAL = {
    ("assistant.threads.setSuggestedPrompts", "thread_ts"): "optional since slack_sdk 3.43, for agent_view",
    ("chat.appendStream", "markdown_text"): "or chunks",
}


def _documented() -> Any:
    if not ORACLE.exists():
        pytest.skip("../shared/oracles/slack is not here")
    return json.loads(ORACLE.read_text(encoding="utf-8"))


def test_only_known_methods_are_undocumented() -> None:
    assert set(METHODS) - set(_documented()) == UNLISTED


@pytest.mark.parametrize("method", [m for m in METHODS.values() if m.name not in UNLISTED], ids=lambda m: m.name)
def test_a_method_is_as_documented(method: Method) -> None:
    known = _documented()[method.name]
    required = {name for name, about in known["args"].items() if about["required"]}
    for name in method.arguments ^ set(known["args"]):
        assert (method.name, name) in (MORE if name in method.arguments else LEFT_OUT), name
    for name in method.required ^ required:
        assert (method.name, name) in (REQUIRED if name in method.required else OPTIONAL), name
    assert set(method.scopes) == set(known["scopes_bot"])
    tier = known["tier"]
    assert method.tier == (int(tier[5]) if tier.startswith("Tier") else None)


def test_every_exception_is_still_one() -> None:
    documented = _documented()
    for name, argument in MORE:
        assert argument in METHODS[name].arguments
        assert argument not in documented[name]["args"]
    for name, argument in LEFT_OUT:
        assert argument not in METHODS[name].arguments
        assert argument in documented[name]["args"]
    for name, argument in (*REQUIRED, *OPTIONAL):
        assert documented[name]["args"][argument]["required"] is (argument not in METHODS[name].required)
