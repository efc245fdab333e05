"""Converters of cells, made once per column: closures and small caches instead of a decision per cell."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import tzinfo
from decimal import Decimal
from typing import Any

from bot.domain.records import Noun, Ref
from bot.importers.amounts import currency_of, number_parser, shorten
from bot.importers.cache import Cache
from bot.importers.dates import date_parser, instant_parser
from bot.importers.errors import BadCellError
from bot.importers.kinds import values
from bot.importers.profile import Decision
from bot.importers.text import NULLS, clean, fold

Convert = Callable[[str], Any]
FREE_MAIL = frozenset(
    [
        "gmail.com",
        "googlemail.com",
        "yahoo.com",
        "yahoo.de",
        "yahoo.fr",
        "yahoo.co.uk",
        "yahoo.co.jp",
        "hotmail.com",
        "hotmail.fr",
        "hotmail.co.uk",
        "outlook.com",
        "outlook.de",
        "live.com",
        "msn.com",
        "icloud.com",
        "me.com",
        "mac.com",
        "aol.com",
        "gmx.de",
        "gmx.net",
        "gmx.at",
        "gmx.ch",
        "web.de",
        "t-online.de",
        "freenet.de",
        "mail.ru",
        "yandex.ru",
        "proton.me",
        "protonmail.com",
        "orange.fr",
        "wanadoo.fr",
        "free.fr",
        "laposte.net",
        "sfr.fr",
        "libero.it",
        "virgilio.it",
        "qq.com",
        "163.com",
        "126.com",
        "naver.com",
        "comcast.net",
        "verizon.net",
        "att.net",
        "sbcglobal.net",
        "telia.com",
        "ziggo.nl",
        "kpnmail.nl",
        "uol.com.br",
        "bol.com.br",
        "terra.com.br",
        "mail.com",
        "zoho.com",
        "fastmail.com",
        "tutanota.com",
        "hey.com",
        "bluewin.ch",
        "docomo.ne.jp",
        "ezweb.ne.jp",
        "softbank.ne.jp",
    ]
)
_DOMAIN = re.compile(r"^(?=.{3,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z0-9-]{2,63}$")
_PLAIN_EMAIL = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_EMAIL = re.compile(r"[^\s<>,;:\"()\[\]]+@[^\s<>,;:\"()\[\]]+\.[^\s<>,;:\"()\[\]]+")


def to_domain(cell: str) -> str | None:
    """A host name from a URL, an e-mail address or a domain, lower case and without "www."; None for free mail."""
    text = clean(cell)
    if text is None:
        return None
    text = text.lower()
    if "@" in text and "//" not in text:
        text = text.rsplit("@", 1)[1]
    text = re.sub(r"^[a-z][a-z0-9+.-]*://", "", text).split("/")[0].split("?")[0].split("#")[0]
    text = text.rsplit("@", 1)[-1].split(":")[0].strip(" .>").removeprefix("www.")
    try:
        text = text if text.isascii() else text.encode("idna").decode("ascii")
    except UnicodeError:
        return None
    return text if _DOMAIN.match(text) and text not in FREE_MAIL else None


def to_domains(cell: str) -> tuple[str, ...]:
    found = (to_domain(part) for part in re.split(r"[;,\s]+", cell))
    return tuple(dict.fromkeys(domain for domain in found if domain))


def to_email(cell: str) -> str | None:
    """The first e-mail address in a cell ("Ann <Ann@X.com>"), lower case. A hashed one is kept out."""
    text = cell.strip()
    if _PLAIN_EMAIL.fullmatch(text):
        return text.lower()
    match = _EMAIL.search(cell)
    return match[0].strip(".'").lower() if match else None


def to_list(cell: str) -> tuple[str, ...]:
    """`a;b;c` as a tuple without doubles."""
    text = (clean(cell) or "").strip("[]")
    parts = (clean(part.strip(" \"'")) for part in re.split(r"[;|]|,(?=\s*\S)", text))
    return tuple(dict.fromkeys(part for part in parts if part))


def to_id(cell: str) -> str | None:
    """An id as text; `123.0` is what spreadsheets make of 123, and `001...@ref` marks of record trees go."""
    text = cell.strip()
    if text in NULLS:
        return None
    if text[-2:] == ".0" and text[:-2].isdecimal():
        return text[:-2]
    return text.removeprefix("@") or None


def to_bool(cell: str) -> bool | None:
    """yes/ja/oui/x/1 and their opposites; None for blanks. Raises BadCellError for anything else."""
    text = clean(cell)
    if text is None:
        return None
    word = values()["bool"].get(fold(text))
    if word is None and text.replace(".", "", 1).isdecimal():
        return float(text) != 0
    if word is None:
        raise BadCellError(f"{shorten(cell)} is neither yes nor no")
    return word == "true"


def to_word(table: str, cell: str) -> str | None:
    """Our word for a cell, by the table in values.yaml; None when it is not listed."""
    text = clean(cell)
    return values()[table].get(fold(text)) if text else None


def to_percent(parse: Convert, fraction: bool) -> Convert:
    """Percent, 0 to 100, as the CRMs show it; `fraction`: the column holds shares of 1."""

    def convert(cell: str) -> Decimal | None:
        value: Decimal | None = parse(cell.replace("%", ""))
        return value * 100 if fraction and value is not None else value

    return convert


def to_int(parse: Convert) -> Convert:
    def convert(cell: str) -> int | None:
        value = parse(cell)
        return None if value is None else int(value)

    return convert


def to_currency(cell: str) -> str | None:
    text = clean(cell)
    if text is None:
        return None
    return text.upper() if re.fullmatch(r"[A-Za-z]{3}", text) else currency_of(f"{text} 1")


def ref(noun: Noun, by: str) -> Convert:
    """Refs of a cell: one per `;`-separated id, one per name. A name with "@" is an e-mail address."""

    def ids(cell: str) -> tuple[Ref, ...]:
        if ";" not in cell:
            key = to_id(cell)
            return (Ref(noun, "id", key),) if key else ()
        parts = cell.split(";")
        return tuple(Ref(noun, "id", key) for key in map(to_id, parts) if key)

    def names(cell: str) -> tuple[Ref, ...]:
        text = clean(cell)
        if text is None:
            return ()
        email = to_email(text) if "@" in text else None
        return (Ref(noun, "email", email),) if email else (Ref(noun, "name", text),)

    def emails(cell: str) -> tuple[Ref, ...]:
        email = to_email(cell)
        return (Ref(noun, "email", email),) if email else ()

    def domains(cell: str) -> tuple[Ref, ...]:
        return tuple(Ref(noun, "domain", domain) for domain in to_domains(cell))

    return {"id": ids, "name": names, "email": emails, "domain": domains}[by]


def optional(convert: Convert) -> Convert:
    """A converter that leaves out what does not fit instead of rejecting the row."""

    def forgiving(cell: str) -> Any:
        try:
            return convert(cell)
        except BadCellError:
            return None

    return forgiving


def converter(type_: str, decision: Decision, zone: tzinfo, scale: int, months: bool = False) -> Convert:
    """The converter for a column of that type, as strict as it can be; `optional` forgives."""
    if type_ == "date":
        return date_parser(decision.order, decision.numbers, months)
    if type_ == "instant":
        return instant_parser(decision.order, zone, decision.numbers)
    if type_ in {"number", "money", "int", "percent"}:
        parse = number_parser(decision.mark or ".", scale)
        if type_ == "percent":
            return to_percent(parse, decision.fraction)
        return to_int(parse) if type_ == "int" else parse
    plain: dict[str, Convert] = {
        "id": to_id, "text": clean, "email": to_email, "domain": to_domains, "list": to_list, "bool": to_bool,
        "currency": to_currency, "salesforce": salesforce_ref, "notice": lambda cell: cell,
    }  # fmt: skip
    return plain[type_]


_PREFIXES: dict[str, Noun] = {
    "001": "account",
    "003": "person",
    "006": "opportunity",
    "500": "ticket",
    "800": "contract",
}


def salesforce_ref(cell: str) -> tuple[Ref, ...]:
    """A polymorphic Salesforce id by its key prefix; leads and custom objects are nobody we know."""
    key = to_id(cell)
    noun = _PREFIXES.get(key[:3]) if key else None
    return (Ref(noun, "id", key),) if key and noun else ()


def cached(convert: Convert) -> Convert:
    return Cache(convert).__getitem__


def is_blank(cell: str) -> bool:
    return cell.strip() in NULLS
