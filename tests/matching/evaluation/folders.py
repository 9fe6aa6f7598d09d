"""Task folders written by hand."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

Line = str | Mapping[str, object]


def write_task(
    folder: Path, *, queries: Sequence[Line], corpus: Sequence[Line], qrels: str
) -> Path:
    """Write a task folder; a line that is a string is the text of an object."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "queries.jsonl").write_text(_lines(queries), encoding="utf-8")
    (folder / "corpus.jsonl").write_text(_lines(corpus), encoding="utf-8")
    (folder / "qrels.tsv").write_text(qrels, encoding="utf-8")
    return folder


def _lines(lines: Sequence[Line]) -> str:
    objects = [{"text": line} if isinstance(line, str) else line for line in lines]
    return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in objects)
