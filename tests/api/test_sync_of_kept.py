"""Following what colleagues wrote and keep: notes and talent pools."""

import pytest
from django.db import connection

from recruit.accounts.actors import Actor
from recruit.accounts.choices import Role, Scope
from recruit.accounts.models import User
from recruit.applications.blinding import (
    hide_names,
    set_blind_policy,
    show_names,
)
from recruit.applications.choices import Stage
from recruit.applications.operations import advance
from recruit.candidates.operations import erase_candidate
from recruit.jobs.operations import delete_job, update_job
from recruit.notes.operations import delete_note, edit_note, read_mentions, write_note
from recruit.talent.models import TalentPool
from recruit.talent.operations import (
    add_to_pool,
    change_pool,
    create_pool,
    delete_pool,
    take_from_pool,
)
from recruit.talent.pool_searches import put_search_into_pool
from recruit.talent.searches import delete_search, save_search
from tests.api.caller import Caller, assert_problem, fields_in
from tests.api.test_sync import begin, fresh, read, since  # noqa: F401 (a fixture)
from tests.factories import (
    ACTOR,
    LATER,
    NOW,
    make_application,
    make_candidate,
    make_job,
    make_user,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh")]


def begin_anew(caller, path):
    """Return the token of a list, as if all before had long been told."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM changes_change")
    return begin(caller, path)


def note_about(candidate=None, job=None, actor=ACTOR, text="Knows roses."):
    return write_note(
        text=text,
        candidate_id=candidate.pk if candidate else None,
        job_id=job.pk if job else None,
        actor=actor,
        written_at=NOW,
    )


def removed(note):
    author = make_user(Role.ADMINISTRATOR)
    return delete_note(note_id=note.pk, actor=Actor.of(author), deleted_at=LATER)


def pool_of(owner, *, is_shared=True, name="Welders"):
    return create_pool(
        owner=owner, name=name, is_shared=is_shared, actor=ACTOR, created_at=NOW
    )


def changed(pool, **said):
    stated = {"name": pool.name, "note": pool.note, "is_shared": pool.is_shared}
    return change_pool(
        pool_id=pool.pk, actor=ACTOR, changed_at=LATER, **(stated | said)
    )


class TestNotes:
    def test_are_told_when_written_and_edited(self, recruiter):
        token = begin(recruiter, "/notes")
        actor = Actor.of(recruiter.user)
        note = note_about(make_candidate(), actor=actor)

        assert since(recruiter, "/notes", token) == ([str(note.pk)], {})
        edit_note(note_id=note.pk, text="Also trees.", actor=actor, edited_at=LATER)

        (told,), _gone, _token = read(recruiter, f"/notes?sync_token={token}")
        assert told["text"] == "Also trees."
        assert [told] == recruiter.get("/notes").json()["items"]

    def test_are_told_by_whom_they_mention(self, recruiter):
        colleague = make_user()
        actor = Actor.of(recruiter.user)
        note = note_about(
            make_candidate(), actor=actor, text=f"Ask @{colleague.email} please."
        )
        token = begin(recruiter, "/notes")

        edit_note(note_id=note.pk, text="Ask nobody.", actor=actor, edited_at=LATER)

        (told,), _gone, _token = read(recruiter, f"/notes?sync_token={token}")
        assert told["mentions"] == []

    def test_are_not_told_when_they_are_read(self, recruiter):
        colleague = make_user()
        note_about(make_candidate(), text=f"Ask @{colleague.email} please.")
        token = begin_anew(recruiter, "/notes")

        assert read_mentions(user=colleague, read_at=LATER) == 1

        assert since(recruiter, "/notes", token) == ([], {})

    def test_that_were_deleted_are_gone(self, recruiter):
        note = note_about(make_candidate())
        token = begin(recruiter, "/notes")

        removed(note)

        assert since(recruiter, "/notes", token) == ([], {str(note.pk): "deleted"})

    def test_of_somebody_erased_are_gone(self, recruiter):
        person = make_candidate()
        notes = [note_about(person), note_about(person, make_job())]
        before = note_about(person)
        removed(before)
        token = begin(recruiter, "/notes")

        erase_candidate(candidate_id=person.pk, actor=ACTOR, erased_at=LATER)

        _found, gone = since(recruiter, "/notes", token)
        assert {str(one.pk) for one in notes} <= gone.keys()
        assert set(gone.values()) == {"deleted"}

    def test_of_a_deleted_job_are_gone(self, recruiter):
        job = make_job()
        note = note_about(job=job)
        token = begin(recruiter, "/notes")

        delete_job(job_id=job.pk, actor=ACTOR, deleted_at=LATER)

        assert since(recruiter, "/notes", token) == ([], {str(note.pk): "deleted"})

    def test_of_a_job_that_became_confidential_are_hidden(self, recruiter):
        job = make_job()
        note = note_about(job=job)
        token = begin(recruiter, "/notes")

        update_job(
            job_id=job.pk, fields={"confidential": True}, actor=ACTOR, changed_at=LATER
        )
        assert since(recruiter, "/notes", token) == ([], {str(note.pk): "hidden"})

        update_job(
            job_id=job.pk,
            fields={"recruiters": [recruiter.user]},
            actor=ACTOR,
            changed_at=LATER,
        )
        assert since(recruiter, "/notes", token) == ([str(note.pk)], {})

    def test_are_hidden_from_who_recruits_for_a_job_no_more(self, recruiter):
        job = make_job(confidential=True, recruiters=[recruiter.user, make_user()])
        note = note_about(job=job)
        token = begin(recruiter, "/notes")

        update_job(
            job_id=job.pk,
            fields={"recruiters": [make_user()]},
            actor=ACTOR,
            changed_at=LATER,
        )

        assert since(recruiter, "/notes", token) == ([], {str(note.pk): "hidden"})

    def test_of_confidential_jobs_are_never_named(self, recruiter):
        named = make_user()
        job = make_job(confidential=True, recruiters=[named])
        gone, stays = note_about(job=job), note_about(job=job)
        without = [one for one in Scope.values if one != Scope.CONFIDENTIAL]
        callers = [recruiter, Caller(named, without)]
        tokens = [begin(caller, "/notes") for caller in callers]
        seeing = Caller(named)
        token = begin(seeing, "/notes")

        removed(gone)
        delete_job(job_id=job.pk, actor=ACTOR, deleted_at=LATER)

        for caller, begun in zip(callers, tokens, strict=True):
            assert since(caller, "/notes", begun) == ([], {})
        told = since(seeing, "/notes", token)[1]
        assert told == {str(gone.pk): "deleted", str(stays.pk): "deleted"}

    def test_that_a_filter_leaves_out_have_left(self, recruiter):
        job, other = make_job(), make_job()
        note = note_about(job=job)
        token = begin(recruiter, f"/notes?job={job.pk}")
        elsewhere = note_about(job=other)

        _found, gone = since(recruiter, f"/notes?job={job.pk}", token)

        assert gone == {str(elsewhere.pk): "left"}
        assert str(note.pk) in since(recruiter, "/notes", begin(recruiter, "/notes"))[0]

    def test_are_not_followed_by_hiring_managers(self, manager):
        note_about(job=make_job(hiring_manager=manager.user))
        assert manager.get("/notes").json()["sync_token"] is None

        assert fields_in(manager.get("/notes?sync_token=x")) == ["sync_token"]

    def test_goes_with_no_moment(self, recruiter):
        token = begin(recruiter, "/notes")

        answer = recruiter.get(
            f"/notes?sync_token={token}&updated_since=2026-01-01T00:00:00Z"
        )

        assert fields_in(answer) == ["updated_since"]


class TestNotesOfPeopleWhomAJobHides:
    def told(self, caller, token, change):
        change()
        found, gone = since(caller, "/notes", token)
        assert gone == {}
        return found

    def test_are_told_when_what_is_hidden_changes(self, recruiter):
        application = make_application()
        note = note_about(application.candidate, application.job)
        note_about(application.candidate)
        note_about(job=application.job)
        job_id = application.job_id

        for change in (
            lambda: hide_names(
                job_id=job_id, reveal_stage="offer", actor=ACTOR, changed_at=NOW
            ),
            lambda: advance(
                application_id=application.pk,
                to_stage="offer",
                actor=ACTOR,
                moved_at=NOW,
            ),
            lambda: show_names(job_id=job_id, actor=ACTOR, changed_at=NOW),
            lambda: set_blind_policy(
                is_enforced=True, reveal_kind=Stage.OFFER, actor=ACTOR, changed_at=NOW
            ),
        ):
            token = begin_anew(recruiter, "/notes")
            before = recruiter.get(f"/notes/{note.pk}").json()
            assert self.told(recruiter, token, change) == [str(note.pk)], before

    def test_say_nothing_of_moves_that_hide_nothing(self, recruiter):
        application = make_application()
        note_about(application.candidate, application.job)
        token = begin_anew(recruiter, "/notes")

        found = self.told(
            recruiter,
            token,
            lambda: advance(
                application_id=application.pk,
                to_stage="offer",
                actor=ACTOR,
                moved_at=NOW,
            ),
        )

        assert found == []


class TestPools:
    def test_are_told_when_made_and_changed(self, recruiter):
        token = begin(recruiter, "/talent_pools")
        pool = pool_of(make_user())

        assert since(recruiter, "/talent_pools", token) == ([str(pool.pk)], {})
        changed(pool, name="Fitters")

        (told,), _gone, _token = read(recruiter, f"/talent_pools?sync_token={token}")
        assert told["name"] == "Fitters"
        assert [told] == recruiter.get("/talent_pools").json()["items"]

    def test_that_were_deleted_are_gone(self, recruiter):
        pools = [
            pool_of(make_user()),
            pool_of(recruiter.user, is_shared=False),
            pool_of(make_user(), is_shared=False),
        ]
        token = begin(recruiter, "/talent_pools")

        for pool in pools:
            delete_pool(pool_id=pool.pk, actor=ACTOR, deleted_at=LATER)

        gone = {str(pool.pk): "deleted" for pool in pools[:2]}
        assert since(recruiter, "/talent_pools", token) == ([], gone)

    def test_that_are_no_longer_shared_are_hidden(self, recruiter):
        owner = Caller(make_user())
        pool = pool_of(owner.user)
        tokens = [begin(one, "/talent_pools") for one in (recruiter, owner)]

        changed(pool, is_shared=False)

        hidden = since(recruiter, "/talent_pools", tokens[0])
        assert hidden == ([], {str(pool.pk): "hidden"})
        assert since(owner, "/talent_pools", tokens[1]) == ([str(pool.pk)], {})

    def test_of_another_are_never_named(self, recruiter):
        pool = pool_of(make_user(), is_shared=False)
        token = begin(recruiter, "/talent_pools")

        changed(pool, name="Fitters")
        delete_pool(pool_id=pool.pk, actor=ACTOR, deleted_at=LATER)

        assert since(recruiter, "/talent_pools", token) == ([], {})

    def test_need_no_scope_for_confidential_jobs(self):
        caller = Caller(make_user(), [Scope.POOLS_READ])
        pool = pool_of(caller.user, is_shared=False)
        token = begin(caller, "/talent_pools")

        delete_pool(pool_id=pool.pk, actor=ACTOR, deleted_at=LATER)

        assert since(caller, "/talent_pools", token) == (
            [],
            {str(pool.pk): "deleted"},
        )

    def test_on_behalf_of_somebody_are_those_that_both_see(self, recruiter):
        other = make_user()
        on_behalf = {"on-behalf-of": other.email}
        shared = pool_of(other)
        pool_of(other, is_shared=False, name="Own")
        answer = recruiter.get("/talent_pools", **on_behalf)
        token = answer.json()["sync_token"]

        for pool in TalentPool.objects.all():
            delete_pool(pool_id=pool.pk, actor=ACTOR, deleted_at=LATER)

        answer = recruiter.get(f"/talent_pools?sync_token={token}", **on_behalf)
        assert [one["id"] for one in answer.json()["deleted"]] == [str(shared.pk)]

    def test_are_not_for_hiring_managers(self, manager):
        assert_problem(manager.get("/talent_pools?sync_token=x"), 403)

    def test_expire_with_the_rights(self, recruiter):
        token = begin(recruiter, "/talent_pools")
        User.objects.filter(pk=recruiter.user.pk).update(role=Role.ADMINISTRATOR)

        assert_problem(recruiter.get(f"/talent_pools?sync_token={token}"), 410)


class TestPoolsCounted:
    def test_are_told_when_their_figures_change(self, recruiter):
        person, owner = make_candidate(), make_user()
        pool = pool_of(owner)
        search = save_search(
            owner=owner,
            name="Belgium",
            query="country=BE",
            is_shared=True,
            actor=ACTOR,
            saved_at=NOW,
        )
        ids = {"pool_id": pool.pk, "candidate_ids": [person.pk], "actor": ACTOR}

        for change in (
            lambda: add_to_pool(**ids, added_at=NOW),
            lambda: take_from_pool(**ids, taken_at=NOW),
            lambda: add_to_pool(**ids, added_at=NOW),
            lambda: erase_candidate(
                candidate_id=person.pk, actor=ACTOR, erased_at=LATER
            ),
            lambda: put_search_into_pool(
                pool_id=pool.pk, search_id=search.pk, actor=ACTOR, added_at=NOW
            ),
            lambda: delete_search(search_id=search.pk, actor=ACTOR, deleted_at=LATER),
            lambda: User.objects.filter(pk=owner.pk).update(name="Another"),
        ):
            token = begin_anew(recruiter, "/talent_pools")
            before = recruiter.get(f"/talent_pools/{pool.pk}").json()
            change()

            assert recruiter.get(f"/talent_pools/{pool.pk}").json() != before
            assert since(recruiter, "/talent_pools", token) == ([str(pool.pk)], {})

    @pytest.mark.django_db(transaction=True)
    @pytest.mark.parametrize("order", ["updated_at", "-updated_at", "name", "-name"])
    def test_keep_their_place_while_a_list_is_read(self, recruiter, order):
        pools = [pool_of(recruiter.user, name=f"Pool {n}") for n in range(4)]
        path = f"/talent_pools?per_page=2&order_by={order}"
        first = recruiter.get(path).json()
        seen = [one["id"] for one in first["items"]]

        for pool in pools:
            changed(pool, name=f"Other {9 - pools.index(pool)}")
        rest = recruiter.get(first["next"].partition("/api/v1")[2]).json()

        seen += [one["id"] for one in rest["items"]]
        assert sorted(seen) == sorted(str(pool.pk) for pool in pools)
