"""A task while it is being put together, and the folder it becomes."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

Fields = Mapping[str, str | bool]
Chosen = TypeVar("Chosen")

# Changed only to draw other development tasks from the same held-out groups.
SEED = "development"


@dataclass(frozen=True, slots=True)
class DraftQuery:
    """A query, its fields, and the grade of each relevant document's text."""

    text: str
    grades: Mapping[str, int]
    fields: Fields


@dataclass(slots=True)
class Draft:
    """A task being put together; texts are told apart by what they say."""

    name: str
    documents: dict[str, bool] = field(default_factory=dict)  # text: held out
    queries: dict[str, DraftQuery] = field(default_factory=dict)

    def add_document(self, text: str, *, held_out: bool) -> None:
        """Add a document; one that is held out anywhere is held out."""
        self.documents[text] = self.documents.get(text, False) or held_out

    def add_query(self, text: str, grades: Mapping[str, int], **fields: str) -> None:
        """Add a query; of a text asked twice, both answers are right."""
        before = self.queries.get(text)
        known = before.grades if before else {}
        merged = {
            document: max(known.get(document, 0), grades.get(document, 0))
            for document in [*known, *grades]
        }
        self.queries[text] = DraftQuery(
            text, merged, before.fields if before else fields
        )

    def write(self, folder: Path) -> None:
        """Write the three files of a task folder, sorted by text."""
        folder.mkdir(parents=True, exist_ok=True)
        corpus = sorted(self.documents)
        number_of = {text: number for number, text in enumerate(corpus)}
        queries = [self.queries[text] for text in sorted(self.queries)]
        _write_lines(
            folder / "corpus.jsonl",
            (_as_json(text, {"held_out": self.documents[text]}) for text in corpus),
        )
        _write_lines(
            folder / "queries.jsonl",
            (_as_json(query.text, query.fields) for query in queries),
        )
        _write_lines(
            folder / "qrels.tsv",
            (
                f"{number}\t0\t{number_of[text]}\t{query.grades[text]}"
                for number, query in enumerate(queries)
                for text in sorted(query.grades)
            ),
        )


def picked(items: Iterable[str], count: int, *, salt: str = "") -> list[str]:
    """Return `count` of the distinct items, drawn by digest, sorted."""
    drawn = sorted(set(items), key=lambda item: (digest(item, salt), item))
    return sorted(drawn[:count])


def digest(text: str, salt: str = "") -> bytes:
    """Return the digest that decides, in the place of a random number."""
    return sha256(f"{SEED}\n{salt}\n{text}".encode()).digest()


def _as_json(text: str, fields: Fields) -> str:
    return json.dumps({"text": text, **fields}, ensure_ascii=False, sort_keys=True)


def _write_lines(path: Path, lines: Iterable[str]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as opened:
        opened.writelines(f"{line}\n" for line in lines)
