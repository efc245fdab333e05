"""Is this row an account we know? And who looks so alike that a person should decide?"""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz import fuzz, process

from bot.domain.names import fold, squash
from bot.domain.records import AccountRow
from bot.services.importing.directory import Directory

_LIKE = 90
_COMPARED_AT_MOST = 5_000


def key_of(row: AccountRow) -> str:
    """The id the source knows the account by; a file without ids knows it by its name."""
    return row.external_id or f"name:{fold(row.name)}"


def match(directory: Directory, row: AccountRow) -> int | None:
    """The account this row is about, by id, then domain, then folded name; never by likeness.

    A source that gives two records two ids means two accounts, so domain and name only lead to accounts of others.
    """
    own = directory.by_own_id("account", key_of(row))
    if own is not None:
        return own
    for domain in row.domains:
        found = _of_others(directory, row, directory.accounts_by("domain", domain))
        if len(found) == 1:
            return found[0]
    folded = fold(row.name)
    found = _of_others(directory, row, directory.accounts_by("name", folded) or directory.accounts_by("alias", folded))
    return found[0] if len(found) == 1 and not _other_domains(directory, found[0], row.domains) else None


def _of_others(directory: Directory, row: AccountRow, found: Iterable[int]) -> list[int]:
    """Without those our source has a record of. One that it only named may be the record that now comes with an id."""
    by_id = row.external_id is not None
    return [one for one in found if not directory.is_known_to_source(one, by_id=by_id)]


def _other_domains(directory: Directory, account_id: int, domains: tuple[str, ...]) -> bool:
    """Both have domains and share none: the same name on two companies."""
    known = directory.domains_of(account_id)
    return bool(known and domains and not known & set(domains))


def _digits(text: str) -> str:
    """Numbers in a name tell companies apart: "Store 12" is not a misspelled "Store 13"."""
    return "".join(letter for letter in text if letter.isdigit())


class Lookalikes:
    """Proposes accounts whose names are nearly the same. Costs a comparison with all, so large books get less."""

    def __init__(self, directory: Directory) -> None:
        self._directory = directory

    def of(self, account_id: int, name: str) -> list[int]:
        """Older accounts that this one may be: the same letters, or nearly."""
        spellings = self._directory.account_spellings()
        wanted = squash(name)
        found = set(spellings.get(wanted, ()))
        if len(spellings) <= _COMPARED_AT_MOST:
            for spelling, _, _ in process.extract(
                wanted, spellings.keys(), scorer=fuzz.ratio, score_cutoff=_LIKE, limit=5
            ):
                if _digits(spelling) == _digits(wanted):
                    found |= spellings[spelling]
        return sorted(one for one in found if one < account_id)[:5]
