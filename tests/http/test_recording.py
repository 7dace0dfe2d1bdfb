"""Writing over HTTP: each request appends events, tells which, and says where to look."""

from __future__ import annotations

import pytest

from api.examples import DEVELOPMENT, OTHER_DEVELOPMENT, REQUESTS
from api.schemas.record import ReceiptBody
from tests.http.story import AUTHORISED, HOME, INVESTED, REMOVAL, STATE, client_of, head, tell, write


def post(client, path, body, **headers):
    return client.post(path, json=body, headers={**AUTHORISED, **headers})


def test_a_receipt_names_the_revision_the_events_and_the_place(writable):
    answer = post(writable, f"{HOME}/developments", OTHER_DEVELOPMENT)
    assert answer.status_code == 201
    assert answer.headers["location"] == INVESTED
    receipt = answer.json()
    ReceiptBody.model_validate(receipt)
    assert receipt["revision"] == head(writable) == int(answer.headers["timeline-revision"])
    assert [(event["position"], event["event"]) for event in receipt["events"]] == [
        (receipt["revision"], "DevelopmentRecorded")
    ]
    assert writable.get(answer.headers["location"]).json()["content"]["title"] == "Globex is said to invest in Acme"


def test_what_was_written_is_read_at_once(writable):
    write(writable, f"{HOME}/developments", OTHER_DEVELOPMENT)
    assert writable.get(STATE).json()["sections"]["capital"]["facts"]


def test_the_story_can_be_told(database_url):
    with client_of(database_url) as client:
        receipts = tell(client)
        assert [receipt["revision"] for receipt in receipts.values()] == [1, 2, 6, 7, 8, 9, 11]
        assert head(client) == 11


def test_an_entity_can_be_described_anew(writable):
    write(writable, f"{HOME}/entities", {"id": "acme", "name": "Acme Holding", "kind": "organisation"})
    assert writable.get(f"{HOME}/entities/acme").json()["name"] == "Acme Holding"
    assert writable.get(f"{HOME}/entities/acme?revision=2").json()["name"] == "Acme"


