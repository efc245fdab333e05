"""What every result is, and an amount of money in one."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import Annotated, Any, Final, TypeAlias, get_args, get_origin, get_type_hints

from pydantic import BaseModel, ConfigDict

from bot.domain.money import Money

_NAMES_AN_ACCOUNT: Final = object()

AccountId: TypeAlias = Annotated[str, _NAMES_AN_ACCOUNT]
"""The id of an account that a result shows something of: by these the audit trail knows whose data somebody saw."""


class Result(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


def accounts_in(shown: object) -> Iterator[str]:
    """The ids of the accounts that a result, or several, shows something of."""
    if isinstance(shown, Result):
        ids, rest = fields_of(type(shown))
        for name in ids:
            value = getattr(shown, name)
            yield from (value,) if isinstance(value, str) else value or ()
        for name in rest:
            yield from accounts_in(getattr(shown, name))
    elif isinstance(shown, tuple | list | frozenset):
        for one in shown:
            yield from accounts_in(one)


@cache
def fields_of(kind: type[Result]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The fields that name accounts, and those in which more results may be."""
    hints = get_type_hints(kind, include_extras=True)
    fields = {name: hints[name] for name in kind.model_fields}
    ids = tuple(name for name, hint in fields.items() if _NAMES_AN_ACCOUNT in _parts(hint))
    rest = tuple(name for name, hint in fields.items() if any(_is_result(part) for part in _parts(hint)))
    return ids, rest


def _parts(hint: Any) -> Iterator[Any]:
    """Everything that a type is made of."""
    yield hint
    if get_origin(hint) is Annotated:
        yield from hint.__metadata__
    for part in get_args(hint):
        yield from _parts(part)


def _is_result(part: Any) -> bool:
    return isinstance(part, type) and issubclass(part, Result)


class Sum(Result):
    """An amount in one currency."""

    amount: Decimal
    currency: str

    @classmethod
    def of(cls, money: Money) -> Sum:
        rounded = money.rounded()
        return cls(amount=rounded.amount, currency=rounded.currency)
