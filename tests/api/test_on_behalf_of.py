"""On-Behalf-Of: a token names a user, and gains nothing by it."""

from typing import Any

import pytest
from django.test import Client

from recruit.accounts.actors import Actor
from recruit.accounts.choices import Role, Scope
from recruit.accounts.models import ApiToken, User
from recruit.accounts.operations import deactivate_users
from recruit.applications.models import StageTransition
from recruit.events.models import Event
from recruit.notes.operations import NotYourNote, delete_note, edit_note, write_note
from tests.api.caller import RANDOM, Caller, assert_problem
from tests.factories import (
    LATER,
    NOW,
    make_application,
    make_candidate,
    make_job,
    make_user,
)
from tests.matching.indexed import index_everything

pytestmark = pytest.mark.django_db

NDJSON = "application/x-ndjson"


def naming(user: User | str) -> dict[str, str]:
    return {"On-Behalf-Of": user if isinstance(user, str) else str(user.pk)}


def codes(answer: Any, **sent: Any) -> set[str]:
    return {one["requisition_code"] for one in answer.json()["items"]}


def codes_for(caller: Caller, user: User) -> set[str]:
    return codes(caller.get("/jobs", **naming(user)))


class TestName:
    def test_is_an_id_or_an_address_whatever_its_case(self, recruiter):
        user = make_user(email="kim@example.org")
        body = {"given_name": "A", "family_name": "B"}

        for name in (str(user.pk), str(user.pk).upper(), " Kim@Example.ORG "):
            answer = recruiter.post("/candidates", body, **naming(name))
            assert answer.status_code == 201

        named = Event.objects.filter(kind="candidate_created")
        assert set(named.values_list("on_behalf_of_id", flat=True)) == {user.pk}

    @pytest.mark.parametrize(
        "name", [str(RANDOM), "nobody@example.org", "", "x" * 300, "%", "kim"]
    )
    def test_of_nobody_is_refused(self, recruiter, name):
        body = assert_problem(recruiter.get("/jobs", **naming(name)), 400)

        (error,) = body["errors"]
        assert (error["field"], error["code"]) == ("On-Behalf-Of", "unknown_user")

    def test_of_an_account_that_ended_is_as_unknown(self, recruiter):
        user = make_user()
        deactivate_users(user_ids=[user.pk], ended_at=NOW)

        body = assert_problem(recruiter.get("/jobs", **naming(user)), 400)

        assert body["errors"][0]["code"] == "unknown_user"

    def test_is_not_for_sessions(self, client):
        user = make_user(Role.ADMINISTRATOR)
        client.force_login(user)

        answer = client.get("/api/v1/jobs", headers=naming(make_user()))

        assert assert_problem(answer, 400)["errors"][0]["code"] == "needs_token"

    def test_needs_a_token_that_is_good(self):
        headers = {"authorization": "Bearer none", **naming(make_user())}

        assert_problem(Client().get("/api/v1/jobs", headers=headers), 401)

    def test_is_forgotten_after_the_request(self, recruiter):
        manager = make_user(Role.HIRING_MANAGER)
        make_job()

        assert codes_for(recruiter, manager) == set()
        assert len(recruiter.get("/jobs").json()["items"]) == 1


