"""A small set of files in the form of the openly licensed ones."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

OCCUPATIONS = 40


def write_sources(folder: Path) -> Path:
    """Write the six files, with enough groups for some to be held out."""
    folder.mkdir(exist_ok=True)
    codes = [f"{11 + number}-{1000 + number * 10}.00" for number in range(OCCUPATIONS)]
    numbered = list(enumerate(codes))
    _write(
        folder / "role_skills_pairs.csv",
        ["role", "title", "description", "skills"],
        [
            (
                f"Role {number}",
                f"Title {number}",
                f"Does work {number}",
                f"Skill {number}",
            )
            for number in range(OCCUPATIONS)
        ],
    )
    _write(
        folder / "onet_pairs.csv",
        ["soc", "title", "description", "tech_skills", "activities"],
        [
            (
                code,
                f"Workers {at}",
                f"Work on {at}.",
                f"Tool {at}",
                f"Do {at}; Help {at}",
            )
            for at, code in numbered
        ],
    )
    _write(
        folder / "onet_titles.csv",
        ["soc", "title"],
        [
            *((code, f"Workman {at}") for at, code in numbered),
            *((code, "Helper") for code in codes),  # everybody's: no question
            *((code, f"Workers {at}") for at, code in numbered),  # its own name
        ],
    )
    _write(
        folder / "onet_tasks.csv",
        ["soc", "task"],
        [
            (code, f"Carry out workers task {at} number {task}.")
            for at, code in numbered
            for task in range(12)
        ],
    )
    _write(
        folder / "onet_technology.csv",
        ["soc", "technology", "category"],
        [(code, f"Tool {at}", "Tools") for at, code in numbered],
    )
    _write(
        folder / "esco_occupations.csv",
        ["code", "label", "alternative_labels", "description"],
        [
            (
                f"{2000 + at}.1",
                f"maker {at}",
                f"builder {at}|crafter {at}",
                f"Make {at}.",
            )
            for at in range(OCCUPATIONS)
        ],
    )
    _write(
        folder / "esco_skills.csv",
        ["label", "other_words", "description"],
        [
            (
                f"mend wheels {at}",
                f"repair wheels {at}",
                f"Mend all wheels of kind {at}. Know them by their sound {at}."
                " All of them are made of wood.",
            )
            for at in range(OCCUPATIONS)
        ]
        + [
            # Named by sentences of the adverts.
            ("machine learning", "learning machines", "Have machines learn of data."),
            ("manage budgets", "budgeting", "Plan what is spent and watch it."),
        ],
    )
    _write(
        folder / "esco_ict_occupation_skills.csv",
        ["occupation", "description", "skill"],
        [
            (f"coder {at}", f"Code {at}.", f"mend wheels {skill}")
            for at in range(OCCUPATIONS)
            for skill in (at, (at + 1) % OCCUPATIONS)
        ],
    )
    return folder


def _write(path: Path, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.writer(opened)
        writer.writerow(columns)
        writer.writerows(rows)
