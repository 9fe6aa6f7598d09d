from typing import Any

import pytest

from recruit.candidates.models import Candidate
from recruit.candidates.twins import Likeness, likely_twins
from tests.factories import make_candidate

pytestmark = pytest.mark.django_db


def make_ada(**said: Any) -> Candidate:
    return make_candidate(given_name="Ada", family_name="Löfgren", **said)


def told(person: Candidate) -> dict[str, list[str]]:
    twins = likely_twins(person, among=Candidate.objects.not_erased())
    return {str(one.candidate.headline): [*one.likeness] for one in twins}


class TestLikelyTwins:
    def test_are_people_of_one_address_number_or_name_and_place(self):
        person = make_ada(
            place="Ghent",
            emails=["ada@example.org"],
            phones=["+32 470 12 34 56"],
        )
        make_candidate(headline="mail", emails=["ADA@example.org", "b@example.org"])
        make_candidate(headline="phone", phones=["+32 470 12 34 56"])
        make_candidate(
            headline="name", given_name="ADA", family_name="Löfgren", place="ghent"
        )
        make_ada(headline="elsewhere", place="Bruges")
        make_candidate(headline="stranger", place="Ghent")

        assert told(person) == {
            "mail": [Likeness.EMAIL],
            "phone": [Likeness.PHONE],
            "name": [Likeness.NAME_AND_PLACE],
        }

    def test_begin_with_who_shares_most(self):
        person = make_ada(place="Ghent", emails=["ada@example.org"])
        make_candidate(headline="once", emails=["ada@example.org"])
        make_ada(headline="twice", place="Ghent", emails=["ada@example.org"])

        assert list(told(person)) == ["twice", "once"]

    def test_are_none_where_nothing_is_known(self):
        person = make_candidate(given_name="", family_name="Ng")
        make_candidate(given_name="", family_name="Ng")

        assert told(person) == {}

    def test_are_looked_for_among_the_visible_alone(self):
        person = make_candidate(emails=["ada@example.org"])
        make_candidate(emails=["ada@example.org"])

        assert likely_twins(person, among=Candidate.objects.none()) == ()
