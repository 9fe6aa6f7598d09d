from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from matching.conf import encoder_identity
from matching.models import SkillTwin
from recruit.candidates.models import CandidateSkill
from recruit.common.ids import uuid7
from recruit.curation.models import KeptApart
from recruit.events.choices import Happened
from recruit.events.models import Event
from recruit.jobs.operations import RequirementInput
from recruit.skills.models import Skill
from recruit.skills.operations import resolve_skills
from tests.factories import ACTOR, NOW, make_candidate, make_job

pytestmark = pytest.mark.django_db

TWINS = "/admin/matching/skilltwin/"


def skill(name: str) -> Skill:
    return resolve_skills([name], actor=ACTOR, happened_at=NOW)[name]


def question(one: Skill, other: Skill) -> str:
    return f"/admin/skills/skill/{one.pk}/merge/{other.pk}/"


def twins(one: str, other: str, similarity: float) -> SkillTwin:
    first_id, second_id = sorted([skill(one).pk, skill(other).pk])
    return SkillTwin.objects.create(
        first_id=first_id,
        second_id=second_id,
        encoder=encoder_identity(),
        similarity=similarity,
    )


class TestQuestion:
    def test_tells_what_a_merge_would_change(self, admin_client: Client):
        make_candidate("JS")
        make_candidate("JS", "JavaScript")
        make_job("JS", requisition_code="REQ-7")

        page = admin_client.get(question(skill("JavaScript"), skill("JS")))

        shown = page.content.decode()
        assert "2 people with “JS” get this skill; 1 has both" in shown
        assert "REQ-7" in shown
        assert "1 person with “JavaScript” gets this skill" in shown

    def test_merges_into_the_skill_that_is_kept(self, admin_client: Client):
        candidate = make_candidate("JS")
        kept, merged = skill("JavaScript"), skill("JS")

        answer = admin_client.post(
            question(merged, kept), {"kept": str(kept.pk)}, follow=True
        )

        assert CandidateSkill.objects.get(candidate=candidate).skill == kept
        told = "“JS” became “JavaScript”: 1 person and 0 jobs changed."
        assert told in answer.content.decode()
        event = Event.objects.get(kind=Happened.SKILLS_MERGED)
        assert event.actor_name == "Ada Admin"

    def test_keeps_both_and_says_so_when_asked_again(self, admin_client: Client):
        one, other = skill("Java"), skill("JavaScript")

        admin_client.post(question(one, other), {"kept": "both"})

        assert KeptApart.objects.of_pair(other.pk, one.pk).exists()
        page = admin_client.get(question(one, other)).content.decode()
        assert "keep these two apart" in page

    @pytest.mark.parametrize("sent", [{}, {"kept": ""}, {"kept": "nonsense"}])
    def test_decides_nothing_that_was_not_said(self, sent, admin_client: Client):
        one, other = skill("Java"), skill("JavaScript")

        answer = admin_client.post(question(one, other), sent, follow=True)

        assert "Say which of the two is kept." in answer.content.decode()
        assert Skill.objects.count() == 2
        assert not KeptApart.objects.exists()

    def test_names_the_job_that_forbids_a_merge(self, admin_client: Client):
        make_job(
            "JavaScript",
            RequirementInput("JS", importance="excluded"),
            requisition_code="REQ-X",
        )
        kept, merged = skill("JavaScript"), skill("JS")

        page = admin_client.get(question(kept, merged)).content.decode()
        answer = admin_client.post(
            question(kept, merged), {"kept": str(kept.pk)}, follow=True
        )

        assert "Merge “JS” into" not in page
        assert "REQ-X wants one of" in answer.content.decode()
        assert Skill.objects.count() == 2

    def test_does_not_exist_for_a_skill_that_is_gone(self, admin_client: Client):
        one = skill("Java")
        gone = Skill(pk=uuid7())

        assert admin_client.get(question(one, gone)).status_code == 404
        assert admin_client.get(question(one, one)).status_code == 404

    def test_leads_nowhere_else_than_to_this_site(self, admin_client: Client):
        one, other = skill("Java"), skill("JavaScript")

        answer = admin_client.post(
            f"{question(one, other)}?next=https://example.org/", {"kept": "both"}
        )

        assert answer.headers["Location"] == "/admin/skills/skill/"


class TestSkillList:
    def test_leads_to_the_question_about_two_marked_skills(self, admin_client: Client):
        one, other = skill("Java"), skill("JavaScript")
        marked = {"_selected_action": [str(other.pk), str(one.pk)]}

        answer = admin_client.post(
            "/admin/skills/skill/", {"action": "merge_selected", **marked}
        )

        assert answer.headers["Location"] == question(one, other)

    def test_asks_for_exactly_two(self, admin_client: Client):
        marked = {"_selected_action": [str(skill("Java").pk)]}

        answer = admin_client.post(
            "/admin/skills/skill/", {"action": "merge_selected", **marked}, follow=True
        )

        assert "Mark exactly two skills." in answer.content.decode()


class TestTwinList:
    def test_leads_from_pair_to_pair_whatever_the_answers(self, admin_client: Client):
        likest = twins("JS", "JavaScript", 0.9)
        twins("Java", "Java language", 0.8)

        first = admin_client.get(f"{TWINS}{likest.pk}/change/").headers["Location"]
        second = admin_client.post(first, {"kept": "both"}, follow=True)
        leads = [address for address, _status in second.redirect_chain]

        assert question(skill("Java"), skill("Java language")).split("/")[4] in str(
            leads
        )
        (after,) = parse_qs(urlsplit(leads[-1]).query)["next"]
        last = admin_client.get(after)
        assert last.headers["Location"] == TWINS

    def test_shows_neither_decided_pairs_nor_a_similarity(self, admin_client: Client):
        pair = twins("JS", "JavaScript", 0.8765)
        twins("Java", "Java language", 0.8)
        KeptApart.objects.create(
            first_id=pair.first_id,
            second_id=pair.second_id,
            decided_at=NOW,
            decided_by="Ada",
        )

        shown = admin_client.get(TWINS).content.decode()

        assert "Java language" in shown
        assert "JavaScript" not in shown
        assert "0.8" not in shown

    def test_finds_pairs_by_name_and_by_whether_they_are_confirmed(
        self, admin_client: Client
    ):
        twins("JS", "JavaScript", 0.9)
        twins("Welding", "Weld", 0.8)
        Skill.objects.filter(name__in=["Welding", "Weld"]).update(confirmed=True)

        found = admin_client.get(TWINS, {"q": "weld"}).content.decode()
        confirmed = admin_client.get(TWINS, {"confirmed": "both"}).content.decode()
        others = admin_client.get(TWINS, {"confirmed": "not_both"}).content.decode()

        assert ("Welding" in found, "JavaScript" in found) == (True, False)
        assert ("Welding" in confirmed, "JavaScript" in confirmed) == (True, False)
        assert ("Welding" in others, "JavaScript" in others) == (False, True)


class TestPairsKeptApart:
    def test_can_be_proposed_again(self, admin_client: Client):
        one, other = skill("Java"), skill("JavaScript")
        admin_client.post(question(one, other), {"kept": "both"})
        (pair,) = KeptApart.objects.all()

        admin_client.post(
            "/admin/curation/keptapart/",
            {"action": "propose_selected_again", "_selected_action": [str(pair.pk)]},
        )

        assert not KeptApart.objects.exists()
