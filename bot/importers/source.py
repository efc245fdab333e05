"""Bytes of a file: what it really is, its encoding, and a stream that cannot be made to swallow the memory.

The stream refuses a line over `MAX_LINE` bytes and a NUL byte, and counts bytes for progress bars.
"""

from __future__ import annotations

import codecs
import io
from collections.abc import Callable
from pathlib import Path

from charset_normalizer import from_bytes

from bot.importers.errors import ImportFileError

MAX_LINE = 1 << 20
HEAD = 1 << 16
_FALLBACK = "steward-cp1252"

_SPREADSHEET = "it is an Excel workbook, not a table of text: open it and save the sheet as CSV UTF-8"
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "it is a PDF, not a table: export the data as CSV from the system it came from"),
    (b"\xd0\xcf\x11\xe0", _SPREADSHEET),
    (b"PAR1", "it is a Parquet file: export it as CSV"),
    (b"SQLite format 3", "it is an SQLite database: export its tables as CSV"),
    (b"\x89PNG", "it is a picture (PNG), not a table: export the data as CSV"),
    (b"GIF8", "it is a picture (GIF), not a table: export the data as CSV"),
    (b"\xff\xd8\xff", "it is a picture (JPEG), not a table: export the data as CSV"),
    (b"\x1f\x8b", "it is compressed (gzip): unpack it first"),
    (b"BZh", "it is compressed (bzip2): unpack it first"),
    (b"7z\xbc\xaf", "it is compressed (7z): unpack it first"),
    (b"\xfd7zXZ", "it is compressed (xz): unpack it first"),
    (b"\x28\xb5\x2f\xfd", "it is compressed (zstd): unpack it first"),
    (b"Rar!", "it is compressed (RAR): unpack it first"),
    (b"{\\rtf", "it is a text document (RTF), not a table: export the data as CSV"),
    (b"\x7fELF", "it is a program, not a table: export the data as CSV"),
    (b"MZ\x90", "it is a program, not a table: export the data as CSV"),
    (b"BEGIN:VCALENDAR", "it is a calendar, not a table"),
    (b"BEGIN:VCARD", "it is an address card (vCard): export the contacts as CSV"),
)
_BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What besides Windows-1252 is worth a guess, when most of the letters are not ASCII.
_ASIAN = ["cp932", "euc_jp", "gb18030", "big5", "cp949", "cp1251", "cp1253", "cp1255"]


def read_head(path: Path) -> bytes:
    """The first 64 KiB. Raises ImportFileError for what is unreadable, empty, or plainly no text."""
    try:
        with path.open("rb") as stream:
            head = stream.read(HEAD)
    except IsADirectoryError:
        raise ImportFileError(path, "it is a folder where a file was expected") from None
    except FileNotFoundError:
        raise ImportFileError(path, "there is no such file; check the path") from None
    except OSError as error:
        raise ImportFileError(path, f"it cannot be read ({error.strerror}); check its permissions") from None
    if not head.strip():
        raise ImportFileError(path, "the file is empty; export it again")
    _refuse_magic(path, head)
    return head


def _refuse_magic(path: Path, head: bytes) -> None:
    body = head.removeprefix(codecs.BOM_UTF8).lstrip()
    for magic, sentence in _MAGIC:
        if body.startswith(magic) or head.startswith(magic):
            raise ImportFileError(path, sentence)
    if head.startswith(b"PK\x03\x04"):
        workbook = b"xl/" in head or b"[Content_Types].xml" in head
        raise ImportFileError(path, _SPREADSHEET if workbook else "it is compressed (ZIP): unpack it first")
    if body[:200].lower().startswith((b"<!doctype html", b"<html", b"<table", b"<meta", b"<head")):
        raise ImportFileError(path, "it is a web page (HTML), perhaps a report saved as .xls: export it as CSV instead")
    if body.startswith(b"<?xml"):
        raise ImportFileError(path, "it is XML, not a table: export the data as CSV")


