"""/candidates"""

import pytest

from recruit.accounts.choices import Scope
from recruit.candidates.inputs import DocumentInput, ExperienceInput
from recruit.candidates.models import Candidate
from recruit.candidates.operations import erase_candidate
from tests.api.caller import RANDOM, Caller, assert_problem, fields_in, version_in
from tests.factories import (
    ACTOR,
    NOW,
    make_application,
    make_candidate,
    make_job,
    make_user,
)
from tests.matching.indexed import index_everything

FULL = {
    "given_name": "Jiří 🌱",
    "family_name": "عبد",
    "emails": ["Kim@Example.org"],
    "phones": ["+32 9 111 11 11"],
    "links": ["https://example.org/kim"],
    "country": "be",
    "summary": "<script>alert(1)</script>",
    "salary_expectation": 42000,
    "salary_currency": "EUR",
    "available_from": "2026-06-01",
    "last_contact_at": "2026-05-01T10:00:00+02:00",
    "source": "ats",
    "external_id": "42",
    "skills": [
        {"skill": "Postgres 16", "proficiency": "expert", "years": 7.5},
        {"skill": "Pruning", "last_used": 2020},
    ],
    "experience": [{"title": "Gardener", "started_on": "2019-01-01"}],
    "education": [{"qualification": "BSc", "ended_in": 2018}],
    "languages": [{"language": "nl", "level": "native"}],
    "documents": [{"title": "CV", "text": "Many roses."}],
}


class TestList:
    def test_leaves_document_texts_out(self, recruiter):
        make_candidate(documents=[DocumentInput(title="CV", text="Many roses.")])

        answer = recruiter.get("/candidates")

        (document,) = answer.json()["items"][0]["documents"]
        assert document["title"] == "CV"
        assert "text" not in document

    def test_finds_by_words_and_email(self, recruiter):
        make_candidate()
        kim = make_candidate(family_name="Vos", emails=["kim@example.org"])
        index_everything()

        for query in ("q=vos", "email=KIM@example.org"):
            answer = recruiter.get(f"/candidates?{query}")

            assert [one["id"] for one in answer.json()["items"]] == [str(kim.pk)]

    def test_keeps_what_changed_since_a_moment(self, recruiter):
        make_candidate()

        past = recruiter.get("/candidates?updated_since=2020-01-01T00:00:00Z")
        future = recruiter.get("/candidates?updated_since=2199-01-01T00:00:00Z")

        assert len(past.json()["items"]) == 1
        assert future.json()["items"] == []

    @pytest.mark.parametrize("words", ["!?.,", "%25", "'", "%22"])
    def test_refuses_a_search_without_words(self, recruiter, words):
        answer = recruiter.get(f"/candidates?q={words}")

        assert fields_in(answer) == ["q"]

    @pytest.mark.parametrize("words", ["x", "the", "-x", "a+or+b", "%22a"])
    def test_takes_any_words(self, recruiter, words):
        make_candidate()

        answer = recruiter.get(f"/candidates?q={words}")

        assert answer.status_code == 200

    @pytest.mark.parametrize("rows", [1, 20])
    def test_asks_as_often_for_many_as_for_one(
        self, recruiter, rows, django_assert_num_queries
    ):
        for _number in range(rows):
            make_candidate(
                "Pruning",
                experience=[ExperienceInput(title="Gardener")],
                documents=[DocumentInput(title="CV", text="Roses.")],
            )
        recruiter.get("/candidates")

        # Three of them for the transaction and its limit.
        with django_assert_num_queries(12):
            recruiter.get("/candidates")


