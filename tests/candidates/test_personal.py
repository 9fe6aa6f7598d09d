"""What is taken out of free text, and what stays."""

import pytest

from recruit.candidates.personal import redact

NAMES = ("Mary", "Jones-Smith")


def kept(text: str) -> str:
    return " ".join(redact(text, names=NAMES).split())


class TestRedact:
    @pytest.mark.parametrize(
        "text",
        [
            "Mary Jones-Smith",
            "MARY JONES",
            "mary.o'neil+jobs@mail.example.org",
            "+49 (0)30 1234-567",
            "0043 660 123 45 67",
            "555-0100",
            "https://example.org/mary?cv=1",
            "www.example.org/mary",
            "linkedin.com/in/mary-jones",
            "Date of birth: 3 Jan. 1980",
            "DOB: 12/05/84",
            "born on 3 March 1980 in Lagos",
            "1980-03-03",
            "03.05.1980",
            "March 2012",
            "12 March",
            "class of '99",
            "42 years old",
            "42-year-old",
            "aged 42",
            "Age: 42",
            "Nationality: German",
            "a German citizen",
            "citizen of the United States",
            "Gender: female",
            "Sex: m",
            "(m/f/d)",
            "Marital status: single",
            "married",
            "mother of two children",
            "Religion: none",
            "Photo: me.jpg",
            "Address: Main St. 5, 12345 Berlin",
            "12 Main Street",
            "Hauptstraße 12a",
            "SW1A 1AA",
            "Postcode: 10115",
            "Geburtsdatum: 3.3.1980",
            "Nationalité: française",
            "Name: Mary Jones",
        ],
    )
    def test_leaves_nothing_of_who_somebody_is(self, text):
        assert kept(text).strip(" .,;:") == ""

    @pytest.mark.parametrize(
        "text",
        [
            "Node.js, ASP.NET, C++ 17 and .NET 8",
            "ISO 27001 and ISO 9001, AWS S3, 35 years of experience",
            "Improved sex education; tuned race conditions away",
            "Address book software, machine age research",
            "3.5 million users, 12000 tickets a month, 99.95 % uptime",
            "Java/Kotlin services on GitHub Actions CI/CD",
            "Led the national programme; born leader of teams",
        ],
    )
    def test_keeps_what_somebody_can_do(self, text):
        assert kept(text) == text

    def test_keeps_the_sentence_after_a_labelled_line(self):
        text = "Nationality: German. Welder with ten years of TIG."

        assert kept(text) == "Welder with ten years of TIG."

    def test_makes_the_same_text_of_a_man_and_a_woman(self):
        man = "Mr Jones-Smith led his team himself; he was a salesman."
        woman = "Mrs Jones-Smith led her team herself; she was a saleswoman."

        assert redact(man, names=NAMES) == redact(woman, names=NAMES)

    def test_takes_out_names_written_without_blanks(self):
        assert redact("王小明是焊工", names=("小明", "王")).strip() == "是焊工"

    @pytest.mark.parametrize(
        "piece", ["a", "1 ", "a.", "a@", "Aa ", " ", "address ", "x/", "a-", "Name "]
    )
    def test_takes_time_in_proportion_to_the_text(self, piece):
        # A quadratic pattern would not end within the life of this test.
        redact(piece * 100_000 + ":", names=NAMES)
