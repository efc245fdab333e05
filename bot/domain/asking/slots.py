"""The parts of a question that many questions share: whose, which segment, how much, in what order, how many.

Each function takes a folded line and gives back what it found and the line without it; ` · ` stands where something
was, so that words on either side of it never become one name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from bot.domain.kpi.catalogue import Key

from .amounts import GONE, take_amounts
from .queries import Role, Sort
from .said_spans import NUMBER, WORDED, find
from .words import MARK, Masked

_COUNT = r"(?P<n>\d{1,2})"
_BIG = r"(?:biggest|largest|top|highest|greatest|most valuable|größten)"
_LISTED = r"(?:accounts|customers|clients|renewals|contracts|promises|tickets|logos|deals)"
_LIMITS: tuple[tuple[re.Pattern[str], Sort | None], ...] = (
    (re.compile(rf"\b{_COUNT} (?:\w+ )?{_BIG}\b"), "arr"),
    (re.compile(rf"\b(?:biggest|largest|greatest|größten) {_COUNT}\b"), "arr"),
    (re.compile(rf"\b{_COUNT} smallest\b|\bsmallest {_COUNT.replace('<n>', '<m>')}\b"), "smallest"),
    (re.compile(rf"\b(?:worst|riskiest) {_COUNT}\b|\b{_COUNT.replace('<n>', '<m>')} (?:worst|riskiest)\b"), "risk"),
    (
        re.compile(
            rf"\b(?:top|first|next|best|only|just|the) {_COUNT}\b(?! ?(?:days?|weeks?|months?|quarters?|years?|d|w|"
            rf"m|k)\b)"
        ),
        None,
    ),
    (re.compile(rf"\b{_COUNT} (?=(?:‹\d+› )?{_LISTED}\b)"), None),
)
_BY = r"\b(?:(?:sort|order|rank|arrange|list)(?:ed|ing)? )?(?:(?:it|them|that|this|these) )?(?:by|in order of)(?: the)?"
_SORTS: tuple[tuple[re.Pattern[str], Sort], ...] = (
    (re.compile(rf"{_BY} (?:arr|(?:contract )?value|size|revenue|amount|worth|money|acv)\b"), "arr"),
    (
        re.compile(
            r"\b(?:biggest|largest|highest|greatest|most valuable)(?: first| arr| value| ones?)?\b|"
            r"\bworth (?:us )?(?:the )?most\b|"
            r"\bpay(?:ing)? (?:us )?(?:the )?most\b"
        ),
        "arr",
    ),
    (re.compile(r"\b(?:smallest|tiniest|least valuable)(?: first| ones?)?\b|\bworth (?:the )?least\b"), "smallest"),
    (re.compile(rf"{_BY} (?:risk|health(?: score)?|danger)\b|\b(?:worst|riskiest)(?: first| ones?)?\b"), "risk"),
    (
        re.compile(
            rf"{_BY} (?:renewal|renewal date|date|deadline|end date|expiry|contract end|notice(?: date)?|due date)\b|"
            r"\b(?:soonest|nearest|earliest|most urgent|next)(?: ones?)? first\b|\bsoonest\b"
        ),
        "renewal",
    ),
    (re.compile(rf"{_BY} (?:last |latest )?(?:touch|contact|activity)\b|\bquietest(?: first)?\b"), "touch"),
    (re.compile(rf"{_BY} (?:name|alphabet)\b|\balphabetical(?:ly)?\b|\ba[- ](?:to[- ])?z\b"), "name"),
)
_TEAM = re.compile(r"\b(?:(?:on|in|of|for) )?(?:my|the|our) team(?:'s)?\b|\bteam\b")
_TO_ME = re.compile(
    r"\b(show|give|tell|get|bring|find|list|help|pull|send|make|read|name|fetch|walk|run|let|gib|zeige?) (?:me|us|"
    r"mir|uns)\b"
)
_MINE = re.compile(
    r"\b(?:of |for )?(?:mine|my own|my|me)\b(?! team)|\bmeine[rnm]?\b|\bdo i (?:have|own)\b|\bi (?:have|own)\b"
)
_ALL = re.compile(
    rf"\ball (?:of )?(?:the |our )?(?=(?:(?:\w+|‹\d+›) )?{_LISTED}\b)|\beverybody\b|\beveryone\b|\balle\b|"
    r"\b(?:the )?(?:whole|entire) (?:company|business|book|portfolio|base)\b|\bcompany[- ]wide\b|"
    r"\bacross the (?:board|company|business)\b"
)
_FIRST_PERSON = re.compile(r"\b(?:i|ich)\b")
_ASKS = re.compile(
    r"^(?:\W|so |and |ok |hi |hey |well |now )*(?:can|could|may) i (?:get|see|have|know|ask)\b|"
    r"^(?:\W|so |and |ok |hi |hey |well |now )*i (?:want|need|would (?:like|love)|wish|wonder|am looking|think|"
    r"am after)\b"
)
"""Who asks so speaks of asking, not of an own book."""
_ROLES: tuple[tuple[re.Pattern[str], Role], ...] = (
    (re.compile(r"\bchampions?\b"), "champion"),
    (re.compile(r"\b(?:economic )?buyers?\b|\bbudget (?:holders?|owners?)\b|\bsignator(?:y|ies)\b"), "economic buyer"),
    (re.compile(r"\bdecision[- ]?makers?\b|\bmakes? the decisions?\b|\bdecides\b|\bentscheider\b"), "decision maker"),
    (re.compile(r"\binfluencers?\b"), "influencer"),
    (re.compile(r"\b(?:executive |exec )?sponsors?\b"), "sponsor"),
    (re.compile(r"\bdetractors?\b|\bblockers?\b"), "detractor"),
    (re.compile(r"\b(?:power|key) users?\b"), "user"),
)
_REACH = r"(?:hit|hitting|make|making|meet|meeting|reach|reaching|on track for|against|towards|behind)"
_KPIS: tuple[tuple[str, Key], ...] = (
    (r"net (?:revenue |dollar )?retention(?: rate)?|nrr|ndr", "nrr"),
    (r"gross (?:revenue |dollar )?retention(?: rate)?|grr", "grr"),
    (r"(?:customer|logo|client|account) retention(?: rate)?|retention(?: rate)?|crr", "retention"),
    (
        r"(?:logo |customer )?churn(?: rate)?|churned|attrition|abwanderung|did (?:we|i) lose|have (?:we|"
        r"i) lost(?! (?:touch|contact|track))|"
        r"lost (?:customers|accounts|logos|clients)",
        "churn",
    ),
    (
        r"renewal rates?|renewed rate|(?:%|share|percent|percentage|proportion)(?: \w+){0,4} renew(?:ed|s|als?)?",
        "renewal-rate",
    ),
    (r"net[- ]new[- ](?:mrr|revenue)|(?:mrr|arr) (?:movements?|growth|bridge|changes?)|net new|new mrr", "net-new-mrr"),
    (r"arr|annual recurring revenue|recurring revenue", "arr"),
    (r"mrr|monthly (?:recurring )?revenue", "mrr"),
    (r"expansion(?: revenue| rate)?", "expansion"),
    (r"up-?sell(?:ing|s)?(?: rate| revenue)?", "upsell-rate"),
    (r"cross[- ]?sell(?:ing|s)?(?: rate| revenue)?", "cross-sell-rate"),
    (r"(?:customer )?life ?time value|clt?v|ltv", "clv"),
    (r"c-?sat|(?:customer )?satisfaction(?: score)?|how (?:happy|satisfied) (?:is|are)(?: the)?", "csat"),
    (r"nps|net promoter(?: score)?|promoter score", "nps"),
    (r"ces|(?:customer )?effort(?: score)?", "ces"),
    (r"first[- ]contact resolution(?: rate)?|fcr", "fcr"),
    (
        r"(?:mean |average )?time to (?:resolution|resolve)(?: (?:an? )?(?:tickets?|cases?))?|resolution times?|m?ttr|"
        r"how (?:long|fast|quickly)(?: \w+){0,4} (?:resolv|solv|clos)\w+",
        "ttr",
    ),
    (r"(?:pipeline |sales |revenue )?forecast(?:s|ed|ing)?", "forecast"),
    (
        rf"quota(?: attainment)?|attainment|{_REACH} (?:(?:our|the|my|their|·) )*(?:numbers?|goals?|targets?)|"
        rf"sales targets?|targets?",
        "quota",
    ),
)
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
    amounts, line = take_amounts(line)
    slots = Slots(over=amounts.over, under=amounts.under, currency=amounts.currency)
    slots, line = _order(slots, line)
    if (span := find(line)) is not None:
        slots, line = replace(slots, when=span[0]), span[1]
    return _scope(slots, line, masked)


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
    return _order(Slots(), take_amounts(line)[1])[1]


def _count(text: str) -> int:
    return int(text)


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
    first_person = _FIRST_PERSON.search(_ASKS.sub("", line)) is not None
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
        rf"\s)+)?(?<![\w-])(?P<n>{NUMBER})(?P<gap> ?)(?P<unit>days?|d|tagen?|weeks?|w|wochen?|months?|"
        rf"monate?n?)\b(?: ago)?"
)  # fmt: skip


def take_days(line: str) -> tuple[int | None, str]:
    """How many days: `60 days`, `3 months`, `4 weeks`."""
    match = next((one for one in _DAYS.finditer(line) if one["gap"] or one["n"].isdecimal()), None)
    if match is None:
        return None, line
    count = int(match["n"]) if match["n"].isdecimal() else WORDED.get(match["n"], 3)
    days = count * {"d": 1, "t": 1, "w": 7, "m": 30}[match["unit"][0]]
    return (days, _without(line, match)) if 1 <= days <= 3_650 else (None, line)


def _without(line: str, match: re.Match[str]) -> str:
    return f"{line[: match.start()]}{GONE}{line[match.end() :]}"
