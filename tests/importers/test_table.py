"""Bytes to records: encodings, delimiters, headers, and files that mean harm."""

from __future__ import annotations

import csv
import gzip
import io
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.importers import ImportFileError
from bot.importers.table import open_table
from bot.importers.text import fold, repair

from .helpers import read, write

HEADER = ["Company name", "Industry", "Website"]
# No "€": beside a letter its byte in Windows-1252 can be valid UTF-8, which is what --encoding is for.
words = st.text(st.sampled_from("abcXYZ ,;|\t\"'\nüéßñäö-=0123456789."), min_size=1, max_size=12).map(
    lambda t: f"a{t}z"
)
tmp = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)


@tmp
@given(
    st.lists(st.tuples(words, words, words), min_size=1, max_size=8),
    st.sampled_from([",", ";", "\t", "|"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    st.sampled_from(["\n", "\r\n"]),
)
def test_what_is_written_is_read_back(
    tmp_path: Path, rows: list[tuple[str, str, str]], delimiter: str, encoding: str, quoting: int, end: str
) -> None:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, quoting=quoting, lineterminator=end)  # type: ignore[arg-type]  # a quoting constant
    writer.writerows([HEADER, *rows])
    table = open_table(write(tmp_path, text.getvalue(), encoding=encoding))
    assert (table.format.delimiter, table.header) == (delimiter, tuple(HEADER))
    assert [cells for _, cells in table.records()] == [list(row) for row in rows]


def test_lines_are_counted_as_an_editor_counts_them(tmp_path: Path) -> None:
    table = open_table(write(tmp_path, 'a,b\n1,"x\ny"\n\n2,z\n'))
    assert [line for line, _ in table.records()] == [2, 5]


def test_bytes_of_another_encoding_are_read_as_windows_text(tmp_path: Path) -> None:
    data = "name,city\nMünchen,x\n".encode() + "Köln,y\n".encode("cp1252") + b"\x81,z\n"
    assert [cells[0] for _, cells in open_table(write(tmp_path, data)).records()] == ["München", "Köln", "\x81"]


def test_progress_counts_bytes_up_to_the_size(tmp_path: Path) -> None:
    table = open_table(write(tmp_path, "a,b\n" + "1,2\n" * 300_000))
    seen: list[int] = []
    assert sum(1 for _ in table.records(seen.append)) == 300_000
    assert seen == sorted(seen)
    assert seen[-1] == table.size


BANNERS = ["Report generated 2024-01-01\n\n", "Accounts\nFiltered by: all\n\n", "sep=,\n"]


@pytest.mark.parametrize("banner", BANNERS)
def test_lines_above_the_header_are_skipped(tmp_path: Path, banner: str) -> None:
    table = open_table(write(tmp_path, banner + "Company name,Industry,Website\nA,b,c\nD,e,f\n"))
    assert table.header == tuple(HEADER)
    assert next(line for line, _ in table.records()) == banner.count("\n") + 2


def test_double_and_blank_headers_get_names(tmp_path: Path) -> None:
    table = open_table(write(tmp_path, "Name,,Name,x\n1,2,3,4\n"))
    assert table.header == ("Name", "column 2", "Name (2)", "x")
    assert "Name (2)" in table.notes[0]


HOSTILE: list[tuple[str, bytes, str]] = [
    ("pdf", b"%PDF-1.7\n...", "PDF"), ("xlsx", b"PK\x03\x04....[Content_Types].xml", "save the sheet as CSV"),
    ("zip", b"PK\x03\x04....a.csv", "unpack"), ("png", b"\x89PNG\r\n\x1a\n", "picture"), ("gzip",
    gzip.compress(b"a,b"), "unpack"),
    ("xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "CSV"), ("html", b"<html><table>", "web page"), ("empty", b"",
    "empty"),
    ("blank", b" \n\n", "empty"), ("bom only", b"\xef\xbb\xbf", "empty"), ("nul", b"a,b\n1,\x002\n",
    "line 2: it holds binary"),
    ("random", bytes(range(256)) * 20, "binary"), ("xml", b"<?xml version='1.0'?>", "XML"),
    ("late nul", b"Company name,Website,Industry\n" + b"a,b,c\n" * 20_000 + b"\0", "line 20002: it holds binary"),
    ("long line", b"Company name,Website,Industry\n" + b"x" * 3_000_000, "line 2: the line is longer"),
    ("open quote", b'Company name,Website,Industry\na,"b,c\nd,e,f\n', "line 2: a quote that opens here"),
    ("huge cell", b'Company name,Website,Industry\na,b,c\nd,"' + b"y\n" * 200_000, "line 3: a cell is larger"),
    ("numbers", b"1,2,3\n4,5,6\n", "no header row"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "sentence"), [case[1:] for case in HOSTILE], ids=[case[0] for case in HOSTILE])
def test_harmful_files_get_one_sentence(tmp_path: Path, data: bytes, sentence: str) -> None:
    path = write(tmp_path, data)
    with pytest.raises(ImportFileError, match=sentence) as caught:
        read(path)
    assert str(caught.value).startswith("data.csv")
    assert "\n" not in str(caught.value)


def test_an_endless_line_costs_no_memory(tmp_path: Path) -> None:
    path = tmp_path / "big.csv"
    with path.open("wb") as stream:
        stream.write(b"Company name,Website,Industry\n")
        stream.truncate(2 << 30)  # a hole of 2 GiB: NULs, no line end
    tracemalloc.start()
    with pytest.raises(ImportFileError):
        read(path)
    assert tracemalloc.get_traced_memory()[1] < 20 << 20
    tracemalloc.stop()


def test_a_record_of_many_large_lines_is_refused(tmp_path: Path) -> None:
    cell = '"' + "y" * 200_000 + '\n",'
    path = write(tmp_path, "Company name,Website,Industry\n" + cell * 60 + "z\n")
    with pytest.raises(ImportFileError, match="line 2"):
        read(path)


@pytest.mark.parametrize(
    ("twice", "once"),
    [("BrÃ¼sseler Platz", "Brüsseler Platz"), ("donâ€™t", "don’t"), ("ArmÃ©e", "Armée"), ("São Paulo", "São Paulo"),
     ("Ã", "Ã"), ("ÃÂ", "ÃÂ"), ("Nestlé", "Nestlé"), ("GÃ¶teborg, Ünal", "GÃ¶teborg, Ünal")],
)  # fmt: skip
def test_text_encoded_twice_is_repaired_when_certain(twice: str, once: str) -> None:
    assert repair(twice) == once


@given(st.text(max_size=40))
def test_repair_undoes_what_a_wrong_reading_did(text: str) -> None:
    assert isinstance(fold(text), str)
    try:
        garbled = text.encode("utf-8").decode("cp1252")
    except UnicodeDecodeError:
        return
    assert repair(garbled) in {text, garbled}
