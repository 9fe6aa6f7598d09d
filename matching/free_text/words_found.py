"""The words of a search in loaded people, asked of the database once for all."""

from collections.abc import Sequence
from uuid import UUID

from matching.free_text.highlights import (
    Field,
    Found,
    Told,
    alike,
    folded,
    found_in,
    wanted_from,
    words_of,
)
from matching.search_words import stems
from recruit.candidates.models import Candidate
from recruit.common.text import in_one_line


def words_found(words: str, people: Sequence[Candidate]) -> dict[UUID, Found]:
    """Return what people loaded `with_profile` hold of the words, and where.

    The number of queries does not grow with the people.
    """
    typed = words_of(words)
    wanted = wanted_from(typed, stems({folded(word) for word in typed}))
    profiles = {person.pk: told_by(person) for person in people}
    either = {word for told in profiles.values() for word in alike(told, wanted)}
    stemmed = stems(either)
    return {pk: found_in(told, wanted, stemmed) for pk, told in profiles.items()}


def told_by(candidate: Candidate) -> tuple[Told, ...]:
    """Return all that words are looked for in, of a candidate loaded `with_profile`."""
    return (
        Told(Field.NAME, candidate.name, candidate.pk),
        *(
            Told(Field.SKILL, held.skill.name, held.pk)
            for held in candidate.skills.all()
        ),
        Told(Field.HEADLINE, candidate.headline, candidate.pk),
        *(
            Told(
                Field.EXPERIENCE,
                f"{in_one_line(work.title, work.organisation)}\n{work.description}",
                work.pk,
            )
            for work in candidate.experience.all()
        ),
        Told(Field.SUMMARY, candidate.summary, candidate.pk),
        *(
            Told(
                Field.EDUCATION,
                in_one_line(
                    study.qualification, study.field_of_study, study.institution
                ),
                study.pk,
            )
            for study in candidate.education.all()
        ),
        *(
            Told(Field.DOCUMENT, document.text, document.pk)
            for document in candidate.documents.all()
        ),
    )
