"""Drawing the Home tab, and drawing it again when something that it shows has changed."""

from __future__ import annotations

from bot.domain.audience import Role
from bot.domain.preferences import Preferences
from bot.services.results import BookPage, MyDay
from bot.slack.asked import of_home
from bot.slack.desk import Desk
from bot.slack.errors import caught
from bot.slack.home_state import HomeState
from bot.slack.ports import UseCases
from bot.slack.render.home import Page, home_view
from bot.slack.setting import for_asker


async def show_home(desk: Desk, user: str, state: HomeState) -> None:
    """Publish somebody's Home tab. Raises `NotAllowed` for outsiders."""
    asked = of_home({"user": user})
    actor = await desk.actor(asked, Role.READ_ONLY)
    setting = await for_asker(desk, actor, asked)
    person = await desk.people.person(user)
    audience = setting.audience

    def read(use_cases: UseCases) -> tuple[MyDay, BookPage, Preferences]:
        return (
            use_cases.my_day(audience, person.tz),
            use_cases.book(
                audience,
                owner=state.owner,
                search=state.search,
                sort=state.sort,
                page=state.page,
                segment=state.segment,
                band=state.band,
            ),
            use_cases.preferences(audience, user, person.tz),
        )

    day, book, held = await desk.aside(read)
    await desk.messenger.publish_home(user, home_view(Page(day, book, held, state), setting.days))
    desk.homes.shown(user, state)


async def refresh_home(desk: Desk, user: str) -> None:
    """Draw somebody's Home tab again if they looked at it lately; a failure is logged and not told: nobody asked."""
    state = desk.homes.seen(user)
    if state is None:
        return

    async def tell(_sentence: str) -> None: ...

    async with caught("refreshing the Home tab", tell):
        await show_home(desk, user, state)
