"""What an import must not bring back: rows of people and accounts that were erased, and their names in what others say.

Known by keyed hashes only, so a name is looked for word by word; most words are told from all marked ones at once.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from itertools import pairwise
from typing import Any, Final

from bot.domain.erasing import ERASED, Word, looks_meant, marked_words, words_of
from bot.domain.names import fold
from bot.domain.records import AccountRow, MemberRow, PersonRow, Ref, Rejected, SurveyRow
from bot.services.erasing import marks
from bot.services.importing.directory import Directory
from bot.storage.database import Reader
from bot.storage.erasing import records

_MOST_WORDS: Final = 3
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
PERSON: Final = "was erased on request, and is left out (`steward erase list`)"
ACCOUNT: Final = "is about an account that was erased, and is left out (`steward erase list`)"
NAMED: Final = "names somebody who was erased; written without the name"


class Erased:
    """Everybody who was erased, as an import meets them; false when there is nobody."""

    def __init__(self, salt: str | None = None, found: dict[str, int | None] | None = None) -> None:
        self._marks = found or {}
        self._salt = salt or ""
        self._has: Callable[[str], bool] = lru_cache(maxsize=100_000)(self._is_marked)

    @classmethod
    def read(cls, reader: Reader) -> Erased:
        return cls(records.salt(reader), records.marks(reader))

    def __bool__(self) -> bool:
        return bool(self._marks)

    def _is_marked(self, word: str) -> bool:
        return records.hashed(self._salt, word) in self._marks

    def look(self, row: Any, directory: Directory) -> Any:
        """The row; without the comment of somebody who was erased; or `Rejected` when it is not to be taken."""
        why = self._why_not(row, directory)
        if why is not None:
            return Rejected(row.line, why, ())
        if isinstance(row, SurveyRow) and any(self._is_person(ref, directory.source) for ref in row.refs):
            return row._replace(comment=None)
        return row

    def _why_not(self, row: Any, directory: Directory) -> str | None:
        source = directory.source
        if isinstance(row, MemberRow):
            return PERSON if self._is_colleague(row, source) else None
        if isinstance(row, AccountRow):
            return ACCOUNT if self._is_account(row, directory) else None
        refs: tuple[Ref, ...] = getattr(row, "refs", ())
        if any(self._leads_nowhere(ref, source) for ref in refs) and directory.account(refs) is None:
            return ACCOUNT
        if isinstance(row, PersonRow):
            return PERSON if self._is_contact(row, directory) else None
        gone = any(self._is_person(ref, source) for ref in refs)
        return PERSON if gone and directory.account(refs) is None else None

    def _is_colleague(self, row: MemberRow, source: str) -> bool:
        return self._known(row.external_id, "member", source) or self._mailed(row.email) or (
            row.email is None and self._has(marks.colleague(words_of(row.name)))
        )  # fmt: skip

    def _is_contact(self, row: PersonRow, directory: Directory) -> bool:
        if self._known(row.external_id, "person", directory.source) or self._mailed(row.email):
            return True
        account_id = directory.account(row.refs, "person", row.external_id)
        words = words_of(row.name)
        there = account_id is not None and self._has(marks.name(account_id, words))
        return row.email is None and len(words) > 1 and (there or self._has(marks.name(marks.ANYWHERE, words)))

    def _is_account(self, row: AccountRow, directory: Directory) -> bool:
        """By its id; by a name or domain as long as nobody else has it."""
        if row.external_id is not None and self._has(marks.gone("account", directory.source, row.external_id)):
            return True
        folded = fold(row.name)
        if self._has(marks.account_called(folded)) and not directory.accounts_by("name", folded):
            return True
        return any(self._has(marks.domain(one)) and not directory.accounts_by("domain", one) for one in row.domains)

    def _leads_nowhere(self, ref: Ref, source: str) -> bool:
        if ref.by == "id":
            return self._has(marks.gone(ref.noun, source, ref.key))
        if ref.noun != "account":
            return False
        return self._has(marks.domain(ref.key) if ref.by == "domain" else marks.account_called(fold(ref.key)))

    def _is_person(self, ref: Ref, source: str) -> bool:
        return ref.noun == "person" and (
            self._known(ref.key, "person", source) if ref.by == "id" else self._mailed(ref.key)
        )

    def _known(self, external_id: str | None, noun: str, source: str) -> bool:
        return external_id is not None and self._has(marks.ref(noun, source, external_id))

    def _mailed(self, address: str | None) -> bool:
        return address is not None and self._has(marks.mail(address))

    def colleague(self, ref: Ref) -> int | None:
        """The nameless row of a colleague whom a row names by address or name."""
        word = marks.mail(ref.key) if ref.by == "email" else marks.colleague(words_of(ref.key))
        return self._marks.get(records.hashed(self._salt, word)) if self._marks else None

    def without(self, text: str, account_id: int | None) -> str:
        """A text about this account without those who were erased."""
        spans = [one.span() for one in _MAIL.finditer(text) if self._mailed(one[0])] if "@" in text else []
        words = marked_words(text, lambda word: self._has(marks.word(word)))
        spans += [found for at in range(len(words)) if (found := self._name_at(text, words, at, account_id))]
        for start, end in sorted(_apart(spans), reverse=True):
            text = f"{text[:start]}{ERASED}{text[end:]}"
        return text

    def _name_at(self, text: str, words: list[Word], at: int, account_id: int | None) -> tuple[int, int] | None:
        """The longest name that begins with this word, alone only about the account where it means somebody."""
        for size in range(min(_MOST_WORDS, len(words) - at), 0, -1):
            run = words[at : at + size]
            if any(after.number != before.number + 1 for before, after in pairwise(run)):
                continue
            said = tuple(one.text for one in run)
            here = account_id is not None and self._has(marks.name(account_id, said))
            anywhere = size > 1 and self._has(marks.name(marks.ANYWHERE, said))
            if (here or anywhere) and (size > 1 or looks_meant(text, run[0].span)):
                return run[0].span.start, run[-1].span.end
        return None


def _apart(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Those that do not overlap an earlier, longer one."""
    kept: list[tuple[int, int]] = []
    for start, end in sorted(spans, key=lambda one: (one[0], -one[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept
