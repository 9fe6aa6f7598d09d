"""/imports: many rows in one request, a result for each."""

from typing import Any

import pytest

from recruit.accounts.choices import Scope
from recruit.candidates.models import Candidate, CandidateSkill
from recruit.events.choices import Happened
from recruit.events.models import Event
from recruit.imports import sending
from recruit.imports.models import FileImport
from tests.api.caller import Caller, assert_problem
from tests.api.importing import (
    CSV,
    NDJSON,
    PEOPLE,
    done,
    figures,
    lines,
    person,
    results,
    sent,
)
from tests.api.test_candidates import FULL
from tests.factories import make_candidate, make_user
from tests.imports.sent import work_on

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("uploads")]


class TestSending:
    def test_is_accepted_with_an_address_to_look_at(self, recruiter):
        answer = recruiter.send(PEOPLE, lines(person(1), person(2)), NDJSON)

        body = answer.json()
        assert answer.status_code == 202
        assert answer["Location"].endswith(f"/api/v1/imports/{body['id']}")
        assert (body["state"], body["rows_total"], body["rows_read"]) == (
            "importing",
            2,
            0,
        )
        assert not Candidate.objects.exists()

    @pytest.mark.parametrize(
        ("address", "field"),
        [
            ("/imports?source=hr", "of"),
            ("/imports?of=candidates", "source"),
            ("/imports?of=people&source=hr", "of"),
            ("/imports?of=candidates&source=hr&dry_run=perhaps", "dry_run"),
            ("/imports?of=candidates&source=hr&colour=red", "colour"),
        ],
    )
    def test_names_the_parameter_that_is_wrong(self, recruiter, address, field):
        answer = recruiter.send(address, lines(person(1)), NDJSON)

        problem = assert_problem(answer, 400)
        assert [error["field"] for error in problem["errors"]] == [field]

    @pytest.mark.parametrize("body", [b"\n \n", b"\xef\xbb\xbf\n"])
    def test_refuses_a_file_without_rows(self, recruiter, body, uploads):
        problem = assert_problem(recruiter.send(PEOPLE, body, NDJSON), 400)

        assert problem["errors"][0]["code"] == "unusable_file"
        assert not list(uploads.glob("imports/*"))

    def test_refuses_more_rows_than_one_file_may_have(self, recruiter, monkeypatch):
        monkeypatch.setattr(sending, "MOST_ROWS", 2)
        rows = lines(person(1), person(2), person(3))

        assert_problem(recruiter.send(PEOPLE, rows, NDJSON), 400)
        table = b"name,id\nA,1\nB,2\nC,3\n"
        assert_problem(recruiter.send(PEOPLE, table, CSV), 400)
        assert not FileImport.objects.exists()

    def test_refuses_a_body_that_is_too_large(self, recruiter, monkeypatch, uploads):
        monkeypatch.setattr("recruit.api.views.imports.Imports.most_bytes", 10)

        assert_problem(recruiter.send(PEOPLE, lines(person(1)), NDJSON), 413)
        assert not list(uploads.glob("imports/*"))

    def test_is_taken_once_with_a_key(self, recruiter, uploads):
        key = {"Idempotency-Key": "night-1"}

        first = recruiter.send(PEOPLE, lines(person(1)), NDJSON, **key)
        again = recruiter.send(PEOPLE, lines(person(1)), NDJSON, **key)
        other = recruiter.send(PEOPLE, lines(person(2)), NDJSON, **key)

        assert (first.status_code, again.status_code) == (202, 202)
        assert first.json()["id"] == again.json()["id"]
        assert_problem(other, 422)
        assert len(list(uploads.glob("imports/*"))) == 1
        assert not list(uploads.glob("incoming/*"))

    def test_takes_no_other_media_type(self, recruiter):
        answer = recruiter.send(PEOPLE, b"{}", "application/json")

        problem = assert_problem(answer, 415)
        assert problem["detail"].endswith("Send application/x-ndjson, text/csv.")

    def test_needs_the_right_to_write_what_the_rows_are(self):
        caller = Caller(make_user(), [Scope.IMPORTS_WRITE, Scope.JOBS_WRITE])

        answer = caller.send(PEOPLE, lines(person(1)), NDJSON)

        problem = assert_problem(answer, 403)
        assert problem["errors"][0]["code"] == "missing_scope"

    def test_is_not_for_hiring_managers(self, manager):
        assert_problem(manager.send(PEOPLE, lines(person(1)), NDJSON), 403)


