"""Who a row is about: references as files write them, resolved to entities, strongest evidence first.

An external id of the same source, then an id that only one source knows, then a domain that one account has, then a
folded name that one account has. Likeness is never enough; it only proposes. Loaded noun by noun when first needed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from bot.domain.ids import new_id
from bot.domain.names import fold, squash
from bot.domain.records import Ref
from bot.storage import identities
from bot.storage.database import Writer

Ids = dict[str, dict[str, int]]
"""External id -> source -> entity id."""

_CACHE_LIMIT = 200_000

WEAK = ("name:", "email:")
"""How keys begin that we made up for records without an id. Only a real id proves a record of its own."""


class Directory:
    """Identities as the batch sees them: what was there before and what it brought in."""

    def __init__(self) -> None:
        self.source = ""
        self._own: set[int] = set()
        self._named: set[int] = set()
        self.new_entities: list[tuple[str, int]] = []
        self.new_refs: list[tuple[str, str, int, str | None]] = []
        self._ids: dict[str, Ids] = {}
        self._accounts_by: dict[str, dict[str, set[int]]] = {}
        self._names_of: dict[int, set[tuple[str, str]]] = {}
        self._members: dict[str, int] = {}
        self._mail_of: dict[int, str] = {}
        self._products: dict[str, int] = {}
        self._squashed_products: dict[str, tuple[int, str]] = {}
        self._people: dict[tuple[int | None, str], int] = {}
        self._account_of: dict[str, dict[int, int | None]] = {}
        self._links: dict[tuple[str, str], list[Ref]] = defaultdict(list)
        self._cache: dict[tuple[Ref, ...], int | None] = {}

    def use_source(self, source: str) -> None:
        """From here on rows come from this source; external ids are read in its namespace first."""
        self.source = source
        self._cache.clear()
        self._own, self._named = set(), set()
        for ids in self._ids.values():
            for external_id, known in ids.items():
                if source in known:
                    (self._named if external_id.startswith(WEAK) else self._own).add(known[source])

    def prepare(self, writer: Writer, nouns: Iterable[str]) -> None:
        """Load what is known of these nouns, once."""
        for noun in nouns:
            if noun not in self._ids:
                self._load(writer, noun)

    def _load(self, writer: Writer, noun: str) -> None:
        ids: Ids = {}
        for source, external_id, entity_id in identities.external_ids(writer, noun):
            ids.setdefault(external_id, {})[source] = entity_id
        self._ids[noun] = ids
        if noun == "account":
            self._load_accounts(writer)
        elif noun == "member":
            for member_id, folded, email in identities.members(writer):
                self.learn_member(member_id, folded, email)
        elif noun == "product":
            for product_id, name in identities.products(writer):
                self.learn_product(product_id, name)
        elif noun == "person":
            for person_id, account_id, email, name in identities.people(writer):
                self.learn_person(person_id, account_id, email, name)
        if noun in {"contract", "opportunity", "person"}:
            self._account_of[noun] = identities.accounts_of(writer, noun)

    def _load_accounts(self, writer: Writer) -> None:
        self._accounts_by = {
            "name": defaultdict(set),
            "alias": defaultdict(set),
            "domain": defaultdict(set),
            "squashed": defaultdict(set),
        }
        for account_id, kind, folded, squashed in identities.account_names(writer):
            self.learn_account_name(account_id, kind, folded, squashed)

    def learn_account_name(self, account_id: int, kind: str, folded: str, squashed: str) -> bool:
        """Know an account by one more name, alias or domain. False when it was known by it already."""
        known = self._names_of.setdefault(account_id, set())
        if (kind, folded) in known:
            return False
        known.add((kind, folded))
        self._accounts_by[kind][folded].add(account_id)
        if kind != "domain":
            self._accounts_by["squashed"][squashed].add(account_id)
        self._cache.clear()
        return True

    def learn_member(self, member_id: int, folded: str, email: str | None) -> None:
        self._members.setdefault(folded, member_id)
        if email:
            self._members.setdefault(email.lower(), member_id)
            self._mail_of.setdefault(member_id, email.lower())

    def learn_product(self, product_id: int, name: str) -> None:
        self._products.setdefault(fold(name), product_id)
        self._squashed_products.setdefault(squash(name), (product_id, name))

    def learn_person(self, person_id: int, account_id: int | None, email: str | None, name: str) -> None:
        self._people.setdefault((account_id, fold(name)), person_id)
        if email:
            self._people.setdefault((None, email.lower()), person_id)
            self._people.setdefault((account_id, email.lower()), person_id)
        accounts = self._account_of.setdefault("person", {})
        if account_id is not None or person_id not in accounts:
            accounts[person_id] = account_id

    def learn_account_of(self, noun: str, entity_id: int, account_id: int | None) -> None:
        self._account_of.setdefault(noun, {})[entity_id] = account_id

    def learn_link(self, left: Ref, right: Ref) -> None:
        """A row of a link table: what `left` belongs to."""
        self._links[(left.noun, left.key)].append(right)

    def new_entity(self, noun: str, external_id: str | None, url: str | None = None) -> int:
        """A new thing, known to the source by `external_id`. Written to the database with the next chunk."""
        entity_id = new_id()
        self.new_entities.append((noun, entity_id))
        self.add_ref(noun, external_id, entity_id, url)
        return entity_id

    def add_ref(self, noun: str, external_id: str | None, entity_id: int, url: str | None = None) -> None:
        if external_id is None:
            return
        known = self._ids[noun].setdefault(external_id, {})
        if self.source not in known:
            known[self.source] = entity_id
            self.new_refs.append((noun, external_id, entity_id, url))
            self._cache.clear()
            (self._named if external_id.startswith(WEAK) else self._own).add(entity_id)

    def by_external_id(self, noun: str, external_id: str | None) -> int | None:
        """The thing our source knows by this id; else the only one that any source does."""
        known = self._ids[noun].get(external_id) if external_id is not None else None
        if not known:
            return None
        if self.source in known:
            return known[self.source]
        return self._only(set(known.values()))

    def by_own_id(self, noun: str, external_id: str | None) -> int | None:
        known = self._ids[noun].get(external_id) if external_id is not None else None
        return known.get(self.source) if known else None

    def accounts_by(self, kind: str, key: str) -> frozenset[int]:
        """Accounts with this folded name, alias, squashed name, or domain."""
        return frozenset(self._accounts_by[kind].get(key, ()))

    def is_known_to_source(self, entity_id: int, *, by_id: bool = True) -> bool:
        """Whether our source already has a record for this thing: one with an id, or any."""
        return entity_id in self._own or (not by_id and entity_id in self._named)

    @staticmethod
    def _only(found: set[int] | frozenset[int]) -> int | None:
        return next(iter(found)) if len(found) == 1 else None

    def account(self, refs: tuple[Ref, ...], noun: str | None = None, external_id: str | None = None) -> int | None:
        """The account that the references lead to, directly or through what belongs to it; None when they do not."""
        try:
            found = self._cache[refs]
        except KeyError:
            if len(self._cache) > _CACHE_LIMIT:
                self._cache.clear()
            found = self._cache[refs] = next((one for ref in refs if (one := self._account_by(ref)) is not None), None)
        if found is not None or not noun or not external_id:
            return found
        links = self._links.get((noun, external_id), ())
        return next((one for link in links if (one := self._account_by(link)) is not None), None)

    def _account_by(self, ref: Ref, seen: frozenset[Ref] = frozenset()) -> int | None:
        """`seen`: the links followed so far, which may lead in a circle."""
        if ref.noun == "account":
            return self._account_directly(ref)
        if ref.noun in {"contract", "opportunity", "person"}:
            entity_id = self.person(ref, None) if ref.noun == "person" else self.by_external_id(ref.noun, ref.key)
            through = None if entity_id is None else self._account_of.get(ref.noun, {}).get(entity_id)
            if through is not None:
                return through
        if ref in seen:
            return None
        links = self._links.get((ref.noun, ref.key), ())
        return next((one for link in links if (one := self._account_by(link, seen | {ref}))), None)

    def _account_directly(self, ref: Ref) -> int | None:
        if ref.by == "id":
            return self.by_external_id("account", ref.key)
        if ref.by == "domain":
            return self._only(self._accounts_by["domain"].get(ref.key.lower(), set()))
        folded = fold(ref.key)
        return self._only(self._accounts_by["name"].get(folded, set())) or self._only(
            self._accounts_by["alias"].get(folded, set())
        )

    def member(self, ref: Ref | None) -> int | None:
        if ref is None:
            return None
        if ref.by == "id":
            return self.by_external_id("member", ref.key)
        return self._members.get(ref.key.lower() if ref.by == "email" else fold(ref.key))

    def same_member(self, external_id: str | None, name: str, email: str | None) -> int | None:
        """The member whom another source, or a row that only named them, brought in. One id is one member."""
        for key in (email.lower() if email else None, fold(name)):
            found = self._members.get(key) if key else None
            if found is None or (external_id is not None and found in self._own):
                continue
            if not email or self._mail_of.get(found, email.lower()) == email.lower():
                return found
        return None

    def same_product(self, external_id: str | None, name: str) -> int | None:
        """The product of this name, unless our source has it under another id."""
        found = self.product(Ref("product", "name", name))
        return None if found is not None and external_id is not None and found in self._own else found

    def product(self, ref: Ref | None) -> int | None:
        if ref is None:
            return None
        if ref.by == "id":
            return self.by_external_id("product", ref.key)
        folded = fold(ref.key)
        return self._products.get(folded) or self.by_external_id("product", f"name:{folded}")

    def domains_of(self, account_id: int) -> set[str]:
        return {folded for kind, folded in self._names_of.get(account_id, ()) if kind == "domain"}

    def account_spellings(self) -> dict[str, set[int]]:
        """Accounts by squashed name."""
        return self._accounts_by["squashed"]

    def similar_product(self, name: str) -> tuple[int, str] | None:
        """A product whose name differs only in spaces and punctuation."""
        return self._squashed_products.get(squash(name))

    def person(self, ref: Ref | None, account_id: int | None) -> int | None:
        if ref is None:
            return None
        if ref.by == "id":
            return self.by_external_id("person", ref.key)
        key = ref.key.lower() if ref.by == "email" else fold(ref.key)
        return self._people.get((account_id, key)) or (self._people.get((None, key)) if ref.by == "email" else None)
