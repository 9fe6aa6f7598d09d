"""Contacts, pay and work permits: only with the scope candidates:protected."""

import json
from typing import Any

import pytest

from recruit.accounts.choices import Scope
from recruit.api.protected import FIELDS
from recruit.candidates.inputs import DocumentInput, ExperienceInput
from recruit.candidates.models import Candidate
from tests.api.caller import Caller, assert_problem
from tests.factories import make_candidate, make_job, make_user
from tests.matching.indexed import index_everything

pytestmark = pytest.mark.django_db

SECRETS = ["kim@example.org", "0612345678", "linkedin.com/in/kim", "54321"]
CV = "Kim Vos, kim@example.org, 0612345678. Baked bread, see linkedin.com/in/kim now."
OPEN = [one for one in Scope.values if one != Scope.PROTECTED]


@pytest.fixture
def narrow(db) -> Caller:
    return Caller(make_user(), OPEN)


@pytest.fixture
def person(db) -> Candidate:
    return make_candidate(
        "Bread",
        given_name="Kim",
        family_name="Vos",
        emails=["kim@example.org"],
        phones=["0612345678"],
        links=["https://linkedin.com/in/kim"],
        salary_expectation=54321,
        salary_currency="EUR",
        work_permit="needs_permit",
        headline="Baker, kim@example.org",
        summary="Call 0612345678 about bread",
        experience=[ExperienceInput(title="Baker", description=CV)],
        documents=[DocumentInput(title="CV", text=CV)],
    )


def writable(body: dict[str, Any]) -> dict[str, Any]:
    """Return what was read as it can be sent back."""
    read_only = {"id", "version", "created_at", "updated_at"}
    sent = {name: value for name, value in body.items() if name not in read_only}
    for part in ("skills", "experience", "education", "languages", "documents"):
        left_out = {"id", "skill_id", "added_at"}
        sent[part] = [
            {name: value for name, value in row.items() if name not in left_out}
            for row in sent[part]
        ]
    return sent


class TestReading:
    def test_gives_null_for_each(self, narrow, person):
        (row,) = narrow.get("/candidates").json()["items"]
        whole = narrow.get(f"/candidates/{person.pk}").json()

        for body in (row, whole):
            assert {body[name] for name in FIELDS} == {None}

    def test_gives_all_with_the_scope(self, recruiter, person):
        body = recruiter.get(f"/candidates/{person.pk}").json()

        assert body["emails"] == ["kim@example.org"]
        assert body["salary_expectation"] == 54321
        assert body["documents"][0]["text"] == CV

    def test_gives_all_to_a_session(self, client, person):
        client.force_login(make_user())

        body = client.get(f"/api/v1/candidates/{person.pk}").json()

        assert body["phones"] == ["0612345678"]

    def test_leaves_contacts_out_of_texts(self, narrow, person):
        for path in ("/candidates", f"/candidates/{person.pk}"):
            text = narrow.get(path).content.decode()

            assert not [one for one in SECRETS if one in text]
            assert "Baked bread" in text

    @pytest.mark.parametrize(
        "path",
        [
            "/search?q=baked+bread",
            "/candidates/{person}/similar",
            "/candidates/{person}/jobs",
            "/jobs/{job}/matches",
            "/jobs/{job}/matches?order=hybrid",
            "/candidates?q=bread",
        ],
    )
    def test_shows_none_beside_what_was_found(self, narrow, person, path):
        job = make_job("Bread", description="Baked bread.")
        make_candidate("Bread", emails=["kim@example.org"], summary=CV)
        index_everything()

        answer = narrow.get(path.format(person=person.pk, job=job.pk))

        assert answer.status_code == 200
        assert not [one for one in SECRETS if one in answer.content.decode()]