class TestCandidates:
    def test_lands_each_row_and_says_what_became_of_it(self, recruiter):
        known = make_candidate(source="hr", external_id="c1", family_name="Family 1")

        one = done(recruiter, person(1, headline="Baker"), person(2), b"{no json")

        assert (one["state"], one["rows_read"]) == ("finished", 3)
        assert figures(one) == (1, 1, 0, 1)
        updated, created, rejected = results(recruiter, one)
        assert updated == {
            "row": 1,
            "status": "updated",
            "id": str(known.pk),
            "errors": [],
        }
        new = Candidate.objects.get(external_id="c2")
        assert (created["status"], created["id"]) == ("created", str(new.pk))
        assert (rejected["status"], rejected["id"]) == ("rejected", None)
        assert rejected["errors"][0]["code"] == "parse_error"

    def test_takes_a_row_as_the_body_of_a_post(self, recruiter):
        one = done(recruiter, FULL)

        made = results(recruiter, one)[0]["id"]
        told = recruiter.get(f"/candidates/{made}").json()
        posted = recruiter.post("/candidates", {**FULL, "external_id": "other"}).json()
        own = ("id", "external_id", "version", "created_at", "updated_at")
        for name in set(told) - set(own):
            assert _without_ids(told[name]) == _without_ids(posted[name]), name

    def test_names_field_and_place_as_the_post_does(self, recruiter):
        wrong = person(1, skills=[{"skill": "Pruning", "years": -1}], shoe_size=42)
        posted = assert_problem(recruiter.post("/candidates", wrong), 400)

        one = done(recruiter, wrong, {**wrong, "shoe_size": None}, person(3))

        first, *_others = results(recruiter, one, "?status=rejected")
        assert first["errors"] == posted["errors"]
        assert figures(one) == (1, 0, 0, 2)
        assert not CandidateSkill.objects.exists()

    def test_changes_nothing_the_second_time(self, recruiter):
        rows = [person(1, skills=[{"skill": "Pruning"}]), person(2)]
        done(recruiter, *rows)

        one = done(recruiter, *rows)

        assert figures(one) == (0, 0, 2, 0)
        assert Candidate.objects.count() == 2

    def test_leaves_what_a_row_does_not_name(self, recruiter):
        done(recruiter, person(1, headline="Baker", skills=[{"skill": "Baking"}]))

        done(recruiter, {"external_id": "c1", "headline": "Cook"})

        found = Candidate.objects.with_skills().get()
        assert (found.headline, found.family_name) == ("Cook", "Family 1")
        assert len(found.skills.all()) == 1

    def test_refuses_a_second_row_about_one_person(self, recruiter):
        one = done(recruiter, person(1), person(1, headline="Cook"))

        assert figures(one) == (1, 0, 0, 1)
        assert results(recruiter, one)[1]["errors"][0]["field"] == "external_id"

    def test_makes_rows_without_an_id_once_for_each_file(self, recruiter, monkeypatch):
        monkeypatch.setattr("recruit.imports.running._remove_files", lambda _one: None)
        one = sent(recruiter, lines({"family_name": "Nobody"}, {"family_name": "X"}))
        cut_off = work_on(one["id"])
        FileImport.objects.update(state="importing")
        cut_off.folder.joinpath("claims-of-importing").unlink()

        again = work_on(one["id"])

        assert (again.created, again.unchanged) == (0, 2)
        assert Candidate.objects.count() == 2

    def test_may_name_another_source_in_a_row(self, recruiter):
        done(recruiter, person(1, source="fair"), person(1))

        sources = Candidate.objects.order_by("source").values_list("source", flat=True)
        assert list(sources) == ["fair", "hr"]

    def test_tells_one_event_by_the_token(self, recruiter):
        done(recruiter, person(1), person(2))

        event = Event.objects.get(kind=Happened.CANDIDATE_CREATED)
        assert event.actor_id == recruiter.token.pk
        assert Event.objects.filter(kind=Happened.IMPORTED).count() == 1

    def test_reads_on_after_rows_that_are_no_utf_8_or_too_long(
        self, recruiter, monkeypatch
    ):
        monkeypatch.setattr("recruit.imports.lines.LONGEST_LINE", 200)
        long = person(2, summary="x" * 500)

        one = done(recruiter, b'{"family_name": "\xff"}', long, person(3), b"[]", b"7")

        assert figures(one) == (1, 0, 0, 4)
        assert [row["row"] for row in results(recruiter, one)] == [1, 2, 3, 4, 5]


