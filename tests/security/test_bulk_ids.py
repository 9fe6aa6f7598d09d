"""Ids in bulk rows: a row that names a foreign one fares as one that names none.

The fields are taken from what reads the rows: one that is added is asked about too.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.urls import get_resolver
from rest_framework.fields import UUIDField

from recruit.accounts.operations import deactivate_users
from recruit.api.serializers.candidates import CandidateSerializer
from recruit.api.serializers.imports import ApplicationLineSerializer
from recruit.api.serializers.jobs import JobSerializer
from recruit.candidates.inputs import (
    DocumentInput,
    EducationInput,
    ExperienceInput,
    LanguageInput,
)
from recruit.candidates.operations import erase_candidate
from recruit.jobs.models import Job
from recruit.jobs.operations import delete_job
from recruit.talent.operations import add_to_pool, create_pool
from tests.api.caller import Caller, assert_problem
from tests.factories import ACTOR, LATER, NOW, make_candidate, make_job, make_user
from tests.imports.sent import work_on

pytestmark = pytest.mark.django_db

Way = tuple[str, ...]
READERS = {
    "jobs": JobSerializer,
    "candidates": CandidateSerializer,
    "applications": ApplicationLineSerializer,
}
# Beside the ids in the rows of a part, what such a row needs.
PARTS: Mapping[str, Mapping[str, str]] = {
    "skills": {"skill": "Pruning"},
    "experience": {"title": "Gardener"},
    "education": {"qualification": "Certificate"},
    "languages": {"language": "fr"},
    "documents": {"title": "CV"},
    "requirements": {"skill": "Pruning"},
}


@pytest.fixture(autouse=True)
def uploads(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def recruiter() -> Caller:
    return Caller(make_user())


def closed() -> UUID:
    """Close an account: for callers there is no such account."""
    user = make_user()
    deactivate_users(user_ids=[user.pk], ended_at=NOW)
    return user.pk


def erased(**said: Any) -> UUID:
    person = make_candidate(**said)
    erase_candidate(candidate_id=person.pk, actor=ACTOR, erased_at=NOW)
    return person.pk


def ways_to_ids(serializer: Any, way: Way = ()) -> Iterator[Way]:
    """Yield where ids stand in a row, also those that are for reading alone."""
    for name, one in serializer.fields.items():
        child = getattr(one, "child", None)
        if isinstance(one, UUIDField) or isinstance(child, UUIDField):
            yield (*way, name)
        if hasattr(child, "fields"):
            yield from ways_to_ids(child, (*way, name))


def foreign_ids() -> dict[str, dict[Way, UUID]]:
    """Return ids that are there, but not for the caller or not for such a row."""
    hidden = make_job("Pruning", confidential=True)
    person = make_candidate(
        "Pruning",
        experience=[ExperienceInput("Gardener")],
        education=[EducationInput("Certificate")],
        languages=[LanguageInput("fr")],
        documents=[DocumentInput("CV", "Roses")],
    )
    held = person.skills.get()
    return {
        "jobs": {
            ("id",): hidden.pk,
            ("hiring_manager",): closed(),
            ("recruiters",): closed(),
            ("requirements", "skill_id"): held.skill_id,
        },
        "candidates": {
            ("id",): person.pk,
            ("skills", "id"): held.pk,
            ("skills", "skill_id"): held.skill_id,
            ("experience", "id"): person.experience.get().pk,
            ("education", "id"): person.education.get().pk,
            ("languages", "id"): person.languages.get().pk,
            ("documents", "id"): person.documents.get().pk,
        },
        "applications": {("job",): hidden.pk, ("candidate",): erased()},
    }


def row_of(of: str, key: str, **said: Any) -> dict[str, Any]:
    """Return a row that would land by itself."""
    if of == "jobs":
        return {"requisition_code": key, "title": "Gardener"} | said
    if of == "applications":
        return {
            "external_id": key,
            "job": str(make_job().pk),
            "candidate": str(make_candidate().pk),
        } | said
    return {"external_id": key, "family_name": "Family"} | said


def row_with_id(of: str, key: str, way: Way, value: UUID) -> dict[str, Any]:
    if len(way) > 1:
        part, name = way
        return row_of(of, key, **{part: [{**PARTS[part], name: str(value)}]})
    (name,) = way
    is_list = hasattr(READERS[of]().fields[name], "child")
    return row_of(of, key, **{name: [str(value)] if is_list else str(value)})


def imported(caller: Caller, of: str, rows: Iterable[Any]) -> list[Any]:
    """Send rows, let the worker do them, and return what is told of each."""
    body = b"".join(json.dumps(row).encode() + b"\n" for row in rows)
    sent = caller.send(f"/imports?of={of}&source=hr", body, "application/x-ndjson")
    assert sent.status_code == 202, sent.content
    work_on(sent.json()["id"])
    answer = caller.get(f"/imports/{sent.json()['id']}/rows?per_page=100")
    found: list[Any] = answer.json()["items"]
    return found


def told(row: Mapping[str, Any], *said: object) -> str:
    """Return what is told of a row, without what it said itself."""
    text = json.dumps({**row, "row": None})
    for one in said:
        text = text.replace(str(one), "SAID")
    return text


class TestRowsOfImports:
    @pytest.mark.parametrize("of", list(READERS))
    def test_are_told_the_same_of_ids(self, recruiter, of):
        foreign = foreign_ids()[of]
        rows: list[Any] = []
        said: list[UUID] = []
        ways = list(ways_to_ids(READERS[of]()))
        assert set(ways) == foreign.keys()
        for way in ways:
            for value in (foreign[way], uuid4()):
                rows.append(row_with_id(of, f"K-{len(rows)}", way, value))
                said.append(value)

        results = imported(recruiter, of, rows)

        plain = [told(*pair) for pair in zip(results, said, strict=True)]
        assert {row["status"] for row in results} == {"rejected"}
        assert plain[::2] == plain[1::2]

    def test_are_told_the_same_of_keys_of_what_is_no_more(self, recruiter):
        key: dict[str, Any] = {"source": "old ats", "external_id": "4711"}
        erased(**key)
        deleted = make_job(requisition_code="GONE-1", **key)
        delete_job(job_id=deleted.pk, actor=ACTOR, deleted_at=LATER)
        other = {**key, "external_id": "4712"}

        people = [row_of("candidates", "x", **one) for one in (key, other)]
        jobs = [row_of("jobs", "GONE-1", **key), row_of("jobs", "GONE-2", **other)]

        for of, rows in (("candidates", people), ("jobs", jobs)):
            results = imported(recruiter, of, rows)
            first, second = (told(row, row["id"]) for row in results)
            assert first == second
            assert results[0]["status"] == "created"

    def test_are_told_only_that_keys_of_hidden_jobs_are_taken(self, recruiter):
        """No row can land beside the other, whoever sees it; nothing more is said."""
        key: dict[str, Any] = {"source": "ats", "external_id": "4711"}
        hidden = make_job(
            requisition_code="HR-1", title="Secret", confidential=True, **key
        )
        make_job(requisition_code="HR-2", source="ats", external_id="4712")

        by_code, by_key, of_seen = imported(
            recruiter,
            "jobs",
            [
                row_of("jobs", "HR-1"),
                row_of("jobs", "NEW-1", **key),
                row_of("jobs", "HR-2", source="ats", external_id="4713"),
            ],
        )

        assert told(by_code, "HR-1") == told(by_key, "NEW-1") == told(of_seen, "HR-2")
        assert by_code["errors"][0]["code"] == "requisition_code_taken"
        assert by_code["id"] is None
        assert Job.objects.get(pk=hidden.pk).version == hidden.version


def lists_of_ids() -> set[str]:
    """Return the fields of bodies that hold many ids, of all views of the API."""
    found: set[str] = set()
    for pattern in get_resolver("recruit.api.urls").url_patterns:
        view: Any = getattr(pattern.callback, "cls", None)
        for body_class in getattr(view, "body_classes", {}).values():
            for name, one in body_class(context={"access": None}).fields.items():
                if isinstance(getattr(one, "child", None), UUIDField):
                    found.add(name)
    return found


class TestLists:
    def test_of_ids_are_all_known_to_this_test(self):
        assert lists_of_ids() == {"candidates", "recruiters"}

    def test_say_the_same_of_each_person(self, recruiter):
        pool = create_pool(
            owner=recruiter.user,
            name="Welders",
            is_shared=False,
            actor=ACTOR,
            created_at=NOW,
        )
        held, fresh = make_candidate(), make_candidate()
        add_to_pool(pool_id=pool.pk, candidate_ids=[held.pk], actor=ACTOR, added_at=NOW)
        erase_candidate(candidate_id=held.pk, actor=ACTOR, erased_at=LATER)
        ids = [str(one) for one in (held.pk, uuid4(), fresh.pk, erased(), uuid4())]

        for address, done in (("", "added"), ("/take", "taken")):
            path = f"/talent_pools/{pool.pk}/candidates{address}"
            results = recruiter.post(path, {"candidates": ids}).json()["results"]

            assert [row.pop("candidate") for row in results] == ids
            none = {"result": "does_not_exist"}
            assert results == [none, none, {"result": done}, none, none]

    def test_say_the_same_of_each_account(self, recruiter):
        ids = [str(one) for one in (closed(), uuid4(), recruiter.user.pk, uuid4())]
        body = {"requisition_code": "R-1", "title": "Gardener", "recruiters": ids}

        problem = assert_problem(recruiter.post("/jobs", body), 400)

        fields = [error.pop("field") for error in problem["errors"]]
        assert fields == ["recruiters[0]", "recruiters[1]", "recruiters[3]"]
        first, *others = problem["errors"]
        assert others == [first, first]
        assert not Job.objects.exists()
