from math import hypot

import pytest

from matching.groups.layout import (
    HEIGHT,
    LARGEST,
    WIDTH,
    Circle,
    circles,
    scaled,
)


def apart(one: Circle, other: Circle) -> float:
    return hypot(one.x - other.x, one.y - other.y)


class TestScaled:
    def test_keeps_distances_that_fit_on_paper(self):
        # Corners of a rectangle, 3 by 4.
        corners = [(0, 0), (3, 0), (3, 4), (0, 4)]
        distances = [[hypot(a - c, b - d) for c, d in corners] for a, b in corners]

        across, along = scaled(distances)

        for one, row in enumerate(distances):
            for other, distance in enumerate(row):
                found = hypot(across[one] - across[other], along[one] - along[other])
                assert found == pytest.approx(distance, abs=1e-6)


class TestCircles:
    def test_put_like_groups_near_each_other(self):
        near, far = 0.1, 0.9
        distances = [[0, near, far], [near, 0, far], [far, far, 0]]

        first, second, third = circles(distances, [10, 10, 10])

        assert apart(first, second) < apart(first, third)
        assert apart(first, second) < apart(second, third)

    def test_do_not_overlap_and_stay_on_the_map(self):
        count = 12
        distances = [
            [0.0 if a == b else 0.001 * (a + b) for b in range(count)]
            for a in range(count)
        ]

        placed = circles(distances, [40, *[5] * (count - 1)])

        for number, one in enumerate(placed):
            assert one.radius <= one.x <= WIDTH - one.radius
            assert one.radius <= one.y <= HEIGHT - one.radius
            for other in placed[number + 1 :]:
                assert apart(one, other) >= (one.radius + other.radius) * 0.98

    def test_have_areas_like_the_numbers_of_people(self):
        first, second = circles([[0, 1], [1, 0]], [400, 100])

        assert (first.radius, second.radius) == (LARGEST, LARGEST / 2)

    def test_of_one_group_or_none_are_drawn(self):
        assert len(circles([[0.0]], [3])) == 1
        assert circles([], []) == []
