"""What the pages of a job that hides names must never send."""

import json
import re
from collections.abc import Iterable
from datetime import date
from io import BytesIO
from uuid import UUID

import pytest
from django.http import HttpResponseBase
from django.test import Client
from openpyxl import load_workbook

from recruit.accounts.models import User
from recruit.applications.blinding import hide_names
from recruit.applications.choices import Outcome, Stage
from recruit.applications.models import Application
from recruit.applications.operations import advance, reject
from recruit.applications.veil import veil_of
from recruit.candidates.inputs import (
    DocumentInput,
    EducationInput,
    ExperienceInput,
)
from recruit.candidates.models import Candidate
from recruit.events.choices import Happened
from recruit.events.models import Event
from recruit.jobs.models import Job
from recruit.notes.operations import write_note
from recruit.reviews.choices import Screened
from recruit.reviews.operations import start_screening
from tests.dashboard.conftest import client_of
from tests.factories import (
    ACTOR,
    LATER,
    NOW,
    make_application,
    make_candidate,
    make_job,
    reason_for,
)
from tests.matching.indexed import index_everything

JOB = "/jobs/GRD-1/"
SECRETS = ("zoltana", "quxfield", "eldermoor", "31612345678", "1987", "1991", "hr-77-")


@pytest.fixture
def job(recruiter: User, hiring_manager: User) -> Job:
    made = make_job(
        "Pruning",
        "Grafting",
        requisition_code="GRD-1",
        description="Prunes and grafts fruit trees in a large orchard.",
        hiring_manager=hiring_manager,
        recruiters=[recruiter],
    )
    hide_names(
        job_id=made.pk, reveal_stage=Stage.INTERVIEW, actor=ACTOR, changed_at=NOW
    )
    return made


def secretive(number: int) -> Candidate:
    """Make a person who tells who they are wherever something can be told."""
    return make_candidate(
        "Pruning",
        "Roses",
        given_name="Zoltana",
        family_name="Quxfield",
        emails=[f"zoltana{number}@quxfield.example"],
        phones=["+31612345678"],
        links=["https://example.org/zoltana"],
        external_id=f"hr-77-{number}",
        source="Referred by Zoltana",
        headline="Gardener Zoltana, Eldermoor University",
        summary="I am Zoltana. Grafting since 1987, taught at Eldermoor University.",
        education=[
            EducationInput(
                qualification="BSc, Eldermoor University",
                institution="Eldermoor University",
                started_in=1987,
                ended_in=1991,
            )
        ],
        experience=[
            ExperienceInput(
                title="Gardener",
                organisation="Quxfield & Daughters",
                started_on=date(1991, 9, 1),
                description="Zoltana led grafting from 1991 on.",
            )
        ],
        documents=[DocumentInput(title="CV Zoltana.pdf", text="Zoltana: grafting.")],
    )


@pytest.fixture
def ranked(job: Job) -> Candidate:
    person = secretive(1)
    index_everything()
    return person


@pytest.fixture
def waiting(job: Job) -> Application:
    return make_application(job, secretive(2))


@pytest.fixture
def screened(job: Job) -> Application:
    """Give somebody on the shortlist, still unnamed."""
    application = make_application(job, secretive(3))
    return advance(
        application_id=application.pk,
        to_stage=Stage.SCREENING,
        actor=ACTOR,
        moved_at=LATER,
    )


@pytest.fixture
def rejected(job: Job) -> Application:
    application = make_application(job, secretive(4))
    return reject(
        application_id=application.pk,
        reason=reason_for(Outcome.REJECTED),
        actor=ACTOR,
        moved_at=LATER,
    )


Everybody = tuple[Candidate, Application, Application, Application]


@pytest.fixture
def everybody(
    ranked: Candidate,
    waiting: Application,
    screened: Application,
    rejected: Application,
) -> Everybody:
    return ranked, waiting, screened, rejected


