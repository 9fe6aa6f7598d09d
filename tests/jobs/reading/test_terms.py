import pytest

from tests.jobs.reading.texts import read


class TestReadRemotePolicy:
    @pytest.mark.parametrize(
        ("text", "policy"),
        [
            ("This role is fully remote.", "remote"),
            ("Cook\nRemote", "remote"),
            ("Remote-first company", "remote"),
            ("Location: Remote (EU)", "remote"),
            ("100% Home Office", "remote"),
            ("Three days a week in the office.", "hybrid"),
            ("Hybrid working, 2 days from home", "hybrid"),
            ("Zwei Tage Homeoffice pro Woche", "hybrid"),
            ("Homeoffice möglich", "hybrid"),
            ("Mobiles Arbeiten", "hybrid"),
            ("On-site in Leeds", "on_site"),
            ("No remote work, sorry.", "on_site"),
            ("Kein Homeoffice", "on_site"),
            ("Wir arbeiten vor Ort.", "on_site"),
        ],
    )
    def test_finds_the_policy(self, text: str, policy: str):
        found = read(text).remote_policy

        assert found is not None
        assert found.value == policy

    @pytest.mark.parametrize(
        "text",
        [
            "You lead remote teams.",
            "Experience with remote sensing",
            "Hybrid cloud and hybrid vehicles",
            "On-site support for customers",
        ],
    )
    def test_knows_other_meanings(self, text: str):
        assert read(text).remote_policy is None


class TestReadEmploymentType:
    @pytest.mark.parametrize(
        ("text", "kind"),
        [
            ("Full-time", "full_time"),
            ("in Vollzeit (38,5 h)", "full_time"),
            ("Part time, 20 hours", "part_time"),
            ("Werkstudent (m/w/d)", "part_time"),
            ("Internship, full-time", "internship"),
            ("Praktikum im Marketing", "internship"),
            ("6-month contract", "contract"),
            ("Freelance writer", "contract"),
            ("Fixed-term until May", "temporary"),
            ("Die Stelle ist befristet.", "temporary"),
        ],
    )
    def test_finds_the_kind(self, text: str, kind: str):
        found = read(text).employment_type

        assert found is not None
        assert found.value == kind

    @pytest.mark.parametrize(
        "text",
        ["Internal tools", "unbefristet", "You sign contracts.", "The internal team"],
    )
    def test_knows_other_words(self, text: str):
        assert read(text).employment_type is None

    def test_tells_what_else_the_text_names(self):
        found = read("Vollzeit oder Teilzeit").employment_type

        assert found is not None
        assert found.others == ("Teilzeit",)
