"""Content to profile text: what counts stands first, who it is never enters."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from matching.profile_text import (
    CandidateContent,
    EducationContent,
    ExperienceContent,
    JobContent,
    candidate_text,
    digest,
    job_text,
)

CONTENT = CandidateContent(
    headline="Welder",
    summary="Builds pressure vessels.",
    skills=("TIG welding", "ASME IX"),
    experience=(ExperienceContent("Lead welder", "Ran the night shift."),),
    education=(EducationContent("Diploma", "Metalwork"),),
    documents=("Holds every certificate.",),
    names=("Ana", "Silva"),
)

names = st.from_regex(r"\A[A-Z][a-z]{2,9}\Z").filter(
    lambda name: name not in {"Welder", "Lead", "Builds", "Ran", "Holds", "Diploma"}
)
days = st.dates(date(1900, 1, 1), date(2099, 12, 31))
WRITTEN = {
    "date of birth": days.map(lambda day: f"Date of birth: {day.isoformat()}"),
    "birthday": days.map(lambda day: f"Born on {day:%d.%m.%Y} somewhere"),
    "age": st.integers(18, 99).map(lambda age: f"I am {age} years old"),
    "labelled age": st.integers(18, 99).map(lambda age: f"Age: {age}"),
    "sex": st.sampled_from(["male", "female", "m", "f", "x"]).map("Gender: {}".format),
    "nationality": names.map("Nationality: {}".format),
    "citizenship": names.map("a {} citizen".format),
    "marital status": names.map("Marital status: {}".format),
    "photo": names.map("Photo: {}.jpg".format),
    "postcode": st.integers(10000, 99999).map("Postcode: {}".format),
    "address": st.tuples(names, st.integers(1, 99)).map(
        lambda parts: f"Address: {parts[0]} Street {parts[1]}"
    ),
    "e-mail": st.emails(
        domains=st.sampled_from(["example.org", "mail.example.com"])
    ).filter(lambda address: all(c.isalnum() or c in ".+-_@" for c in address)),
    "phone": st.integers(10**8, 10**10).map("+{}".format),
    "link": names.map("https://example.org/{}".format),
    "graduation": st.integers(1950, 2030).map("{}".format),
    "dates": days.map(lambda day: f"{day:%d %B %Y}"),
}


class TestCandidateText:
    def test_puts_titles_and_skills_before_texts(self):
        assert candidate_text(CONTENT).splitlines() == [
            "Welder",
            "Lead welder",
            "TIG welding, ASME IX",
            "Builds pressure vessels.",
            "Lead welder: Ran the night shift.",
            "Diploma, Metalwork",
            "Holds every certificate.",
        ]

    def test_leaves_room_for_texts_after_many_skills(self):
        skills = tuple(f"skill {number}" for number in range(300))

        lines = candidate_text(replace(CONTENT, skills=skills)).splitlines()

        assert lines[2].endswith("skill 39")
        assert lines[3] == "Builds pressure vessels."
        assert lines[-1].endswith("skill 299")

    @given(given_name=names, family_name=names)
    def test_does_not_change_with_the_name(self, given_name, family_name):
        named = replace(CONTENT, names=(given_name, family_name))

        assert candidate_text(named) == candidate_text(CONTENT)

    @given(given_name=names, family_name=names)
    def test_does_not_change_with_a_name_written_in_free_text(
        self, given_name, family_name
    ):
        def content(given: str, family: str) -> CandidateContent:
            return replace(
                CONTENT,
                headline=f"{given} {family} – welder",
                summary=f"{given} welds. {family.upper()} is who to ask.",
                documents=(f"{family}, {given}\n{given}'s certificates.",),
                names=(given, family),
            )

        changed = candidate_text(content(given_name, family_name))
        assert changed == candidate_text(content("Bea", "Moreau"))

    @given(st.data(), st.sampled_from(sorted(WRITTEN)))
    def test_does_not_change_with_what_is_written_of_the_person(self, data, attribute):
        one, other = (data.draw(WRITTEN[attribute]) for _ in range(2))

        def content(written: str) -> CandidateContent:
            return replace(
                CONTENT,
                summary=f"{written}. Builds pressure vessels.",
                experience=(
                    ExperienceContent("Lead welder", f"Ran shifts; {written}\nWell."),
                ),
                documents=(f"Curriculum\n{written}\nHolds every certificate.",),
            )

        assert candidate_text(content(one)) == candidate_text(content(other))
        assert "Builds pressure vessels." in candidate_text(content(one))

    def test_is_the_same_for_composed_and_decomposed_names(self):
        composed = replace(CONTENT, names=("José",), summary="Jose\u0301 welds.")

        assert "Jos" not in candidate_text(composed)

    def test_of_nothing_is_empty(self):
        assert candidate_text(CandidateContent(names=("Ana", "Silva"))) == ""


class TestJobText:
    def test_puts_title_and_skills_first(self):
        job = JobContent(
            title="Welder",
            required_skills=("TIG welding",),
            preferred_skills=("ASME IX",),
            description="Builds  pressure vessels.\nAsk jobs@example.org.",
        )

        assert job_text(job).splitlines() == [
            "Welder",
            "TIG welding, ASME IX",
            "Builds pressure vessels. Ask .",
        ]


class TestDigest:
    def test_tells_texts_apart(self):
        assert digest("a") != digest("b")
        assert digest("a") == digest("a")
