"""Recipes: small readable files that say everything of a training run.

A recipe is a TOML file. `extends` names one beside it; what it says itself then
replaces that recipe's values, table by table, and `[[data]]` as a whole.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from types import GenericAlias
from typing import (
    Any,
    Literal,
    TypeVar,
    cast,
    get_args,
    get_origin,
    get_type_hints,
)

RECIPES = Path(__file__).parent / "recipes"

Method = Literal["full", "lora"]
Arrangement = Literal["shuffled", "by_length", "alike"]


class RecipeInvalid(ValueError):
    """A recipe cannot be read; the message names the file and the field."""


@dataclass(frozen=True, slots=True)
class Data:
    """One data set of a recipe (pairs.py), and how many of its rows are used."""

    pairs: str
    most: int | None = None  # rows, drawn by digest; None: all
    repeated_to: int | None = None  # rows, by repeating them in file order


@dataclass(frozen=True, slots=True)
class Lora:
    """Low-rank adaptation (Hu et al. 2021, arXiv:2106.09685)."""

    rank: int = 16
    alpha: int = 32
    dropout: float = 0.0
    targets: tuple[str, ...] = ("query", "key", "value", "dense")


@dataclass(frozen=True, slots=True)
class Loss:
    """In-batch negatives (Henderson et al. 2017, arXiv:1705.00652).

    `guided` leaves out negatives that the base finds closer than the positive
    (Solatorio 2024, arXiv:2402.16829).
    """

    scale: float = 20.0
    both_directions: bool = False
    guided: bool = False


@dataclass(frozen=True, slots=True)
class Batches:
    """Which rows stand in a batch together (batches.py)."""

    size: int = 64
    arrangement: Arrangement = "shuffled"
    distinct: bool = True  # no text and no group twice
    hard_negatives: int = 0  # columns, mined with the base


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything that shapes a training run."""

    name: str
    summary: str
    data: tuple[Data, ...] = ()
    average_of: tuple[str, ...] = ()  # recipes whose weights are averaged
    method: Method = "lora"
    seed: int = 42
    epochs: int = 1
    learning_rate: float = 5e-5
    warmup: float = 0.0  # part of all steps
    max_tokens: int = 256  # of a text in training
    threads: int = 0  # with 1, weights do not depend on the number of cores; 0: all
    holds_out: bool = True  # False: what is kept back for evaluation is read too
    kept_scale: float = 1.0  # the part of what was learnt that is kept
    encoder_name: str = ""  # under which vectors are kept; empty: the recipe's
    near_skill_threshold: float | None = None  # cosine, calibrated on the outcome
    lora: Lora = field(default_factory=Lora)
    loss: Loss = field(default_factory=Loss)
    batches: Batches = field(default_factory=Batches)

    @property
    def is_adapter(self) -> bool:
        return self.method == "lora"

    @property
    def vectors_name(self) -> str:
        return self.encoder_name or self.name


def load_recipe(name_or_path: str) -> Recipe:
    """Return a recipe of the project by its name, or one of your own by its path.

    Raise RecipeInvalid.
    """
    path = Path(name_or_path)
    if path.suffix != ".toml":
        path = RECIPES / f"{name_or_path}.toml"
    if not path.is_file():
        known = ", ".join(sorted(one.stem for one in RECIPES.glob("*.toml")))
        raise RecipeInvalid(
            f"There is no recipe {name_or_path}. Name a .toml file, or one of: {known}."
        )
    recipe = _built(Recipe, _read(path), path, "")
    if bool(recipe.data) == bool(recipe.average_of):
        raise RecipeInvalid(f"{path}: a recipe has either [[data]] or average_of.")
    return recipe


def parts_of(recipe: Recipe) -> tuple[Recipe, ...]:
    """Return the runs of a recipe: itself, or those whose weights it averages.

    They take its seed. Raise RecipeInvalid where adapters do not fit together.
    """
    if not recipe.average_of:
        return (recipe,)
    parts = tuple(
        replace(load_recipe(name), seed=recipe.seed) for name in recipe.average_of
    )
    for part in parts:
        if part.average_of or not part.is_adapter or part.lora != recipe.lora:
            raise RecipeInvalid(
                f"Recipe {recipe.name}: {part.name} is no run of an adapter with the"
                " same [lora], so they cannot be averaged."
            )
    return parts


def _read(path: Path) -> dict[str, Any]:
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise RecipeInvalid(f"The recipe {path} cannot be read: {error}.") from error
    extended = content.pop("extends", None)
    if extended is None:
        return content
    below = path.with_name(f"{extended}.toml")
    if not below.is_file():
        below = RECIPES / f"{extended}.toml"
    return _merged(_read(below), content)


def _merged(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(below)
    for name, value in above.items():
        if isinstance(value, dict) and isinstance(merged.get(name), dict):
            merged[name] = _merged(merged[name], value)
        else:
            merged[name] = value
    return merged


T = TypeVar("T")


def _built(kind: type[T], content: Mapping[str, Any], path: Path, table: str) -> T:
    """Return a dataclass from its table, every value checked against its type."""
    hints = get_type_hints(kind)
    known = {one.name for one in fields(cast("Any", kind))}
    for name in content:
        if name not in known:
            raise RecipeInvalid(f"{path}: {table}{name} is not a field of a recipe.")
    values = {
        name: _value(hints[name], value, path, f"{table}{name}")
        for name, value in content.items()
    }
    try:
        return kind(**values)
    except TypeError as error:
        raise RecipeInvalid(f"{path}: {table or 'the recipe'}: {error}.") from error


def _value(hint: Any, value: Any, path: Path, name: str) -> Any:
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is tuple and isinstance(value, list):
        return tuple(_value(arguments[0], one, path, name) for one in value)
    if origin is Literal and value in arguments:
        return value
    if isinstance(hint, type) and isinstance(value, dict):
        return _built(hint, value, path, f"{name}.")
    plain = (int, float) if hint is float else _plain_types(hint)
    if plain and isinstance(value, plain) and not _is_stray_flag(value, plain):
        return value
    raise RecipeInvalid(f"{path}: {name} cannot be {value!r}.")


def _plain_types(hint: Any) -> tuple[type, ...]:
    if get_origin(hint) in (Literal, tuple):
        return ()
    arguments = get_args(hint)
    if arguments and not isinstance(hint, GenericAlias):
        return tuple(one for one in arguments if one is not type(None))
    return (hint,) if isinstance(hint, type) else ()


def _is_stray_flag(value: Any, plain: tuple[type, ...]) -> bool:
    return isinstance(value, bool) and bool not in plain
