"""/tags, and the tags of candidates and jobs"""

from typing import Any

import pytest

from recruit.accounts.choices import Role, Scope
from recruit.candidates.operations import erase_candidate
from recruit.events.models import Event
from recruit.notes.models import CandidateTag, JobTag, Tag
from recruit.notes.tagging import create_tag, merge_tags, tag_candidates, tag_jobs
from tests.api.caller import RANDOM, Caller, assert_problem, fields_in, version_in
from tests.api.test_schema import answer_of, assert_matches
from tests.factories import (
    ACTOR,
    NOW,
    make_application,
    make_candidate,
    make_job,
    make_user,
)

pytestmark = pytest.mark.django_db


def made(name: str) -> Tag:
    return create_tag(name=name, actor=ACTOR, created_at=NOW)


def on_people(name: str, *people: Any) -> Tag:
    ids = [one.pk for one in people]
    return tag_candidates(name=name, candidate_ids=ids, actor=ACTOR, tagged_at=NOW).tag


def on_jobs(name: str, *jobs: Any) -> Tag:
    ids = [one.pk for one in jobs]
    return tag_jobs(name=name, job_ids=ids, actor=ACTOR, tagged_at=NOW).tag


def names_in(answer: Any) -> list[str]:
    assert answer.status_code == 200, answer.content
    return [one["name"] for one in answer.json()["items"]]


@pytest.fixture
def administrator(db) -> Caller:
    return Caller(make_user(Role.ADMINISTRATOR))


