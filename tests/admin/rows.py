"""One more row of each model that the admin site lists."""

from collections.abc import Callable
from itertools import count
from typing import Any
from uuid import UUID

from django.db import connection

from matching.conf import encoder_identity
from matching.models import ParkedProfile, SkillTwin
from recruit.accounts.choices import Role, Scope
from recruit.accounts.operations import issue_token
from recruit.applications.choices import Outcome, Stage
from recruit.applications.models import Application, DispositionReason
from recruit.applications.operations import advance, reject
from recruit.applications.templates import (
    choose_template,
    create_stage,
    save_template,
)
from recruit.candidates.inputs import (
    DocumentInput,
    EducationInput,
    ExperienceInput,
    LanguageInput,
    SkillInput,
)
from recruit.curation.models import KeptApart
from recruit.curation.operations import keep_apart
from recruit.deployment.models import Milestone
from recruit.notes.tagging import create_tag
from recruit.skills.operations import resolve_skills
from tests.factories import (
    ACTOR,
    LATER,
    NOW,
    make_application,
    make_candidate,
    make_job,
    make_user,
    reason_for,
)
from tests.matching.indexed import index_everything

_numbers = count(1)


def _job() -> None:
    make_job(
        f"skill {next(_numbers)} of jobs",
        hiring_manager=make_user(Role.HIRING_MANAGER),
        recruiters=[make_user()],
    )


def _candidate() -> None:
    number = next(_numbers)
    make_candidate(
        SkillInput(f"skill {number} of people"),
        experience=[ExperienceInput(title="Gardener")],
        education=[EducationInput(qualification="Diploma")],
        languages=[LanguageInput(language="en")],
        documents=[DocumentInput(title="CV", text="Roses.")],
    )


def _moved_application() -> Application:
    application = make_application()
    return advance(
        application_id=application.pk,
        to_stage=Stage.INTERVIEW,
        actor=ACTOR,
        moved_at=LATER,
    )


def _rejected_application() -> None:
    reject(
        application_id=make_application().pk,
        reason=reason_for(Outcome.REJECTED),
        actor=ACTOR,
        moved_at=LATER,
    )


def _token() -> None:
    user = make_user(Role.ADMINISTRATOR)
    issue_token(user=user, name="feed", scopes=[Scope.JOBS_READ], created_at=NOW)


def _reason() -> None:
    number = next(_numbers)
    DispositionReason.objects.create(
        code=f"reason-{number}", label=f"Reason {number}", outcome="rejected"
    )


def _stage() -> Any:
    label = f"Trial {next(_numbers)}"
    return create_stage(label=label, kind=Stage.OFFER, actor=ACTOR, created_at=NOW)


def _template() -> Any:
    return save_template(
        template_id=None,
        name=f"Template {next(_numbers)}",
        is_default=False,
        stage_ids=[_stage().pk],
        actor=ACTOR,
        saved_at=NOW,
    )


def _job_template() -> None:
    choose_template(
        job_id=make_job().pk, template_id=_template().pk, actor=ACTOR, chosen_at=NOW
    )


def _queued_task() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (task_name, queue_name, args)"
            " VALUES ('tests.rest', 'default', '{}')"
        )


def _indexed_candidate() -> None:
    _candidate()
    index_everything()


def _parked_profile() -> None:
    ParkedProfile.objects.create(
        subject_id=make_candidate().pk,
        encoder="words@1/profile-1",
        stamp=NOW,
        reason="The encoder failed on this text.",
        parked_at=NOW,
    )


def _two_skills() -> list[UUID]:
    number = next(_numbers)
    words = [f"skill {number}", f"skilled {number}"]
    found = resolve_skills(words, actor=ACTOR, happened_at=NOW)
    return sorted(skill.pk for skill in found.values())


def _skill_twin() -> None:
    first_id, second_id = _two_skills()
    SkillTwin.objects.create(
        first_id=first_id,
        second_id=second_id,
        encoder=encoder_identity(),
        similarity=0.9,
    )


def _kept_apart() -> KeptApart:
    one_id, other_id = _two_skills()
    return keep_apart(one_id=one_id, other_id=other_id, actor=ACTOR, decided_at=NOW)


def _tag() -> None:
    create_tag(name=f"tag {next(_numbers)}", actor=ACTOR, created_at=NOW)


def _milestone() -> None:
    Milestone.objects.create(name=f"milestone {next(_numbers)}")


ONE_MORE: dict[str, Callable[[], Any]] = {
    "accounts.User": make_user,
    "accounts.ApiToken": _token,
    "deployment.Milestone": _milestone,
    "curation.KeptApart": _kept_apart,
    "notes.Tag": _tag,
    "events.Event": make_job,
    "events.PendingEvent": make_job,
    "skills.Skill": _job,
    "skills.SkillLabel": _job,
    "jobs.Job": _job,
    "jobs.JobSkill": _job,
    "candidates.Candidate": _candidate,
    "applications.Application": _rejected_application,
    "applications.DispositionReason": _reason,
    "applications.StageTransition": _moved_application,
    "applications.PipelineStage": _stage,
    "applications.StageTemplate": _template,
    "applications.JobTemplate": _job_template,
    "matching.EmbeddingListing": _indexed_candidate,
    "matching.CandidateSearch": _indexed_candidate,
    "matching.ParkedProfile": _parked_profile,
    "matching.SkillTwin": _skill_twin,
    "procrastinate.ProcrastinateJob": _queued_task,
}
