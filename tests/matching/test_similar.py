"""People like one person."""

import pytest

from matching.matches import (
    CandidateHasTooLittleText,
    CandidateNotEmbedded,
    LimitOutOfRange,
)
from matching.similar import MOST_PEOPLE, people_like
from recruit.accounts.choices import Role
from recruit.candidates.models import Candidate
from recruit.candidates.operations import erase_candidate
from tests.factories import (
    ACTOR,
    LATER,
    make_application,
    make_candidate,
    make_job,
    make_user,
)
from tests.matching.indexed import index_everything

pytestmark = pytest.mark.django_db


def like(candidate, *, limit=10, viewer=None):
    loaded = Candidate.objects.with_profile().get(pk=candidate.pk)
    return people_like(candidate=loaded, limit=limit, viewer=viewer)


def people(found) -> list[Candidate]:
    return [match.candidate for match in found.matches]


class TestPeopleLike:
    def test_ranks_the_nearest_and_names_what_they_share(self):
        person = make_candidate("Roses", "Pruning", "Soil")
        far = make_candidate("Steel", "Welding", "Soil")
        near = make_candidate("Pruning", "Roses", "Bulbs")
        index_everything()

        found = like(person)

        assert people(found) == [near, far]
        assert [match.rank for match in found.matches] == [1, 2]
        assert found.matches[0].similarity > found.matches[1].similarity
        assert [match.shared_skills for match in found.matches] == [
            ("Roses", "Pruning"),
            ("Soil",),
        ]

    def test_leaves_out_the_erased_and_those_who_say_too_little(self):
        person, gone = make_candidate("Roses", "Soil"), make_candidate("Roses", "Soil")
        make_candidate("Roses")
        index_everything()
        erase_candidate(candidate_id=gone.pk, actor=ACTOR, erased_at=LATER)

        assert people(like(person)) == []

    def test_shows_only_whom_the_viewer_may_see(self):
        manager = make_user(Role.HIRING_MANAGER)
        job = make_job(hiring_manager=manager)
        person, known = make_candidate("Roses", "Soil"), make_candidate("Roses", "Soil")
        make_candidate("Roses", "Soil")
        make_application(job, person)
        make_application(job, known)
        index_everything()

        assert people(like(person, viewer=manager)) == [known]

    def test_orders_twins_by_id_and_begins_alike_for_every_limit(self):
        person = make_candidate("Roses", "Soil")
        twins = [make_candidate("Roses", "Soil") for _number in range(4)]
        index_everything()

        everybody = people(like(person))

        assert everybody == sorted(twins, key=lambda one: one.pk)
        assert people(like(person, limit=2)) == everybody[:2]
        assert like(person, limit=2).has_more
        assert not like(person, limit=4).has_more

    def test_comes_later_for_a_profile_that_was_not_read(self):
        with pytest.raises(CandidateNotEmbedded):
            like(make_candidate("Roses", "Soil"))

    def test_is_refused_for_a_profile_that_says_too_little(self):
        with pytest.raises(CandidateHasTooLittleText):
            like(make_candidate("Roses"))

    @pytest.mark.parametrize("limit", [0, MOST_PEOPLE + 1])
    def test_refuses_a_senseless_limit(self, limit):
        with pytest.raises(LimitOutOfRange):
            like(make_candidate("Roses", "Soil"), limit=limit)
