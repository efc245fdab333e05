"""Yes and no, and words that are each other's opposite."""

from __future__ import annotations

import re

from skills.gates.words import fold, stem, tokens

_NEGATOR_TEXT = (
    "no not never none nobody nothing neither nor without cannot cant wont dont doesnt didnt isnt arent wasnt werent "
    "hasnt havent hadnt couldnt wouldnt shouldnt hardly barely "
    "nicht kein keine keinen keinem keiner nie niemals niemand nichts ohne weder "
    "ne pas jamais aucun aucune sans rien ni "
    "nunca jamas ningun ninguno ninguna sin tampoco nadie nada"
)
_NEGATORS = frozenset(_NEGATOR_TEXT.split())
_FAILED = re.compile(
    r"\b(?:fail(?:s|ed|ing)? to|refus(?:es|ed|ing) to|declin(?:es|ed|ing) to|unable to|no longer)\b", re.I
)
_NE_PAS = re.compile(r"\bn(?:e\s|['’])\S+(?:\s\S+)?\s(?:pas|jamais|plus|rien|aucune?)\b", re.I)
_OPPOSITE_TEXT = """
accept/reject/decline approve/reject/refuse/deny agree/disagree/refuse like/dislike satisfied/dissatisfied/unsatisfied
happy/unhappy resolved/unresolved solved/unsolved planned/unplanned able/unable won/lost rise/fall rose/fell/dropped
increase/decrease/reduce/drop increased/decreased/fell/dropped grow/shrink grew/shrank/fell improve/worsen/deteriorate
higher/lower better/worse up/down renew/cancel/terminate/churn renewal/cancellation/termination continue/stop/pause
start/stop open/close opened/closed expand/reduce/shrink faster/slower early/late more/less/fewer strong/weak
positive/negative success/failure succeed/fail join/leave joined/left enable/disable include/exclude keep/break
kept/broken/missed/broke delivered/missed certain/uncertain stable/unstable clear/unclear possible/impossible
approved/rejected/denied/refused cheap/expensive easy/difficult/hard ahead/behind paid/unpaid signed/unsigned
zufrieden/unzufrieden gestiegen/gesunken kündigen/verlängern besser/schlechter augmenté/diminué content/mécontent
mejor/peor aumentó/disminuyó
"""


def _opposites() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for group in _OPPOSITE_TEXT.split():
        head, *others = (stem(word) for word in group.split("/"))
        for other in others:
            found.setdefault(head, set()).add(other)
            found.setdefault(other, set()).add(head)
    return {word: frozenset(others) for word, others in found.items()}


_OPPOSITES = _opposites()


_WISH_TEXT = """
ask asks asked asking want wants wanted wish wishes wished request requests requested would could may might if unless
plan plans planned planning hope hopes hoped consider considers considering considered expect expects expected intend
intends intended propose
proposes proposed offer offers offered demand demands demanded insist insists insisted
threaten threatens threatened depend depends depending
prepare prepares preparing prepared invite invited evaluate evaluating require requires
should likes like need needs needed mention mentioned call called doubt doubts compare comparing fear fears see sees
will target objective goal priority mandate
möchte will würde könnte falls wenn bittet bat fragt fragte plant hofft wünscht verlangt soll
veut voudrait demande demandé si pourrait souhaite prévoit espère
quiere pide pidió podría si desea planea espera
"""
_WISHES = frozenset(fold(word) for word in _WISH_TEXT.split())


def is_wish(text: str) -> bool:
    """Whether a text says what somebody asks, plans, fears or would do, rather than what is."""
    return any(fold(word) in _WISHES for word in tokens(text))


def negations(text: str) -> int:
    """How often a text says no."""
    plain = _NE_PAS.sub(" nicht ", text)
    plain, failed = _FAILED.subn(" ", plain)
    said = (fold(word).replace("’", "").replace("'", "") for word in tokens(plain))
    return failed + sum(word in _NEGATORS for word in said)


def contradicts(claim: str, source: str) -> bool:
    """Whether two clauses about the same thing disagree: one says no and the other does not, or they use opposites."""
    if (negations(claim) - negations(source)) % 2:
        return not _opposed(claim, source)  # "not satisfied" and "dissatisfied" agree
    return _opposed(claim, source)


def _opposed(claim: str, source: str) -> bool:
    mine, theirs = {stem(word) for word in tokens(claim)}, {stem(word) for word in tokens(source)}
    return any(_OPPOSITES.get(word, frozenset()) & theirs and word not in theirs for word in mine)
