"""Task folders to tasks, read strictly: what is wrong is one sentence with its place.

A task folder holds `queries.jsonl` and `corpus.jsonl`, one JSON object a line with the
key `text` and any others, and `qrels.tsv`, lines of `qid 0 cid grade` where ids are
line numbers counted from 0. Grade 0 says that a document was judged and is not
relevant; a document without a line is not relevant either.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

QUERIES, CORPUS, QRELS = "queries.jsonl", "corpus.jsonl", "qrels.tsv"
FILES = (QUERIES, CORPUS, QRELS)
QREL_COLUMNS = 4
# Of an identifier or a grade; longer ones are no line numbers.
MOST_DIGITS = 9


class TaskFolderInvalid(ValueError):
    """A task folder cannot be used; the message names file and line."""


@dataclass(frozen=True, slots=True)
class Text:
    """A query or a document: its text, and whatever else its line says."""

    text: str
    fields: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Task:
    """Queries, the documents to rank for each, and the grades of the relevant ones."""

    name: str
    queries: tuple[Text, ...]
    corpus: tuple[Text, ...]
    # For each query: number of the document in `corpus` -> grade, 1 or above.
    relevant: tuple[Mapping[int, int], ...]

    def query_texts(self) -> list[str]:
        """Return the queries' texts, in order."""
        return [query.text for query in self.queries]

    def document_texts(self) -> list[str]:
        """Return the documents' texts, in order."""
        return [document.text for document in self.corpus]


def task_folders(folder: Path) -> list[Path]:
    """Return the task folders at and below `folder`, sorted by name.

    What holds one of the three files is a task folder; hidden folders are passed by.
    Raise TaskFolderInvalid if there is none, or if two have one name.
    """
    if not folder.is_dir():
        raise TaskFolderInvalid(f"There is no folder {folder}.")
    if folder.is_symlink():
        folder = folder.resolve()
    found = sorted(_task_folders(folder), key=lambda path: (path.name, str(path)))
    if not found:
        raise TaskFolderInvalid(
            f"{folder} holds no task, that is no folder with {', '.join(FILES)}."
        )
    for first, second in pairwise(found):
        if first.name == second.name:
            raise TaskFolderInvalid(f"{first} and {second} are tasks of one name.")
    return found


def _task_folders(folder: Path) -> Iterator[Path]:
    if any((folder / name).is_file() for name in FILES):
        # The name that is reported, of `.` and `..` as well.
        yield folder if folder.name not in ("", "..") else folder.resolve()
    if folder.is_symlink():
        return  # which could lead round in a circle
    for path in folder.iterdir():
        if path.is_dir() and not path.name.startswith("."):
            yield from _task_folders(path)


def check_tasks(folders: Iterable[Path], *, macro: str | None = None) -> None:
    """Raise TaskFolderInvalid for the first mistake in a task folder.

    With `macro`, it is one too if no query of any task has the field.
    """
    tasks = (read_task(folder) for folder in folders)
    grouped = [macro is None or _is_grouped(task, macro) for task in tasks]
    if not any(grouped):
        raise TaskFolderInvalid(f"No query of any task has the field {macro!r}.")


def _is_grouped(task: Task, field: str) -> bool:
    return groups_of(task, field) is not None


def read_task(folder: Path) -> Task:
    """Return the task in `folder`; raise TaskFolderInvalid for the first mistake."""
    queries = tuple(_texts(folder / QUERIES))
    corpus = tuple(_texts(folder / CORPUS))
    grades = _grades(folder / QRELS, len(queries), len(corpus))
    for number, judged in enumerate(grades):
        if not any(judged.values()):
            raise TaskFolderInvalid(
                f"{folder / QUERIES}, line {number + 1}: {QRELS} names no relevant"
                f" document for query {number}."
            )
    relevant = tuple(
        {document: grade for document, grade in judged.items() if grade}
        for judged in grades
    )
    return Task(folder.name, queries, corpus, relevant)


