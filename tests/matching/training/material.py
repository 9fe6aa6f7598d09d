"""A folder of training data of our own writing, in the form of the true one."""

import csv
import json
from pathlib import Path

WORDS = (
    "bread", "steel", "roof", "cattle", "cargo", "pipe", "film", "garden", "engine",
    "fabric", "glass", "harbour", "timber", "paper", "copper", "salmon", "leather",
    "poultry", "vaccine", "radar", "violin", "asphalt", "orchid", "turbine",
)  # fmt: skip


def write_material(folder: Path) -> Path:
    """Write every file that training reads; return the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    _write(
        folder / "role_skills_pairs.csv",
        ("role", "title", "description", "skills"),
        [
            (f"{word} lead", f"{word} manager", f"Leads the people who work with {word}"
             f" and plans the {word} they buy.", f"{word} planning {word} buying")
            for word in WORDS
        ],
    )  # fmt: skip
    codes = {word: f"{11 + n}-{1010 + 10 * n}.00" for n, word in enumerate(WORDS)}
    _write(
        folder / "onet_pairs.csv",
        ("soc", "title", "description", "tech_skills", "activities"),
        [
            (codes[word], f"{word} workers", f"Make, move or mend {word} for others.",
             f"{word} office", f"Inspect {word}; Clean {word}; Count {word}")
            for word in WORDS
        ],
    )  # fmt: skip
    _write(
        folder / "onet_titles.csv",
        ("soc", "title"),
        [
            (codes[word], f"{word} {kind}")
            for word in WORDS
            for kind in ("hand", "expert")
        ],
    )
    _write(
        folder / "onet_tasks.csv",
        ("soc", "task"),
        [
            (codes[word], f"{verb} all {word} that came in during the day.")
            for word in WORDS
            for verb in ("Sort", "Weigh", "Label", "Store", "Sell")
        ],
    )
    _write(
        folder / "onet_technology.csv",
        ("soc", "technology", "category"),
        [(codes[word], f"{word} counter", f"{word} software") for word in WORDS],
    )
    _write(
        folder / "esco_occupations.csv",
        ("code", "label", "alternative_labels", "description"),
        [
            (f"{2000 + n}.1", f"{word} maker", f"{word} builder|{word} producer",
             f"{word.title()} makers shape {word} by hand. They sell {word} as well.")
            for n, word in enumerate(WORDS)
        ],
    )  # fmt: skip
    _write(
        folder / "esco_skills.csv",
        ("label", "other_words", "description"),
        [
            (f"shape {word}", f"form {word} bend {word}",
             f"Give {word} the form that a customer asks for.")
            for word in WORDS
        ],
    )  # fmt: skip
    _write(
        folder / "esco_ict_occupation_skills.csv",
        ("occupation_uri", "occupation", "description", "skill"),
        [
            ("x", f"{word} programmer", f"{word} programmers write code for {word}.",
             f"{verb} {word} data")
            for word in WORDS
            for verb in ("read", "write", "sort")
        ],
    )  # fmt: skip
    decisions = [
        {
            "job": f"job {number // 4}",
            "job_text": f"{word} manager\nBuys and sells {word} for the whole town.",
            "chosen": f"{word} trader\nBought {word} at the market for six years.",
            "rejected": f"singer\nSang about {word} in a choir for six years.",
        }
        for number, word in enumerate(WORDS)
    ]
    (folder / "decisions.jsonl").write_text(
        "".join(f"{json.dumps(one)}\n" for one in decisions)
    )
    return folder


def _write(path: Path, columns: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.writer(opened)
        writer.writerow(columns)
        writer.writerows(rows)
