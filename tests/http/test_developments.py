"""`/developments`: lists at a basis, and one development with its whole history."""

from __future__ import annotations

import pytest

from api.examples import DEVELOPMENT, INVESTMENT, REQUESTS
from api.schemas.record import DevelopmentBody, DevelopmentPage
from tests.http.story import HOME, INVESTED, REMOVAL, head, write

LIST = f"{HOME}/developments"


def slugs(client, **asked):
    answer = client.get(LIST, params=asked)
    assert answer.status_code == 200, answer.text
    DevelopmentPage.model_validate(answer.json())
    return [item["development"] for item in answer.json()["items"]]


class TestTheList:
    def test_is_in_the_order_in_which_things_occurred(self, client):
        assert slugs(client, known="2024-04-19") == [DEVELOPMENT, INVESTMENT]

    def test_shows_the_version_in_force(self, client):
        item = client.get(LIST, params={"known": "2024-03-06"}).json()["items"][0]
        assert (item["occurred"], item["known"], item["standing"], item["version"]) == (
            "2024-03",
            "2024-03-05",
            "reported",
            1,
        )
        assert item["parties"] == [{"id": "acme", "name": "Acme", "role": "employer"}]
        assert client.get(item["links"]["self"]).json()["development"] == DEVELOPMENT

    def test_leaves_out_what_is_retracted_or_not_known_yet(self, client):
        assert slugs(client) == [DEVELOPMENT]
        assert slugs(client, known="2024-03-06") == [DEVELOPMENT]
        assert slugs(client, known="2024-03-04") == []

    def test_is_as_it_was_at_an_earlier_revision(self, client):
        assert slugs(client, revision=10) == [DEVELOPMENT, INVESTMENT]
        assert slugs(client, revision=5) == []

    def test_can_be_narrowed_by_kind(self, client):
        assert slugs(client, revision=10, kind="investment") == [INVESTMENT]
        assert slugs(client, revision=10, kind=["investment", "leadership"]) == [DEVELOPMENT, INVESTMENT]
        assert slugs(client, revision=10, kind="lawsuit") == []

    def test_can_be_narrowed_by_party(self, client):
        assert slugs(client, revision=10, party="globex") == [INVESTMENT]
        assert slugs(client, revision=10, party="john-roe") == [DEVELOPMENT]
        assert slugs(client, revision=10, party="acme") == [DEVELOPMENT, INVESTMENT]

    @pytest.mark.parametrize(
        ("asked", "found"),
        [
            ({"from": "2024-03-04"}, [DEVELOPMENT, INVESTMENT]),
            ({"from": "2024-03-05"}, [INVESTMENT]),
            ({"from": "2024-04-30"}, [INVESTMENT]),
            ({"from": "2024-05"}, []),
            ({"to": "2024-04-01"}, [DEVELOPMENT, INVESTMENT]),
            ({"to": "2024-03-31"}, [DEVELOPMENT]),
            ({"to": "2024-03-03"}, []),
            ({"from": "2024-04-10", "to": "2024-04-11"}, [INVESTMENT]),
            ({"from": "2024"}, [DEVELOPMENT, INVESTMENT]),
            ({"from": "2024-04/..", "to": "../2024-04-02"}, [INVESTMENT]),
        ],
    )
    def test_from_and_to_find_what_may_have_occurred_in_between(self, client, asked, found):
        """One occurred on the fourth of March, the other some time in April."""
        assert slugs(client, revision=10, **asked) == found

    def test_comes_in_pages_of_one_piece(self, told):
        first = told.get(LIST, params={"limit": 1, "known": "2024-04-19"})
        assert [item["development"] for item in first.json()["items"]] == [DEVELOPMENT]
        assert first.headers["link"] == f'<{first.json()["links"]["next"]}>; rel="next"'
        write(told, f"{INVESTED}/retraction", {"reason": "clerical"})
        second = told.get(first.json()["links"]["next"])
        assert [item["development"] for item in second.json()["items"]] == [INVESTMENT]
        assert second.json()["basis"] == first.json()["basis"]
        assert second.json()["next"] is None
        assert second.json()["links"]["next"] is None
        assert "link" not in second.headers
        assert slugs(told, known="2024-04-19") == [DEVELOPMENT]

    def test_pages_put_together_are_the_whole(self, writable):
        recording = REQUESTS["recordDevelopment"]
        for number in range(7):
            content = {**recording["content"], "occurred": f"2024-03-0{number % 3 + 1}"}
            body = {**recording, "slug": f"a-{6 - number}", "content": content}
            write(writable, LIST, body)
        whole = slugs(writable)
        # The one of the story occurred some time in March: it stands with the first of the month.
        assert whole == [DEVELOPMENT, "a-0", "a-3", "a-6", "a-2", "a-5", "a-1", "a-4"]
        for limit in (1, 2, 3, 7):
            found, page = [], writable.get(LIST, params={"limit": limit}).json()
            while True:
                found += [item["development"] for item in page["items"]]
                if page["next"] is None:
                    break
                page = writable.get(LIST, params={"limit": limit, "cursor": page["next"]}).json()
            assert found == whole

    def test_a_cursor_may_be_sent_with_the_same_filters_only(self, client):
        asked = {"limit": 1, "known": "2024-04-19", "party": "acme", "revision": head(client)}
        cursor = client.get(LIST, params=asked).json()["next"]
        assert slugs(client, **asked, cursor=cursor) == [INVESTMENT]
        for other in ({"party": "globex"}, {"known": "2024-04-18"}, {"revision": 10}, {"kind": "investment"}):
            answer = client.get(LIST, params={**asked, "cursor": cursor, **other})
            assert (answer.status_code, answer.json()["type"]) == (422, "/problems/invalid-cursor"), other


