import pytest
from django.core.exceptions import ValidationError

from recruit.events.choices import Happened
from recruit.events.models import Event
from recruit.skills.editing import set_labels
from recruit.skills.models import Skill, SkillLabel
from recruit.skills.operations import (
    LabelTaken,
    confirm_skills,
    resolve_skills,
)
from tests.factories import ACTOR, NOW

pytestmark = pytest.mark.django_db


def resolve(*names):
    return resolve_skills(names, actor=ACTOR, happened_at=NOW)


@pytest.fixture
def postgresql():
    skill = resolve("PostgreSQL")["PostgreSQL"]
    set_labels(
        skill_id=skill.pk,
        name="PostgreSQL",
        aliases=["Postgres"],
        actor=ACTOR,
        changed_at=NOW,
    )
    return skill


class TestResolveSkills:
    def test_meets_words_of_one_skill(self, postgresql):
        found = resolve("POSTGRESQL", "postgres", "Postgres 16", " PostgreSQL 16.2 ")

        assert set(found.values()) == {postgresql}

    def test_adds_unknown_words_unconfirmed(self):
        found = resolve("Falconry", "falconry")

        assert found["Falconry"] == found["falconry"]
        assert found["Falconry"].name == "Falconry"
        assert not found["Falconry"].confirmed
        assert Event.objects.get().kind == Happened.SKILL_CREATED

    def test_keeps_a_number_that_belongs_to_an_unknown_name(self):
        assert resolve("ISO 9001")["ISO 9001"].name == "ISO 9001"

    def test_prefers_the_exact_label(self, postgresql):
        set_labels(
            skill_id=resolve("Windows 95")["Windows 95"].pk,
            name="Windows 95",
            aliases=[],
            actor=ACTOR,
            changed_at=NOW,
        )
        resolve("Windows")

        assert resolve("windows 95")["windows 95"].name == "Windows 95"

    @pytest.mark.parametrize("text", ["", "  ", "***", "nul\x00l", "x" * 121])
    def test_refuses_what_is_no_skill(self, text):
        with pytest.raises(ValidationError) as refusal:
            resolve("Falconry", text)

        assert list(refusal.value.message_dict) == ["skills"]
        assert not Skill.objects.exists()


class TestSetLabels:
    def test_replaces_the_aliases(self, postgresql):
        set_labels(
            skill_id=postgresql.pk,
            name="PostgreSQL",
            aliases=["pg"],
            actor=ACTOR,
            changed_at=NOW,
        )

        keys = SkillLabel.objects.values_list("key", flat=True)
        assert sorted(keys) == ["pg", "postgresql"]

    def test_refuses_a_word_of_another_skill(self, postgresql):
        mysql = resolve("MySQL")["MySQL"]

        with pytest.raises(LabelTaken, match="Postgres"):
            set_labels(
                skill_id=mysql.pk,
                name="MySQL",
                aliases=["POSTGRES"],
                actor=ACTOR,
                changed_at=NOW,
            )


class TestConfirmSkills:
    def test_counts_those_that_were_not_confirmed(self, postgresql):
        ids = [postgresql.pk]

        counts = [
            confirm_skills(skill_ids=ids, actor=ACTOR, confirmed_at=NOW)
            for _ in range(2)
        ]

        assert counts == [1, 0]
