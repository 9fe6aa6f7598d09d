"""The log of changes: who may be told."""

import pytest

from recruit.accounts.choices import Role
from recruit.changes.choices import Gone, Kind
from recruit.jobs.operations import delete_job, update_job
from tests.changes.asking import (
    begin_anew,
    gone,
    viewer_of,
)
from tests.factories import (
    ACTOR,
    LATER,
    make_application,
    make_job,
    make_user,
)


class TestWhoIsTold:
    pytestmark = pytest.mark.django_db

    def test_of_a_deleted_job_is_who_could_see_it(self):
        manager, recruiter = make_user(Role.HIRING_MANAGER), make_user()
        outsider = make_user()
        shown = make_job(hiring_manager=manager)
        secret = make_job(
            hiring_manager=manager, recruiters=[recruiter], confidential=True
        )
        begin_anew()

        for job in (shown, secret):
            delete_job(job_id=job.pk, actor=ACTOR, deleted_at=LATER)

        both = {shown.pk: Gone.DELETED, secret.pk: Gone.DELETED}
        assert gone(Kind.JOB, viewer_of(manager)) == both
        assert gone(Kind.JOB, viewer_of(recruiter)) == both
        for viewer in (
            viewer_of(outsider),
            viewer_of(recruiter, confidential=False),
            viewer_of(manager, confidential=False),
        ):
            assert gone(Kind.JOB, viewer) == {shown.pk: Gone.DELETED}
        stranger = viewer_of(make_user(Role.HIRING_MANAGER))
        assert gone(Kind.JOB, stranger) == {}

    def test_of_a_job_made_confidential_is_everybody_but_not_of_its_end(self):
        outsider = viewer_of(make_user())
        job = make_application().job
        begin_anew()

        update_job(
            job_id=job.pk,
            fields={"confidential": True},
            actor=ACTOR,
            changed_at=LATER,
        )
        assert gone(Kind.JOB, outsider) == {job.pk: Gone.HIDDEN}
        (application,) = job.applications.all()
        assert gone(Kind.APPLICATION, outsider) == {application.pk: Gone.HIDDEN}

        begin_anew()
        application.delete()
        delete_job(job_id=job.pk, actor=ACTOR, deleted_at=LATER)
        assert gone(Kind.JOB, outsider) == {}
        assert gone(Kind.APPLICATION, outsider) == {}

    def test_of_a_job_is_the_recruiter_taken_off_it(self):
        recruiter = make_user()
        job = make_job(recruiters=[recruiter], confidential=True)
        application = make_application(job)
        begin_anew()

        update_job(
            job_id=job.pk, fields={"recruiters": []}, actor=ACTOR, changed_at=LATER
        )

        mine, theirs = viewer_of(recruiter), viewer_of(make_user())
        assert gone(Kind.JOB, mine) == {job.pk: Gone.HIDDEN}
        assert gone(Kind.APPLICATION, mine) == {application.pk: Gone.HIDDEN}
        assert gone(Kind.JOB, theirs) == gone(Kind.APPLICATION, theirs) == {}

    def test_of_a_job_is_the_hiring_manager_taken_off_it(self):
        manager = make_user(Role.HIRING_MANAGER)
        job = make_job(hiring_manager=manager)
        begin_anew()

        update_job(
            job_id=job.pk,
            fields={"hiring_manager": None},
            actor=ACTOR,
            changed_at=LATER,
        )

        assert gone(Kind.JOB, viewer_of(manager)) == {job.pk: Gone.HIDDEN}

    def test_of_an_application_is_who_could_see_its_job(self):
        secret = make_application(make_job(confidential=True))
        shown = make_application()
        begin_anew()

        secret.delete()
        pk = shown.pk
        shown.delete()

        assert gone(Kind.APPLICATION, viewer_of(make_user())) == {pk: Gone.DELETED}
