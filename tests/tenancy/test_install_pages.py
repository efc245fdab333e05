"""The pages that install the app take anything: no traceback, no installation, no header of somebody else's making."""

from __future__ import annotations

import asyncio
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import SecretStr

from bot.domain.installations import Grant
from bot.settings import Settings
from bot.slack.oauth import build_flow
from bot.slack.switchboard import SharedEdge, Switchboard

ODD = ("state", "code", "error", "team", "T0NORTH", "%00", "%0d%0aX-Evil: 1", "[]", "\u2603", "a" * 3000)
WORDS = st.one_of(st.sampled_from(ODD), st.text(st.characters(codec="latin-1", exclude_characters="&"), max_size=12))
QUERY = st.lists(st.tuples(WORDS, WORDS), max_size=5).map(lambda pairs: "&".join(f"{a}={b}" for a, b in pairs))
VALUE = st.one_of(st.binary(max_size=20), st.just(b"slack-app-oauth-state=state"))
HEADERS = st.lists(st.tuples(st.sampled_from([b"cookie", b"host", b"x"]), VALUE), max_size=4)


class Nobody:
    """Keeps states; an installation would be one too many."""

    def __init__(self) -> None:
        self.grants: list[Grant] = []
        self.states = {"state"}

    def keep_state(self, state: str) -> None:
        self.states.add(state)

    def take_state(self, state: str) -> bool:
        return state in self.states

    async def install(self, grant: Grant) -> None:
        self.grants.append(grant)


@settings(max_examples=60)
@given(st.sampled_from(["/slack/install", "/slack/oauth_redirect", "/slack/install/"]), QUERY, HEADERS)
def test_anything_may_come(path: str, query: str, headers: list[tuple[bytes, bytes]]) -> None:
    nobody = Nobody()
    use = Settings(
        _env_file=None,
        client_id="1.2",
        client_secret=SecretStr("hush"),
        slack_api_url="http://127.0.0.1:9/api/",
    )
    edge = SharedEdge(Switchboard(lambda _team: None, use), build_flow(use, nobody, ["commands"]), "secret")
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Any:
        raise AssertionError("a page has no body to read")

    asked = query.encode("utf-8", "surrogateescape")
    scope = {"type": "http", "method": "GET", "path": path, "query_string": asked, "headers": headers}
    asyncio.run(edge(scope, receive, send))
    assert sent[0]["status"] in (200, 302, 400, 401, 403, 404)
    assert all(b"\n" not in value and b"\r" not in value for _, value in sent[0]["headers"])
    assert b"Traceback" not in sent[1]["body"]
    assert nobody.grants == []
