"""Words as people type them, as the words that questions are read by: short forms, slips of the keyboard, numbers.

Only words that no name explains come here, and only small ones that are not written like a name: a slip in a name is
asked about, never mended.
"""

from __future__ import annotations

from functools import cache

from .common import is_common, is_word

_SHORT = "what who how where when it that there let he she"
_VERBS = "have has do does did is are was were would could should"
SPOKEN = {
    **{f"{word}{ending}": f"{word} is" for word in _SHORT.split() for ending in ("'s", "s") if word + ending != "its"},
    **{f"{word}n{sign}t": f"{word} not" for word in _VERBS.split() for sign in ("'", "")},
    "i'm": "i am", "im": "i am", "i've": "i have", "ive": "i have", "i'd": "i would", "i'll": "i will",
    "we're": "we are", "we've": "we have", "we'd": "we would", "we'll": "we will", "they're": "they are",
    "they've": "they have", "they'd": "they would", "can't": "can not", "cant": "can not", "cannot": "can not",
    "won't": "will not", "wont": "will not", "you're": "you are", "who've": "who have", "aint": "is not",
    "lets": "let us", "wanna": "want to", "gonna": "going to", "gotta": "have to", "lemme": "let me",
    "gimme": "give me", "dunno": "do not know", "acct": "account", "accts": "accounts", "cust": "customer",
    "custs": "customers", "tix": "tickets", "tkt": "ticket", "tkts": "tickets", "champ": "champion",
    "champs": "champions", "mgr": "manager", "mtg": "meeting", "mtgs": "meetings", "appt": "appointment",
    "u": "you", "ur": "your", "r": "are", "pls": "please", "plz": "please", "thnx": "thanks",
    "nxt": "next", "lst": "last", "prev": "previous", "qtr": "quarter", "qtrs": "quarters", "mth": "month",
    "mths": "months", "mnth": "month", "mo": "month", "mos": "months", "wk": "week", "wks": "weeks", "yr": "year",
    "yrs": "years", "eow": "end of week", "eom": "end of month", "eoq": "end of quarter", "eoy": "end of year",
    "ltm": "last 12 months", "ttm": "last 12 months", "qtd": "this quarter", "mtd": "this month",
    "fortnight": "2 weeks", "fortnights": "weeks", "tmrw": "tomorrow", "tmr": "tomorrow", "2day": "today",
    "tdy": "today", "b4": "before", "w": "with", "w/": "with", "abt": "about", "btw": "between", "biz": "business",
    "rn": "right now", "dm": "decision maker", "dms": "decision makers",
    "poc": "contact", "pocs": "contacts", "rnwl": "renewal", "rnwls": "renewals",
    "contr": "contract", "comms": "conversations", "fwd": "forward", "fav": "favourite", "teh": "the", "hte": "the",
    "fro": "for", "ofr": "for", "adn": "and", "nad": "and", "ot": "to", "od": "do", "ym": "my",
    "hwo": "how", "woh": "who", "wha": "what", "wat": "what", "wut": "what", "wen": "when", "wich": "which",
    "fo": "for", "fr": "for", "thi": "this", "ths": "this", "nex": "next", "las": "last",
}  # fmt: skip
_DISFLUENT = """
um umm uh uhm uhh er erm hm hmm hmmm ah eh please pls kindly actually basically really literally simply exactly
mom yoy qoq currently possibly perhaps maybe already eigentlich bitte denn mal gerade
"""
DISFLUENT = frozenset(_DISFLUENT.split())
"""What is said between the words and asks for nothing."""

