"""/candidates/{id}/skills and their like: one row at a time."""

from typing import Any

import pytest

from recruit.accounts.choices import Role, Scope
from recruit.candidates.inputs import LanguageInput, SkillInput
from recruit.candidates.models import Candidate, CandidateSkill
from recruit.candidates.operations import erase_candidate
from recruit.events.choices import Happened
from recruit.events.models import Event
from tests.api.caller import (
    RANDOM,
    Caller,
    assert_problem,
    code_of,
    fields_in,
    version_in,
)
from tests.factories import (
    ACTOR,
    NOW,
    make_application,
    make_candidate,
    make_job,
    make_user,
)

pytestmark = pytest.mark.django_db

# A good body of each part, one that changes it, and one that is wrong in a field.
PARTS: dict[str, tuple[Any, Any, Any, str]] = {
    "skills": (
        {"skill": "Pruning", "years": 2},
        {"proficiency": "expert"},
        {"years": 99},
        "years",
    ),
    "experience": (
        {"title": "Gardener", "started_on": "2020-01-01"},
        {"ended_on": "2021-01-01"},
        {"ended_on": "2019-01-01"},
        "ended_on",
    ),
    "education": (
        {"qualification": "Apprenticeship", "started_in": 2001},
        {"ended_in": 2004},
        {"ended_in": 1999},
        "ended_in",
    ),
    "languages": (
        {"language": "nl"},
        {"level": "native"},
        {"language": "d!"},
        "language",
    ),
}
each_part = pytest.mark.parametrize("part", PARTS)


def address(person: Candidate, part: str) -> str:
    return f"/candidates/{person.pk}/{part}"


class TestEachPart:
    @each_part
    def test_is_added_read_changed_and_taken_away(self, recruiter, part):
        good, change, _wrong, _field = PARTS[part]
        person = make_candidate()

        made = recruiter.post(address(person, part), good)
        row = made.json()

        assert (made.status_code, version_in(made)) == (201, 2)
        here = f"{address(person, part)}/{row['id']}"
        assert made["Location"].endswith(here)
        assert recruiter.get(here).json() == row
        assert recruiter.get(address(person, part)).json()["items"] == [row]
        assert recruiter.get(f"/candidates/{person.pk}").json()[part] == [row]
        changed = recruiter.patch(here, change)
        assert (changed.status_code, version_in(changed)) == (200, 3)
        assert changed.json() == {**row, **change}
        gone = recruiter.delete(here)
        assert (gone.status_code, version_in(gone), gone.content) == (204, 4, b"")
        assert_problem(recruiter.get(here), 404)

    @each_part
    def test_names_the_field_that_is_wrong(self, recruiter, part):
        good, _change, wrong, field = PARTS[part]
        person = make_candidate()
        row = recruiter.post(address(person, part), good).json()

        assert fields_in(recruiter.post(address(person, part), {**good, **wrong})) == [
            field
        ]
        here = f"{address(person, part)}/{row['id']}"
        assert fields_in(recruiter.patch(here, wrong)) == [field]
        assert recruiter.get(here).json() == row

    @each_part
    def test_wants_every_field_for_a_put(self, recruiter, part):
        good, *_others = PARTS[part]
        person = make_candidate()
        row = recruiter.post(address(person, part), good).json()
        here = f"{address(person, part)}/{row['id']}"
        whole = {k: v for k, v in row.items() if k not in {"id", "skill_id"}}

        assert_problem(recruiter.put(here, good), 400)
        assert recruiter.put(here, whole).json() == row
        assert version_in(recruiter.get(here)) == 2  # equal input writes nothing

    @each_part
    def test_leaves_the_ids_of_the_other_rows(self, recruiter, part):
        good, change, *_others = PARTS[part]
        person = make_candidate(
            SkillInput("Digging"), languages=[LanguageInput("de", "b2")]
        )
        here = address(person, part)
        before = [row["id"] for row in recruiter.get(here).json()["items"]]

        row = recruiter.post(here, good).json()
        recruiter.patch(f"{here}/{row['id']}", change)

        ids = [one["id"] for one in recruiter.get(here).json()["items"]]
        assert ids == [*before, row["id"]]
        whole = recruiter.get(f"/candidates/{person.pk}").json()
        sent = [
            {k: v for k, v in one.items() if k not in {"id", "skill_id"}}
            for one in whole[part]
        ]
        recruiter.patch(f"/candidates/{person.pk}", {part: sent[1:]})
        assert [one["id"] for one in recruiter.get(here).json()["items"]] == ids[1:]

    @each_part
    def test_is_one_change_of_the_person(self, recruiter, part):
        person = make_candidate()

        recruiter.post(address(person, part), PARTS[part][0])

        now = Candidate.objects.get(pk=person.pk)
        assert now.version == person.version + 1
        assert now.profile_changed_at > person.profile_changed_at
        event = Event.objects.get(kind=Happened.CANDIDATE_CHANGED)
        assert (event.candidate_ids, event.actor_id) == (
            [person.pk],
            recruiter.token.pk,
        )

    @each_part
    def test_refuses_a_stale_write(self, recruiter, part):
        person = make_candidate()
        here = address(person, part)
        first = recruiter.post(here, PARTS[part][0], **{"If-Match": '"1"'})
        row = f"{here}/{first.json()['id']}"

        stale = {"If-Match": '"1"'}
        assert_problem(recruiter.post(here, PARTS[part][0], **stale), 412)
        assert_problem(recruiter.patch(row, PARTS[part][1], **stale), 412)
        assert recruiter.patch(row, PARTS[part][1], **{"If-Match": '"2"'}).status_code

    @each_part
    def test_is_unknown_for_another_person(self, recruiter, part):
        mine, other = make_candidate(), make_candidate()
        row = recruiter.post(address(mine, part), PARTS[part][0]).json()

        for found in (f"{address(other, part)}/{row['id']}", f"/candidates/{RANDOM}"):
            assert_problem(recruiter.get(found), 404)
        foreign = f"{address(other, part)}/{row['id']}"
        assert_problem(recruiter.patch(foreign, PARTS[part][1]), 404)
        assert_problem(recruiter.delete(foreign), 404)
        assert_problem(recruiter.get(f"{address(mine, part)}/{RANDOM}"), 404)

    @each_part
    def test_is_gone_with_an_erased_person(self, recruiter, part):
        person = make_candidate()
        row = recruiter.post(address(person, part), PARTS[part][0]).json()
        erase_candidate(candidate_id=person.pk, actor=ACTOR, erased_at=NOW)

        assert_problem(recruiter.get(address(person, part)), 404)
        assert_problem(recruiter.get(f"{address(person, part)}/{row['id']}"), 404)
        assert_problem(recruiter.post(address(person, part), PARTS[part][0]), 404)

    @each_part
    def test_is_read_but_not_changed_by_a_hiring_manager(self, manager, part):
        job = make_job(hiring_manager=manager.user)
        person = make_application(job).candidate

        assert manager.get(address(person, part)).status_code == 200
        assert_problem(manager.post(address(person, part), PARTS[part][0]), 403)
        assert_problem(manager.get(address(make_candidate(), part)), 404)


