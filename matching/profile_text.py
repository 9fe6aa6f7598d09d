"""Loaded content to the text that the encoder reads.

What says most about the work stands first: title or headline, titles held, skills;
then the texts, the latest first. The encoder reads a long text in passages, of which
the first count a little more, and not without end (passages.py). What lies beyond
does not shape the vector. It is not lost: words search and skill evidence read the
whole profile, and `index_profiles` says how many profiles it concerns.

Who the person is never enters: see `personal.py`.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from recruit.candidates.personal import redact, without_contacts

# More skills than this would leave no token for the texts: the others stand last.
SKILLS_FIRST = 40
TITLES_FIRST = 4


@dataclass(frozen=True, slots=True)
class JobContent:
    """What a job says about the work."""

    title: str
    required_skills: tuple[str, ...] = ()
    preferred_skills: tuple[str, ...] = ()
    description: str = ""


@dataclass(frozen=True, slots=True)
class ExperienceContent:
    """One thing a person did."""

    title: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class EducationContent:
    """What a person studied; not where, not when."""

    qualification: str = ""
    field_of_study: str = ""


@dataclass(frozen=True, slots=True)
class CandidateContent:
    """What a person can do, and who they are so that it can be taken out."""

    headline: str = ""
    summary: str = ""
    skills: tuple[str, ...] = ()
    experience: tuple[ExperienceContent, ...] = ()  # the latest first
    education: tuple[EducationContent, ...] = ()
    documents: tuple[str, ...] = ()
    names: tuple[str, ...] = ()  # the person's own: to be taken out


def job_text(job: JobContent) -> str:
    """Return the query text of a job."""
    skills = (*job.required_skills, *job.preferred_skills)
    return _lines(
        job.title,
        _listed(skills[:SKILLS_FIRST]),
        without_contacts(job.description),
        _listed(skills[SKILLS_FIRST:]),
    )


def candidate_text(candidate: CandidateContent) -> str:
    """Return the document text of a candidate."""
    clean = redacted(candidate)
    return _lines(
        clean.headline,
        _listed(_distinct(held.title for held in clean.experience)[:TITLES_FIRST]),
        _listed(clean.skills[:SKILLS_FIRST]),
        clean.summary,
        *(_told(held) for held in clean.experience),
        *(
            _listed((study.qualification, study.field_of_study))
            for study in clean.education
        ),
        *clean.documents,
        _listed(clean.skills[SKILLS_FIRST:]),
    )


def redacted(candidate: CandidateContent) -> CandidateContent:
    """Return the same content without the words that say who the person is."""

    def clean(text: str) -> str:
        return _one_line(redact(unicodedata.normalize("NFC", text), names=names))

    names = tuple(unicodedata.normalize("NFC", name) for name in candidate.names)
    return CandidateContent(
        headline=clean(candidate.headline),
        summary=clean(candidate.summary),
        skills=tuple(_one_line(without_contacts(name)) for name in candidate.skills),
        experience=tuple(
            ExperienceContent(clean(held.title), clean(held.description))
            for held in candidate.experience
        ),
        education=tuple(
            EducationContent(clean(study.qualification), clean(study.field_of_study))
            for study in candidate.education
        ),
        documents=tuple(clean(text) for text in candidate.documents),
    )


def digest(text: str) -> str:
    """Return the digest by which two profile texts are told apart."""
    return sha256(text.encode()).hexdigest()


def _told(held: ExperienceContent) -> str:
    return f"{held.title}: {held.description}" if held.description else ""


def _listed(words: Sequence[str]) -> str:
    return ", ".join(word for word in words if word)


def _distinct(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))


def _lines(*parts: str) -> str:
    return "\n".join(line for part in parts if (line := _one_line(part)))


def _one_line(text: str) -> str:
    return " ".join(text.split())
