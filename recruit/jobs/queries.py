"""Reads that need the vocabulary beside the job."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from recruit.jobs.reading.job_text import JobReading, read_job_text
from recruit.skills.models import Skill, SkillLabel
from recruit.skills.recognition import SkillRecogniser


@dataclass(frozen=True, slots=True)
class ReadText:
    """What a text says about a job, with the skills that it names."""

    reading: JobReading
    skills: Mapping[UUID, Skill]


def read_text(pasted: str) -> ReadText:
    """Read a text about a job with the words of the vocabulary; nothing is written."""
    labels = SkillLabel.objects.found_in_text().values_list("key", "skill_id")
    reading = read_job_text(pasted, SkillRecogniser(labels))
    found = Skill.objects.in_bulk([one.skill_id for one in reading.skills])
    return ReadText(reading, found)
