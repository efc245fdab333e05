"""Slack's own schemas and validators, where the folder with them stands beside the repository."""

from __future__ import annotations

import functools
import importlib.util
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox import Manifest, Sandbox
from bot.sandbox.records import Call

REPOSITORY = Path(__file__).parents[2]
_SCRIPT = REPOSITORY / "../shared/oracles/slack/validate.py"

needs_oracle = pytest.mark.skipif(not _SCRIPT.exists(), reason="../shared/oracles/slack is not here")


@functools.cache
def oracle() -> Any:
    spec = importlib.util.spec_from_file_location("slack_oracle", _SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.__dict__["schema"] = functools.cache(module.__dict__["schema"])
    return module


@functools.lru_cache(maxsize=4096)
def _problems(kind: str, document: str) -> tuple[str, ...]:
    parsed = json.loads(document)
    if kind == "blocks":
        return (*oracle().block_shapes(parsed), *oracle().block_limits(parsed))
    return tuple(oracle().errors(oracle().schema(kind), parsed))


def problems(kind: str, document: object) -> tuple[str, ...]:
    """What Slack's schemas and slack_sdk's validators object to; empty where the oracle is not here."""
    return _problems(kind, json.dumps(document)) if _SCRIPT.exists() else ()


def wrong(sandbox: Sandbox) -> list[str]:
    """What the oracle objects to in all that this workspace took from the bot: calls, replies through response URLs,
    acks. The sandbox's own tests use another app, which also tries what the oracle does not know."""
    if not _SCRIPT.exists() or sandbox.world.manifest != _ours():
        return []
    journal = sandbox.world.journal
    found = []
    for call in journal.calls:
        if call.error is None:
            found += [f"{call.method}: {line}" for line in (*_undocumented(call, sandbox), *_payload(call.args))]
    for body in journal.responses:
        found += [f"response_url: {line}" for line in _payload(body)]
    for delivery in journal.deliveries:
        found += [f"ack of {delivery['target']}: {line}" for line in _payload(delivery.get("answer") or {})]
    return found


def _payload(args: dict[str, Any]) -> Iterator[str]:
    for kind in ("blocks", "view", "chunks"):
        if args.get(kind):
            sent = args[kind]
            yield from problems(kind, json.loads(sent) if isinstance(sent, str) else sent)


def _undocumented(call: Call, sandbox: Sandbox) -> Iterator[str]:
    """Arguments that Slack's documentation does not know, and methods that the manifest has no scope for."""
    documented = _methods().get(call.method)
    if documented is None:
        return
    yield from (f"no such argument: {name}" for name in call.args if name not in documented["args"] and name != "token")
    scopes = documented["scopes_bot"]
    if scopes and not set(scopes) & set(sandbox.world.manifest.scopes):
        yield f"needs one of {scopes}"


@functools.cache
def _ours() -> Manifest:
    return Manifest.load(REPOSITORY / "manifest.yml")


@functools.cache
def _methods() -> Any:
    return json.loads((_SCRIPT.parent / "methods.json").read_text(encoding="utf-8"))
