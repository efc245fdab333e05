"""What buttons carry that make a file of a figure. Checked on the way in; grants nothing."""

from __future__ import annotations

import json
from typing import Final

from bot.domain.kpi.catalogue import KEYS
from bot.services.errors import BadInput
from bot.slack.asks import MAX_KPI_WORDS, Chart, Export, FileAsk

CHART: Final = "steward.kpi.chart"
EXPORT: Final = "steward.kpi.export"
POST: Final = "steward.kpi.post"
_STALE = "This button is from an older message. Ask again, for example with `/account kpi nrr over 12 months`."


def encode_file(ask: FileAsk) -> str:
    return json.dumps([type(ask).__name__.casefold(), ask.key, ask.words], ensure_ascii=False, separators=(",", ":"))


def decode_file(value: object) -> FileAsk:
    """Raises `BadInput` for what is not ours."""
    try:
        parts = json.loads(value) if isinstance(value, str) else None
    except ValueError:
        parts = None
    match parts:
        case [kind, key, str(words)] if kind in ("chart", "export") and len(words) <= MAX_KPI_WORDS:
            found = next((one for one in KEYS if one == key), None)
            if kind == "export" and (found is not None or key is None):
                return Export(found, words)
            if kind == "chart" and found is not None:
                return Chart(found, words)
    raise BadInput(_STALE)