class TestOneDevelopment:
    def test_is_the_version_in_force_with_everything_ever_recorded(self, client):
        body = client.get(REMOVAL).json()
        DevelopmentBody.model_validate(body)
        assert (body["status"], body["version"]["number"]) == ("in-force", 4)
        assert body["content"]["standing"] == "confirmed"
        assert body["names"] == {"acme": "Acme", "jane-doe": "Jane Doe", "john-roe": "John Roe"}

    def test_the_history_says_what_each_event_changed(self, client):
        history = client.get(REMOVAL).json()["history"]
        assert [(event["position"], event["event"], event["reason"], event["known"]) for event in history] == [
            (6, "DevelopmentRecorded", None, "2024-03-05"),
            (7, "DevelopmentCorrected", "finer-date", "2024-03-07"),
            (8, "SourceAdded", None, "2024-03-08"),
            (9, "StandingChanged", None, "2024-03-08"),
        ]
        assert history[0]["changed"] == []
        assert history[1]["changed"] == [{"field": "occurred", "before": "2024-03", "after": "2024-03-04"}]
        assert [change["field"] for change in history[2]["changed"]] == ["sources"]
        assert history[3]["changed"] == [{"field": "standing", "before": "reported", "after": "confirmed"}]
        assert {event["recorded_at"] for event in history} == {"2024-06-01T12:00:00Z"}
        assert history[1]["payload"]["note"] == "The filing names the day."

    def test_versions_tell_over_which_knowledge_they_count(self, client):
        versions = client.get(REMOVAL).json()["versions"]
        assert [(v["number"], v["cause"], v["known_from"], v["known_until"]) for v in versions] == [
            (1, "development", "2024-03-05T23:59:59.999999Z", "2024-03-07T23:59:59.999999Z"),
            (2, "finer-date", "2024-03-07T23:59:59.999999Z", "2024-03-08T23:59:59.999999Z"),
            (3, "source", None, None),
            (4, "standing", "2024-03-08T23:59:59.999999Z", None),
        ]

    def test_at_an_earlier_knowledge_it_is_an_earlier_version(self, client):
        body = client.get(f"{REMOVAL}?known=2024-03-06").json()
        assert (body["version"]["number"], body["content"]["occurred"]) == (1, "2024-03")
        assert len(body["history"]) == 4, "the record itself does not depend on what was known"

    def test_at_an_earlier_revision_nothing_later_is_there(self, client):
        body = client.get(f"{REMOVAL}?revision=7").json()
        assert [event["position"] for event in body["history"]] == [6, 7]
        assert [version["number"] for version in body["versions"]] == [1, 2]
        assert body["content"]["standing"] == "reported"

    def test_before_it_was_known_it_says_nothing(self, client):
        body = client.get(f"{REMOVAL}?known=2024-03-04").json()
        DevelopmentBody.model_validate(body)
        assert (body["status"], body["version"], body["content"]) == ("not-yet-known", None, None)

    def test_once_retracted_it_says_so(self, client):
        body = client.get(INVESTED).json()
        DevelopmentBody.model_validate(body)
        assert (body["status"], body["content"]) == ("retracted", None)
        assert body["version"]["retracted"] is True
        assert body["history"][-1]["changed"][0]["field"] == "content"

    def test_taken_out_as_our_mistake_it_is_struck(self, told):
        write(told, f"{REMOVAL}/retraction", {"reason": "clerical"})
        body = told.get(REMOVAL).json()
        assert (body["status"], body["version"]) == ("retracted", None)
        assert all(version["struck"] for version in body["versions"])
        assert body["history"][-1]["changed"][0]["before"]["standing"] == "confirmed"

    def test_the_permalink_stays(self, told):
        first = told.get(REMOVAL).json()
        write(told, f"{REMOVAL}/retraction", {"reason": "clerical"})
        again = told.get(first["links"]["permalink"]).json()
        assert {**again, "links": None} == {**first, "links": None}