def said(answer: HttpResponseBase) -> str:
    """Return all that an answer sends, headers and sheets included."""
    body = answer.getvalue()
    text = body.decode("utf-8", "replace")
    if body.startswith(b"PK"):
        sheet = load_workbook(BytesIO(body)).active
        assert sheet is not None
        text = json.dumps([[str(cell) for cell in row] for row in sheet.values])
    # The length of a page may happen to be the number of a year.
    headers = {k: v for k, v in answer.items() if k.lower() != "content-length"}
    return f"{text} {headers}"


def assert_nobody_named(answer: HttpResponseBase, ids: Iterable[UUID]) -> None:
    text = said(answer).lower()
    # What was asked for is repeated on the page, in a link to itself.
    found = [
        text[max(text.index(word) - 80, 0) : text.index(word) + 40]
        for word in SECRETS
        if word in text
    ]
    assert not found, found
    for pk in ids:
        assert str(pk) not in text
        assert pk.hex not in text


def own_ids(everybody: Everybody) -> list[UUID]:
    ranked, *applications = everybody
    return [ranked.pk, *(one.candidate_id for one in applications)]


def pages(job: Job, everybody: Everybody, recruiter: User) -> list[str]:
    _ranked, waiting, screened, rejected = everybody
    veil = veil_of(job)
    handles = [veil.id_of(pk) for pk in own_ids(everybody)]
    screening = start_screening(
        job_id=job.pk,
        user=recruiter,
        screened=Screened.RANKED,
        candidate_ids=own_ids(everybody),
        started_at=NOW,
    )
    compared = "&".join(f"people={one}" for one in handles)
    return [
        JOB,
        f"{JOB}?order=hybrid",
        f"{JOB}?sort=contact",
        f"{JOB}?criteria=open",
        *(f"{JOB}candidates/{one}/" for one in handles),
        *(f"{JOB}screening/{screening.pk}/?at={place}" for place in (1, 2, 3, 4)),
        f"{JOB}screening/",
        f"{JOB}pipeline/",
        f"{JOB}pipeline/?view=list",
        f"{JOB}shortlist/",
        f"{JOB}shortlist/?person={handles[0]}",
        f"{JOB}shortlist/?name=Zoltan",
        f"{JOB}shortlist/print/?person={handles[1]}",
        f"{JOB}shortlist.csv?person={handles[0]}",
        f"{JOB}shortlist.xlsx?person={handles[3]}",
        f"{JOB}compare/?{compared}",
        f"{JOB}met-before/",
        f"{JOB}activity/",
        f"{JOB}activity/?kind=notes",
        f"{JOB}names/",
        *(f"/applications/{one.pk}/moves/" for one in (waiting, screened, rejected)),
        f"/api/v1/jobs/{job.pk}/matches",
        f"/api/v1/applications?job={job.pk}",
        f"/api/v1/applications/{screened.pk}",
    ]


