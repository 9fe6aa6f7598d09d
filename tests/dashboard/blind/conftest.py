"""A job that hides names, and people who tell who they are wherever they can."""

import json
from collections.abc import Iterable
from datetime import date
from io import BytesIO
from uuid import UUID

import pytest
from django.http import HttpResponseBase
from openpyxl import load_workbook

from recruit.accounts.models import User
from recruit.applications.blinding import hide_names
from recruit.applications.choices import Outcome, Stage
from recruit.applications.models import Application
from recruit.applications.operations import advance, reject
from recruit.candidates.inputs import (
    DocumentInput,
    EducationInput,
    ExperienceInput,
)
from recruit.candidates.models import Candidate
from recruit.jobs.models import Job
from tests.dashboard.blind.secrets import secrets_in
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
    # A length may hold any number.
    headers = {name: told for name, told in answer.items() if name != "Content-Length"}
    return f"{text} {headers}"


def assert_nobody_named(answer: HttpResponseBase, ids: Iterable[UUID]) -> None:
    found = secrets_in(said(answer), ids)
    assert not found, found


def own_ids(everybody: Everybody) -> list[UUID]:
    ranked, *applications = everybody
    return [ranked.pk, *(one.candidate_id for one in applications)]
