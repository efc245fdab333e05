"""Which account was meant. An exact name, alias, domain or id wins; likeness must stand out; else a person chooses."""

from __future__ import annotations

from bot.domain.audience import Audience, Role
from bot.domain.ids import id_text, parse_id
from bot.domain.names import domain_of, fold, squash
from bot.domain.similarity import Certain, Nothing, decide, rank
from bot.services.errors import BadInput, NotAllowed
from bot.services.results import Candidate, Match
from bot.storage.database import Database, Reader
from bot.storage.queries import lookup

_MOST = 5
LONGEST = 200


def find_account(database: Database, audience: Audience, query: str) -> Match:
    """The account that a typed name means, or the choice to make. Raises BadInput for nothing or far too much text."""
    text = as_name(query)
    require_internal(audience)
    with database.reading(audience) as reader:
        return exact(reader, text) or alike(reader, text)


def as_name(query: str) -> str:
    """Typed text as one line. Raises BadInput when it cannot be a name."""
    text = " ".join(query.split())
    if not text:
        raise BadInput("Which account? For example: /account acme")
    if len(text) > LONGEST:
        raise BadInput(f"An account name has at most {LONGEST} characters; that text has {len(text)}.")
    return text


def suggest_accounts(database: Database, audience: Audience, typed: str, limit: int = 20) -> tuple[Candidate, ...]:
    """Accounts for a type-ahead field, best first; empty text suggests nothing."""
    text = " ".join(typed.split())[:LONGEST]
    if not text:
        return ()
    require_internal(audience)
    with database.reading(audience) as reader:
        named = exact(reader, text)
        ranked = rank(text, lookup.candidates(reader, squash(text)), limit=limit)
        scores = {one.id: round(one.score) for one in ranked}
        found = {int(one): 100 for one in _exact_ids(named)} | scores
        return _described(reader, found)[:limit]


def require_internal(audience: Audience) -> None:
    """Account data is internal: nobody else gets past here."""
    if not audience.sees_internal:
        raise NotAllowed(
            "Account information is only shown to members of the team, in places that outsiders cannot see."
        )


def require_member(audience: Audience) -> None:
    """For what changes something that colleagues see."""
    require_internal(audience)
    if not audience.actor.role.covers(Role.MEMBER):
        raise NotAllowed("Your role lets you look but not change anything. Ask an admin for more rights.")


def _exact_ids(match: Match | None) -> list[int]:
    if match is None:
        return []
    texts = [match.account_id] if match.account_id else [one.id for one in match.candidates]
    return [found for text in texts if text and (found := parse_id(text)) is not None]


def exact(reader: Reader, text: str) -> Match | None:
    """As written, then alias, name, domain, letters, id. Two accounts on the same step are a choice."""
    folded = fold(text)
    named = lookup.named_exactly(reader, folded)
    domain = domain_of(text)
    if domain and domain != folded:
        named += lookup.named_exactly(reader, domain)
    written = {one for one, _, shown in named if shown.casefold() == text.casefold()}
    steps = [written, *({one for one, kind, _ in named if kind == step} for step in ("alias", "name", "domain"))]
    for found in steps:
        if len(found) == 1:
            return Match(query=text, outcome="one", account_id=id_text(found.pop()))
        if found:
            return _match(reader, text, dict.fromkeys(sorted(found), 100))
    spelled = lookup.spelled_alike(reader, squash(text)) or lookup.with_external_id(reader, text)
    return _match(reader, text, dict.fromkeys(spelled, 100)) if spelled else None


def alike(reader: Reader, text: str) -> Match:
    """What resembles a name that nobody has: always a choice, even of one, for likeness is a guess."""
    found = decide(rank(text, lookup.candidates(reader, squash(text)), limit=_MOST))
    if isinstance(found, Nothing):
        return Match(query=text, outcome="none")
    likely = (found.match,) if isinstance(found, Certain) else found.matches
    candidates = _described(reader, {one.id: round(one.score) for one in likely})
    return Match(query=text, outcome="several" if candidates else "none", candidates=candidates)


def _match(reader: Reader, text: str, scores: dict[int, int]) -> Match:
    """One account, or a choice between several."""
    candidates = _described(reader, dict(list(scores.items())[:_MOST]))
    if len(candidates) == 1:
        return Match(query=text, outcome="one", account_id=candidates[0].id, candidates=candidates)
    return Match(query=text, outcome="several" if candidates else "none", candidates=candidates)


def _described(reader: Reader, scores: dict[int, int]) -> tuple[Candidate, ...]:
    rows = lookup.described(reader, list(scores))
    return tuple(
        Candidate(id=id_text(one), name=row.name, hint=_hint(row.owner, row.segment, row.industry), score=score)
        for one, score in scores.items()
        if (row := rows.get(one)) is not None
    )


def _hint(*parts: str | None) -> str:
    return " · ".join(part for part in parts if part)
