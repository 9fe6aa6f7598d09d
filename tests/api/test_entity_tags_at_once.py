"""If-Match where two write at once, where a row has no version, in a session."""

import re
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test import Client
from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from recruit.accounts.choices import Scope
from recruit.api.views.base import Resource
from recruit.applications.models import DispositionReason
from tests.api.caller import Caller, assert_problem
from tests.factories import make_job, make_user
from tests.races import at_once

OF_ROW = re.compile(r'"(\d+)-[0-9a-f]{16}"')
OF_BODY = re.compile(r'(W/)?"[0-9a-f]{16}"')


class ReasonBody(serializers.ModelSerializer[DispositionReason]):
    class Meta:
        model = DispositionReason
        fields = ["id", "label"]


class Reasons(Resource[DispositionReason]):
    """A test's own: rows without a version that can be written."""

    read_scope = Scope.APPLICATIONS_READ
    write_scope = Scope.APPLICATIONS_WRITE
    row_class = ReasonBody
    body_classes = {"update": ReasonBody}

    def visible(self) -> QuerySet[DispositionReason]:
        return DispositionReason.objects.all()

    def retrieve(self, request: Request, pk: UUID) -> Response:
        return self.answer_row(self.get_object())

    def update(self, request: Request, pk: UUID) -> Response:
        reason = self.get_object()
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(0.05)")  # room for a race
        reason.label = self.checked_body().validated_data["label"]
        reason.save()
        return self.answer_row(reason)

    def destroy(self, request: Request, pk: UUID) -> Response:
        self.get_object().delete()
        return Response(status=204)


ROW = {"get": "retrieve", "put": "update", "delete": "destroy"}
urlpatterns = [
    path("api/v1/reasons/<uuid:pk>", Reasons.as_view(ROW)),  # type: ignore[arg-type]
]


@pytest.mark.django_db
@pytest.mark.urls(__name__)
class TestRowWithoutVersion:
    @pytest.fixture
    def address(self) -> str:
        reason = DispositionReason.objects.create(
            label="Too far", code="too-far", outcome="rejected"
        )
        return f"/reasons/{reason.pk}"

    def test_is_written_as_it_was_seen(self, recruiter, address):
        seen = recruiter.get(address)["ETag"]
        written = recruiter.put(address, {"label": "One"}, if_match=seen)
        again = recruiter.put(address, {"label": "Two"}, if_match=written["ETag"])

        assert (written.status_code, again.status_code) == (200, 200)
        assert recruiter.get(address)["ETag"] == again["ETag"]

    def test_is_not_written_over(self, recruiter, address):
        seen = recruiter.get(address)["ETag"]
        recruiter.put(address, {"label": "One"})

        for answer in (
            recruiter.put(address, {"label": "Two"}, if_match=seen),
            recruiter.delete(address, if_match=seen),
        ):
            assert_problem(answer, 412)
        assert recruiter.get(address).json()["label"] == "One"

    def test_is_not_written_over_by_the_same(self, recruiter, address):
        seen = recruiter.get(address)["ETag"]
        recruiter.put(address, {"label": "Too far"})

        assert_problem(recruiter.delete(address, if_match=seen), 412)


@pytest.mark.django_db(transaction=True)
class TestRace:
    @pytest.fixture
    def seen(self) -> tuple[Caller, str, str]:
        caller, job = Caller(make_user()), make_job()
        return caller, f"/jobs/{job.pk}", caller.get(f"/jobs/{job.pk}")["ETag"]

    def test_of_two_with_the_same_tag_has_one_winner(self, seen):
        caller, address, tag = seen

        answers: list[Any] = at_once(
            *(
                lambda title=title: caller.patch(
                    address, {"title": title}, if_match=tag
                )
                for title in ("One", "Two", "Three")
            )
        )

        statuses = sorted(answer.status_code for answer in answers)
        assert statuses == [200, 412, 412]

    @pytest.mark.urls(__name__)
    def test_about_a_row_without_version_has_one_winner(self):
        reason = DispositionReason.objects.create(
            label="Too far", code="too-far", outcome="rejected"
        )
        caller, address = Caller(make_user()), f"/reasons/{reason.pk}"
        tag = caller.get(address)["ETag"]

        answers: list[Any] = at_once(
            *(
                lambda label=label: caller.put(address, {"label": label}, if_match=tag)
                for label in ("One", "Two", "Three")
            )
        )

        statuses = sorted(answer.status_code for answer in answers)
        assert statuses == [200, 412, 412]


@pytest.mark.django_db
class TestSession:
    def test_gets_a_304_too(self):
        client = Client()
        client.force_login(make_user())
        seen = client.get("/api/v1/jobs")["ETag"]

        answer = client.get("/api/v1/jobs", headers={"if-none-match": seen})

        assert answer.status_code == 304
