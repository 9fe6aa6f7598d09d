"""Bodies are those of REST framework, in lists as for one row."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from rest_framework import serializers

from recruit.api.access import Access
from recruit.api.serializers.applications import ApplicationSerializer
from recruit.api.serializers.base import StrictModelSerializer
from recruit.api.serializers.candidates import CandidateSerializer
from recruit.api.serializers.jobs import JobSerializer
from recruit.api.serializers.skills import SkillSerializer
from recruit.applications.models import Application
from recruit.candidates.inputs import (
    DocumentInput,
    EducationInput,
    ExperienceInput,
    LanguageInput,
    SkillInput,
)
from recruit.candidates.models import Candidate
from recruit.jobs.models import Job
from recruit.jobs.operations import RequirementInput
from recruit.skills.models import Skill
from tests.api.caller import Caller
from tests.factories import (
    NOW,
    make_application,
    make_candidate,
    make_job,
    make_user,
)


def plain(serializer: Any) -> Any:
    """Return what REST framework's own code makes of a row."""
    ours = StrictModelSerializer.to_representation
    StrictModelSerializer.to_representation = (  # type: ignore[method-assign]
        serializers.ModelSerializer.to_representation
    )
    try:
        return serializer.data
    finally:
        StrictModelSerializer.to_representation = ours  # type: ignore[method-assign]


@pytest.fixture
def rows(db):
    """Make rows with all there is to say of them, and with as little as can be."""
    full = make_candidate(
        SkillInput("pruning", years=Decimal("2.5"), last_used=2024),
        "grafting",
        emails=["kim@example.org"],
        phones=["+31 6"],
        links=["https://example.org"],
        country="NL",
        years_of_experience=Decimal("3.5"),
        salary_expectation=Decimal("40000.50"),
        salary_currency="EUR",
        available_from=date(2026, 5, 1),
        last_contact_at=NOW,
        experience=[ExperienceInput(title="Gardener", started_on=date(2020, 1, 1))],
        education=[EducationInput(qualification="Diploma", started_in=2010)],
        languages=[LanguageInput(language="nl")],
        documents=[DocumentInput(title="CV", text="Roses.")],
    )
    user = make_user()
    requirement = RequirementInput("pruning", minimum_years=Decimal(2))
    job = make_job(requirement, hiring_manager=user, recruiters=[user, make_user()])
    make_application(job, full)
    make_application()


@pytest.mark.parametrize(
    ("serializer", "model"),
    [
        (CandidateSerializer, Candidate),
        (JobSerializer, Job),
        (ApplicationSerializer, Application),
        (SkillSerializer, Skill),
    ],
)
class TestWriting:
    def test_is_what_rest_framework_writes(self, rows, serializer, model):
        access = Access(user=make_user(), token=None)
        context = {"access": access}
        for row in model.objects.all():
            ours = serializer(row, context=context).data

            assert ours == plain(serializer(row, context=context))
            assert list(ours) == list(serializer.Meta.fields)


@pytest.mark.parametrize("resource", ["jobs", "candidates", "applications", "skills"])
class TestList:
    def test_holds_rows_as_they_are_read_alone(self, rows, resource):
        caller = Caller(make_user())

        listed = caller.get(f"/{resource}").json()["items"]

        assert listed
        for row in listed:
            alone = caller.get(f"/{resource}/{row['id']}").json()
            for document in alone.get("documents", ()):
                del document["text"]
            assert list(row) == list(alone)
            assert row == alone
