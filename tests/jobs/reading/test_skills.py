import pytest

from tests.jobs.reading.texts import NAMES, asked, read


class TestReadSkills:
    @pytest.mark.parametrize(
        "heading",
        [
            "Nice to have",
            "**Nice-to-have:**",
            "## Bonus points",
            "PREFERRED QUALIFICATIONS",
            "Wünschenswert",
            "Das wäre toll:",
            "Ideally you have:",
        ],
    )
    def test_guesses_preferred_under_a_heading(self, heading: str):
        reading = read(f"Requirements\n- Python\n\n{heading}\n- Docker")

        assert asked(reading) == {"Python": "required", "Docker": "preferred"}

    @pytest.mark.parametrize(
        "heading",
        [
            "Requirements",
            "What you'll bring:",
            "Must-haves",
            "Your profile",
            "Dein Profil",
            "Was du mitbringst",
            "ANFORDERUNGEN",
            "Who you are",
        ],
    )
    def test_guesses_required_under_a_heading(self, heading: str):
        reading = read(f"Nice to have\n- Docker\n\n{heading}\n- Python")

        assert asked(reading) == {"Docker": "preferred", "Python": "required"}

    def test_tells_the_heading(self):
        (skill,) = read("Nice to have:\n- Docker").skills

        assert skill.heading == "Nice to have"

    @pytest.mark.parametrize(
        "sentence",
        [
            "Docker is a plus.",
            "Docker von Vorteil",
            "ideally Docker",
            "Docker preferred",
        ],
    )
    def test_lets_a_sentence_say_otherwise_than_its_heading(self, sentence: str):
        reading = read(f"Requirements\n- Python\n- {sentence}")

        assert asked(reading) == {"Python": "required", "Docker": "preferred"}

    @pytest.mark.parametrize(
        "sentence",
        ["No Docker experience needed.", "Docker-Kenntnisse sind nicht erforderlich."],
    )
    def test_asks_for_nothing_that_is_not_needed(self, sentence: str):
        reading = read(f"Requirements\n- Python\n- {sentence}")

        assert asked(reading) == {"Python": "required"}

    def test_takes_what_stands_of_the_company_for_no_requirement(self):
        reading = read("Requirements\n- Python\n\nAbout us\nWe sell Kubernetes.")

        assert asked(reading) == {"Python": "required"}

    def test_takes_the_surest_of_several_places(self):
        text = "Tasks\n- Write Python\n\nNice to have\n- SQL\n\nRequirements\n- Python"

        (python, _sql) = (reading := read(text)).skills

        assert NAMES[python.skill_id] == "Python"
        assert python.importance == "required"
        assert python.span.start == text.rindex("Python")
        assert len(reading.skills) == 2

    def test_requires_what_prose_without_headings_names(self):
        assert asked(read("You know C++, .NET and Node.js.")) == {
            "C++": "required",
            ".NET": "required",
            "Node.js": "required",
        }

    def test_reads_a_heading_with_its_list_behind_it(self):
        reading = read("Requirements: Python, SQL\nNice to have: Docker")

        assert asked(reading) == {
            "Python": "required",
            "SQL": "required",
            "Docker": "preferred",
        }

    @pytest.mark.parametrize(
        ("sentence", "years"),
        [
            ("5+ years of Python", 5),
            ("3-5 years experience with Python", 3),
            ("mindestens 2 Jahre Erfahrung mit Python", 2),
            ("Python since 1995", None),
            ("100 years of tradition, and Python", None),
        ],
    )
    def test_reads_the_years_of_the_skill_behind_them(self, sentence, years):
        (skill,) = read(sentence).skills

        assert skill.minimum_years == years

    def test_gives_years_to_the_first_skill_alone(self):
        python, sql = read("5 years of Python and SQL").skills

        assert (python.minimum_years, sql.minimum_years) == (5, None)
