"""Two sentences above the passages: worded by a model behind the gates of skills, each with what it rests on.

The passages stay below whatever comes of it. Where no model answers, or nothing it wrote holds, there are no sentences
and the note says why.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from bot.domain.asking import queries as q
from bot.domain.ids import new_id
from bot.services.asking.ground import Ground
from bot.services.asking.said import best_of
from bot.services.card import account_card
from bot.services.errors import BadInput
from bot.services.results.asking import Condensed
from bot.services.skills.desk import Drafting
from bot.services.skills.draft import points_of, run_row
from bot.services.skills.facts import AccountFacts
from bot.storage import skill_runs
from skills.answer.skill import Found
from skills.model import Model
from skills.runner import Progress, drafted

MOST_READ: Final = 12
"""Passages that a model is given: the best ones."""
LEAST: Final = 2
"""Fewer are read faster than two sentences about them."""
_DAY: Final = timedelta(days=1)


def condensed(
    ground: Ground, drafting: Drafting, asked: q.Said, account_id: int, progress: Progress | None = None
) -> Condensed:
    """Seconds: not on an event loop's thread. The database is not held while the model writes. Raises BadInput where
    there is no model or too little to condense."""
    model = _model(drafting)
    loaded = drafting.registry.get("answer")
    card = account_card(ground.database, ground.audience, account_id, ground.policies, ground.now, ground.today)
    with ground.database.reading(ground.audience) as reader:
        best = best_of(reader, ground, asked, account_id)[:MOST_READ]
        if len(best) < LEAST:
            raise BadInput("There is too little to sum up: read what stands there.")
        ids = frozenset(one for one, _ in best)
        given = Found(topic=asked.topic, entity_ids=ids, since=min(at for _, at in best).date() - _DAY)
        pack = loaded.skill.gather(given, AccountFacts(reader, account_id, card, ground.today, ground.zone))
    asker = ground.audience.actor.slack_user_id or ground.audience.actor.name
    result = drafted(
        loaded.skill, loaded.manual, pack, model, deadline=drafting.deadline, asker=asker, progress=progress
    )
    found = Condensed(
        points=points_of(result) if result.written_by == "model" else (),
        note=result.note,
        withheld=result.draft.withheld_sentence if result.written_by == "model" else None,
    )
    run = new_id()
    with ground.database.writing(ground.audience, ground.now) as writer:
        row = run_row(result, run, account_id, asker, found if drafting.keep_text else None)
        skill_runs.keep(writer, row)
    return found


def _model(drafting: Drafting) -> Model:
    if drafting.model is None:
        raise BadInput("No model is set up that could sum this up; the passages are all there is.")
    return drafting.model
