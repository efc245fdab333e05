"""Texts that give orders, to a program or to a reader: nothing that a summary of an account needs to say."""

from __future__ import annotations

import re

from skills.gates.words import fold

_TO_MACHINES = re.compile(
    r"\b(?:ignore|disregard|forget|override|bypass)\b.{0,40}\b(?:instruction|previous|prior|above|earlier|rule|prompt|"
    r"guideline|everything|safety)"
    r"|\b(?:system|developer|hidden) (?:prompt|message|instruction)|\bprompt injection|\bjailbreak"
    r"|\byou are (?:now|an? (?:ai|assistant|language model|bot))|\bas an? (?:ai|assistant|language model)\b"
    r"|\b(?:dear|hey|attention|note to|instructions? (?:for|to)) (?:the )?(?:ai|assistant|bot|model|llm|"
    r"summari[sz]er)\b"
    r"|\b(?:the )?(?:ai|assistant|llm|language model|summari[sz]er)\b.{0,20}\b(?:must|should|shall|will|needs? to)\b"
    r"|\b(?:begin|start|end) (?:your|the|every) (?:reply|answer|response|summary|output)"
    r"|\b(?:in|with|to) your (?:reply|answer|response|summary|output|draft)"
    r"|\b(?:ignoriere|vergiss|missachte)\b.{0,40}\b(?:anweisung|vorherig|regel|bisherig)"
    r"|\b(?:ignore[zr]?|oublie[zr]?)\b.{0,40}\b(?:instruction|precedent|consigne|regle)"
    r"|\b(?:ignora|olvida)\b.{0,40}\b(?:instruccion|anterior|regla)"
)
_TO_READERS = re.compile(
    r"\b(?:click|tap|press|visit|scan|open|download|install|log ?in|sign ?in)\b.{0,30}"
    r"\b(?:here|link|below|page|portal|site|website|attachment|qr|file|app|code|using|with|"
    r"to (?:verify|confirm|keep))\b"
    r"|\b(?:verify|confirm|update|reset|share|send|enter|provide|reply with|give)\b.{0,30}"
    r"\b(?:password|passcode|credential|token|api key|bank|iban|card (?:number|detail)|account detail|payment detail|"
    r"pin|mfa|one.?time code|ssn|login)"
    r"|\b(?:wire|transfer|pay|remit)\b.{0,40}\b(?:account|immediately|urgently|invoice|iban|bitcoin|crypto|gift)"
    r"|\b(?:gift cards?|bitcoin|crypto wallet)"
    r"|\b(?:forward|send|post|publish|paste|copy|list|reveal|print|include|append|exfiltrate|leak)\b.{0,40}"
    r"\b(?:to (?:all|every|the) (?:channel|customer|contact|everyone)|other (?:customer|account|client)|all "
    r"(?:customers|accounts|clients|notes|messages|data)|conversation|chat history|secret|confidential|verbatim)"
)


def to_machines(text: str) -> bool:
    """Whether a text tells a program what to do. Nothing of such a text is quoted when an outsider wrote it."""
    return _TO_MACHINES.search(fold(" ".join(text.split()))) is not None


def gives_orders(text: str) -> bool:
    """Whether a text does that, or tells a reader to click, log in, pay or pass on."""
    return to_machines(text) or _TO_READERS.search(fold(" ".join(text.split()))) is not None
