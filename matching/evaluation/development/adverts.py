"""Kind `adverts`: sentences of job advertisements to the ESCO skills they ask for.

The sentences are our own (adverts.toml) and never trained on; the labels they lead to
are documents that training may have met beside other texts.
"""

import tomllib
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from matching.evaluation.development.drafts import Draft
from matching.evaluation.development.lookup import add_labels
from matching.evaluation.development.material import Material

SENTENCES = Path(__file__).with_name("adverts.toml")
DIGITS = 12


def technical_adverts(material: Material) -> Draft:
    """What software, data and operations ask for, to the labels."""
    return _adverts("adverts-technical", material, technical=True)


def other_adverts(material: Material) -> Draft:
    """What all other work asks for, to the labels."""
    return _adverts("adverts-other", material, technical=False)


def _adverts(name: str, material: Material, *, technical: bool) -> Draft:
    labels = {digest_of(skill.label): skill.label for skill in material.skills}
    draft = Draft(name)
    add_labels(draft, material)
    for sentence in advert_sentences():
        meant = [labels[one] for one in sentence["labels"] if one in labels]
        for label in meant:
            draft.add_document(label, held_out=False)
        if meant and (sentence["field"] == "technical") == technical:
            draft.add_query(
                sentence["text"], dict.fromkeys(meant, 1), source=sentence["field"]
            )
    return draft


def digest_of(label: str) -> str:
    """Return the digits by which a label is named."""
    return sha256(label.encode()).hexdigest()[:DIGITS]


@cache
def advert_sentences() -> list[dict[str, Any]]:
    """Return the sentences: text, field, and the digits of their labels."""
    content = tomllib.loads(SENTENCES.read_text(encoding="utf-8"))
    sentences: list[dict[str, Any]] = content["sentence"]
    return sentences
