from decimal import Decimal
from time import process_time

import pytest

from recruit.common.locations import Location
from recruit.jobs.choices import EmploymentType, RemotePolicy
from recruit.jobs.reading import skills, terms
from recruit.jobs.reading.found import Salary
from recruit.jobs.reading.job_text import READ_AT_MOST, JobReading
from recruit.skills.choices import Importance
from tests.jobs.reading.texts import (
    BACKEND,
    BOOKKEEPER,
    NURSE,
    asked,
    read,
    value,
    words,
)

SECONDS = 2  # of CPU, on a busy machine; it takes a tenth of it


class TestReadJobText:
    def test_reads_an_advert(self):
        reading = read(BACKEND)

        assert value(reading, "title") == "Senior Backend Engineer (Python)"
        assert value(reading, "location") == Location("Berlin", "", "DE")
        assert value(reading, "salary") == Salary(Decimal(70000), Decimal(90000), "EUR")
        assert value(reading, "remote_policy") == "hybrid"
        assert value(reading, "employment_type") == "full_time"
        assert asked(reading) == {
            "Python": "required",
            "Django": "preferred",
            "SQL": "required",
            "PostgreSQL": "required",
            "Docker": "preferred",
            "Kubernetes": "preferred",
        }

    def test_reads_a_german_advert(self):
        reading = read(BOOKKEEPER)

        assert value(reading, "title") == "Bilanzbuchhalter"
        assert value(reading, "location") == ("Tübingen", "", "DE")
        assert value(reading, "remote_policy") == "hybrid"
        assert value(reading, "salary") == (45000, 55000, "EUR")
        assert asked(reading)["Excel"] == "required"
        assert asked(reading)["SQL"] == "preferred"

    def test_reads_a_page_as_it_shows(self):
        reading = read(NURSE)

        assert "<" not in reading.text
        assert value(reading, "title") == "Registered Nurse"
        assert value(reading, "location") == ("Austin", "TX", "US")
        assert asked(reading) == {
            "Wound care": "required",
            "Triage": "required",
            "Excel": "preferred",
        }
        assert reading.salary is not None
        assert reading.salary.value is None
        assert reading.salary.others == ("$38 - $45 per hour",)

    @pytest.mark.parametrize("text", [BACKEND, BOOKKEEPER, NURSE])
    def test_says_where_everything_stands(self, text: str):
        reading = read(text)

        assert words(reading, "title") == value(reading, "title")
        assert words(reading, "location") == value(reading, "location").place
        for one in reading.skills:
            assert reading.text[one.span.start : one.span.end].strip()

    @pytest.mark.parametrize("text", ["", " \n\t ", "\x00", "<p></p>"])
    def test_finds_nothing_in_nothing(self, text: str):
        assert read(text) == JobReading(text="")

    def test_invents_nothing(self):
        reading = read("We have great perks. Nice to have you here. Reading is fun.")

        assert reading == JobReading(text=reading.text)

    def test_is_the_same_every_time(self):
        assert read(BACKEND) == read(BACKEND)

    def test_says_what_the_columns_take(self):
        importances = {skills.REQUIRED, skills.PREFERRED}

        assert {policy for policy, _words in terms._PLACES} == set(RemotePolicy)
        assert {kind for kind, _words in terms._EMPLOYMENT} == set(EmploymentType)
        assert importances < set(Importance)

    @pytest.mark.parametrize(
        "piece",
        [
            "a ",
            "x",
            "Python ",
            "<p>" + "<" * 99,
            "</p><" * 20,
            "1.000 - ",
            "in Aaaaa ",
            "(m/w/d) ",
            "3 days ",
            "suchen ",
            "experienced, ",
            "EUR 1",
            "no need ",
            "- ",
            "a,",
            "\n",
        ],
    )
    def test_reads_a_long_text_at_once(self, piece: str):
        text = (piece * READ_AT_MOST)[:READ_AT_MOST]
        before = process_time()

        read(text)

        assert process_time() - before < SECONDS

    def test_keeps_all_of_a_text_of_which_it_reads_the_beginning(self):
        reading = read("Cook\n" + "Stirs soup. " * READ_AT_MOST + "Python")

        assert reading.text.endswith("Python")
        assert reading.skills == ()
