"""Which names a question holds, and which account each of them means: to the letter, or a person chooses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.asking.words import Known, NameKind, possible_names, words_of
from bot.domain.ids import parse_id
from bot.domain.names import fold, squash
from bot.services.lookup import alike, as_name, exact
from bot.services.results import Candidate
from bot.storage.database import Reader
from bot.storage.queries import asking as queries


@dataclass(frozen=True, slots=True)
class Meant:
    """The account that a name means; None with whom it may mean, best first."""

    account_id: int | None
    candidates: tuple[Candidate, ...] = ()


def known_names(reader: Reader, text: str) -> Known:
    """What the words of a text name in this workspace: accounts, colleagues, segments, products."""
    possible = possible_names(words_of(text))
    members, segments, products = queries.vocabulary(reader)
    found: dict[str, NameKind] = {}
    for folded in possible:
        if folded in segments:
            found[folded] = "segment"
        elif folded in products:
            found[folded] = "product"
        elif folded in members:
            found[folded] = "member"
    accounts = queries.accounts_named(reader, [one for one in possible if one])
    found |= dict.fromkeys(accounts, "account")
    # A domain is typed as it is; "@maya" is a colleague's name.
    for folded, typed in possible.items():
        if typed.startswith("@") and fold(typed[1:]) in members:
            found[folded] = "member"
    return found


def meant(reader: Reader, name: str, chosen: Mapping[str, int]) -> Meant:
    """The account of exactly this name; what somebody chose for it before in the conversation comes first."""
    text = as_name(name)
    before = chosen.get(squash(text))
    if before is not None and queries.is_there(reader, before):
        return Meant(before)
    match = exact(reader, text) or alike(reader, text)
    account_id = parse_id(match.account_id) if match.outcome == "one" and match.account_id else None
    return Meant(account_id, match.candidates)
