"""From typed text to what leads and admins ask for. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from bot.services.errors import BadInput
from bot.slack.asks_admin import AdminAsk, Audit, ErasePerson, Restrict, Unrestrict, WhoSees
from bot.slack.grammar_past import name_and_time
from bot.slack.words import Word

ERASE_EXAMPLE = '/account erase-person acme "Dana Weiss"'
RESTRICT_EXAMPLE = '/account restrict acme to @maya "merger talks"'
_LONGEST_NAME = 200


def read_restrict(words: Sequence[Word]) -> Restrict:
    """The account, then whom to name after "to", then the reason in quotes; the last two may lack."""
    reason = words[-1].text if len(words) > 1 and words[-1].quoted else ""
    said = list(words[:-1] if reason else words)
    named = [at for at, word in enumerate(said) if at and word.key == "to" and _names_people(said[at + 1 :])]
    if not named:
        return Restrict(_name(said, RESTRICT_EXAMPLE), reason=reason)
    people = tuple(word.text.rstrip(",") for word in said[named[-1] + 1 :])
    return Restrict(_name(said[: named[-1]], RESTRICT_EXAMPLE), people, reason)


def _names_people(words: Sequence[Word]) -> bool:
    """ "Road to Rome" is a company: whoever is named has an @."""
    return bool(words) and all(word.text.startswith("@") for word in words)


def read_unrestrict(words: Sequence[Word]) -> Unrestrict:
    return Unrestrict(_name(words, "/account unrestrict acme"))


def read_who_sees(words: Sequence[Word]) -> WhoSees:
    return WhoSees(_name(words, "/account who-sees acme") if words else "")


def read_erase_person(words: Sequence[Word]) -> ErasePerson:
    """The account, then the person: in quotes, or as an address or an id in one word."""
    if len(words) < 2 or not words[-1].text.strip():
        raise BadInput(f"Say the account and the person, a name in quotes, for example `{ERASE_EXAMPLE}`.")
    return ErasePerson(_name(words[:-1], ERASE_EXAMPLE), words[-1].text[:_LONGEST_NAME])


def read_audit(words: Sequence[Word]) -> Audit:
    named, since = name_and_time(list(words))
    return Audit(_name(named, "/account audit acme since last month"), since)


def _name(words: Sequence[Word], example: str) -> str:
    text = " ".join(word.text for word in words)
    if not text or len(text) > _LONGEST_NAME:
        raise BadInput(f"Which account? For example `{example}`.")
    return text


READERS: Mapping[str, Callable[[Sequence[Word]], AdminAsk]] = {
    "whosees": read_who_sees,
    "restrict": read_restrict,
    "unrestrict": read_unrestrict,
    "eraseperson": read_erase_person,
    "audit": read_audit,
}
"""By the handler of the command."""
