"""The files of documents: their download, and who may have them."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from recruit.accounts.choices import Scope
from recruit.api import downloads
from recruit.applications.blinding import hide_names
from recruit.applications.choices import Stage
from recruit.candidates.models import Candidate
from recruit.candidates.operations import erase_candidate
from tests.api.caller import RANDOM, Caller, assert_problem, fields_in
from tests.api.documents import PDF, address, send
from tests.factories import (
    ACTOR,
    NOW,
    make_application,
    make_candidate,
    make_job,
    make_user,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("uploads")]


class TestDownload:
    def url_of(self, caller: Caller, person: Candidate, row: Any) -> str:
        answer = caller.get(f"{address(person)}/{row['id']}/download")
        assert answer.status_code == 200, answer.content
        url: str = answer.json()["url"]
        return url.removeprefix("http://testserver")

    def test_needs_no_token_and_is_never_shown_inline(self, recruiter, person):
        url = self.url_of(recruiter, person, send(recruiter, person).json())

        answer: Any = Client().get(url)

        assert b"".join(answer.streaming_content) == PDF
        assert answer["Content-Disposition"] == 'attachment; filename="CV of Kim.pdf"'
        assert answer["Content-Type"] == "application/pdf"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
        assert "no-store" in answer["Cache-Control"]

    def test_is_over_after_some_minutes(self, recruiter, person, monkeypatch):
        monkeypatch.setattr(downloads, "VALID", timedelta(seconds=-2))
        url = self.url_of(recruiter, person, send(recruiter, person).json())

        problem = assert_problem(Client().get(url), 410)

        assert problem["errors"][0]["code"] == "download_expired"

    def test_is_for_what_was_signed_only(self, recruiter, person):
        url = self.url_of(recruiter, person, send(recruiter, person).json())

        assert_problem(Client().get(f"{url[:-2]}xy"), 404)
        assert_problem(Client().get("/api/v1/downloads/nothing"), 404)

    def test_finds_nothing_of_somebody_erased_meanwhile(
        self, recruiter, person, django_capture_on_commit_callbacks
    ):
        url = self.url_of(recruiter, person, send(recruiter, person).json())

        with django_capture_on_commit_callbacks(execute=True):
            erase_candidate(candidate_id=person.pk, actor=ACTOR, erased_at=NOW)

        assert_problem(Client().get(url), 404)


class TestRights:
    def test_need_scopes_of_their_own(self, recruiter, person):
        row = send(recruiter, person).json()
        scopes = [Scope.CANDIDATES_READ, Scope.CANDIDATES_WRITE, Scope.PROTECTED]
        caller = Caller(make_user(), scopes)

        assert_problem(caller.get(address(person)), 403)
        assert_problem(caller.get(f"{address(person)}/{row['id']}/download"), 403)
        assert_problem(send(caller, person), 403)
        (shown,) = caller.get(f"/candidates/{person.pk}").json()["documents"]
        assert (shown["title"], shown["text"]) == (row["title"], None)
        answer = caller.patch(f"/candidates/{person.pk}", {"documents": []})
        assert fields_in(answer) == ["documents"]

    def test_need_the_one_to_contacts_for_the_file_itself(self, recruiter, person):
        row = send(recruiter, person).json()
        scopes = sorted(set(Scope.values) - {Scope.PROTECTED})
        caller = Caller(make_user(), scopes)

        answer = caller.get(f"{address(person)}/{row['id']}/download")

        problem = assert_problem(answer, 403)
        assert problem["errors"][0]["code"] == "missing_scope"

    def test_end_where_a_job_hides_names(self, recruiter, manager):
        job = make_job(hiring_manager=manager.user)
        person = make_application(job).candidate
        row = send(recruiter, person).json()
        here = f"{address(person)}/{row['id']}"
        assert manager.get(here).status_code == 200
        assert_problem(manager.delete(here), 403)

        hide_names(
            job_id=job.pk,
            reveal_stage=Stage.INTERVIEW,
            actor=ACTOR,
            changed_at=NOW,
        )

        for path in (address(person), here, f"{here}/download"):
            assert_problem(manager.get(path), 404)

    def test_are_those_to_the_person(self, recruiter, person):
        row = send(recruiter, person).json()
        other = make_candidate()

        assert_problem(recruiter.get(f"{address(other)}/{row['id']}/download"), 404)
        assert_problem(recruiter.delete(f"{address(other)}/{row['id']}"), 404)
        assert_problem(recruiter.get(f"{address(person)}/{RANDOM}/download"), 404)


class TestPage:
    def test_hands_the_file_out_to_who_sees_the_person(
        self, recruiter, manager, person, client
    ):
        row = send(recruiter, person).json()
        path = reverse("dashboard:document_file", args=[person.pk, row["id"]])
        client.force_login(recruiter.user)

        page = client.get(reverse("dashboard:candidate", args=[person.pk]))

        assert path in page.content.decode()
        answer = client.get(path)
        assert b"".join(answer.streaming_content) == PDF
        assert answer["Content-Disposition"].startswith("attachment")
        assert answer["Content-Security-Policy"].startswith("sandbox")
        client.force_login(manager.user)
        assert client.get(path).status_code == 404
