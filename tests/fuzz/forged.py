"""Requests that Slack did not sign: the payload may be perfect."""

from __future__ import annotations

from random import Random

from tests.fuzz.ground import TYPES, Ground, Sent

_STAMP, _SIGNATURE, _TYPE = "x-slack-request-timestamp", "x-slack-signature", "content-type"


def forged(it: Ground, random: Random) -> Sent:
    one = it.any(random)
    body = it.as_sent(one)
    if random.random() < 0.1:
        body = random.choice(
            (b"ssl_check=1&token=x", b'{"type":"url_verification","challenge":"c"}', b"", b"[" * 9_999)
        )
    kind = TYPES[one["kind"]]
    way = random.choice(("secret", "old", "early", "altered", "headers", "headers", "headers", "huge"))
    if way == "secret":
        return it.signed(body, kind, secret=random.choice(("x", "0" * 32, it.office.slack.bot_token)))
    if way == "old":
        return it.signed(body, kind, age=random.choice((301, 3_600, 10**9)))
    if way == "early":
        return it.signed(body, kind, age=-random.choice((310, 3_600, 10**9)))
    sent = it.signed(body, kind)
    if way == "altered":
        at = random.randrange(len(body) + 1)
        sent.body = random.choice((body[:at] + b" " + body[at:], body + b"&x=", body[:-1] or b"x", body * 2 or b"x"))
    elif way == "huge":
        sent.body = b"x" * random.choice((1_900_000, 2_000_001, 2_500_000))
    else:
        _spoil(sent, random)
    return sent


def _spoil(sent: Sent, random: Random) -> None:
    """The headers of a good request, not quite right."""
    stamp, signature = sent.headers[0][1], sent.headers[1][1]
    bad = random.choice(
        (
            [], [(_STAMP, stamp)], [(_SIGNATURE, signature)], [(_STAMP, ""), (_SIGNATURE, "")],
            [(_STAMP, stamp), (_SIGNATURE, signature[:-1])], [(_STAMP, stamp), (_SIGNATURE, signature.upper())],
            [(_STAMP, stamp), (_SIGNATURE, signature.replace("v0=", "v1="))], [(_STAMP, stamp), (_SIGNATURE, "v0=é")],
            [(_STAMP, str(int(stamp) - 1)), (_SIGNATURE, signature)], [(_STAMP, f" {stamp}"), (_SIGNATURE, signature)],
            [(_STAMP, "NaN"), (_SIGNATURE, signature)], [(_STAMP, "9" * 5_000), (_SIGNATURE, signature)],
            [(_STAMP, stamp), (_SIGNATURE, signature), (_SIGNATURE, "v0=0")],
            [(_STAMP, stamp), (_SIGNATURE, signature * 1_000)], [(_STAMP, stamp), ("x-slack-bolt-lazy-only", "1")],
            [("x-slack-socket-mode", "1"), ("x-forwarded-for", "127.0.0.1")],
            [(f"x-{n}", "y" * 50) for n in range(500)],
        )
    )  # fmt: skip
    sent.headers = [
        *bad,
        (_TYPE, random.choice((sent.headers[2][1], "text/plain", "application/json; charset=utf-16", ""))),
    ]
