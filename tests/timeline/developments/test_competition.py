"""Who competes with whom."""

from tests.timeline.developments.derived import refusal, told

PAIR = {"organisation": "globex", "competitor": "acme"}


def test_competition_has_a_direction_unless_it_is_mutual():
    assert told("competition", **PAIR, field="search") == ["globex competitor → acme = text search"]
    assert told("competition", **PAIR, field="search", mutual=True, since="2024") == [
        "globex competitor → acme = text search since 2024",
        "acme competitor → globex = text search since 2024",
    ]


def test_competition_can_end():
    assert told("competition", **PAIR, ends=True) == ["globex competitor → acme ends"]


def test_competition_is_in_something_or_over():
    assert refusal("competition", **PAIR) == (
        "",
        'give "field", in what they compete, or "ends": true if they no longer do',
    )
    assert 'give "field"' in refusal("competition", **PAIR, field="search", ends=True)[1]


def test_nobody_competes_with_themselves():
    assert "name two" in refusal("competition", organisation="acme", competitor="acme", field="search")[1]
