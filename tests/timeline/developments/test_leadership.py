"""Who left which office, and who took it."""

from tests.timeline.developments.derived import refusal, told


def change(role, **fields):
    return {"organisation": "acme", "changes": [{"role": role, **fields}]}


def test_a_successor_takes_the_office_and_the_post_and_the_predecessor_loses_the_post():
    assert told("leadership", **change("chief_executive", left="jane-doe", took="john-roe")) == [
        "acme chief_executive = entity john-roe",
        "john-roe role → acme = text chief executive",
        "jane-doe role → acme ends",
    ]


def test_an_office_that_nobody_takes_is_ended():
    assert told("leadership", **change("president", left="jane-doe")) == [
        "acme president ends",
        "jane-doe role → acme ends",
    ]


def test_an_interim_holder_is_marked_as_one():
    assert told("leadership", **change("chief_executive", took="john-roe", interim=True)) == [
        "acme chief_executive = entity john-roe (interim)",
        "john-roe role → acme = text chief executive (interim)",
    ]


def test_a_post_without_an_attribute_of_its_own_is_a_role_only():
    assert told("leadership", **change("chief scientist", left="jane-doe", took="john-roe")) == [
        "john-roe role → acme = text chief scientist",
        "jane-doe role → acme ends",
    ]


def test_the_chair_of_the_board_is_a_seat_and_no_post():
    assert told("leadership", **change("board_chair", left="jane-doe", took="john-roe")) == [
        "acme board_chair = entity john-roe"
    ]
    assert told("leadership", **change("board_chair", left="jane-doe")) == ["acme board_chair ends"]


def test_who_leaves_an_office_may_stay_in_another_post():
    assert told("leadership", **change("chief_executive", left="jane-doe", took="john-roe", stays_as="adviser")) == [
        "acme chief_executive = entity john-roe",
        "john-roe role → acme = text chief executive",
        "jane-doe role → acme = text adviser",
    ]


def test_who_moves_from_one_post_to_another_does_not_lose_the_new_one():
    changes = [
        {"role": "chief_executive", "left": "jane-doe", "took": "john-roe"},
        {"role": "chief technology officer", "left": "john-roe"},
    ]
    assert told("leadership", organisation="acme", changes=changes) == [
        "acme chief_executive = entity john-roe",
        "john-roe role → acme = text chief executive",
        "jane-doe role → acme ends",
    ]


def test_who_takes_two_offices_holds_one_post_that_names_both():
    changes = [{"role": "chief_executive", "took": "jane-doe"}, {"role": "president", "took": "jane-doe"}]
    assert told("leadership", organisation="acme", changes=changes) == [
        "acme chief_executive = entity jane-doe",
        "acme president = entity jane-doe",
        "jane-doe role → acme = text chief executive and president",
    ]


def test_who_leaves_two_offices_loses_the_post_once_unless_one_entry_says_what_is_left():
    changes = [{"role": "chief_executive", "left": "jane-doe"}, {"role": "president", "left": "jane-doe"}]
    assert told("leadership", organisation="acme", changes=changes)[2:] == ["jane-doe role → acme ends"]
    changes[1]["stays_as"] = "adviser"
    assert told("leadership", organisation="acme", changes=changes)[2:] == ["jane-doe role → acme = text adviser"]


def test_a_change_may_begin_on_a_day_of_its_own():
    told_so = told("leadership", **change("president", left="jane-doe", took="john-roe", since="2024-04-01"))
    assert len(told_so) == 3
    assert all(line.endswith("since 2024-04-01") for line in told_so)


def test_a_change_names_somebody():
    assert refusal("leadership", **change("president")) == (
        "changes.0",
        'give "left", "took" or both: somebody has to leave or take the office',
    )


def test_nobody_takes_over_from_themselves():
    field, remedy = refusal("leadership", **change("president", left="jane-doe", took="jane-doe"))
    assert (field, remedy) == ("changes.0", '"left" and "took" both name "jane-doe": leave one of them out')


def test_interim_needs_somebody_who_takes_the_office():
    _, remedy = refusal("leadership", **change("president", left="jane-doe", interim=True))
    assert 'give "took"' in remedy


def test_staying_needs_somebody_who_leaves_the_office():
    _, remedy = refusal("leadership", **change("president", took="jane-doe", stays_as="adviser"))
    assert 'give "left"' in remedy


def test_each_office_changes_once():
    changes = [{"role": "president", "left": "jane-doe"}, {"role": "president", "took": "john-roe"}]
    field, remedy = refusal("leadership", organisation="acme", changes=changes)
    assert field == ""
    assert '"changes" names one office twice' in remedy


def test_a_detail_without_changes_is_refused():
    assert refusal("leadership", organisation="acme", changes=[])[0] == "changes"