class TestLooking:
    @pytest.mark.parametrize(
        "path",
        [
            "/candidates?email=kim@example.org",
            "/candidates?q=kim@example.org",
            "/candidates?q=0612345678",
            "/candidates?q=baker+06-12345678",
            "/candidates?q=linkedin.com/in/kim",
            "/search?q=kim@example.org",
            "/search?q=baker+kim@example.org",
            "/search?q=%220612345678%22",
            "/candidates?q=kim\N{FULLWIDTH COMMERCIAL AT}example.org",
            "/candidates?q=0612\N{ZERO WIDTH SPACE}345678",
        ],
    )
    def test_by_contacts_is_refused_naming_the_scope(self, narrow, person, path):
        index_everything()

        body = assert_problem(narrow.get(path), 403)

        assert body["errors"][0]["code"] == "missing_scope"
        assert "candidates:protected" in body["detail"]

    @pytest.mark.parametrize("words", ["baker", "bread 2019", "ISO 9001"])
    def test_by_other_words_goes_on(self, narrow, person, words):
        index_everything()

        assert narrow.get(f"/candidates?q={words}").status_code == 200

    def test_by_address_works_with_the_scope(self, recruiter, person):
        found = recruiter.get("/candidates?email=KIM@example.org").json()["items"]

        assert [one["id"] for one in found] == [str(person.pk)]


class TestWriting:
    @pytest.mark.parametrize("name", FIELDS)
    @pytest.mark.parametrize("value", [None, "x", ["x"]])
    def test_is_refused_naming_the_field(self, narrow, person, name, value):
        before = Candidate.objects.filter(pk=person.pk).values().get()
        new = {"given_name": "A", "family_name": "B", name: value}

        for answer in (
            narrow.patch(f"/candidates/{person.pk}", {name: value}),
            narrow.post("/candidates", new),
        ):
            (error,) = assert_problem(answer, 400)["errors"]
            assert (error["field"], error["code"]) == (name, "missing_scope")
            assert "candidates:protected" in error["message"]
        assert Candidate.objects.filter(pk=person.pk).values().get() == before
        assert Candidate.objects.count() == 1

    def test_whole_leaves_them_as_they_are(self, narrow, person):
        sent = writable(narrow.get(f"/candidates/{person.pk}").json())
        for name in FIELDS:
            del sent[name]

        answer = narrow.put(f"/candidates/{person.pk}", {**sent, "place": "Utrecht"})

        assert answer.status_code == 200, answer.content
        kept = Candidate.objects.get(pk=person.pk)
        assert kept.place == "Utrecht"
        assert kept.emails == ["kim@example.org"]
        assert kept.phones == ["0612345678"]
        assert kept.salary_expectation == 54321
        assert kept.work_permit == "needs_permit"

    def test_back_what_was_read_deletes_no_contact_from_texts(self, narrow, person):
        sent = writable(narrow.get(f"/candidates/{person.pk}").json())
        for name in FIELDS:
            del sent[name]

        narrow.put(f"/candidates/{person.pk}", sent)

        kept = Candidate.objects.get(pk=person.pk)
        assert kept.version == person.version
        assert kept.headline == person.headline
        assert kept.documents.get().text == CV
        assert kept.experience.get().description == CV

    def test_other_texts_are_taken_as_they_are(self, narrow, person):
        narrow.patch(f"/candidates/{person.pk}", {"summary": "Bakes."})

        assert Candidate.objects.get(pk=person.pk).summary == "Bakes."

    def test_whole_still_wants_every_other_field(self, narrow, recruiter, person):
        sent = writable(recruiter.get(f"/candidates/{person.pk}").json())
        for name in FIELDS:
            del sent[name]
        del sent["place"]

        missing = assert_problem(narrow.put(f"/candidates/{person.pk}", sent), 400)
        strict = assert_problem(recruiter.put(f"/candidates/{person.pk}", sent), 400)

        assert [one["field"] for one in missing["errors"]] == ["place"]
        assert {one["field"] for one in strict["errors"]} == {"place", *FIELDS}

    def test_takes_null_for_none_with_the_scope(self, recruiter, person):
        answer = recruiter.patch(f"/candidates/{person.pk}", {"emails": None})

        assert json.loads(answer.content)["emails"] == []
