"""From a line whose kind is known to the question that it asks: one small builder for each kind."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Literal

from . import queries as q
from .cues import Kind
from .leftovers import Left, left_in
from .outcome import Before, Unclear
from .slots import Slots, take, take_days, take_kpis, take_role
from .topics import topic_in
from .words import Masked

MOST = 3
"""Questions that are answered at once."""

_PRONOUN = re.compile(r"\b(?:they|them|their|it|its|him|her|there|he|she|that account|this account|the account)\b")


@dataclass(frozen=True)
class _Heard:
    """A line with everything that was read from it."""

    line: str
    rest: str
    masked: Masked
    slots: Slots
    left: list[Left]
    before: Before

    @property
    def whose(self) -> dict[str, Any]:
        """The slots of a listing; who speaks of "I" means their own book."""
        found = self.slots.narrows
        if "whose" not in found and self.slots.first_person:
            found["whose"] = "mine"
        return found

    @property
    def account(self) -> str | None:
        known = [one.text for one in self.left if one.known]
        return next(iter(known or [one.text for one in self.left]), None)

    def account_or_before(self) -> str | None:
        """The account named, else the one spoken of, unless a book, segment or product was named."""
        if self.account is not None:
            return self.account
        narrowed = {"whose", "segment"} & set(self.slots.narrows)
        return None if narrowed and not _PRONOUN.search(self.line) else self.before.account


def _hear(line: str, masked: Masked, before: Before, *, days: bool = False) -> tuple[_Heard, int | None]:
    found, rest = take_days(line) if days else (None, line)
    slots, rest = take(rest, masked)
    return _Heard(line, rest, masked, slots, left_in(rest, masked), before), found


def build(kind: Kind, line: str, masked: Masked, before: Before) -> list[q.Question] | Unclear:
    """The questions of a line, at most one for each account or figure it names."""
    if kind in _FIXED:
        return [_FIXED[kind]]
    if kind == "said":
        return _said(line, masked, before)
    heard, days = _hear(line, masked, before, days=kind in ("silent", "tickets"))
    return _BUILDERS[kind](heard, days)


_FIXED: dict[Kind, q.Question] = {
    "thanks": q.Talk(kind="thanks"),
    "hello": q.Talk(kind="hello"),
    "help": q.Help(),
    "remind": q.Elsewhere(way="remind"),
    "log": q.Elsewhere(way="log"),
    "draft": q.Elsewhere(way="draft"),
    "send": q.Elsewhere(way="send"),
    "change": q.Elsewhere(way="change"),
}


def _said(line: str, masked: Masked, before: Before) -> list[q.Question] | Unclear:
    topic = topic_in(line, masked)
    if topic is None:
        return Unclear("words")
    heard, _ = _hear(topic.rest, masked, before)
    account = heard.account
    if account is None and (_PRONOUN.search(topic.rest) or isinstance(_last(before), q.Said)):
        account = before.account
    narrows = {} if account is not None else heard.slots.narrows
    return [q.Said(topic=topic.text, account=account, when=heard.slots.when, **narrows)]


def _last(before: Before) -> q.Question | None:
    return before.questions[-1] if before.questions else None


def _about_one(make: Callable[[str, _Heard], q.Question]) -> Callable[[_Heard, int | None], list[q.Question] | Unclear]:
    """A question about one account, for each that is named; of none it is the one spoken of."""

    def build(heard: _Heard, _days: int | None) -> list[q.Question] | Unclear:
        named = [one.text for one in heard.left if one.known] or [one.text for one in heard.left][:1]
        accounts = named or ([heard.before.account] if heard.before.account else [])
        return [make(account, heard) for account in accounts[:MOST]] or Unclear("account")

    return build


def _compare(heard: _Heard, _days: int | None) -> list[q.Question] | Unclear:
    kpis, rest = take_kpis(heard.rest)
    names = [one.text for one in left_in(rest, heard.masked)]
    if len(names) == 1 and heard.before.account is not None:
        names = [heard.before.account, *names]
    if len(names) < 2:
        return Unclear("account")
    return [q.Compare(accounts=tuple(names[: q.MOST_ACCOUNTS]), kpi=kpis[0] if kpis else None)]


def _metric(heard: _Heard, _days: int | None) -> list[q.Question] | Unclear:
    kpis, rest = take_kpis(heard.rest)
    left = left_in(rest, heard.masked)
    heard = replace(heard, rest=rest, left=left)
    account = heard.account
    slots = heard.slots
    whose = slots.whose or ("all" if account is None and _OURS.search(heard.line) else None)
    if account is None and not (whose or slots.segment or slots.product):
        last = _last(heard.before)
        if _PRONOUN.search(heard.line) or (last is not None and q.account_of(last)) or not heard.before.questions:
            account = heard.before.account
    return [
        q.Metric(kpi=key, account=account, whose=None if account else whose, segment=slots.segment,
                 product=slots.product, when=slots.when)
        for key in kpis
    ] or Unclear("words")  # fmt: skip


_OURS = re.compile(r"\b(?:our|we|us)\b")


def _gaps(heard: _Heard, _days: int | None) -> list[q.Question] | Unclear:
    role, rest = take_role(heard.rest)
    heard = replace(heard, rest=rest, left=left_in(rest, heard.masked))
    account = heard.account_or_before()
    return [q.Gaps(account=account, role=role, **({} if account else heard.whose))]


def _maybe_one(
    make: Callable[[_Heard, int | None, dict[str, Any]], q.Question],
) -> Callable[[_Heard, int | None], list[q.Question] | Unclear]:
    """A question about the account that is named, else about a book."""

    def build(heard: _Heard, days: int | None) -> list[q.Question] | Unclear:
        account = heard.account_or_before()
        if account is None:
            return [make(heard, days, heard.whose)]
        product = {"product": heard.slots.product} if heard.slots.product else {}
        return [make(heard, days, {"account": account, **product})]

    return build


def _listing(
    make: Callable[[_Heard, int | None, dict[str, Any]], q.Question], one: Callable[[str], q.Question]
) -> Callable[[_Heard, int | None], list[q.Question] | Unclear]:
    """A list; of a single account that is named, what the list would say of it. Any other name must be a person's."""

    def build(heard: _Heard, days: int | None) -> list[q.Question] | Unclear:
        known = [each.text for each in heard.left if each.known]
        if known:
            return [one(name) for name in known[:MOST]]
        narrows = heard.whose
        if heard.left and "whose" not in heard.slots.narrows:
            if _SINGULAR.match(heard.line):
                return [one(heard.left[0].text)]
            narrows["whose"] = heard.left[0].text
        elif not heard.left and heard.before.account and not narrows and _PRONOUN.search(heard.line):
            return [one(heard.before.account)]
        return [make(heard, days, narrows)]

    return build


