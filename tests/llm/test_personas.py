"""Whoever sits behind the wire: the draft is gate-correct or written by rules, in time, and says which."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from functools import partial
from typing import Literal

import pytest

from bot.llm import Config, OpenAIModel
from skills.evals.histories import Recorded, history
from skills.gates.figures import has_number
from skills.hygiene import quotable
from skills.model import LLMUnavailable
from skills.outline import Days
from skills.prompt import build
from skills.registry import Registry
from skills.runner import Result, run
from tests.llm.puppet import WRITERS, WRONG, Puppet, puppet_server

TOLD = history(40, 1)
LOADED = Registry().get("brief")
APIS: tuple[Literal["responses", "chat"], ...] = ("responses", "chat")
DEADLINE = 1.5


@pytest.fixture(scope="module")
def puppet() -> Iterator[Puppet]:
    with puppet_server() as made:
        yield made


def asked(puppet: Puppet, persona: str, api: Literal["responses", "chat"], deadline: float = 20.0) -> Result:
    puppet.persona, puppet.script = persona, None
    model = OpenAIModel(Config("puppet", "sk-test", puppet.url, api))
    try:
        return run(LOADED.skill, LOADED.manual, Days(days=92), Recorded(TOLD), model, deadline=deadline, asker="U1")
    finally:
        model.close()


def assert_correct(result: Result) -> None:
    """Every claim rests on its sources; no figure is in words of its own."""
    texts = {one.id: one for one in result.pack.evidence}
    assert result.draft.claims
    for claim in result.draft.claims:
        assert not has_number(claim.text)
        assert claim.evidence_ids or claim.metric_ids
        if claim.quote is not None:
            assert claim.quote in quotable(texts[claim.quote_id or ""].text)
        if claim.text:
            assert any(not texts[one].is_external for one in claim.evidence_ids)


@pytest.mark.parametrize("api", APIS)
@pytest.mark.parametrize("persona", sorted(WRITERS))
def test_what_a_model_writes_is_held_to_the_record(
    puppet: Puppet, persona: str, api: Literal["responses", "chat"]
) -> None:
    result = asked(puppet, persona, api)
    assert_correct(result)
    if persona == "honest":
        assert result.written_by == "model"
        assert "puppet" in result.note
    if persona in ("liar", "swapper", "foreign"):
        assert result.written_by == "rules"
        assert "could be traced" in result.note or "could not be traced" in result.note


@pytest.mark.parametrize("api", APIS)
@pytest.mark.parametrize("persona", WRONG)
def test_what_is_no_answer_leads_to_the_rules(puppet: Puppet, persona: str, api: Literal["responses", "chat"]) -> None:
    began = time.monotonic()
    result = asked(puppet, persona, api, DEADLINE if persona in ("dripper", "limited") else 20.0)
    spent = time.monotonic() - began
    assert_correct(result)
    assert result.written_by == "rules"
    assert result.note.startswith("Written without a model: ")
    assert spent < 20.0, f"{persona} held it up for {spent:.1f} s"


def test_a_question_carries_what_it_must_and_nothing_else(puppet: Puppet) -> None:
    asked(puppet, "honest", "responses")
    request = puppet.asked[-1]
    assert request["store"] is False
    assert request["text"]["format"]["strict"] is True
    assert puppet.paths[-1] == "/v1/responses"
    assert "U1" not in json.dumps(request)
    asked(puppet, "honest", "chat")
    chat = puppet.asked[-1]
    assert [one["role"] for one in chat["messages"]] == ["system", "user"]
    assert puppet.paths[-1] == "/v1/chat/completions"
    # what repeats comes first, so that it is read from a cache
    assert chat["messages"][0]["content"] == request["instructions"]
    assert TOLD.evidence[0].text[:40] not in request["instructions"]


def test_the_client_is_told_what_openai_knows_only_there() -> None:
    from bot.llm.wire import chat_request, responses_request

    prompt = build(LOADED.manual, LOADED.skill.sections, LOADED.skill.gather(Days(), Recorded(TOLD)), "U1")
    own = responses_request(Config("m", "k"), prompt)
    assert own["prompt_cache_key"].startswith("brief:")
    assert own["safety_identifier"] != "U1"
    other = chat_request(Config("m", "k", "http://localhost:11434/v1"), prompt)
    assert {"store", "prompt_cache_key", "safety_identifier"} & set(other) == set()
    assert other["max_tokens"] == 4_000


@pytest.mark.parametrize(
    ("config", "responses"),
    [
        (Config("m", "k"), True),
        (Config("m", "k", "http://localhost:11434/v1"), False),
        (Config("m", "k", "https://x.openai.azure.com/openai/v1"), True),
        (Config("m", "k", "https://x.openai.azure.com", azure_version="2026-01-01"), False),
        (Config("m", "k", "http://localhost:8000/v1", "responses"), True),
        (Config("m", "k", None, "chat"), False),
    ],
)
def test_which_api_is_spoken(config: Config, responses: bool) -> None:
    assert config.uses_responses is responses


def test_a_server_that_fails_again_and_again_is_left_alone(puppet: Puppet) -> None:
    from bot.llm.breaker import Breaker

    now = [0.0]
    model = OpenAIModel(Config("puppet", "sk-test", puppet.url, "chat"), Breaker(lambda: now[0]))
    puppet.persona = "empty"
    prompt = partial(build, LOADED.manual, LOADED.skill.sections, LOADED.skill.gather(Days(), Recorded(TOLD)), None)
    for _ in range(5):
        with pytest.raises(LLMUnavailable, match="something else"):
            model.draft(prompt(), 10)
    before = len(puppet.asked)
    with pytest.raises(LLMUnavailable, match="left alone"):
        model.draft(prompt(), 10)
    assert len(puppet.asked) == before
    now[0] += 61
    puppet.persona = "honest"
    assert model.draft(prompt(), 10).usage.tokens_cached == 600
    model.close()
