"""Numbers, dates and money in whatever way they are written, and what a figure's words say about its movement."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence

from skills.contract import Metric
from skills.gates.words import WORD, fold, stem, stems

# Folded. Articles (un, une, ein, una) are left out; French "neuf" may be "new" and is refused all the same.
_NUMBER_TEXT = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
eighteen nineteen twenty thirty forty fourty fifty sixty seventy eighty ninety hundred hundreds thousand thousands
million millions billion billions trillion dozen dozens percent percents percentage pct half halves halved double
doubled doubles doubling twofold twice thrice triple tripled quadruple quadrupled threefold tenfold
second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth twentieth thirtieth hundredth
dollar dollars euro euros pound pounds cent cents bucks
null eins zwei drei vier funf sechs sieben acht neun zehn elf zwolf dutzend hundert tausend million millionen milliarde
milliarden prozent halb halbe halfte doppelt doppelte verdoppelt verdoppelte dreifach verdreifacht zweimal dreimal
zweite zweiten dritte dritten vierte funfte
deux trois quatre cinq sept huit neuf dix onze douze treize quatorze quinze seize vingt trente quarante cinquante
soixante septante huitante octante nonante cent cents mille millier milliers milliard milliards douzaine pourcent
pourcentage moitie demi demie double triple deuxieme troisieme quatrieme cinquieme
cero uno dos tres cuatro cinco siete ocho nueve diez doce trece catorce quince veinte treinta cuarenta cincuenta
sesenta setenta ochenta noventa cien ciento cientos doscientos trescientos quinientos mil miles millon millones docena
mitad medio doble triple segundo tercero cuarto quinto porcentaje
today tomorrow yesterday tonight heute morgen gestern aujourd'hui demain hoy manana ayer
"""
_NUMBER_WORDS = frozenset(fold(word) for word in _NUMBER_TEXT.split())
_SPANISH = frozenset(("el", "los", "las", "de", "del", "con", "por", "para"))
"""Words beside which "once" is eleven."""
_COMPOUND = re.compile(
    r"(?:ein|zwei|drei|vier|funf|sechs|sieben|acht|neun)?(?:und)?"
    r"(?:zwanzig|dreissig|dreißig|vierzig|funfzig|sechzig|siebzig|achtzig|neunzig|hundert|tausend)\w*"
    r"|(?:drei|vier|funf|sech|sieb|acht|neun)zehn\w*"
    r"|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)\w*"
    r"|(?:dieci|veinti|dieciseis|diecisiete)\w+|\w*(?:cientos|cientas)"
    r"|\w+(?:hundert|tausend|prozent)\w*"
)
# As they begin a word with a capital letter; "May" and "March" in small letters are other words.
_DATES = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|"
    r"Mondays?|Tuesdays?|Wednesdays?|Thursdays?|Fridays?|Saturdays?|Sundays?|"
    r"Januar|Februar|März|Mai|Juni|Juli|Oktober|Dezember|Jänner|"
    r"Montags?|Dienstags?|Mittwochs?|Donnerstags?|Freitags?|Samstags?|Sonntags?)\b"
    r"|\b(?i:january|february|april|june|july|august|september|october|november|december|monday|tuesday|wednesday|"
    r"thursday|friday|saturday|sunday|"
    r"janvier|février|avril|juin|juillet|août|septembre|octobre|novembre|décembre|lundi|mardi|mercredi|jeudi|vendredi|"
    r"samedi|dimanche|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre|"
    r"lunes|martes|miércoles|jueves|viernes|sábado|domingo)\b"
)


def has_number(text: str) -> bool:
    """Whether a text says a number, an amount, a share or a date, in digits of any script or in words."""
    if any(_counts(char) for char in text) or _DATES.search(text):
        return True
    words = WORD.findall(text)
    if _SPANISH & {word.casefold() for word in words} and any(word.casefold() == "once" for word in words):
        return True
    return any(_is_number(part) for word in words for part in (word, *re.split("['’]", word)))


def _counts(char: str) -> bool:
    if char.isascii():
        return char.isdigit() or char in "%$"
    category = unicodedata.category(char)
    return category[0] == "N" or category == "Sc" or char in "‰﹪％" or unicodedata.numeric(char, None) is not None


def _is_number(word: str) -> bool:
    plain = fold(word)
    return plain in _NUMBER_WORDS or _COMPOUND.fullmatch(plain) is not None


_LETTERS_APART = re.compile(r"(?<!\w)(?:\w[ .\-*_]){2,}\w(?!\w)")


def is_disguised(text: str) -> bool:
    """Whether words are written so that a reader sees another word than a program: scripts mixed within a word,
    letters spaced apart, letters that only exist as look-alikes."""
    if text.isascii():
        return bool(_LETTERS_APART.search(text))
    if unicodedata.normalize("NFKC", text) != text or _LETTERS_APART.search(text):
        return True
    return any(len({_script(char) for char in word}) > 1 for word in WORD.findall(text) if not word.isascii())


def _script(char: str) -> str:
    name = unicodedata.name(char, "").split(" ")[0]
    # Japanese mixes its scripts within a word, and Korean its own with Chinese.
    return "EAST" if name in {"CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "HANGUL", "IDEOGRAPHIC"} else name


_UP = stems(
    "rose rise rises rising risen grew grow grows growing growth increase increased increasing climbed "
    "climbing higher gained jumped expanded upward gestiegen steigt stieg gewachsen hausse augmenté augmente subió "
    "aumentó creció"
)
_DOWN = stems(
    "fell fall falls falling fallen dropped drop drops dropping declined decline declining declines "
    "decreased decrease decreasing shrank shrinking lower lowered slipped reduced reduction downward gesunken sinkt "
    "sank gefallen baisse baissé diminué bajó disminuyó cayó"
)
_BETTER = stems("improved improve improves improving improvement better besser mejoró")
_WORSE = stems("worsened worsen worsening worse deteriorated deteriorating schlechter empeoró")
_FLAT = stems("unchanged flat stable steady konstant stabil stable estable")
MOVEMENT = _UP | _DOWN | _BETTER | _WORSE | _FLAT
"""The stems of the words that say how a figure moved."""


def directions_agree(text: str, metrics: Sequence[Metric]) -> bool:
    """Whether what a text says about movement is what a cited figure did. Without cited figures there is nothing to
    agree with; an unknown figure has not moved."""
    if not metrics:
        return True
    said = {stem(word) for word in WORD.findall(text)}
    checks: tuple[tuple[frozenset[str], Callable[[Metric], bool]], ...] = (
        (_UP, lambda one: _moved(one) > 0),
        (_DOWN, lambda one: _moved(one) < 0),
        (_BETTER, lambda one: _for_good(one) > 0),
        (_WORSE, lambda one: _for_good(one) < 0),
        (_FLAT, _hardly_moved),
    )
    return all(any(holds(one) for one in metrics) for words, holds in checks if said & words)


def _moved(one: Metric) -> int:
    if one.value is None or one.previous is None:
        return 0
    return (one.value > one.previous) - (one.value < one.previous)


def _for_good(one: Metric) -> int:
    return {"up": 1, "down": -1, None: 0}[one.good] * _moved(one)


def _hardly_moved(one: Metric) -> bool:
    """By less than a twentieth."""
    if one.value is None or one.previous is None:
        return False
    return abs(one.value - one.previous) * 20 <= abs(one.previous)
