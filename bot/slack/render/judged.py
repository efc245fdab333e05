"""What somebody decided about health, and the forms for it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

from bot.domain.ids import parse_id
from bot.services.health.decided import LONGEST_REASON
from bot.services.results import HealthWhy
from bot.services.results.why import Decided
from bot.slack.asks import Why
from bot.slack.health_values import RISK_FORM, SCORE_FORM, JudgeState, encode_state
from bot.slack.log_values import LOG, Undo
from bot.slack.log_values import encode as encode_log
from bot.slack.render.form import choice, day_input, field, form, text_input
from bot.slack.render.parts import Message, Offer, actions, context, section, toolbar
from bot.slack.render.text import capitalised, md
from bot.slack.values import OPEN
from bot.slack.values import encode as encode_view

SCORE: Final = "score"
REASON: Final = "reason"
UNTIL: Final = "until"
RISK: Final = "risk"
_USUAL = timedelta(days=30)


def judged(done: Decided) -> Message:
    """What was decided, the way back, and the way to the health."""
    said = md(done.sentence, 500)
    offers = [Offer("Undo", LOG, encode_log(Undo(done.change)) or "")]
    account_id = parse_id(done.account_id)
    if account_id is not None:
        offers.append(Offer("Why this health", OPEN, encode_view(Why(account_id))))
    return Message(said, (section(said), actions(toolbar(offers))), "Health")


def score_form(found: HealthWhy, state: JudgeState, today: date) -> dict[str, Any]:
    hand = found.by_hand
    computed = f"computed: {found.computed if found.computed is not None else 'unknown'}"
    blocks = [
        context(f"The health of {md(found.account, 120)}, {computed}. Yours is shown beside it, with your name."),
        field(SCORE, "Score, 0 to 100", text_input(str(hand.score) if hand else None, most=3), optional=False),
        field(REASON, "What the data do not say", text_input(hand.reason if hand else None, most=LONGEST_REASON),
              optional=False, hint="For example: new sponsor, met on Monday"),
        field(UNTIL, "Until", day_input(hand.until if hand else today + _USUAL), optional=False,
              hint="Its last day. Then the computed score shows again by itself."),
    ]  # fmt: skip
    return form(SCORE_FORM, "Set the health", "Set", blocks, encode_state(state))


def risk_form(found: HealthWhy, state: JudgeState) -> dict[str, Any]:
    labels = {risk.kind: capitalised(risk.kind) for risk in found.risks}
    chosen = state.judge.risk if state.judge.risk in labels else next(iter(labels))
    blocks = [
        context(f"A risk of {md(found.account, 120)} that is none. It stays visible as dismissed, with your name."),
        field(RISK, "Risk", choice(labels, chosen), optional=False),
        field(REASON, "Why it is none", text_input(most=LONGEST_REASON), optional=False,
              hint="It comes back when it rests on something new, or gets worse."),
    ]  # fmt: skip
    return form(RISK_FORM, "Dismiss a risk", "Dismiss", blocks, encode_state(state))
