"""Where parts are put together; `bot.tenancy` does it for each workspace that is served. Nothing happens on import."""

from __future__ import annotations

import contextlib
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from bot.clock import Clock, system_clock
from bot.documents.brand import PLAIN, load_brand
from bot.domain.audience import SYSTEM, only_the_asker
from bot.domain.policy import Policies, Rules
from bot.llm import Config, Limits, Metered, OpenAIModel
from bot.rulebook import Rulebook
from bot.services.desk import Desk
from bot.services.errors import Busy
from bot.services.importing.batch import recover
from bot.services.preferences import Usual
from bot.services.reminders.letters import Correspondence
from bot.services.reminders.outbox import Outbox
from bot.services.skills.desk import Drafting
from bot.services.skills.ledger import StoredLedger
from bot.settings import Settings
from bot.storage import deliveries
from bot.storage.database import Database
from bot.storage.queries import logbook
from skills.model import Model
from skills.registry import Registry

if TYPE_CHECKING:  # the shell answers without loading Bolt
    from bot.slack.app import SlackApp
    from bot.slack.reminders.delivery import Delivery, Runners
    from bot.slack.reminders.upkeep import Upkeep


def open_database(settings: Settings) -> Database:
    """The database of `DATABASE_URL`, not yet connected. Raises DatabaseError for an address that cannot be one."""
    return Database(settings.database_url, pool_size=settings.workers)


def load_policies(folder: Path | None) -> Policies:
    """The shipped policies, each replaced by the file of the same name in `folder` when there is one, as they are now.

    Raises PolicyError that names every bad file with the place in it.
    """
    return Rulebook(folder).policies


def build_desk(settings: Settings, database: Database, clock: Clock = system_clock, rules: Rules | None = None) -> Desk:
    """The use cases over a database, by these rules or by those of the files as they are now.

    Raises PolicyError and BrandError when a file that is set up cannot be used.
    """
    keep_text = timedelta(days=settings.keep_message_text_days)
    drafting = Drafting(
        Registry(settings.skills), build_model(settings, database, clock), settings.llm_seconds, settings.llm_log_text
    )
    rules = rules or load_policies(settings.policies)
    brand = load_brand(settings.brand) if settings.brand is not None else PLAIN
    return Desk(database, clock, rules, settings.zone, settings.locale, keep_text, drafting, brand)


def build_model(settings: Settings, database: Database, clock: Clock) -> Model | None:
    """The model that drafts, within its budgets; None when none is set up or it is switched off. Connects on use."""
    if settings.drafting_model is None:
        return None
    config = Config(
        model=settings.drafting_model,
        api_key=settings.llm_key.get_secret_value() if settings.llm_key is not None else "none",
        base_url=settings.llm_url,
        api=settings.llm_api,
        azure_version=settings.llm_azure_version,
        at_once=settings.llm_at_once,
    )
    limits = Limits(
        person_tokens=settings.llm_person_tokens,
        day_tokens=settings.llm_day_tokens,
        day_cost=settings.llm_day_cost,
        price_in=settings.llm_price_in,
        price_out=settings.llm_price_out,
    )
    return Metered(OpenAIModel(config), config, limits, StoredLedger(database, clock, settings.zone))


def build_slack_app(settings: Settings, desk: Desk) -> SlackApp:
    """The Bolt app over a desk. Needs a running event loop.

    SQLite reads take about a millisecond and run inline; PostgreSQL answers over a network and gets threads.
    """
    from bot.slack.app import build_app
    from bot.slack.runner import InlineRunner, PoolRunner

    runner = InlineRunner() if desk.database.is_sqlite else PoolRunner(settings.workers)
    return build_app(settings, desk, runner)


def build_reminders(app: SlackApp, desk: Desk) -> Delivery:
    """Delivery of reminders through the app."""
    from bot.slack.reminders.build import build_delivery
    from bot.slack.reminders.delivery import Batches

    outbox = Outbox(desk.database, desk.clock, desk.rules)
    letters = Correspondence(desk.database, desk.clock, desk.rules, Usual(desk.zone, desk.locale))
    # On PostgreSQL a batch pays for its round trips; on SQLite a large one would hold up whoever asks meanwhile.
    batches = Batches() if desk.database.is_sqlite else Batches(claimed=100, under_way=400)
    return build_delivery(app, outbox, letters, delivery_runners(desk.database), desk.clock, batches=batches)


def delivery_runners(database: Database) -> Runners:
    """Threads for what delivery writes and composes: one on SQLite, which has one writer. What it merely looks up there
    takes less than a thread would hold up the event loop for it."""
    from bot.slack.reminders.delivery import Runners
    from bot.slack.runner import InlineRunner, PoolRunner

    slow = PoolRunner(1 if database.is_sqlite else 2, name="steward-reminders")
    return Runners(InlineRunner() if database.is_sqlite else slow, slow)


def build_upkeep(app: SlackApp, desk: Desk) -> Upkeep:
    """Planning of reminders, and drawing anew what no longer holds. A pass has a thread of its own."""
    from bot.slack.reminders.upkeep import Upkeep
    from bot.slack.runner import PoolRunner

    upkeep = Upkeep(app.desk, lambda: desk.reminders.plan(), PoolRunner(1, name="steward-plans"), desk.clock)
    app.before_close.append(upkeep.close)
    return upkeep


_GIVEN_UP = timedelta(minutes=15)
"""An erasure that takes longer belongs to a process that died."""


def keep_house(desk: Desk) -> None:
    """Remove what dead imports left, quoted messages whose time has come, and deliveries that Slack will not repeat.
    End erasures that were interrupted, and once a day let go of what is kept for longer than the rules say."""
    everything = only_the_asker(SYSTEM)
    recover(desk.database, everything, desk.clock)
    with desk.database.writing(everything, desk.clock()) as writer:
        deliveries.forget_old(writer, writer.now)
        logbook.forget_quotes(writer, writer.now)
    with contextlib.suppress(Busy):  # an import loads: next time
        desk.erasing.finish(after=_GIVEN_UP)
    if desk.database.claim(f"retention:{desk.today()}", desk.clock(), patient=True):
        desk.retention(everything)
