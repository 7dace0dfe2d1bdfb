"""Hires, offers, leaves of absence and departures."""

from tests.timeline.developments.derived import refusal, told


def move(**fields):
    return {"moves": [{"person": "jane-doe", **fields}]}


def test_a_hire_employs_and_gives_a_role():
    assert told("people", **move(organisation="acme", role="head of research")) == [
        "jane-doe employment → acme = stage employed",
        "jane-doe role → acme = text head of research",
    ]


def test_who_leaves_loses_employment_and_role():
    assert told("people", **move(leaves="acme")) == [
        "jane-doe employment → acme ends",
        "jane-doe role → acme ends",
    ]


def test_an_announced_hire_is_not_yet_employment():
    assert told("people", **move(leaves="acme", organisation="globex", stage="announced")) == [
        "jane-doe employment → acme ends",
        "jane-doe role → acme ends",
        "jane-doe employment → globex = stage announced",
    ]


def test_a_leave_of_absence_keeps_the_role():
    assert told("people", **move(organisation="acme", stage="on-leave")) == [
        "jane-doe employment → acme = stage on-leave"
    ]


def test_every_fact_of_a_move_begins_when_the_move_does():
    for line in told("people", **move(leaves="acme", organisation="globex", role="engineer", since="2024-04")):
        assert line.endswith("since 2024-04")


def test_a_move_leads_somewhere():
    assert refusal("people", **move()) == (
        "moves.0",
        'give "leaves", "organisation" or both: where from and where to',
    )


def test_nobody_moves_to_where_they_are():
    assert 'leave "leaves" out' in refusal("people", **move(leaves="acme", organisation="acme"))[1]


def test_an_announced_hire_has_no_role_yet():
    field, remedy = refusal("people", **move(organisation="acme", stage="announced", role="engineer"))
    assert field == "moves.0"
    assert remedy.startswith('"role" is a post held at "organisation": leave it out')


def test_a_role_is_held_somewhere():
    assert '"role"' in refusal("people", **move(leaves="acme", role="engineer"))[1]
