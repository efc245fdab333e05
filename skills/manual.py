"""`SKILL.md` and `assets/template.md`, read and checked.

The folder follows the Agent Skills convention: front matter with `name` (equal to the folder) and `description`, keys
of our own under `metadata`. The template is Markdown in which `{{section:key}}` says where a section goes; the heading
above it is its title. Neither carries code, and neither can loosen a gate.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from skills.contract import Heading, Manual, Section

_MOST_LINES, _LARGEST = 500, 40_000
_FRONT = re.compile(r"\A---\s*\n(.*?)\n---\s*(?:\n|\Z)", re.DOTALL)
_TOKEN = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
_HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*$")


class ManualError(ValueError):
    """A manual that cannot be used: the message names the file, the place and what to do."""


class _Front(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, Field(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$", max_length=64)]
    description: Annotated[str, Field(min_length=1, max_length=1024)]
    license: str | None = None
    compatibility: Annotated[str | None, Field(max_length=500)] = None
    metadata: dict[str, str] = Field(default_factory=dict)
    allowed_tools: Annotated[str | None, Field(alias="allowed-tools")] = None


def read(folder: Path, sections: Sequence[Section], spare: Path | None = None) -> Manual:
    """The manual in a skill's folder; a template that it lacks is that of `spare`. Raises ManualError."""
    text = _text(folder / "SKILL.md")
    own = folder / "assets" / "template.md"
    template = _text(spare / "assets" / "template.md" if spare is not None and not own.exists() else own)
    front, body = _split(text, folder.name)
    if front.name != folder.name:
        raise ManualError(
            f"{folder.name}/SKILL.md: name is `{front.name}`; it must be `{folder.name}`, as the folder is"
        )
    if text.count("\n") > _MOST_LINES:
        raise ManualError(f"{folder.name}/SKILL.md: has more than {_MOST_LINES} lines; move details out of it")
    keys = {one.key: one.title for one in sections}
    return Manual(
        name=front.name,
        description=front.description,
        body=body,
        template=_TOKEN.sub("", template),
        layout=_layout(template, keys, f"{folder.name}/assets/template.md"),
        metadata=front.metadata,
        version=_version(text, template, json.dumps(keys, sort_keys=True)),
    )


def _text(path: Path) -> str:
    name = "/".join(path.parts[-2:]) if path.name == "SKILL.md" else "/".join(path.parts[-3:])
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise ManualError(f"{name}: is missing; restore it") from None
    except (OSError, UnicodeDecodeError) as wrong:
        raise ManualError(f"{name}: cannot be read ({wrong}); save it as UTF-8 text") from None
    if len(text) > _LARGEST:
        raise ManualError(f"{name}: is longer than {_LARGEST:,} characters; shorten it")
    return text.replace("\r\n", "\n")


def _split(text: str, name: str) -> tuple[_Front, str]:
    found = _FRONT.match(text)
    if found is None:
        raise ManualError(f"{name}/SKILL.md: must begin with `---`, a name, a description, and `---`")
    try:
        front = yaml.safe_load(found[1])
    except yaml.YAMLError as wrong:
        mark = getattr(wrong, "problem_mark", None)
        at = f" line {mark.line + 2}" if mark is not None else ""
        raise ManualError(f"{name}/SKILL.md{at}: the part between the `---` is not YAML; correct it") from None
    try:
        return _Front.model_validate(front), text[found.end() :]
    except ValidationError as wrong:
        first = wrong.errors(include_url=False)[0]
        place = ".".join(str(step) for step in first["loc"]) or "the front matter"
        message = first["msg"][:1].lower() + first["msg"][1:]
        raise ManualError(f"{name}/SKILL.md: {place}: {message}; correct it") from None


def _layout(template: str, keys: dict[str, str], name: str) -> tuple[Heading, ...]:
    found: dict[str, Heading] = {}
    title: str | None = None
    for number, line in enumerate(template.splitlines(), start=1):
        for token in _TOKEN.findall(line):
            kind, _, key = token.partition(":")
            if kind != "section" or key not in keys:
                known = ", ".join(f"{{{{section:{one}}}}}" for one in keys)
                raise ManualError(f"{name} line {number}: {{{{{token}}}}} is not known; use {known}")
            if key in found:
                raise ManualError(f"{name} line {number}: {{{{{token}}}}} stands twice; keep one of them")
            found[key] = Heading(title=title or keys[key], section=key)
            title = None
        if (heading := _HEADING.match(_TOKEN.sub("", line).rstrip())) is not None:
            title = heading[1]
    if not found:
        raise ManualError(f"{name}: places no section; add at least one, like {{{{section:{next(iter(keys))}}}}}")
    return tuple(found.values())


def _version(*texts: str) -> str:
    return hashlib.blake2b("\x1e".join(texts).encode(), digest_size=6).hexdigest()
