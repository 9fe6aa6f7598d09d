import pytest

from recruit.jobs.reading.places import is_place
from tests.jobs.reading.texts import read


class TestReadPlace:
    @pytest.mark.parametrize(
        ("text", "location"),
        [
            ("Location: Lyon", ("Lyon", "", "FR")),
            ("Location: Springfield Falls", ("Springfield Falls", "", "")),
            ("Location: Dublin, Ireland (hybrid)", ("Dublin", "", "IE")),
            ("**Location:** Austin, TX", ("Austin", "TX", "US")),
            ("Location: Remote (Germany)", ("", "", "DE")),
            ("Location: Remote, Portugal", ("", "", "PT")),
            ("Location\nKraków\n", ("Kraków", "", "PL")),
            ("Standort: 80331 München", ("München", "", "DE")),
            ("Standort Zürich", ("Zürich", "", "CH")),
            ("Arbeitsort: Lüdenscheid, Deutschland", ("Lüdenscheid", "", "DE")),
            ("Cook\nWien, Österreich", ("Wien", "", "AT")),
            ("A job at our office in Muenchen.", ("Muenchen", "", "DE")),
            ("Our clinic in Göttingen needs you.", ("Göttingen", "", "DE")),
            ("A studio in Quedlinburg, Germany.", ("Quedlinburg", "", "DE")),
            ("Cook · Portland, OR · Full-time", ("Portland", "OR", "US")),
            ("Join us in Cambridge, MA.", ("Cambridge", "MA", "US")),
            ("Cook in Reading", ("Reading", "", "GB")),
            ("Unser Team in Essen, Deutschland", ("Essen", "", "DE")),
            ("You may work from anywhere in Spain.", ("", "", "ES")),
            ("Baker, New York", ("New York", "", "US")),
            ("Kellner in St. Gallen gesucht", ("St. Gallen", "", "CH")),
        ],
    )
    def test_finds_the_place(self, text: str, location: tuple[str, str, str]):
        found = read(text).location

        assert found is not None
        assert found.value == location

    @pytest.mark.parametrize(
        "text",
        [
            "Nice to have: Python.",
            "Essen und Getränke sind frei.",
            "Reading plans is part of the job. You split wood.",
            "Acme was founded in Paris.",
            "We have customers in London and New York.",
            "Location: to be agreed",
        ],
    )
    def test_takes_no_word_for_a_place(self, text: str):
        found = read(text).location

        assert found is None

    def test_chooses_none_of_several(self):
        found = read("Cook\nBerlin, Hamburg").location

        assert found is not None
        assert found.value is None
        assert found.others == ("Berlin", "Hamburg")

    def test_takes_the_first_behind_a_label_and_tells_the_others(self):
        found = read("Location: Berlin or Hamburg").location

        assert found is not None
        assert found.value == ("Berlin", "", "DE")
        assert found.others == ("Hamburg",)


class TestIsPlace:
    @pytest.mark.parametrize("words", ["Köln", "koeln", "Cologne", "Spain"])
    def test_knows_places_in_several_languages(self, words: str):
        assert is_place(words)

    def test_knows_no_everyday_word(self):
        assert not is_place("Nice")