class TestCorrecting:
    def test_with_the_whole_content(self, writable):
        content = {**REQUESTS["recordDevelopment"]["content"], "title": "Acme's board dismisses Jane Doe"}
        body = {"reason": "new-information", "known": "2024-03-09", "content": content}
        write(writable, f"{REMOVAL}/corrections", body)
        assert writable.get(REMOVAL).json()["content"]["title"] == "Acme's board dismisses Jane Doe"
        assert writable.get(f"{REMOVAL}?known=2024-03-08").json()["content"]["title"].endswith("chief executive")

    def test_with_changes_that_replace_fields(self, writable):
        body = {"reason": "clerical", "changes": {"title": "Doe is out", "summary": None}}
        write(writable, f"{REMOVAL}/corrections", body)
        content = writable.get(REMOVAL).json()["content"]
        assert (content["title"], content["summary"]) == ("Doe is out", "")
        assert content["parties"] == [{"entity": "acme", "role": "employer"}]

    def test_with_changes_of_the_detail_field_by_field(self, writable):
        write(writable, f"{HOME}/developments", OTHER_DEVELOPMENT)
        money = {"amount": "3000000000", "currency": "USD"}
        body = {"reason": "new-information", "known": "2024-04-03", "changes": {"detail": {"money": money}}}
        write(writable, f"{INVESTED}/corrections", body)
        detail = writable.get(INVESTED).json()["content"]["detail"]
        assert detail["money"]["amount"] == "3000000000"
        assert "qualifier" not in detail["money"]
        assert detail["investor"] == "globex"

    def test_with_a_detail_of_another_kind_in_place_of_the_old(self, writable):
        detail = {"kind": "statement", "speaker": "acme", "topic": "its chief"}
        write(writable, f"{REMOVAL}/corrections", {"reason": "clerical", "changes": {"detail": detail}})
        assert writable.get(REMOVAL).json()["content"]["detail"] == detail

    def test_changes_apply_to_what_was_known_then(self, writable):
        first = {"reason": "new-information", "known": "2024-04-01", "changes": {"title": "Later"}}
        write(writable, f"{REMOVAL}/corrections", first)
        second = {"reason": "new-information", "known": "2024-03-10", "changes": {"summary": "Between."}}
        write(writable, f"{REMOVAL}/corrections", second)
        between = writable.get(f"{REMOVAL}?known=2024-03-15").json()["content"]
        assert (between["title"], between["summary"]) == (
            "Acme's board removes its chief executive",
            "Between.",
        )
        assert writable.get(REMOVAL).json()["content"]["title"] == "Later"

    def test_a_clerical_correction_may_name_its_version(self, writable):
        later = {"reason": "new-information", "known": "2024-04-01", "changes": {"title": "Later"}}
        write(writable, f"{REMOVAL}/corrections", later)
        write(
            writable,
            f"{REMOVAL}/corrections",
            {"reason": "clerical", "version": 1, "known": "2024-03-04", "changes": {"title": "Sooner"}},
        )
        assert writable.get(f"{REMOVAL}?known=2024-03-04").json()["content"]["title"] == "Sooner"
        assert writable.get(REMOVAL).json()["content"]["title"] == "Later"

    def test_a_withdrawn_source_is_named(self, writable):
        url = REQUESTS["recordDevelopment"]["content"]["sources"][0]["url"]
        body = {"reason": "source-withdrawn", "known": "2024-03-20", "source": url}
        write(writable, f"{REMOVAL}/corrections", body)
        assert writable.get(REMOVAL).json()["status"] == "retracted"
        assert writable.get(f"{REMOVAL}?known=2024-03-19").json()["status"] == "in-force"

    def test_changes_to_what_is_retracted_need_the_whole_content(self, writable):
        write(writable, f"{REMOVAL}/retraction", {"reason": "withdrawn", "known": "2024-03-20"})
        body = {"reason": "new-information", "known": "2024-03-21", "changes": {"title": "Back"}}
        answer = post(writable, f"{REMOVAL}/corrections", body)
        assert answer.status_code == 409
        assert answer.json()["errors"][0]["field"] == "changes"
        whole = {**body, "content": REQUESTS["recordDevelopment"]["content"]}
        del whole["changes"]
        write(writable, f"{REMOVAL}/corrections", whole)
        assert writable.get(REMOVAL).json()["status"] == "in-force"

    @pytest.mark.parametrize(
        ("body", "field"),
        [
            ({"reason": "clerical"}, "content"),
            ({"reason": "clerical", "changes": {}}, "changes"),
            (
                {
                    "reason": "clerical",
                    "changes": {"title": "x"},
                    "content": REQUESTS["recordDevelopment"]["content"],
                },
                "changes",
            ),
            ({"reason": "clerical", "changes": {"title": "x"}, "source": "https://example.org/a"}, "source"),
            ({"reason": "clerical", "changes": {"title": "x"}, "version": 7}, "version"),
            ({"reason": "clerical", "changes": {"title": "x"}, "version": 0}, "version"),
            ({"reason": "clerical", "changes": {"titel": "x"}}, "changes.titel"),
            ({"reason": "clerical", "changes": {"title": ""}}, "changes.title"),
            ({"reason": "clerical", "changes": {"title": None}}, "changes.title"),
            ({"reason": "clerical", "changes": {"detail": {"organisation": "ACME"}}}, "changes.detail.organisation"),
            ({"reason": "clerical", "changes": {"detail": {"organisation": "nobody"}}}, "changes"),
            ({"reason": "clerical", "changes": {"title": "Acme's board removes its chief executive"}}, "changes"),
            ({"reason": "new-information", "changes": {"title": "x"}}, "known"),
            ({"reason": "new-information", "changes": {"title": "x"}, "known": "2024-01-01"}, "known"),
            ({"reason": "new-information", "known": "2024-03-09", "version": 1, "changes": {"title": "x"}}, "version"),
            ({"reason": "finer-date", "known": "2024-03-09", "changes": {"title": "x"}}, "changes.title"),
            ({"reason": "source-withdrawn", "known": "2024-03-09"}, "source"),
            (
                {"reason": "source-withdrawn", "known": "2024-03-09", "source": "https://example.org/no"},
                "source",
            ),
            (
                {
                    "reason": "source-withdrawn",
                    "known": "2024-03-09",
                    "source": "https://example.org/gazette/acme",
                    "changes": {"title": "x"},
                },
                "changes",
            ),
            ({"reason": "because", "changes": {"title": "x"}}, "reason"),
        ],
    )
    def test_fields_that_do_not_go_together_are_named(self, writable, body, field):
        before = head(writable)
        answer = post(writable, f"{REMOVAL}/corrections", body)
        assert answer.status_code in {409, 422}, answer.text
        assert [error["field"] for error in answer.json()["errors"]] == [field]
        assert all(error["message"] and error["remedy"] for error in answer.json()["errors"])
        assert head(writable) == before


CORRECTION = {"reason": "clerical", "changes": {"summary": "Mine."}}


