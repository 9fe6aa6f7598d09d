"""How often proposals are right: the arithmetic, and the true encoder's figures."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from matching.families.accuracy import JudgedOccupation, accuracy
from matching.families.choosing import FamilyScore

DATA = Path(settings.TRAINING_DATA)


def judged(code: str, family: str, *scores: tuple[str, float]) -> JudgedOccupation:
    return JudgedOccupation(
        code=code,
        title=code,
        family=family,
        is_held_out=False,
        scores=tuple(FamilyScore(name, score, 1) for name, score in scores),
    )


class TestAccuracy:
    def test_counts_families_and_major_groups(self):
        found = accuracy(
            [
                judged("41-1", "sales", ("sales", 0.9), ("legal", 0.5)),
                # The wrong family of the right major group.
                judged("41-2", "retail", ("sales", 0.6), ("retail", 0.58)),
                judged("23-1", "legal", ("retail", 0.5), ("sales", 0.4)),
                judged("23-2", "legal", ("legal", 0.7), ("sales", 0.4)),
            ]
        )

        assert (found.occupations, found.family) == (4, 0.5)
        assert (found.major_group, found.among_few) == (0.75, 0.75)

    def test_proposes_from_a_margin_on_only(self):
        found = accuracy(
            [
                judged("41-1", "sales", ("sales", 0.9), ("legal", 0.5)),
                judged("23-1", "legal", ("sales", 0.52), ("legal", 0.5)),
            ]
        )

        rows = {row.margin: row for row in found.margins}
        assert (rows[0.0].proposed, rows[0.0].family) == (1.0, 0.5)
        assert (rows[0.05].proposed, rows[0.05].family) == (0.5, 1.0)


@pytest.mark.model
@pytest.mark.skipif(not DATA.is_dir(), reason="the training data is not here")
class TestEvaluateFamilies:
    def test_is_right_for_most_occupations_of_onet(self):
        out = StringIO()

        call_command("evaluate_families", str(DATA), "--json", stdout=out)

        told = json.loads(out.getvalue())
        assert told["held_out"]["major_group"] >= 0.8
        assert told["all"]["family"] >= 0.65

    def test_says_what_it_cannot_read(self, tmp_path):
        with pytest.raises(CommandError, match=r"onet_titles\.csv cannot be read"):
            call_command("evaluate_families", str(tmp_path))
