"""The shortlist of a job: who is on it, why, and why somebody is not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, IntegerField, Q, Value, When
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from matching.explained import explanations_of
from matching.types import EvidenceState, Explanation
from matching.veiled import behind_veil
from matching.why import hold_against
from recruit.accounts.models import User
from recruit.applications.choices import Outcome
from recruit.applications.models import Application
from recruit.applications.queries import candidates_visible_to
from recruit.applications.querysets import ApplicationQuerySet
from recruit.applications.stages import stages_of
from recruit.applications.veil import veil_of
from recruit.candidates.models import Candidate
from recruit.jobs.models import Job
from recruit.reviews.models import Review


@dataclass(frozen=True, slots=True)
class Listed:
    """A person on the shortlist, what speaks for them, what was said of them."""

    application: Application
    candidate: Candidate
    explanation: Explanation
    stage: str
    reviews: tuple[Review, ...]
    mine: Review | None


@dataclass(frozen=True, slots=True)
class WhyNot:
    """A person who is not on the shortlist, and why."""

    candidate: Candidate
    sentences: tuple[str, ...]
    explanation: Explanation


def shortlisted(job: Job, viewer: User) -> ApplicationQuerySet:
    """Return who stands beyond the first stage of a job, the farthest first.

    Before all stand those who were hired.
    """
    codes = [stage.code for stage in stages_of(job)[1:]]
    places = [When(stage=code, then=Value(n)) for n, code in enumerate(codes)]
    place = Case(*places, default=Value(0), output_field=IntegerField())
    mine = Application.objects.visible_to(viewer).active_or_hired().filter(job=job)
    there = Q(stage__in=codes) | Q(outcome=Outcome.HIRED)
    present = mine.filter(there, candidate__erased_at=None)
    is_hired = Case(When(outcome=Outcome.HIRED, then=Value(1)), default=Value(0))
    return present.order_by(is_hired.desc(), place.desc(), "stage_changed_at", "id")


def listed(
    job: Job, applications: Sequence[Application], viewer: User, *, today: date
) -> list[Listed]:
    """Return applications of a job (loaded `with_requirements`) with their reasons.

    The number of queries does not grow with the people.
    """
    ids = [application.candidate_id for application in applications]
    visible = candidates_visible_to(viewer, on_pages_of=job.pk)
    people = visible.with_profile().in_bulk(ids)
    explanations = explanations_of(
        job=job, candidates=list(people.values()), today=today
    )
    reviews = Review.objects.filter(application__in=applications).with_author()
    said: dict[object, list[Review]] = {}
    for review in reviews.newest_first():
        said.setdefault(review.application_id, []).append(review)
    labels = {stage.code: stage.label for stage in stages_of(job)}
    rows = [
        Listed(
            application=application,
            candidate=people[application.candidate_id],
            explanation=explanations[application.candidate_id],
            stage=_stage_told(application, labels),
            reviews=tuple(said.get(application.pk, ())),
            mine=next(
                (r for r in said.get(application.pk, ()) if r.user_id == viewer.pk),
                None,
            ),
        )
        for application in applications
        if application.candidate_id in people
    ]
    return list(behind_veil(rows, veil_of(job)))


def _stage_told(application: Application, labels: dict[str, str]) -> str:
    """Return where somebody stands; of who was hired, that they were."""
    if application.outcome == Outcome.HIRED:
        return str(application.get_outcome_display())
    return labels.get(application.stage, application.stage)


def why_not(
    job: Job, candidate: Candidate, viewer: User, *, today: date
) -> WhyNot | None:
    """Say why a person (`with_profile`) is not on the shortlist, None if they are."""
    mine = Application.objects.visible_to(viewer).filter(job=job, candidate=candidate)
    application = mine.select_related("disposition_reason").first()
    if application and shortlisted(job, viewer).filter(pk=application.pk).exists():
        return None
    held = hold_against(job=job, candidate=candidate, today=today)
    sentences = [_standing(application), *held.left_out]
    sentences += [
        sentence
        for state, sentence in (
            (EvidenceState.MISSING, _("Found nowhere in the profile: %s.")),
            (EvidenceState.NO_DATA, _("The profile says too little to tell: %s.")),
            (EvidenceState.PARTIAL, _("Shown in part: %s.")),
        )
        for sentence in _skills(held.explanation, state, sentence)
    ]
    found = WhyNot(candidate, tuple(sentences), held.explanation)
    (shown,) = behind_veil([found], veil_of(job))
    return shown


def _standing(application: Application | None) -> str:
    if application is None:
        return _("Nobody has put this person into the pipeline of this job.")
    if application.is_active:
        return _("Stands at the first stage of the pipeline and waits to be screened.")
    reason = application.disposition_reason
    told = {
        "reason": reason.label if reason else "",
        "outcome": application.get_outcome_display(),
        "stage": application.get_stage_display(),
        "day": date_format(application.ended_at),  # type: ignore[arg-type]
    }
    if reason:
        return _("%(outcome)s at “%(stage)s” on %(day)s: %(reason)s.") % told
    return _("%(outcome)s at “%(stage)s” on %(day)s.") % told


def _skills(explanation: Explanation, state: EvidenceState, sentence: str) -> list[str]:
    """Return the sentence about the requirements that are in a state, if any are."""
    names = [one.skill for one in explanation.requirements if one.state is state]
    return [sentence % ", ".join(names)] if names else []
