"""The example sentences of the families, as values."""

import tomllib
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

EXAMPLES = Path(__file__).with_name("examples.toml")


@dataclass(frozen=True, slots=True)
class Family:
    """One family: its code, what its jobs say, and its occupations' codes."""

    code: str  # a value of recruit.jobs.choices.JobFamily
    examples: tuple[str, ...]
    soc: tuple[str, ...]  # beginnings of codes of the occupations in it

    def soc_beginning(self, soc_code: str) -> int:
        """Return how much of an occupation's code speaks for this family."""
        return max(map(len, filter(soc_code.startswith, self.soc)), default=0)


@cache
def read_families(path: Path = EXAMPLES) -> tuple[Family, ...]:
    """Return the families in the order of the file."""
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    return tuple(
        Family(code, tuple(table["examples"]), tuple(table["soc"]))
        for code, table in tables.items()
    )


def examples_digest() -> str:
    """Return what differs once any sentence of any family does."""
    texts = [(family.code, *family.examples) for family in read_families()]
    return sha256(repr(texts).encode()).hexdigest()


def family_of_occupation(soc_code: str) -> str | None:
    """Return the family that an occupation belongs to, None for no family."""
    families = read_families()
    nearest = max(families, key=lambda one: one.soc_beginning(soc_code))
    return nearest.code if nearest.soc_beginning(soc_code) else None
