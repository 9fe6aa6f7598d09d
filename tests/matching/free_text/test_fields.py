"""Words asked for in one field of the profile."""

import pytest

from matching.free_text.asking import OnlyUnwanted
from matching.free_text.people import find_people
from matching.search import search_candidates
from recruit.candidates.inputs import EducationInput, ExperienceInput, LanguageInput
from recruit.candidates.models import Candidate
from recruit.notes.tagging import create_tag, merge_tags, tag_candidates
from tests.factories import ACTOR, NOW, make_candidate
from tests.matching.indexed import index_everything

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def ada(db: None) -> Candidate:
    make_candidate(
        "Bread", given_name="Ben", place="Genoa", headline="Baker at Zeppelin"
    )
    return make_candidate(
        "Tree surgery",
        given_name="Ada",
        headline="Works outside",
        place="Genève",
        country="CH",
        source="Fair 2026",
        languages=[LanguageInput(language="de")],
        experience=[ExperienceInput(title="Head gardener", organisation="Zeppelin")],
        education=[EducationInput(qualification="Diploma", institution="École C++")],
    )


def listed(words: str) -> list[str]:
    found = search_candidates(words=words, viewer=None)
    return sorted(found.values_list("given_name", flat=True))


class TestNarrowed:
    @pytest.mark.parametrize(
        "words",
        [
            "title:garden",
            'title:"HEAD gardener"',
            "company:zeppelin",
            "school:ecole",
            "school:c++",
            "skill:tree",
            'skill:"Tree surgery"',
            "place:geneve",
            "place:ch",
            "name:Ada",
            "language:DE",
            "source:fair",
            "-title:baker",
            "place:gen -place:genoa",
            "NOT name:ben",
        ],
    )
    def test_keeps_in_whose_field_the_words_stand(self, words: str):
        index_everything()

        assert listed(words) == ["Ada"]

    @pytest.mark.parametrize("words", ["title:ardener", "name:da", "place:CHE"])
    def test_finds_no_middle_of_a_word(self, words: str):
        index_everything()

        assert listed(words) == []

    def test_goes_together_with_words_anywhere(self):
        index_everything()

        assert listed("outside company:zeppelin") == ["Ada"]
        assert listed("bread company:zeppelin") == []


class TestFindPeople:
    def found(self, text: str):
        index_everything()
        return find_people(text=text, limit=25, viewer=None, asked_at=NOW, asks=False)

    def test_says_where_the_words_of_fields_stand(self, ada: Candidate):
        make_candidate("Pruning", "Soil", headline="Works outside")

        found = self.found("works outside company:zepp place:geneve")

        told = [match.candidate for match in (*found.matches, *found.not_enough_data)]
        assert told == [ada]
        assert found.fields == ("company: zepp", "place: geneve")

    def test_lets_the_words_of_a_title_count(self, ada: Candidate):
        found = self.found("title:gardener")

        people = [*found.matches, *found.not_enough_data]
        assert [one.candidate for one in people] == [ada]
        assert "gardener" in people[0].found.words

    def test_leaves_a_text_without_words_to_the_list(self):
        with pytest.raises(OnlyUnwanted):
            self.found("place:genoa -name:ada")


class TestTags:
    def test_finds_who_bears_a_tag_by_its_words_or_its_earlier_name(self, ada):
        given = tag_candidates(
            name="Silver médallist",
            candidate_ids=[ada.pk],
            actor=ACTOR,
            tagged_at=NOW,
        )
        kept = create_tag(name="Runner-up", actor=ACTOR, created_at=NOW)

        found = [listed("tag:medallist"), listed('tag:"silver med"'), listed("-tag:s")]
        merge_tags(kept_id=kept.pk, merged_id=given.tag.pk, actor=ACTOR, merged_at=NOW)

        assert found == [["Ada"], ["Ada"], ["Ben"]]
        assert listed("tag:runner") == listed("tag:medallist") == ["Ada"]
        assert listed("tag:medal") != listed("tag:edallist")
