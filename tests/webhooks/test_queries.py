"""Who hears of what, and what stands in a message."""

import pytest
from django.utils import timezone

from recruit.accounts.choices import Role
from recruit.applications.applying import apply_all
from recruit.applications.blinding import hide_names, show_names
from recruit.applications.operations import advance
from recruit.applications.removal import take_out
from recruit.applications.veil import veil_of
from recruit.events.choices import Happened
from recruit.events.operations import record
from recruit.jobs.operations import delete_job, update_job
from recruit.notes.operations import write_note
from recruit.talent.operations import add_to_pool, create_pool
from recruit.webhooks.models import Delivery, Message
from recruit.webhooks.publishing import publish_all
from recruit.webhooks.queries import about, messages_visible_to, told
from tests.factories import (
    ACTOR,
    LATER,
    NOW,
    make_application,
    make_candidate,
    make_job,
    make_user,
)

pytestmark = pytest.mark.django_db


def blind_job(**fields):
    job = make_job(**fields)
    hide_names(job_id=job.pk, reveal_stage="interview", actor=ACTOR, changed_at=NOW)
    return job


def publish():
    publish_all(now=timezone.now())


def seen(user, *, confidential=True):
    found = messages_visible_to(user, sees_confidential=confidential).in_order()
    return [(one.type, one.data) for one in told(list(found))]


def types_of(user, *, confidential=True):
    return [kind for kind, _data in seen(user, confidential=confidential)]


class TestBlindJobs:
    def test_name_a_candidate_by_what_stands_for_them_there(self):
        job, candidate = blind_job(), make_candidate()
        application = make_application(job, candidate)
        write_note(
            text="Good.",
            candidate_id=candidate.pk,
            job_id=job.pk,
            actor=ACTOR,
            written_at=NOW,
        )
        publish()

        data = dict(seen(make_user(Role.ADMINISTRATOR)))

        handle = str(veil_of(job).id_of(candidate.pk))
        assert data["application.created"]["candidate"] == handle
        assert data["application.created"]["application"] == str(application.pk)
        assert data["note.created"]["candidate"] == handle
        assert data["candidate.created"]["candidate"] == str(candidate.pk)

    def test_name_a_candidate_who_came_far_enough(self):
        job = blind_job()
        application = make_application(job)
        advance(
            application_id=application.pk,
            to_stage="interview",
            actor=ACTOR,
            moved_at=LATER,
        )
        publish()

        data = dict(seen(make_user()))

        for kind in ("application.created", "application.stage_changed"):
            assert data[kind]["candidate"] == str(application.candidate_id)

    def test_name_nobody_whose_application_is_no_more(self):
        job, candidate = blind_job(), make_candidate()
        application = make_application(job, candidate)
        take_out(
            application_id=application.pk,
            actor=ACTOR,
            taken_out_at=LATER,
            expected_version=application.version,
        )
        publish()

        data = dict(seen(make_user()))

        handle = str(veil_of(job).id_of(candidate.pk))
        assert data["application.deleted"]["candidate"] == handle

    def test_are_told_as_things_stand_when_they_are_told(self):
        job = blind_job()
        application = make_application(job)
        publish()
        user = make_user()
        hidden = dict(seen(user))["application.created"]["candidate"]

        show_names(job_id=job.pk, actor=ACTOR, changed_at=LATER)

        shown = dict(seen(user))["application.created"]["candidate"]
        assert hidden != shown == str(application.candidate_id)

    def test_are_not_found_by_the_own_id_of_who_is_hidden(self):
        candidate = make_candidate()
        make_application(blind_job(), candidate)
        open_application = make_application(make_job(), candidate)
        publish()

        found = about(Message.objects.all(), candidate.pk).in_order()

        assert [(one.type, one.job_id) for one in found] == [
            ("candidate.created", None),
            ("application.created", open_application.job_id),
        ]

    def test_send_no_name_and_no_own_id(self, receiver, make_webhook, send):
        make_webhook()
        candidate = make_candidate()
        send()
        receiver.calls.clear()
        make_application(blind_job(), candidate)

        send()

        assert "application.created" in receiver.types()
        for call in receiver.calls:
            assert str(candidate.pk).encode() not in call.body

    def test_cost_as_many_queries_for_many_as_for_few(self, django_assert_num_queries):
        for _number in range(3):
            make_application(blind_job())
        publish()
        few = list(Message.objects.filter(type="application.created"))
        told(few)
        for _number in range(9):
            make_application(blind_job())
        publish()
        many = list(Message.objects.filter(type="application.created"))

        with django_assert_num_queries(5) as asked:
            told(few)
        with django_assert_num_queries(len(asked)):
            told(many)


