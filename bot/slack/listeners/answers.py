"""Buttons under answers: all the rows, the account that was meant, what the asker thought of it."""

from __future__ import annotations

from typing import Any

from bot.domain.audience import Role
from bot.services.errors import BadInput
from bot.slack.ask_values import decode, decode_verdict
from bot.slack.asked import of_action
from bot.slack.desk import Desk
from bot.slack.files import File
from bot.slack.growing import growing
from bot.slack.handing import Handout, hand_to_asker
from bot.slack.listeners.clicks import action_of
from bot.slack.render.asking import misread_message, replies_message, rows_message
from bot.slack.render.parts import simple
from bot.slack.render.text import md
from bot.slack.replies import reply
from bot.slack.setting import for_asker

_SUM_UP = "Summing up what was said"
_THANKS = {
    "good": "Thank you: noted.",
    "bad": "Noted, thank you. Say it in other words and I try again, or use a command: `/account help`.",
}


async def on_rows(desk: Desk, body: dict[str, Any]) -> None:
    """Beside the answer: the same with all its rows."""
    asked = of_action(body)

    async def work() -> None:
        held = decode(action_of(body).get("value"))
        setting = await for_asker(desk, await desk.actor(asked, Role.READ_ONLY), asked)
        found = await desk.write(lambda use_cases: use_cases.asking.rows(setting.audience, held.question, held.chosen))
        await reply(desk.messenger, asked, rows_message(found, setting.days))

    await desk.once(asked, work)


async def on_meant(desk: Desk, body: dict[str, Any]) -> None:
    """In place of the choice: the answer about the account that was chosen."""
    asked = of_action(body)

    async def work() -> None:
        held = decode(action_of(body).get("value"))
        setting = await for_asker(desk, await desk.actor(asked, Role.READ_ONLY), asked)
        found = await desk.write(
            lambda use_cases: use_cases.asking.again(setting.audience, held.question, held.chosen, setting.spot)
        )
        await reply(desk.messenger, asked, replies_message(found, setting.days), replace=True)

    await desk.once(asked, work)


async def on_condense(desk: Desk, body: dict[str, Any]) -> None:
    """Beside the answer: the same with its passages summed up by a model, its steps shown while that lasts."""
    asked = of_action(body)

    async def work() -> None:
        held = decode(action_of(body).get("value"))
        setting = await for_asker(desk, await desk.actor(asked, Role.READ_ONLY), asked)
        async with desk.sessions.working(asked, _SUM_UP), growing(desk, asked) as grown:
            found = await desk.slowly(
                lambda use_cases: use_cases.asking.condense(setting.audience, held.question, held.chosen, grown.tell)
            )
            await grown.finish(rows_message(found, setting.days))

    await desk.once(asked, work)


async def on_chart(desk: Desk, body: dict[str, Any]) -> None:
    """The answer's series as pictures, for who pressed."""
    asked = of_action(body)

    async def work() -> None:
        held = decode(action_of(body).get("value"))
        setting = await for_asker(desk, await desk.actor(asked, Role.READ_ONLY), asked)
        drawn = await desk.aside(lambda use_cases: use_cases.asking.chart(setting.audience, held.question, held.chosen))
        files = tuple(File(one.name, one.png, one.title, one.alt) for one in drawn.pictures)
        lines = [f"*{md(drawn.title, 60)}* · {md(drawn.below, 200)}", *(md(note, 200) for note in drawn.notes)]
        await hand_to_asker(desk, asked, Handout(files, "\n".join(lines)))

    await desk.once(asked, work)


async def on_verdict(desk: Desk, body: dict[str, Any]) -> None:
    asked = of_action(body)

    async def work() -> None:
        verdict, turn = decode_verdict(action_of(body).get("value"))
        setting = await for_asker(desk, await desk.actor(asked, Role.READ_ONLY), asked)
        if not await desk.write(lambda use_cases: use_cases.asking.judge(setting.audience, turn, verdict)):
            raise BadInput("That answer is too old to be judged. Ask again in your own words.")
        await reply(desk.messenger, asked, simple(_THANKS[verdict]))

    await desk.once(asked, work)


async def on_misread(desk: Desk, body: dict[str, Any]) -> None:
    """In place of the answer: it is forgotten, and how else to ask."""
    asked = of_action(body)

    async def work() -> None:
        turn = action_of(body).get("value")
        setting = await for_asker(desk, await desk.actor(asked, Role.READ_ONLY), asked)
        if not await desk.write(lambda use_cases: use_cases.asking.judge(setting.audience, str(turn), "misread")):
            raise BadInput("Only who asked can take a question back, and only while it is remembered.")
        await reply(desk.messenger, asked, misread_message(), replace=True)

    await desk.once(asked, work)
