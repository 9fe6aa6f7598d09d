from typing import Any, cast

import pytest
from django.db import connection
from procrastinate import JobContext
from procrastinate.contrib.django.models import ProcrastinateJob

from matching import queue
from matching.conf import encoder_identity, encoder_settings
from matching.indexing import index_subjects
from matching.models import JobTwin, SkillTwin
from matching.subjects import JOBS, SKILLS
from matching.tasks import find_twins, index
from matching.twins import mining
from matching.twins.mining import find_job_twins, find_skill_twins
from matching.twins.queries import like_jobs, proposed_twins
from recruit.accounts.choices import Role
from recruit.curation.operations import keep_apart, merge_skills
from recruit.jobs.choices import JobStatus
from recruit.jobs.models import Job
from recruit.jobs.operations import change_status, delete_job, update_job
from recruit.skills.models import Skill
from recruit.skills.operations import resolve_skills
from tests.factories import ACTOR, LATER, NOW, make_job, make_user
from tests.matching.indexed import index_everything

pytestmark = pytest.mark.django_db

TEXT = "Plans and plants the gardens of the town with a team of six people."


class FirstTry:
    """What the worker tells a task of itself at its first try."""

    job = None


def skill(name: str) -> Skill:
    return resolve_skills([name], actor=ACTOR, happened_at=NOW)[name]


def skills(*names: str) -> list[Skill]:
    found = [skill(name) for name in names]
    index_everything()
    return found


def proposed() -> list[set[str]]:
    pairs: Any = proposed_twins().order_by("-similarity", "id")
    return [{pair.first_name, pair.second_name} for pair in pairs]


def look(*looked_at: Skill) -> int:
    return find_skill_twins([one.pk for one in looked_at], encoder_identity())


class TestFindSkillTwins:
    def test_finds_names_that_mean_the_same(self):
        found = skills("Warehouse management", "Management of warehouse", "Welding")

        look(*found)

        assert proposed() == [{"Warehouse management", "Management of warehouse"}]

    def test_finds_the_same_from_either_side_once(self):
        one, other = skills("Warehouse management", "Management of warehouse")

        assert look(one) == look(other) == look(one, other) == 1
        assert SkillTwin.objects.count() == 1

    def test_finds_other_spellings_and_initials(self, monkeypatch):
        monkeypatch.setattr(mining, "SHORTENED_SKILL", -1.0)
        found = skills("Power BI", "PowerBI", "Machine learning", "ML")

        look(*found)

        assert sorted(map(sorted, proposed())) == [
            ["ML", "Machine learning"],
            ["Power BI", "PowerBI"],
        ]

    def test_tells_names_apart_by_their_numbers(self):
        found = skills("Standard of reporting 9", "Standard of reporting 16")

        assert look(*found) == 0

    def test_forgets_what_is_no_longer_so(self):
        one, other = skills("Warehouse management", "Management of warehouse")
        look(one)
        Skill.objects.filter(pk=other.pk).update(name="Falconry")
        index_subjects(SKILLS, [other.pk], settings=encoder_settings())

        find_twins("skills", [str(other.pk)])

        assert not SkillTwin.objects.exists()

    def test_forgets_a_skill_that_is_gone(self):
        one, other = skills("Warehouse management", "Management of warehouse")
        look(one)
        Skill.objects.filter(pk=other.pk).delete()

        index_subjects(SKILLS, [other.pk], settings=encoder_settings())

        assert not SkillTwin.objects.exists()

    def test_follows_the_encoding_of_a_skill(self):
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM procrastinate_jobs")
        one = skill("Warehouse management")

        index(cast(JobContext, FirstTry()), "skills", [str(one.pk)])

        (task,) = ProcrastinateJob.objects.filter(task_name=queue.FIND_TWINS)
        assert task.args == {"kind": "skills", "ids": [str(one.pk)]}

    def test_compares_no_vectors_of_another_encoder(self):
        one, _other = skills("Warehouse management", "Management of warehouse")
        look(one)

        assert find_skill_twins([one.pk], "another@1/profile-1") == 0
        assert len(proposed()) == 1


class TestProposedTwins:
    def test_leaves_out_what_was_decided(self):
        one, other, third = skills(
            "Warehouse management", "Management of warehouse", "Warehouse managements"
        )
        Skill.objects.filter(pk=third.pk).delete()
        look(one, other)
        keep_apart(one_id=other.pk, other_id=one.pk, actor=ACTOR, decided_at=NOW)

        assert proposed() == []

    def test_leaves_out_a_skill_that_was_merged(self):
        one, other = skills("Warehouse management", "Management of warehouse")
        look(one, other)

        merge_skills(kept_id=one.pk, merged_id=other.pk, actor=ACTOR, merged_at=LATER)

        assert proposed() == []


class TestLikeJobs:
    def jobs(self, **of_second: Any) -> tuple[Job, Job]:
        first = make_job(title="Head gardener", description=TEXT)
        second = make_job(title="Head gardener", description=TEXT, **of_second)
        make_job(title="Welder", description="Welds the steel of ships in the yard.")
        index_everything()
        find_job_twins([first.pk], encoder_identity())
        return first, second

    def test_are_those_that_nearly_say_the_same(self):
        first, second = self.jobs()

        assert like_jobs(first, None) == [second]
        assert like_jobs(second, None) == [first]

    def test_are_not_those_hidden_from_the_viewer(self):
        viewer = make_user(Role.RECRUITER)
        first, second = self.jobs(confidential=True)

        assert like_jobs(first, viewer) == []
        assert like_jobs(first, None) == [second]

    def test_are_not_closed_ones(self):
        first, second = self.jobs()
        change_status(
            job_id=second.pk, to_status=JobStatus.CLOSED, actor=ACTOR, changed_at=LATER
        )

        assert like_jobs(first, None) == []

    def test_are_forgotten_with_the_job(self):
        first, second = self.jobs()
        delete_job(job_id=second.pk, actor=ACTOR, deleted_at=LATER)

        index_subjects(JOBS, [second.pk], settings=encoder_settings())

        assert not JobTwin.objects.exists()
        assert like_jobs(first, None) == []

    def test_are_looked_for_anew_after_a_change(self):
        first, second = self.jobs()
        update_job(
            job_id=second.pk,
            fields={"title": "Diver", "description": "Inspects quay walls."},
            actor=ACTOR,
            changed_at=LATER,
        )
        index_everything()

        find_twins("jobs", [str(second.pk)])

        assert like_jobs(first, None) == []