def _without_ids(value: Any) -> Any:
    if isinstance(value, list):
        return [_without_ids(one) for one in value]
    if isinstance(value, dict):
        return {k: v for k, v in value.items() if k not in {"id", "added_at"}}
    return value


class TestDryRun:
    def test_gives_the_same_results_and_writes_nothing(self, recruiter):
        known = make_candidate(source="hr", external_id="c1", family_name="Before")
        rows = (person(1), person(2), b"{")

        one = done(recruiter, *rows, address=f"{PEOPLE}&dry_run=true")

        assert (one["state"], one["dry_run"]) == ("checked", True)
        assert figures(one) == (1, 1, 0, 1)
        assert [row["id"] for row in results(recruiter, one)] == [
            str(known.pk),
            None,
            None,
        ]
        assert Candidate.objects.get().family_name == "Before"
        assert not Event.objects.filter(kind=Happened.IMPORTED).exists()

    def test_can_be_followed_by_the_import_itself(self, recruiter):
        one = done(recruiter, person(1), address=f"{PEOPLE}&dry_run=true")

        answer = recruiter.post(f"/imports/{one['id']}/start", {})

        assert (answer.status_code, answer.json()["state"]) == (200, "importing")
        work_on(one["id"])
        assert figures(recruiter.get(f"/imports/{one['id']}").json()) == (1, 0, 0, 0)
        assert Candidate.objects.count() == 1

    def test_that_is_stopped_does_not_become_an_import(self, recruiter):
        one = sent(recruiter, lines(person(1)), f"{PEOPLE}&dry_run=true")
        assert recruiter.post(f"/imports/{one['id']}/cancel").status_code == 200

        answer = recruiter.post(f"/imports/{one['id']}/resume")

        assert answer.json()["state"] == "checking"
        work_on(one["id"])
        assert not Candidate.objects.exists()


class TestCancelAndResume:
    def test_stops_and_goes_on(self, recruiter):
        one = sent(recruiter, lines(person(1)))

        stopped = recruiter.post(f"/imports/{one['id']}/cancel")

        assert stopped.json()["state"] == "cancelled"
        work_on(one["id"])
        assert not Candidate.objects.exists()
        assert recruiter.post(f"/imports/{one['id']}/resume").status_code == 200
        work_on(one["id"])
        assert Candidate.objects.count() == 1

    def test_refuses_what_cannot_be_done_any_more(self, recruiter):
        one = done(recruiter, person(1))

        for action in ("cancel", "resume", "start"):
            assert_problem(recruiter.post(f"/imports/{one['id']}/{action}"), 409)

    def test_need_the_right_to_write_what_the_rows_are_to_go_on(self, recruiter):
        one = sent(recruiter, lines(person(1)))
        recruiter.post(f"/imports/{one['id']}/cancel")
        other = Caller(recruiter.user, [Scope.IMPORTS_READ, Scope.IMPORTS_WRITE])

        answer = other.post(f"/imports/{one['id']}/resume")

        assert_problem(answer, 403)
        assert answer.json()["errors"][0]["code"] == "missing_scope"

    def test_ends_where_the_token_was_revoked(self, recruiter):
        one = sent(recruiter, lines(person(1)))
        recruiter.token.revoked_at = recruiter.token.created_at
        recruiter.token.save()

        ended = work_on(one["id"])

        assert (ended.state, ended.created) == ("failed", 0)
        assert "revoked" in ended.failure
