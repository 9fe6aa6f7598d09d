import csv
from io import BytesIO, StringIO

import pytest
from django.test import Client
from openpyxl import load_workbook

from recruit.accounts.models import User
from recruit.applications.choices import Outcome, Stage
from recruit.applications.models import Application
from recruit.applications.operations import advance, hire, reject
from recruit.candidates.models import Candidate
from recruit.events.models import Event
from recruit.jobs.models import Job
from recruit.reviews.models import Review
from tests.dashboard.conftest import count_queries
from tests.factories import (
    ACTOR,
    LATER,
    make_application,
    make_candidate,
    make_job,
    reason_for,
)

PAGE = "/jobs/GRD-1/shortlist/"


@pytest.fixture
def job(hiring_manager: User) -> Job:
    return make_job(
        "Pruning",
        "Grafting",
        requisition_code="GRD-1",
        hiring_manager=hiring_manager,
    )


def listed(job: Job, stage: Stage = Stage.SCREENING, **fields) -> Application:
    """Put a person on the shortlist."""
    application = make_application(job, make_candidate("Pruning", "Roses", **fields))
    return advance(
        application_id=application.pk, to_stage=stage, actor=ACTOR, moved_at=LATER
    )


def rows_of(answer) -> list[list[str]]:
    return list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))


class TestShortlist:
    def test_shows_who_stands_beyond_the_first_stage_the_farthest_first(
        self, recruiting: Client, job
    ):
        listed(job, given_name="Ada")
        listed(job, Stage.OFFER, given_name="Bea")
        make_application(job, make_candidate(given_name="Cem"))

        page = recruiting.get(PAGE)

        names = [one.candidate.given_name for one in page.context["people"]]
        assert names == ["Bea", "Ada"]
        assert "Cem" not in page.content.decode()

    def test_keeps_who_was_hired_at_the_top(self, recruiting: Client, managing, job):
        listed(job, Stage.OFFER, given_name="Ada")
        taken = listed(job, Stage.OFFER, given_name="Bea")
        hire(application_id=taken.pk, actor=ACTOR, moved_at=LATER)

        shown = recruiting.get(PAGE).content.decode()

        assert shown.index("Bea") < shown.index("Ada")
        assert '<span class="pill good">Hired</span>' in shown
        assert rows_of(recruiting.get("/jobs/GRD-1/shortlist.csv"))[1][5] == "Hired"
        answered = f'name="note">{""}</textarea>'
        assert managing.get(PAGE).content.decode().count(answered) == 1

    def test_says_why_each_is_on_it(self, recruiting: Client, job):
        listed(job)

        (one,) = recruiting.get(PAGE).context["people"]

        states = [each.state.value for each in one.explanation.requirements]
        assert states[0] == "met"

    def test_asks_as_often_for_many_people(self, recruiting: Client, job):
        listed(job)
        few = count_queries(recruiting, PAGE)
        for _ in range(10):
            listed(job)

        assert count_queries(recruiting, PAGE) == few

    def test_is_hidden_with_its_job(self, managing: Client, job):
        make_job(requisition_code="OTHER-1")

        assert managing.get("/jobs/OTHER-1/shortlist/").status_code == 404


