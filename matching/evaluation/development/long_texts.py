"""Kind `long`: jobs and careers beyond the tokens that the encoder reads at once.

There are no open postings or careers, so both are put together from what O*NET says
of one occupation, no sentence of it on both sides: a pseudo-job tells title,
description, activities and one half of the tasks, a pseudo-career an alternate title,
the other half and the technologies by name.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from matching.evaluation.development.drafts import Draft, digest, picked
from matching.evaluation.development.material import Material, without_words
from matching.training.sources import OnetOccupation
from matching.training.splits import is_held_out

FEWEST_TASKS = 10  # fewer make a text that the encoder reads whole
JOBS = 120
TECHNOLOGIES = 15
SAME_OCCUPATION = 2
SAME_BROAD_OCCUPATION = 1


@dataclass(frozen=True, slots=True)
class LongTexts:
    """What is told of one held-out occupation as a job and as a career."""

    code: str
    group: str
    title: str
    job: str
    career: str
    posting: str  # all of the work, and everything that it asks for, by name
    duties: str  # all of the work
    skills: str  # what it asks for: technologies and activities


def jobs_to_careers(material: Material) -> Draft:
    """A pseudo-job to pseudo-careers: same occupation 2, same broad one 1."""
    return _careers("long-careers", _long_texts(material))


def jobs_to_careers_masked(material: Material) -> Draft:
    """The same where no word of the occupation's title stands on either side."""
    masked = [
        replace(
            one,
            job=without_words(one.job, one.title),
            career=without_words(one.career, one.title),
        )
        for one in _long_texts(material)
    ]
    return _careers("long-careers-masked", masked)


def postings_to_skills(material: Material) -> Draft:
    """A posting that names all it asks for to exactly that: the words decide."""
    return _postings(
        "long-postings", [(one, one.posting) for one in _long_texts(material)]
    )


def postings_to_skills_masked(material: Material) -> Draft:
    """The same where the posting tells of the work and names nothing it asks for."""
    texts = _long_texts(material)
    return _postings("long-postings-masked", [(one, one.duties) for one in texts])


def _careers(name: str, texts: Sequence[LongTexts]) -> Draft:
    draft = Draft(name)
    for one in texts:
        draft.add_document(one.career, held_out=True)
    asked = picked((one.code for one in texts), JOBS, salt="long")
    for one in texts:
        if one.code in asked:
            draft.add_query(
                one.job, _grades(one, texts), source="onet", group=one.group
            )
    return draft


def _grades(job: LongTexts, texts: Iterable[LongTexts]) -> dict[str, int]:
    return {
        one.career: SAME_OCCUPATION if one.code == job.code else SAME_BROAD_OCCUPATION
        for one in texts
        if one.group == job.group
    }


def _postings(name: str, postings: Sequence[tuple[LongTexts, str]]) -> Draft:
    draft = Draft(name)
    asked = picked((one.code for one, _ in postings), JOBS, salt="long")
    for one, posting in postings:
        draft.add_document(one.skills, held_out=True)
        if one.code in asked:
            draft.add_query(posting, {one.skills: 1}, source="onet", group=one.group)
    return draft


def _long_texts(material: Material) -> list[LongTexts]:
    return [
        _long_text(one)
        for one in material.onet
        if is_held_out(one.group) and len(one.tasks) >= FEWEST_TASKS and one.titles
    ]


def _long_text(one: OnetOccupation) -> LongTexts:
    drawn = sorted(one.tasks, key=lambda task: (digest(task, one.code), task))
    for_job = set(drawn[: len(drawn) // 2])
    duties = [task for task in one.tasks if task in for_job]
    done = [task for task in one.tasks if task not in for_job]
    activities = _list(one.activities)
    job = _paragraphs(one.title, one.description, activities, " ".join(duties))
    technologies = _some_technologies(one)
    skills = _paragraphs(technologies, activities)
    work = _paragraphs(one.description, " ".join(one.tasks))
    return LongTexts(
        code=one.code,
        group=one.group,
        title=one.title,
        job=job,
        career=_paragraphs(
            min(one.titles, key=lambda title: (digest(title, one.code), title)),
            " ".join(done),
            technologies,
        ),
        posting=_paragraphs(one.title, work, skills),
        duties=work,
        skills=skills,
    )


def _some_technologies(one: OnetOccupation) -> str:
    names = (name for name, _category in one.named_technologies)
    return _list(picked(names, TECHNOLOGIES, salt=one.code))


def _list(names: Iterable[str]) -> str:
    return "; ".join(names)


def _paragraphs(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)
