"""Criteria beside the ranking: suggested, flagged, previewed, saved, taken back."""

from typing import Any

import pytest
from django.test import Client

from recruit.dashboard.flash import criteria_undo_of_tags
from recruit.events.models import Event
from recruit.jobs.models import Job
from recruit.jobs.operations import RequirementInput, update_job
from recruit.skills.models import Skill
from tests.factories import ACTOR, LATER, make_candidate, make_job
from tests.matching.indexed import index_everything

PAGE = "/jobs/GRD-1/criteria/"
PANEL = "/jobs/GRD-1/?criteria=open"


def garden(*skills: str, **fields: Any) -> Job:
    return make_job(*skills, requisition_code="GRD-1", **fields)


def typed(job: Job, *rows: dict[str, str], **more: str) -> dict[str, str]:
    body = {
        "criteria-TOTAL_FORMS": str(len(rows)),
        "criteria-INITIAL_FORMS": "0",
        "expected_version": str(job.version),
        **more,
    }
    for number, row in enumerate(rows):
        for name, value in row.items():
            body[f"criteria-{number}-{name}"] = value
    return body


def asked(job: Job) -> list[tuple[str, str]]:
    rows = job.requirements.select_related("skill")
    return [(row.skill.name, row.importance) for row in rows]


class TestCriteria:
    def test_saves_importance_and_minimums(self, recruiting: Client):
        job = garden("Pruning", "Roses")

        answer = recruiting.post(
            PAGE,
            typed(
                job,
                {"skill": "pruning", "importance": "excluded"},
                {"skill": "Roses", "importance": "preferred", "minimum_years": "2.5"},
            ),
        )

        assert answer.status_code == 302
        assert asked(job) == [("Pruning", "excluded"), ("Roses", "preferred")]
        assert job.requirements.get(skill__name="Roses").minimum_years == 2.5

    def test_tells_the_minimums_of_versions(self, recruiting: Client):
        job = garden("Pruning")
        recruiting.post(
            PAGE,
            typed(
                job,
                {
                    "skill": "Pruning",
                    "importance": "preferred",
                    "minimum_proficiency": "advanced",
                    "minimum_years": "2.5",
                },
            ),
        )

        page = recruiting.get(PANEL).content.decode()

        assert "Pruning (Preferred · Advanced · 2.5+ years)" in page

    def test_flags_words_that_lead_to_no_skill_and_saves_nothing(
        self, recruiting: Client
    ):
        job = garden("Pruning")

        answer = recruiting.post(PAGE, typed(job, {"skill": "Telekinesis"}))

        assert answer.status_code == 422
        assert "is not recognised" in answer.content.decode()
        assert asked(job) == [("Pruning", "required")]
        assert not Skill.objects.filter(name="Telekinesis").exists()

    @pytest.mark.parametrize("button", [{}, {"preview": "yes"}])
    def test_refuses_a_skill_named_twice(self, button, recruiting: Client):
        job = garden("Pruning", "Roses")
        rows = [{"skill": "Pruning"}, {"skill": "pruning", "minimum_years": "2"}]

        answer = recruiting.post(PAGE, typed(job, *rows, **button))

        assert answer.status_code == 422
        assert "named in a row above" in answer.content.decode()
        assert len(asked(job)) == 2

    def test_adds_a_new_skill_where_somebody_says_that_it_is_one(
        self, recruiting: Client
    ):
        job = garden("Pruning")

        recruiting.post(
            PAGE, typed(job, {"skill": "Telekinesis", "is_new_skill": "on"})
        )

        assert asked(job) == [("Telekinesis", "required")]

    def test_shows_the_effect_and_saves_nothing(self, recruiting: Client):
        job = garden("Pruning", "Roses")
        make_candidate("Pruning", "Roses", given_name="Ada")
        make_candidate("Pruning", "Law", given_name="Bea")
        index_everything()
        events = Event.objects.count()

        row = {"skill": "Pruning", "importance": "required"}
        unwanted = {"skill": "Roses", "importance": "excluded"}
        answer = recruiting.post(PAGE, typed(job, row, unwanted, preview="yes"))

        preview = answer.context["criteria"].preview
        assert [one.candidate.given_name for one in preview.top] == ["Bea"]
        assert [one.candidate.given_name for one in preview.leaving] == ["Ada"]
        assert (preview.excluded, preview.excluded_now) == (1, 0)
        assert preview.is_being_read
        assert (Event.objects.count(), job.requirements.count()) == (events, 2)

    def test_previews_the_order_at_once_where_the_text_stays_the_same(
        self, recruiting: Client
    ):
        job = garden("Pruning", "Roses")
        make_candidate("Pruning", "Roses")
        index_everything()

        rows = [{"skill": "Pruning", "minimum_years": "3"}, {"skill": "Roses"}]
        answer = recruiting.post(PAGE, typed(job, *rows, preview="yes"))

        preview = answer.context["criteria"].preview
        assert not preview.is_being_read
        assert preview.top[0].band != preview.top[0].band_now

    def test_shows_what_somebody_else_saved_meanwhile(self, recruiting: Client):
        job = garden("Pruning", "Roses")
        update_job(
            job_id=job.pk,
            fields={},
            requirements=[RequirementInput("Law")],
            actor=ACTOR,
            changed_at=LATER,
        )

        answer = recruiting.post(PAGE, typed(job, {"skill": "Pruning"}))

        assert answer.status_code == 409
        assert "Somebody else saved this meanwhile" in answer.content.decode()
        assert asked(job) == [("Law", "required")]

    @pytest.mark.parametrize("version", ["", "x", "-1", "9" * 30])
    def test_refuses_a_version_that_is_none(self, recruiting: Client, version: str):
        job = garden("Pruning", "Roses")
        body = typed(job, {"skill": "Roses"}) | {"expected_version": version}

        assert recruiting.post(PAGE, body).status_code == 409
        assert job.requirements.count() == 2

    def test_does_not_exist_for_a_hiring_manager(
        self, managing: Client, hiring_manager
    ):
        garden("Pruning", hiring_manager=hiring_manager)

        assert managing.get(PAGE).status_code == 404


