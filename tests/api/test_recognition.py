"""/skills/recognise"""

import pytest

from recruit.accounts.choices import Scope
from recruit.skills.models import Skill
from tests.api.caller import Caller, assert_problem, fields_in
from tests.api.test_schema import answer_of, assert_matches
from tests.factories import make_candidate, make_user
from tests.matching.indexed import index_everything

pytestmark = pytest.mark.django_db

PATH = "/skills/recognise"


@pytest.fixture
def skills() -> dict[str, Skill]:
    make_candidate("TIG welding", "Pressure vessels", "Bread baking")
    return {skill.name: skill for skill in Skill.objects.all()}


class TestRecognition:
    def test_tells_where_each_skill_stands(self, recruiter, skills, schema):
        text = "  🚢 Pressure vessels!\nWe do tig welding; TIG  welding it is."

        answer = recruiter.post(PATH, {"text": text})

        first, second = answer.json()["skills"]
        assert first["skill_id"] == str(skills["Pressure vessels"].pk)
        assert second["skill"] == "TIG welding"
        assert [one["words"] for one in second["places"]] == [
            "tig welding",
            "TIG  welding",
        ]
        for one in (first, second):
            for place in one["places"]:
                assert text[place["start"] : place["end"]] == place["words"]
        stated = answer_of(schema, PATH, "post", 200)
        assert_matches(schema, stated, answer.json())

    def test_proposes_what_is_near(self, recruiter, skills):
        make_candidate("Python", "Python programming", "Plumbing")
        Skill.objects.update(confirmed=True)
        index_everything()

        body = recruiter.post(PATH, {"text": "Python"}).json()
        without = recruiter.post(PATH, {"text": "Python", "near": False}).json()

        near = {one["skill"]: one["near_to"] for one in body["near"]}
        assert near.get("Python programming") == "Python"
        assert "Python" not in near
        assert without["near"] == []
        assert without["skills"] == body["skills"]

    def test_makes_and_finds_nothing_new(self, recruiter, skills):
        body = recruiter.post(PATH, {"text": "Underwater basket weaving"}).json()

        assert body == {"skills": [], "near": []}
        assert Skill.objects.count() == len(skills)

    @pytest.mark.parametrize("text", ["", None, 5, "a\x00b", "x" * 100_001, []])
    def test_refuses_a_text(self, recruiter, text):
        assert fields_in(recruiter.post(PATH, {"text": text})) == ["text"]

    def test_refuses_other_fields(self, recruiter):
        answer = recruiter.post(PATH, {"text": "x", "near": "yes", "most": 5})

        assert set(fields_in(answer)) == {"most"}

    def test_needs_the_right_to_read_skills(self, manager):
        other = Caller(make_user(), [Scope.JOBS_READ])

        assert manager.post(PATH, {"text": "x"}).status_code == 200
        assert_problem(other.post(PATH, {"text": "x"}), 403)

    @pytest.mark.parametrize("times", [1, 200])
    def test_asks_as_often_for_long_texts(
        self, recruiter, skills, times, django_assert_num_queries
    ):
        text = " and ".join(["TIG welding", "Bread baking"][:times] * times)
        index_everything()
        recruiter.post(PATH, {"text": text})

        with django_assert_num_queries(7):
            recruiter.post(PATH, {"text": text})
