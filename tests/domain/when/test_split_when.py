"""Taking the time off the end of a text."""

from __future__ import annotations

import pytest

from bot.domain.when.phrases import split_when


@pytest.mark.parametrize(
    ("text", "what", "when"),
    [
        ('"send pricing" next tue 9:00', "send pricing", "next tue 9:00"),
        ("send pricing next tue 9:00", "send pricing", "next tue 9:00"),
        ("“send pricing” next tue 9:00", "send pricing", "next tue 9:00"),
        ("'send pricing' tomorrow", "send pricing", "tomorrow"),
        ('next tue 9:00 "send pricing"', "send pricing", "next tue 9:00"),
        ('acme "send pricing" tomorrow', "acme send pricing", "tomorrow"),
        ('"call every Friday customer" tomorrow', "call every Friday customer", "tomorrow"),
        ('"send it tomorrow"', "send it tomorrow", ""),
        ("send the 2nd draft tomorrow", "send the 2nd draft", "tomorrow"),
        ("check in every other Tuesday at 9", "check in", "every other Tuesday at 9"),
        ("check in with Dana in 2 weeks", "check in with Dana", "in 2 weeks"),
        ("prepare renewal 30 days before renewal", "prepare renewal", "30 days before renewal"),
        ("send invoice last business day of the month", "send invoice", "last business day of the month"),
        ("send report at 9 on Monday", "send report", "at 9 on Monday"),
        ("call Acme about the 24/7 support plan", "call Acme about the 24/7 support plan", ""),
        ("discuss budget for next quarter", "discuss budget for next quarter", ""),
        ("discuss budget for next quarter tomorrow at 10", "discuss budget for next quarter", "tomorrow at 10"),
        ("review the first quarter on Friday", "review the first quarter", "on Friday"),
        ("tomorrow", "", "tomorrow"),
        ("send pricing", "send pricing", ""),
        ("", "", ""),
        ("call them next Friday", "call them", "next Friday"),  # unclear, but about a time
        ("call them yesterday", "call them", "yesterday"),  # refused, but about a time
        ("don't forget tomorrow", "don't forget", "tomorrow"),
        ('say "hi', 'say "hi', ""),
    ],
)
def test_split_when(text: str, what: str, when: str) -> None:
    assert split_when(text) == (what, when)
