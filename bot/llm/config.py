"""Which model, where, and how much of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from math import ceil
from typing import Literal
from urllib.parse import urlsplit

Api = Literal["auto", "responses", "chat"]
_OPENAI = "api.openai.com"
_AZURE = (".openai.azure.com", ".services.ai.azure.com", ".cognitiveservices.azure.com")
_BYTES_A_TOKEN, _HEADROOM = 3.2, 1.2


@dataclass(frozen=True, slots=True)
class Config:
    """`base_url` None is OpenAI itself. `azure_version` makes the client speak to an Azure resource of that API
    version; an Azure address that ends in `/v1` needs none. `most_out` caps an answer, in tokens."""

    model: str
    api_key: str = field(repr=False)
    base_url: str | None = field(default=None, repr=False)  # may hold a password
    api: Api = "auto"
    azure_version: str | None = None
    most_out: int = 4_000
    at_once: int = 3

    @property
    def host(self) -> str:
        return urlsplit(self.base_url).hostname or "" if self.base_url else _OPENAI

    @property
    def is_openai(self) -> bool:
        return self.host == _OPENAI

    @property
    def is_azure(self) -> bool:
        return self.azure_version is not None or self.host.endswith(_AZURE)

    @property
    def uses_responses(self) -> bool:
        """The Responses API where it is known to be whole: OpenAI, and Azure's v1 addresses."""
        if self.api != "auto":
            return self.api == "responses"
        azure_v1 = self.is_azure and self.azure_version is None and (self.base_url or "").rstrip("/").endswith("/v1")
        return self.is_openai or azure_v1


@dataclass(frozen=True, slots=True)
class Limits:
    """Budgets of a day; None is no limit. Prices are per million tokens, in whatever currency the budget is."""

    person_tokens: int | None = 200_000
    day_tokens: int | None = 2_000_000
    day_cost: Decimal | None = None
    price_in: Decimal = Decimal(0)
    price_out: Decimal = Decimal(0)

    def cost(self, tokens_in: int, tokens_out: int) -> Decimal:
        return (self.price_in * tokens_in + self.price_out * tokens_out) / 1_000_000


def estimate(*texts: str) -> int:
    """About how many tokens texts have, rather too many: no tokenizer works without a download."""
    size = sum(len(text.encode()) for text in texts)
    return ceil(size / _BYTES_A_TOKEN * _HEADROOM)