def in_text_order(task: Task) -> Task:
    """Return the task with its documents in the order that decides between equals.

    That is the order of the SHA-256 of their texts (UTF-8, compared as bytes) and, for
    equal texts, of their lines.
    """
    texts = task.document_texts()
    order = sorted(
        range(len(texts)), key=lambda number: (_digest(texts[number]), number)
    )
    place = {number: position for position, number in enumerate(order)}
    return replace(
        task,
        corpus=tuple(task.corpus[number] for number in order),
        relevant=tuple(
            {place[number]: grade for number, grade in judged.items()}
            for judged in task.relevant
        ),
    )


def groups_of(task: Task, field: str) -> list[str] | None:
    """Return for each query the value of a field; None where no query has it.

    Raise TaskFolderInvalid if some queries have the field and others do not.
    """
    if not any(field in query.fields for query in task.queries):
        return None
    return [
        _group(task, number, field, query.fields)
        for number, query in enumerate(task.queries)
    ]


def _group(task: Task, number: int, field: str, fields: Mapping[str, object]) -> str:
    value = fields.get(field)
    if value is None or isinstance(value, dict | list):
        raise TaskFolderInvalid(
            f"{task.name}/{QUERIES}, line {number + 1}: the query has no {field!r} to"
            " average over."
        )
    return json.dumps(value)


def _digest(text: str) -> bytes:
    # A JSON string may hold half of a surrogate pair, which UTF-8 does not.
    return sha256(text.encode("utf-8", "surrogatepass")).digest()


def _texts(path: Path) -> Iterator[Text]:
    lines = _lines(path)
    if not lines:
        raise TaskFolderInvalid(f"{path} is empty.")
    for number, line in enumerate(lines, start=1):
        yield _text(line, f"{path}, line {number}")


def _text(line: str, place: str) -> Text:
    if not line.strip():
        raise TaskFolderInvalid(f"{place}: the line is empty.")
    try:
        content = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise TaskFolderInvalid(f"{place}: this is not JSON ({error}).") from error
    if not isinstance(content, dict):
        raise TaskFolderInvalid(f"{place}: this is no JSON object.")
    text = content.pop("text", None)
    if not isinstance(text, str):
        raise TaskFolderInvalid(f'{place}: the object has no string "text".')
    return Text(text, content)


def _grades(path: Path, queries: int, documents: int) -> list[dict[int, int]]:
    grades: list[dict[int, int]] = [{} for _query in range(queries)]
    for number, line in enumerate(_lines(path), start=1):
        place = f"{path}, line {number}"
        query, document, grade = _qrel(line, place)
        _refuse_beyond(query, queries, f"{place}: there is no query", QUERIES)
        _refuse_beyond(document, documents, f"{place}: there is no document", CORPUS)
        if document in grades[query]:
            raise TaskFolderInvalid(
                f"{place}: document {document} is judged a second time for query"
                f" {query}."
            )
        grades[query][document] = grade
    return grades


def _qrel(line: str, place: str) -> tuple[int, int, int]:
    columns = line.split()
    if len(columns) != QREL_COLUMNS:
        raise TaskFolderInvalid(
            f"{place}: {len(columns)} columns instead of `qid 0 cid grade`."
        )
    query, iteration, document, grade = columns
    if iteration != "0":
        raise TaskFolderInvalid(f"{place}: the second column is {iteration!r}, not 0.")
    return (
        _whole_number(query, place, "query id"),
        _whole_number(document, place, "document id"),
        _whole_number(grade, place, "grade"),
    )


def _whole_number(text: str, place: str, what: str) -> int:
    if not (text.isascii() and text.isdigit()) or len(text) > MOST_DIGITS:
        raise TaskFolderInvalid(
            f"{place}: the {what} {text!r} is not a whole number from 0."
        )
    return int(text)


def _refuse_beyond(number: int, count: int, what: str, file: str) -> None:
    if number >= count:
        raise TaskFolderInvalid(
            f"{what} {number}; {file} has {count} lines, counted from 0."
        )


def _lines(path: Path) -> Sequence[str]:
    """Return the lines of a file; nothing but a line feed ends a line."""
    try:
        content = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError as error:
        raise TaskFolderInvalid(f"{path} is missing.") from error
    except OSError as error:
        raise TaskFolderInvalid(f"{path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise TaskFolderInvalid(f"{path}, line {line}: this is not UTF-8.") from error
    return content.removesuffix("\n").split("\n") if content else []
