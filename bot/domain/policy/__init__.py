"""The policy files: their schemas, and what is wrong with a bad one.

Segments are the account's own words, compared by `segment_key`; what a file does not list gets the file's `default`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol, cast

import yaml
from pydantic import ValidationError

from .access import AccessPolicy
from .base import Chosen, on_curve, segment_key
from .book import BookPolicy
from .contact import CadencePolicy, ReminderPolicy, RenewalPolicy
from .health import COMPONENTS, Band, Component, HealthPolicy, Weights
from .kpi import KpiPolicy
from .retention import RetentionPolicy
from .signals import SignalPolicy

__all__ = [
    "COMPONENTS",
    "POLICY_FILES",
    "AccessPolicy",
    "Band",
    "BookPolicy",
    "CadencePolicy",
    "Chosen",
    "Component",
    "HealthPolicy",
    "KpiPolicy",
    "Policies",
    "Policy",
    "PolicyError",
    "ReminderPolicy",
    "RenewalPolicy",
    "RetentionPolicy",
    "Rules",
    "SignalPolicy",
    "Weights",
    "on_curve",
    "parse_policies",
    "parse_policy",
    "segment_key",
]


class PolicyError(ValueError):
    """A policy file that cannot be used: the message names the file, the place in it and what to do."""


Policy = (
    HealthPolicy
    | CadencePolicy
    | RenewalPolicy
    | SignalPolicy
    | ReminderPolicy
    | KpiPolicy
    | BookPolicy
    | AccessPolicy
    | RetentionPolicy
)
_SCHEMAS: dict[str, type[Policy]] = {
    "health": HealthPolicy,
    "cadence": CadencePolicy,
    "renewals": RenewalPolicy,
    "signals": SignalPolicy,
    "reminders": ReminderPolicy,
    "kpi": KpiPolicy,
    "book": BookPolicy,
    "access": AccessPolicy,
    "retention": RetentionPolicy,
}
POLICY_FILES = tuple(_SCHEMAS)
"""The stems of the files."""


@dataclass(frozen=True, slots=True)
class Policies:
    """All policy files together."""

    health: HealthPolicy
    cadence: CadencePolicy
    renewals: RenewalPolicy
    signals: SignalPolicy
    reminders: ReminderPolicy
    kpi: KpiPolicy
    book: BookPolicy
    access: AccessPolicy
    retention: RetentionPolicy

    @property
    def policies(self) -> Policies:
        """Policies that never change are `Rules` as well."""
        return self

    @property
    def faults(self) -> tuple[str, ...]:
        return ()


class Rules(Protocol):
    """Where the policies in force come from. What uses them for longer than one use case asks again."""

    @property
    def policies(self) -> Policies:
        """The policies in force now."""

    @property
    def faults(self) -> tuple[str, ...]:
        """A sentence for each file that cannot be used as it is; what it said before is still in force."""


def parse_policies(texts: Mapping[str, str]) -> Policies:
    """Policies from the texts of the files by stem ("health", ...). `PolicyError` for the first bad one."""
    if missing := _SCHEMAS.keys() - texts.keys():
        raise PolicyError(f"policy files are missing: {', '.join(sorted(f'{name}.yml' for name in missing))}")
    return Policies(**{name: cast(Any, parse_policy(texts[name], f"{name}.yml")) for name in _SCHEMAS})


def parse_policy(text: str, name: str) -> Policy:
    """The policy in `text`; the stem of the file's `name` chooses the schema. Raises `PolicyError`."""
    stem = re.split(r"[/\\]", name)[-1].rsplit(".", 1)[0]
    if stem not in _SCHEMAS:
        raise PolicyError(f"{name}: not a policy file; name it one of {', '.join(f'{stem}.yml' for stem in _SCHEMAS)}")
    try:
        return _SCHEMAS[stem].model_validate(_load(text, name))
    except ValidationError as wrong:
        root = yaml.compose(text, _Loader)
        faults = "; ".join(_fault(error, root) for error in wrong.errors(include_url=False))
        raise PolicyError(f"{name}: {faults}") from None


class _Loader(yaml.SafeLoader):
    """YAML without silent overwriting: a key that stands twice is an error."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen = set[str]()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.constructor.ConstructorError(
                    problem=f"`{key.value}` stands twice; keep one of them", problem_mark=key.start_mark
                )
            seen.add(key.value)
        return super().construct_mapping(node, deep)


def _load(text: str, name: str) -> object:
    try:
        return yaml.load(text, _Loader)  # noqa: S506 - a SafeLoader
    except yaml.MarkedYAMLError as wrong:
        at = (
            f" line {wrong.problem_mark.line + 1}, column {wrong.problem_mark.column + 1}" if wrong.problem_mark else ""
        )
        raise PolicyError(f"{name}{at}: {wrong.problem}; correct the line (two spaces per level)") from None
    except (yaml.YAMLError, RecursionError, ValueError) as wrong:
        raise PolicyError(f"{name}: not readable as YAML ({wrong}); restore the shipped file") from None


def _fault(error: Any, root: yaml.Node | None) -> str:
    """One fault as "line: place: what to do"."""
    place = ".".join(str(step) for step in error["loc"]) or "the file"
    place = f"line {_line(root, error['loc'])}, {place}"
    match error["type"]:
        case "missing":
            return f"{place}: is missing; add it"
        case "extra_forbidden":
            return f"{place}: is not known; remove it or correct its spelling"
        case "value_error":
            return f"{place}: {error['ctx']['error']}"
        case "model_type":
            return f"{place}: must be a list of `name: value` entries; compare with the shipped file"
        case _:
            return f"{place}: {error['msg'][0].lower()}{error['msg'][1:]}, but it is {error['input']!r}; change it"


def _line(root: yaml.Node | None, steps: tuple[int | str, ...]) -> int:
    """The line of what stands at a place of the file; of the nearest part around it when it is missing there."""
    node, line = root, 1
    for step in steps:
        match node:
            case yaml.MappingNode():
                found = [(key, value) for key, value in node.value if str(key.value) == str(step)]
                key, node = found[0] if found else (None, None)
                line = key.start_mark.line + 1 if key is not None else line
            case yaml.SequenceNode() if isinstance(step, int) and step < len(node.value):
                node = node.value[step]
                line = node.start_mark.line + 1
            case _:
                break
    return line