class TestCreate:
    def test_makes_a_candidate_with_everything(self, recruiter):
        answer = recruiter.post("/candidates", FULL)

        assert answer.status_code == 201
        body = answer.json()
        assert body["given_name"] == "Jiří 🌱"
        assert body["emails"] == ["kim@example.org"]
        assert body["country"] == "BE"
        assert body["last_contact_at"] == "2026-05-01T08:00:00Z"
        assert body["summary"] == "<script>alert(1)</script>"
        assert body["headline"] is None
        assert [row["years"] for row in body["skills"]] == [7.5, None]
        assert [row["proficiency"] for row in body["skills"]] == ["expert", None]
        assert body["experience"][0]["ended_on"] is None
        assert body["documents"][0]["text"] == "Many roses."
        assert version_in(answer) == 1

    def test_takes_a_name_alone(self, recruiter):
        answer = recruiter.post("/candidates", {"family_name": "Vos"})

        assert answer.status_code == 201
        assert answer.json()["skills"] == []

    def test_takes_a_long_profile(self, recruiter):
        words = "gardening " * 100_000

        answer = recruiter.post("/candidates", {"family_name": "V", "summary": words})

        assert answer.status_code == 201

    def test_twice_makes_one(self, recruiter):
        recruiter.post("/candidates", FULL)

        answer = recruiter.post("/candidates", FULL)

        body = assert_problem(answer, 409)
        assert body["errors"][0]["code"] == "candidate_exists"
        assert Candidate.objects.count() == 1

    @pytest.mark.parametrize(
        ("changes", "fields"),
        [
            ({"given_name": None, "family_name": " "}, ["family_name"]),
            ({"given_name": "a\x00b"}, ["given_name"]),
            ({"given_name": "x" * 201}, ["given_name"]),
            ({"emails": ["none"]}, ["emails[0]"]),
            ({"emails": "kim@example.org"}, ["emails"]),
            ({"emails": [f"k{n}@example.org" for n in range(21)]}, ["emails"]),
            ({"phones": [5]}, ["phones[0]"]),
            ({"links": ["javascript:alert(1)"]}, ["links[0]"]),
            ({"links": ["https://example.org", "ftp://example.org"]}, ["links[1]"]),
            ({"available_from": "0000-01-01"}, ["available_from"]),
            ({"available_from": "9999-12-31"}, ["available_from"]),
            ({"available_from": "20260601"}, ["available_from"]),
            ({"last_contact_at": "9999-12-31T23:59:59-12:00"}, ["last_contact_at"]),
            ({"last_contact_at": "2026-05-01T10:00:00"}, ["last_contact_at"]),
            ({"salary_expectation": -1}, ["salary_expectation"]),
            ({"salary_expectation": "42000"}, ["salary_expectation"]),
            ({"salary_expectation": 1.005}, ["salary_expectation"]),
            ({"salary_currency": None}, ["salary_currency"]),
            ({"work_permit": None}, ["work_permit"]),
            ({"erased_at": None}, ["erased_at"]),
            ({"version": 7}, ["version"]),
            ({"skills": [{"skill": "A"}, {"skill": "B", "years": 99}]},
             ["skills[1].years"]),
            ({"skills": [{"skill": "A", "last_used": 0}]}, ["skills[0].last_used"]),
            ({"skills": [{"skill": "A", "proficiency": ""}]},
             ["skills[0].proficiency"]),
            ({"skills": [{"skill": "\x00"}]}, ["skills[0].skill"]),
            ({"skills": [{"skill": "..."}]}, ["skills[0].skill"]),
            ({"skills": ["Pruning"]}, ["skills[0]"]),
            ({"skills": [{"skill": f"s{n}"} for n in range(501)]}, ["skills"]),
            ({"experience": [{"title": "A", "started_on": "2020-01-01",
                              "ended_on": "2019-01-01"}]},
             ["experience[0].ended_on"]),
            ({"experience": [{"organisation": "A"}]}, ["experience[0].title"]),
            ({"education": [{"qualification": "A", "started_in": 9999}]},
             ["education[0].started_in"]),
            ({"languages": [{"language": "d7"}]}, ["languages[0].language"]),
            ({"documents": [{"title": "CV"}]}, ["documents[0].text"]),
        ],
    )  # fmt: skip
    def test_names_the_bad_field(self, recruiter, changes, fields):
        answer = recruiter.post("/candidates", FULL | changes)

        assert fields_in(answer) == fields
        assert not Candidate.objects.exists()