class TestPanel:
    def test_stands_beside_the_list_where_the_address_says_so(self, recruiting: Client):
        make_candidate("Pruning", "Roses", given_name="Ada")
        garden("Pruning", "Roses")
        index_everything()

        page = recruiting.get("/jobs/GRD-1/?country=NL&criteria=open")
        closed = recruiting.get("/jobs/GRD-1/?country=NL")

        assert page.context["found"].counted.by_gate
        assert page.context["criteria"].action == f"{PAGE}?country=NL"
        assert closed.context["criteria"] is None

    def test_comes_back_beside_the_list_as_it_was_narrowed(self, recruiting: Client):
        make_candidate("Pruning", "Roses", given_name="Ada", country="NL")
        make_candidate("Pruning", "Roses", given_name="Bea", country="BE")
        job = garden("Pruning")
        index_everything()

        answer = recruiting.post(
            f"{PAGE}?country=NL", typed(job, {"skill": "Telekinesis"})
        )
        saved = recruiting.post(f"{PAGE}?country=NL", typed(job, {"skill": "Roses"}))

        assert answer.status_code == 422
        shown = [one.candidate.given_name for one in answer.context["found"].matches]
        assert shown == ["Ada"]
        assert saved["Location"] == "/jobs/GRD-1/?country=NL&criteria=open"

    def test_is_all_that_a_script_is_answered(self, recruiting: Client):
        job = garden("Pruning")

        answer = recruiting.post(
            PAGE,
            typed(job, {"skill": "Pruning"}, preview="yes"),
            headers={"HX-Request": "true"},
        )

        assert "criteria-panel" in answer.content.decode()
        assert "<html" not in answer.content.decode()

    def test_is_answered_alone_where_it_alone_is_opened(self, recruiting: Client):
        garden("Pruning")

        answer = recruiting.get(
            PANEL, headers={"HX-Request": "true", "HX-Target": "job-aside"}
        )

        assert "criteria-panel" in answer.content.decode()
        assert "<html" not in answer.content.decode()
        assert "HX-Request" in answer.headers["Vary"]

    def test_is_not_opened_for_a_hiring_manager(self, managing: Client, hiring_manager):
        garden("Pruning", hiring_manager=hiring_manager)

        assert managing.get(PANEL).context["criteria"] is None

    def test_is_where_an_old_address_leads(self, recruiting: Client):
        garden("Pruning")

        assert recruiting.get(f"{PAGE}?sort=years")["Location"] == (
            "/jobs/GRD-1/?sort=years&criteria=open"
        )