class TestConfidentialJobs:
    def test_are_told_of_to_who_is_named_on_them(self):
        named, other = (make_user(Role.ADMINISTRATOR) for _ in range(2))
        job = make_job(confidential=True, recruiters=[named])
        make_application(job)
        publish()

        assert types_of(named) == [
            "job.created",
            "candidate.created",
            "application.created",
        ]
        assert types_of(named, confidential=False) == ["candidate.created"]
        assert types_of(other) == ["candidate.created"]

    def test_stay_so_when_they_are_deleted(self):
        named, other = (make_user(Role.ADMINISTRATOR) for _ in range(2))
        job = make_job(confidential=True, recruiters=[named])
        publish()
        delete_job(job_id=job.pk, actor=ACTOR, deleted_at=LATER)
        publish()
        plain = make_job()
        delete_job(job_id=plain.pk, actor=ACTOR, deleted_at=LATER)
        publish()

        assert types_of(named) == ["job.created", "job.deleted"] * 2
        assert types_of(other) == ["job.created", "job.deleted"]
        assert types_of(named, confidential=False) == ["job.created", "job.deleted"]

    def test_are_sent_to_webhooks_that_were_granted_them(
        self, receiver, make_webhook, send
    ):
        named = make_user(Role.ADMINISTRATOR)
        granted = make_webhook(named, sees_confidential=True, name="granted").webhook
        make_webhook(named)
        make_webhook(sees_confidential=True)
        make_job(confidential=True, recruiters=[named])

        send()

        told_of = Delivery.objects.filter(type="job.created")
        assert [one.webhook_id for one in told_of] == [granted.pk]
        assert receiver.types().count("job.created") == 1

    def test_are_not_sent_once_they_became_so(self, receiver, make_webhook, send):
        make_webhook()
        job = make_job()
        publish()
        update_job(
            job_id=job.pk, fields={"confidential": True}, actor=ACTOR, changed_at=LATER
        )

        send()

        assert receiver.types() == ["webhook.ping"]
        assert not Delivery.objects.filter(type="job.created").exists()


class TestOthers:
    def test_hiring_managers_read_of_their_jobs(self):
        manager = make_user(Role.HIRING_MANAGER)
        mine = make_job(hiring_manager=manager)
        make_application(mine)
        make_application(make_job())
        publish()

        assert types_of(manager) == ["job.created", "application.created"]

    def test_what_somebody_keeps_for_themselves_is_told_to_nobody(self):
        owner, person = make_user(Role.ADMINISTRATOR), make_candidate()
        for is_shared in (False, True):
            pool = create_pool(
                owner=owner,
                name=f"Pool {is_shared}",
                is_shared=is_shared,
                actor=ACTOR,
                created_at=NOW,
            )
            add_to_pool(
                pool_id=pool.pk, candidate_ids=[person.pk], actor=ACTOR, added_at=NOW
            )
        publish()

        data = seen(owner)

        assert data[1:] == [
            ("pool.created", {"pool": str(pool.pk)}),
            (
                "pool.candidate_added",
                {"pool": str(pool.pk), "candidate": str(person.pk)},
            ),
        ]

    def test_a_bulk_operation_is_told_of_object_by_object(self):
        job, people = make_job(), [make_candidate() for _number in range(3)]
        ids = [one.pk for one in people]
        apply_all(job_id=job.pk, candidate_ids=ids, actor=ACTOR, applied_at=NOW)
        publish()

        made = Message.objects.filter(type="application.created")

        assert {one.candidate_id for one in made} == set(ids)
        known = set(job.applications.values_list("pk", flat=True))
        assert {one.object_id for one in made} == known

    def test_an_old_event_finds_its_applications(self):
        application = make_application()
        publish()
        Message.objects.all().delete()
        record(
            Happened.APPLIED,
            actor=ACTOR,
            happened_at=NOW,
            job_ids=[application.job_id],
            candidate_ids=[application.candidate_id],
        )
        publish()

        assert Message.objects.get().object_id == application.pk
