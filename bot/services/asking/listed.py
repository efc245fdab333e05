"""Which accounts a list is about: whose they are, then by segment, product and yearly value."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from bot.domain.asking.queries import Listing
from bot.domain.ids import parse_id
from bot.domain.names import squash
from bot.domain.policy import segment_key
from bot.domain.revenue import Arr
from bot.services import scope as scopes
from bot.services.asking.ground import Ground, narrowed
from bot.services.book import chosen
from bot.services.look import Look
from bot.services.results import Sum
from bot.storage.database import Reader
from bot.storage.queries import accounts as queries
from bot.storage.queries.asking import product_lines


@dataclass(frozen=True, slots=True)
class Chosen:
    """`scope` says whose, `by` what else they were chosen by; `notes` what could not be looked at."""

    look: Look
    ids: list[int]
    scope: str
    by: tuple[str, ...]
    notes: tuple[str, ...]

    def arr(self, one: int) -> tuple[Sum, ...]:
        found = self.look.arrs.get(one)
        return tuple(Sum.of(money) for money in found.totals) if found is not None else ()

    def cut(self, ids: Sequence[int], most: int | None) -> list[int]:
        return list(ids)[:most] if most is not None else list(ids)

    def ordered(self, ids: Iterable[int], listing: Listing) -> list[int]:
        """By yearly value where that was asked for; else as they are."""
        if listing.sort not in ("arr", "smallest"):
            return list(ids)
        far = float("inf")

        def size(one: int) -> float:
            found = self.look.arrs.get(one)
            largest = max((money.amount for money in found.totals), default=None) if found is not None else None
            if largest is None:
                return far
            return float(-largest if listing.sort == "arr" else largest)

        return sorted(ids, key=size)


def choose(
    reader: Reader, ground: Ground, listing: Listing, default: str = "all", *, among: Collection[str] | None = None
) -> Chosen:
    """The accounts that a list is about; `among` these (their ids as text) only, where they are known already.

    Raises BadInput for a colleague whom nobody knows.
    """
    scope = scopes.resolve(reader, ground.audience, listing.whose or default)
    notes: list[str] = []
    if among is None:
        ids, notes = chosen(reader, scope, None, ground.today)
    else:
        known = sorted(one for text in among if (one := parse_id(text)) is not None)
        ids = [one for one in known if scope.holds(one)]
    look = Look(reader, ground.policies, ground.now, ground.today, queries.accounts(reader, ids))
    found = [one for one in ids if one in look.rows]
    if listing.segment is not None:
        key = segment_key(listing.segment)
        found = [one for one in found if segment_key(look.rows[one].segment) == key]
    if listing.product is not None:
        having = _having(reader, ground, found, listing.product)
        found = [one for one in found if one in having]
    if listing.over is not None or listing.under is not None:
        found = [one for one in found if _fits(look.arrs.get(one), listing)]
    return Chosen(
        look, found, scope.words, tuple(narrowed(listing)), tuple(note for note in (scope.note, *notes) if note)
    )


def _having(reader: Reader, ground: Ground, ids: Sequence[int], product: str) -> set[int]:
    """Accounts with a running contract line for a product."""
    wanted = squash(product)
    return {
        row.account_id
        for row in product_lines(reader, ids)
        if squash(row.name) == wanted
        and (row.starts_on is None or row.starts_on <= ground.today)
        and (row.ends_on is None or row.ends_on >= ground.today)
    }


def _fits(arr: Arr | None, listing: Listing) -> bool:
    """In one of its currencies; where nothing is known of an account's value it does not fit."""
    return any(
        (listing.currency is None or money.currency == listing.currency)
        and (listing.over is None or money.amount > listing.over)
        and (listing.under is None or money.amount < listing.under)
        for money in (arr.totals if arr is not None else ())
    )
