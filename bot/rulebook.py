"""The policies in force, read from files that people change while the bot runs.

Every file of `bot/policies/` may be replaced by one of the same name in a folder of one's own. A file that cannot be
used leaves what it said before in force, and says why in one sentence; correcting it is enough.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, cast

from bot.domain.policy import POLICY_FILES, Policies, Policy, PolicyError, parse_policy

SHIPPED = Path(__file__).with_name("policies")
_MOST_BYTES = 1_000_000
_log = logging.getLogger(__name__)

_Stamp = tuple[Path, int, int, int]


@dataclass(frozen=True, slots=True)
class PolicyFile:
    """A file: what it says, or what is wrong with it. `name` is the policy it stands for, None when nobody reads it."""

    name: str | None
    path: Path
    policy: Policy | None
    fault: str | None

    @property
    def is_own(self) -> bool:
        return self.path.parent != SHIPPED


def examine(folder: Path | None) -> tuple[PolicyFile, ...]:
    """Every policy file as it is on disk, and files in the folder that nobody reads; nothing is raised."""
    if folder is not None and not folder.is_dir():
        return (PolicyFile(None, folder, None, _no_folder(folder)), *(_read(name, None) for name in POLICY_FILES))
    return (*(_read(name, folder) for name in POLICY_FILES), *_strays(folder))


def policies_with(folder: Path | None, other: Path) -> Policies:
    """The policies with some replaced: by a folder of files, or by one file whose name begins with that of the file it
    stands for (`renewals-2027.yml`). Raises PolicyError."""
    files = _of_folder(folder)
    if other.is_dir():
        return _joined(files | {name: one for name, one in _of_folder(other).items() if one.is_own})
    name = next((name for name in POLICY_FILES if other.name.startswith(name)), None)
    if name is None or not other.is_file():
        names = ", ".join(f"{name}.yml" for name in POLICY_FILES)
        raise PolicyError(f"{other} is no file or folder of rules; give a folder, or a file named like {names}")
    return _joined(files | {name: _parsed(name, other)})


class Rulebook:
    """`Rules` from files. `look` reads what changed on disk; between two looks nothing moves.

    Made of files that are all good: raises PolicyError otherwise, for there is nothing else to go by yet.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._stamps = self._stamped()
        self._policies = _joined(_of_folder(folder))
        self._faults: tuple[str, ...] = ()

    @property
    def policies(self) -> Policies:
        return self._policies

    @property
    def faults(self) -> tuple[str, ...]:
        return self._faults

    def look(self) -> None:
        """Take in what changed on disk. Cheap when nothing did: a few questions to the file system."""
        stamps = self._stamped()
        if stamps != self._stamps:
            self._stamps = stamps
            self._take(examine(self._folder))

    def _take(self, files: tuple[PolicyFile, ...]) -> None:
        lost = self._folder is not None and not self._folder.is_dir()
        good = {one.name: one.policy for one in files if one.name and one.policy is not None and not lost}
        before = {name: getattr(self._policies, name) for name in POLICY_FILES}
        changed = {name: new for name, new in good.items() if new.fingerprint != before[name].fingerprint}
        if changed:
            self._policies = Policies(**cast(Any, before | changed))
            for name, policy in changed.items():
                _log.info("%s.yml changed and is in force: version %s", name, policy.fingerprint)
        faults = tuple(f"{one.fault}. Until then the rules of before hold." for one in files if one.fault)
        for fault in faults:
            if fault not in self._faults:
                _log.warning("%s", fault)
        self._faults = faults

    def _stamped(self) -> dict[str, _Stamp | None]:
        """What would be different if a file were."""
        folder = [] if self._folder is None else [("", self._folder)]
        return {name: _stamp(path) for name, path in [*folder, *((n, _path(n, self._folder)) for n in POLICY_FILES)]}


def _stamp(path: Path) -> _Stamp | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return path, found.st_ino, found.st_mtime_ns, found.st_size


def _path(name: str, folder: Path | None) -> Path:
    own = folder / f"{name}.yml" if folder is not None else None
    return own if own is not None and own.exists() else SHIPPED / f"{name}.yml"


def _read(name: str, folder: Path | None) -> PolicyFile:
    return _parsed(name, _path(name, folder))


def _parsed(name: str, path: Path) -> PolicyFile:
    shown = path.name if path.parent == SHIPPED else str(path)
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise PolicyError(f"{shown}: is larger than a policy file can be; restore the shipped one")
        return PolicyFile(name, path, parse_policy(path.read_text(encoding="utf-8-sig"), f"{name}.yml"), None)
    except PolicyError as error:
        return PolicyFile(name, path, None, str(error).replace(f"{name}.yml", shown, 1))
    except UnicodeDecodeError as error:
        return PolicyFile(name, path, None, f"{shown}: byte {error.start} is not UTF-8; save the file as UTF-8")
    except OSError as error:
        return PolicyFile(name, path, None, f"{shown}: cannot be read ({error.strerror}); correct its permissions")


def _strays(folder: Path | None) -> Iterator[PolicyFile]:
    """Files that look like policies and are none: a name with a slip changes nothing, silently."""
    for path in sorted(folder.glob("*.y*ml")) if folder is not None else ():
        if path.stem not in POLICY_FILES or path.suffix != ".yml":
            near = get_close_matches(path.stem, POLICY_FILES, 1, 0.6)
            advice = f"did you mean {near[0]}.yml? Rename it" if near else f"known are {', '.join(POLICY_FILES)}"
            yield PolicyFile(None, path, None, f"{path}: nobody reads a file of this name; {advice}")


def _of_folder(folder: Path | None) -> dict[str, PolicyFile]:
    if folder is not None and not folder.is_dir():
        raise PolicyError(_no_folder(folder))
    return {name: _read(name, folder) for name in POLICY_FILES}


def _no_folder(folder: Path) -> str:
    return f"STEWARD_POLICIES names {folder}, which is not a folder; create it or unset the setting"


def _joined(files: dict[str, PolicyFile]) -> Policies:
    if wrong := [one.fault for one in files.values() if one.fault]:
        raise PolicyError("; ".join(wrong))
    return Policies(**{name: cast(Any, one.policy) for name, one in files.items()})
