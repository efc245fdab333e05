"""What a file is, from its columns: the vendor's layout, the kind of rows, and which column is which field.

Every kind scores: three points for a column whose name belongs to that kind alone, the field's weight for the
others. The
best kind wins when it has what it requires, reaches its `enough`, and leads; the file's name only breaks ties.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.domain.records import Kind
from bot.importers.amounts import CURRENCIES
from bot.importers.kinds import Field, KindTable, layouts, tables
from bot.importers.mapping import Mapping
from bot.importers.text import fold

_STRONG = 3.0
_ATTRIBUTES = frozenset({"segment", "industry", "owner", "tier", "employees", "lifecycle", "domain", "website"})
_META = re.compile(r"^fivetran|^(typeid|category|engagementtype|isprimary|associationtype)$")
_NOUNS = {"company": "account", "account": "account", "organization": "account", "contact": "person",
"deal": "opportunity",
          "opportunity": "opportunity", "ticket": "ticket", "engagement": "interaction"}  # fmt: skip
_RANK = ("account", "person", "contract", "opportunity", "ticket", "interaction")
_TOTALS = re.compile(r"\((?:in\s+)?(?P<unit>[^()]{1,14})\)\s*$|_(?P<code>[A-Za-z]{3})$|\s(?P<tail>[A-Z]{3}|[€$£])$")
_SCALES = {
    "k": 3, "thousands": 3, "tsd": 3, "000s": 3, "m": 6, "mio": 6, "millions": 6, "million": 6,
    "mn": 6, "b": 9, "billions": 9, "bn": 9, "mrd": 9,
}  # fmt: skip
_SYMBOLS = {"€": "EUR", "$": "USD", "£": "GBP"}


@dataclass(frozen=True)
class Part:
    """One kind of row a file holds. A file of accounts with their contracts has two parts."""

    mapping: Mapping
    source: str
    layout: str
    constant: dict[str, str] = field(default_factory=dict)
    desk: bool = False


@dataclass(frozen=True)
class Unusable:
    """Why a file is left out, as a sentence."""

    reason: str


@dataclass(frozen=True, slots=True)
class Header:
    """A header name as written, folded without its unit, and what the unit says."""

    name: str
    key: str
    currency: str | None
    scale: int


def read_header(name: str) -> Header:
    """Takes "(USD)", "_usd", "(k€)", "in millions" off a header name."""
    bare, currency, scale = name.strip(), None, 0
    match = _TOTALS.search(bare)
    unit = next((part for part in match.groups() if part), "") if match else ""
    for symbol, code in _SYMBOLS.items():
        if symbol in unit:
            currency, unit = code, unit.replace(symbol, " ")
    for word in re.split(r"[\s/_]+", unit):
        if word.upper() in CURRENCIES:
            currency = word.upper()
        elif word.lower() in _SCALES:
            scale = _SCALES[word.lower()]
    spelled = re.search(r"\bin (thousands|millions|tsd|mio)\b", bare.lower())
    if spelled:
        scale = _SCALES[spelled[1]]
        bare = bare[: spelled.start()]
    if match and (currency or scale) and not spelled:
        bare = bare[: match.start()]
    bare = re.sub(r"\s*\([^()]*\)\s*$", "", bare).split(" - ", 1)[-1]  # "Created (UTC)", "Deal - Title"
    return Header(name, _plain(fold(bare or name)), currency, scale)


def _plain(key: str) -> str:
    """Without the prefixes pipelines add: `property_hs_`, `property_`."""
    for prefix in ("propertyhs", "property"):
        if key.startswith(prefix) and len(key) > len(prefix) + 2 and key not in {"propertyid", "propertyname"}:
            return key[len(prefix) :]
    return "name" if key == "propertyname" else key


def assign(headers: Sequence[Header], table: KindTable) -> dict[int, Field]:
    """Which column fills which field: best names first, one column each."""
    options: list[tuple[int, int, int, Field]] = []
    for index, header in enumerate(headers):
        for candidate in table.fields.values():
            rank = candidate.ranks.get(fold(header.name), candidate.ranks.get(header.key))
            if rank is not None:
                options.append((rank, index, len(options), candidate))
    options.sort(key=lambda option: option[:3])
    columns: dict[int, Field] = {}
    filled: set[str] = set()
    for _, index, _, candidate in options:
        if index not in columns and candidate.name not in filled:
            columns[index] = candidate
            filled.add(candidate.name)
    return columns


def score(headers: Sequence[Header], columns: dict[int, Field], table: KindTable) -> float:
    """How much the columns speak for this kind; 0 when a required field is missing."""
    names = {found.name for found in columns.values()}
    if not all(names & set(group) for group in table.requires):
        return 0.0
    total = 0.0
    for index, found in columns.items():
        total += _STRONG if _rank(headers[index], found) < found.strong else found.weight
    return total


def recognise(header: Sequence[str], stem: str) -> tuple[Part, ...] | Unusable:
    """The parts of a file with that header row; `stem` is its name without the ending, used only to break a tie."""
    headers = [read_header(name) for name in header]
    keys = {fold(name) for name in header} | {h.key for h in headers}
    linked = _association(header)
    if linked is not None:
        return (linked,)
    signature = next((entry for entry in layouts() if _matches(entry, keys)), None)
    if signature is not None and "skip" in signature:
        return Unusable(str(signature["skip"]))
    source = str(signature["source"]) if signature else "csv"
    layout = str(signature["layout"]) if signature else "plain table"
    if signature is not None and "kind" in signature:
        part = part_of(header, headers, Kind(signature["kind"]), source, layout, signature)
        if not part.desk:
            return (part,)
        return (part_of(header, headers, Kind.MEMBERS, source, layout, signature), part)
    ranked = sorted(
        ((score(headers, assign(headers, t), t), kind) for kind, t in tables().items()), key=lambda p: -p[0]
    )
    best, kind = ranked[0]
    close = [k for points, k in ranked if points >= best - 1 and points >= tables()[k].enough]
    if len(close) > 1:
        kind = _tie(close, headers, stem)
    if best < tables()[kind].enough:
        return Unusable(_incomplete(header, headers) or _unknown(header, keys))
    return (part_of(header, headers, kind, source, layout, None), *_second(header, headers, kind, source, layout))


def _tie(close: list[Kind], headers: Sequence[Header], stem: str) -> Kind:
    name = fold(stem)
    hinted = [
        kind
        for kind in close
        if name in tables()[kind].hints or any(h in name for h in tables()[kind].hints if len(h) > 4)
    ]
    if hinted:
        return hinted[0]
    return max(close, key=lambda kind: (len(assign(headers, tables()[kind])), -list(Kind).index(kind)))


def _matches(entry: dict[str, object], keys: set[str]) -> bool:
    has, either = entry.get("has", []), entry.get("any", [])
    if not isinstance(has, list) or not isinstance(either, list):
        return False
    return all(fold(name) in keys for name in has) and (not either or any(fold(name) in keys for name in either))


def part_of(
    header: Sequence[str],
    headers: Sequence[Header],
    kind: Kind,
    source: str,
    layout: str,
    entry: dict[str, object] | None,
) -> Part:
    columns = assign(headers, tables()[kind])
    chosen = {header[index]: found.name for index, found in sorted(columns.items()) if found.type != "none"}
    constant = entry.get("constant", {}) if entry else {}
    words = {str(k): str(v) for k, v in constant.items()} if isinstance(constant, dict) else {}
    return Part(Mapping(kind=kind, columns=chosen), source, layout, words, bool(entry and entry.get("desk")))


def _second(header: Sequence[str], headers: Sequence[Header], kind: Kind, source: str, layout: str) -> tuple[Part, ...]:
    """A spreadsheet of the book has an account and its contract on one line: the contract is a part of its own."""
    if kind not in {Kind.ACCOUNTS, Kind.CONTRACTS}:
        return ()
    other = Kind.CONTRACTS if kind is Kind.ACCOUNTS else Kind.ACCOUNTS
    part = part_of(header, headers, other, source, layout, None)
    fields = set(part.mapping.columns.values())
    if other is Kind.CONTRACTS:
        wanted = bool(fields & {"arr", "mrr", "tcv", "renews_on", "ends_on"} and fields & {"account", "account_id"})
    else:
        wanted = "name" in fields and bool(fields & _ATTRIBUTES) and not _own_contract_id(headers)
    return (part,) if wanted else ()


def _own_contract_id(headers: Sequence[Header]) -> bool:
    spellings = tables()[Kind.CONTRACTS].fields["external_id"]
    return any(spellings.ranks.get(h.key, 999) < spellings.strong for h in headers)


def _association(header: Sequence[str]) -> Part | None:
    """A link table has exactly two ids of different nouns, and nothing else that says anything."""
    telling = [name for name in header if not _META.match(fold(name))]
    if len(telling) != 2:
        return None
    nouns = [_NOUNS.get(fold(name).removesuffix("id")) if fold(name).endswith("id") else None for name in telling]
    if None in nouns or nouns[0] == nouns[1]:
        return None
    ranks = [_RANK.index(noun) for noun in nouns if noun]
    right = telling[0] if ranks[0] < ranks[1] else telling[1]
    left = telling[1] if right == telling[0] else telling[0]
    mapping = Mapping(kind=Kind.ASSOCIATIONS, columns={left: "left_id", right: "right_id"})
    return Part(mapping, "hubspot", "HubSpot associations")


def association_nouns(left: str, right: str) -> tuple[str, str]:
    """The nouns of the two id columns of a link table."""
    return _NOUNS[fold(left).removesuffix("id")], _NOUNS[fold(right).removesuffix("id")]


def _incomplete(header: Sequence[str], headers: Sequence[Header]) -> str | None:
    """What a file lacks that has the telling columns of a kind but not all it needs."""
    for kind, table in tables().items():
        columns = assign(headers, table)
        names = {found.name for found in columns.values()}
        lacking = next((group for group in table.requires if not names & set(group)), None)
        if lacking and any(_rank(headers[index], found) < found.strong for index, found in columns.items()):
            need = " or ".join(lacking[:6])
            return (
                f"it looks like {kind.value}, but a column for {need} is missing; "
                f"the columns are {', '.join(header[:30])}; "
                "rename one or give --mapping FILE"
            )
    return None


def _rank(header: Header, found: Field) -> int:
    return min(found.ranks.get(fold(header.name), 999), found.ranks.get(header.key, 999))


def _unknown(header: Sequence[str], keys: set[str]) -> str:
    if any(key.startswith("fivetran") for key in keys):
        return "it is a table of the pipeline that describes no account, person, deal or activity"
    shown = ", ".join(header[:8]) + (", ..." if len(header) > 8 else "")
    return f"not recognised: the columns {shown} do not say what it is; give --mapping FILE"
