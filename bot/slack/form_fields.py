"""What stands in the fields of a submitted form: `view.state.values`, where nothing is trusted to be there.

Every input block holds one element, so its block_id names the field.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any


class Fields:
    """The fields of one submission, by block_id. A field that is empty, missing or not what it should be is None."""

    def __init__(self, view: object) -> None:
        state = view.get("state") if isinstance(view, Mapping) else None
        values = state.get("values") if isinstance(state, Mapping) else None
        self._values: Mapping[str, Any] = values if isinstance(values, Mapping) else {}

    def _of(self, name: str, key: str) -> Any:
        block = self._values.get(name)
        first = next(iter(block.values()), None) if isinstance(block, Mapping) else None
        return first.get(key) if isinstance(first, Mapping) else None

    def text(self, name: str) -> str | None:
        found = self._of(name, "value")
        return found if isinstance(found, str) and found.strip() else None

    def choice(self, name: str) -> str | None:
        """The value of the chosen option of a select or radio group."""
        option = self._of(name, "selected_option")
        found = option.get("value") if isinstance(option, Mapping) else None
        return found if isinstance(found, str) else None

    def choices(self, name: str) -> list[str]:
        """The values of the boxes that are ticked."""
        options = self._of(name, "selected_options")
        found = [one.get("value") for one in options if isinstance(one, Mapping)] if isinstance(options, list) else []
        return [value for value in found if isinstance(value, str)]

    def time(self, name: str) -> time | None:
        found = self._of(name, "selected_time")
        with contextlib.suppress(TypeError, ValueError):
            return time.fromisoformat(found)
        return None

    def user(self, name: str) -> str | None:
        found = self._of(name, "selected_user")
        return found if isinstance(found, str) and found else None

    def conversation(self, name: str) -> str | None:
        found = self._of(name, "selected_conversation")
        return found if isinstance(found, str) and found else None

    def day(self, name: str) -> date | None:
        found = self._of(name, "selected_date")
        with contextlib.suppress(TypeError, ValueError):
            return date.fromisoformat(found)
        return None

    def instant(self, name: str) -> datetime | None:
        found = self._of(name, "selected_date_time")
        if not isinstance(found, int) or isinstance(found, bool):
            return None
        with contextlib.suppress(OverflowError, OSError, ValueError):
            return datetime.fromtimestamp(found, UTC)
        return None