def sniff_encoding(path: Path, head: bytes, wanted: str | None) -> tuple[str, bool]:
    """`(encoding, has a byte-order mark)`. A BOM wins over a guess, `wanted` over both; UTF-8 is tried before the rest.

    "utf-8" means: UTF-8 where it is valid, Windows-1252 for any byte that is not; such a file never fails to decode.
    """
    bom = next((name for mark, name in _BOMS if head.startswith(mark)), None)
    if wanted is not None:
        try:
            codecs.lookup(wanted)
        except LookupError:
            raise ImportFileError(
                path, f"there is no encoding called {wanted!r}; try utf-8, cp1252 or utf-16"
            ) from None
        marked = bom is not None and codecs.lookup(wanted).name in {"utf-8", "utf-8-sig"} and bom == "utf-8-sig"
        return ("utf-8-sig" if marked else wanted), bom is not None
    if bom is not None:
        return bom, True
    if b"\0" in head:
        return _without_bom(path, head), False
    return _eight_bit(head), False


def _without_bom(path: Path, head: bytes) -> str:
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if max(even, odd) > len(head) * 0.3 and min(even, odd) < len(head) * 0.05:
        return "utf-16-be" if even > odd else "utf-16-le"
    line = head[: head.index(b"\0")].count(b"\n") + 1
    raise ImportFileError(path, "it holds binary data (a NUL byte), not text: export it as CSV", line)


def _eight_bit(head: bytes) -> str:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head, final=False)
        return "utf-8"
    except UnicodeDecodeError:
        high = sum(byte > 0x7F for byte in head)
        valid = len(head.decode("utf-8", "ignore").encode("utf-8")) - (len(head) - high)
        if valid > high * 0.5:
            return "utf-8"  # mostly UTF-8 with a few bad bytes
        if high > 24 and high > len(head) * 0.12:
            best = from_bytes(head, cp_isolation=_ASIAN).best()
            if best is not None and best.encoding in _ASIAN:
                return best.encoding
        return "utf-8" if valid else "cp1252"


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    """Decoding error handler: bytes that are not in the encoding are read as Windows-1252, then Latin-1."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    bad = error.object[error.start : error.end]
    return "".join(bytes([b]).decode("cp1252", "ignore") or chr(b) for b in bad), error.end


class Guard(io.RawIOBase):
    """A raw stream over a file that counts bytes, refuses endless lines and NUL bytes, and reports progress."""

    def __init__(self, path: Path, wide: bool, progress: Callable[[int], None] | None) -> None:
        self._path, self._wide, self._progress = path, wide, progress
        self._file = path.open("rb", buffering=0)
        self.bytes_read, self._lines, self._open_since = 0, 0, 0
        self.record_started = 0  # how many bytes had been read when the reader began its present record

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]  # what io hands over is a buffer
        size = self._file.readinto(view) or 0
        if size:
            self._check(bytes(view[:size]))
            if self._progress is not None:
                self._progress(self.bytes_read)
        return size

    def _check(self, chunk: bytes) -> None:
        self.bytes_read += len(chunk)
        if not self._wide and b"\0" in chunk:
            line = self._lines + chunk[: chunk.index(b"\0")].count(b"\n") + 1
            raise ImportFileError(self._path, "it holds binary data (a NUL byte), not text: export it as CSV", line)
        last = max(chunk.rfind(b"\n"), chunk.rfind(b"\r"))
        if last < 0:
            self._open_since += len(chunk)
            if self._open_since > MAX_LINE:
                raise ImportFileError(
                    self._path, "the line is longer than 1 MiB, so it is no table: check the export", self._lines + 1
                )
        else:
            self._open_since = len(chunk) - last
            self._lines += chunk.count(b"\n") or chunk.count(b"\r")

    def close(self) -> None:
        self._file.close()
        super().close()


def open_text(
    path: Path, encoding: str, progress: Callable[[int], None] | None = None
) -> tuple[io.TextIOWrapper, Guard]:
    """The file as text, newlines kept. The caller closes the text stream."""
    codecs.register_error(_FALLBACK, _as_cp1252)
    wide = codecs.lookup(encoding).name.startswith(("utf-16", "utf-32"))
    try:
        guard = Guard(path, wide, progress)
    except OSError as error:
        raise ImportFileError(path, f"it cannot be read ({error.strerror}); check its permissions") from None
    errors = "replace" if wide else _FALLBACK
    buffered = io.BufferedReader(guard, buffer_size=1 << 18)
    return io.TextIOWrapper(buffered, encoding=encoding, errors=errors, newline=""), guard
