"""Modals in each user's stack (at most three deep) and published Home tabs."""

import hashlib
import itertools
import json
from dataclasses import dataclass, field

from bot.sandbox.errors import Json, SlackError

MAX_STACK = 3


@dataclass
class View:
    """One open modal or Home tab; `picks` are the current values of its inputs by block id and action id."""

    id: str
    user: str
    body: Json
    root: str
    previous: str | None = None
    hash: str = ""
    errors: dict[str, str] = field(default_factory=dict)
    notice: str = ""
    picks: dict[str, Json] = field(default_factory=dict)


class ViewStore:
    def __init__(self) -> None:
        self._ids = itertools.count(1)
        self._revision = itertools.count(1)
        self.stacks: dict[str, list[View]] = {}
        self.homes: dict[str, View] = {}

    def stack(self, user: str) -> list[View]:
        return self.stacks.setdefault(user, [])

    def top(self, user: str) -> View | None:
        stack = self.stack(user)
        return stack[-1] if stack else None

    def open(self, user: str, body: Json) -> View:
        """A new root: what this user had open before is gone."""
        self._reject_duplicate(body, None)
        view = self._make(user, body, None)
        self.stacks[user] = [view]
        return view

    def push(self, user: str, body: Json) -> View:
        stack = self.stack(user)
        if not stack:
            raise SlackError("not_found")
        if len(stack) >= MAX_STACK:
            raise SlackError("push_limit_reached")
        self._reject_duplicate(body, None)
        view = self._make(user, body, stack[-1])
        stack.append(view)
        return view

    def update(self, view: View, body: Json, expected_hash: str | None = None) -> View:
        if expected_hash and expected_hash != view.hash:
            raise SlackError("hash_conflict")
        self._reject_duplicate(body, view)
        view.body, view.errors, view.notice = body, {}, ""
        view.hash = self._hash(body)
        keep = {block.get("block_id") for block in body["blocks"]}
        view.picks = {block: values for block, values in view.picks.items() if block in keep}
        return view

    def publish(self, user: str, body: Json, expected_hash: str | None = None) -> View:
        view = self.homes.get(user)
        if view is None:
            view = self.homes[user] = self._make(user, body, None)
            return view
        return self.update(view, body, expected_hash)

    def find(self, *, view_id: str | None = None, external_id: str | None = None) -> View | None:
        for view in self.every():
            if view.id == view_id or (external_id and view.body.get("external_id") == external_id):
                return view
        return None

    def every(self) -> list[View]:
        return [*itertools.chain.from_iterable(self.stacks.values()), *self.homes.values()]

    def pop(self, user: str) -> None:
        stack = self.stack(user)
        if stack:
            stack.pop()

    def clear(self, user: str) -> None:
        self.stack(user).clear()

    def _make(self, user: str, body: Json, below: View | None) -> View:
        view_id = f"V{next(self._ids):08d}"
        root = below.root if below else view_id
        return View(view_id, user, body, root, below.id if below else None, self._hash(body))

    def _hash(self, body: Json) -> str:
        digest = hashlib.sha256(json.dumps(body, sort_keys=True, default=str).encode()).hexdigest()[:8]
        return f"{next(self._revision)}.{digest}"

    def _reject_duplicate(self, body: Json, own: View | None) -> None:
        external = body.get("external_id")
        if external and any(v is not own and v.body.get("external_id") == external for v in self.every()):
            raise SlackError("duplicate_external_id")
