"""Payloads made wrong: every change is drawn from one generator, so that a seed says it all."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from random import Random
from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]
CANARY = "canary-7f3a"
"""Stands in every hostile text: what people write has no place in a log."""

TEXTS = (
    f"<!channel> <!here> <@U0JONAS> <#C0GENERAL> {CANARY}",
    f"<https://evil.example|{CANARY}> [x](https://evil.example) ```*_~`",
    f"\u202e\u2066{CANARY}\u200b\u200d\ufeff\u0301\u0301",
    f"\x00\x01\x07\x1b[31m{CANARY}\r\n\t\x7f\x85\u2028",
    f"\ud800{CANARY}\udfff",
    f"'; DROP TABLE account; -- {CANARY} %s %n ${{7*7}} {{{{7*7}}}} ../../etc/passwd",
    f"👩‍👩‍👧‍👦🏳️‍🌈 ﷽ 𝕹𝖔𝖗𝖉𝖜𝖎𝖓𝖉 {CANARY}",
    "Z̸͖a̵l̷g̶o̴" * 40,
    "e\u0301" * 3_000,
    "a " * 2_500,
    '"' * 300,
    "(" * 500 + CANARY,
    "\\" * 200,
    "0",
    "-1",
    "9" * 400,
    "1e999",
    "9999-12-31",
    "0000-00-00",
    "31 February 2026",
    "2026-13-45T99:99:99Z",
    "every 0 days until never",
    "[[[[[[[[",
    '{"a":' * 300,
    "null",
    "  \t\n ",
    "",
)
ODD: tuple[Any, ...] = (
    None, True, False, 0, -1, 2**31, 2**63, -(2**63), 10**300, 0.5, -0.0, 1e308, [], {}, [[]], [{}], [None], {"": ""},
    {"id": {"id": {}}}, ["U0MAYA"], {"value": ["x"]}, "x" * 4_000,
)  # fmt: skip
_HUGE = "W" * 1_000_000
_IDS = (
    "U0MAYA",
    "U0JONAS",
    "U0NOBODY",
    "USLACKBOT",
    "W1",
    "B1",
    "C0ACCOUNTS",
    "C0NOWHERE",
    "D0MAYA",
    "G1",
    "T1",
    "",
    "1",
)
Path: TypeAlias = tuple[str | int, ...]


def places(value: Any, at: Path = ()) -> list[Path]:
    """Every place in it, also inside of texts that hold JSON."""
    found: list[Path] = [at] if at else []
    inner = value if isinstance(value, dict | list) else None
    for key, one in inner.items() if isinstance(inner, dict) else enumerate(inner or ()):
        found += places(one, (*at, key))
    return found


class Mutants:
    """`others` are payloads whose parts get into this one: values of other buttons, ids of other rows and people."""

    def __init__(self, random: Random, others: list[Json]) -> None:
        self._random = random
        self._values = sorted({text for one in others for text in _texts_of(one)})
        self._actions = sorted({one["actions"][0]["action_id"] for one in others if one.get("actions")})
        self._ways: tuple[Callable[[Any, str | int], None], ...] = (
            self._drop, self._retype, self._retype, self._say, self._say, self._nest, self._double, self._rename,
            self._swap, self._swap, self._inside, self._inside, self._inside, self._cut, self._own, self._enlarge,
        )  # fmt: skip

    def of(self, payload: Json) -> Json:
        """A copy with a few things wrong, most of them where a listener looks."""
        made = copy.deepcopy(payload)
        for _ in range(self._random.choice((1, 1, 1, 2, 3, 6))):
            self._change(made)
        return made

    def _change(self, made: Json) -> None:
        everywhere = places(made)
        typed = [
            at for at in everywhere if (at[-1] == "text" and len(at) < 3) or (at[-1] == "value" and "values" in at)
        ]
        telling = [at for at in everywhere if _TELLING & set(at)]
        pool, ways = telling if telling and self._random.random() < 0.75 else everywhere, self._ways
        if typed and self._random.random() < 0.3:
            pool, ways = typed, (self._say,)
        at, way = self._random.choice(pool or [("type",)]), self._random.choice(ways)
        parent: Any = made
        for key in at[:-1]:
            parent = parent[key]
        way(parent, at[-1])

    def _drop(self, parent: Any, key: Any) -> None:
        del parent[key]

    def _retype(self, parent: Any, key: Any) -> None:
        parent[key] = copy.deepcopy(self._random.choice(ODD))

    def _say(self, parent: Any, key: Any) -> None:
        text = self._random.choice(TEXTS)
        before = parent[key] if isinstance(parent[key], str) and self._random.random() < 0.6 else ""
        parent[key] = f"{before} {text}" if before else text

    def _nest(self, parent: Any, key: Any) -> None:
        for _ in range(self._random.choice((1, 2, 30, 100))):
            parent[key] = [parent[key]] if self._random.random() < 0.5 else {"id": parent[key]}

    def _double(self, parent: Any, key: Any) -> None:
        value = parent[key]
        parent[key] = value * self._random.choice((2, 60)) if isinstance(value, list) else [value, value]

    def _rename(self, parent: Any, key: Any) -> None:
        if isinstance(parent, dict):
            parent[self._random.choice((f"{key}_", key.upper(), "id", "value", "type"))] = parent.pop(key)

    def _swap(self, parent: Any, key: Any) -> None:
        """Something that stands elsewhere: another button's value, somebody else, another action."""
        pool = (self._actions or [""]) if key in ("action_id", "callback_id") else (*self._values, *_IDS)
        parent[key] = self._random.choice(pool)

    def _inside(self, parent: Any, key: Any) -> None:
        """The same, in the JSON that a value or a form's memory holds."""
        if not isinstance(parent[key], str):
            self._swap(parent, key)
            return
        name, gap, rest = parent[key].partition(" ") if parent[key].startswith("steward.") else ("", "", parent[key])
        try:
            held = json.loads(rest)
        except (ValueError, RecursionError):
            parent[key] = f"{name}{gap}{self._random.choice(self._values or [''])}"
            return
        box = {"held": held}
        at = self._random.choice(places(box))
        inner: Any = box
        for step in at[:-1]:
            inner = inner[step]
        self._random.choice((self._drop, self._retype, self._say, self._swap, self._cut))(inner, at[-1])
        parent[key] = name + gap + json.dumps(box.get("held"))

    def _cut(self, parent: Any, key: Any) -> None:
        if isinstance(parent[key], str | list):
            parent[key] = parent[key][: self._random.randrange(len(parent[key]) + 1)]

    def _own(self, parent: Any, key: Any) -> None:
        """Somebody else did it."""
        if isinstance(parent, dict):
            parent[key] = (
                {"id": self._random.choice(_IDS)} if isinstance(parent[key], dict) else self._random.choice(_IDS)
            )

    def _enlarge(self, parent: Any, key: Any) -> None:
        parent[key] = (
            _HUGE if self._random.random() < 0.05 else "x" * self._random.choice((76, 256, 2_001, 3_001, 45_000))
        )


_TELLING = {
    "actions", "private_metadata", "values", "value", "text", "user", "user_id", "channel", "channel_id", "command",
    "event", "action_id", "callback_id", "container", "selected_option", "block_id", "trigger_id", "response_url",
    "view", "ts", "thread_ts",
}  # fmt: skip


def _texts_of(payload: Json) -> list[str]:
    """What its buttons and forms carry, and who did it."""
    carried = [
        *(one.get("value") for one in payload.get("actions") or ()),
        *((one.get("selected_option") or {}).get("value") for one in payload.get("actions") or ()),
        (payload.get("view") or {}).get("private_metadata"),
        payload.get("text"),
    ]
    return [one for one in carried if isinstance(one, str) and one]