_SINGULAR = re.compile(r"(?:and |so |but |until |wann |seit )*(?:when|is|does|will|has|did|why)\b")


def _book(heard: _Heard, days: int | None) -> list[q.Question] | Unclear:
    return _listing(lambda _h, _d, narrows: q.Book(**narrows), lambda name: q.Status(account=name))(heard, days)


def _owner(heard: _Heard, days: int | None) -> list[q.Question] | Unclear:
    if heard.account is None and heard.slots.whose is not None:
        return _book(heard, days)
    return _about_one(lambda account, _h: q.Owner(account=account))(heard, days)


def _status(focus: Literal["all", "renewal", "arr", "health"]) -> Callable[[str], q.Question]:
    return lambda name: q.Status(account=name, focus=focus)


def _with_role(account: str, heard: _Heard) -> q.Question:
    return q.Contacts(account=account, role=take_role(heard.line)[0])


def _contacts(heard: _Heard, days: int | None) -> list[q.Question] | Unclear:
    _, rest = take_role(heard.rest)
    return _about_one(_with_role)(replace(heard, rest=rest, left=left_in(rest, heard.masked)), days)


def _promises(heard: _Heard, _days: int | None, narrows: dict[str, Any]) -> q.Question:
    by = _whose_promise(heard)
    overdue = re.search(r"\b(?:overdue|late|missed|broken|past due)\b", heard.line) is not None
    return q.Promises(by=by, overdue=overdue, **narrows)


