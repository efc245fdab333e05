"""The form for one's own settings; its fields are called like those of `Choices`."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final
from zoneinfo import available_timezones

from bot.domain.preferences import LOCALES, Preferences, countries
from bot.slack.render.form import checks, choice, day_input, field, form, person_input, search, time_input
from bot.slack.render.parts import Element, option
from bot.slack.render.settings import WEEKDAYS, country_name

FORM: Final = "steward.settings.form"
# action_ids of the searches; their options come from `zones` and `countries_called`.
ZONES, COUNTRIES = "steward.settings.zones", "steward.settings.countries"
USUAL: Final = "usual"
"""The option that leaves it to the defaults: an id that is no zone, language or country."""

ON: Final = "on"
_MOST = 20


def settings_form(held: Preferences, usual_locale: str) -> dict[str, Any]:
    """`usual_locale` is how the workspace writes dates."""
    chosen = held.chosen
    zone = option(chosen.timezone, chosen.timezone) if chosen.timezone else _USUAL_ZONE
    country = option(country_name(held.country), held.country) if held.country else _NO_COUNTRY
    days = {str(number): name for number, name in enumerate(WEEKDAYS, 1)}
    languages = {USUAL: f"As usual here ({LOCALES[usual_locale]})", **LOCALES}
    blocks = [
        field("timezone", "Time zone", search(ZONES, zone, "A city, like Stockholm"), optional=False),
        field("locale", "Language of dates", choice(languages, chosen.locale or USUAL), optional=False),
        field("working_days", "Working days", checks(days, [str(day) for day in held.working_days])),
        field("country", "Public holidays", search(COUNTRIES, country, "A country"), optional=False),
        field("digest", "Morning message", checks({ON: "Send me one on working days"}, [ON] if held.digest else [])),
        field("digest_at", "Morning message at", time_input(held.digest_at), optional=False),
        field("alerts", "Alerts", checks({ON: "When the health of an account falls"}, [ON] if held.alerts else [])),
        field("quiet_from", "Quiet from", time_input(held.quiet_from), optional=False, hint=_QUIET),
        field("quiet_until", "Quiet until", time_input(held.quiet_until), optional=False),
        field("away_from", "First day away", day_input(held.away_from)),
        field("away_until", "Last day away", day_input(held.away_until)),
        field("backup_id", "Who stands in while I am away", person_input(held.backup_id)),
    ]
    return form(FORM, "My settings", "Save", blocks, "")


_QUIET = "I write nothing between these, on your clock. The same time twice means never quiet."
_USUAL_ZONE = option("As in Slack", USUAL)
_NO_COUNTRY = option("No public holidays", USUAL)


def zones(typed: str) -> list[Element]:
    """The zones whose name contains what was typed, those of a city that begins with it first."""
    wanted = "_".join(typed.casefold().split())
    found = [name for name in _zone_names() if wanted in name.casefold()]
    found.sort(key=lambda name: (not name.casefold().rpartition("/")[2].startswith(wanted), name))
    return _offered(_USUAL_ZONE, [option(name, name) for name in found])


def countries_called(typed: str) -> list[Element]:
    """The countries whose name or code contains what was typed."""
    wanted = " ".join(typed.casefold().split())
    named = sorted((country_name(code), code) for code in countries())
    found = [(name, code) for name, code in named if wanted in name.casefold() or wanted == code.casefold()]
    return _offered(_NO_COUNTRY, [option(name, code) for name, code in found])


def _offered(usual: Element, found: Sequence[Element]) -> list[Element]:
    return [*found[:_MOST], usual]


@lru_cache(maxsize=1)
def _zone_names() -> tuple[str, ...]:
    """Zones by region and city; the others (`EST5EDT`, `Etc/GMT+5`) are for machines."""
    return tuple(sorted(name for name in available_timezones() if "/" in name and not name.startswith("Etc/")))