class TestWhyNot:
    def ask(self, client: Client, person: Candidate) -> str:
        page = client.get(f"{PAGE}?person={person.pk}")
        return " ".join(page.context["left_out"].sentences)

    def test_names_what_was_not_found(self, recruiting: Client, job):
        person = make_candidate("Banking", "Law", "Tax")

        told = self.ask(recruiting, person)

        assert "Nobody has put this person into the pipeline" in told
        assert "Found nowhere in the profile: Pruning, Grafting." in told

    def test_names_the_reason_of_a_rejection(self, recruiting: Client, job):
        application = listed(job)
        reason = reason_for(Outcome.REJECTED)
        reject(
            application_id=application.pk, reason=reason, actor=ACTOR, moved_at=LATER
        )

        told = self.ask(recruiting, application.candidate)

        assert f"Rejected at “Screening” on 5 May 2026: {reason.label}." in told

    def test_finds_people_by_name(self, recruiting: Client, job):
        person = make_candidate(given_name="Ada")

        shown = recruiting.get(f"{PAGE}?name=ada").content.decode()

        assert f"?person={person.pk}" in shown

    def test_says_that_somebody_is_on_it(self, recruiting: Client, job):
        application = listed(job, given_name="Ada")

        page = recruiting.get(f"{PAGE}?person={application.candidate_id}")

        assert page.context["left_out"] is None
        assert "is on the shortlist" in page.content.decode()

    def test_shows_a_manager_nobody_who_is_hidden(self, managing: Client, job):
        person = make_candidate(given_name="Hidden")

        page = managing.get(f"{PAGE}?person={person.pk}&name=hidden")

        assert page.context["asked"] is None
        assert page.context["found"] == []

    def test_refuses_what_is_no_person(self, recruiting: Client, job):
        assert recruiting.get(f"{PAGE}?person=x").status_code == 400


class TestFiles:
    def test_say_the_same_as_csv_and_as_xlsx(self, recruiting: Client, job):
        listed(job, given_name="Ada", family_name="Novak")
        person = make_candidate("Banking", "Law", "Tax", given_name="Cem")

        answer = recruiting.get(f"/jobs/GRD-1/shortlist.csv?person={person.pk}")
        other = recruiting.get(f"/jobs/GRD-1/shortlist.xlsx?person={person.pk}")

        rows = rows_of(answer)
        sheet = load_workbook(BytesIO(other.content)).worksheets[0]
        in_sheet = [[cell or "" for cell in row] for row in sheet.values]
        assert in_sheet == rows
        assert rows[1][1] == "Ada Novak"
        assert rows[1][8].startswith("met: Pruning")
        assert "Found nowhere in the profile" in rows[2][-1]

    @pytest.mark.parametrize("ending", ["csv", "xlsx"])
    def test_run_no_formula(self, recruiting: Client, job, ending):
        listed(job, given_name="=cmd|' /C calc'!A0", headline="@SUM(1)\x0b")

        content = recruiting.get(f"/jobs/GRD-1/shortlist.{ending}").content

        if ending == "csv":
            row = rows_of(recruiting.get(f"/jobs/GRD-1/shortlist.{ending}"))[1]
        else:
            sheet = load_workbook(BytesIO(content)).worksheets[0]
            row = [str(cell.value) for cell in list(sheet.rows)[1]]
            assert "f" not in {cell.data_type for cell in list(sheet.rows)[1]}
        assert row[1].startswith("'=cmd")
        assert row[2].startswith("'@SUM")

    def test_are_named_after_the_job_alone(self, recruiting: Client, job):
        make_job(requisition_code='A"b ; ü')

        answer = recruiting.get("/jobs/A%22b%20;%20%C3%BC/shortlist.csv")

        assert answer.headers["Content-Disposition"] == (
            'attachment; filename="shortlist-A-b.csv"'
        )

    def test_ask_as_often_for_many_people(self, recruiting: Client, job):
        address = "/jobs/GRD-1/shortlist.csv"
        listed(job)
        few = count_queries(recruiting, address)
        for _ in range(10):
            listed(job)

        assert count_queries(recruiting, address) == few

    def test_have_a_page_to_print(self, recruiting: Client, job):
        listed(job, given_name="Ada")

        shown = recruiting.get(f"{PAGE}print/").content.decode()

        assert "1. Ada" in shown
        assert 'class="sidebar"' not in shown


