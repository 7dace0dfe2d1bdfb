import pytest

from timeline.basis import At, Basis, Known, Revision
from timeline.dates import MAX_INSTANT, parse_moment
from timeline.standing import Floor

WEEKEND = Basis(
    At(parse_moment("2023-11-19")), Known(parse_moment("2023-11-20T18:00Z")), Revision(412), Floor.CONFIRMED
)


def test_an_answer_carries_the_instants_of_its_basis_in_full():
    assert WEEKEND.as_json() == {
        "at": "2023-11-19T23:59:59.999999Z",
        "known": "2023-11-20T18:00:00Z",
        "revision": 412,
        "standing": "confirmed",
    }


def test_an_address_has_a_day_for_its_last_instant_and_the_clocks_in_the_order_in_which_they_are_asked():
    assert list(WEEKEND.as_query().items()) == [
        ("at", "2023-11-19"),
        ("known", "2023-11-20T18:00:00Z"),
        ("revision", "412"),
        ("standing", "confirmed"),
    ]


def test_a_basis_asked_again_by_its_address_is_the_same():
    asked = WEEKEND.as_query()
    again = Basis(
        At(parse_moment(asked["at"])),
        Known(parse_moment(asked["known"])),
        Revision(int(asked["revision"])),
        Floor[asked["standing"].upper()],
    )
    assert again == WEEKEND


@pytest.mark.parametrize("write", [Basis.as_json, Basis.as_query])
def test_a_clock_beyond_the_years_that_have_dates_cannot_be_written(write):
    with pytest.raises(ValueError, match="outside the years 0001 to 9999"):
        write(Basis(At(MAX_INSTANT + 1), WEEKEND.known, WEEKEND.revision))
