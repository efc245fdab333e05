"""From a line whose kind is known to the question that it asks: one small builder for each kind."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Literal

from . import queries as q
from .cues import Kind
from .heard import PRONOUN, Heard, hear
from .leftovers import left_in, names_left
from .outcome import Before, Unclear
from .slots import take_kpis, take_role
from .topics import topic_in
from .words import Masked

MOST = 3
"""Questions that are answered at once."""


def build(kind: Kind, line: str, masked: Masked, before: Before) -> list[q.Question] | Unclear:
    """The questions of a line, at most one for each account or figure it names."""
    if kind in _FIXED:
        return [_FIXED[kind]]
    if kind == "said":
        return _said(line, masked, before)
    heard, days = hear(line, masked, before, days=kind in ("silent", "tickets"))
    made = _BUILDERS[kind](heard, days)
    return made if isinstance(made, Unclear) else [each for one in made for each in _of_each(one, heard)][:MOST]


def _of_each(question: q.Question, heard: Heard) -> list[q.Question]:
    """What is asked of one of several accounts or colleagues that are named, asked of each."""
    accounts = [one.text for one in heard.left if one.known]
    members = list(dict.fromkeys(name.lstrip("@").casefold() for name in heard.members))
    for slot, names in (("account", accounts), ("whose", members)):
        if (
            len(names) > 1
            and getattr(question, slot, None) in names
            and isinstance(question, q.MayBeAboutOne | q.Listing)
        ):
            return [question.model_copy(update={slot: name}) for name in names]
    return [question]


_FIXED: dict[Kind, q.Question] = {
    "thanks": q.Talk(kind="thanks"),
    "hello": q.Talk(kind="hello"),
    "help": q.Help(),
    "remind": q.Elsewhere(way="remind"),
    "log": q.Elsewhere(way="log"),
    "draft": q.Elsewhere(way="draft"),
    "send": q.Elsewhere(way="send"),
    "change": q.Elsewhere(way="change"),
    "promise": q.Elsewhere(way="promise"),
}


def _said(line: str, masked: Masked, before: Before) -> list[q.Question] | Unclear:
    topic = topic_in(line, masked)
    if topic is None:
        return Unclear("words")
    heard, _ = hear(topic.rest, masked, before)
    account = heard.account
    if account is None and (PRONOUN.search(topic.rest) or isinstance(_last(before), q.Said)):
        account = before.account
    narrows = {} if account is not None else heard.slots.narrows
    return [q.Said(topic=topic.text, account=account, when=heard.slots.when, **narrows)]


def _last(before: Before) -> q.Question | None:
    return before.questions[-1] if before.questions else None


def _about_one(make: Callable[[str, Heard], q.Question]) -> Callable[[Heard, int | None], list[q.Question] | Unclear]:
    """A question about one account, for each that is named; of none it is the one spoken of."""

    def build(heard: Heard, _days: int | None) -> list[q.Question] | Unclear:
        named = [one.text for one in heard.left if one.known] or [one.text for one in heard.left][:1]
        accounts = named or ([heard.before.account] if heard.before.account else [])
        accounts = accounts or [one.text for one in left_in(heard.rest, heard.masked)][:1]
        return [make(account, heard) for account in accounts[:MOST]] or Unclear("account")

    return build


def _compare(heard: Heard, _days: int | None) -> list[q.Question] | Unclear:
    kpis, rest = take_kpis(heard.rest)
    names = [one.text for one in names_left(rest, heard.masked)]
    if len(names) == 1 and heard.before.account is not None:
        names = [heard.before.account, *names]
    if len(names) < 2:
        return Unclear("account")
    return [q.Compare(accounts=tuple(names[: q.MOST_ACCOUNTS]), kpi=kpis[0] if kpis else None)]


def _metric(heard: Heard, _days: int | None) -> list[q.Question] | Unclear:
    kpis, rest = take_kpis(heard.rest)
    left = names_left(rest, heard.masked)
    heard = replace(heard, rest=rest, left=left)
    account = heard.account
    slots = heard.slots
    whose = slots.whose or ("all" if account is None and _OURS.search(heard.line) else None)
    if account is None and not (whose or slots.segment or slots.product):
        last = _last(heard.before)
        if PRONOUN.search(heard.line) or (last is not None and q.account_of(last)) or not heard.before.questions:
            account = heard.before.account
    return [
        q.Metric(kpi=key, account=account, whose=None if account else whose, segment=slots.segment,
                 product=slots.product, when=slots.when)
        for key in kpis
    ] or Unclear("words")  # fmt: skip


_OURS = re.compile(r"\b(?:our|we|us)\b")


def _gaps(heard: Heard, _days: int | None) -> list[q.Question] | Unclear:
    role, rest = take_role(heard.rest)
    heard = replace(heard, rest=rest, left=names_left(rest, heard.masked))
    account = heard.account_or_before()
    return [q.Gaps(account=account, role=role, **({} if account else heard.whose))]


def _maybe_one(
    make: Callable[[Heard, int | None, dict[str, Any]], q.Question],
) -> Callable[[Heard, int | None], list[q.Question] | Unclear]:
    """A question about the account that is named, else about a book."""

    def build(heard: Heard, days: int | None) -> list[q.Question] | Unclear:
        account = heard.account_or_before()
        if account is None:
            return [make(heard, days, heard.whose)]
        product = {"product": heard.slots.product} if heard.slots.product else {}
        return [make(heard, days, {"account": account, **product})]

    return build


def _listing(
    make: Callable[[Heard, int | None, dict[str, Any]], q.Question], one: Callable[[str], q.Question]
) -> Callable[[Heard, int | None], list[q.Question] | Unclear]:
    """A list; of a single account that is named, what the list would say of it. Any other name must be a person's."""

    def build(heard: Heard, days: int | None) -> list[q.Question] | Unclear:
        known = [each.text for each in heard.left if each.known]
        if known:
            return [one(name) for name in known[:MOST]]
        narrows = heard.whose
        strange = [each for each in heard.left if not each.weak]
        if strange and "whose" not in heard.slots.narrows:
            if strange[0].longer or " " in strange[0].text or _SINGULAR.search(heard.line):
                return [one(strange[0].text)]
            narrows["whose"] = strange[0].text
        elif not strange and heard.before.account and not narrows and PRONOUN.search(heard.line):
            return [one(heard.before.account)]
        return [make(heard, days, narrows)]

    return build


