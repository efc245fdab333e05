"""What stands between a draft and anybody's eyes: pure checks that no prompt can talk to.

Every claim passes all of them or is withheld with the first reason. Whoever wrote the draft, a model or `compose`, goes
through here; instructions, templates and evidence cannot switch anything off.
"""

from __future__ import annotations

from collections.abc import Sequence

from skills.contract import Claim, Draft, Evidence, Metric, Pack, Reason, Section, WireClaim, WireDraft, Withheld
from skills.gates import figures, names, orders, quotes, support
from skills.gates.words import words_of
from skills.hygiene import has_markup, visible

LONGEST_TEXT = 240
LONGEST_QUOTE = 400
MOST_CLAIMS = 200
"""Of a draft; what comes after is not even looked at."""


def check(draft: WireDraft, pack: Pack, sections: Sequence[Section], *, for_customer: bool = False) -> Draft:
    """The claims of a draft that may be shown, in order, and what was withheld.

    `for_customer` refuses what rests on anything internal and what stands in an internal section.
    """
    gate = _Gate(pack, sections, for_customer=for_customer)
    kept: list[Claim] = []
    withheld: list[Withheld] = []
    for index, wire in enumerate(draft.claims):
        found = gate.pass_through(wire) if index < MOST_CLAIMS else Reason.TOO_MANY
        if isinstance(found, Reason):
            withheld.append(Withheld(index=index, reason=found))
        else:
            kept.append(found)
    return Draft(claims=tuple(kept), withheld=tuple(withheld))


class _Gate:
    """One draft's way through; remembers what was said."""

    def __init__(self, pack: Pack, sections: Sequence[Section], *, for_customer: bool) -> None:
        self._pack = pack
        self._sections = {one.key: one for one in sections if not (for_customer and one.internal)}
        self._for_customer = for_customer
        self._evidence = {one.id: one for one in pack.evidence}
        self._metrics = {one.id: one for one in pack.metrics}
        self._support = support.Record(pack)
        self._said: set[tuple[str, frozenset[str], str, tuple[str, ...]]] = set()
        self._count: dict[str, int] = {}

    def pass_through(self, wire: WireClaim) -> Claim | Reason:
        section = self._sections.get(wire.section)
        if section is None:
            return Reason.SECTION
        sources = self._sources(wire)
        if isinstance(sources, Reason):
            return sources
        claim = self._worded(wire, *sources)
        if isinstance(claim, Reason):
            return claim
        figures_alone = claim.metric_ids if not claim.text and claim.quote is None else ()
        key = (claim.section, words_of(claim.text), claim.quote or "", figures_alone)
        if key in self._said:
            return Reason.REPEATED
        if self._count.get(section.key, 0) >= section.room:
            return Reason.TOO_MANY
        self._said.add(key)
        self._count[section.key] = self._count.get(section.key, 0) + 1
        return claim

    def _sources(self, wire: WireClaim) -> tuple[list[Evidence], list[Metric]] | Reason:
        if not wire.evidence_ids and not wire.metric_ids:
            return Reason.NO_SOURCE
        evidence = [self._evidence.get(one) for one in dict.fromkeys(wire.evidence_ids)]
        metrics = [self._metrics.get(one) for one in dict.fromkeys(wire.metric_ids)]
        known, figured = [one for one in evidence if one is not None], [one for one in metrics if one is not None]
        if len(known) < len(evidence) or len(figured) < len(metrics):
            return Reason.UNKNOWN_ID
        if self._for_customer and _internal(known, figured):
            return Reason.INTERNAL
        return known, figured

    def _worded(self, wire: WireClaim, evidence: list[Evidence], metrics: list[Metric]) -> Claim | Reason:
        quote = quotes.found(wire.quote, evidence, longest=LONGEST_QUOTE) if (wire.quote or "").strip() else None
        if isinstance(quote, Reason):
            return quote
        text = " ".join(wire.text.split())
        cautions: tuple[str, ...] = ()
        if text:
            verdict = self._text(text, evidence, metrics)
            if verdict is Reason.EXTERNAL and quote is not None:
                text = ""  # an outsider's words stand as a quote, with a name on it, or not at all
            elif isinstance(verdict, Reason):
                return verdict
            else:
                cautions = verdict
        if not text and quote is None and not metrics:
            return Reason.EMPTY
        return Claim(
            section=wire.section,
            text=text,
            quote=quote.text if quote else None,
            quote_id=quote.source if quote else None,
            metric_ids=tuple(one.id for one in metrics),
            evidence_ids=tuple(one.id for one in evidence),
            visibility="internal" if _internal(evidence, metrics) else "client-safe",
            cautions=cautions,
        )

    def _text(self, text: str, evidence: list[Evidence], metrics: list[Metric]) -> tuple[str, ...] | Reason:
        """Cautions about a claim's own words, or why they may not stand."""
        if len(text) > LONGEST_TEXT:
            return Reason.LENGTH
        if visible(text) != text or has_markup(text) or figures.is_disguised(text):
            return Reason.MARKUP
        if figures.has_number(text):
            return Reason.NUMBER
        if orders.gives_orders(text):
            return Reason.ORDERS
        if evidence and all(one.is_external for one in evidence):
            return Reason.EXTERNAL
        ours = [one for one in evidence if not one.is_external]
        if names.unknown(text, self._pack, ours, metrics):
            return Reason.NAME
        if not figures.directions_agree(text, metrics):
            return Reason.DIRECTION
        return self._support.judge(text, ours, metrics)


def _internal(evidence: Sequence[Evidence], metrics: Sequence[Metric]) -> bool:
    visible_to = [one.visibility for one in evidence] + [one.visibility for one in metrics]
    return "internal" in visible_to
