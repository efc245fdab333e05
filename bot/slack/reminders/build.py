"""Delivery put together over a running app."""

from __future__ import annotations

import asyncio
from functools import partial

from bot.slack.app import SlackApp
from bot.slack.audience import may_read
from bot.slack.calls import Clock, Sleep, monotonic
from bot.slack.reminders.attendance import Attendance
from bot.slack.reminders.delivery import BATCHES, Batches, Delivery, Runners
from bot.slack.reminders.lookback import Lookback
from bot.slack.reminders.ports import Box, Letters, Now
from bot.slack.reminders.posting import Posting


def build_delivery(
    app: SlackApp,
    box: Box,
    letters: Letters,
    runners: Runners,
    clock: Now,
    *,
    seconds: Clock = monotonic,
    sleep: Sleep = asyncio.sleep,
    batches: Batches = BATCHES,
) -> Delivery:
    """Delivery through the app's messenger, at one pace with its answers; it ends before the app closes.

    `clock` is the bot's and may be moved; `seconds` only counts.
    """
    desk = app.desk
    client = desk.messenger.client
    delivery = Delivery(
        box,
        letters,
        runners,
        Attendance(desk.people, client, clock, seconds=seconds, sleep=sleep),
        Lookback(desk.workspace, client, sleep),
        Posting(
            desk.messenger,
            desk.workspace,
            desk.rooms,
            clock,
            box.timing,
            may_read=partial(may_read, desk),
            seconds=seconds,
            sleep=sleep,
        ),
        clock,
        sleep=sleep,
        batches=batches,
    )
    app.before_close.append(delivery.close)
    return delivery
