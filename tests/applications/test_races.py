"""Two at once, on real connections: one wins, the other is told."""

from typing import Any

import pytest

from recruit.applications.bulk import advance_all
from recruit.applications.choices import Outcome, Stage
from recruit.applications.models import Application, DispositionReason, StageTransition
from recruit.applications.operations import advance, apply, reject
from recruit.common.refusals import Refused
from recruit.jobs.choices import JobStatus
from recruit.jobs.operations import change_status
from recruit.skills.models import Skill
from recruit.skills.operations import resolve_skills
from tests.factories import (
    ACTOR,
    LATER,
    NOW,
    make_application,
    make_candidate,
    make_job,
)
from tests.races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def refusals(answers):
    return [answer for answer in answers if isinstance(answer, Refused)]


class TestAtOnce:
    def test_one_of_two_movers_wins(self):
        application = make_application()

        def move_to(stage):
            return lambda: advance(
                application_id=application.pk,
                to_stage=stage,
                actor=ACTOR,
                moved_at=LATER,
                expected_version=1,
            )

        answers = at_once(move_to(Stage.SCREENING), move_to(Stage.INTERVIEW))

        assert len(refusals(answers)) == 1
        assert StageTransition.objects.count() == 1

    def test_one_of_advance_and_reject_wins(self):
        reason = DispositionReason.objects.create(
            code="races", label="Races", outcome=Outcome.REJECTED
        )
        application = make_application()
        said: dict[str, Any] = {
            "application_id": application.pk,
            "actor": ACTOR,
            "moved_at": LATER,
            "expected_version": 1,
        }

        answers = at_once(
            lambda: advance(to_stage=Stage.OFFER, **said),
            lambda: reject(reason=reason, **said),
        )

        assert len(refusals(answers)) == 1

    def test_a_person_applies_once(self):
        job, candidate = make_job(), make_candidate()
        said: dict[str, Any] = {"job_id": job.pk, "candidate_id": candidate.pk}

        answers = at_once(
            *[lambda: apply(actor=ACTOR, applied_at=NOW, **said)] * 4,
        )

        assert len(refusals(answers)) == 3
        assert Application.objects.count() == 1

    def test_one_of_two_bulk_moves_wins_and_the_other_moves_nobody(self):
        job = make_job()
        people = [make_application(job, make_candidate()) for _number in range(6)]
        seen = {one.pk: one.version for one in people}

        def move_all_to(stage, marked):
            return lambda: advance_all(
                job_id=job.pk,
                seen={pk: seen[pk] for pk in marked},
                to_stage=stage,
                actor=ACTOR,
                moved_at=LATER,
            )

        ids = list(seen)
        answers = at_once(
            move_all_to(Stage.SCREENING, ids[:4]),
            move_all_to(Stage.INTERVIEW, reversed(ids[2:])),
        )

        assert len(refusals(answers)) == 1
        assert job.applications.exclude(stage=Stage.APPLIED).count() == 4
        assert StageTransition.objects.count() == 4

    def test_a_closing_job_takes_nobody_after_it_has_closed(self):
        job, candidate = make_job(), make_candidate()

        answers = at_once(
            lambda: apply(
                job_id=job.pk, candidate_id=candidate.pk, actor=ACTOR, applied_at=NOW
            ),
            lambda: change_status(
                job_id=job.pk, to_status=JobStatus.CLOSED, actor=ACTOR, changed_at=LATER
            ),
        )

        job.refresh_from_db()
        assert job.is_closed
        assert len(refusals(answers)) == 1 - Application.objects.count()

    def test_new_words_become_one_skill(self):
        names = [f"Falconry of the {chr(97 + n)}th kind" for n in range(20)]

        at_once(
            lambda: resolve_skills(names, actor=ACTOR, happened_at=NOW),
            lambda: resolve_skills(reversed(names), actor=ACTOR, happened_at=NOW),
        )

        assert Skill.objects.count() == 20
