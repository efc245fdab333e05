"""Reading HTML back as a browser would: what elements and attributes a rendering really has."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"br", "hr", "img", "input", "link", "meta"}
ADDRESSES = {"href", "src", "action", "formaction", "data", "poster", "xlink:href"}


@dataclass
class Element:
    tag: str
    attributes: dict[str, str | None]
    text: str = ""


@dataclass
class Parsed:
    elements: list[Element] = field(default_factory=list)
    text: str = ""
    unclosed: list[str] = field(default_factory=list)
    misnested: list[str] = field(default_factory=list)

    def all(self, tag: str) -> list[Element]:
        return [element for element in self.elements if element.tag == tag]

    def with_class(self, name: str) -> list[Element]:
        return [e for e in self.elements if name in (e.attributes.get("class") or "").split()]

    def dangers(self) -> list[str]:
        """Everything that could run, fetch or hide something."""
        found = [
            e.tag for e in self.elements if e.tag in ("script", "iframe", "object", "embed", "style", "base", "form")
        ]
        for element in self.elements:
            for name, value in element.attributes.items():
                address = (value or "").strip().casefold()
                if name.startswith("on") or name == "style":
                    found.append(f"{element.tag} {name}")
                if name in ADDRESSES and not address.startswith(("http://", "https://", "mailto:", "/page/", "?", "#")):
                    found.append(f"{element.tag} {name}={value}")
            if element.attributes.get("target") == "_blank" and "noopener" not in (element.attributes.get("rel") or ""):
                found.append("target without noopener")
        return found + [f"unclosed {tag}" for tag in self.unclosed] + [f"misnested {tag}" for tag in self.misnested]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parsed = Parsed()
        self.open: list[Element] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, dict(attrs))
        self.parsed.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if self.open and self.open[-1].tag == tag:
            self.open.pop()
        else:
            self.parsed.misnested.append(tag)

    def handle_data(self, data: str) -> None:
        self.parsed.text += data
        for element in self.open:
            element.text += data


def parse(markup: str) -> Parsed:
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    reader.parsed.unclosed = [element.tag for element in reader.open]
    return reader.parsed
