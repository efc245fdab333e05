"""Which skills there are, and their manuals as they are now.

A skill is a folder with a `SKILL.md`. Its manual is read again when a file of it changed; a bad edit keeps the last
good one and is told. Code is loaded once: it comes with the release, never from elsewhere.
"""

from __future__ import annotations

import importlib
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple, cast

from skills.contract import Manual, Skill
from skills.manual import ManualError, read

HOME = Path(__file__).parent


class Loaded(NamedTuple):
    """A skill and its manual; `problem` says what is wrong with the newest edit, which is then not in use."""

    skill: Skill[Any, Any]
    manual: Manual
    problem: str | None
    folder: Path


class UnknownSkill(LookupError):  # noqa: N818 - reads as what it is in an except clause
    """No folder of that name; the message lists those that are."""


class Registry:
    """The skills of `home`; in `own` may stand folders of the same names with other manuals. Safe between threads."""

    def __init__(self, own: Path | None = None, home: Path = HOME) -> None:
        self._own, self._home = own, home
        self._lock = Lock()
        self._kept: dict[str, tuple[tuple[int, ...], Loaded]] = {}

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(sorted(path.parent.name for path in self._home.glob("*/SKILL.md")))

    def get(self, name: str) -> Loaded:
        """The skill as it is to be used now. Raises UnknownSkill, and ManualError when there never was a good one."""
        if name not in self.names:
            raise UnknownSkill(f"There is no skill `{name}`; there are {', '.join(self.names)}.")
        folder = self._folder(name)
        stamp = _stamp(folder)
        with self._lock:
            known = self._kept.get(name)
            if known is not None and known[0] == stamp:
                return known[1]
            loaded = self._load(name, folder, known[1] if known else None)
            self._kept[name] = (stamp, loaded)
            return loaded

    def problems(self) -> tuple[str, ...]:
        """What is wrong with the manuals, a sentence each; empty when nothing is."""
        found = []
        for name in self.names:
            try:
                problem = self.get(name).problem
            except ManualError as wrong:
                problem = str(wrong)
            if problem is not None:
                found.append(problem)
        return tuple(found)

    def _folder(self, name: str) -> Path:
        own = self._own / name if self._own is not None else None
        return own if own is not None and (own / "SKILL.md").is_file() else self._home / name

    def _load(self, name: str, folder: Path, before: Loaded | None) -> Loaded:
        skill = _skill(name)
        try:
            return Loaded(skill, read(folder, skill.sections, self._home / name), None, folder)
        except ManualError as wrong:
            if before is not None:
                return before._replace(problem=f"{wrong}. The last good version stays in use.")
            if folder.parent != self._home:  # the shipped one is good
                shipped = read(self._home / name, skill.sections)
                return Loaded(skill, shipped, f"{wrong}. The shipped version is in use.", folder)
            raise


def _stamp(folder: Path) -> tuple[int, ...]:
    """Changes when a file of the manual does."""
    files = (folder / "SKILL.md", folder / "assets" / "template.md")
    return tuple(part for file in files if file.exists() for part in (file.stat().st_mtime_ns, file.stat().st_size))


def _skill(name: str) -> Skill[Any, Any]:
    return cast("Skill[Any, Any]", importlib.import_module(f"skills.{name}.skill").SKILL)
