"""Slack's own schemas and validators, where the folder with them stands beside the repository."""

from __future__ import annotations

import functools
import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest

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
