import pytest
from django.utils.translation import override

from recruit.common.codes import country_name, language_name


class TestNames:
    def test_are_those_of_countries_and_languages(self):
        assert country_name("NL") == "Netherlands"
        assert language_name("de") == "German"

    @pytest.mark.parametrize("code", ["XQ", "", "qx"])
    def test_are_the_code_where_there_is_no_name(self, code):
        assert country_name(code) == code
        assert language_name(code) == code

    def test_are_in_the_language_of_the_page(self):
        with override("fr"):
            assert country_name("NL") == "Pays-Bas"
            assert language_name("de") == "allemand"

    def test_are_english_where_a_language_is_none(self):
        with override("en-x-long"):
            assert country_name("NL") == "Netherlands"
