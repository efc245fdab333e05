"""Bytes with a good signature that are no payload."""

from __future__ import annotations

import json
from collections.abc import Callable
from random import Random
from urllib.parse import quote_plus

from tests.fuzz.ground import FORM, JSON, Ground, Sent
from tests.fuzz.mutants import CANARY

_WHOLE = (
    b"", b" ", b"null", b"true", b"0", b'""', b"[]", b"{}", b"{", b"[{}]", b"payload=", b"payload=null", b"payload=[]",
    b"payload=%7B", b"payload", b"=", b"&&&&", b"%", b"command", b"command=", b"command=%2Faccount", b"\x00",
    b"\xff\xfe{\x00}\x00", b"\xef\xbb\xbf{}", b"[" * 100_000, b'{"a":' * 100_000, b"1" * 100_000, b"-" * 9_999,
    b"x" * 2_000_001, b"payload=" + b"9" * 2_500_000,
    b'{"type":"url_verification"}', b'{"type":"event_callback","event":[]}', b'{"type":["event_callback"]}',
    b'{"type":"block_actions","actions":[],"user":{"id":"U0MAYA"},"trigger_id":"1"}',
    b'{"type":"view_submission","view":{"callback_id":"x","type":"workflow_step"},"user":{"id":7}}',
    b'{"type":"dialog_submission","callback_id":"x","user":{"id":"U0MAYA"}}', b'{"type":"interactive_message"}',
)  # fmt: skip


def broken(it: Ground, random: Random) -> Sent:
    body = random.choice(_WAYS)(it, random)
    return it.signed(body, random.choice((JSON, FORM, "text/plain", "", "application/json; charset=utf-16")))


def _whole(_it: Ground, random: Random) -> bytes:
    return random.choice(_WHOLE)


def _cut(it: Ground, random: Random) -> bytes:
    """Up to and without the last brace: no place to cut leaves JSON."""
    text = json.dumps(it.any(random)["payload"])
    held = text[: random.randrange(len(text))]
    return held.encode() if random.random() < 0.5 else f"payload={quote_plus(held)}".encode()


def _noise(_it: Ground, random: Random) -> bytes:
    return b"\xff" + random.randbytes(random.randrange(2_000))


def _recoded(it: Ground, random: Random) -> bytes:
    return json.dumps(it.any(random)["payload"]).encode(random.choice(("utf-16", "utf-32", "utf-8-sig")))


def _flood(_it: Ground, random: Random) -> bytes:
    """Far too many fields."""
    start = f"command=%2Faccount&user_id=U0MAYA&trigger_id=1.2.3&text={CANARY}"
    return (start + "&field=x" * random.choice((200, 20_000))).encode()


def _numbers(_it: Ground, random: Random) -> bytes:
    number = random.choice(("NaN", "Infinity", "-Infinity", "9" * 5_000, "1e", "0x10", "+1"))
    return f'{{"type":"url_verification","challenge":"c","n":{number}}}'.encode()


def _deep(_it: Ground, random: Random) -> bytes:
    depth = random.choice((70, 500, 20_000))
    held = '{"a":' * depth + "1" + "}" * depth if random.random() < 0.5 else "[" * depth + "]" * depth
    return f'{{"type":"url_verification","challenge":"c","x":{held}}}'.encode()


_WAYS: tuple[Callable[[Ground, Random], bytes], ...] = (
    _whole, _whole, _cut, _cut, _noise, _recoded, _flood, _numbers, _deep,
)  # fmt: skip
