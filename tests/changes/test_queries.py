"""The log of changes: what stands in it, and who may be told."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from recruit.applications.choices import Stage
from recruit.applications.models import BlindPolicy, BlindReview
from recruit.applications.operations import advance
from recruit.candidates.inputs import ProfileInput, SkillInput
from recruit.candidates.models import CandidateSkill, Document
from recruit.candidates.operations import erase_candidate, update_candidate
from recruit.changes.choices import Gone, Kind
from recruit.changes.operations import forget_changes
from recruit.changes.queries import (
    newest_entry,
    standing,
    stands_in_log,
)
from recruit.curation.operations import merge_skills
from recruit.jobs.models import Job
from recruit.jobs.operations import RequirementInput, update_job
from recruit.skills.models import Skill
from tests.changes.asking import (
    begin_anew,
    changed,
    gone,
    new_row,
    other_transaction,
    told,
)
from tests.deployment.processes import wait_for
from tests.factories import (
    ACTOR,
    LATER,
    NOW,
    make_application,
    make_candidate,
    make_job,
    make_user,
)


class TestLog:
    pytestmark = pytest.mark.django_db

    def test_tells_of_a_candidate_and_of_each_part(self):
        person = make_candidate("pruning")
        begin_anew()
        assert changed(Kind.CANDIDATE) == set()

        for profile in (
            ProfileInput(fields={"headline": "Gardener"}),
            ProfileInput(fields={}, skills=[SkillInput("grafting")]),
        ):
            update_candidate(
                candidate_id=person.pk,
                profile=profile,
                actor=ACTOR,
                changed_at=LATER,
            )
            assert changed(Kind.CANDIDATE) == {person.pk}
            begin_anew()

    @pytest.mark.parametrize(
        "table", ["skills", "experience", "education", "languages", "documents"]
    )
    def test_tells_of_parts_written_without_their_person(self, table):
        from recruit.candidates.inputs import (  # noqa: PLC0415
            DocumentInput,
            EducationInput,
            ExperienceInput,
            LanguageInput,
        )

        person = make_candidate(
            "pruning",
            experience=[ExperienceInput(title="Gardener")],
            education=[EducationInput(qualification="Diploma")],
            languages=[LanguageInput(language="nl")],
            documents=[DocumentInput(title="CV", text="x")],
        )
        make_candidate("pruning")
        begin_anew()

        getattr(person, table).all().delete()

        assert changed(Kind.CANDIDATE) == {person.pk}

    def test_tells_of_a_job_and_its_requirements_and_recruiters(self):
        job, user = make_job("pruning"), make_user()
        begin_anew()

        changes: list[dict[str, Any]] = [
            {"fields": {"title": "Head gardener"}},
            {"fields": {}, "requirements": [RequirementInput("grafting")]},
            {"fields": {"recruiters": [user]}},
            {"fields": {"recruiters": []}},
        ]
        for change in changes:
            update_job(job_id=job.pk, actor=ACTOR, changed_at=LATER, **change)
            assert changed(Kind.JOB) == {job.pk}
            begin_anew()

    def test_tells_of_a_moved_application(self):
        application = make_application()
        begin_anew()

        advance(
            application_id=application.pk,
            to_stage=Stage.INTERVIEW,
            actor=ACTOR,
            moved_at=LATER,
        )

        assert changed(Kind.APPLICATION) == {application.pk}

    def test_tells_of_all_who_hold_a_renamed_skill(self):
        person, job = make_candidate("pruning"), make_job("pruning")
        make_candidate("grafting")
        begin_anew()

        Skill.objects.filter(name="pruning").update(name="Pruning of trees")

        assert changed(Kind.CANDIDATE) == {person.pk}
        assert changed(Kind.JOB) == {job.pk}

    def test_says_which_skill_stands_for_a_merged_one(self):
        person = make_candidate("pruning", "grafting")
        kept, merged = (
            Skill.objects.get(name=name) for name in ("pruning", "grafting")
        )
        begin_anew()

        merge_skills(kept_id=kept.pk, merged_id=merged.pk, actor=ACTOR, merged_at=LATER)

        by_id = {one.row_id: one for one in told(Kind.SKILL)}
        assert by_id[merged.pk].gone is Gone.MERGED
        assert by_id[merged.pk].kept_id == kept.pk
        assert changed(Kind.CANDIDATE) == {person.pk}

    def test_says_that_a_person_was_erased(self):
        person = make_candidate("pruning")
        begin_anew()

        erase_candidate(candidate_id=person.pk, actor=ACTOR, erased_at=LATER)

        assert gone(Kind.CANDIDATE) == {person.pk: Gone.ERASED}

    def test_tells_of_applications_when_names_are_hidden(self):
        application, other = make_application(), make_application()
        begin_anew()

        BlindReview.objects.create(job=application.job, reveal_stage=Stage.OFFER)
        assert changed(Kind.APPLICATION) == {application.pk}

        BlindPolicy.objects.create(is_enforced=True)
        assert changed(Kind.APPLICATION) == {application.pk, other.pk}

    def test_holds_one_entry_of_a_row_and_a_transaction(self):
        begin_anew()

        person = make_candidate("pruning", "grafting")
        Document.objects.filter(candidate=person).delete()
        CandidateSkill.objects.filter(candidate=person).update(years=3)

        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM changes_change WHERE kind='candidate'")
            assert cursor.fetchone() == (1,)


@pytest.mark.django_db(transaction=True)
class TestLateCommit:
    def test_is_found_from_the_oldest_transaction_that_was_running(self):
        begin_anew()
        with other_transaction() as cursor:
            person = new_row(cursor)
            make_candidate()  # begins and commits after it
            then = standing()
            assert person not in changed(Kind.CANDIDATE)

        found = {one.row_id for one in told(Kind.CANDIDATE, since=then.oldest_running)}
        assert person in found

    def test_once_told_is_not_told_again_when_nothing_is_running(self):
        make_candidate()

        # Other processes of the tests write to the same server, in databases of theirs.
        wait_for(lambda: told(Kind.CANDIDATE, since=standing().oldest_running) == [])


@pytest.mark.django_db
class TestForgetting:
    def test_says_to_where_it_forgot(self):
        make_candidate()
        then = standing()
        entry = newest_entry(Kind.CANDIDATE)
        assert entry is not None
        assert stands_in_log(Kind.CANDIDATE, entry)

        forget_changes(before=timezone.now() - timedelta(days=1))
        assert standing().forgotten_to == then.forgotten_to
        assert forget_changes(before=timezone.now() + timedelta(days=1)) > 0

        assert standing().forgotten_to == entry.changed_in
        assert not stands_in_log(Kind.CANDIDATE, entry)
        assert newest_entry(Kind.CANDIDATE) is None

    def test_of_nothing_changes_nothing(self):
        before = standing()

        assert forget_changes(before=NOW - timedelta(days=9999)) == 0
        assert standing().forgotten_to == before.forgotten_to


@pytest.mark.django_db
class TestEpoch:
    def test_ends_when_the_database_was_restored_elsewhere(self):
        make_candidate()
        before = standing()
        assert standing().epoch == before.epoch
        with connection.cursor() as cursor:
            cursor.execute("UPDATE changes_state SET database = 'another server'")

        after = standing()

        assert after.epoch != before.epoch
        assert standing().epoch == after.epoch
        assert newest_entry(Kind.CANDIDATE) is None

    def test_knows_its_place_in_a_transaction(self):
        with transaction.atomic():
            job = make_job()
            entry = newest_entry(Kind.JOB)
        assert entry is not None
        assert entry.row_id == str(job.pk)
        assert Job.objects.filter(pk=job.pk).exists()
