"""Products, research and safety."""

from tests.timeline.developments.derived import refusal, told


def test_a_product_is_developed_offered_and_built_on_models():
    assert told(
        "product",
        product="assistant",
        developer="globex",
        availability="available",
        uses=[{"model": "acme-model"}, {"model": "globex-model", "how": "speech"}],
        offered_through=["globex-cloud"],
        since="2024-05",
    ) == [
        "assistant developer → globex = text developer since 2024-05",
        "assistant availability = stage available since 2024-05",
        "assistant uses → acme-model = text in use since 2024-05",
        "assistant uses → globex-model = text speech since 2024-05",
        "assistant offered_through → globex-cloud = text on offer since 2024-05",
    ]


def test_a_product_can_drop_a_model():
    assert told("product", product="assistant", uses=[{"model": "acme-model", "ends": True}]) == [
        "assistant uses → acme-model ends"
    ]


def test_a_product_that_is_only_shown_derives_nothing():
    assert told("product", product="assistant") == []


def test_a_product_names_each_model_once():
    uses = [{"model": "acme-model"}, {"model": "acme-model", "ends": True}]
    assert refusal("product", product="assistant", uses=uses) == (
        "",
        '"uses" names one model twice: give each one entry',
    )


def test_a_research_result_belongs_to_each_organisation():
    assert told("research", organisations=["acme", "globex"], result="a new model", model="acme-model") == [
        "acme research_result = text a new model",
        "globex research_result = text a new model",
    ]


def test_research_without_a_result_derives_nothing():
    assert told("research", organisations=["acme"]) == []


def test_research_is_somebodys():
    assert refusal("research", organisations=[], result="a new model")[0] == "organisations"


def test_a_safety_incident_is_a_fact_of_its_development():
    assert told("safety", organisation="globex", incident="tested without approval") == [
        "globex safety_incident = text tested without approval"
    ]


def test_a_safety_body_is_set_up_or_dissolved():
    body = {"organisation": "acme", "body": "alignment-team"}
    assert told("safety", **body, task="keeps models in check") == [
        "acme safety_body → alignment-team = text keeps models in check"
    ]
    assert told("safety", **body, ends=True) == ["acme safety_body → alignment-team ends"]
    assert refusal("safety", **body)[1].startswith('of "body" give "task"')
    assert refusal("safety", **body, task="keeps watch", ends=True)[1].startswith('of "body" give "task"')
    assert 'give "body"' in refusal("safety", organisation="acme", ends=True)[1]
