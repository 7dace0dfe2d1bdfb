"""`/timelines`: the histories that are kept."""

from __future__ import annotations

from api.examples import TIMELINE
from api.schemas.record import TimelineBody, TimelinePage
from tests.http.story import HOME, write


def test_a_timeline_says_what_it_is_and_where_its_parts_are(client):
    body = client.get(HOME).json()
    TimelineBody.model_validate(body)
    assert body["timeline"] == TIMELINE
    assert body["parties"] == [{"id": "acme", "name": "Acme"}, {"id": "globex", "name": "Globex"}]
    for name, address in body["links"].items():
        assert client.get(address).status_code == 200, name


def test_a_party_that_is_not_described_yet_goes_by_its_slug(client):
    assert client.get(f"{HOME}?revision=1").json()["parties"][0] == {"id": "acme", "name": "acme"}


def test_the_list_is_in_the_order_of_slugs_and_in_pages(told):
    for slug in ("zeta", "alpha-2", "alpha"):
        write(told, "/v1/timelines", {"slug": slug, "title": slug.title()})
    found, address = [], "/v1/timelines?limit=2"
    while address:
        body = told.get(address).json()
        TimelinePage.model_validate(body)
        found += [item["timeline"] for item in body["items"]]
        address = body["links"]["next"]
    assert found == [TIMELINE, "alpha", "alpha-2", "zeta"]


def test_at_an_earlier_revision_only_those_that_were_kept(told):
    assert told.get("/v1/timelines?revision=0").json()["items"] == []
    write(told, "/v1/timelines", {"slug": "zeta", "title": "Zeta"})
    assert [item["timeline"] for item in told.get("/v1/timelines?revision=11").json()["items"]] == [TIMELINE]
