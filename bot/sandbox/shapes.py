"""A small vocabulary for "what may stand here": each shape checks a JSON value and yields violations.

A violation is a JSON pointer and a sentence in the words of Slack's `response_metadata.messages`."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol


class Violation(NamedTuple):
    pointer: str
    message: str

    def slack(self) -> str:
        return f"[ERROR] {self.message} [json-pointer:{self.pointer}]"


Violations = Iterator[Violation]
Rule = Callable[[Mapping[str, Any], str], Violations]


class Shape(Protocol):
    def check(self, value: object, at: str) -> Violations: ...


def _count(n: int, unit: str) -> str:
    return f"{n} {unit}" if n == 1 else f"{n} {unit}s"


@dataclass(frozen=True)
class Str:
    most: int | None = None
    least: int = 0
    pattern: str | None = None

    def check(self, value: object, at: str) -> Violations:
        if not isinstance(value, str):
            yield Violation(at, "must provide a string")
        elif self.most is not None and len(value) > self.most:
            yield Violation(at, f"must be less than {self.most + 1} characters")
        elif len(value) < self.least:
            yield Violation(at, f"must be more than {_count(self.least - 1, 'character')}")
        elif self.pattern is not None and not re.fullmatch(self.pattern, value):
            yield Violation(at, f"must match the pattern {self.pattern}")


@dataclass(frozen=True)
class Bool:
    def check(self, value: object, at: str) -> Violations:
        if not isinstance(value, bool):
            yield Violation(at, "must provide a boolean")


@dataclass(frozen=True)
class Num:
    least: float | None = None
    most: float | None = None
    whole: bool = True

    def check(self, value: object, at: str) -> Violations:
        if isinstance(value, bool) or not isinstance(value, int if self.whole else (int, float)):
            yield Violation(at, "must provide a number")
        elif self.least is not None and value < self.least:
            yield Violation(at, f"must be at least {self.least:g}")
        elif self.most is not None and value > self.most:
            yield Violation(at, f"must be at most {self.most:g}")


@dataclass(frozen=True)
class Enum:
    values: tuple[object, ...]

    def check(self, value: object, at: str) -> Violations:
        if isinstance(value, bool) or value not in self.values:
            yield Violation(at, f"must be one of {', '.join(map(str, self.values))}")


@dataclass(frozen=True)
class Arr:
    item: Shape
    least: int = 0
    most: int | None = None

    def check(self, value: object, at: str) -> Violations:
        if not isinstance(value, list):
            yield Violation(at, "must provide an array")
            return
        if len(value) < self.least:
            yield Violation(at, f"no fewer than {_count(self.least, 'item')} allowed")
        if self.most is not None and len(value) > self.most:
            yield Violation(at, f"no more than {_count(self.most, 'item')} allowed")
        for index, item in enumerate(value):
            yield from self.item.check(item, f"{at}/{index}")


def escape_pointer(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")


@dataclass(frozen=True)
class Obj:
    """Exactly these members; `rules` add what depends on several of them."""

    fields: Mapping[str, Shape]
    required: tuple[str, ...] = ()
    rules: tuple[Rule, ...] = ()

    def check(self, value: object, at: str) -> Violations:
        if not isinstance(value, dict):
            yield Violation(at, "must provide an object")
            return
        for key in self.required:
            if value.get(key) is None:
                yield Violation(at, f"missing required field: {key}")
        for key, item in value.items():
            shape = self.fields.get(key)
            if shape is None:
                yield Violation(f"{at}/{escape_pointer(str(key))}", f"invalid additional property: {key}")
            elif item is None:
                yield Violation(f"{at}/{escape_pointer(str(key))}", f"must not be null: {key}")
            else:
                yield from shape.check(item, f"{at}/{escape_pointer(str(key))}")
        for rule in self.rules:
            yield from rule(value, at)


@dataclass(frozen=True)
class Typed:
    """An object chosen by its `type` member from a catalogue filled later, so that shapes may refer to each other."""

    catalogue: Mapping[str, Shape]
    allowed: tuple[str, ...] = ()
    noun: str = "element"

    def check(self, value: object, at: str) -> Violations:
        if not isinstance(value, dict):
            yield Violation(at, "must provide an object")
            return
        kind = value.get("type")
        known = isinstance(kind, str) and kind in self.catalogue and (not self.allowed or kind in self.allowed)
        if not known:
            yield Violation(
                f"{at}/type", f"unsupported type: {kind}" if kind is not None else "missing required field: type"
            )
            return
        yield from self.catalogue[str(kind)].check(value, at)


@dataclass(frozen=True)
class Text:
    """A text object; `plain` and `mrkdwn` say which kinds may stand here."""

    most: int | None = None
    plain: bool = True
    mrkdwn: bool = True
    least: int = 1

    def check(self, value: object, at: str) -> Violations:
        kind = value.get("type") if isinstance(value, dict) else None
        if not isinstance(value, dict):
            yield Violation(at, "must provide an object")
        elif kind == "plain_text" and self.plain:
            yield from Obj(_PLAIN | {"text": Str(self.most, self.least)}, ("type", "text")).check(value, at)
        elif kind == "mrkdwn" and self.mrkdwn:
            yield from Obj(_MRKDWN | {"text": Str(self.most, self.least)}, ("type", "text")).check(value, at)
        else:
            yield Violation(f"{at}/type", f"unsupported type: {kind}")


_PLAIN: dict[str, Shape] = {"type": Str(), "emoji": Bool()}
_MRKDWN: dict[str, Shape] = {"type": Str(), "verbatim": Bool()}


def one_of(*keys: str) -> Rule:
    """Exactly one of these members is there."""

    def rule(value: Mapping[str, Any], at: str) -> Violations:
        there = [key for key in keys if value.get(key) is not None]
        if not there:
            yield Violation(at, f"missing required field: {keys[0]}" + "".join(f" or {key}" for key in keys[1:]))
        elif len(there) > 1:
            yield Violation(at, f"only one of {', '.join(there)} may be provided")

    return rule


def some_of(*keys: str) -> Rule:
    """At least one of these members is there."""

    def rule(value: Mapping[str, Any], at: str) -> Violations:
        if not any(value.get(key) is not None for key in keys):
            yield Violation(at, f"missing required field: {' or '.join(keys)}")

    return rule
