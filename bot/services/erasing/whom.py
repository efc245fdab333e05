"""Whom a name means, and by what texts name them. A name that fits several is a choice, never a guess."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from pydantic import TypeAdapter

from bot.domain.audience import Audience, Role
from bot.domain.erasing import COLLEAGUE, Traces, parts_of, shared, words_of
from bot.domain.ids import id_text, new_id, parse_id
from bot.services.errors import BadInput, NotAllowed
from bot.services.lookup import require_internal
from bot.services.results.erasing import Somebody, What
from bot.storage.database import Reader
from bot.storage.erasing import subjects
from bot.storage.erasing.subjects import Known

LONGEST = 200


@dataclass(frozen=True, slots=True)
class Whom:
    """Somebody as a person says it: a name or id, an e-mail address, at an account or anywhere. `unlisted`: erase the
    name from texts although nobody of that name is in the book."""

    text: str = ""
    email: str | None = None
    account_id: int | None = None
    unlisted: bool = False


@dataclass(frozen=True)
class Target:
    """Who is meant, certainly. `shared` are parts of the name that others there have as well."""

    known: tuple[Known, ...]
    traces: Traces
    shared: tuple[str, ...] = ()
    namesakes: int = 0

    @property
    def kind(self) -> What:
        return "colleague" if any(one.colleague for one in self.known) else "person"


_STORED = TypeAdapter(Target)


def stored(target: Target) -> dict[str, Any]:
    """As JSON, for an erasure that somebody else has to finish."""
    written: dict[str, Any] = _STORED.dump_python(target, mode="json")
    return written


def read(written: dict[str, Any]) -> Target:
    return _STORED.validate_python(written)


def require_admin(audience: Audience) -> None:
    """Erasing is for admins: nothing of it can be taken back."""
    require_internal(audience)
    if not audience.actor.role.covers(Role.ADMIN):
        raise NotAllowed("Only an admin may erase: it cannot be taken back. Ask an admin of this workspace.")


def find(reader: Reader, whom: Whom) -> Target | tuple[Known, ...]:
    """The one who is meant; else everybody who may be. Raises BadInput for text that can be nobody's name."""
    text, email = " ".join(whom.text.split()), (whom.email or "").strip().lower() or None
    if "@" in text and email is None:
        text, email = "", text.lower()
    if len(text) > LONGEST or (not words_of(text) and email is None):
        raise BadInput('Whom? A name, an id or an e-mail address, for example: steward erase person "Dana Weiss"')
    found = _fitting(reader, text, email, whom.account_id)
    if not found and whom.unlisted:
        return _unlisted(reader, text, email, whom.account_id)
    one_human = len(found) == 1 or (email is not None and len({one.colleague for one in found}) == 1)
    return target(reader, found) if found and one_human else tuple(found)


def _fitting(reader: Reader, text: str, email: str | None, account_id: int | None) -> list[Known]:
    """By id first, then by address, then by the words of the name; with an account only its people."""
    one = parse_id(text) if text and " " not in text else None
    found = subjects.known_as(reader, one=one) if one else []
    if not found and email is not None:
        found = subjects.known_as(reader, email=email)
        if text:
            found = [each for each in found if words_of(text) in map(words_of, each.names)]
    elif not found:
        found = subjects.known_as(reader, words=words_of(text))
    if account_id is not None:
        found = [each for each in found if account_id in each.accounts and not each.colleague]
    return found


def target(reader: Reader, known: Sequence[Known]) -> Target:
    """What names these, who are one human, in texts."""
    names = tuple(dict.fromkeys(name for one in known for name in one.names))
    accounts = frozenset(account for one in known for account in one.accounts)
    ids = [one.id for one in known]
    colleague = any(one.colleague for one in known)
    alone, common = _parts(reader, names, accounts, ids)
    others = subjects.namesakes(reader, names, ids)
    plain = Traces(
        names=names,
        emails=tuple(dict.fromkeys(email for one in known for email in one.emails)),
        marks=tuple(dict.fromkeys(slack for one in known for slack in one.slack_ids)),
        parts=alone,
        accounts=accounts,
        namesakes=others > 0,
    )
    nobody = f"UERASED{id_text(new_id()).upper()}"  # an id that Slack has never given: one for each colleague
    traces = replace(plain, instead=COLLEAGUE, marks_instead=nobody) if colleague else plain
    return Target(tuple(known), traces, common, others)


def _unlisted(reader: Reader, text: str, email: str | None, account_id: int | None) -> Target:
    """A name in texts that nobody in the book has. Without an account it has to be a name in full."""
    names = (text,) if text else ()
    accounts = frozenset({account_id} if account_id is not None else ())
    if names and len(words_of(text)) < 2 and not accounts:
        raise BadInput(f"{text!r} alone may be anybody: say the full name, or --account.")
    alone, common = _parts(reader, names, accounts, [])
    return Target((), Traces(names=names, emails=(email,) if email else (), parts=alone, accounts=accounts), common)


def _parts(
    reader: Reader, names: Sequence[str], accounts: frozenset[int], but: Sequence[int]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Words of the names that mean them alone, and those that may mean somebody else there."""
    parts = tuple(dict.fromkeys(part for name in names for part in parts_of(name)))
    common = shared(parts, subjects.others_there(reader, accounts, but))
    return tuple(one for one in parts if one not in common), tuple(one for one in parts if one in common)


def somebody(one: Known) -> Somebody:
    return Somebody(
        id=id_text(one.id),
        kind="colleague" if one.colleague else "person",
        name=one.name,
        email=one.emails[-1] if one.emails else None,
        account_id=id_text(one.account_id) if one.account_id is not None else None,
        account=one.account,
    )
