"""All development tasks, written as task folders."""

from collections.abc import Callable
from pathlib import Path

from matching.evaluation.development import adverts, long_texts, lookup, titles, work
from matching.evaluation.development.drafts import Draft
from matching.evaluation.development.material import Material, read_material

TASKS: tuple[Callable[[Material], Draft], ...] = (
    titles.onet_titles,
    titles.esco_titles,
    lookup.skill_sentences,
    lookup.masked_sentences,
    lookup.skill_words,
    lookup.technical_skills,
    adverts.technical_adverts,
    adverts.other_adverts,
    work.roles_to_skills,
    work.onet_to_skills,
    work.onet_to_activities,
    work.ict_to_skills,
    work.skills_to_roles,
    work.skills_to_onet,
    work.skills_to_ict,
    long_texts.jobs_to_careers,
    long_texts.jobs_to_careers_masked,
    long_texts.postings_to_skills,
    long_texts.postings_to_skills_masked,
)


def build_tasks(source: Path, output: Path) -> list[Draft]:
    """Write the tasks made of the data in `source` below `output`; return them.

    The same data gives the same bytes. Raise SourceInvalid if a file is missing or
    has other columns.
    """
    material = read_material(source)
    drafts = [make(material) for make in TASKS]
    for draft in drafts:
        draft.write(output / draft.name)
    return drafts
