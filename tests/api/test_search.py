"""/search and /candidates/{id}/similar"""

import pytest

from matching.free_text.people import find_people
from matching.models import QueryEmbedding
from recruit.accounts.choices import Scope
from recruit.api.views import search as view
from tests.api.caller import Caller, assert_problem, fields_in
from tests.api.test_schema import answer_of, assert_matches
from tests.factories import NOW, make_application, make_candidate, make_job
from tests.matching.indexed import index_everything
from tests.matching.workers import read_queries, see_worker

pytestmark = pytest.mark.django_db

NURSE = ("Nursing", "Wound care")


def names(answer) -> list[str]:
    return [match["candidate"]["id"] for match in answer.json()["matches"]]


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch):
    monkeypatch.setattr(view, "LONGEST_WAIT_SECONDS", 0.0)


class TestSearch:
    def test_answers_what_the_page_shows(self, recruiter, schema):
        for skills in (NURSE, ("Bread", "Pastry"), ("Nursing",)):
            make_candidate(*skills, headline="Of a ward")
        index_everything()
        see_worker()
        recruiter.get("/search?q=nursing on a ward")
        read_queries()

        answer = recruiter.get("/search?q=nursing on a ward&limit=1")

        shown = find_people(
            text="nursing on a ward", limit=1, viewer=recruiter.user, asked_at=NOW
        )
        body = answer.json()
        assert names(answer) == [str(match.candidate.pk) for match in shown.matches]
        assert body["meaning"] == "compared"
        assert body["has_more"] is True
        (match,) = body["matches"]
        assert match["cosine_similarity"] == shown.matches[0].similarity
        assert match["words_found"] == ["nursing", "ward"]
        assert {place["field"] for place in match["places"]} == {"skill", "headline"}
        assert body["not_enough_data_count"] == 1
        assert_matches(schema, answer_of(schema, "/search", "get", 200), body)

    def test_says_when_to_ask_again_while_the_text_is_read(self, recruiter, schema):
        person = make_candidate(*NURSE)
        index_everything()
        see_worker()

        answer = recruiter.get("/search?q=nursing")

        assert answer["Retry-After"] == "1"
        assert answer.json()["meaning"] == "being_read"
        assert answer.json()["matches"][0]["cosine_similarity"] is None
        assert names(answer) == [str(person.pk)]
        assert_matches(schema, answer_of(schema, "/search", "get", 200), answer.json())

    def test_says_that_no_worker_runs(self, recruiter):
        make_candidate(*NURSE)
        index_everything()

        answer = recruiter.get("/search?q=nursing")

        assert "Retry-After" not in answer
        assert answer.json()["meaning"] == "no_worker"
        assert not QueryEmbedding.objects.exists()

    @pytest.mark.parametrize(
        "text",
        ["", "%20", "!!!", "%00", "-nursing", "x" * 10_000, "a&q=b", "%F0%9F%99%82"],
    )
    def test_refuses_a_text_that_cannot_be_searched_for(self, recruiter, text):
        assert fields_in(recruiter.get(f"/search?q={text}")) == ["q"]

    def test_wants_a_text(self, recruiter):
        assert fields_in(recruiter.get("/search")) == ["q"]

    @pytest.mark.parametrize("limit", ["0", "-1", "201", "x", ""])
    def test_refuses_a_limit(self, recruiter, limit):
        assert fields_in(recruiter.get(f"/search?q=x&limit={limit}")) == ["limit"]

    def test_needs_the_scope(self, recruiter):
        without = Caller(recruiter.user, [Scope.CANDIDATES_READ])

        assert_problem(without.get("/search?q=nursing"), 403)

    def test_hides_the_people_of_confidential_jobs_without_the_scope(self, manager):
        user = manager.user
        secret = make_job(hiring_manager=user, confidential=True)
        plain = make_job(hiring_manager=user)
        make_application(secret, make_candidate(*NURSE))
        seen = make_application(plain, make_candidate(*NURSE)).candidate
        make_candidate(*NURSE)
        index_everything()
        without = Caller(user, [Scope.MATCHES_READ])

        assert names(without.get("/search?q=nursing")) == [str(seen.pk)]
        assert len(names(manager.get("/search?q=nursing"))) == 2


class TestSimilar:
    def test_are_ranked_with_the_skills_they_share(self, recruiter, schema):
        person = make_candidate(*NURSE, "First aid")
        near, far = make_candidate(*NURSE), make_candidate("Bread", "First aid")
        index_everything()

        answer = recruiter.get(f"/candidates/{person.pk}/similar")

        body = answer.json()
        assert names(answer) == [str(near.pk), str(far.pk)]
        assert body["matches"][0]["shared_skills"] == list(NURSE)
        assert body["candidate"]["id"] == str(person.pk)
        stated = answer_of(schema, "/candidates/{id}/similar", "get", 200)
        assert_matches(schema, stated, body)

    def test_come_later_for_a_person_who_was_not_encoded(self, recruiter):
        person = make_candidate(*NURSE)

        answer = recruiter.get(f"/candidates/{person.pk}/similar")

        body = assert_problem(answer, 409)
        assert body["errors"][0]["code"] == "candidate_not_embedded"
        assert answer["Retry-After"]

    def test_are_refused_for_a_profile_that_says_nothing(self, recruiter):
        person = make_candidate()

        body = assert_problem(recruiter.get(f"/candidates/{person.pk}/similar"), 409)

        assert body["errors"][0]["code"] == "candidate_has_too_little_text"

    def test_hide_the_people_of_confidential_jobs_without_the_scope(self, manager):
        user = manager.user
        plain = make_job(hiring_manager=user)
        secret = make_job(hiring_manager=user, confidential=True)
        person = make_application(plain, make_candidate(*NURSE)).candidate
        seen = make_application(plain, make_candidate(*NURSE)).candidate
        make_application(secret, make_candidate(*NURSE))
        make_candidate(*NURSE)
        index_everything()
        path = f"/candidates/{person.pk}/similar"

        without = Caller(user, [Scope.MATCHES_READ]).get(path)

        assert names(without) == [str(seen.pk)]
        assert len(names(manager.get(path))) == 2