def _whose_promise(heard: _Heard) -> Literal["us", "them"] | None:
    line = heard.line
    them = (
        r"\b(?:they|customers?|clients?)\b.*\bpromis|\bpromis\w* (?:us|me)\b|\bow(?:e|es|"
        r"ed)(?: to)? (?:us|me)\b|‹\d+› (?:promised|owes)"
    )
    ours = (
        r"\b(?:we|i|our|us|my team)\b.*\b(?:promis|owe|commit)|\b(?:promises?|commitments?) (?:to|made to)\b|\bmade\b"
    )
    if re.search(them, line) and not re.search(r"\b(?:did|have|do) (?:we|i) (?:promise|owe|commit)", line):
        named_member = heard.slots.whose not in (None, "mine", "team", "all")
        return "us" if named_member and not re.search(r"\b(?:us|me)\b", line) else "them"
    return "us" if re.search(ours, line) else None


def _usage(heard: _Heard, _days: int | None, narrows: dict[str, Any]) -> q.Question:
    down = r"\b(?:down|fall\w*|dropp?\w*|decreas\w*|declin\w*|shrink\w*|less|losing|lost|sinking|low)\b"
    up = r"\b(?:up|grow\w*|ris(?:e|es|ing)|increas\w*|more)\b"
    said: Literal["down", "up"] | None = None
    if "account" not in narrows:
        said = "down" if re.search(down, heard.line) else "up" if re.search(up, heard.line) else None
    return q.Usage(direction=said, **narrows)


def _tickets(heard: _Heard, days: int | None, narrows: dict[str, Any]) -> q.Question:
    urgent = r"\burgent\b|\bescalat\w*|\bp1s?\b|\bcritical\b|\bhigh[- ]priority\b|\bsev(?:erity)? ?1\b"
    return q.Tickets(urgent=re.search(urgent, heard.line) is not None, days=days, **narrows)


def _renewals(heard: _Heard, _days: int | None, narrows: dict[str, Any]) -> q.Question:
    risky = re.search(r"\bat[- ]risk\b|\brisky\b|\bendangered\b", heard.line) is not None
    return q.Renewals(when=heard.slots.when, at_risk=risky, **narrows)


_BUILDERS: dict[Kind, Callable[[_Heard, int | None], list[q.Question] | Unclear]] = {
    "compare": _compare,
    "gaps": _gaps,
    "steps": _maybe_one(lambda _h, _d, narrows: q.Steps(**_own(narrows))),
    "promises": _maybe_one(_promises),
    "at_risk": _listing(lambda _h, _d, narrows: q.AtRisk(**narrows), _status("health")),
    "metric": _metric,
    "silent": _listing(lambda _h, days, narrows: q.Silent(days=days, **narrows), lambda name: q.Touch(account=name)),
    "touch": _about_one(lambda account, _h: q.Touch(account=account)),
    "owner": _owner,
    "renewals": _listing(_renewals, _status("renewal")),
    "tickets": _maybe_one(_tickets),
    "usage": _maybe_one(_usage),
    "contacts": _contacts,
    "timeline": _about_one(lambda account, heard: q.Timeline(account=account, when=heard.slots.when)),
    "health": _about_one(lambda account, _h: q.Status(account=account, focus="health")),
    "arr": _about_one(lambda account, _h: q.Status(account=account, focus="arr")),
    "status": _about_one(
        lambda account, heard: (
            q.Timeline(account=account, when=heard.slots.when)
            if heard.slots.when is not None
            else q.Status(account=account)
        )
    ),
    "book": _book,
}


def _own(narrows: dict[str, Any]) -> dict[str, Any]:
    """What is next is asked for oneself."""
    return narrows if "account" in narrows or "whose" in narrows else {**narrows, "whose": "mine"}