class TestVocabulary:
    def test_is_listed_with_who_bears_each(self, recruiter, schema):
        on_people("Nurses", make_candidate(), make_candidate())
        on_jobs("Nurses", make_job(), make_job(confidential=True))
        made("Élan")

        answer = recruiter.get("/tags")

        elan, nurses = answer.json()["items"]
        assert (elan["name"], nurses["name"]) == ("Élan", "Nurses")
        assert (nurses["candidate_count"], nurses["job_count"]) == (2, 1)
        assert elan["candidate_count"] == elan["job_count"] == 0
        assert_matches(schema, answer_of(schema, "/tags", "get", 200), answer.json())

    def test_is_narrowed(self, recruiter):
        kept, merged = made("Élan"), made("Verve")
        made("Elbow")
        merge_tags(kept_id=kept.pk, merged_id=merged.pk, actor=ACTOR, merged_at=NOW)

        assert names_in(recruiter.get("/tags?q=EL")) == ["Élan", "Elbow"]
        assert names_in(recruiter.get("/tags?name=elan")) == ["Élan"]
        assert names_in(recruiter.get("/tags?name=verve")) == ["Élan"]
        assert names_in(recruiter.get("/tags?name=nothing")) == []
        assert names_in(recruiter.get("/tags?order_by=-name")) == ["Elbow", "Élan"]

    def test_shows_a_hiring_manager_the_tags_of_their_jobs(self, manager):
        mine = make_job(hiring_manager=manager.user)
        person = make_application(mine).candidate
        shown = on_jobs("Shown", mine, make_job())
        hidden = on_people("Hidden", person)

        assert names_in(manager.get("/tags")) == ["Shown"]
        assert manager.get(f"/tags/{shown.pk}").json()["job_count"] == 1
        assert_problem(manager.get(f"/tags/{hidden.pk}"), 404)

    def test_is_added_to_by_recruiters(self, recruiter, manager):
        answer = recruiter.post("/tags", {"name": " Night  shift "})

        assert answer.status_code == 201
        assert answer.json()["name"] == "Night shift"
        path = answer["Location"].partition("/api/v1")[2]
        assert recruiter.get(path).json() == answer.json()
        again = recruiter.post("/tags", {"name": "night SHIFT"})
        assert assert_problem(again, 409)["errors"][0]["code"] == "tag_name_taken"
        assert_problem(manager.post("/tags", {"name": "x"}), 403)

    @pytest.mark.parametrize("name", ["", " ", "\u200b", "x" * 51, "a\x00", None, 5])
    def test_refuses_a_name(self, administrator, name):
        tag = made("Night shift")

        assert fields_in(administrator.post("/tags", {"name": name})) == ["name"]
        answer = administrator.patch(f"/tags/{tag.pk}", {"name": name})
        assert fields_in(answer) == ["name"]

    def test_is_changed_by_administrators_alone(self, recruiter, manager):
        tag = on_jobs("Night shift", make_job(hiring_manager=manager.user))

        for caller in (recruiter, manager):
            for answer in (
                caller.patch(f"/tags/{tag.pk}", {"name": "Late shift"}),
                caller.delete(f"/tags/{tag.pk}"),
                caller.post(f"/tags/{tag.pk}/merge", {"into": str(tag.pk)}),
            ):
                body = assert_problem(answer, 403)
                assert body["errors"][0]["code"] == "administrators_only"

    def test_has_tags_renamed(self, administrator):
        tag, other = made("Night shift"), made("Early")
        path = f"/tags/{tag.pk}"

        answer = administrator.patch(path, {"name": "Late"}, if_match='"1"')

        assert (answer.json()["name"], version_in(answer)) == ("Late", 2)
        stale = administrator.patch(path, {"name": "Later"}, if_match='"1"')
        assert_problem(stale, 412)
        assert_problem(administrator.delete(path, if_match='"1"'), 412)
        taken = administrator.patch(path, {"name": other.name})
        assert assert_problem(taken, 409)["errors"][0]["code"] == "tag_name_taken"
        assert administrator.patch(path, {}).json()["version"] == 2

    def test_has_tags_deleted(self, administrator):
        person = make_candidate()
        tag = on_people("Night shift", person)

        assert administrator.delete(f"/tags/{tag.pk}").status_code == 204

        assert_problem(administrator.get(f"/tags/{tag.pk}"), 404)
        assert not CandidateTag.objects.exists()

    def test_has_tags_merged(self, administrator):
        person = make_candidate()
        tag, kept = on_people("Nightshift", person), made("Night shift")

        answer = administrator.post(f"/tags/{tag.pk}/merge", {"into": str(kept.pk)})

        assert answer.json()["id"] == str(kept.pk)
        assert answer.json()["candidate_count"] == 1
        assert_problem(administrator.get(f"/tags/{tag.pk}"), 404)
        again = administrator.post(f"/tags/{kept.pk}/merge", {"into": str(tag.pk)})
        assert assert_problem(again, 400)["errors"][0]["code"] == "does_not_exist"
        itself = administrator.post(f"/tags/{kept.pk}/merge", {"into": str(kept.pk)})
        assert_problem(itself, 409)
        foreign = administrator.post(f"/tags/{RANDOM}/merge", {"into": str(kept.pk)})
        assert_problem(foreign, 404)

    @pytest.mark.parametrize("tags", [1, 12])
    def test_asks_as_often_for_many_as_for_one(
        self, recruiter, tags, django_assert_num_queries
    ):
        for number in range(tags):
            on_people(f"Tag {number}", make_candidate())
        recruiter.get("/tags")

        with django_assert_num_queries(5):
            assert len(names_in(recruiter.get("/tags"))) == tags


