"""What the pages of a job that hides names must never send."""

from django.test import Client

from recruit.accounts.models import User
from recruit.applications.choices import Stage
from recruit.applications.operations import advance
from recruit.applications.veil import veil_of
from recruit.events.choices import Happened
from recruit.events.models import Event
from recruit.jobs.models import Job
from recruit.notes.operations import write_note
from recruit.reviews.choices import Screened
from recruit.reviews.operations import start_screening
from tests.dashboard.blind.conftest import (
    JOB,
    Everybody,
    assert_nobody_named,
    own_ids,
    said,
)
from tests.factories import (
    ACTOR,
    LATER,
    NOW,
)


def pages(job: Job, everybody: Everybody, recruiter: User) -> list[str]:
    _ranked, waiting, screened, rejected = everybody
    veil = veil_of(job)
    handles = [veil.id_of(pk) for pk in own_ids(everybody)]
    screening = start_screening(
        job_id=job.pk,
        user=recruiter,
        screened=Screened.RANKED,
        candidate_ids=own_ids(everybody),
        started_at=NOW,
    )
    compared = "&".join(f"people={one}" for one in handles)
    return [
        JOB,
        f"{JOB}?order=hybrid",
        f"{JOB}?sort=contact",
        f"{JOB}?criteria=open",
        *(f"{JOB}candidates/{one}/" for one in handles),
        *(f"{JOB}screening/{screening.pk}/?at={place}" for place in (1, 2, 3, 4)),
        f"{JOB}screening/",
        f"{JOB}pipeline/",
        f"{JOB}pipeline/?view=list",
        f"{JOB}shortlist/",
        f"{JOB}shortlist/?person={handles[0]}",
        f"{JOB}shortlist/?name=Zoltan",
        f"{JOB}shortlist/print/?person={handles[1]}",
        f"{JOB}shortlist.csv?person={handles[0]}",
        f"{JOB}shortlist.xlsx?person={handles[3]}",
        f"{JOB}compare/?{compared}",
        f"{JOB}met-before/",
        f"{JOB}activity/",
        f"{JOB}activity/?kind=notes",
        f"{JOB}names/",
        *(f"/applications/{one.pk}/moves/" for one in (waiting, screened, rejected)),
        f"/api/v1/jobs/{job.pk}/matches",
        f"/api/v1/applications?job={job.pk}",
        f"/api/v1/notes?job={job.pk}",
        "/api/v1/notes",
        f"/api/v1/applications/{screened.pk}",
    ]


class TestBlindJob:
    def test_names_nobody_on_any_page_or_file_or_in_the_api(
        self, recruiting: Client, recruiter, job, everybody
    ):
        write_note(
            text="Zoltana of Eldermoor University sounds keen.",
            actor=ACTOR,
            written_at=LATER,
            candidate_id=everybody[1].candidate_id,
            job_id=job.pk,
        )

        for address in pages(job, everybody, recruiter):
            answer = recruiting.get(address)

            assert answer.status_code == 200, address
            # The word somebody looked for stands in their own form.
            if "name=Zoltan" in address:
                assert "quxfield" not in said(answer).lower()
                continue
            assert_nobody_named(answer, own_ids(everybody))

    def test_names_nobody_to_the_hiring_manager(
        self, managing: Client, recruiter, job, everybody
    ):
        for address in pages(job, everybody, recruiter):
            answer = managing.get(address)

            if answer.status_code == 200 and "name=" not in address:
                assert_nobody_named(answer, own_ids(everybody))

    def test_shows_what_people_can_do(self, recruiting: Client, job, ranked):
        page = recruiting.get(JOB)
        handle = veil_of(job).id_of(ranked.pk)
        why = recruiting.get(f"{JOB}candidates/{handle}/").content.decode()

        assert "Pruning" in page.content.decode()
        assert f"{JOB}candidates/{handle}/" in page.content.decode()
        assert "led grafting" in why
        assert "<mark" in why

    def test_names_who_came_far_enough(self, recruiting: Client, job, screened):
        advance(
            application_id=screened.pk,
            to_stage=Stage.INTERVIEW,
            actor=ACTOR,
            moved_at=LATER,
        )

        for address in ("pipeline/", "shortlist/", "shortlist.csv", "activity/"):
            assert "Zoltana Quxfield" in said(recruiting.get(JOB + address)), address
        page = recruiting.get(f"{JOB}candidates/{screened.candidate_id}/")
        assert "Zoltana Quxfield" in page.content.decode()

    def test_tells_nobody_who_an_id_is(self, recruiting: Client, job, everybody):
        ranked = everybody[0]
        handle = veil_of(job).id_of(ranked.pk)

        assert recruiting.get(f"/candidates/{handle}/").status_code == 404
        assert recruiting.get(f"/candidates/{ranked.pk}/").status_code == 200
        # Else a name could be led to what stands on the pages without one.
        assert recruiting.get(f"{JOB}candidates/{ranked.pk}/").status_code == 404
        shortlist = recruiting.get(f"{JOB}shortlist/?person={ranked.pk}")
        assert veil_of(job).label(ranked.pk) not in shortlist.content.decode()

    def test_is_not_told_beside_a_name(self, recruiting: Client, job, everybody):
        waiting = everybody[1]
        address = f"/candidates/{waiting.candidate_id}/"

        person = recruiting.get(address).content.decode()
        activity = recruiting.get(f"{address}activity/").content.decode()
        found = recruiting.get(
            f"/api/v1/applications?candidate={waiting.candidate_id}"
        ).json()

        assert "Zoltana" in person
        assert f"{JOB}pipeline/" not in person
        assert "GRD-1" not in activity
        assert found["items"] == []

    def test_keeps_its_people_from_the_hiring_managers_other_pages(
        self, managing: Client, job, everybody
    ):
        waiting = everybody[1]

        listed = managing.get("/candidates/")
        person = managing.get(f"/candidates/{waiting.candidate_id}/")
        api = managing.get("/api/v1/candidates")

        assert_nobody_named(listed, own_ids(everybody))
        assert person.status_code == 404
        assert_nobody_named(api, own_ids(everybody))

    def test_is_told_of_on_home_and_in_mentions_without_names(
        self, recruiting: Client, recruiter, job, waiting
    ):
        note = write_note(
            text=f"@{recruiter.name} Zoltana wants to hear from us.",
            actor=ACTOR,
            written_at=LATER,
            candidate_id=waiting.candidate_id,
            job_id=job.pk,
        )

        # That somebody was added to the candidates is told by name, and of no job.
        Event.objects.filter(kind=Happened.CANDIDATE_CREATED).delete()

        for address in ("/", "/waiting/", "/mentions/", f"/notes/{note.pk}/"):
            assert_nobody_named(recruiting.get(address), [waiting.candidate_id])
        found = recruiting.get("/candidates/?q=hear")
        assert "wants to" not in found.content.decode()

    def test_does_not_lead_from_a_figure_to_a_name(
        self, recruiting: Client, job, everybody
    ):
        for name in ("time-to-fill", "stages", "sources", "workload"):
            for end in ("rows/", "rows.csv"):
                answer = recruiting.get(f"/reports/{name}/{end}")
                if answer.status_code == 200:
                    assert_nobody_named(answer, own_ids(everybody))
