"""Which account a line begins with: `acme talked to Ana` or `"Acme Corp" talked to Ana`."""

from __future__ import annotations

import re

from bot.domain.audience import Audience
from bot.domain.ids import parse_id
from bot.domain.names import fold, squash
from bot.domain.similarity import rank
from bot.services.errors import BadInput
from bot.services.lookup import LONGEST, alike, exact, require_internal
from bot.services.results import Leading, Match
from bot.storage.database import Database, Reader
from bot.storage.queries import accounts, lookup

_LONGEST_NAME = 8
_GUESSED = 3
_WORD = re.compile(r"\S+")
_QUOTED = re.compile(rf'["“”„«]([^"“”„«»]{{1,{LONGEST}}})["“”»]\s*')
_BETWEEN = " \t\n,:;-–—"


def find_leading(database: Database, audience: Audience, text: str) -> Leading:
    """The account that a text begins with, and the rest. The longest beginning that is exactly the name of an account
    counts; where none is, what resembles the first words is a choice. Raises BadInput for no text at all."""
    require_internal(audience)
    text = text.strip()
    if not text:
        raise BadInput("Which account? For example: /account log acme talked to Ana about pricing")
    with database.reading(audience) as reader:
        if quoted := _QUOTED.match(text):
            name = quoted.group(1).strip()
            return _leading(reader, exact(reader, name) or alike(reader, name), text[quoted.end() :])
        words = list(_WORD.finditer(text.partition("\n")[0]))[:_LONGEST_NAME]
        for count in range(len(words), 0, -1):
            if (match := exact(reader, _name(words[:count]))) is not None:
                count = _without_surplus(reader, match, words[:count])
                return _leading(reader, match, text[words[count - 1].end() :])
        count = _most_alike(reader, words)
        return _leading(reader, alike(reader, _name(words[:count])), text[words[count - 1].end() :])


def _leading(reader: Reader, match: Match, rest: str) -> Leading:
    account_id = parse_id(match.account_id or "")
    name = accounts.accounts(reader, [account_id])[account_id].name if account_id is not None else None
    return Leading(match=match, rest=rest.lstrip(_BETWEEN), account=name)


def _name(words: list[re.Match[str]]) -> str:
    return " ".join(word.group() for word in words)[:LONGEST]


def _without_surplus(reader: Reader, match: Match, words: list[re.Match[str]]) -> int:
    """How many words are the name. Comparing drops legal forms, and "and" or "as" may be one of them: a last word that
    only comparing dropped belongs to the name when the account is written with such a word, else to the text."""
    account_id = parse_id(match.account_id or "")
    if account_id is None:
        return len(words)
    row = accounts.accounts(reader, [account_id])[account_id]
    aliases = accounts.aliases(reader, [account_id]).get(account_id, ())
    written = " ".join([row.name, *(alias.shown for alias in aliases)]).casefold().split()
    count = len(words)
    while count > 1 and fold(_name(words[:count])) == fold(_name(words[: count - 1])):
        last = words[count - 1].group().casefold().strip(".,:;")
        if len(last) > 1 and any(word.startswith(last) for word in written):
            break
        count -= 1
    return count


def _most_alike(reader: Reader, words: list[re.Match[str]]) -> int:
    """How many of the first words resemble some account's name most; of equals the fewest."""
    best, most = 1, 0.0
    for count in range(1, min(len(words), _GUESSED) + 1):
        name = _name(words[:count])
        ranked = rank(name, lookup.candidates(reader, squash(name)), limit=1)
        if ranked and ranked[0].score > most:
            best, most = count, ranked[0].score
    return best