class TestSkills:
    def test_refuses_a_skill_that_is_held_by_whatever_word(self, recruiter):
        person = make_candidate("Pruning", "Digging")
        here = address(person, "skills")
        digging = recruiter.get(here).json()["items"][1]

        assert_problem(recruiter.post(here, {"skill": "pruning"}), 409)
        answer = recruiter.patch(f"{here}/{digging['id']}", {"skill": "PRUNING"})
        assert_problem(answer, 409)
        assert CandidateSkill.objects.filter(candidate=person).count() == 2

    def test_keeps_the_id_where_the_skill_becomes_another(self, recruiter):
        person = make_candidate("Pruning", "Digging")
        here = address(person, "skills")
        row = recruiter.get(here).json()["items"][0]

        changed = recruiter.patch(f"{here}/{row['id']}", {"skill": "Planting"}).json()

        assert (changed["id"], changed["skill"]) == (row["id"], "Planting")

    def test_takes_no_unknown_field_and_no_id(self, recruiter):
        person = make_candidate()

        wrong = {"skill": "Pruning", "id": str(RANDOM), "colour": "red"}

        fields = fields_in(recruiter.post(address(person, "skills"), wrong))
        assert sorted(map(str, fields)) == ["colour", "id"]

    def test_pages_through_many(self, recruiter):
        person = make_candidate(*(f"Skill {n}x" for n in range(5)))
        seen, path = [], f"{address(person, 'skills')}?per_page=2"

        while path:
            page = recruiter.get(path).json()
            seen += [row["skill"] for row in page["items"]]
            path = (page["next"] or "").partition("/api/v1")[2]

        assert seen == [f"Skill {n}x" for n in range(5)]


class TestExperience:
    @pytest.mark.parametrize(
        ("part", "wrong"),
        [
            ("experience", {"title": "Gardener", "started_on": "2021-01-01",
                            "ended_on": "2020-01-01"}),
            ("education", {"qualification": "MSc", "started_in": 2021,
                           "ended_in": 2020}),
        ],
    )  # fmt: skip
    def test_has_one_code_for_an_end_before_the_start(self, recruiter, part, wrong):
        answer = recruiter.post(address(make_candidate(), part), wrong)

        assert code_of(answer) == "refused"

    def test_hides_contacts_in_texts_and_keeps_them_when_sent_back(self, recruiter):
        person = make_candidate()
        body = {"title": "Cook", "description": "Ask kim@example.org about it."}
        here = address(person, "experience")
        row = f"{here}/{recruiter.post(here, body).json()['id']}"
        scopes = sorted(set(Scope.values) - {Scope.PROTECTED})
        other = Caller(make_user(Role.RECRUITER), scopes)

        shown = other.get(row).json()

        assert "kim@example.org" not in shown["description"]
        text = shown["description"]
        other.patch(row, {"title": "Chef", "description": text})
        now = recruiter.get(row).json()
        assert (now["title"], now["description"]) == ("Chef", body["description"])
