"""How far groups lie apart to places on a map: the nearer in meaning, the nearer.

Classical scaling (Torgerson 1952) to two dimensions, then circles that overlap are
pushed apart. The same distances give the same map.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot, pi, sqrt

ROUNDS = 100
NOTHING = 1e-9
GAP = 6.0
WIDTH, HEIGHT = 1000.0, 620.0
LARGEST, SMALLEST = 92.0, 22.0  # radii
WORDS_FIT = 60.0  # radius
COVERED = 0.45  # of the map, by circles, at most


@dataclass(slots=True)
class Circle:
    """Where a group is drawn; its area tells how many people are in it."""

    x: float
    y: float
    radius: float

    @property
    def has_room(self) -> bool:
        """Return whether some words fit into the circle."""
        return self.radius >= WORDS_FIT


def circles(
    distances: Sequence[Sequence[float]], people: Sequence[int]
) -> list[Circle]:
    """Return a circle for each group, inside the map, given cosine distances."""
    if not people:
        return []
    radii = _radii(people)
    across, along = scaled(distances)
    placed = [
        Circle(x, y, radius)
        for x, y, radius in zip(
            _stretched(across, WIDTH), _stretched(along, HEIGHT), radii, strict=True
        )
    ]
    for _round in range(ROUNDS):
        _push_apart(placed)
    return placed


def _radii(people: Sequence[int]) -> list[float]:
    """Return radii whose squares are as the numbers, so that all circles have room."""
    most = max(1, *people)
    whole = pi * LARGEST**2 * sum(people) / most
    largest = LARGEST * min(1.0, sqrt(COVERED * WIDTH * HEIGHT / max(whole, 1.0)))
    return [max(SMALLEST, largest * sqrt(count / most)) for count in people]


def scaled(distances: Sequence[Sequence[float]]) -> tuple[list[float], list[float]]:
    """Return the two coordinates that keep the distances best."""
    count = len(distances)
    squares = [[value * value for value in row] for row in distances]
    means = [sum(row) / count for row in squares]
    whole = sum(means) / count
    centred = [
        [-(squares[i][j] - means[i] - means[j] + whole) / 2 for j in range(count)]
        for i in range(count)
    ]
    first = _largest(centred)
    second = _largest(_without(centred, first))
    return first, second


def _largest(matrix: list[list[float]]) -> list[float]:
    """Return the eigenvector of the largest eigenvalue, as long as its root."""
    count = len(matrix)
    # Begun unevenly, so that no symmetry keeps it from the largest.
    vector = [sqrt(number + 1) for number in range(count)]
    value = 0.0
    for _round in range(ROUNDS):
        turned = [
            sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix
        ]
        value = sqrt(sum(one * one for one in turned))
        if value < NOTHING:
            return [0.0] * count
        vector = [one / value for one in turned]
    return [one * sqrt(value) for one in vector]


def _without(matrix: list[list[float]], vector: list[float]) -> list[list[float]]:
    return [
        [value - vector[i] * vector[j] for j, value in enumerate(row)]
        for i, row in enumerate(matrix)
    ]


def _stretched(values: Sequence[float], length: float) -> list[float]:
    """Return the values spread over a length, with room for the circles."""
    low, high = min(values), max(values)
    room = length - 2 * LARGEST
    if high - low < NOTHING:
        return [length / 2 for _value in values]
    return [LARGEST + (value - low) / (high - low) * room for value in values]


def _push_apart(placed: list[Circle]) -> None:
    for number, one in enumerate(placed):
        for place, other in enumerate(placed[number + 1 :], start=number + 1):
            _part(one, other, (number + place) % 2)
    for one in placed:
        one.x = min(max(one.x, one.radius), WIDTH - one.radius)
        one.y = min(max(one.y, one.radius), HEIGHT - one.radius)


def _part(one: Circle, other: Circle, turn: int) -> None:
    across, along = other.x - one.x, other.y - one.y
    apart = hypot(across, along)
    wanted = one.radius + other.radius + GAP
    if apart >= wanted:
        return
    if apart < NOTHING:  # one upon the other: any way will do
        across, along, apart = (1.0, 0.0, 1.0) if turn else (0.0, 1.0, 1.0)
    step = (wanted - apart) / 2 / apart
    one.x -= across * step
    one.y -= along * step
    other.x += across * step
    other.y += along * step
