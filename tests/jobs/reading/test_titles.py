import pytest

from tests.jobs.reading.texts import read


class TestReadTitle:
    @pytest.mark.parametrize(
        ("text", "title"),
        [
            ("Head of Growth\nAcme Inc.", "Head of Growth"),
            ("**Staff Nurse**\n\nWe care.", "Staff Nurse"),
            ("# Site Reliability Engineer\n", "Site Reliability Engineer"),
            ("Acme GmbH\nSenior Accountant\nMunich", "Senior Accountant"),
            ("Job title: Lead Gardener\nPlace: Ghent", "Lead Gardener"),
            ("Position – Night Guard", "Night Guard"),
            ("Stellenbezeichnung: Köchin", "Köchin"),
            ("Software Engineer - Munich", "Software Engineer"),
            ("Acme GmbH – Account Manager", "Account Manager"),
            ("Truck Driver | Leeds | Full-time", "Truck Driver"),
            ("Data Analyst (Remote)", "Data Analyst"),
            ("Developer (Java)\nParis", "Developer (Java)"),
            ("Warehouse Worker in Rotterdam", "Warehouse Worker"),
            ("Pflegefachkraft (m/w/d)\nKlinik am See", "Pflegefachkraft"),
            ("Entwickler (m/w/d) Backend", "Entwickler Backend"),
            ("Softwareentwickler:in (w/m/d) – Köln", "Softwareentwickler:in"),
            ("Ingénieur logiciel (H/F)", "Ingénieur logiciel"),
            (
                "Wir suchen zum nächstmöglichen Zeitpunkt eine/n Buchhalter (m/w/d).",
                "Buchhalter",
            ),
            ("Verstärke uns als Mechatroniker (m/w/d) in Ulm!", "Mechatroniker"),
            (
                "We are looking for an experienced Head of Marketing to lead us.",
                "Head of Marketing",
            ),
            ("Acme is hiring a Product Designer!", "Product Designer"),
            (
                "About us\nWe grow.\nWe're seeking a talented Sales Manager who sells.",
                "Sales Manager",
            ),
        ],
    )
    def test_finds_the_title(self, text: str, title: str):
        found = read(text).title

        assert found is not None
        assert found.value == title

    @pytest.mark.parametrize(
        "text",
        [
            "About us\nWe make bicycles.",
            "You will write Python. You know SQL.",
            "Requirements\n- Python",
            "https://example.org/jobs/1",
            "We are a company of engineers and designers.",
            "Berlin\nVollzeit",
            "Über uns\nWir bauen Räder.",
        ],
    )
    def test_leaves_a_missing_title_missing(self, text: str):
        assert read(text).title is None
