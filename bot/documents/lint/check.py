"""Finding internal values in what was opened, and refusing the file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.documents.lint.canon import Stream, canonical, numbers, tokens
from bot.documents.lint.parts import Part, Unread
from bot.documents.lint.secrets import Amount, Watch

_WINDOW = 80
_MOST_FINDINGS = 50


@dataclass(frozen=True, slots=True)
class Finding:
    """Where something internal stands in a file, what it is, and the value; without a value, why nobody can tell."""

    place: str
    what: str
    value: str = ""

    def __str__(self) -> str:
        return f"{self.place}: {self.what}" + (f" ({self.value})" if self.value else "")


class InternalFoundError(Exception):
    """A customer's file holds something internal, or something that cannot be checked. Nothing was handed out."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        self.findings = findings
        first = "; ".join(str(finding) for finding in findings[:3])
        more = f"; and {len(findings) - 3} more" if len(findings) > 3 else ""
        super().__init__(
            f"The customer's copy was held back: {first}{more}. Mark or remove it in the draft, then try again."
        )


def lint(name: str, content: bytes, watch: Watch, known: frozenset[str] = frozenset()) -> tuple[Finding, ...]:
    """What is wrong with a finished file, at most fifty findings; empty when it may go out.

    `name` ends in .pptx, .docx, .xlsx, .md or .png. `known` are SHA-256 of pictures that may be in it.
    """
    from bot.documents.lint.opened import opened  # loads the libraries of Office and of pictures: only for a file

    found: dict[tuple[str, str], Finding] = {}
    for part in (Part("name of the file", (("name of the file", name),)), *opened(name, content, known)):
        for finding in _unread(part) if isinstance(part, Unread) else _in_part(part, watch):
            found.setdefault((finding.place, finding.value or finding.what), finding)
            if len(found) == _MOST_FINDINGS:
                return tuple(found.values())
    return tuple(found.values())


def lint_text(place: str, text: str, watch: Watch) -> tuple[Finding, ...]:
    """The same for a text that is no file: an alt text, a message."""
    return tuple(_in_part(Part(place, ((place, text),)), watch))


def refuse(findings: tuple[Finding, ...]) -> None:
    """Raises `InternalFoundError` when there is any finding."""
    if findings:
        raise InternalFoundError(findings)


def _unread(part: Unread) -> Iterator[Finding]:
    yield Finding(part.place, part.why)


def _in_part(part: Part, watch: Watch) -> Iterator[Finding]:
    stream = Stream.of(part.pieces)
    for pattern in watch.patterns:
        place = stream.find(pattern.words)
        if place is not None:
            yield Finding(place, pattern.secret.label, pattern.secret.value[:80])
    if not watch.amounts:
        return
    for place, text in part.pieces:
        plain = canonical(text)
        for number in numbers(plain):
            for amount in watch.amounts:
                if number.means(amount.value) and _is_near(amount, plain, number.start, number.end, part, stream):
                    yield Finding(place, amount.secret.label, amount.secret.value)


def _is_near(amount: Amount, plain: str, start: int, end: int, part: Part, stream: Stream) -> bool:
    """Whether a small number stands near a word that tells what it is; in a chart the whole of it is near."""
    if not amount.near:
        return True
    if part.is_data:
        return any(word in stream.squeezed for word in amount.near)
    around = "".join(tokens(plain[max(start - _WINDOW, 0) : end + _WINDOW]))
    return any(word in around for word in amount.near)
