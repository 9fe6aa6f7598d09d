"""What a job might require as well: it counts only once somebody says so."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from matching.conf import encoder_identity, encoder_settings
from matching.matches import JobNotEmbedded, job_vector
from matching.retrieval import near_skills, nearest_jobs
from recruit.accounts.models import User
from recruit.jobs.models import Job
from recruit.skills.choices import Importance
from recruit.skills.models import Skill, SkillLabel
from recruit.skills.names import skill_key
from recruit.skills.recognition import MOST_TOKENS, SkillRecogniser

MOST_SUGGESTIONS = 12
SIMILAR_JOBS = 5

# Words of a description that are looked up in the vocabulary.
MOST_WORDS = 2000


class Ground(StrEnum):
    """Why a skill is proposed."""

    TEXT = "text"  # its words stand in the job's own text
    SIMILAR_JOBS = "similar_jobs"  # jobs of like meaning require it
    NEAR_SKILL = "near_skill"  # its meaning is near a required one's


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A skill that a job does not name, and why it might."""

    skill: Skill
    ground: Ground
    told: tuple[str, ...] = ()  # the words, the jobs' codes, or the near skills


def suggested_criteria(job: Job, viewer: User | None) -> list[Suggestion]:
    """Propose skills for a job loaded `with_requirements`, the surest first.

    Skills that it names already are not among them. Of jobs that the viewer may not
    see nothing is told.
    """
    named = {row.skill_id for row in job.requirements.all()}
    alike = _similar_jobs(job, viewer)
    found = [
        *_in_text(job),
        *_required_by(alike),
        *_near(
            {row.skill_id: row.skill.name for row in job.requirements.all()},
            [row.skill for one in alike for row in one.requirements.all()],
        ),
    ]
    first: dict[UUID, Suggestion] = {}
    for one in found:
        if one.skill.pk not in named:
            first.setdefault(one.skill.pk, one)
    return list(first.values())[:MOST_SUGGESTIONS]


def _in_text(job: Job) -> list[Suggestion]:
    text = f"{job.title}\n{job.description}"
    labels = SkillLabel.objects.found_in_text().filter(key__in=_phrases(text))
    known = {label.key: label for label in labels.select_related("skill")}
    recogniser = SkillRecogniser([(key, one.skill_id) for key, one in known.items()])
    skills = {one.skill_id: one.skill for one in known.values()}
    words: dict[UUID, dict[str, None]] = {}
    for mention in recogniser.mentions(text):
        said = " ".join(text[mention.start : mention.end].split())
        words.setdefault(mention.skill_id, {})[said] = None
    return [
        Suggestion(skills[skill_id], Ground.TEXT, tuple(said))
        for skill_id, said in words.items()
    ]


def _phrases(text: str) -> set[str]:
    """Return the keys of everything in a text that might be a label."""
    words = text.split()[:MOST_WORDS]
    return {
        skill_key(" ".join(words[start : start + length]))
        for start in range(len(words))
        for length in range(1, MOST_TOKENS + 1)
    }


def _similar_jobs(job: Job, viewer: User | None) -> list[Job]:
    encoder = encoder_identity()
    try:
        vector = job_vector(job, encoder)
    except JobNotEmbedded:
        return []
    others = Job.objects.visible_to(viewer).exclude(pk=job.pk)
    ids = list(others.values_list("pk", flat=True))
    hits = nearest_jobs(
        document=vector, encoder=encoder, job_ids=ids, limit=SIMILAR_JOBS
    )
    found = Job.objects.with_requirements().in_bulk([hit.job_id for hit in hits])
    return [found[hit.job_id] for hit in hits if hit.job_id in found]


def _required_by(jobs: Iterable[Job]) -> list[Suggestion]:
    skills: dict[UUID, Skill] = {}
    codes: dict[UUID, list[str]] = {}
    for job in jobs:
        for row in job.requirements.all():
            if row.importance == Importance.EXCLUDED:
                continue
            skills[row.skill_id] = row.skill
            codes.setdefault(row.skill_id, []).append(job.requisition_code)
    # Stable: of equally many jobs, the skill of the nearest comes first.
    often = sorted(codes, key=lambda one: -len(codes[one]))
    return [
        Suggestion(skills[one], Ground.SIMILAR_JOBS, tuple(codes[one]))
        for one in often
        if len(codes[one]) > 1
    ]


def near_suggestions(named: Collection[Skill], *, most: int) -> list[Suggestion]:
    """Propose skills that somebody confirmed and that are near to one of these."""
    known = Skill.objects.confirmed().exclude(pk__in=[skill.pk for skill in named])
    found = _near({skill.pk: skill.name for skill in named}, list(known))
    first: dict[UUID, Suggestion] = {}
    for one in found:
        first.setdefault(one.skill.pk, one)
    return list(first.values())[:most]


def _near(named: Mapping[UUID, str], others: Collection[Skill]) -> list[Suggestion]:
    """Propose skills among others that are near to one that is named."""
    skills = {skill.pk: skill for skill in others}
    if not named or not skills:
        return []
    encoder = encoder_settings()
    found = near_skills(
        required=list(named),
        held=list(skills),
        encoder=encoder.identity,
        least=encoder.near_skill_threshold,
    )
    nearest = sorted(found, key=lambda one: (-one[2], one[0], one[1]))
    return [
        Suggestion(skills[held], Ground.NEAR_SKILL, (named[required],))
        for required, held, _similarity in nearest
    ]