class TestSomebodyElseCameFirst:
    def test_expected_counts_the_events_that_were_seen(self, writable):
        write(writable, f"{REMOVAL}/corrections", {**CORRECTION, "expected": 1})
        answer = post(
            writable,
            f"{REMOVAL}/retraction",
            {"reason": "clerical", "expected": 1},
        )
        assert answer.status_code == 409
        assert answer.json()["type"] == "/problems/stale-version"
        assert answer.json()["errors"][0]["field"] == "expected"

    def test_if_match_takes_the_tag_of_the_development(self, writable):
        etag = writable.get(REMOVAL).headers["etag"]
        write(writable, f"{REMOVAL}/corrections", CORRECTION, **{"If-Match": etag})
        before = head(writable)
        answer = post(writable, f"{REMOVAL}/corrections", REQUESTS["correctDevelopment"], **{"If-Match": etag})
        assert answer.status_code == 412
        assert answer.json()["type"] == "/problems/precondition-failed"
        assert head(writable) == before

    def test_the_tag_holds_whatever_basis_it_was_read_at(self, writable):
        pinned = writable.get(f"{REMOVAL}?known=2024-03-05&revision={head(writable)}").headers["etag"]
        write(writable, f"{HOME}/developments", OTHER_DEVELOPMENT)  # elsewhere
        write(writable, f"{REMOVAL}/corrections", CORRECTION, **{"If-Match": f'"x", {pinned}'})

    def test_the_tag_of_another_development_does_not_do(self, writable):
        write(writable, f"{HOME}/developments", OTHER_DEVELOPMENT)
        other = writable.get(INVESTED).headers["etag"]
        answer = post(writable, f"{REMOVAL}/corrections", CORRECTION, **{"If-Match": other})
        assert answer.status_code == 412

    def test_a_star_is_met_by_any_development(self, writable):
        write(writable, f"{REMOVAL}/corrections", CORRECTION, **{"If-Match": "*"})

    def test_each_way_to_change_a_development_takes_if_match(self, writable):
        for path, body in (
            ("corrections", CORRECTION),
            ("retraction", {"reason": "clerical"}),
            ("sources", REQUESTS["addSource"]),
            ("standing", REQUESTS["changeStanding"]),
        ):
            assert post(writable, f"{REMOVAL}/{path}", body, **{"If-Match": '"1-no"'}).status_code == 412, path

    def test_a_slug_is_taken_once(self, writable):
        before = head(writable)
        for path, body in (
            ("/v1/timelines", REQUESTS["openTimeline"]),
            (f"{HOME}/developments", REQUESTS["recordDevelopment"]),
        ):
            answer = post(writable, path, body)
            assert answer.status_code == 409
            assert answer.json()["type"] == "/problems/already-exists"
        assert head(writable) == before


class TestWhoMayWrite:
    def test_nobody_without_a_token_of_the_service(self, sqlite_url):
        with client_of(sqlite_url, write_token=None) as client:
            answer = post(client, "/v1/timelines", REQUESTS["openTimeline"])
            assert answer.status_code == 403
            assert answer.json()["type"] == "/problems/writing-disabled"
            assert "TIMELINE_WRITE_TOKEN" in answer.json()["detail"]
            assert client.get("/v1/").json()["writing"] is False
            assert head(client) == 0

    @pytest.mark.parametrize(
        ("headers", "challenge"),
        [
            ({}, 'Bearer realm="timeline"'),
            ({"Authorization": "Basic YTpi"}, 'Bearer realm="timeline"'),
            ({"Authorization": "Bearer"}, 'Bearer realm="timeline", error="invalid_token"'),
            ({"Authorization": "Bearer wrong"}, 'Bearer realm="timeline", error="invalid_token"'),
            ({"Authorization": "Bearer wröng".encode()}, 'Bearer realm="timeline", error="invalid_token"'),
        ],
    )
    def test_nobody_with_another_token(self, writable, headers, challenge):
        before = head(writable)
        answer = writable.post("/v1/timelines", json={"slug": "mine", "title": "Mine"}, headers=headers)
        assert answer.status_code == 401
        assert answer.json()["type"] == "/problems/unauthorized"
        assert answer.headers["www-authenticate"] == challenge
        assert head(writable) == before

    def test_the_token_is_asked_for_before_the_body_is_looked_at(self, writable):
        assert writable.post("/v1/timelines", content=b"{", headers={}).status_code == 401

    def test_the_scheme_is_written_in_any_case(self, writable):
        token = AUTHORISED["Authorization"].removeprefix("Bearer ")
        body = {"slug": "another", "title": "Another"}
        answer = writable.post("/v1/timelines", json=body, headers={"Authorization": f"bearer  {token}"})
        assert answer.status_code == 201


def test_a_timeline_without_a_development_of_that_slug_says_so(writable):
    for path in ("corrections", "retraction", "sources", "standing"):
        body = {
            "corrections": {"reason": "clerical", "changes": {"title": "x"}},
            "retraction": {"reason": "clerical"},
            "sources": REQUESTS["addSource"],
            "standing": REQUESTS["changeStanding"],
        }[path]
        answer = post(writable, f"{HOME}/developments/nothing/{path}", body)
        assert (answer.status_code, answer.json()["type"]) == (404, "/problems/unknown-development"), path
        answer = post(writable, f"/v1/timelines/nobody/developments/{DEVELOPMENT}/{path}", body)
        assert (answer.status_code, answer.json()["type"]) == (404, "/problems/unknown-timeline"), path