_MENDED = """
about account accounts activity adoption before between biggest buyer called champion check churn client clients
commitments compare compared contact contacted contacts contract contracts customer customers deadline deadlines
decision different difference escalated escalations expansion expire expires expiring forecast happened happening
largest latest manager meeting missing mentioned month months next notice open overdue overview owner owned portfolio
priorities promise promised promises quarter quiet quota recently remind reminder renew renewal renewals renewed
renewing renews responsible retention revenue score should show silent since smallest sorted sponsor stakeholder
stakeholders stand status steps talked thanks their there these they things this those ticket tickets timeline today
tomorrow touch ending ends trend trouble under unhealthy until update upcoming urgent usage using utilisation versus
week weeks what when where which while who whose why with within without would year years your from have last over risk
risks risky more less than that spoke spoken speak owns does doing looks after
"""
_TARGETS = tuple(dict.fromkeys(_MENDED.split()))
_PLACES = frozenset(["for", "of", "at", "with", "from", "by", "about", "is", "are", "and", "vs", "versus"])
"""After these stands a name rather than a slip."""


def spelled(key: str, large: bool, before: str) -> str:
    """What a folded word reads as, after the word `before`; `large` when it is written like a name."""
    if key in SPOKEN and not (large and len(key) < 3):
        return SPOKEN[key]
    if is_word(key) or large or not key.isalpha() or before in _PLACES:
        return key
    better = mended(key)
    return better if sorted(better) == sorted(key) or not is_common(key) else key


@cache
def mended(word: str) -> str:
    """The word that this one is a slip of: neighbours swapped, or one letter more, less or other; else itself."""
    if len(word) < 4:
        return word
    near = [target for target in _TARGETS if _is_slip(word, target)]
    least = min((_distance(word, target) for target in near), default=0)
    best = [target for target in near if sorted(target) == sorted(word)] or [
        target for target in near if _distance(word, target) == least
    ]
    return best[0] if len({target[:4] for target in best}) == 1 else word


def _is_slip(word: str, target: str) -> bool:
    if sorted(word) == sorted(target):
        return _distance(word, target) == 1
    if word[0] != target[0] or min(len(word), len(target)) < 4:
        return False
    if len(word) == len(target) == 4 or len(target) < 4:
        return False
    return _distance(word, target) <= (2 if len(target) >= 7 and word[:3] == target[:3] else 1)


def _distance(one: str, other: str) -> int:
    """How many letters to insert, drop, replace or swap with their neighbour; 3 when more."""
    if abs(len(one) - len(other)) > 2:
        return 3
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        earlier, before, row = before, row, [at]
        for to, wanted in enumerate(other, 1):
            cost = min(before[to] + 1, row[-1] + 1, before[to - 1] + (letter != wanted))
            if at > 1 and to > 1 and letter == other[to - 2] and one[at - 2] == wanted:
                cost = min(cost, earlier[to - 2] + 1)
            row.append(cost)
    return row[-1]


_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
)
_ONES += " eighteen nineteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_NUMBERS = {word: at for at, word in enumerate(_ONES.split())}
_NUMBERS |= {word: at * 10 for at, word in enumerate(_TENS.split(), 2)}
_SCALES = {"hundred": 100, "thousand": 1_000, "k": 1_000, "grand": 1_000, "million": 1_000_000}


def counted(words: list[str]) -> tuple[int, int]:
    """The number that words begin with, and how many of them say it: `two hundred thousand`, `ninety`. (0, 0): none.

    "One" alone is no number ("the red one"), nor is a scale.
    """
    total = part = used = 0
    for at, word in enumerate(words):
        pieces = word.split("-")
        if word in ("a", "an") and not used and words[at + 1 : at + 2] and words[at + 1] in _SCALES:
            part, used = 1, at + 1
            continue
        if all(piece in _NUMBERS for piece in pieces) and word:
            part += sum(_NUMBERS[piece] for piece in pieces)
        elif word in _SCALES and part:
            scale = _SCALES[word]
            total, part = (total, part * 100) if scale == 100 else (total + part * scale, 0)
        elif word == "and" and used and at + 1 < len(words) and words[at + 1] in _NUMBERS and words[at - 1] in _SCALES:
            continue
        else:
            break
        used = at + 1
    number = total + part
    return (number, used) if number and words[:used] != ["one"] else (0, 0)
