"""Idempotency-Key: what is asked twice is done once."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from recruit.accounts.choices import Scope
from recruit.api.bodies import written
from recruit.api.idempotency import delete_old_answers
from recruit.api.models import KeptAnswer
from recruit.api.tasks import forget
from recruit.candidates.models import Candidate
from recruit.candidates.operations import erase_candidate
from recruit.common.sealing import sealed, unsealed
from recruit.events.models import Event
from recruit.imports.models import FileImport
from recruit.jobs.choices import JobStatus
from recruit.jobs.models import Job
from tests.api.caller import Caller, assert_problem, code_of
from tests.factories import (
    ACTOR,
    NOW,
    make_application,
    make_candidate,
    make_job,
    make_user,
)

JOB = {"requisition_code": "KEY-1", "title": "Gardener"}
KEY = {"idempotency_key": "0d6f"}
REPLAYED = "Idempotency-Replayed"


@pytest.mark.django_db
class TestRepeatedRequest:
    def test_is_answered_as_the_first(self, recruiter):
        first = recruiter.post("/jobs", JOB, **KEY)
        second = recruiter.post("/jobs", JOB, **KEY)

        assert first.status_code == second.status_code == 201
        assert first.content == second.content
        assert REPLAYED not in first.headers
        assert second[REPLAYED] == "true"
        for name in ("Location", "ETag", "Content-Type"):
            assert first[name] == second[name]

    def test_is_not_done_again(self, recruiter):
        for _ in range(3):
            recruiter.post("/jobs", JOB, **KEY)

        assert Job.objects.count() == Event.objects.count() == 1

    def test_may_write_the_same_differently(self, recruiter):
        first = recruiter.post("/jobs", JOB, **KEY)
        spaced = json.dumps(dict(reversed(JOB.items())), indent=4).encode()

        assert recruiter.post("/jobs", spaced, **KEY).content == first.content

    def test_answers_an_action_without_a_body(self, recruiter):
        path = f"/applications/{make_application().pk}/withdraw"
        first = recruiter.post(path, {}, **KEY)
        undone = recruiter.post(f"{path}x", None, **KEY)

        assert_problem(first, 400)
        assert_problem(undone, 404)

    def test_moves_once(self, recruiter):
        application = make_application()
        path = f"/applications/{application.pk}/move"

        versions = [
            recruiter.post(path, {"to_stage": "screening"}, **KEY).json()["version"]
            for _ in range(2)
        ]

        assert versions == [application.version + 1] * 2

    def test_has_an_id_of_its_own(self, recruiter):
        first = recruiter.post("/jobs", JOB, **KEY)
        second = recruiter.post("/jobs", JOB, **KEY)

        assert first["X-Request-Id"] != second["X-Request-Id"]

    def test_with_another_body_is_a_422(self, recruiter):
        recruiter.post("/jobs", JOB, **KEY)

        answer = recruiter.post("/jobs", {**JOB, "requisition_code": "K2"}, **KEY)

        assert_problem(answer, 422)
        assert code_of(answer) == "idempotency_key_reused"
        assert Job.objects.count() == 1

    def test_to_another_address_is_a_422(self, recruiter):
        paths = [f"/applications/{make_application().pk}/move" for _ in range(2)]
        recruiter.post(paths[0], {"to_stage": "screening"}, **KEY)

        answer = recruiter.post(paths[1], {"to_stage": "screening"}, **KEY)

        assert_problem(answer, 422)

    def test_by_another_caller_is_another_request(self, recruiter):
        other = Caller(recruiter.user)
        first = recruiter.post("/jobs", JOB, **KEY)

        answer = other.post("/jobs", {**JOB, "requisition_code": "K2"}, **KEY)

        assert answer.status_code == 201
        assert answer.json()["id"] != first.json()["id"]

    def test_without_the_right_to_ask_is_not_answered(self, recruiter):
        recruiter.post("/jobs", JOB, **KEY)
        recruiter.token.scopes = []
        recruiter.token.save()

        assert_problem(recruiter.post("/jobs", JOB, **KEY), 403)

    def test_with_other_rights_is_neither_done_nor_shown(self, recruiter):
        mine = {"confidential": True, "recruiters": [str(recruiter.user.pk)]}
        assert recruiter.post("/jobs", {**JOB, **mine}, **KEY).status_code == 201
        recruiter.token.scopes.remove(Scope.CONFIDENTIAL)
        recruiter.token.save()

        answer = recruiter.post("/jobs", {**JOB, **mine}, **KEY)

        assert_problem(answer, 410)
        assert code_of(answer) == "answer_forgotten"
        assert Job.objects.count() == 1

    @pytest.mark.parametrize("method", ["put", "patch"])
    def test_of_another_method_needs_no_key(self, recruiter, method):
        path = f"/jobs/{make_job().pk}"
        for title in ("One", "Two"):
            getattr(recruiter, method)(path, {"title": title}, **KEY)

        assert not KeptAnswer.objects.exists()


@pytest.mark.django_db
class TestKey:
    @pytest.mark.parametrize("key", ["", "a b", "ü", "x" * 256, "a\tb"])
    def test_that_is_none_is_a_400(self, recruiter, key):
        answer = recruiter.post("/jobs", JOB, idempotency_key=key)

        assert assert_problem(answer, 400)["errors"][0]["field"] == "Idempotency-Key"
        assert not Job.objects.exists()

    @pytest.mark.parametrize("key", ["x", "~" * 255, '"8e03978e-40d5"', "a,b;c=d"])
    def test_is_any_visible_text(self, recruiter, key):
        answers = [recruiter.post("/jobs", JOB, idempotency_key=key) for _ in "12"]

        assert answers[1][REPLAYED] == "true"


@pytest.mark.django_db
class TestRefusal:
    def test_by_the_facts_is_kept(self, recruiter):
        job = make_job(status=JobStatus.CLOSED)
        body = {"job": str(job.pk), "candidate": str(make_candidate().pk)}
        first = recruiter.post("/applications", body, **KEY)
        Job.objects.update(status=JobStatus.OPEN)

        second = recruiter.post("/applications", body, **KEY)

        assert_problem(first, 409)
        assert second.status_code == 409
        assert second.content == first.content
        assert second[REPLAYED] == "true"

    def test_of_the_request_itself_leaves_the_key(self, recruiter):
        refused = recruiter.post("/jobs", {**JOB, "openings": -1}, **KEY)
        mended = recruiter.post("/jobs", JOB, **KEY)

        assert_problem(refused, 400)
        assert mended.status_code == 201

    def test_leaves_nothing_behind(self, recruiter, monkeypatch):
        def write_and_refuse(**_said: object) -> None:
            make_candidate()
            raise Job.DoesNotExist

        monkeypatch.setattr("recruit.api.views.jobs.create_job", write_and_refuse)

        for headers in ({}, KEY):
            assert_problem(recruiter.post("/jobs", JOB, **headers), 404)

        assert not Candidate.objects.exists()

    def test_by_a_mistake_of_ours_leaves_the_key(self, recruiter, monkeypatch):
        def write_and_fall(**_said: object) -> None:
            make_candidate()
            raise RuntimeError

        with monkeypatch.context() as patched:
            patched.setattr("recruit.api.views.jobs.create_job", write_and_fall)
            assert_problem(recruiter.post("/jobs", JOB, **KEY), 500)

        assert not Candidate.objects.exists()
        assert recruiter.post("/jobs", JOB, **KEY).status_code == 201


@pytest.mark.django_db
class TestKeptAnswer:
    def test_is_replayed_for_a_day(self, recruiter):
        recruiter.post("/jobs", JOB, **KEY)
        almost = timezone.now() - timedelta(hours=23, minutes=59)
        KeptAnswer.objects.update(created_at=almost)

        assert recruiter.post("/jobs", JOB, **KEY)[REPLAYED] == "true"

    def test_is_over_after_a_day(self, recruiter):
        recruiter.post("/jobs", JOB, **KEY)
        KeptAnswer.objects.update(created_at=timezone.now() - timedelta(hours=24))

        answer = recruiter.post("/jobs", {**JOB, "requisition_code": "K2"}, **KEY)

        assert answer.status_code == 201
        assert recruiter.post(
            "/jobs", {**JOB, "requisition_code": "K2"}, **KEY
        ).has_header(REPLAYED)

    def test_is_deleted_when_it_is_over(self, recruiter):
        recruiter.post("/jobs", JOB, **KEY)
        kept_at = KeptAnswer.objects.get().created_at

        assert delete_old_answers(now=kept_at + timedelta(hours=23)) == 0
        assert delete_old_answers(now=kept_at + timedelta(hours=24)) == 1

    def test_shows_nothing_to_who_reads_the_database(self, recruiter):
        answer = recruiter.post("/jobs", JOB, **KEY)

        kept = KeptAnswer.objects.get()
        assert answer.json()["id"] not in kept.body
        assert unsealed(kept.body, purpose="answers") == answer.content.decode()

    def test_that_cannot_be_read_is_not_done_again(self, recruiter):
        recruiter.post("/jobs", JOB, **KEY)
        KeptAnswer.objects.update(body=sealed("{}", purpose="another"))

        answer = recruiter.post("/jobs", JOB, **KEY)

        assert_problem(answer, 410)
        assert code_of(answer) == "answer_forgotten"

    def test_is_deleted_by_a_task_of_its_own(self, recruiter):
        recruiter.post("/jobs", JOB, **KEY)
        KeptAnswer.objects.update(created_at=timezone.now() - timedelta(days=2))

        forget(timestamp=0)

        assert not KeptAnswer.objects.exists()


@pytest.mark.django_db
class TestErasedPerson:
    def test_stands_in_no_kept_answer(self, recruiter):
        body = {"family_name": "Ariadne-Vos"}
        made = recruiter.post("/candidates", body, **KEY)
        person = made.json()["id"]
        job = make_job()
        applied = {"job": str(job.pk), "candidate": person}
        recruiter.post("/applications", applied, idempotency_key="other")

        erase_candidate(candidate_id=person, actor=ACTOR, erased_at=NOW)

        assert all(one.body == "" for one in KeptAnswer.objects.all())
        answer = recruiter.post("/candidates", body, **KEY)
        assert_problem(answer, 410)
        assert code_of(answer) == "answer_forgotten"
        assert Candidate.objects.count() == 1

    def test_leaves_the_answers_about_others(self, recruiter):
        recruiter.post("/jobs", JOB, **KEY)
        erase_candidate(candidate_id=make_candidate().pk, actor=ACTOR, erased_at=NOW)

        assert recruiter.post("/jobs", JOB, **KEY).status_code == 201


class TestWritten:
    def test_tells_numbers_from_texts(self):
        assert written({"a": 1}) != written({"a": "1"})

    def test_tells_files_by_their_content(self):
        def form(content: bytes) -> dict[str, object]:
            return {"file": SimpleUploadedFile("cv.pdf", content)}

        assert written(form(b"one")) == written(form(b"one"))
        assert written(form(b"one")) != written(form(b"two"))

    def test_leaves_a_file_to_be_read(self):
        file = SimpleUploadedFile("cv.pdf", b"one")
        written([file, b"raw"])

        assert file.read() == b"one"


@pytest.mark.django_db
class TestSession:
    def test_has_keys_too(self, client):
        client.force_login(make_user())
        answers = [
            client.post(
                "/api/v1/jobs",
                JOB,
                content_type="application/json",
                headers={"idempotency-key": "k"},
            )
            for _ in range(2)
        ]

        assert answers[1][REPLAYED] == "true"


@pytest.mark.django_db
class TestFileThatIsStreamed:
    ADDRESS = "/imports?of=candidates&source=ats"
    LINES = b'{"external_id": "c1", "family_name": "Vos"}\n'

    @pytest.fixture(autouse=True)
    def _folder(self, settings: Any, tmp_path: Path) -> None:
        settings.MEDIA_ROOT = tmp_path

    def _sent(self, caller: Caller, lines: bytes) -> Any:
        return caller.send(self.ADDRESS, lines, "application/x-ndjson", **KEY)

    def test_is_taken_once(self, recruiter):
        first, second = (self._sent(recruiter, self.LINES) for _ in range(2))

        assert first.status_code == second.status_code == 202
        assert second[REPLAYED] == "true"
        assert second.json() == first.json()
        assert FileImport.objects.get().size == len(self.LINES)

    def test_with_other_lines_is_a_422(self, recruiter):
        self._sent(recruiter, self.LINES)

        assert_problem(self._sent(recruiter, self.LINES * 2), 422)

    def test_that_is_too_large_is_not_taken(self, recruiter, monkeypatch):
        monkeypatch.setattr("recruit.api.views.imports.Imports.most_bytes", 10)

        assert_problem(self._sent(recruiter, self.LINES), 413)
        assert not FileImport.objects.exists()