_SINGULAR = re.compile(
    r"^(?:and |so |but |until |wann |seit )*(?:when|is|does|will|has|did|why)\b"
    r"|\b(?:renewal|contract|notice|expiry|deadline|health)(?: (?:date|deadline|period|end))? (?:(?:of|for|with|"
    r"at)\b|\W*$)"
)


def _book(heard: Heard, days: int | None) -> list[q.Question] | Unclear:
    return _listing(lambda _h, _d, narrows: q.Book(**narrows), lambda name: q.Status(account=name))(heard, days)


def _owner(heard: Heard, days: int | None) -> list[q.Question] | Unclear:
    if heard.account is None and "whose" in heard.whose:
        return _book(heard, days)
    return _about_one(lambda account, _h: q.Owner(account=account))(heard, days)


def _arr(heard: Heard, days: int | None) -> list[q.Question] | Unclear:
    """What one account pays; of many it is a figure, or the list of those that pay so much."""
    slots = heard.slots
    if heard.account is None and (slots.over is not None or slots.under is not None or slots.sort):
        return _book(heard, days)
    whose = heard.whose.get("whose")
    if heard.account is None and (whose or slots.segment or slots.product):
        return [q.Metric(kpi="arr", whose=whose, segment=slots.segment, product=slots.product, when=slots.when)]
    return _about_one(lambda account, _h: q.Status(account=account, focus="arr"))(heard, days)


def _one_or_many(
    one: Callable[[str, Heard], q.Question], many: Callable[[Heard, int | None], list[q.Question] | Unclear]
) -> Callable[[Heard, int | None], list[q.Question] | Unclear]:
    """About the account that is named, else about the book or segment that is."""

    def build(heard: Heard, days: int | None) -> list[q.Question] | Unclear:
        if heard.account is None and {"whose", "segment", "product"} & set(heard.slots.narrows):
            return many(heard, days)
        return _about_one(one)(heard, days)

    return build


def _at_risk(heard: Heard, _days: int | None, narrows: dict[str, Any]) -> q.Question:
    """Who is at risk "next month" is who renews then and is at risk."""
    when = heard.slots.when
    return q.AtRisk(**narrows) if when is None else q.Renewals(when=when, at_risk=True, **narrows)


def _status(focus: Literal["all", "renewal", "arr", "health"]) -> Callable[[str], q.Question]:
    return lambda name: q.Status(account=name, focus=focus)


def _with_role(account: str, heard: Heard) -> q.Question:
    return q.Contacts(account=account, role=take_role(heard.line)[0])


def _contacts(heard: Heard, days: int | None) -> list[q.Question] | Unclear:
    _, rest = take_role(heard.rest)
    return _about_one(_with_role)(replace(heard, rest=rest, left=names_left(rest, heard.masked)), days)


