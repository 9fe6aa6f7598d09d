import pytest
from django.test import Client

from recruit.accounts.models import User
from recruit.jobs.choices import JobFamily, JobStatus
from tests.factories import make_application, make_job

JOBS = "/jobs/"


class TestJobList:
    def test_shows_newest_jobs_with_status_and_people(self, recruiting: Client):
        job = make_job(title="Tree surgeon", department="Parks")
        make_application(job)

        page = recruiting.get(JOBS)

        assert page.status_code == 200
        shown = page.content.decode()
        assert "Tree surgeon" in shown
        assert job.requisition_code in shown

    def test_finds_by_words_status_and_department(self, recruiting: Client):
        make_job(title="Tree surgeon", department="Parks")
        make_job(title="Diver", department="Water", status=JobStatus.DRAFT)

        page = recruiting.get(JOBS, {"q": "diver", "status": "draft"})
        parks = recruiting.get(JOBS, {"department": "Parks"})

        assert [job.title for job in page.context["page"]] == ["Diver"]
        assert [job.title for job in parks.context["page"]] == ["Tree surgeon"]

    def test_finds_by_family_and_those_without_one(self, recruiting: Client):
        make_job(title="Diver", family=JobFamily.CONSTRUCTION)
        make_job(title="Tree surgeon")

        divers = recruiting.get(JOBS, {"family": "construction"})
        others = recruiting.get(JOBS, {"family": "none"})
        unknown = recruiting.get(JOBS, {"family": "piracy"})

        assert [job.title for job in divers.context["page"]] == ["Diver"]
        assert [job.title for job in others.context["page"]] == ["Tree surgeon"]
        assert unknown.status_code == 400

    def test_offers_the_families_of_the_jobs_a_viewer_sees(self, recruiting: Client):
        make_job(family=JobFamily.CONSTRUCTION)
        make_job(family=JobFamily.LEGAL, confidential=True)

        offered = recruiting.get(JOBS).context["form"].fields["family"].choices

        assert [value for value, _label in offered] == ["", "none", "construction"]

    def test_narrows_to_jobs_that_name_the_viewer(
        self, recruiting: Client, recruiter: User
    ):
        make_job(title="Mine", recruiters=[recruiter])
        make_job(title="Another's")

        page = recruiting.get(JOBS, {"mine": "on"})

        assert [job.title for job in page.context["page"]] == ["Mine"]

    def test_shows_a_hiring_manager_their_own_jobs_and_no_way_to_add(
        self, managing: Client, hiring_manager: User
    ):
        make_job(title="Mine", hiring_manager=hiring_manager)
        make_job(title="Another's")

        page = managing.get(JOBS)

        assert [job.title for job in page.context["page"]] == ["Mine"]
        assert "/jobs/new/" not in page.content.decode()

    def test_hides_confidential_jobs_from_who_is_not_named(self, recruiting: Client):
        make_job(title="Secret", confidential=True)

        page = recruiting.get(JOBS)

        assert "Secret" not in page.content.decode()

    @pytest.mark.parametrize(
        "query",
        [{"q": "x" * 10_000}, {"q": "a\x00b"}, {"status": "burning"}],
    )
    def test_says_what_is_wrong_with_a_filter(
        self, recruiting: Client, query: dict[str, str]
    ):
        page = recruiting.get(JOBS, query)

        assert page.status_code == 400
        assert 'role="alert"' in page.content.decode()

    @pytest.mark.parametrize("number", ["0", "-1", "abc", "1000000000", ""])
    def test_shows_the_nearest_page_for_a_page_that_is_none(
        self, recruiting: Client, number: str
    ):
        make_job()

        assert recruiting.get(JOBS, {"page": number}).status_code == 200

    def test_cuts_long_lists_and_keeps_the_filter_in_the_links(
        self, recruiting: Client
    ):
        for _number in range(51):
            make_job(title="Gardener")

        page = recruiting.get(JOBS, {"q": "gardener"})

        assert len(page.context["page"]) == 50
        assert "?q=gardener&amp;page=2" in page.content.decode()

    def test_asks_the_database_equally_often_for_many_jobs(
        self, recruiting: Client, hiring_manager: User, django_assert_num_queries
    ):
        for _number in range(12):
            make_application(make_job("Pruning", hiring_manager=hiring_manager))

        with django_assert_num_queries(8):
            recruiting.get(JOBS)

    def test_shows_user_text_as_text(self, recruiting: Client):
        make_job(title="<script>alert(1)</script>", department="<b>Parks</b>")

        page = recruiting.get(JOBS).content.decode()

        assert "<script>alert" not in page
        assert "<b>Parks" not in page
