import pytest
from django.test import Client

from tests.factories import make_job

SUGGEST = "/skills/suggest/"


class TestSkillSuggestions:
    def test_names_skills_that_begin_with_the_words(self, recruiting: Client):
        make_job("Pruning", "Planting", "Grafting")

        found = recruiting.get(SUGGEST, {"q": "p"}).json()

        assert found == {"skills": ["Planting", "Pruning"]}

    @pytest.mark.parametrize("words", ["", "...", "\x00", "x" * 10_000, "%", "'"])
    def test_names_none_for_words_that_are_none(self, recruiting: Client, words: str):
        assert recruiting.get(SUGGEST, {"q": words}).json() == {"skills": []}

    def test_asks_for_sign_in(self, client: Client, db: None):
        assert client.get(SUGGEST).status_code == 302
