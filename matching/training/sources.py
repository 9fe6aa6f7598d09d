"""Readers of the openly licensed files that encoders are trained and tried on.

Every row carries its `group`: rows of one group are near copies, and a split never
takes them apart (splits.py). A file that is missing or has other columns is one
clear error, SourceInvalid.
"""

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

# Of an O*NET code, "11-1031.00", the broad occupation: its five first digits.
BROAD_OCCUPATION_LENGTH = 6
ISCO_LENGTH = 4


class SourceInvalid(ValueError):
    """A data file cannot be read; the message names it and says why."""


@dataclass(frozen=True, slots=True)
class RoleSkills:
    """A role's description and the skills it asks for."""

    role: str
    title: str
    description: str
    skills: str

    @property
    def group(self) -> str:
        return self.title


@dataclass(frozen=True, slots=True)
class OnetOccupation:
    """One O*NET occupation with all that is told of it, in the files' order."""

    code: str
    title: str
    description: str
    technologies: str  # run together, as the file has them
    activities: tuple[str, ...]
    titles: tuple[str, ...] = ()  # alternate ones
    tasks: tuple[str, ...] = ()
    named_technologies: tuple[tuple[str, str], ...] = ()  # name, category

    @property
    def group(self) -> str:
        return self.code[:BROAD_OCCUPATION_LENGTH]


@dataclass(frozen=True, slots=True)
class EscoOccupation:
    """One ESCO occupation."""

    code: str
    label: str
    alternative_labels: tuple[str, ...]
    description: str

    @property
    def group(self) -> str:
        return self.code[:ISCO_LENGTH]


@dataclass(frozen=True, slots=True)
class EscoSkill:
    """One ESCO skill; `other_words` are alternative labels run together."""

    label: str
    other_words: str
    description: str

    @property
    def group(self) -> str:
        return self.label


@dataclass(frozen=True, slots=True)
class EscoIctOccupation:
    """An ICT occupation of ESCO with its skills."""

    occupation: str
    description: str
    skills: tuple[str, ...] = field(default=())

    @property
    def group(self) -> str:
        return self.occupation


def role_skills(folder: Path) -> list[RoleSkills]:
    """Return the rows of role_skills_pairs.csv (CC0), in file order."""
    columns = ("role", "title", "description", "skills")
    return [
        RoleSkills(*row) for row in _rows(folder / "role_skills_pairs.csv", columns)
    ]


def onet_occupations(folder: Path) -> list[OnetOccupation]:
    """Return the occupations of the O*NET files (CC BY 4.0), in file order."""
    titles = _by_code(folder / "onet_titles.csv", ("soc", "title"))
    tasks = _by_code(folder / "onet_tasks.csv", ("soc", "task"))
    technologies: dict[str, list[tuple[str, str]]] = defaultdict(list)
    named = ("soc", "technology", "category")
    for code, technology, category in _rows(folder / "onet_technology.csv", named):
        technologies[code].append((technology, category))
    columns = ("soc", "title", "description", "tech_skills", "activities")
    return [
        OnetOccupation(
            code=code,
            title=title,
            description=description,
            technologies=tech_skills,
            activities=_split(activities, ";"),
            titles=tuple(titles[code]),
            tasks=tuple(tasks[code]),
            named_technologies=tuple(technologies[code]),
        )
        for code, title, description, tech_skills, activities in _rows(
            folder / "onet_pairs.csv", columns
        )
    ]


def esco_occupations(folder: Path) -> list[EscoOccupation]:
    """Return the rows of esco_occupations.csv (reuse with attribution)."""
    columns = ("code", "label", "alternative_labels", "description")
    return [
        EscoOccupation(code, label, _split(alternative, "|"), description)
        for code, label, alternative, description in _rows(
            folder / "esco_occupations.csv", columns
        )
    ]


def esco_skills(folder: Path) -> list[EscoSkill]:
    """Return the rows of esco_skills.csv (reuse with attribution)."""
    columns = ("label", "other_words", "description")
    return [EscoSkill(*row) for row in _rows(folder / "esco_skills.csv", columns)]


def esco_ict(folder: Path) -> list[EscoIctOccupation]:
    """Return the ICT occupations of ESCO with their skills, in file order."""
    skills: dict[tuple[str, str], list[str]] = defaultdict(list)
    columns = ("occupation", "description", "skill")
    for occupation, description, skill in _rows(
        folder / "esco_ict_occupation_skills.csv", columns
    ):
        skills[occupation, description].append(skill)
    return [
        EscoIctOccupation(occupation, description, tuple(held))
        for (occupation, description), held in skills.items()
    ]


def _by_code(path: Path, columns: tuple[str, str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for code, text in _rows(path, columns):
        found[code].append(text)
    return found


def _rows(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Give the named columns of each row, blanks around the values taken off."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as opened:
            reader = csv.DictReader(opened)
            absent = set(columns) - set(reader.fieldnames or ())
            if absent:
                raise SourceInvalid(
                    f"{path} has no column {', '.join(sorted(absent))}."
                )
            for row in reader:
                if None in row.values():
                    raise SourceInvalid(f"{path}, line {reader.line_num}: cut short.")
                yield tuple(" ".join(row[name].split()) for name in columns)
    except OSError as error:
        raise SourceInvalid(f"{path} cannot be read: {error.strerror}.") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise SourceInvalid(f"{path} is not UTF-8 CSV: {error}.") from error


def _split(text: str, separator: str) -> tuple[str, ...]:
    return tuple(part for one in text.split(separator) if (part := one.strip()))