class TestUpdate:
    def test_leaves_other_parts_alone(self, recruiter):
        person = make_candidate("Pruning", headline="Gardener")

        answer = recruiter.patch(
            f"/candidates/{person.pk}", {"languages": [{"language": "nl"}]}
        )

        body = answer.json()
        assert body["headline"] == "Gardener"
        assert [row["skill"] for row in body["skills"]] == ["Pruning"]
        assert body["version"] == 2

    def test_states_the_years_of_a_whole_working_life(self, recruiter):
        person = make_candidate()

        answer = recruiter.patch(
            f"/candidates/{person.pk}", {"years_of_experience": 7.5}
        )
        refused = recruiter.patch(
            f"/candidates/{person.pk}", {"years_of_experience": 61}
        )

        assert float(answer.json()["years_of_experience"]) == 7.5
        assert "years_of_experience" in fields_in(refused)

    def test_of_nothing_new_writes_nothing(self, recruiter):
        person = make_candidate("Pruning", headline="Gardener")

        answer = recruiter.patch(
            f"/candidates/{person.pk}",
            {"headline": "Gardener", "skills": [{"skill": "Pruning"}]},
        )

        assert answer.json()["version"] == 1

    def test_refuses_a_stale_version(self, recruiter):
        person = make_candidate()
        seen = recruiter.get(f"/candidates/{person.pk}")["ETag"]
        recruiter.patch(f"/candidates/{person.pk}", {"headline": "One"})

        answer = recruiter.patch(
            f"/candidates/{person.pk}", {"headline": "Two"}, if_match=seen
        )

        assert_problem(answer, 412)

    def test_put_takes_what_was_stated_whole(self, recruiter):
        person = make_candidate("Pruning", headline="Gardener")
        whole = {
            "open_to_remote": True,
            "years_of_experience": None,
            "place": None,
            "region": None,
            "headline": None,
            "work_permit": "unknown",
            **FULL,
        }

        answer = recruiter.put(f"/candidates/{person.pk}", whole)

        assert answer.status_code == 200
        assert answer.json()["headline"] is None

    def test_hides_the_erased(self, recruiter):
        person = make_candidate()
        erase_candidate(candidate_id=person.pk, actor=ACTOR, erased_at=NOW)

        read = recruiter.get(f"/candidates/{person.pk}")
        write = recruiter.patch(f"/candidates/{person.pk}", {"headline": "One"})

        assert_problem(read, 404)
        assert_problem(write, 404)


class TestHiringManager:
    def test_sees_who_applied_for_their_jobs(self, manager):
        make_candidate()
        mine = make_application(make_job(hiring_manager=manager.user)).candidate

        answer = manager.get("/candidates")

        assert [one["id"] for one in answer.json()["items"]] == [str(mine.pk)]

    def test_reads_but_does_not_write(self, manager):
        mine = make_application(make_job(hiring_manager=manager.user)).candidate

        assert manager.get(f"/candidates/{mine.pk}").status_code == 200
        assert_problem(manager.patch(f"/candidates/{mine.pk}", {}), 403)
        assert_problem(manager.post("/candidates", FULL), 403)

    def test_finds_foreign_and_random_people_alike(self, manager):
        foreign = make_candidate()

        bodies = [
            assert_problem(manager.patch(f"/candidates/{person_id}", {}), 404)
            for person_id in (foreign.pk, RANDOM)
        ]

        assert bodies[0]["errors"] == bodies[1]["errors"]

    def test_does_not_see_through_a_confidential_job_without_the_scope(self, manager):
        job = make_job(hiring_manager=manager.user, confidential=True)
        person = make_application(job).candidate
        without = Caller(manager.user, [Scope.CANDIDATES_READ])

        assert manager.get(f"/candidates/{person.pk}").status_code == 200
        assert_problem(without.get(f"/candidates/{person.pk}"), 404)


@pytest.mark.django_db
class TestScopes:
    def test_reading_does_not_allow_writing(self):
        caller = Caller(make_user(), [Scope.CANDIDATES_READ])

        body = assert_problem(caller.post("/candidates", FULL), 403)

        assert "candidates:write" in body["detail"]
        assert body["errors"][0]["code"] == "missing_scope"