class TestSuggestions:
    def test_name_what_the_text_says_and_count_after_one_click(
        self, recruiting: Client
    ):
        make_candidate("Roses", "Law")
        job = garden("Pruning", description="You grow roses in our parks all year.")

        page = recruiting.get(PANEL)
        offered = page.context["criteria"].suggestions
        answer = recruiting.post(
            PAGE, typed(job, {"skill": "Pruning"}, prefer=str(offered[0].skill.pk))
        )

        assert [(one.skill.name, one.told) for one in offered] == [
            ("Roses", ("roses",))
        ]
        assert answer.status_code == 302
        assert asked(job) == [("Pruning", "required"), ("Roses", "preferred")]

    def test_are_taken_together_with_what_was_typed(self, recruiting: Client):
        make_candidate("Roses", "Law")
        job = garden("Pruning", description="You grow roses in our parks all year.")

        row = {"skill": "Pruning", "minimum_years": "3"}
        skill = Skill.objects.get(name="Roses")
        recruiting.post(PAGE, typed(job, row, require=str(skill.pk)))

        assert asked(job) == [("Pruning", "required"), ("Roses", "required")]
        assert job.requirements.get(skill__name="Pruning").minimum_years == 3

    def test_name_what_several_similar_jobs_ask_for(self, recruiting: Client):
        for code in ("A-1", "A-2"):
            make_job("Pruning", "Soil", requisition_code=code)
        make_job("Pruning", "Soil", requisition_code="S-1", confidential=True)
        garden("Pruning")
        index_everything()

        offered = recruiting.get(PANEL).context["criteria"].suggestions

        assert [(one.skill.name, one.told) for one in offered] == [
            ("Soil", ("A-1", "A-2"))
        ]

    def test_take_nothing_that_was_not_proposed(self, recruiting: Client):
        make_candidate("Banking")
        job = garden("Pruning")

        skill = Skill.objects.get(name="Banking")
        answer = recruiting.post(
            PAGE, typed(job, {"skill": "Pruning"}, require=str(skill.pk))
        )

        assert answer.status_code == 422
        assert asked(job) == [("Pruning", "required")]


class TestVersions:
    def test_are_kept_and_can_be_taken_back(self, recruiting: Client):
        job = garden("Pruning", "Roses")
        recruiting.post(PAGE, typed(job, {"skill": "Pruning"}))
        job.refresh_from_db()

        answer = recruiting.post(
            f"{PAGE}take/", {"restore": "1", "expected_version": job.version}
        )

        versions = job.criteria_versions.order_by("number")
        assert answer.status_code == 302
        assert [len(one.requirements) for one in versions] == [2, 1, 2]
        assert asked(job) == [("Pruning", "required"), ("Roses", "required")]

    def test_are_offered_for_undoing_at_once(self, recruiting: Client):
        job = garden("Pruning", "Roses")
        recruiting.post(PAGE, typed(job, {"skill": "Pruning"}))

        (told,) = recruiting.get(PANEL).context["messages"]
        undo = criteria_undo_of_tags(told.extra_tags)
        assert undo is not None
        recruiting.post(
            f"{PAGE}take/", {"restore": undo.number, "expected_version": undo.version}
        )

        assert asked(job) == [("Pruning", "required"), ("Roses", "required")]

    def test_are_not_made_by_saving_the_same_again(self, recruiting: Client):
        job = garden("Pruning")

        recruiting.post(PAGE, typed(job, {"skill": "Pruning"}))

        assert not job.criteria_versions.exists()

    def test_of_another_number_do_not_exist(self, recruiting: Client):
        job = garden("Pruning")

        answer = recruiting.post(
            f"{PAGE}take/", {"restore": "7", "expected_version": job.version}
        )

        assert answer.status_code == 404
