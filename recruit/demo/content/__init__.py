"""The written content of the demo data, read from the files beside this one."""

import tomllib
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


class Level(IntEnum):
    """How far somebody has come in a field."""

    JUNIOR = 0
    MID = 1
    SENIOR = 2
    LEAD = 3


@dataclass(frozen=True, slots=True)
class Requirement:
    skill: str
    importance: str
    proficiency: str = ""
    years: int | None = None


@dataclass(frozen=True, slots=True)
class JobContent:
    code: str
    title: str
    description: str
    department: str
    place: str
    region: str
    country: str
    remote: str
    salary: tuple[int, int, str]
    openings: int
    requirements: tuple[Requirement, ...]
    family: str = ""
    status: str = "open"
    confidential: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """A line of work: what people in it are called, can do and have done."""

    key: str
    titles: tuple[tuple[str, ...], ...]  # by level
    focuses: tuple[str, ...]
    employers: tuple[str, ...]
    degrees: tuple[tuple[str, str], ...]
    core: tuple[str, ...]
    often: tuple[str, ...]
    senior: tuple[str, ...]
    rare: tuple[str, ...]
    summaries: tuple[str, ...]
    deeds: tuple[tuple[str, ...], ...]  # for juniors, the experienced, leads
    jobs: tuple[JobContent, ...]


@dataclass(frozen=True, slots=True)
class Origin:
    language: str
    countries: tuple[str, ...]
    given: tuple[str, ...]
    family: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A country with its towns ("town|region") and what pay looks like there."""

    country: str
    currency: str
    pay: float
    phone: str
    towns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Changer:
    """Somebody who left one field for another."""

    from_field: str
    to_field: str
    title: str
    headline: str
    summary: str
    skills: tuple[str, ...]
    employer: str
    deeds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Thin:
    """Somebody of whom little is known."""

    headline: str = ""
    summary: str = ""
    skills: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Content:
    fields: tuple[Field, ...]
    origins: tuple[Origin, ...]
    places: dict[str, Place]
    rates: dict[str, float]
    changers: tuple[Changer, ...]
    thin: tuple[Thin, ...]
    closings: tuple[str, ...]
    institutions: tuple[str, ...]
    languages: tuple[str, ...]

    @property
    def jobs(self) -> tuple[JobContent, ...]:
        return tuple(job for field in self.fields for job in field.jobs)

    def field(self, key: str) -> Field:
        return next(field for field in self.fields if field.key == key)


def _frozen(value: Any) -> Any:
    return tuple(map(_frozen, value)) if isinstance(value, list) else value


def _read(name: str) -> dict[str, Any]:
    content = tomllib.loads((HERE / name).read_text(encoding="utf-8"))
    return {key: _frozen(value) for key, value in content.items()}


def _frozen_values(table: dict[str, Any]) -> dict[str, Any]:
    return {key: _frozen(value) for key, value in table.items()}


def _job(table: dict[str, Any]) -> JobContent:
    values = _frozen_values(table)
    values["requirements"] = tuple(Requirement(**one) for one in table["requirements"])
    values["description"] = values["description"].strip()
    return JobContent(**values)


def _field(name: str) -> Field:
    read = _read(f"fields/{name}.toml")
    titles, deeds = read.pop("titles"), read.pop("deeds")
    read["summaries"] = _frozen(read["summaries"]["all"])
    read["degrees"] = tuple(tuple(degree.split("|")) for degree in read["degrees"])
    return Field(
        **{**read, "jobs": tuple(_job(table) for table in read["jobs"])},
        titles=tuple(_frozen(titles[level.name.lower()]) for level in Level),
        deeds=tuple(_frozen(deeds[name]) for name in ("junior", "mid", "lead")),
    )


def _changer(table: dict[str, Any]) -> Changer:
    values = _frozen_values(table)
    return Changer(from_field=values.pop("from"), to_field=values.pop("to"), **values)


@cache
def read_content() -> Content:
    """Return everything that was written for the demo data."""
    general, places = _read("general.toml"), _read("places.toml")
    origins = _read("names.toml")["origins"]
    changers = _read("changers.toml")["changers"]
    found = [Place(**_frozen_values(table)) for table in places["places"]]
    return Content(
        fields=tuple(_field(path.stem) for path in sorted(HERE.glob("fields/*.toml"))),
        origins=tuple(Origin(**_frozen_values(table)) for table in origins),
        places={place.country: place for place in found},
        rates=places["rates"],
        changers=tuple(map(_changer, changers)),
        thin=tuple(Thin(**_frozen_values(table)) for table in general["thin"]),
        closings=general["closings"],
        institutions=general["institutions"],
        languages=general["languages"],
    )
