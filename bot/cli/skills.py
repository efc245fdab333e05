"""Drafts about an account, and what skills there are, whether they are sound, and how well they do."""

from __future__ import annotations

import sys

import click

from bot.cli.ask import as_json, choose
from bot.cli.context import NO_SUCCESS, NOT_DONE, audience, desk, one_sentence, print_json, settings
from bot.cli.show import day, line
from bot.domain.ids import parse_id
from bot.services.results.skills import DraftPoint, SkillDraft
from skills.evals.measure import Line, evaluate
from skills.registry import Registry

_days = click.option("--days", type=click.IntRange(1, 3650), help="How far to look back; else as the skill says.")


@click.command("draft")
@click.argument("skill")
@click.argument("name", nargs=-1, required=True)
@_days
@as_json
@one_sentence
def draft(skill: str, name: tuple[str, ...], days: int | None, as_json: bool) -> None:
    """Draft with a skill: `steward draft handoff acme`. See `steward skills list`."""
    _draft(skill, " ".join(name), days, as_json=as_json)


@click.command("brief")
@click.argument("name", nargs=-1, required=True)
@_days
@as_json
@one_sentence
def brief(name: tuple[str, ...], days: int | None, as_json: bool) -> None:
    """What to know before a call: `steward brief acme`."""
    _draft("brief", " ".join(name), days, as_json=as_json)


def _draft(skill: str, name: str, days: int | None, *, as_json: bool) -> None:
    use = desk()
    match = use.find_account(audience(), name)
    if match.outcome != "one":
        choose(match, as_json=as_json)
        sys.exit(NOT_DONE)
    found = use.draft_skill(audience(), parse_id(match.account_id or "") or 0, skill, days=days)
    if as_json:
        print_json(found)
    else:
        _show(found)


def _show(found: SkillDraft) -> None:
    line(f"{found.account}  {found.title.lower()}, {found.period}", bold=True)
    for section in found.sections:
        if section.points:
            line(f"  {section.title}", bold=True)
            for said in section.points:
                line(f"    {point(said)}")
    if found.letter is not None and not found.is_empty:
        line("  To copy, change and send yourself", bold=True)
        for text in found.letter.split("\n"):
            line(f"    {text}")
    if found.is_empty:
        line("  Nothing in the record to draft from.")
    for one in found.missing:
        line(f"  Missing  {one}")
    if found.withheld:
        line(f"  {found.withheld}")
    line(f"  {found.note}")
    if found.problem:
        line(f"  {found.problem}")


def point(one: DraftPoint) -> str:
    """Words, figures, the quote, and where it comes from."""
    figures = "; ".join(f"{figure.label}: {figure.shown}" for figure in one.figures)
    quote = f"“{one.quote}”" if one.quote else None
    cautions = f"({', '.join(one.cautions)})" if one.cautions else None
    sources = ", ".join(
        " ".join(part for part in (source.kind, source.who, day(source.at.date())) if part) for source in one.sources
    )
    cited = f"[{sources}]" if sources else None
    return "  ".join(part for part in (one.text or None, figures or None, quote, cautions, cited) if part)


@click.group("skills")
def skills() -> None:
    """What drafts there are: list them, check their wording, measure them."""


@skills.command("list")
@as_json
@one_sentence
def listed(as_json: bool) -> None:
    """Every skill: what it is for, its version, where its wording is."""
    found = desk().skills.listed(audience())
    if as_json:
        print_json(found)
        return
    for one in found:
        line(f"{one.name}  {one.title}, version {one.version}", bold=True)
        line(f"  {one.description}")
        line(f"  {one.folder}")
        if one.problem:
            line(f"  {one.problem}")


@skills.command("check")
@one_sentence
def check() -> None:
    """Whether every skill's wording can be used; exit code 1 when not."""
    registry = Registry(settings().skills)
    problems = registry.problems()
    for problem in problems:
        line(problem)
    if problems:
        sys.exit(NO_SUCCESS)
    line(f"{len(registry.names)} skills are sound: {', '.join(registry.names)}.")


@skills.command("eval")
@click.argument("names", nargs=-1)
@one_sentence
def measure(names: tuple[str, ...]) -> None:
    """How much of planted histories each skill finds, cites and gets right; exit code 1 when below its own bar."""
    registry = Registry(settings().skills)
    found = [one for name in names or registry.names for one in evaluate(registry.get(name))]
    line(
        f"{'eval':<16}{'texts':>7}{'points':>8}{'found':>8}{'random':>8}{'first':>8}{'cited':>8}{'exact':>8}", bold=True
    )
    for one in found:
        line(_measured(one))
    if any(one.failed for one in found):
        sys.exit(NO_SUCCESS)


def _measured(one: Line) -> str:
    cited = min(one.score.recall, one.score.precision)
    shares = (one.score.coverage, one.random, one.lead, cited, one.score.exact)
    figures = "".join(f"{share:>8.0%}" for share in shares)
    below = f"   below its bar: {', '.join(one.failed)}" if one.failed else ""
    return f"{one.name:<16}{one.interactions:>7,}{one.score.claims:>8}{figures}{below}"


COMMANDS = (draft, brief, skills)
