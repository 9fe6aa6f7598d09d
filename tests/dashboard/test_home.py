from django.test import Client

from recruit.accounts.models import User
from recruit.applications.choices import Stage
from recruit.applications.operations import advance
from recruit.jobs.choices import JobStatus
from recruit.jobs.operations import change_status
from recruit.notes.operations import write_note
from recruit.reviews.choices import Answer
from recruit.reviews.models import Review
from tests.dashboard.conftest import count_queries
from tests.factories import ACTOR, LATER, make_application, make_candidate, make_job


class TestHome:
    def test_shows_my_open_jobs_with_people_at_each_stage(
        self, recruiting: Client, recruiter: User
    ):
        job = make_job(title="Tree surgeon", recruiters=[recruiter])
        make_job(title="Another's")
        application = make_application(job)
        advance(
            application_id=application.pk,
            to_stage=Stage.OFFER,
            actor=ACTOR,
            moved_at=LATER,
        )

        page = recruiting.get("/")

        ((shown, stages, _news),) = page.context["jobs"]
        assert shown == job
        assert {one.code: people for one, people in stages}[Stage.OFFER] == 1

    def test_shows_all_open_jobs_to_who_is_named_on_none(self, recruiting: Client):
        job = make_job()

        page = recruiting.get("/")

        assert [shown for shown, *_told in page.context["jobs"]] == [job]

    def test_names_who_has_waited_for_long(self, recruiting: Client):
        waiting = make_application(candidate=make_candidate(given_name="Ada"))

        page = recruiting.get("/")

        assert page.context["waiting"] == [waiting]

    def test_leads_to_all_who_wait(self, recruiting: Client):
        job = make_job()
        people = [make_application(job) for _number in range(9)]
        change_status(
            job_id=make_application().job_id,
            to_status=JobStatus.ON_HOLD,
            actor=ACTOR,
            changed_at=LATER,
        )

        home = recruiting.get("/")
        page = recruiting.get("/waiting/")

        assert 'href="/waiting/">All 9</a>' in home.content.decode()
        assert len(home.context["waiting"]) == 8
        assert set(page.context["page"].object_list) == set(people)

    def test_asks_no_more_for_more_who_wait(self, recruiting: Client):
        job = make_job()
        make_application(job)
        few = count_queries(recruiting, "/waiting/")
        for _number in range(5):
            make_application(job)

        assert count_queries(recruiting, "/waiting/") == few

    def test_tells_what_happened_without_what_is_hidden(self, recruiting: Client):
        make_application(make_job(title="Seen"))
        make_application(make_job(title="Secret", confidential=True))

        shown = recruiting.get("/").content.decode()

        assert "Seen" in shown
        assert "Secret" not in shown

    def test_names_the_status_that_a_job_came_to(self, recruiting: Client):
        job = make_job()
        change_status(
            job_id=job.pk, to_status=JobStatus.ON_HOLD, actor=ACTOR, changed_at=LATER
        )

        shown = recruiting.get("/").content.decode()

        assert "Job status is now “On hold”" in shown

    def test_shows_the_admin_site_to_administrators_alone(
        self, recruiting: Client, administrating: Client
    ):
        link = 'href="/admin/"'

        assert link in administrating.get("/").content.decode()
        assert link not in recruiting.get("/").content.decode()
        assert 'href="/api/v1/docs"' in recruiting.get("/").content.decode()

    def test_tells_a_hiring_manager_of_their_own_jobs_alone(
        self, managing: Client, hiring_manager: User
    ):
        make_application(make_job(title="Mine", hiring_manager=hiring_manager))
        make_application(make_job(title="Another's"))

        shown = managing.get("/").content.decode()

        assert "Mine" in shown
        assert "Another" not in shown

    def test_leads_somebody_new_to_the_next_step(self, recruiting: Client):
        assert "/jobs/new/" in recruiting.get("/").content.decode()

    def test_shows_the_notes_that_mention_the_reader_until_they_are_read(
        self, recruiting: Client, recruiter: User
    ):
        write_note(
            text=f"@{recruiter.name}, call her.",
            actor=ACTOR,
            written_at=LATER,
            candidate_id=make_candidate(given_name="Ada").pk,
        )

        (mention,) = recruiting.get("/").context["mentions"]
        assert "call her." in mention.note.text
        recruiting.post("/mentions/", {"mention": str(mention.pk)})

        assert recruiting.get("/").context["mentions"] == []

    def test_shows_what_a_hiring_manager_asks(
        self, recruiting: Client, recruiter: User, hiring_manager: User
    ):
        for job in (
            make_job(recruiters=[recruiter], hiring_manager=hiring_manager),
            make_job(confidential=True, hiring_manager=hiring_manager),
        ):
            Review.objects.create(
                application=make_application(job),
                user=hiring_manager,
                answer=Answer.QUESTION,
                note=f"Asked about {job.requisition_code}",
                answered_at=LATER,
            )

        (question,) = recruiting.get("/").context["questions"]

        assert question.application.job.recruiters.get() == recruiter

    def test_asks_for_sign_in(self, client: Client, db: None):
        answer = client.get("/")

        assert answer.headers["Location"] == "/accounts/login/?next=/"

    def test_asks_equally_often_for_little_and_for_much(
        self, recruiting: Client, recruiter: User
    ):
        make_application(make_job(recruiters=[recruiter]))
        few = count_queries(recruiting, "/")
        for _number in range(10):
            make_application(make_job(recruiters=[recruiter]))

        assert count_queries(recruiting, "/") == few
