"""Loaded rows to the plain content that profile texts are made from."""

from matching.profile_text import (
    CandidateContent,
    EducationContent,
    ExperienceContent,
    JobContent,
)
from recruit.candidates.models import Candidate
from recruit.jobs.models import Job
from recruit.skills.choices import Importance


def job_content(job: Job) -> JobContent:
    """Return the content of a job loaded `with_requirements`."""

    def skills(importance: Importance) -> tuple[str, ...]:
        return tuple(
            requirement.skill.name
            for requirement in job.requirements.all()
            if requirement.importance == importance
        )

    return JobContent(
        title=job.title,
        required_skills=skills(Importance.REQUIRED),
        preferred_skills=skills(Importance.PREFERRED),
        description=job.description,
    )


def candidate_content(candidate: Candidate) -> CandidateContent:
    """Return the content of a candidate loaded `with_profile`."""
    return CandidateContent(
        headline=candidate.headline,
        summary=candidate.summary,
        skills=tuple(held.skill.name for held in candidate.skills.all()),
        experience=tuple(
            ExperienceContent(held.title, held.description)
            for held in candidate.experience.all()
        ),
        education=tuple(
            EducationContent(study.qualification, study.field_of_study)
            for study in candidate.education.all()
        ),
        documents=tuple(document.text for document in candidate.documents.all()),
        names=(candidate.given_name, candidate.family_name),
    )


def word_count(candidate: Candidate) -> int:
    """Return how many words a candidate says besides skills."""
    told = (f"{held.title} {held.description}" for held in candidate.experience.all())
    documents = (document.text for document in candidate.documents.all())
    texts = (candidate.headline, candidate.summary, *told, *documents)
    return sum(len(text.split()) for text in texts)
