"""The front door: everything that a pasted text says about a job."""

from dataclasses import dataclass

from recruit.common.locations import Location
from recruit.jobs.reading.found import Found, FoundSkill, Salary
from recruit.jobs.reading.places import read_place
from recruit.jobs.reading.plain_text import plain_text
from recruit.jobs.reading.salaries import read_salary
from recruit.jobs.reading.sentences import sentences
from recruit.jobs.reading.skills import read_skills
from recruit.jobs.reading.terms import read_employment_type, read_remote_policy
from recruit.jobs.reading.titles import read_title
from recruit.skills.recognition import SkillRecogniser

READ_AT_MOST = 100_000  # characters: more is no text about one job


@dataclass(frozen=True, slots=True)
class JobReading:
    """What a text says about a job; None where it does not say.

    All spans are places in `text`, which is what was pasted without its markup.
    """

    text: str
    title: Found[str] | None = None
    location: Found[Location] | None = None
    remote_policy: Found[str] | None = None
    employment_type: Found[str] | None = None
    salary: Found[Salary] | None = None
    skills: tuple[FoundSkill, ...] = ()


def read_job_text(pasted: str, recogniser: SkillRecogniser) -> JobReading:
    """Return what a text says about a job; the same for the same text and skills."""
    text = plain_text(pasted)
    said = sentences(text[:READ_AT_MOST])
    return JobReading(
        text=text,
        title=read_title(said),
        location=read_place(said),
        remote_policy=read_remote_policy(said),
        employment_type=read_employment_type(said),
        salary=read_salary(said),
        skills=tuple(read_skills(said, recogniser)),
    )
