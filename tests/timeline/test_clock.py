from datetime import UTC, datetime

import time_machine

from timeline.clock import Clock, FixedClock, SystemClock
from timeline.dates import instant_of, parse_moment


def test_the_system_clock_tells_the_machines_time_in_microseconds_since_1970():
    noon = datetime(2023, 11, 17, 20, 28, 0, 123456, tzinfo=UTC)
    with time_machine.travel(noon, tick=False):
        assert SystemClock().now() == instant_of(noon)


def test_the_system_clock_goes_on():
    with time_machine.travel(datetime(2023, 11, 17, tzinfo=UTC), tick=False) as machine:
        clock = SystemClock()
        before = clock.now()
        machine.shift(1.5)
        assert clock.now() - before == 1_500_000


def test_a_fixed_clock_stands_still():
    clock = FixedClock(parse_moment("2023-11-17T20:28Z"))
    with time_machine.travel(datetime(2030, 1, 1, tzinfo=UTC)):
        assert [clock.now(), clock.now()] == [1_700_252_880_000_000, 1_700_252_880_000_000]


def test_both_are_clocks():
    clocks: list[Clock] = [SystemClock(), FixedClock(0)]
    assert all(isinstance(clock.now(), int) for clock in clocks)