class TestBlindJob:
    def test_names_nobody_on_any_page_or_file_or_in_the_api(
        self, recruiting: Client, recruiter, job, everybody
    ):
        write_note(
            text="Zoltana of Eldermoor University sounds keen.",
            actor=ACTOR,
            written_at=LATER,
            candidate_id=everybody[1].candidate_id,
            job_id=job.pk,
        )

        for address in pages(job, everybody, recruiter):
            answer = recruiting.get(address)

            assert answer.status_code == 200, address
            # The word somebody looked for stands in their own form.
            if "name=Zoltan" in address:
                assert "quxfield" not in said(answer).lower()
                continue
            assert_nobody_named(answer, own_ids(everybody))

    def test_names_nobody_to_the_hiring_manager(
        self, managing: Client, recruiter, job, everybody
    ):
        for address in pages(job, everybody, recruiter):
            answer = managing.get(address)

            if answer.status_code == 200 and "name=" not in address:
                assert_nobody_named(answer, own_ids(everybody))

    def test_shows_what_people_can_do(self, recruiting: Client, job, ranked):
        page = recruiting.get(JOB)
        handle = veil_of(job).id_of(ranked.pk)
        why = recruiting.get(f"{JOB}candidates/{handle}/").content.decode()

        assert "Pruning" in page.content.decode()
        assert f"{JOB}candidates/{handle}/" in page.content.decode()
        assert "led grafting" in why
        assert "<mark" in why

    def test_names_who_came_far_enough(self, recruiting: Client, job, screened):
        advance(
            application_id=screened.pk,
            to_stage=Stage.INTERVIEW,
            actor=ACTOR,
            moved_at=LATER,
        )

        for address in ("pipeline/", "shortlist/", "shortlist.csv", "activity/"):
            assert "Zoltana Quxfield" in said(recruiting.get(JOB + address)), address
        page = recruiting.get(f"{JOB}candidates/{screened.candidate_id}/")
        assert "Zoltana Quxfield" in page.content.decode()

    def test_tells_nobody_who_an_id_is(self, recruiting: Client, job, everybody):
        ranked = everybody[0]
        handle = veil_of(job).id_of(ranked.pk)

        assert recruiting.get(f"/candidates/{handle}/").status_code == 404
        assert recruiting.get(f"/candidates/{ranked.pk}/").status_code == 200
        # Else a name could be led to what stands on the pages without one.
        assert recruiting.get(f"{JOB}candidates/{ranked.pk}/").status_code == 404
        shortlist = recruiting.get(f"{JOB}shortlist/?person={ranked.pk}")
        assert veil_of(job).label(ranked.pk) not in shortlist.content.decode()

    def test_is_not_told_beside_a_name(self, recruiting: Client, job, everybody):
        waiting = everybody[1]
        address = f"/candidates/{waiting.candidate_id}/"

        person = recruiting.get(address).content.decode()
        activity = recruiting.get(f"{address}activity/").content.decode()
        found = recruiting.get(
            f"/api/v1/applications?candidate={waiting.candidate_id}"
        ).json()

        assert "Zoltana" in person
        assert f"{JOB}pipeline/" not in person
        assert "GRD-1" not in activity
        assert found["items"] == []

    def test_keeps_its_people_from_the_hiring_managers_other_pages(
        self, managing: Client, job, everybody
    ):
        waiting = everybody[1]

        listed = managing.get("/candidates/")
        person = managing.get(f"/candidates/{waiting.candidate_id}/")
        api = managing.get("/api/v1/candidates")

        assert_nobody_named(listed, own_ids(everybody))
        assert person.status_code == 404
        assert_nobody_named(api, own_ids(everybody))

    def test_is_told_of_on_home_and_in_mentions_without_names(
        self, recruiting: Client, recruiter, job, waiting
    ):
        note = write_note(
            text=f"@{recruiter.name} Zoltana wants to hear from us.",
            actor=ACTOR,
            written_at=LATER,
            candidate_id=waiting.candidate_id,
            job_id=job.pk,
        )

        # That somebody was added to the candidates is told by name, and of no job.
        Event.objects.filter(kind=Happened.CANDIDATE_CREATED).delete()

        for address in ("/", "/mentions/", f"/notes/{note.pk}/"):
            assert_nobody_named(recruiting.get(address), [waiting.candidate_id])
        found = recruiting.get("/candidates/?q=hear")
        assert "wants to" not in found.content.decode()

    def test_does_not_lead_from_a_figure_to_a_name(
        self, recruiting: Client, job, everybody
    ):
        for name in ("time-to-fill", "stages", "sources", "workload"):
            for end in ("rows/", "rows.csv"):
                answer = recruiting.get(f"/reports/{name}/{end}")
                if answer.status_code == 200:
                    assert_nobody_named(answer, own_ids(everybody))


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
        matches = recruiting.get(f"/api/v1/jobs/{job.pk}/matches").json()["matches"]
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