class TestBorne:
    @pytest.fixture(params=["candidates", "jobs"])
    def path(self, request) -> str:
        row = make_candidate() if request.param == "candidates" else make_job()
        return f"/{request.param}/{row.pk}/tags"

    def test_are_given_and_taken(self, recruiter, path):
        tag = made("Night shift")

        first = recruiter.put(f"{path}/{tag.pk}", None)
        second = recruiter.put(f"{path}/{tag.pk}", None)

        assert (first.status_code, second.status_code) == (201, 200)
        assert first.json() == second.json()
        assert first.json()["id"] == str(tag.pk)
        assert first.json()["tagged_by_name"] == "Nightly sync"
        assert recruiter.get(path).json()["items"] == [first.json()]
        assert Event.objects.filter(kind="tagged").count() == 1
        assert recruiter.delete(f"{path}/{tag.pk}").status_code == 204
        assert_problem(recruiter.delete(f"{path}/{tag.pk}"), 404)
        assert names_in(recruiter.get(path)) == []
        assert Tag.objects.get() == tag

    def test_are_given_by_name(self, recruiter, path):
        answer = recruiter.post(path, {"name": "Night shift"})

        assert answer.status_code == 201
        assert answer["Location"].endswith(f"{path}/{answer.json()['id']}")
        assert recruiter.post(path, {"name": "night shift"}).status_code == 200
        assert Tag.objects.count() == 1
        assert fields_in(recruiter.post(path, {"name": "  "})) == ["name"]
        assert fields_in(recruiter.post(path, {})) == ["name"]

    def test_are_those_that_merged_ones_became(self, recruiter, path):
        kept, merged = made("Night shift"), made("Nights")
        merge_tags(kept_id=kept.pk, merged_id=merged.pk, actor=ACTOR, merged_at=NOW)

        assert recruiter.put(f"{path}/{merged.pk}", None).json()["id"] == str(kept.pk)
        assert recruiter.post(path, {"name": "Nights"}).status_code == 200
        assert recruiter.delete(f"{path}/{merged.pk}").status_code == 204

    def test_are_none_that_do_not_exist(self, recruiter, path):
        assert_problem(recruiter.put(f"{path}/{RANDOM}", None), 404)
        assert_problem(recruiter.delete(f"{path}/{RANDOM}"), 404)
        tag = made("Night shift")
        for foreign in (f"/candidates/{RANDOM}/tags", f"/jobs/{RANDOM}/tags"):
            assert_problem(recruiter.get(foreign), 404)
            assert_problem(recruiter.post(foreign, {"name": "x"}), 404)
            assert_problem(recruiter.put(f"{foreign}/{tag.pk}", None), 404)

    def test_come_in_pages(self, recruiter, path):
        for number in range(5):
            recruiter.post(path, {"name": f"Tag {number}"})
        whole = recruiter.get(path).json()["items"]

        first = recruiter.get(f"{path}?per_page=3").json()
        rest = recruiter.get(first["next"].partition("/api/v1")[2]).json()

        assert first["items"] + rest["items"] == whole

    def test_need_their_scopes(self, path):
        reading = Caller(make_user(), [Scope.TAGS_READ, Scope.CANDIDATES_WRITE])

        assert names_in(reading.get(path)) == []
        assert_problem(reading.post(path, {"name": "x"}), 403)

    def test_of_people_are_for_recruiters_alone(self, manager):
        mine = make_application(make_job(hiring_manager=manager.user))
        on_people("Hidden", mine.candidate)
        shown = on_jobs("Shown", mine.job)

        of_person = f"/candidates/{mine.candidate_id}/tags"
        assert_problem(manager.get(of_person), 403)
        assert_problem(manager.post(of_person, {"name": "x"}), 403)
        assert_problem(manager.get(f"/candidates/{make_candidate().pk}/tags"), 404)
        of_job = f"/jobs/{mine.job_id}/tags"
        assert names_in(manager.get(of_job)) == ["Shown"]
        assert_problem(manager.delete(f"{of_job}/{shown.pk}"), 403)
        assert JobTag.objects.count() == 1

    def test_of_hidden_rows_do_not_exist(self, recruiter):
        secret, erased = make_job(confidential=True), make_candidate()
        on_jobs("x", secret)
        erase_candidate(candidate_id=erased.pk, actor=ACTOR, erased_at=NOW)

        for path in (f"/jobs/{secret.pk}/tags", f"/candidates/{erased.pk}/tags"):
            assert_problem(recruiter.get(path), 404)
            assert_problem(recruiter.post(path, {"name": "y"}), 404)
