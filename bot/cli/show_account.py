"""The views behind an account's card as plain lines."""

from __future__ import annotations

from bot.cli.show import day, line, money, pages
from bot.services.results import Contact, Entry, HealthWhy, PeoplePage, TimelinePage
from bot.services.results.why import HealthSince, OpenRisk


def timeline(found: TimelinePage) -> None:
    place = f"{found.first:,}-{found.last:,} of {found.total:,}, newest first" if found.total else "nothing on record"
    line(f"{found.account}  timeline, {found.section}: {place}", bold=True)
    for entry in found.ahead:
        line(f"  ahead    {entry_line(entry)}")
    for entry in found.entries:
        line(f"  {entry_line(entry)}")
    pages(found.page, found.pages)


def entry_line(entry: Entry) -> str:
    origin = entry.origin
    named = f"logged by {origin.logged_by}" if origin.logged_by else origin.file or origin.source or "source not known"
    amount = f"{money([entry.amount])} a month" if entry.amount else None
    until = f"until {day(entry.until)}" if entry.until else None
    parts = [day(entry.on), entry.title, entry.who, amount, until, entry.text, named, entry.link]
    return "  ".join(part for part in parts if part)


def people(found: PeoplePage) -> None:
    line(f"{found.account}  {found.total} people, {found.active} active", bold=True)
    for gap in found.gaps:
        line(f"  Missing  {gap}")
    for contact in found.contacts:
        line(f"  {_contact(contact)}")
    pages(found.page, found.pages)


def _contact(one: Contact) -> str:
    gone = None if one.active else f"left on {day(one.left_on)}" if one.left_on else "no longer active"
    last = f"last {one.involved_in} {day(one.involved_on)}" if one.involved_on else "involvement not known"
    return "  ".join(part for part in (one.name, one.role or "role not known", one.title, gone, last) if part)


def why(found: HealthWhy) -> None:
    score = f"{found.score} ({found.band})" if found.score is not None else "unknown"
    lift = f", +{found.to_next} to {found.next_band}" if found.to_next and found.next_band else ""
    line(f"{found.account}  health {score}{lift}", bold=True)
    if (hand := found.by_hand) is not None:
        computed = found.computed if found.computed is not None else "unknown"
        line(f"  By hand     set by {hand.by} until {day(hand.until)}: {hand.reason}; computed: {computed}")
    for one in found.inputs:
        line(f"  {one.component:<11} {one.value} x {one.weight_percent} % = {one.points} points  {one.sentence}")
    for lack in found.missing:
        line(f"  {lack.component:<11} not counted ({lack.share_percent} % of the weight): {lack.why}; {lack.fill}")
    for way in found.ways_up:
        line(f"  {way.component:<11} from {way.now} to {way.needed} alone reaches {found.next_band}")
    if found.since is not None:
        _since(found.since)
    for risk in found.risks:
        line(f"  Risk        {risk.severity} {risk.kind}: {risk.sentence}{_evidence(risk)}")
    for gone in found.dismissed:
        line(f"  Dismissed   {gone.kind} ({gone.reason}), by {gone.by} on {day(gone.on)}: {gone.sentence}")
    known = f"{found.coverage_percent} % of the weight is known, {found.least_percent} % are needed"
    line(f"  {known}; model {found.model}, weights for {found.weights}")


def _since(since: HealthSince) -> None:
    moved = ", ".join(f"{one.component} {one.points:+d}" for one in since.moved)
    if since.change is not None:
        was = f"{since.score} ({since.band}) on {day(since.on)}"
        line(f"  Since       {since.change:+d}{f': {moved}' if moved else ''}; it was {was}")
    if since.note:
        line(f"  Since       {since.note}")


def _evidence(risk: OpenRisk) -> str:
    rows = [f"{one.what}{f' of {day(one.on)}' if one.on else ''}" for one in risk.evidence]
    more = risk.evidence_total - len(rows)
    return f"  [{', '.join(rows)}{f' and {more} more' if more else ''}]" if rows else ""
