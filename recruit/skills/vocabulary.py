"""Reading the vocabulary that comes with the platform."""

import csv
from pathlib import Path

from recruit.skills.operations import VocabularyEntry

VOCABULARY = Path(__file__).with_name("vocabulary.csv")


def _words(cell: str) -> tuple[str, ...]:
    return tuple(filter(None, cell.split("|")))


def read_vocabulary(path: Path = VOCABULARY) -> list[VocabularyEntry]:
    """Return the entries of a vocabulary file (CSV, words separated by "|")."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            VocabularyEntry(
                name=row["name"],
                aliases=_words(row["aliases"]),
                list_only=frozenset(_words(row["list_only"])),
                esco_code=row["esco_code"],
                onet_code=row["onet_code"],
            )
            for row in csv.DictReader(file)
        ]