class TestCompare:
    def address(self, *people: Candidate) -> str:
        asked = "&".join(f"people={person.pk}" for person in people)
        return f"/jobs/GRD-1/compare/?{asked}"

    def test_puts_people_side_by_side_in_the_order_asked_for(
        self, recruiting: Client, job
    ):
        first, second = make_candidate("Pruning", "Roses"), make_candidate("Grafting")

        page = recruiting.get(self.address(second, first))

        assert [one.candidate for one in page.context["people"]] == [second, first]
        states = [[each.state.value for each in row] for row in page.context["rows"]]
        assert states[0][1] == "met"
        assert states[1][0] == "met"

    @pytest.mark.parametrize("count", [0, 1, 7])
    def test_takes_two_to_six(self, recruiting: Client, job, count):
        people = [make_candidate() for _ in range(count)]

        assert recruiting.get(self.address(*people)).status_code == 400

    def test_refuses_what_is_no_person(self, recruiting: Client, job):
        answer = recruiting.get("/jobs/GRD-1/compare/?people=x&people=y")

        assert answer.status_code == 400

    def test_shows_a_manager_only_who_is_theirs(self, managing: Client, job):
        mine, hidden = listed(job).candidate, make_candidate()

        page = managing.get(self.address(mine, hidden))

        assert [one.candidate for one in page.context["people"]] == [mine]

    def test_is_reached_from_marks_in_the_ranked_list(self, recruiting: Client, job):
        first, second = make_candidate("Pruning"), make_candidate("Grafting")
        marked = {"candidates": [second.pk, first.pk], "shown": "country=NL&sort=years"}

        answer = recruiting.post("/jobs/GRD-1/compare/", marked, follow=True)
        by_script = recruiting.post(
            "/jobs/GRD-1/compare/", marked, headers={"HX-Request": "true"}
        )

        shown = [one.candidate for one in answer.context["people"]]
        assert shown == [second, first]
        assert "?country=NL&amp;sort=years" in answer.content.decode()
        assert by_script.headers["HX-Redirect"] == answer.redirect_chain[0][0]

    def test_is_refused_for_one_mark(self, recruiting: Client, job):
        one = {"candidates": [make_candidate().pk]}

        assert recruiting.post("/jobs/GRD-1/compare/", one).status_code == 400

    def test_tells_what_we_went_through_with_each(self, recruiting: Client, job):
        mine, other = listed(job).candidate, make_candidate()
        make_application(make_job(requisition_code="OLD-1"), other)

        page = recruiting.get(self.address(mine, other))

        standing, contact = page.context["people"]
        assert standing.application is not None
        assert [one.requisition_code for one in contact.contacts] == ["OLD-1"]

    def test_asks_as_often_for_six(self, recruiting: Client, job):
        people = [make_candidate("Pruning", "Roses") for _ in range(6)]

        two = count_queries(recruiting, self.address(*people[:2]))

        assert count_queries(recruiting, self.address(*people)) == two


class TestReview:
    def send(self, client: Client, application: Application, **said: str):
        posted = {"answer": "question", "note": "Has she led?"} | said
        return client.post(f"/applications/{application.pk}/review/", posted)

    def test_is_seen_by_the_recruiter_at_once(
        self, managing: Client, recruiting: Client, job
    ):
        application = listed(job)

        answer = self.send(managing, application)

        assert answer.headers["Location"] == PAGE
        assert "Has she led?" in recruiting.get(PAGE).content.decode()
        anew = recruiting.get(f"{PAGE}?part=answers").content.decode()
        assert 'hx-swap-oob="true"' in anew
        assert "Has she led?" in anew

    def test_takes_the_place_of_an_earlier_one(self, managing: Client, job):
        application = listed(job)
        for said in ("question", "yes", "yes"):
            self.send(managing, application, answer=said)

        review = Review.objects.get()
        assert (review.answer, review.version) == ("yes", 2)
        assert Event.objects.filter(kind="reviewed").count() == 2

    def test_is_the_hiring_manager_s_alone(self, recruiting: Client, job):
        answer = recruiting.post(
            f"/applications/{listed(job).pk}/review/", {"answer": "yes"}, follow=True
        )

        assert "Only the hiring manager" in answer.content.decode()
        assert not Review.objects.exists()

    def test_of_somebody_else_s_job_does_not_exist(self, managing: Client, job):
        other = make_application(make_job())

        assert self.send(managing, other).status_code == 404

    @pytest.mark.parametrize(
        "said", [{"answer": "maybe"}, {"answer": ""}, {"note": "x" * 4001}]
    )
    def test_refuses_what_makes_no_sense(self, managing: Client, job, said):
        assert self.send(managing, listed(job), **said).status_code == 400
        assert not Review.objects.exists()
