"""Words of headers and cells: folding, null words, repair of text that was encoded twice."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Words that carry nothing in a header ("Name der Firma", "Nom de l'entreprise").
_STOP_WORDS = """of the a an de des du la le les l d der die das dem den für fur im von zu van het een di do da del
della dell dello dei el los las no na por para per av på pa och"""
_STOP = frozenset(_STOP_WORDS.split())
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_SPLIT = re.compile(r"[^\w]+|_+", re.UNICODE)

# "Null" and "Nan" are people's names and "NA" is Namibia: only the spellings that programs write count.
_NULL_WORDS = r"""#N/A #n/a N/A n/a nan NaN NAN NaT NULL null None <NA> <null> (null) - -- — – \N #NULL!
#REF! #VALUE! #DIV/0! #NAME? 000000000000000AAA 000000000000000 undefined"""
NULLS = frozenset(_NULL_WORDS.split()) | {"", "(No value)", "(not set)"}


@lru_cache(maxsize=8192)
def fold(header: str) -> str:
    """The comparable form of a header: `AccountId`, `account_id`, "Account ID" and "ID of the account " all meet.

    Word order is kept ("ID account" differs); accents, case, separators and articles go.
    """
    plain = unicodedata.normalize("NFKC", header).replace("の", " ")
    words = [word for word in _SPLIT.split(_CAMEL.sub(" ", plain)) if word]
    folded = [
        "".join(c for c in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(c))
        for word in words
    ]
    kept = [word for word in folded if word not in _STOP] or folded
    return "".join(kept)


def clean(cell: str) -> str | None:
    """A cell as text, or None for blanks and the null words programs write. Formula-like text stays as it is."""
    cell = cell.strip()
    if len(cell) < 20 and cell in NULLS:
        return None
    return cell if cell.isascii() else repair(cell)


_TWICE = re.compile("[Ã-ß][\u0080-¿]|[ÂÃ].|â[\u0080-\u02ff€‚ƒ„…†‡ˆ‰Š‹ŒŽ]|ð[\u0080-\u02ffŸ]", re.UNICODE)


def _byte(letter: str) -> bytes:
    try:
        return letter.encode("cp1252")
    except UnicodeEncodeError:
        return letter.encode("latin-1")  # 0x81, 0x8d, 0x8f, 0x90, 0x9d have no letter in Windows-1252


def repair(cell: str) -> str:
    """Text whose UTF-8 bytes were once read as Windows-1252 ("BrÃ¼ssel"), put right; anything uncertain is left alone.

    Certain means: every letter has a byte and the bytes are valid UTF-8 throughout. Natural text with accents is not.
    """
    if not _TWICE.search(cell):
        return cell
    try:
        return b"".join(_byte(letter) for letter in cell).decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return cell
