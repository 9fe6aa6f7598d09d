"""Moving people of a job that hides names, and hiding them."""

import re

from django.test import Client

from recruit.applications.choices import Stage
from recruit.applications.models import Application
from recruit.applications.veil import veil_of
from recruit.reviews.choices import Screened
from tests.dashboard.blind.conftest import JOB, assert_nobody_named, said
from tests.dashboard.conftest import client_of
from tests.factories import (
    make_application,
    make_candidate,
    make_job,
)


class TestMovesOfABlindJob:
    def test_add_somebody_by_what_stands_on_the_page(
        self, recruiting: Client, job, ranked
    ):
        handle = veil_of(job).id_of(ranked.pk)

        answer = recruiting.post(
            f"{JOB}applications/", {"candidate": str(handle)}, follow=True
        )

        assert Application.objects.filter(job=job, candidate=ranked).exists()
        assert f"{veil_of(job).label(ranked.pk)} is in the pipeline now." in said(
            answer
        )
        assert_nobody_named(answer, [ranked.pk])

    def test_are_refused_without_names(self, recruiting: Client, job, waiting):
        handle = veil_of(job).id_of(waiting.candidate_id)

        answer = recruiting.post(
            f"{JOB}applications/", {"candidates": [str(handle)]}, follow=True
        )

        assert "in the pipeline already" in said(answer)
        assert_nobody_named(answer, [waiting.candidate_id])

    def test_tell_no_code_name_of_whom_a_name_was_asked_for(
        self, recruiting: Client, job, ranked, waiting
    ):
        ids = {"candidates": [str(ranked.pk), str(waiting.candidate_id)]}

        answer = recruiting.post(f"{JOB}applications/", ids, follow=True)

        flashes = [str(one) for one in answer.context["messages"]]
        assert flashes == [
            "Zoltana Quxfield is in the pipeline now.",
            "Not added: Zoltana Quxfield (this job hides names and tells no reason).",
        ]

    def test_are_told_without_names(self, recruiting: Client, job, waiting):
        moved = recruiting.post(
            f"/applications/{waiting.pk}/advance/",
            {"to_stage": Stage.SCREENING, "expected_version": waiting.version},
            follow=True,
        )

        label = veil_of(job).label(waiting.candidate_id)
        assert f"{label} moved to" in said(moved)
        assert_nobody_named(moved, [waiting.candidate_id])

    def test_of_screening_name_nobody(self, recruiting: Client, recruiter, job, ranked):
        started = recruiting.post(
            f"{JOB}screening/", {"screened": Screened.RANKED, "size": "25"}
        )
        page = recruiting.get(started["Location"]).content.decode()
        handle = re.search(r'name="candidate" value="([^"]+)"', page)
        decision = re.search(r'name="decision" value="([^"]+)"', page)
        assert handle is not None
        assert decision is not None

        answer = recruiting.post(
            f"{started['Location']}decide/",
            {
                "candidate": handle[1],
                "decision": decision[1],
                "seen_version": "0",
                "verdict": "shortlisted",
                "at": "1",
            },
            follow=True,
        )

        assert Application.objects.filter(job=job, candidate=ranked).exists()
        assert_nobody_named(answer, [ranked.pk])

    def test_of_the_api_take_the_id_that_its_matches_give(
        self, recruiting: Client, job, ranked
    ):
        matches = recruiting.get(f"/api/v1/jobs/{job.pk}/matches").json()["items"]
        given = matches[0]["candidate"]["id"]

        made = recruiting.post(
            "/api/v1/applications",
            {"job": str(job.pk), "candidate": given},
            content_type="application/json",
        )

        assert made.status_code == 201, made.content
        assert made.json()["candidate"] == given
        assert Application.objects.filter(job=job, candidate=ranked).exists()


class TestNamesPage:
    def test_hides_and_shows_names(self, recruiting: Client, recruiter):
        job = make_job("Pruning", requisition_code="GRD-2", recruiters=[recruiter])
        make_application(job, make_candidate(given_name="Ada"))

        recruiting.post("/jobs/GRD-2/names/", {"known_from": Stage.OFFER})
        hidden = recruiting.get("/jobs/GRD-2/pipeline/").content.decode()
        recruiting.post("/jobs/GRD-2/names/", {"known_from": ""})
        shown = recruiting.get("/jobs/GRD-2/pipeline/").content.decode()

        assert "Ada" not in hidden
        assert "Names hidden until" in hidden
        assert "Ada" in shown

    def test_refuses_a_stage_that_is_none(self, recruiting: Client, job):
        answer = recruiting.post(f"{JOB}names/", {"known_from": "party"})

        assert answer.status_code == 422

    def test_is_for_recruiters(self, managing: Client, hiring_manager, job):
        assert managing.get(f"{JOB}names/").status_code == 404
        assert client_of(hiring_manager).get(f"{JOB}pipeline/").status_code == 200
