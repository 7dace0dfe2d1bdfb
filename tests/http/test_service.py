"""Where to begin, the vocabulary, health, and the pages of the problems."""

from __future__ import annotations

import pytest

from api.problems import PROBLEMS
from api.schemas.service import HealthBody, ProblemTypeBody, ProblemTypes, ServiceBody, VocabularyBody
from tests.http.story import client_of, head, settings_of
from timeline.developments.kinds import KINDS
from timeline.vocabulary import default_vocabulary


def test_the_service_document_leads_everywhere(client):
    body = client.get("/v1/").json()
    ServiceBody.model_validate(body)
    assert body["basis"]["revision"] == 11
    for name, address in body["links"].items():
        assert client.get(address).status_code == 200, name


@pytest.mark.parametrize("address", ["/", "/v1"])
def test_a_program_that_comes_without_an_address_is_shown_where_to_begin(on_sqlite, address):
    answer = on_sqlite.get(address, headers={"Accept": "application/json"}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (308, "/v1/")


def test_the_vocabulary_is_all_of_it(on_sqlite):
    body = on_sqlite.get("/v1/vocabulary").json()
    VocabularyBody.model_validate(body)
    assert [item["name"] for item in body["attributes"]] == list(default_vocabulary().attributes)
    assert [item["kind"] for item in body["kinds"]] == list(KINDS)
    assert all(item["definition"] for item in body["kinds"])


def test_health_asks_the_database(client):
    body = client.get("/health").json()
    HealthBody.model_validate(body)
    assert body == {"status": "ok", "revision": head(client)}


def test_without_its_database_the_service_says_when_to_come_back(sqlite_url, monkeypatch):
    from eventsourcing.persistence import OperationalError

    from projections import archive

    def unreachable(_engine):
        raise OperationalError("the database is locked by secret-host")

    with client_of(sqlite_url) as client:
        monkeypatch.setattr(archive, "read", unreachable)
        answer = client.get("/health")
    assert answer.status_code == 503
    assert answer.json()["type"] == "/problems/unavailable"
    assert answer.headers["retry-after"] == "1"
    assert "secret-host" not in answer.text


@pytest.mark.parametrize("slug", sorted(PROBLEMS))
def test_every_problem_has_a_page(on_sqlite, slug):
    problem = PROBLEMS[slug]
    page = on_sqlite.get(problem.uri, headers={"Accept": "text/html,application/json;q=0.9"})
    assert page.headers["content-type"].startswith("text/html")
    assert str(problem.status) in page.text
    body = on_sqlite.get(problem.uri, headers={"Accept": "application/json"}).json()
    ProblemTypeBody.model_validate(body)
    assert (body["slug"], body["status"], body["title"]) == (slug, problem.status, problem.title)


def test_all_problems_are_listed(on_sqlite):
    body = on_sqlite.get("/problems", headers={"Accept": "application/json"}).json()
    ProblemTypes.model_validate(body)
    assert [item["slug"] for item in body["items"]] == sorted(PROBLEMS)
    page = on_sqlite.get("/problems")
    assert all(f'href="{problem.uri}"' in page.text for problem in PROBLEMS.values())


def test_nothing_is_fetched_from_elsewhere(on_sqlite):
    """No page of the service loads scripts or styles from another machine; the framework's own pages would."""
    for address in ("/docs", "/redoc"):
        assert on_sqlite.get(address).status_code == 404
    assert "http" not in on_sqlite.get("/problems").text.replace("/problems/", "")


def test_a_log_level_there_is_not_is_told_at_once(sqlite_url):
    from api.app import create_app
    from timeline.errors import InvalidInput

    settings = settings_of(sqlite_url).model_copy(update={"log_level": "LOUD"})
    with pytest.raises(InvalidInput) as caught:
        create_app(settings)
    assert caught.value.field == "log_level"
