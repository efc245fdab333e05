"""Everything that a file holds, opened as somebody curious would: each entry, each attribute, each workbook inside."""

from __future__ import annotations

import hashlib
import html
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import unquote

from lxml import etree
from PIL import Image, UnidentifiedImageError

from bot.documents.lint.parts import Part, Unread

_INSIDE_A_LINE = frozenset({"r", "t", "rPr", "pPr", "fld", "hyperlink", "ins", "smartTag", "proofErr", "bookmarkStart"})
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_MEASURE = re.compile(r"[-+]?[\d.]+%?|[{(]?[0-9A-Fa-f-]{6,}[})]?")
"""What attributes of drawings hold: sizes, shares, colours and the ids of things."""
_MOST = 200_000_000
_HIDDEN = (
    (b'show="0"', "a hidden slide"),
    (b'state="hidden"', "a hidden sheet"),
    (b'state="veryHidden"', "a hidden sheet"),
    (b"<w:vanish/>", "hidden text"),
    (b"<w:del ", "a tracked change"),
    (b"<w:ins ", "a tracked change"),
)


def opened(name: str, content: bytes, known: frozenset[str]) -> Iterator[Part | Unread]:
    """Parts of a file by its name's ending. `known` are SHA-256 of pictures and other bytes put in on purpose."""
    ending = name.rpartition(".")[2].casefold()
    if ending in ("pptx", "docx", "xlsx"):
        yield from _package(name, content, known)
    elif ending in ("xml", "rels", "vml"):
        yield from _xml(name, content)
    elif ending in ("png", "jpg", "jpeg"):
        yield from _picture(name, content, known)
    elif ending in ("md", "txt", "csv"):
        try:
            yield Part(name, ((name, content.decode("utf-8")),))
        except UnicodeDecodeError:
            yield Unread(name, "it is no UTF-8 text")
    elif hashlib.sha256(content).hexdigest() not in known:
        yield Unread(name, "this kind of content cannot be looked into")


def _package(name: str, content: bytes, known: frozenset[str]) -> Iterator[Part | Unread]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            entries = package.infolist()
            if sum(entry.file_size for entry in entries) > _MOST:
                yield Unread(name, "it unpacks to more than 200 MB")
                return
            yield from _wrapping(name, content, package)
            for entry in entries:
                place = f"{name}/{entry.filename}"
                yield from _suspicious(place, entry.filename)
                for part in opened(entry.filename, package.read(entry), known):
                    held = f"{name}/{part.place}"
                    if isinstance(part, Unread):
                        yield Unread(held, part.why)
                    else:
                        pieces = tuple((f"{name}/{where}", text) for where, text in part.pieces)
                        yield replace(part, place=held, pieces=pieces, is_data=part.is_data or name.endswith(".xlsx"))
    except (zipfile.BadZipFile, RuntimeError, EOFError, NotImplementedError) as error:
        yield Unread(name, f"it cannot be opened ({error})")


def _wrapping(name: str, content: bytes, package: zipfile.ZipFile) -> Iterator[Part | Unread]:
    """What a zip says beside its entries: their names, comments, and bytes that belong to no entry."""
    entries = sorted(package.infolist(), key=lambda entry: entry.header_offset)
    told = [(f"{name}/name of {entry.filename}", entry.filename) for entry in entries]
    told += [
        (f"{name}/comment", text.decode("utf-8", "replace"))
        for text in (package.comment, *(e.comment for e in entries))
    ]
    yield Part(f"{name}/names of entries", tuple(told))
    at = 0
    for entry in entries:
        if entry.header_offset != at or entry.extra or entry.flag_bits & 0x9:
            yield Unread(name, f"there are bytes before or in {entry.filename} that belong to no entry")
            return
        header = content[at : at + 30]
        at += (
            30 + int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little") + entry.compress_size
        )
    end = content.rfind(b"PK\x05\x06") + 22 + len(package.comment)
    if at != package.start_dir or end != len(content) or len({entry.filename for entry in entries}) != len(entries):
        yield Unread(name, "there are bytes or entries that no reader shows")


def _suspicious(place: str, entry: str) -> Iterator[Unread]:
    if re.search(r"comment|person", entry.rpartition("/")[2], re.IGNORECASE) or "vbaProject" in entry:
        yield Unread(place, "comments and macros do not belong into a customer's file")


def _xml(name: str, content: bytes) -> Iterator[Part | Unread]:
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        yield Unread(name, "it declares entities")
        return
    try:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        yield Unread(name, "it is broken XML")
        return
    for mark, what in _HIDDEN:
        if mark in content:
            yield Unread(name, f"{what} does not belong into a customer's file")
    is_data = "chart" in name or "sheet" in name or "sharedStrings" in name
    beside = [node.text or "" for node in (*root.itersiblings(preceding=True), *root.itersiblings())]
    yield Part(name, ((name, "".join(_running(root)) + "\n".join(["", *beside])),), is_data)
    is_free = _is_free(name)
    told = dict.fromkeys(one for one in _attributes(root) if is_free or not _MEASURE.fullmatch(one[1]))
    yield Part(f"{name} (attributes)", tuple((f"{name} @{key}", text) for key, text in told), is_data)


def _running(node: etree._Element) -> Iterator[str]:
    """Text in its order; a new line wherever a paragraph, cell or value ends."""
    if node.text:
        yield _unescaped(node.text)
    for child in node:
        yield from _running(child)
        local = etree.QName(child).localname if isinstance(child.tag, str) else ""
        yield "" if local in _INSIDE_A_LINE else " " if local in ("br", "tab", "cr") else "\n"
        if child.tail:
            yield _unescaped(child.tail)


def _is_free(name: str) -> bool:
    """Whether bare numbers in attributes are somebody's; those of a drawing are sizes and colours."""
    return "customXml" in name or "docProps" in name or name.endswith(".rels")


def _attributes(root: etree._Element) -> Iterator[tuple[str, str]]:
    for node in root.iter():
        for key, value in node.attrib.items() if isinstance(node.tag, str) else ():
            name = etree.QName(key).localname
            yield name, value
            for other in {unquote(value), html.unescape(value), _unescaped(value)} - {value}:
                yield name, other


def _unescaped(text: str) -> str:
    """Office writes some characters as _x0041_."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def _picture(name: str, content: bytes, known: frozenset[str]) -> Iterator[Part | Unread]:
    """What a picture says in its metadata; what it shows is trusted only when it was put in on purpose."""
    if hashlib.sha256(content).hexdigest() not in known:
        yield Unread(name, "this picture was not made from the copy")
    try:
        with Image.open(io.BytesIO(content)) as picture:
            told = [(f"{name} {key}", words) for key, value in picture.info.items() if (words := _words(value))]
            told += [(f"{name} EXIF", words) for value in picture.getexif().values() if (words := _words(value))]
    except (UnidentifiedImageError, OSError, SyntaxError):
        yield Unread(name, "it is no picture")
        return
    yield Part(f"{name} (metadata)", tuple(told))


def _words(value: object) -> str:
    """What a piece of metadata says; profiles of colour and other binary data say nothing."""
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    return value if isinstance(value, str) and "\x00\x00" not in value else ""
