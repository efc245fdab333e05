"""The parts of a question that many questions share: whose, which segment, how much, in what order, how many.

Each function takes a folded line and gives back what it found and the line without it; ` · ` stands where something
was, so that words on either side of it never become one name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

from bot.domain.kpi.catalogue import Key

from .queries import Role, Sort
from .said_spans import NUMBER, find
from .words import MARK, Masked

GONE = " · "
_SYMBOLS = {"€": "EUR", "eur": "EUR", "euro": "EUR", "euros": "EUR", "$": "USD", "usd": "USD", "dollars": "USD",
            "£": "GBP", "gbp": "GBP", "pounds": "GBP", "chf": "CHF"}  # fmt: skip
_SIGN = "(?P<{0}>" + "|".join(re.escape(one) for one in sorted(_SYMBOLS, key=len, reverse=True)) + ")"
_AMOUNT = (
    rf"{_SIGN.format('before')}? ?(?P<number>\d[\d.,]*)(?: ?(?P<scale>k|m|mio|mn|tsd|thousand|million)\b)?"
    rf" ?(?:{_SIGN.format('after')}(?!\w))?"
)
_OVER = re.compile(
    r"(?:worth |valued |bigger |larger )?(?:\bover|\babove|\bmore than|\bat least|\bgreater than|"
    r"\bbigger than|\bexceeding|>=?|\büber)"
    rf" ?{_AMOUNT}(?: ?(?:in )?(?:arr|a year|per year|p\.a))?(?! ?(?:days?|weeks?|months?|d\b|w\b))"
)
_UNDER = re.compile(
    r"(?:worth |smaller )?(?:\bunder|\bbelow|\bless than|\bat most|\bsmaller than|<=?|\bunter)"
    rf" ?{_AMOUNT}(?: ?(?:in )?(?:arr|a year|per year|p\.a))?(?! ?(?:days?|weeks?|months?|d\b|w\b))"
)
_FEW = "two|three|four|five|six|seven|eight|nine|ten"
_NUMBERS = {word: at for at, word in enumerate(_FEW.split("|"), 2)}
_COUNT = rf"(?P<n>\d{{1,2}}|{_FEW})"
_BIG = r"(?:biggest|largest|top|highest|most valuable|größten)"
_LIMITS: tuple[tuple[re.Pattern[str], Sort | None], ...] = (
    (re.compile(rf"\b{_COUNT} {_BIG}\b"), "arr"),
    (re.compile(rf"\b(?:biggest|largest|größten) {_COUNT}\b"), "arr"),
    (re.compile(rf"\b{_COUNT} smallest\b|\bsmallest {_COUNT.replace('<n>', '<m>')}\b"), "smallest"),
    (re.compile(rf"\b(?:worst|riskiest) {_COUNT}\b"), "risk"),
    (re.compile(rf"\b(?:top|first) {_COUNT}\b"), None),
)
_SORTS: tuple[tuple[re.Pattern[str], Sort], ...] = (
    (re.compile(
        r"\b(?:sort(?:ed)?|order(?:ed)?|rank(?:ed)?)?(?: it| them)? ?by (?:arr|value|size|revenue|"
        r"amount|worth)\b"), "arr"),
    (re.compile(r"\b(?:biggest|largest|highest)(?: first| arr| value| ones?)?\b"), "arr"),
    (re.compile(r"\bsmallest(?: first| ones?)?\b"), "smallest"),
    (re.compile(
        r"\b(?:sort(?:ed)?|order(?:ed)?|rank(?:ed)?)?(?: it| them)? ?by (?:risk|health)\b|"
        r"\bworst(?: first| ones?)?\b|\briskiest(?: first)?\b"), "risk"),
    (re.compile(
        r"\b(?:sort(?:ed)?|order(?:ed)?)?(?: it| them)? ?by (?:renewal|renewal date|date|deadline)\b|"
        r"\bsoonest(?: first)?\b"), "renewal"),
    (re.compile(
        r"\b(?:sort(?:ed)?|order(?:ed)?)?(?: it| them)? ?by (?:last )?(?:touch|contact)\b|"
        r"\bquietest(?: first)?\b"), "touch"),
    (re.compile(r"\b(?:sort(?:ed)?|order(?:ed)?)?(?: it| them)? ?by name\b|\balphabetical(?:ly)?\b"), "name"),
)  # fmt: skip
_TEAM = re.compile(r"\b(?:(?:on|in|of|for) )?(?:my|the|our) team(?:'s)?\b|\bteam\b")
_TO_ME = re.compile(r"\b(show|give|tell|get|bring|find|list|help|pull|gib|zeige?) (?:me|us|mir|uns)\b")
_MINE = re.compile(
    r"\b(?:of |for )?(?:mine|my own|my|me)\b(?! team)|\bmeine[rnm]?\b|\bdo i (?:have|own)\b|\bi (?:have|own)\b"
)
_ALL = re.compile(
    r"\ball (?:of )?(?:the )?(?=(?:(?:\w+|‹\d+›) )?(?:accounts|customers|clients|renewals|"
    r"contracts|promises|tickets)\b)|\beverybody\b|\beveryone\b|\balle\b|\ball accounts\b"
)
_FIRST_PERSON = re.compile(r"\b(?:i|ich)\b")
_ROLES: tuple[tuple[re.Pattern[str], Role], ...] = (
    (re.compile(r"\bchampions?\b"), "champion"),
    (re.compile(r"\b(?:economic )?buyers?\b"), "economic buyer"),
    (re.compile(r"\bdecision[- ]?makers?\b"), "decision maker"),
    (re.compile(r"\binfluencers?\b"), "influencer"),
    (re.compile(r"\b(?:executive |exec )?sponsors?\b"), "sponsor"),
    (re.compile(r"\bdetractors?\b"), "detractor"),
)  # fmt: skip
_KPIS: tuple[tuple[str, Key], ...] = (
    (r"net (?:revenue|dollar) retention|nrr|ndr|net retention", "nrr"),
    (r"gross (?:revenue |dollar )?retention|grr", "grr"),
    (r"(?:customer|logo) retention|retention(?: rate)?|crr", "retention"),
    (r"(?:logo |customer )?churn(?: rate)?|churned|abwanderung", "churn"),
    (r"renewal rates?", "renewal-rate"),
    (r"net[- ]new[- ](?:mrr|revenue)|mrr movements?|net new", "net-new-mrr"),
    (r"arr|annual recurring revenue", "arr"),
    (r"mrr|monthly recurring revenue", "mrr"),
    (r"expansion(?: revenue| rate)?", "expansion"),
    (r"up-?sell(?: rate| revenue)?", "upsell-rate"),
    (r"cross-?sell(?: rate| revenue)?", "cross-sell-rate"),
    (r"(?:customer )?life ?time value|clv|ltv", "clv"),
    (r"c-?sat|(?:customer )?satisfaction|how (?:happy|satisfied) (?:is|are)(?: the)?", "csat"),
    (r"nps|net promoter(?: score)?|promoter score", "nps"),
    (r"ces|(?:customer )?effort(?: score)?", "ces"),
    (r"first[- ]contact resolution|fcr", "fcr"),
    (r"(?:time to|mean time to|resolution) (?:resolution|resolve|time)|ttr|mttr", "ttr"),
    (r"forecast", "forecast"),
    (r"quota(?: attainment)?|attainment|targets?", "quota"),
)  # fmt: skip
KPI = re.compile("|".join(f"(?P<k{at}>(?<![\\w‹])(?:{pattern})(?![\\w›]))" for at, (pattern, _) in enumerate(_KPIS)))


@dataclass(frozen=True, slots=True)
class Slots:
    """What of a question is the same for all kinds of it."""

    when: str | None = None
    whose: str | None = None
    segment: str | None = None
    product: str | None = None
    over: Decimal | None = None
    under: Decimal | None = None
    currency: str | None = None
    sort: Sort | None = None
    limit: int | None = None
    first_person: bool = False

    @property
    def narrows(self) -> dict[str, object]:
        """The slots of a listing that were said."""
        names = ("whose", "segment", "product", "over", "under", "currency", "sort", "limit")
        return {name: value for name in names if (value := getattr(self, name)) is not None}


def take(line: str, masked: Masked) -> tuple[Slots, str]:
    """The shared slots of a line, and what is left of it."""
    slots, line = _amounts(Slots(), line)
    slots, line = _order(slots, line)
    if (span := find(line)) is not None:
        slots, line = replace(slots, when=span[0]), span[1]
    return _scope(slots, line, masked)


def _amounts(slots: Slots, line: str) -> tuple[Slots, str]:
    if (match := _OVER.search(line)) is not None and (amount := _decimal(match)) is not None:
        slots, line = replace(slots, over=amount, currency=_currency(match)), _without(line, match)
    if (match := _UNDER.search(line)) is not None and (amount := _decimal(match)) is not None:
        currency = _currency(match) or slots.currency
        slots, line = replace(slots, under=amount, currency=currency), _without(line, match)
    return slots, line


def _decimal(match: re.Match[str]) -> Decimal | None:
    """`20.000`, `100,000`, `1.5` with its scale: a last group of three digits belongs to the thousands."""
    number = match["number"].strip(".,")
    whole = re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", number)
    try:
        amount = Decimal(re.sub(r"[.,]", "", number) if whole else number.replace(",", "."))
    except InvalidOperation:
        return None
    scale = {"k": 1_000, "tsd": 1_000, "thousand": 1_000, "m": 10**6, "mio": 10**6, "mn": 10**6, "million": 10**6}
    return amount * scale.get(match["scale"] or "", 1)


def _currency(match: re.Match[str]) -> str | None:
    said = match["before"] or match["after"]
    return _SYMBOLS[said] if said else None


def _order(slots: Slots, line: str) -> tuple[Slots, str]:
    for limit, implied in _LIMITS:
        if (match := limit.search(line)) is not None and (count := _count(next(one for one in match.groups() if one))):
            slots, line = replace(slots, limit=min(count, 50), sort=implied), _without(line, match)
            break
    for pattern, sort in _SORTS:
        if (match := pattern.search(line)) is not None:
            return replace(slots, sort=sort), _without(line, match)
    return slots, line


def without_order(line: str) -> str:
    """The line without amounts and orders, whose words ("by ARR") ask for nothing."""
    return _order(Slots(), _amounts(Slots(), line)[1])[1]


def _count(text: str) -> int:
    return int(text) if text.isdecimal() else _NUMBERS.get(text, 0)


def _scope(slots: Slots, line: str, masked: Masked) -> tuple[Slots, str]:
    whose: str | None = None
    line = _TO_ME.sub(r"\1", line)
    for pattern, words in ((_TEAM, "team"), (_MINE, "mine"), (_ALL, "all")):
        if (match := pattern.search(line)) is not None:
            whose, line = whose or words, _without(line, match)
    for mark in MARK.finditer(line):
        named = masked.names[int(mark[1])]
        text = named.text.lstrip("@").casefold()
        if named.kind == "member":
            whose = text
        elif named.kind == "segment" and slots.segment is None:
            slots = replace(slots, segment=re.sub(r"[\W_]+", "-", text))
        elif named.kind == "product" and slots.product is None:
            slots = replace(slots, product=text)
    line = MARK.sub(lambda mark: mark[0] if masked.names[int(mark[1])].kind in ("account", None) else GONE, line)
    first_person = _FIRST_PERSON.search(line) is not None
    return replace(slots, whose=whose, first_person=first_person), line


def take_kpis(line: str) -> tuple[list[Key], str]:
    """The figures that a line names, in its order."""
    found: list[Key] = []
    for match in KPI.finditer(line):
        key = _KPIS[int((match.lastgroup or "k0")[1:])][1]
        if key not in found:
            found.append(key)
    return found, KPI.sub(GONE, line)


def take_role(line: str) -> tuple[Role | None, str]:
    for pattern, role in _ROLES:
        if (match := pattern.search(line)) is not None:
            return role, _without(line, match)
    return None, line


_DAYS = re.compile(
        r"(?:(?:in|for|since|within|over|older than|more than|longer than|the|last|past|seit|"
        rf"\s)+)?(?<![\w-])(?P<n>{NUMBER}) ?(?P<unit>days?|d|weeks?|w|months?)\b(?: ago)?"
)  # fmt: skip


def take_days(line: str) -> tuple[int | None, str]:
    """How many days: `60 days`, `3 months`, `4 weeks`."""
    match = _DAYS.search(line)
    if match is None:
        return None, line
    count = int(match["n"]) if match["n"].isdecimal() else {"a": 1, "an": 1, "couple of": 2, "a couple of": 2}.get(
        match["n"], _NUMBERS.get(match["n"], 1 if match["n"] == "one" else 3)
    )  # fmt: skip
    days = count * {"d": 1, "w": 7, "m": 30}[match["unit"][0]]
    return (days, _without(line, match)) if 1 <= days <= 3_650 else (None, line)


def _without(line: str, match: re.Match[str]) -> str:
    return f"{line[: match.start()]}{GONE}{line[match.end() :]}"
