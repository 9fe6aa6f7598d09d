"""/events: what happened, for whoever asks instead of being told."""

from threading import Event as Signal
from typing import cast

import pytest
from django.db import transaction
from django.utils import timezone

from recruit.accounts.choices import Role, Scope
from recruit.applications.blinding import hide_names
from recruit.applications.veil import veil_of
from recruit.webhooks.publishing import publish_all
from tests.api.caller import RANDOM, Caller, fields_in
from tests.factories import (
    ACTOR,
    NOW,
    make_application,
    make_candidate,
    make_job,
    make_user,
)
from tests.races import at_once

pytestmark = pytest.mark.django_db


def publish():
    publish_all(now=timezone.now())


def read(caller, path="/events"):
    """Return all pages of a list, by their links."""
    items = []
    while path:
        answer = caller.get(path)
        assert answer.status_code == 200, answer.content
        page = answer.json()
        items += page["items"]
        path = page["next"] and page["next"].partition("/api/v1")[2]
    return items


class TestEvents:
    def test_are_listed_as_webhooks_tell_of_them(self, recruiter):
        application = make_application()
        publish()

        (made,) = read(recruiter, "/events?type=application.created")

        assert made == {
            "id": made["id"],
            "type": "application.created",
            "timestamp": "2026-05-04T09:30:00Z",
            "data": {
                "application": str(application.pk),
                "job": str(application.job_id),
                "candidate": str(application.candidate_id),
            },
        }

    def test_are_read_in_pages_and_on_from_the_last(self, recruiter):
        for _number in range(7):
            make_job()
        publish()
        first = read(recruiter, "/events?per_page=3")
        make_job()
        publish()

        rest = read(recruiter, f"/events?per_page=3&after={first[-1]['id']}")

        assert len(first) == len({one["id"] for one in first}) == 7
        assert [one["type"] for one in rest] == ["job.created"]
        assert rest[0]["id"] not in {one["id"] for one in first}

    def test_are_narrowed(self, recruiter):
        job, other = make_job(), make_job()
        publish()

        assert len(read(recruiter, f"/events?subject={job.pk}")) == 1
        assert len(read(recruiter, "/events?since=2026-05-04T09:30:00Z")) == 2
        assert read(recruiter, "/events?since=2026-05-04T09:30:01Z") == []
        assert read(recruiter, f"/events?subject={RANDOM}") == []
        assert read(recruiter, f"/events?type=job.deleted&subject={other.pk}") == []

    @pytest.mark.parametrize(
        ("query", "field"),
        [
            ("type=no.such", "type"),
            ("since=yesterday", "since"),
            ("subject=x", "subject"),
            ("after=x", "after"),
            (f"after={RANDOM}", "after"),
            ("kind=x", "kind"),
        ],
    )
    def test_name_what_is_wrong_with_the_question(self, recruiter, query, field):
        assert fields_in(recruiter.get(f"/events?{query}")) == [field]

    def test_hide_who_applied_where_names_are_hidden(self, recruiter):
        job, candidate = make_job(), make_candidate()
        hide_names(job_id=job.pk, reveal_stage="interview", actor=ACTOR, changed_at=NOW)
        make_application(job, candidate)
        publish()

        (made,) = read(recruiter, f"/events?subject={job.pk}&type=application.created")
        theirs = read(recruiter, f"/events?subject={candidate.pk}")

        assert made["data"]["candidate"] == str(veil_of(job).id_of(candidate.pk))
        assert [one["type"] for one in theirs] == ["candidate.created"]

    def test_of_confidential_jobs_are_for_who_was_granted_them(self):
        user = make_user(Role.ADMINISTRATOR)
        make_job(confidential=True, recruiters=[user])
        publish()
        plain = [one for one in Scope.values if one != Scope.CONFIDENTIAL]

        assert len(read(Caller(user))) == 1
        assert read(Caller(user, plain)) == []
        assert read(Caller(make_user(Role.ADMINISTRATOR))) == []

    def test_of_their_jobs_are_for_hiring_managers(self, manager):
        mine = make_job(hiring_manager=manager.user)
        make_application(mine)
        make_application()
        publish()

        types = [one["type"] for one in read(manager)]

        assert types == ["job.created", "application.created"]


@pytest.mark.django_db(transaction=True)
class TestLateCommits:
    def test_are_missed_by_nobody_who_read_on(self):
        caller, began, ended = Caller(make_user()), Signal(), Signal()

        def write_slowly():
            with transaction.atomic():
                make_job(requisition_code="SLOW-1")
                began.set()
                assert ended.wait(10)

        def read_meanwhile():
            assert began.wait(10)
            make_job(requisition_code="FAST-1")
            publish()
            first = read(caller)
            ended.set()
            return first

        _nothing, read_first = at_once(write_slowly, read_meanwhile)
        first = cast("list[dict[str, str]]", read_first)
        publish()
        rest = read(caller, f"/events?after={first[-1]['id']}")

        assert len(first) == len(rest) == 1
        assert first[0]["id"] != rest[0]["id"]
