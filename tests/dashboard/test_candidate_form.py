from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from recruit.candidates.choices import SkillOrigin
from recruit.candidates.inputs import DocumentInput, ProfileInput, SkillInput
from recruit.candidates.models import Candidate
from recruit.candidates.operations import update_candidate
from recruit.events.models import Event
from tests.factories import ACTOR, LATER, make_candidate

NEW = "/candidates/new/"


def form_of(
    *,
    skills: tuple[dict[str, str], ...] = (),
    experience: tuple[dict[str, str], ...] = (),
    **fields: Any,
) -> dict[str, Any]:
    """Return a filled-in form of a person with its rows."""
    posted: dict[str, Any] = {
        "given_name": "Ada",
        "family_name": "Novak",
        "work_permit": "unknown",
        **fields,
    }
    parts = {
        "skills": skills,
        "experience": experience,
        "education": (),
        "languages": (),
    }
    for name, rows in parts.items():
        posted[f"{name}-TOTAL_FORMS"] = str(len(rows))
        posted[f"{name}-INITIAL_FORMS"] = "0"
        for number, row in enumerate(rows):
            for key, value in row.items():
                posted[f"{name}-{number}-{key}"] = value
    return posted


class TestNewCandidate:
    def test_adds_a_person_with_skills_and_career(self, recruiting: Client):
        posted = form_of(
            emails="Ada@Example.org\nada@work.example",
            years_of_experience="7.5",
            skills=({"skill": "Pruning", "proficiency": "expert", "years": "4"},),
            experience=({"title": "Head gardener", "started_on": "2020-03-01"},),
        )

        answer = recruiting.post(NEW, posted)

        person = Candidate.objects.get()
        assert answer.headers["Location"] == f"/candidates/{person.pk}/"
        assert person.emails == ["ada@example.org", "ada@work.example"]
        assert person.years_of_experience == Decimal("7.5")
        held = person.skills.get()
        assert (held.skill.name, held.proficiency) == ("Pruning", "expert")
        assert held.origin == SkillOrigin.RECRUITER
        assert person.experience.get().title == "Head gardener"

    @pytest.mark.parametrize(
        "fields",
        [
            {"given_name": "", "family_name": ""},
            {"given_name": "a\x00b"},
            {"emails": "none"},
            {"links": "javascript:alert(1)"},
            {"available_from": "0000-01-01"},
            {"available_from": "9999-12-31"},
            {"salary_expectation": "1e30"},
            {"salary_expectation": "5"},
            {"years_of_experience": "-1"},
            {"years_of_experience": "61"},
            {"skills": ({"skill": "", "years": "3"},)},
            {"skills": ({"skill": "x" * 400},)},
            {"skills": ({"skill": "Pruning", "last_used": "12"},)},
            {"experience": ({"title": "", "organisation": "Parks"},)},
            {
                "experience": (
                    {
                        "title": "Gardener",
                        "started_on": "2021-01-01",
                        "ended_on": "2020-01-01",
                    },
                )
            },
        ],
    )
    def test_marks_what_is_wrong_and_adds_nobody(
        self, recruiting: Client, fields: dict[str, Any]
    ):
        page = recruiting.post(NEW, form_of(**fields))

        assert page.status_code == 422
        assert not Candidate.objects.exists()

    def test_quotes_the_lines_that_are_wrong(self, recruiting: Client):
        posted = form_of(emails="none\nada@example.org", links="ftp://x.example")

        shown = recruiting.post(NEW, posted).content.decode()

        assert "“none” is not an e-mail address." in shown
        assert "“ftp://x.example” is not an address that begins with" in shown

    def test_adds_and_removes_rows_by_buttons(self, recruiting: Client):
        rows = ({"skill": "Pruning"}, {"skill": "Grafting"})

        more = recruiting.post(NEW, {**form_of(skills=rows), "skills-add": "yes"})
        less = recruiting.post(NEW, {**form_of(skills=rows), "skills-remove": "0"})

        assert 'name="skills-4-skill"' in more.content.decode()
        assert 'value="Pruning"' not in less.content.decode()
        assert 'value="Grafting"' in less.content.decode()
        assert not Candidate.objects.exists()

    def test_does_not_exist_for_a_hiring_manager(self, managing: Client):
        assert managing.get(NEW).status_code == 404
        assert managing.post(NEW, form_of()).status_code == 404


class TestEditCandidate:
    def test_keeps_documents_and_where_skills_come_from(self, recruiting: Client):
        skill = SkillInput("Pruning", origin=SkillOrigin.DOCUMENT)
        cv = DocumentInput(title="CV", text="Cut hedges")
        person = make_candidate(skill, documents=[cv])
        row = {"skill": "Pruning", "origin": "document", "years": "4"}

        answer = recruiting.post(
            f"/candidates/{person.pk}/edit/",
            form_of(skills=(row,), expected_version="1"),
        )

        assert answer.status_code == 302
        assert person.skills.get().origin == SkillOrigin.DOCUMENT
        assert person.documents.get().title == "CV"

    def test_takes_as_many_skills_as_a_person_may_hold(self, recruiting: Client):
        person = make_candidate()
        rows = tuple({"skill": f"Craft {number}"} for number in range(300))

        answer = recruiting.post(
            f"/candidates/{person.pk}/edit/",
            form_of(
                skills=tuple(
                    {**row, "years": "", "last_used": "", "proficiency": ""}
                    for row in rows
                ),
                expected_version="1",
            ),
        )

        assert answer.status_code == 302
        assert person.skills.count() == 300

    def test_writes_nothing_for_a_form_without_change(self, recruiting: Client):
        recruiting.post(NEW, form_of(skills=({"skill": "Pruning"},)))
        person = Candidate.objects.get()
        events = Event.objects.count()

        row = {"skill": "Pruning", "origin": "recruiter"}
        recruiting.post(
            f"/candidates/{person.pk}/edit/",
            form_of(skills=(row,), expected_version="1"),
        )

        assert Event.objects.count() == events

    def test_says_what_somebody_else_saved_and_overwrites_nothing(
        self, recruiting: Client
    ):
        person = make_candidate("Pruning")
        update_candidate(
            candidate_id=person.pk,
            profile=ProfileInput(
                fields={"headline": "Their headline"}, skills=[SkillInput("Grafting")]
            ),
            actor=ACTOR,
            changed_at=LATER,
        )

        stale = recruiting.post(
            f"/candidates/{person.pk}/edit/",
            form_of(headline="My headline", expected_version="1"),
        )

        person.refresh_from_db()
        shown = stale.content.decode()
        assert stale.status_code == 409
        assert person.headline == "Their headline"
        for text in ("Their headline", "My headline", "Grafting"):
            assert text in shown
        assert 'name="expected_version" value="2"' in shown