def _promises(heard: Heard, _days: int | None, narrows: dict[str, Any]) -> q.Question:
    by = _whose_promise(heard)
    overdue = re.search(r"\b(?:overdue|late|miss(?:ed)?|broken?|past due)\b", heard.line) is not None
    return q.Promises(by=by, overdue=overdue, **narrows)


_THEIRS = re.compile(
    r"\b(?:they|customers?|clients?)\b.*\bpromis|\bpromis\w* (?:us|me)\b|\bow(?:e|es|ed|ing)(?: to)? (?:us|me)\b|"
    r"‹\d+› (?:promised|owes|supposed|meant)"
)
_WE_DID = re.compile(r"\b(?:did|have|do) (?:we|i) (?:promise|owe|commit)")
_OURS_IS = re.compile(
    r"\b(?:we|i|our|us|my team)\b.*\b(?:promis|owe|commit)|\b(?:promises?|commitments?) (?:to|made to)\b|"
    r"\bma(?:de|ke)\b|\bbroken?\b|\bsaid (?:that )?(?:we|i) |\bhaben wir\b|\b(?:our side|we supposed|we meant)\b"
)


def _whose_promise(heard: Heard) -> Literal["us", "them"] | None:
    if _THEIRS.search(heard.line) and not _WE_DID.search(heard.line):
        named_member = heard.slots.whose not in (None, "mine", "team", "all")
        return "us" if named_member and not re.search(r"\b(?:us|me)\b", heard.line) else "them"
    return "us" if _OURS_IS.search(heard.line) else None


def _usage(heard: Heard, _days: int | None, narrows: dict[str, Any]) -> q.Question:
    down = r"\b(?:down|fall\w*|dropp?\w*|decreas\w*|declin\w*|shrink\w*|less|losing|lost|sinking|low)\b"
    up = r"\b(?:up|grow\w*|ris(?:e|es|ing)|increas\w*|more)\b"
    said: Literal["down", "up"] | None = None
    if "account" not in narrows:
        said = "down" if re.search(down, heard.line) else "up" if re.search(up, heard.line) else None
    return q.Usage(direction=said, **narrows)


def _tickets(heard: Heard, days: int | None, narrows: dict[str, Any]) -> q.Question:
    urgent = r"\burgent\b|\bescalat\w*|\bp1s?\b|\bcritical\b|\bhigh[- ]priority\b|\bsev(?:erity)? ?1\b"
    return q.Tickets(urgent=re.search(urgent, heard.line) is not None, days=days, **narrows)


def _renewals(heard: Heard, _days: int | None, narrows: dict[str, Any]) -> q.Question:
    risky = re.search(r"\b(?:at|in)[- ]risk\b|\brisky\b|\bendangered\b|\bshaky\b|\bin danger\b", heard.line) is not None
    return q.Renewals(when=heard.slots.when, at_risk=risky, **narrows)


_BUILDERS: dict[Kind, Callable[[Heard, int | None], list[q.Question] | Unclear]] = {
    "compare": _compare,
    "gaps": _gaps,
    "steps": _maybe_one(lambda _h, _d, narrows: q.Steps(**_own(narrows))),
    "promises": _maybe_one(_promises),
    "at_risk": _listing(_at_risk, _status("health")),
    "metric": _metric,
    "silent": _listing(lambda _h, days, narrows: q.Silent(days=days, **narrows), lambda name: q.Touch(account=name)),
    "touch": _about_one(lambda account, _h: q.Touch(account=account)),
    "owner": _owner,
    "renewals": _listing(_renewals, _status("renewal")),
    "tickets": _maybe_one(_tickets),
    "usage": _maybe_one(_usage),
    "contacts": _contacts,
    "timeline": _about_one(lambda account, heard: q.Timeline(account=account, when=heard.slots.when)),
    "health": _one_or_many(
        lambda account, _h: q.Status(account=account, focus="health"), _listing(_at_risk, _status("health"))
    ),
    "arr": _arr,
    "status": _one_or_many(
        lambda account, heard: (
            q.Timeline(account=account, when=heard.slots.when)
            if heard.slots.when not in (None, "today", "tomorrow")
            else q.Status(account=account)
        ),
        _book,
    ),
    "book": _book,
}


def _own(narrows: dict[str, Any]) -> dict[str, Any]:
    """What is next is asked for oneself."""
    return narrows if "account" in narrows or "whose" in narrows else {**narrows, "whose": "mine"}
