"""Kind `lookup`: from words about one skill to its label in the ESCO vocabulary."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import TypeAlias

from matching.evaluation.development.drafts import Draft, digest, picked
from matching.evaluation.development.material import (
    FEWEST_WORDS,
    Material,
    sentences,
    without_words,
)
from matching.training.sources import EscoSkill
from matching.training.splits import is_held_out

# A skill and the sentences of its description, to words that ask for its label.
WordsFor: TypeAlias = Callable[[EscoSkill, list[str]], Iterable[str]]

QUERIES = 400
LABELS = 4000


def skill_sentences(material: Material) -> Draft:
    """One sentence of a held-out skill's description to its label."""
    return _lookup("lookup-sentences", material, _one_sentence)


def masked_sentences(material: Material) -> Draft:
    """One sentence of the description, without the label's words, to the label."""
    return _lookup("lookup-masked", material, _one_masked_sentence)


def skill_words(material: Material) -> Draft:
    """The other words for a held-out skill to its label."""
    return _lookup("lookup-words", material, _other_words)


def technical_skills(material: Material) -> Draft:
    """Each sentence about a held-out skill of ICT occupations to its label."""
    technical = _technical(material)
    return _lookup(
        "lookup-technical",
        material,
        lambda skill, told: told if skill.label in technical else [],
    )


def _lookup(name: str, material: Material, words_for: WordsFor) -> Draft:
    draft = Draft(name)
    add_labels(draft, material)
    labels = _labels_by_words(material, words_for)
    technical = _technical(material)
    for words in picked(labels, QUERIES, salt=name):
        is_technical = bool(technical.intersection(labels[words]))
        draft.add_query(
            words,
            dict.fromkeys(labels[words], 1),
            source="technical" if is_technical else "general",
        )
    return draft


def _labels_by_words(material: Material, words_for: WordsFor) -> dict[str, list[str]]:
    known = _sentences_that_training_may_know(material)
    labels: dict[str, list[str]] = defaultdict(list)
    for skill in material.skills:
        if is_held_out(skill.group):
            told = [one for one in sentences(skill.description) if one not in known]
            for words in words_for(skill, told):
                labels[words].append(skill.label)
    return labels


def _sentences_that_training_may_know(material: Material) -> set[str]:
    return {
        sentence
        for skill in material.skills
        if not is_held_out(skill.group)
        for sentence in sentences(skill.description)
    }


def add_labels(draft: Draft, material: Material) -> None:
    """Add all held-out labels; then technical and other ones that lead astray."""
    held_out = {one.label for one in material.skills if is_held_out(one.group)}
    others = {one.label for one in material.skills} - held_out
    technical = others & _technical(material)
    missing = LABELS - len(held_out) - len(technical)
    rest = picked(others - technical, max(missing, 0), salt="labels")
    for label in held_out:
        draft.add_document(label, held_out=True)
    for label in [*technical, *rest]:
        draft.add_document(label, held_out=False)


def _technical(material: Material) -> set[str]:
    return {label for occupation in material.ict for label in occupation.skills}


def _one_sentence(skill: EscoSkill, told: list[str]) -> list[str]:
    return sorted(told, key=lambda sentence: (digest(sentence, skill.label), sentence))[
        :1
    ]


def _one_masked_sentence(skill: EscoSkill, told: list[str]) -> list[str]:
    masked = [without_words(one, skill.label) for one in _one_sentence(skill, told)]
    return [text for text in masked if len(text.split()) >= FEWEST_WORDS]


def _other_words(skill: EscoSkill, _told: list[str]) -> list[str]:
    return [skill.other_words] if skill.other_words else []
