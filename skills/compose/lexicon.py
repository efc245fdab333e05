"""Which words point at what in an account's life, and how strongly.

Each list has beginnings of folded words; `3` is an event ("cancelled", "approved"), `2` a sign, `1` a subject that may
be small talk. Written for English, German, French and Spanish.
"""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from skills.gates.words import fold


class Topic(StrEnum):
    RENEWAL = "renewal"
    RISK = "risk"
    COMPETITOR = "competitor"
    DECISION = "decision"
    PROMISE = "promise"
    ACTION = "action"
    REQUEST = "request"
    PRICE = "price"
    PEOPLE = "people"
    INCIDENT = "incident"
    VALUE = "value"
    DEADLINE = "deadline"
    GOAL = "goal"
    GROWTH = "growth"


class Sign(NamedTuple):
    topic: Topic
    weight: int


_LISTS: dict[Topic, dict[int, str]] = {
    Topic.RENEWAL: {
        3: "nonrenew churn kundig gekundigt resili cancelac renewed verlangert",
        2: "renew terminat cancel notice verlang renouvel renov rescind",
        1: "contract term stay vertrag contrat",
    },
    Topic.RISK: {
        3: "escalat threaten unacceptab furious dissatisf unhappy frustrat disappoint eskal unzufrieden mecontent "
        "insatisf walk leaving",
        2: "risk concern worr complain complaint annoy blocked blocker stuck doubt fear struggl delay slip overdue "
        "unresolved problem besorg beschwer verzoger probleme risque inquiet retard riesgo preocup queja retras stall "
        "freeze frozen shrink adoption declin drop",
        1: "issue slow late missing trouble",
    },
    Topic.COMPETITOR: {
        3: "competitor competing rival konkurr wettbewerb concurrent competidor rfp tender shortlist benchmark poc",
        2: "alternative alternativ evaluat comparing compared vendor switch replac proof invited anbieter vergleich",
        1: "market offer supplier",
    },
    Topic.DECISION: {
        3: "decid decision approv reject refus greenlight veto entschied entscheid genehmigt abgelehnt "
        "decision approuv refus decidi aprob rechaz greenlit chose chosen selected",
        2: "agreed confirm accept declin board signed council insist moved plans vereinbar bestatig accord acord",
        1: "choose agree",
    },
    Topic.PROMISE: {
        3: "promis commit committed guarantee pledg zugesagt versprochen versprach promis engag prometi compromet",
        2: "assured undertook deliver liefer livr entreg",
        1: "owe send",
    },
    Topic.ACTION: {
        2: "follow-up todo action nextstep nachster prochain proximo",
        1: "send schedul prepare share will introduc arrang besorg prepar",
    },
    Topic.REQUEST: {
        3: "demand insist requires forder exig",
        2: "request ask asked wish require need want would wunsch wunscht demand besoin pide necesit solicit",
        1: "question could please bitte",
    },
    Topic.PRICE: {
        3: "discount unpaid rabatt remise descuento overpriced expensive teuer cher caro budget",
        2: "price pricing preis prix precio uplift increase invoice payment cost saving kosten cout coste",
        1: "amount purchas procurement einkauf",
    },
    Topic.PEOPLE: {
        3: "resign depart leaves successor replaced promoted retire nachfolg verlasst "
        "demission successeur dimit sucesor reorgani restructur layoff redundan acquired merger",
        2: "sponsor champion joins takeover hire merged ceo cfo cio cto ciso vp director neue nuev",
        1: "team head manager",
    },
    Topic.INCIDENT: {
        3: "outage breach incident dataloss downtime crash corrupt ausfall vorfall panne incidencia caida lost",
        2: "down fail failed restored error bug broken urgent sev1 storung fehler defekt erreur fallo",
        1: "ticket support",
    },
    Topic.VALUE: {
        3: "saved saves faster seconds praised praise delighted thrilled exceeded testimonial gespart begeistert ravi "
        "encantad ahorr loves",
        2: "happy reference remarks satisfied success improved reduced win wins great excellent valuable zufrieden "
        "erfolg content satisfait exito golive live recommended",
        1: "good thanks nice",
    },
    Topic.DEADLINE: {
        2: "deadline due cutoff milestone golive frist stichtag echeance plazo by",
        1: "until before bis avant antes",
    },
    Topic.GOAL: {
        3: "objective goal target kpi paperless ziel objectif objetivo mandate",
        2: "strategy priority initiative roadmap prioritat priorite prioridad",
        1: "aim project vision",
    },
    Topic.GROWTH: {
        3: "expan upsell rollout additional extend ausweit erweiter elargir ampli pilot",
        2: "seats licen more grow region subsidiary department lizenz siege plazas",
        1: "user users add",
    },
}


def _beginnings() -> dict[str, tuple[Sign, ...]]:
    found: dict[str, list[Sign]] = {}
    for topic, weights in _LISTS.items():
        for weight, words in weights.items():
            for word in words.split():
                found.setdefault(word, []).append(Sign(topic, weight))
    return {word: tuple(signs) for word, signs in found.items()}


_BEGINNINGS = _beginnings()
_SHORTEST = min(map(len, _BEGINNINGS))
_WHOLE = 4
"""A beginning of up to so many letters must be the whole word, but for an ending of one."""


@lru_cache(maxsize=65_536)
def signs_of(word: str) -> tuple[Sign, ...]:
    """What a word points at: the longest beginning that it has."""
    plain = fold(word)
    for size in range(len(plain), _SHORTEST - 1, -1):
        signs = _BEGINNINGS.get(plain[:size])
        if signs is not None and (size > _WHOLE or len(plain) - size <= 1):
            return signs
    return ()
