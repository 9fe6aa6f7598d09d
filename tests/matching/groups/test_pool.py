import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.core.management.base import CommandError as ArgumentError

from matching.conf import encoder_identity, encoder_settings
from matching.groups import pool
from matching.groups.agreement import adjusted_rand, purity
from matching.groups.pool import PoolEmpty, group_pool
from matching.groups.typical import HeldSkill, lift, typicality
from matching.indexing import forget_gone, index_subjects
from matching.models import PoolGroup, PoolGrouping, PoolMember
from matching.search_rows import refresh_search_rows
from matching.subjects import CANDIDATES
from recruit.candidates.inputs import ExperienceInput
from recruit.candidates.models import Candidate
from recruit.candidates.operations import erase_candidate
from recruit.demo.operations import load_demo
from tests.factories import ACTOR, LATER, NOW, make_candidate
from tests.matching.indexed import index_everything

pytestmark = pytest.mark.django_db

SIX_FIELDS = r"^(nursing|backend|legal|sales|warehouse|teaching)-0[1-8]$"


def make_people(count: int, title: str, *skills: str) -> list[Candidate]:
    return [
        make_candidate(
            *skills, headline=title, experience=[ExperienceInput(title=title)]
        )
        for _number in range(count)
    ]


@pytest.fixture
def two_trades() -> tuple[list[Candidate], list[Candidate]]:
    """Give six welders and four nurses who all have a driving licence."""
    welders = make_people(6, "Welder", "Welding", "Steel work", "Driving")
    nurses = make_people(4, "Nurse", "Patient care", "Triage", "Driving")
    make_candidate("Welding", given_name="Thin")
    index_everything()
    return welders, nurses


def group(count: int | None = 2) -> PoolGrouping:
    return group_pool(encoder=encoder_identity(), count=count, made_at=NOW)


class TestGroupPool:
    def test_puts_people_of_like_work_together(self, two_trades):
        welders, nurses = two_trades

        grouping = group()

        assert grouping.people == 10
        numbers = dict(PoolMember.objects.values_list("candidate_id", "group_number"))
        assert {numbers.pop(one.pk) for one in welders} == {1}
        assert {numbers.pop(one.pk) for one in nurses} == {2}
        assert numbers == {}

    def test_tells_what_is_typical_of_each_group(self, two_trades):
        group()

        first, second = PoolGroup.objects.order_by("number")
        assert (first.people, second.people) == (6, 4)
        told = {one["skill"]: (one["people"], one["lift"]) for one in first.skills}
        assert told == {"Welding": (6, 1.67), "Steel work": (6, 1.67)}
        assert {one["skill"] for one in second.skills} == {"Patient care", "Triage"}
        assert second.titles == [{"title": "Nurse", "people": 4}]

    def test_takes_the_place_of_the_groups_before(self, two_trades):
        group()
        later = group(3)

        assert PoolGrouping.objects.get() == later
        rows = PoolGroup.objects.all()
        assert {row.grouping_id for row in rows} == {later.pk}
        assert PoolMember.objects.count() == 10

    def test_gives_the_same_groups_again(self, two_trades):
        def groups() -> list[tuple[Any, ...]]:
            group(3)
            return list(
                PoolMember.objects.order_by("pk").values_list("pk", "group_number")
            )

        assert groups() == groups()

    def test_reads_people_in_pieces(self, two_trades, monkeypatch):
        monkeypatch.setattr(pool, "ROWS_AT_ONCE", 3)
        done: list[int] = []

        group_pool(
            encoder=encoder_identity(),
            count=2,
            made_at=NOW,
            after_batch=done.append,
        )

        assert done == [3, 3, 3, 1]

    def test_puts_people_beyond_the_sample_to_the_nearest(
        self, two_trades, monkeypatch
    ):
        monkeypatch.setattr(pool, "SAMPLE", 8)

        group()

        assert sorted(
            PoolGroup.objects.values_list("people", flat=True), reverse=True
        ) == [6, 4]

    def test_refuses_a_pool_in_which_nobody_says_enough(self):
        make_candidate("Welding")
        index_everything()

        with pytest.raises(PoolEmpty):
            group()

    def test_keeps_nothing_of_who_is_erased(self, two_trades):
        group()
        gone = two_trades[0][0]
        erase_candidate(candidate_id=gone.pk, actor=ACTOR, erased_at=LATER)

        forget_gone(CANDIDATES, [gone.pk])

        assert not PoolMember.objects.filter(candidate_id=gone.pk).exists()
        assert PoolMember.objects.count() == 9


class TestTypicality:
    def test_is_share_times_the_logarithm_of_lift(self):
        held = HeldSkill(make_candidate().pk, in_group=4, in_pool=5)

        assert lift(held, group=8, pool=40) == pytest.approx(4)
        assert typicality(held, group=8, pool=40) == pytest.approx(0.5 * 2)

    def test_of_what_everybody_holds_is_nothing(self):
        held = HeldSkill(make_candidate().pk, in_group=8, in_pool=40)

        assert typicality(held, group=8, pool=40) == 0


class TestClusterPool:
    def run(self, *arguments: str) -> str:
        out = StringIO()
        call_command("cluster_pool", *arguments, stdout=out)
        return out.getvalue()

    def test_prints_one_object(self, two_trades):
        told = json.loads(self.run("--groups", "2", "--json"))

        assert told["encoder"] == encoder_identity()
        assert [one["people"] for one in told["groups"]] == [6, 4]
        assert told["groups"][1]["titles"] == [{"title": "Nurse", "people": 4}]

    def test_prints_groups_for_people(self, two_trades):
        printed = self.run("--groups", "2")

        assert "10 people in 2 groups" in printed
        assert "titles: Nurse" in printed

    def test_chooses_the_number_of_groups(self, two_trades):
        self.run("--groups", "auto")

        assert PoolGrouping.objects.get().is_count_chosen

    def test_tells_an_empty_pool(self):
        with pytest.raises(CommandError, match="Nobody can be grouped"):
            self.run()

    @pytest.mark.parametrize("count", ["0", "-1", "many", "501"])
    def test_tells_a_senseless_number(self, count):
        with pytest.raises(ArgumentError, match="number from 1 to 500"):
            self.run(f"--groups={count}")


@pytest.mark.model
class TestTrueEncoder:
    def test_finds_the_fields_of_work_of_demo_people(self):
        load_demo(now=NOW, owner=None, report=lambda _line: None)
        # Some of them: reading everybody takes a minute.
        some = Candidate.objects.filter(external_id__regex=SIX_FIELDS)
        people = set(some.values_list("pk", flat=True))
        refresh_search_rows(people)
        index_subjects(CANDIDATES, people, settings=encoder_settings())

        group(None)

        fields = {
            pk: external_id.split("-")[0]
            for pk, external_id in Candidate.objects.values_list("pk", "external_id")
        }
        members = PoolMember.objects.values_list("candidate_id", "group_number")
        known = [fields[candidate_id] for candidate_id, _number in members]
        groups = [number for _candidate_id, number in members]
        assert purity(groups, known) >= 0.8
        assert adjusted_rand(groups, known) >= 0.75
