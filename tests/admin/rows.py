"""One more row of each model that the admin site lists."""

from collections.abc import Callable
from itertools import count
from typing import Any
from uuid import UUID

from django.db import connection

from matching.conf import encoder_identity
from matching.models import ParkedProfile, SkillTwin
from recruit.accounts.actors import Actor
from recruit.accounts.choices import Role, Scope
from recruit.accounts.operations import issue_token
from recruit.api.models import KeptAnswer, RequestCount
from recruit.applications.blinding import hide_names, set_blind_policy
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
from recruit.common.ids import uuid7
from recruit.curation.models import KeptApart
from recruit.curation.operations import keep_apart
from recruit.deployment.models import Milestone
from recruit.imports.models import (
    FileImport,
    ImportedRow,
    RejectedRow,
    RememberedColumn,
)
from recruit.imports.types import ImportKind
from recruit.jobs.operations import update_job
from recruit.notes.operations import write_note
from recruit.notes.tagging import create_tag, tag_candidates, tag_jobs
from recruit.organisation.operations import name_organisation
from recruit.reviews.answering import answer
from recruit.reviews.choices import Answer, Screened, Verdict
from recruit.reviews.models import Decision
from recruit.reviews.operations import start_screening
from recruit.skills.operations import resolve_skills
from recruit.talent.operations import add_to_pool, create_pool
from recruit.talent.searches import save_search
from recruit.talent.visits import visit_ranking
from recruit.webhooks.models import Attempt
from recruit.webhooks.operations import create_webhook
from recruit.webhooks.publishing import publish_all
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


def _blind_review() -> None:
    hide_names(
        job_id=make_job().pk,
        reveal_stage=Stage.INTERVIEW,
        actor=ACTOR,
        changed_at=NOW,
    )


def _blind_policy() -> None:
    set_blind_policy(
        is_enforced=False, reveal_kind=Stage.INTERVIEW, actor=ACTOR, changed_at=NOW
    )


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


def _criteria() -> None:
    job = make_job(f"skill {next(_numbers)} of criteria")
    update_job(job_id=job.pk, fields={}, requirements=[], actor=ACTOR, changed_at=LATER)


def _screening() -> None:
    job, person = make_job(), make_candidate()
    screening = start_screening(
        job_id=job.pk,
        user=make_user(),
        screened=Screened.RANKED,
        candidate_ids=[person.pk],
        started_at=NOW,
    )
    Decision.objects.create(
        id=uuid7(),
        screening=screening,
        candidate=person,
        verdict=Verdict.SHORTLISTED,
        made_application=False,
        decided_at=LATER,
        left_version=1,
    )


def _review() -> None:
    manager = make_user(Role.HIRING_MANAGER)
    application = make_application(make_job(hiring_manager=manager))
    answer(
        application_id=application.pk, user=manager, answer=Answer.YES, answered_at=NOW
    )


def _saved_search() -> None:
    save_search(
        owner=make_user(),
        name="Roses",
        query="q=roses",
        is_shared=False,
        actor=ACTOR,
        saved_at=NOW,
    )


def _pool_member() -> None:
    pool = create_pool(
        owner=make_user(), name="Roses", is_shared=False, actor=ACTOR, created_at=NOW
    )
    person = make_candidate().pk
    add_to_pool(pool_id=pool.pk, candidate_ids=[person], actor=ACTOR, added_at=NOW)


def _note() -> None:
    author = make_user(name=f"Author{next(_numbers)}")
    write_note(
        text=f"Ask @{author.name}.",
        candidate_id=make_candidate().pk,
        actor=Actor.of(author),
        written_at=NOW,
    )


def _tagged() -> None:
    name = f"tag {next(_numbers)}"
    person, job = make_candidate(), make_job()
    tag_candidates(name=name, candidate_ids=[person.pk], actor=ACTOR, tagged_at=NOW)
    tag_jobs(name=name, job_ids=[job.pk], actor=ACTOR, tagged_at=NOW)


def _file_import() -> None:
    number = next(_numbers)
    sent = FileImport.objects.create(
        owner=make_user(),
        kind=ImportKind.CANDIDATES,
        source=f"source {number}",
        file_name="people.csv",
        size=100,
        encoding="utf-8",
        header_row=1,
        created_at=NOW,
    )
    RejectedRow.objects.create(
        file_import=sent, number=2, reason="No name.", cells=["", ""]
    )
    ImportedRow.objects.create(file_import=sent, number=2, outcome="rejected")
    RememberedColumn.objects.create(
        kind=ImportKind.CANDIDATES, source=sent.source, header_key="naam", field="name"
    )


def _organisation() -> None:
    name = f"Organisation {next(_numbers)}"
    name_organisation(name=name, actor=ACTOR, named_at=NOW)


def _ranking_visit() -> None:
    visit_ranking(job=make_job(), user=make_user(), visited_at=NOW)


def _delivery() -> None:
    owner, number = make_user(Role.ADMINISTRATOR), next(_numbers)
    make_job()
    made = create_webhook(
        owner=owner,
        stated={"name": f"System {number}", "url": "https://hooks.example.org/"},
        actor=ACTOR,
        created_at=NOW,
    )
    Attempt.objects.create(
        delivery=made.webhook.deliveries.get(), started_at=NOW, duration_ms=12
    )
    publish_all(now=LATER)


def _kept_answer() -> None:
    KeptAnswer.objects.create(
        caller="token", key=str(next(_numbers)), status=201, created_at=NOW
    )


def _request_count() -> None:
    RequestCount.objects.create(
        caller=f"token:{next(_numbers)}", requests=3, began_at=NOW
    )


ONE_MORE: dict[str, Callable[[], Any]] = {
    "accounts.User": make_user,
    "accounts.ApiToken": _token,
    "api.KeptAnswer": _kept_answer,
    "api.RequestCount": _request_count,
    "audit.Entry": make_job,
    "deployment.Milestone": _milestone,
    "organisation.Organisation": _organisation,
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
    "applications.BlindReview": _blind_review,
    "applications.BlindPolicy": _blind_policy,
    "matching.EmbeddingListing": _indexed_candidate,
    "matching.CandidateSearch": _indexed_candidate,
    "matching.ParkedProfile": _parked_profile,
    "matching.SkillTwin": _skill_twin,
    "procrastinate.ProcrastinateJob": _queued_task,
    "jobs.CriteriaVersion": _criteria,
    "reviews.Screening": _screening,
    "reviews.Review": _review,
    "talent.SavedSearch": _saved_search,
    "talent.TalentPool": _pool_member,
    "talent.PoolMembership": _pool_member,
    "talent.RankingVisit": _ranking_visit,
    "notes.Note": _note,
    "notes.CandidateTag": _tagged,
    "notes.JobTag": _tagged,
    "imports.FileImport": _file_import,
    "imports.RejectedRow": _file_import,
    "imports.ImportedRow": _file_import,
    "imports.RememberedColumn": _file_import,
    "webhooks.Webhook": _delivery,
    "webhooks.Message": _delivery,
    "webhooks.Delivery": _delivery,
}
