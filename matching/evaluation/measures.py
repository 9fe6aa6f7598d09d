"""Ranks to measures, for one query: plain arithmetic.

A query's figures follow from the ranks (counted from 1) of its relevant documents and
their grades (1 and above) alone. With R relevant documents:

    MRR      1 / rank of the first relevant document, however far down
    MAP      mean over the R of i / rank of the i-th relevant one; the whole ranking
    nDCG@10  DCG / DCG of the best possible order, DCG = sum of grade / log2(rank + 1)
             over ranks up to 10
    RP@10    relevant ones among the first 10 / min(10, R)
    R@10     relevant ones among the first 10 / R

nDCG is that of K. Järvelin and J. Kekäläinen, "Cumulated Gain-Based Evaluation of IR
Techniques" (2002), with the grade itself as the gain and the discount log2(rank + 1),
as NIST's trec_eval computes `ndcg_cut`; the other common gain, 2^grade - 1, differs
where grades above 1 are given. RP@10 is R-precision cut at 10, as used for extracting
skills by J.-J. Decorte et al., "Design of Negative Sampling Strategies for Distantly
Supervised Skill Extraction" (2022).
"""

import math
from collections.abc import Sequence

CUT = 10
MEASURES = ("MRR", "MAP", "nDCG@10", "RP@10", "R@10")


def measures_of(ranks: Sequence[int], grades: Sequence[int]) -> tuple[float, ...]:
    """Return the figures of one query, each in [0, 1], in the order of MEASURES.

    `ranks` and `grades` belong together, one of each for every relevant document.
    """
    if not ranks:
        raise ValueError("A query without a relevant document has no measures.")
    found = sum(rank <= CUT for rank in ranks)
    return (
        1 / min(ranks),
        average_precision(ranks),
        discounted_gain(ranks, grades) / best_discounted_gain(grades),
        found / min(CUT, len(ranks)),
        found / len(ranks),
    )


def average_precision(ranks: Sequence[int]) -> float:
    """Return the mean of the precision at each relevant document."""
    precisions = (place / rank for place, rank in enumerate(sorted(ranks), start=1))
    return math.fsum(precisions) / len(ranks)


def discounted_gain(ranks: Sequence[int], grades: Sequence[int]) -> float:
    """Return the gain of the first 10, each discounted by its rank."""
    return math.fsum(
        grade / math.log2(rank + 1)
        for rank, grade in zip(ranks, grades, strict=True)
        if rank <= CUT
    )


def best_discounted_gain(grades: Sequence[int]) -> float:
    """Return the discounted gain of the order that puts the highest grades first."""
    best = sorted(grades, reverse=True)
    return discounted_gain(range(1, len(best) + 1), best)
