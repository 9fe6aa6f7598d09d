"""Which words of a search are names."""

import pytest

from matching.free_text.names import names_in
from matching.search_rows import refresh_search_rows
from recruit.candidates.models import Candidate
from recruit.skills.models import Skill
from tests.factories import make_candidate

pytestmark = pytest.mark.django_db


def names(text: str, *, only=None) -> set[str]:
    refresh_search_rows(Candidate.objects.values_list("pk", flat=True))
    return set(names_in(text, only=only))


class TestNamesIn:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("welders like nguyen", {"nguyen"}),
            ("NGUYỄN's welds", {"NGUYỄN"}),
            ("Minh Nguyễn, welder", {"Minh", "Nguyễn"}),
            ("o'brien or O’Brien", {"o'brien", "O’Brien"}),
            ("Jean-Luc", {"Jean-Luc"}),
            ("luc", {"luc"}),
            ("welder", set()),
            ("", set()),
            ("& | ! :* <-> '", set()),
        ],
    )
    def test_knows_the_names_of_people(self, text: str, expected: set[str]):
        make_candidate(given_name="Minh", family_name="Nguyễn")
        make_candidate(given_name="Jean-Luc", family_name="O'Brien")
        make_candidate(headline="Welder")

        assert names(text) == expected

    def test_takes_a_word_that_others_say_as_a_word(self):
        make_candidate(given_name="Ada", family_name="Baker")
        for _number in range(2):
            make_candidate(headline="Baker of bread")

        assert names("a baker of bread") == set()
        assert names("ada baker of bread") == {"ada", "baker"}

    def test_takes_a_common_word_as_a_word_unless_beside_its_other_name(self):
        make_candidate(given_name="Will", family_name="Do")

        assert names("people who will weld and do more") == set()
        assert names("ask will do") == {"will", "do"}

    def test_takes_a_word_of_the_vocabulary_as_a_skill(self):
        make_candidate(given_name="Leroy", family_name="Jenkins")
        Skill.objects.filter(labels__key="jenkins").update(confirmed=True)
        make_candidate("Jenkins", given_name="Nobody")

        Skill.objects.filter(name="Jenkins").update(confirmed=True)

        assert names("jenkins pipelines") == set()

    def test_asks_only_about_people_the_viewer_may_see(self):
        known = make_candidate(family_name="Known")
        make_candidate(family_name="Hidden")

        assert names("known hidden", only=(known.pk,)) == {"known"}
        assert names("known hidden", only=()) == set()

    def test_asks_equally_often_for_many_words(self, django_assert_num_queries):
        make_candidate(given_name="Ada", family_name="Baker")
        refresh_search_rows(Candidate.objects.values_list("pk", flat=True))

        with django_assert_num_queries(4):
            names_in("ada baker " * 60, only=None)
