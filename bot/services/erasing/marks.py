"""By what an import knows again whom it must not bring back: words that are kept as keyed hashes only."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from bot.domain.erasing import Traces, words_of
from bot.domain.names import fold
from bot.services.importing.directory import WEAK
from bot.storage.database import Reader
from bot.storage.erasing import subjects
from bot.storage.erasing.subjects import Known

ANYWHERE = 0
"""Stands for an account where a name counts everywhere."""


def mail(address: str) -> str:
    return f"mail:{address.lower()}"


def ref(noun: str, source: str, external_id: str) -> str:
    return f"ref:{noun}:{source}:{external_id}"


def colleague(words: tuple[str, ...]) -> str:
    return f"colleague:{' '.join(words)}"


def name(account_id: int, words: tuple[str, ...]) -> str:
    return f"name:{account_id}:{' '.join(words)}"


def gone(noun: str, source: str, external_id: str) -> str:
    """What belonged to an account that was erased."""
    return f"gone:{noun}:{source}:{external_id}"


def word(said: str) -> str:
    """A word that is part of some marked name."""
    return f"word:{said}"


def of_known(reader: Reader, known: Known) -> Iterator[str]:
    """What stands for somebody's own record."""
    yield from map(mail, known.emails)
    noun = "member" if known.colleague else "person"
    for source, found, external_id in subjects.keys_at_sources(reader, known.id):
        if found == noun and not external_id.startswith(WEAK):
            yield ref(noun, source, external_id)
    if known.colleague:
        yield from (colleague(words_of(each)) for each in known.names)


def of_traces(traces: Traces) -> Iterator[str]:
    """What names them in texts: in full and alone about their accounts, in full anywhere unless others have it."""
    yield from map(mail, traces.emails)
    for words in (words for each in traces.names if (words := words_of(each))):
        yield from map(word, words)
        spellings = {words, (words[0], words[-1]), (words[-1], words[0])} if len(words) > 1 else {words}
        for spelling in spellings:
            yield from (name(account, spelling) for account in traces.accounts)
            if not traces.namesakes and len(spelling) > 1:
                yield name(ANYWHERE, spelling)
    for account in traces.accounts:
        yield from (name(account, (part,)) for part in traces.parts)


def account_called(folded: str) -> str:
    return f"account:{folded}"


def domain(host: str) -> str:
    return f"domain:{host.lower()}"


def of_account(reader: Reader, account_id: int, things: Collection[int]) -> Iterator[str]:
    """What stands for an account: its names and domains, and the ids of it and of what is its own at every source."""
    for kind, shown in subjects.names_of_account(reader, account_id):
        yield domain(shown) if kind == "domain" else account_called(fold(shown))
    for one in things:
        for source, noun, external_id in subjects.keys_at_sources(reader, one):
            if not external_id.startswith(WEAK):
                yield gone(noun, source, external_id)
