"""How far a division into groups agrees with a known one."""

from collections import Counter
from collections.abc import Hashable, Sequence
from math import comb


def purity(groups: Sequence[Hashable], known: Sequence[Hashable]) -> float:
    """Return the share of rows that are of their group's most common known kind."""
    pairs = Counter(zip(groups, known, strict=True))
    most: dict[Hashable, int] = {}
    for (group, _kind), count in pairs.items():
        most[group] = max(most.get(group, 0), count)
    return sum(most.values()) / len(groups)


def adjusted_rand(groups: Sequence[Hashable], known: Sequence[Hashable]) -> float:
    """Return the adjusted Rand index (Hubert and Arabie 1985).

    1 for the same division, 0 for what chance gives on average.
    """
    together = sum(
        comb(n, 2) for n in Counter(zip(groups, known, strict=True)).values()
    )
    in_groups = sum(comb(n, 2) for n in Counter(groups).values())
    in_known = sum(comb(n, 2) for n in Counter(known).values())
    by_chance = in_groups * in_known / comb(len(groups), 2)
    most = (in_groups + in_known) / 2
    return 1.0 if most == by_chance else (together - by_chance) / (most - by_chance)
