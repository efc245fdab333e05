"""Who hears it and when: away, asleep, on holiday, gone."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.audience import Sharing
from bot.domain.preferences import Choices
from bot.domain.reminders.moment import Hold, Instead, Matter, Nobody, Send, Wait, free_from, in_channel, moment
from bot.domain.reminders.presence import Addressee
from tests.domain.reminders.people import at, somebody

WEDNESDAY = at("2026-03-04T10:15")
SUNDAY = at("2026-03-08T10:15")
USUAL = Matter()
WISHED = Matter(wished=True)


def away(first: str, last: str | None) -> Choices:
    return Choices(away_from=date.fromisoformat(first), away_until=date.fromisoformat(last) if last else None)


def test_on_a_working_day_it_is_sent_to_the_owner() -> None:
    maya = somebody()
    assert moment([maya, somebody("Lea", "lead")], USUAL, 3, WEDNESDAY) == Send(maya)


def test_a_weekend_waits_for_monday_morning() -> None:
    verdict = moment([somebody()], USUAL, 3, SUNDAY)
    assert verdict == Wait(at("2026-03-09T08:30"), "it is no working day of Maya")


def test_quiet_hours_wait_for_their_end() -> None:
    assert moment([somebody()], USUAL, 3, at("2026-03-04T21:00")) == Wait(
        at("2026-03-05T08:00"), "Maya's quiet hours last until 08:00"
    )
    assert moment([somebody()], USUAL, 3, at("2026-03-05T03:00")) == Wait(
        at("2026-03-05T08:00"), "Maya's quiet hours last until 08:00"
    )


def test_friday_evening_waits_for_monday() -> None:
    """The quiet hours end on a Saturday, which is no working day: Monday, at the time of the morning message."""
    verdict = moment([somebody()], USUAL, 3, at("2026-03-06T21:00"))
    assert isinstance(verdict, Wait)
    assert verdict.until == at("2026-03-09T08:30")


def test_do_not_disturb_waits_until_it_is_off() -> None:
    busy = somebody(busy_until=at("2026-03-04T11:00"))
    assert moment([busy], USUAL, 3, WEDNESDAY) == Wait(at("2026-03-04T11:00"), "Maya does not want to be disturbed now")


def test_a_public_holiday_of_their_country_waits() -> None:
    german = somebody(zone="Europe/Berlin", choices=Choices(country="DE"))
    ascension = at("2026-05-14T10:00", "Europe/Berlin")
    verdict = moment([german], USUAL, 3, ascension)
    assert isinstance(verdict, Wait)
    assert verdict.until == at("2026-05-15T08:30", "Europe/Berlin")
    assert isinstance(moment([somebody(zone="Europe/Berlin")], USUAL, 3, ascension), Send)


def test_their_own_week_counts() -> None:
    part_time = somebody(choices=Choices(working_days=frozenset({2, 3})))
    verdict = moment([part_time], USUAL, 3, at("2026-03-05T10:00"))
    assert isinstance(verdict, Wait)
    assert verdict.until == at("2026-03-10T08:30")


@pytest.mark.parametrize("now", [SUNDAY, at("2026-03-04T23:30"), at("2026-12-25T07:00")])
def test_what_they_asked_for_comes_when_they_asked(now: datetime) -> None:
    maya = somebody(busy_until=now + timedelta(hours=2), choices=away("2026-01-01", "2026-12-31"))
    assert moment([maya], WISHED, 3, now) == Send(maya)


class TestAway:
    def test_the_backup_stands_in(self) -> None:
        jonas = somebody("Jonas", "backup")
        chain = [somebody(choices=away("2026-03-02", "2026-03-20")), somebody("Lea", "lead"), jonas]
        assert moment(chain, USUAL, 3, WEDNESDAY) == Instead(jonas, "Maya is away until 20 Mar 2026")

    def test_a_short_absence_is_waited_for(self) -> None:
        chain = [somebody(choices=away("2026-03-04", "2026-03-05")), somebody("Lea", "lead")]
        assert moment(chain, USUAL, 3, WEDNESDAY) == Wait(at("2026-03-06T08:30"), "Maya is away until 5 Mar 2026")

    def test_a_long_one_without_a_backup_is_the_leads(self) -> None:
        lea = somebody("Lea", "lead")
        chain = [somebody(choices=away("2026-03-02", "2026-03-20")), lea]
        assert moment(chain, USUAL, 3, WEDNESDAY) == Instead(lea, "Maya is away until 20 Mar 2026")

    def test_a_backup_who_is_away_too_does_not_stand_in(self) -> None:
        lea = somebody("Lea", "lead")
        gone = away("2026-03-02", "2026-03-20")
        chain = [somebody(choices=gone), somebody("Jonas", "backup", choices=gone), lea]
        assert moment(chain, USUAL, 3, WEDNESDAY) == Instead(lea, "Maya is away until 20 Mar 2026")

    def test_a_stand_in_sleeps_too(self) -> None:
        tokyo = somebody("Jonas", "backup", zone="Asia/Tokyo")
        chain = [somebody(choices=away("2026-03-02", "2026-03-20")), tokyo]
        verdict = moment(chain, USUAL, 3, at("2026-03-04T12:00"))  # 21:00 in Tokyo
        assert verdict == Wait(
            at("2026-03-05T08:00", "Asia/Tokyo"), "Maya is away until 20 Mar 2026, and it is not Jonas's working time"
        )

    def test_with_nobody_else_it_waits_for_however_long(self) -> None:
        verdict = moment([somebody(choices=away("2026-03-02", "2026-05-29"))], USUAL, 3, WEDNESDAY)
        assert verdict == Wait(at("2026-06-01T08:30"), "Maya is away until 29 May 2026")

    def test_without_an_end_and_without_anybody_it_is_an_orphan(self) -> None:
        verdict = moment([somebody(choices=away("2026-03-02", None))], USUAL, 3, WEDNESDAY)
        assert verdict == Nobody("Maya is away, and nobody stands in")


class TestGone:
    def test_the_next_in_line_hears_it(self) -> None:
        lea = somebody("Lea", "lead")
        assert moment([somebody(reachable=False), lea], USUAL, 3, WEDNESDAY) == Instead(
            lea, "Maya cannot be reached any more"
        )

    def test_nobody_left_is_an_orphan(self) -> None:
        chain = [somebody(reachable=False), somebody("Lea", "lead", reachable=False)]
        assert moment(chain, USUAL, 3, WEDNESDAY) == Nobody("Maya, Lea cannot be reached any more")
        assert moment([], USUAL, 3, WEDNESDAY) == Nobody("nobody is responsible for it")


class TestTooLate:
    LAST = Matter(by=at("2026-03-09T00:00"))

    def test_somebody_who_works_now_hears_it(self) -> None:
        lea = somebody("Lea", "lead", choices=Choices(working_days=frozenset({7})))
        assert moment([somebody(), lea], self.LAST, 3, SUNDAY) == Instead(
            lea, "it is no working day of Maya, and it cannot wait"
        )

    def test_else_the_owner_is_disturbed(self) -> None:
        maya = somebody()
        chain = [maya, somebody("Lea", "lead")]
        assert moment(chain, self.LAST, 3, SUNDAY) == Send(maya, "it is no working day of Maya, but it cannot wait")

    def test_what_is_too_late_already_waits(self) -> None:
        past = Matter(by=at("2026-03-01T00:00"))
        assert isinstance(moment([somebody()], past, 3, SUNDAY), Wait)

    def test_what_is_early_enough_on_monday_waits(self) -> None:
        assert isinstance(moment([somebody()], Matter(by=at("2026-03-10T00:00")), 3, SUNDAY), Wait)

    def test_a_short_absence_that_ends_too_late_is_the_leads(self) -> None:
        lea = somebody("Lea", "lead")
        chain = [somebody(choices=away("2026-03-04", "2026-03-05")), lea]
        assert moment(chain, Matter(by=at("2026-03-05T00:00")), 3, WEDNESDAY) == Instead(
            lea, "Maya is away until 5 Mar 2026"
        )


@pytest.mark.parametrize(
    ("sharing", "verdict"),
    [
        (Sharing.INTERNAL, None),
        (Sharing.EXTERNAL, Hold("#acct-acme is shared with another company now")),
        (Sharing.UNKNOWN, Hold("it is not known who can read #acct-acme")),
    ],
)
def test_a_channel_that_outsiders_read_is_not_posted_to(sharing: Sharing, verdict: Hold | None) -> None:
    assert in_channel("#acct-acme", sharing) == verdict


CLOCK = st.sampled_from([time(hour, minute) for hour in range(24) for minute in (0, 30)])
INSTANTS = st.integers(0, 365 * 24 * 60).map(lambda minutes: at("2026-01-01T00:00") + timedelta(minutes=minutes))
PEOPLE = st.builds(
    lambda zone, quiet, days, left, length, busy: somebody(
        zone=zone,
        choices=Choices(
            country="NZ",
            working_days=days,
            quiet_from=quiet[0],
            quiet_until=quiet[1],
            away_from=left,
            away_until=left + timedelta(days=length),
        ),
        busy_until=busy,
    ),
    zone=st.sampled_from(["UTC", "Pacific/Apia", "Australia/Lord_Howe", "America/St_Johns", "Asia/Kathmandu"]),
    quiet=st.tuples(CLOCK, CLOCK),
    days=st.frozensets(st.integers(1, 7), min_size=1),
    left=st.dates(date(2026, 1, 1), date(2027, 1, 1)),
    length=st.integers(0, 60),
    busy=st.none() | INSTANTS,
)


def test_who_is_busy_for_most_of_a_year_and_then_away_is_free_after_both() -> None:
    choices = Choices(working_days=frozenset({1}), away_from=date(2026, 12, 3), away_until=date(2027, 2, 5))
    maya = somebody(choices=choices, busy_until=at("2026-12-01T09:00"))
    assert free_from(maya, at("2026-01-01T00:00")) == at("2027-02-08T08:30")


@given(PEOPLE, INSTANTS)
def test_the_first_free_instant_is_free(one: Addressee, now: datetime) -> None:
    opens = free_from(one, now)
    assert opens is not None
    assert opens >= now
    assert free_from(one, opens) == opens
    assert one.preferences.works_on(opens.astimezone(one.preferences.zone).date())
    assert not one.preferences.is_quiet(opens)


@given(st.lists(PEOPLE, max_size=3), INSTANTS, st.none() | INSTANTS)
def test_it_is_said_waits_or_is_an_orphan_and_never_waits_too_long(
    people: list[Addressee], now: datetime, by: datetime | None
) -> None:
    verdict = moment(people, Matter(by=by), 3, now)
    if isinstance(verdict, Wait):
        assert verdict.until > now
        assert by is None or by <= now or verdict.until < by
    else:
        assert isinstance(verdict, Nobody) == (not people)