class TestRights:
    def test_are_those_of_the_named_hiring_manager(self, recruiter):
        manager = make_user(Role.HIRING_MANAGER)
        mine = make_application(make_job(hiring_manager=manager))
        other = make_application()

        assert codes_for(recruiter, manager) == {mine.job.requisition_code}
        for path, status in [
            (f"/jobs/{other.job_id}", 404),
            (f"/candidates/{mine.candidate_id}", 200),
            (f"/candidates/{other.candidate_id}", 404),
            (f"/applications/{mine.pk}", 200),
            (f"/applications/{other.pk}", 404),
        ]:
            answer = recruiter.get(path, **naming(manager))
            assert answer.status_code == status, path

    def test_to_write_need_both(self, recruiter):
        manager = make_user(Role.HIRING_MANAGER)
        mine = make_job(hiring_manager=manager)

        answer = recruiter.patch(f"/jobs/{mine.pk}", {"title": "X"}, **naming(manager))

        assert_problem(answer, 403)

    def test_of_a_hiring_managers_token_do_not_grow(self, manager):
        administrator = make_user(Role.ADMINISTRATOR)
        make_job()

        answer = manager.get("/jobs", **naming(administrator))

        body = assert_problem(answer, 403)
        assert body["errors"][0]["code"] == "on_behalf_of_denied"

    def test_of_a_hiring_managers_token_tell_nobodys_address(self, manager):
        make_user(email="kim@example.org")

        for name in ("kim@example.org", "nobody@example.org", str(RANDOM)):
            body = assert_problem(manager.get("/jobs", **naming(name)), 403)
            assert body["errors"][0]["code"] == "on_behalf_of_denied"

    def test_let_a_hiring_managers_token_name_its_own_account(self, manager):
        mine = make_job(hiring_manager=manager.user)

        assert codes_for(manager, manager.user) == {mine.requisition_code}

    def test_to_confidential_jobs_need_both_named_on_them(self, recruiter):
        other = make_user(Role.ADMINISTRATOR)
        ours = make_job(confidential=True, recruiters=[recruiter.user, other])
        theirs = make_job(confidential=True, recruiters=[other])
        mine = make_job(confidential=True, recruiters=[recruiter.user])
        opened = make_job()

        seen = {ours.requisition_code, opened.requisition_code}
        assert codes_for(recruiter, other) == seen
        for hidden in (theirs, mine):
            answer = recruiter.get(f"/jobs/{hidden.pk}", **naming(other))
            assert_problem(answer, 404)

    def test_to_applications_follow_the_jobs(self, recruiter):
        other = make_user()
        theirs = make_application(make_job(confidential=True, recruiters=[other]))
        ours = make_application(
            make_job(confidential=True, recruiters=[recruiter.user, other])
        )

        found = recruiter.get("/applications", **naming(other)).json()["items"]

        assert [one["id"] for one in found] == [str(ours.pk)]
        answer = recruiter.get(f"/applications/{theirs.pk}", **naming(other))
        assert_problem(answer, 404)

    def test_need_the_scope_still(self):
        caller = Caller(make_user(), [Scope.JOBS_READ])
        other = make_user(Role.ADMINISTRATOR)
        make_job(confidential=True, recruiters=[caller.user, other])

        assert codes_for(caller, other) == set()
        assert_problem(caller.get("/candidates", **naming(other)), 403)

    def test_of_a_named_manager_leave_out_people_of_hidden_jobs(self, recruiter):
        manager = make_user(Role.HIRING_MANAGER)
        job = make_job(hiring_manager=manager, confidential=True)
        hidden = make_application(job)

        answer = recruiter.get(f"/candidates/{hidden.candidate_id}", **naming(manager))

        assert_problem(answer, 404)

    def test_bound_the_jobs_ranked_for_a_person(self, recruiter):
        other = make_user()
        theirs = make_job("Bread", confidential=True, recruiters=[other])
        ours = make_job("Bread", confidential=True, recruiters=[other, recruiter.user])
        person = make_candidate("Bread", "Pastry")
        index_everything()

        found = recruiter.get(f"/candidates/{person.pk}/jobs", **naming(other)).json()

        ranked = {one["job"]["id"] for one in found["items"]}
        assert str(ours.pk) in ranked
        assert str(theirs.pk) not in ranked

    def test_bound_who_is_found_by_a_text(self, recruiter):
        manager = make_user(Role.HIRING_MANAGER)
        job = make_job("Bread", hiring_manager=manager)
        mine, _other = make_candidate("Bread"), make_candidate("Bread")
        make_application(job, mine)
        index_everything()

        found = recruiter.get("/candidates?q=bread", **naming(manager)).json()["items"]

        assert [one["id"] for one in found] == [str(mine.pk)]


