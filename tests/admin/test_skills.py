import pytest
from django.test import Client

from recruit.events.choices import Happened
from recruit.events.models import Event
from recruit.skills.models import Skill
from recruit.skills.operations import resolve_skills
from tests.admin.forms import address_of, filled
from tests.factories import ACTOR, NOW, make_job

pytestmark = pytest.mark.django_db

KIND = "skills/skill"


def skill(name: str) -> Skill:
    return resolve_skills([name], actor=ACTOR, happened_at=NOW)[name]


def kinds() -> list[str]:
    return list(Event.objects.order_by("id").values_list("kind", flat=True))


class TestSkillPage:
    def test_adds_a_skill_that_its_words_find(self, admin_client: Client):
        sent = filled(admin_client, address_of(KIND))
        sent |= {"name": "Beekeeping", "confirmed": "on"}
        sent |= {"labels-TOTAL_FORMS": "1", "labels-0-text": "Apiculture"}

        admin_client.post(address_of(KIND), sent)

        assert skill("apiculture").name == "Beekeeping"
        assert skill("Beekeeping").confirmed
        assert kinds() == [Happened.SKILL_CREATED]

    def test_that_changes_nothing_writes_nothing(self, admin_client: Client):
        bees = skill("Beekeeping")

        admin_client.post(
            address_of(KIND, bees.pk), filled(admin_client, address_of(KIND, bees.pk))
        )

        assert kinds() == [Happened.SKILL_CREATED]

    def test_renames_and_keeps_the_old_word(self, admin_client: Client):
        bees = skill("Bees")
        sent = filled(admin_client, address_of(KIND, bees.pk)) | {"name": "Beekeeping"}

        admin_client.post(address_of(KIND, bees.pk), sent)

        assert skill("bees") == skill("Beekeeping") == bees
        assert kinds()[-1] == Happened.SKILL_CHANGED

    def test_refuses_a_word_of_another_skill(self, admin_client: Client):
        skill("Apiculture")
        bees = skill("Bees")
        sent = filled(admin_client, address_of(KIND, bees.pk))
        sent |= {"labels-TOTAL_FORMS": "2", "labels-1-text": "APICULTURE"}

        answer = admin_client.post(address_of(KIND, bees.pk), sent)

        assert "already leads to another skill" in answer.content.decode()

    def test_refuses_a_form_older_than_the_words(self, admin_client: Client):
        bees = skill("Bees")
        sent = filled(admin_client, address_of(KIND, bees.pk))
        bees.labels.update(text="BEES")

        answer = admin_client.post(address_of(KIND, bees.pk), sent)

        assert "Somebody else changed this" in answer.content.decode()

    def test_deletes_only_what_nobody_names(self, admin_client: Client):
        make_job("Pruning")
        used, free = skill("Pruning"), skill("Bees")

        for one in (used, free):
            admin_client.post(address_of(KIND, one.pk, "delete"), {"post": "yes"})

        assert list(Skill.objects.all()) == [used]
        assert kinds()[-1] == Happened.SKILL_DELETED

    def test_confirms_many_with_one_event(self, admin_client: Client):
        ids = [str(skill(name).pk) for name in ("Bees", "Ponds")]
        sent = {"action": "confirm_selected", "_selected_action": ids}

        admin_client.post("/admin/skills/skill/", sent)

        assert not Skill.objects.unconfirmed().exists()
        assert kinds().count(Happened.SKILL_CONFIRMED) == 1
