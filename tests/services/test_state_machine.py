"""Any sequence of imports, logged touches, undos, merges and crashes shows what a simple model says it should."""

from __future__ import annotations

import tempfile
from pathlib import Path

import hypothesis.strategies as st
from hypothesis import HealthCheck, settings
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from bot.importers import SourceFile
from bot.services.errors import BadInput, NotAllowed
from bot.services.importing.batch import recover
from bot.services.logbook.entry import LogEntry
from bot.storage.database import Database
from bot.storage.queries.accounts import data_ages
from tests.services.clerk import NOW, SELF, Clerk

SEGMENTS = ("low", "mid", "big")
NAMES = ("GTX Pro", "GTXPro", "Oak", "Elm", "Ash Wood", "Ashwood")
accounts = st.dictionaries(
    st.sampled_from("ABCDEF"), st.tuples(st.sampled_from(SEGMENTS), st.sampled_from(["", "Ida", "Ole"])), min_size=1
)
touches = st.dictionaries(st.integers(1, 9), st.tuples(st.sampled_from("ABCDEFX"), st.integers(1, 28)))

Account = tuple[str, str]
State = tuple[dict[str, Account], dict[int, tuple[str, int]], dict[str, str], dict[str, str]]
"""Accounts by id (segment, owner), touches by id (account, day), whom a merged account became a part of, and what was
logged (account by key)."""


class _Crash(BaseException):
    """As if the process had died: nothing cleans up behind it."""


