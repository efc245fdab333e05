"""Which words of a text are names, and whether the record knows them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from skills.contract import Evidence, Metric, Pack
from skills.gates.words import fold, is_frame, is_stop, stem, stems, tokens

_TOKEN = re.compile(r"[^\W_][\w&’'-]*")
_SENTENCE_START = re.compile(r"(?:^|[.!?…:]\s+|[\"“«„(]\s*)$")
# Words that often open a sentence and are no names, as stems.
_OPENERS = stems(
    """
    access action adoption adopted agreement agreed alignment approval approved asked asks attention blocked blocker
    budget champion change changes churn clarify commercial commitment competitor competitive complaint complaints
    concerns confidence confirmed contract contracts data deadline decision decisions delay delayed delays delivered
    delivery demand departure discount discussion documentation early engagement escalation escalated evaluation
    executive expansion expectations expected export exports feature features feedback figure figures finance follow
    following frustration further growth health help implementation import improved improvement incident incidents
    integration integrations interest internal introduction invoice invoices key lack launch leadership legal licence
    license licences login low maintenance management market migration missing morale momentum need needs negotiation
    new next objective objectives onboarding open operations outage outages outcome overdue ownership performance pilot
    plan planned planning please positive possible praise prepare pricing price prices priority problem problems
    procurement product progress project promise promised promises quality ready refused rejected relationship release
    renewal request requested requests requires resolution resolved response responses review risk risks rollout
    satisfaction schedule scope seats security send sentiment service share silence slow sponsor stakeholders status
    strategy strong success summary support switch terms test tests ticket tickets training trust turnover unresolved
    unhappy update upgrade urgent usage use users value waiting waits wants win wins work worried
    """
)


def unknown(text: str, pack: Pack, evidence: Sequence[Evidence], metrics: Sequence[Metric]) -> list[str]:
    """The names in a text that neither the pack nor the claim's own sources know."""
    candidates = _candidates(text)
    if not candidates:
        return []
    known = _known(pack, evidence, metrics)
    return [word for word in candidates if not _parts(word) <= known]


def _candidates(text: str) -> list[str]:
    """Capitalised words and words with capitals within; at the start of a sentence only those that are no common
    word."""
    found = []
    for match in _TOKEN.finditer(text):
        word = match[0]
        if word == word.lower():
            continue
        starts = _SENTENCE_START.search(text[: match.start()]) is not None
        plain = word[1:] == word[1:].lower() and len(word) > 1
        if starts and plain and (is_stop(word) or is_frame(word) or stem(word) in _OPENERS):
            continue
        if word == "I" or (is_stop(word) and plain):
            continue
        found.append(word)
    return found


def _known(pack: Pack, evidence: Sequence[Evidence], metrics: Sequence[Metric]) -> set[str]:
    texts = [pack.account, *pack.known_names, *(one.label for one in metrics), *(one.key for one in metrics)]
    texts += [one.text for one in evidence] + [one.who for one in evidence if one.who]
    return {part for text in texts for word in _TOKEN.findall(text) for part in _parts(word)}


def _parts(word: str) -> set[str]:
    """ "Acme's" and "Acme" are one name; "Meyer-Lund" is two."""
    bare = re.sub(r"['’]s?$", "", word)
    return {stem(part) for part in tokens(bare)} or {fold(bare)}