class TestNames:
    def test_stand_in_events_and_transitions(self, recruiter):
        user = make_user(name="Kim")
        application = make_application()

        answer = recruiter.post(
            f"/applications/{application.pk}/move",
            {"to_stage": "interview"},
            **naming(user),
        )

        (move,) = answer.json()["transitions"]
        assert move["actor_kind"] == "token"
        assert move["actor_id"] == str(recruiter.token.pk)
        assert move["actor_name"] == "Kim through Nightly sync"
        assert move["on_behalf_of_id"] == str(user.pk)
        moved = StageTransition.objects.get()
        event = Event.objects.get(kind="stage_changed")
        for kept in (moved, event):
            assert kept.actor_name == "Kim through Nightly sync"
            assert kept.on_behalf_of_id == user.pk

    def test_stand_in_the_timeline(self, client):
        token = ApiToken(name="Nightly sync", user=make_user())
        user = make_user(name="Kim")
        person = make_candidate()
        write_note(
            text="Called.",
            candidate_id=person.pk,
            actor=Actor.of_token(token, user),
            written_at=NOW,
        )
        client.force_login(make_user())

        page = client.get(f"/candidates/{person.pk}/activity/").content.decode()

        assert "Kim through Nightly sync" in page

    def test_are_cut_where_they_are_too_long(self, recruiter):
        user, job = make_user(name="x" * 200), make_job()
        sent = {"requirements": [{"skill": "Bread", "importance": "required"}]}

        answer = recruiter.patch(f"/jobs/{job.pk}", sent, **naming(user))

        assert answer.status_code == 200, answer.content

    def test_are_the_tokens_alone_without_the_header(self, recruiter):
        recruiter.post("/candidates", {"given_name": "A", "family_name": "B"})

        event = Event.objects.get(kind="candidate_created")
        assert (event.actor_name, event.on_behalf_of_id) == ("Nightly sync", None)


class TestNotes:
    def test_belong_to_the_named_user(self):
        user, person = make_user(), make_candidate()
        through = Actor.of_token(Caller(make_user()).token, user)

        note = write_note(
            text="Called.", candidate_id=person.pk, actor=through, written_at=NOW
        )
        edited = edit_note(
            note_id=note.pk, text="Met.", actor=Actor.of(user), edited_at=LATER
        )

        assert edited.author == user

    def test_of_others_are_deleted_by_two_administrators_only(self):
        administrator = make_user(Role.ADMINISTRATOR)
        person, author = make_candidate(), Actor.of(make_user())
        note = write_note(
            text="Called.", candidate_id=person.pk, actor=author, written_at=NOW
        )
        of_recruiter = Caller(make_user()).token
        of_administrator = Caller(make_user(Role.ADMINISTRATOR)).token

        with pytest.raises(NotYourNote):
            delete_note(
                note_id=note.pk,
                actor=Actor.of_token(of_recruiter, administrator),
                deleted_at=LATER,
            )
        delete_note(
            note_id=note.pk,
            actor=Actor.of_token(of_administrator, administrator),
            deleted_at=LATER,
        )


class TestPools:
    def test_of_others_are_changed_by_two_administrators_only(self, recruiter):
        named = make_user(Role.ADMINISTRATOR)
        body = {"name": "Welders", "is_shared": True}
        made = Caller(make_user()).post("/talent_pools", body).json()
        path = f"/talent_pools/{made['id']}"

        for answer in (
            recruiter.patch(path, {"name": "X"}, **naming(named)),
            recruiter.delete(path, **naming(named)),
        ):
            body = assert_problem(answer, 403)
            assert body["errors"][0]["code"] == "not_owner"
        administrator = Caller(make_user(Role.ADMINISTRATOR))
        answer = administrator.patch(path, {"name": "X"}, **naming(named))
        assert answer.status_code == 200

    def test_of_the_named_user_are_changed_in_their_name(self, recruiter):
        body = {"name": "Welders", "is_shared": True}
        named = Caller(make_user())
        made = named.post("/talent_pools", body).json()

        answer = recruiter.patch(
            f"/talent_pools/{made['id']}", {"name": "X"}, **naming(named.user)
        )

        assert answer.status_code == 200


class TestImports:
    def test_of_the_named_user_are_those_sent_in_their_name(self, recruiter):
        named = Caller(make_user())
        path, kind = "/imports?of=candidates&source=ats&dry_run=true", NDJSON
        row = b'{"given_name": "A", "family_name": "B"}'
        theirs = named.send(path, row, kind).json()
        ours = recruiter.send(path, row, kind, **naming(named.user)).json()

        listed = recruiter.get("/imports", **naming(named.user)).json()["items"]

        assert [one["id"] for one in listed] == [ours["id"]]
        for method, action in [
            ("GET", ""),
            ("GET", "/rows"),
            ("POST", "/cancel"),
            ("POST", "/resume"),
            ("POST", "/start"),
        ]:
            address = f"/imports/{theirs['id']}{action}"
            answer = recruiter.call(method, address, **naming(named.user))
            assert_problem(answer, 404)