class Imports(RuleBasedStateMachine):
    template: bytes

    @initialize()
    def start(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        path = Path(self.folder.name, "steward.db")
        path.write_bytes(self.template)
        self.clerk = Clerk(Database(f"sqlite:///{path}"), Path(self.folder.name, "files"))
        self.state: State = ({}, {}, {}, {})
        self.keys = 0
        self.history: list[tuple[str, State]] = []
        self.bring(dict.fromkeys("ABCDEF", ("mid", "Ida")), {1: ("B", 1), 2: ("F", 2)}, again=True)

    def teardown(self) -> None:
        if hasattr(self, "clerk"):
            self.clerk.database.close()
            self.folder.cleanup()

    def _files(self, found: dict[str, Account], calls: dict[int, tuple[str, int]]) -> dict[str, str]:
        rows = "".join(f"{one},{NAMES[ord(one) - 65]},{seg},{owner}\n" for one, (seg, owner) in found.items())
        lines = "".join(f"{n},{one},2026-01-{day:02d},call,Hi\n" for n, (one, day) in calls.items())
        files = {"accounts.csv": f"id,name,segment,owner\n{rows}"}
        return files | (
            {"calls.csv": f"call_id,account_id,activity date,activity type,subject\n{lines}"} if lines else {}
        )

    def _after(self, found: dict[str, Account], calls: dict[int, tuple[str, int]]) -> State:
        """What should be visible after importing these."""
        known, touched, merged, logged = self.state
        new = dict(known)
        for one, (segment, owner) in found.items():
            if one not in merged:  # the record that was first speaks for both
                new[one] = (segment, owner or new.get(one, ("", ""))[1])
        into = {n: (merged.get(one, one), day) for n, (one, day) in calls.items()}
        return new, touched | {n: row for n, row in into.items() if row[0] in new}, merged, logged

    @rule(found=accounts, calls=touches, again=st.booleans())
    def bring(self, found: dict[str, Account], calls: dict[int, tuple[str, int]], *, again: bool) -> None:
        after = self._after(found, calls)
        files = self._files(found, calls)
        report = self.clerk.bring(files)
        self.history.append((str(report.batch), self.state))
        self.state = after
        if again:
            report = self.clerk.again_changes_nothing(files)
            self.history.append((str(report.batch), after))

    @rule(found=accounts, calls=touches, at=st.integers(0, 1))
    def crash(self, found: dict[str, Account], calls: dict[int, tuple[str, int]], at: int) -> None:
        """A loader stops in the middle and never comes back; whoever cleans up finds its lease expired."""
        seen = 0

        def progress(file: SourceFile, done: int) -> None:
            nonlocal seen
            seen += 1
            if seen > at:
                self.check()
                recover(self.clerk.database, SELF, lambda: NOW.replace(year=2030))
                raise _Crash

        try:
            report = self.clerk.bring(self._files(found, calls), progress=progress)
        except _Crash:
            return
        self.history.append((str(report.batch), self.state))
        self.state = self._after(found, calls)

    @rule(which=st.integers(0, 5))
    def log(self, which: int) -> None:
        known, touched, merged, logged = self.state
        one = sorted(known)[which % len(known)]
        key, change = self._log(one)
        self.history.append((change, self.state))
        self.state = known, touched, merged, {**logged, key: one}

    @rule(found=accounts, calls=touches, which=st.integers(0, 5), dies=st.booleans())
    def log_meanwhile(
        self, found: dict[str, Account], calls: dict[int, tuple[str, int]], which: int, *, dies: bool
    ) -> None:
        """Somebody logs while an import loads, whatever becomes of that."""
        before = self.state
        one = sorted(before[0])[which % len(before[0])]
        made: list[tuple[str, str]] = []

        def progress(file: SourceFile, done: int) -> None:
            if not made:
                made.append(self._log(one))
                if dies:
                    raise _Crash

        try:
            report = self.clerk.bring(self._files(found, calls), progress=progress)
        except _Crash:
            known, touched, merged, logged = before
        else:
            known, touched, merged, logged = self._after(found, calls)
            self.history.append((str(report.batch), before))
        if made:
            [(key, change)] = made
            self.history.append((change, (known, touched, merged, logged)))
            logged = {**logged, key: one}
        self.state = known, touched, merged, logged

    def _log(self, account: str) -> tuple[str, str]:
        """The key of what is logged, and its change."""
        self.keys += 1
        one = self.clerk.row("account", external_id=account).id
        done = self.clerk.desk.log_touch(SELF, one, LogEntry(f"log {self.keys}", "call", NOW, "Spoke"))
        return f"log {self.keys}", done.change

    def _undo(self, change: str) -> None:
        try:
            self.clerk.undo(change)
        except BadInput:
            self.clerk.desk.undo_change(SELF, change)

    @precondition(lambda self: len(self.history) > 2)
    @rule()
    def undo_newest(self) -> None:
        batch, self.state = self.history.pop()
        self._undo(batch)

    @precondition(lambda self: len(self.history) > 2)
    @rule(which=st.integers(0, 10))
    def undo_any(self, which: int) -> None:
        """An older import is either refused or was of no use to any later one."""
        place = 2 + which % (len(self.history) - 2)  # the first book stays
        batch, before = self.history[place]
        try:
            self._undo(batch)
        except NotAllowed:
            return
        later = self.history[place + 1 :]
        after = later[0][1] if later else self.state
        del self.history[place]
        if after == before:
            return
        # It brought something that nobody built on, so exactly that is gone; take the later ones back, too.
        for newer, _ in reversed(later):
            self._undo(newer)
        del self.history[place:]
        self.state = before

    @rule(accept=st.sampled_from([True, True, False]))
    def decide(self, accept: bool) -> None:
        items = sorted((item for item in self.clerk.reviews() if item.kind == "same?"), key=lambda item: item.item)
        if not items:
            return
        item = items[0]
        known, touched, merged, logged = self.state
        ids = {NAMES[ord(one) - 65]: one for one in known}
        if item.this not in ids or not item.others or item.others[0] not in ids or not accept:
            self.clerk.decide(item.item, "dismissed")
            return
        this, other = ids[item.this], ids[item.others[0]]
        change = self.clerk.decide(item.item, "accepted").change
        self.history.append((str(change), self.state))
        left = {one: cells for one, cells in known.items() if one != this}
        if not left[other][1]:
            left[other] = (left[other][0], known[this][1])
        moved = {n: (other if one == this else one, day) for n, (one, day) in touched.items()}
        relogged = {key: other if one == this else one for key, one in logged.items()}
        self.state = left, moved, {**merged, this: other}, relogged

    @invariant()
    def check(self) -> None:
        if not hasattr(self, "clerk"):
            return
        known, touched, _, logged = self.state
        rows = self.clerk.rows("account")
        names = {row.id: row.external_id for row in rows}
        people = {row.id: row.name for row in self.clerk.rows("member")}
        owners = {names[row.account_id]: people[row.member_id] for row in self.clerk.rows("assignment")}
        assert {row.external_id: (row.segment, owners.get(row.external_id, "")) for row in rows} == known
        rows = self.clerk.rows("interaction")
        assert {row.external_id: names[row.account_id] for row in rows if row.source == "steward"} == logged
        calls = [row for row in rows if row.source != "steward"]
        assert {int(row.external_id): (names[row.account_id], row.at.day) for row in calls} == touched
        for one in known:
            assert self.clerk.find(one).outcome == "one"
        with self.clerk.database.reading(SELF) as reader:
            remembered = data_ages(reader)
            reader._memory = {}
            assert data_ages(reader) == remembered


def test_any_sequence_shows_what_the_model_says(sqlite_template: bytes) -> None:
    machine = type("Machine", (Imports,), {"template": sqlite_template})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=15, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
