"""The page of the graph: the drawing and the list tell the same, and every part of it leads on."""

from __future__ import annotations

import pytest

from api.examples import TIMELINE
from tests.http.story import HOME as API
from tests.http.story import client_of, tell, write
from tests.web.reading import Read, read_page

GRAPH = f"/t/{TIMELINE}/graph"
THEN = "at=2024-05-20&known=2024-05-31"


def text(words: str) -> dict[str, str]:
    return {"type": "text", "text": words}


RELATED = [
    {"subject": "acme", "attribute": "board_member", "object": "jane-doe", "value": text("director")},
    {"subject": "acme", "attribute": "board_member", "object": "john-roe", "value": text("chair")},
    {"subject": "acme", "attribute": "competitor", "object": "globex", "value": text("anvils")},
    {"subject": "globex", "attribute": "uses", "object": "acme", "value": text("rockets")},
    {"subject": "acme-globex", "attribute": "term", "object": "globex", "value": text("in force")},
]
"""What one development of May 2024 says."""


@pytest.fixture
def related(database_url):
    """A client of a service in which some are related, on either database."""
    with client_of(database_url) as client:
        tell(client)
        source = {"publisher": "Acme", "title": "Who is who", "url": "https://example.org/who", "kind": "primary"}
        content = {
            "title": "Acme says who is who",
            "occurred": "2024-05-10",
            "standing": "confirmed",
            "detail": {"kind": "statement", "speaker": "acme", "topic": "people", "claim": "this is who is who"},
            "facts": [*RELATED, {**RELATED[2], "subject": "globex", "object": "acme", "since": "2024-05/2024-06"}],
            "sources": [source],
        }
        write(client, f"{API}/developments", {"slug": "2024-05-10-who", "known": "2024-05-11", "content": content})
        yield lambda query: shown(client, query)


def shown(client, query: str) -> Read:
    answer = client.get(f"{GRAPH}?{query}", headers={"Accept": "text/html"})
    assert answer.status_code == 200, answer.text
    page = read_page(answer.text)
    assert page.mistakes == []
    return page


def drawn_parties(page: Read) -> set[str | None]:
    return {item["data-party"] for item in page.all("a") if "data-party" in item}


def test_the_drawing_shows_each_party_and_leads_to_it_at_the_same_basis(related):
    page = related(THEN)
    assert drawn_parties(page) == {"acme", "globex", "jane-doe", "john-roe", TIMELINE}
    assert f"/t/{TIMELINE}/entities/jane-doe?{THEN}" in page.links


def test_each_relation_leads_to_the_history_of_its_fact_or_of_several_to_their_place_in_the_list(related):
    page = related(THEN)
    history = f"/t/{TIMELINE}/facts?subject=globex&attribute=uses&object=acme&known=2024-05-31"
    assert page.links.count(history) >= 2, "from the drawing and from the list"
    targets = {link for link in page.links if link.startswith("#relation-")}
    assert targets
    assert targets <= {f"#{item['id']}" for item in page.all("li") if "id" in item}


def test_the_list_tells_every_relation_once(related):
    said = related(THEN).text.partition("Party by party")[2]
    for sentence in ("Jane Doe sits on the board of Acme", "Globex uses Acme", "John Roe is chief executive of Acme"):
        assert said.count(sentence) == 1


def test_what_is_only_possible_is_marked_in_the_drawing_and_in_the_list(related):
    page = related(f"{THEN}&section=competition&focus=globex")
    assert "(confirmed, possible)" in page.text
    assert "possible since" in page.text.partition("Party by party")[2]
    sure = related("at=2024-05-20&section=products")
    assert "possible" not in sure.text.partition("Party by party")[2]


def test_the_drawing_is_that_of_the_basis(related):
    assert drawn_parties(related("at=2024-05-20&known=2024-05-10")) == {"acme", "john-roe"}
    assert drawn_parties(related("at=2024-04-30")) == {"acme", "john-roe"}
    assert drawn_parties(related(f"{THEN}&revision=11")) == {"acme", "john-roe"}


def test_a_focus_shows_its_neighbours_and_what_they_are_to_each_other(related):
    page = related(f"{THEN}&focus=john-roe")
    assert drawn_parties(page) == {"acme", "john-roe"}
    assert "John Roe and its relations" in page.text
    assert f"{GRAPH}?{THEN}" in page.links, "and leads back to everyone"


def test_kinds_of_relation_narrow_it_and_stay_chosen_at_the_neighbouring_moments(related):
    page = related(f"{THEN}&section=board&section=leadership")
    assert drawn_parties(page) == {"acme", "jane-doe", "john-roe"}
    checked = {item["value"] for item in page.all("input") if "checked" in item}
    assert checked == {"board", "leadership"}
    steps = [link for link in page.links if link.startswith(GRAPH) and "at=2024-05-10T" in link]
    assert steps
    assert all("section=board&section=leadership" in link for link in steps)


def test_a_kind_can_be_chosen_that_is_there_even_if_others_are_shown(related):
    offered = {
        item["value"] for item in related(f"{THEN}&section=board").all("input") if item.get("type") == "checkbox"
    }
    assert {"leadership", "board", "products", "competition"} <= offered
    assert "disputes" not in offered


def test_the_graph_can_be_taken_along(related):
    page = related(f"{THEN}&focus=acme")
    assert f"{API}/export?format=graphml&{THEN}" in page.links


def test_no_part_of_the_drawing_depends_on_a_script(related):
    page = related(THEN)
    assert len(page.all("svg")) > 1
    hidden = [item for item in page.all("div") if "hidden" in item]
    assert [item for item in hidden if "data-tools" not in item] == []


def test_the_navigation_and_the_page_of_a_party_lead_to_it(on_sqlite):
    page = read_page(on_sqlite.get(f"/t/{TIMELINE}/entities/acme?at=2024-03-10").text)
    assert f"{GRAPH}?at=2024-03-10" in page.links
    assert f"{GRAPH}?at=2024-03-10&focus=acme" in page.links
