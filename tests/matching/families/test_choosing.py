import pytest

from matching.families.choosing import CENTRE, ExampleSimilarity, margin, scored
from matching.families.reading import family_of_occupation, read_families
from recruit.jobs.choices import JobFamily


def similarities(**families: tuple[float, ...]) -> list[ExampleSimilarity]:
    """Return what a text is like: of each family the centre, then its sentences."""
    return [
        ExampleSimilarity(family, number, similarity)
        for family, given in families.items()
        for number, similarity in enumerate(given)
    ]


class TestScored:
    def test_is_the_mean_of_centre_and_nearest_sentence(self):
        (best, other) = scored(
            similarities(sales=(0.5, 0.1, 0.7), legal=(0.4, 0.6, 0.2))
        )

        assert (best.family, best.score, best.nearest) == ("sales", 0.6, 2)
        assert (other.family, other.score, other.nearest) == ("legal", 0.5, 1)

    def test_orders_equal_scores_by_code(self):
        found = scored(similarities(sales=(0.5, 0.5), legal=(0.5, 0.5)))

        assert [one.family for one in found] == ["legal", "sales"]

    def test_takes_the_first_of_equal_sentences(self):
        (found,) = scored(similarities(sales=(0.1, 0.4, 0.4)))

        assert found.nearest == CENTRE + 1


class TestMargin:
    def test_is_the_distance_to_the_next_best(self):
        found = scored(similarities(a=(0.5, 0.5), b=(0.3, 0.3), c=(0.1, 0.1)))

        assert margin(found) == pytest.approx(0.2)

    def test_of_nothing_to_choose_from_is_nothing(self):
        assert margin([]) == margin(scored(similarities(a=(0.9, 0.9)))) == 0


class TestFamilies:
    def test_are_those_a_job_can_have(self):
        assert [one.code for one in read_families()] == JobFamily.values

    def test_say_several_things_and_nothing_twice(self):
        said = [text for one in read_families() for text in one.examples]

        assert min(len(one.examples) for one in read_families()) >= 8
        assert len(set(said)) == len(said)

    def test_share_no_group_of_occupations(self):
        groups = [group for one in read_families() for group in one.soc]

        assert len(set(groups)) == len(groups)


class TestFamilyOfOccupation:
    @pytest.mark.parametrize(
        ("code", "family"),
        [
            ("29-1141.00", "nursing"),
            ("25-2031.00", "teaching"),
            ("25-1022.00", "academia"),
            ("11-3051.00", "production"),
            ("11-3051.01", "quality_safety"),  # the longer beginning counts
            ("99-9999.00", None),
        ],
    )
    def test_is_told_by_its_code(self, code, family):
        assert family_of_occupation(code) == family
