"""What the triggers of the database write down of a write."""

from typing import Any

import pytest
from django.apps import apps
from django.db import ProgrammingError, connection, transaction

from recruit.accounts.models import ApiToken, User
from recruit.accounts.operations import issue_token, set_password
from recruit.audit.installing import ensure_installed, is_ours
from recruit.audit.models import Entry
from recruit.audit.tables import APPS_LEFT_OUT, AUDITED, LEFT_OUT
from recruit.audit.triggers import audited_tables
from recruit.candidates.inputs import DocumentInput, ExperienceInput
from recruit.candidates.operations import erase_candidate
from recruit.jobs.models import Job
from recruit.jobs.operations import update_job
from tests.factories import (
    ACTOR,
    LATER,
    make_application,
    make_candidate,
    make_job,
    make_user,
)

pytestmark = pytest.mark.django_db

HANDS = {"secret", "digest", "password", "text", "note", "emails", "phones", "links"}


def entries(**conditions: Any) -> list[Entry]:
    return list(Entry.objects.filter(**conditions).order_by("id"))


def the(**conditions: Any) -> Entry:
    (entry,) = entries(**conditions)
    return entry


class TestEveryTable:
    def test_is_in_the_log_or_says_why_not(self):
        said = {one.model for one in AUDITED} | set(LEFT_OUT)
        unsaid = [
            model._meta.label
            for model in apps.get_models(include_auto_created=True)
            if model._meta.app_label not in APPS_LEFT_OUT
            and model._meta.label not in said
        ]

        assert unsaid == [], "name them in recruit/audit/tables.py"

    def test_that_is_named_exists(self):
        known = {one._meta.label for one in apps.get_models(include_auto_created=True)}

        assert {one.model for one in AUDITED} | set(LEFT_OUT) <= known

    def test_names_columns_that_exist(self):
        for one in AUDITED:
            columns = {field.column for field in apps.get_model(one.model)._meta.fields}
            named = {*one.withheld, *one.unnoted, *(one.kept or ())}
            assert named <= columns, one.model

    def test_keeps_no_secrets_and_nothing_about_people(self):
        kept = {
            (table.name, column)
            for table in audited_tables()
            for column in table.kept
            if not table.in_sum and column in HANDS
        }

        assert kept == {("skills_skilllabel", "text")}

    def test_has_its_triggers(self):
        assert not ensure_installed()  # nothing to do


class TestCreated:
    def test_tells_what_is_there(self):
        job = make_job(title="Gardener")

        entry = the(object_type="jobs.job", action="created", part="")

        assert entry.object_id == str(job.pk)
        assert entry.before is None
        assert (entry.after or {})["title"] == "Gardener"
        assert (entry.after or {})["confidential"] is False

    def test_tells_parts_with_the_whole(self):
        job = make_job("Bread", recruiters=[make_user()])

        parts = entries(object_type="jobs.job", action="created").copy()

        assert {one.part for one in parts if one.object_id == str(job.pk)} >= {
            "jobs.jobskill",
            "jobs.job_recruiters",
        }


class TestChanged:
    def test_tells_what_differs_alone(self):
        job = make_job(title="Gardener", department="Parks")

        update_job(
            job_id=job.pk,
            fields={"title": "Baker"},
            requirements=None,
            actor=ACTOR,
            changed_at=LATER,
        )

        entry = the(object_type="jobs.job", action="changed", part="")
        assert entry.before == {"title": "Gardener", "version": 1}
        assert entry.after == {"title": "Baker", "version": 2}

    def test_by_raw_sql_is_told(self):
        person = make_candidate(given_name="Kim")

        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE candidates_candidate SET given_name = 'Eve', source = 'x%y'"
            )

        entry = the(action="changed", part="")
        assert entry.object_id == str(person.pk)
        assert entry.withheld == ["given_name"]
        assert (entry.before, entry.after) == ({"source": ""}, {"source": "x%y"})

    def test_in_bulk_is_told_row_by_row(self):
        for _number in range(3):
            make_job()

        Job.objects.update(department="Parks")

        told = entries(object_type="jobs.job", action="changed")
        assert {one.object_id for one in told} == {
            str(pk) for pk in Job.objects.values_list("pk", flat=True)
        }

    def test_to_the_same_is_not_told(self):
        make_job(department="Parks")

        Job.objects.update(department="Parks")

        assert entries(action="changed", object_type="jobs.job") == []

    def test_of_what_is_counted_up_is_not_told(self):
        token, _ = issue_token(user=make_user(), name="x", scopes=[], created_at=LATER)

        ApiToken.objects.filter(pk=token.pk).update(last_used_at=LATER)
        User.objects.update(last_login=LATER)

        assert entries(action="changed", object_type__startswith="accounts.") == []


class TestDeleted:
    def test_tells_what_was_there(self):
        tag = make_job(title="Gardener")

        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM jobs_job WHERE id = %s", [tag.pk])

        entry = the(action="deleted", object_type="jobs.job")
        assert (entry.before or {})["title"] == "Gardener"
        assert entry.after is None

    def test_whole_tables_are_told(self):
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE curation_keptapart")

        assert the(action="emptied").object_type == "curation.keptapart"


class TestSecrets:
    def test_are_never_in_the_log(self):
        user = make_user(password="the first pass phrase")
        set_password(user_id=user.pk, password="the second pass phrase")
        token, secret = issue_token(
            user=user, name="sync", scopes=["jobs:read"], created_at=LATER
        )
        user.refresh_from_db()

        told = str([(one.before, one.after) for one in entries()])

        for hidden in (user.password, token.digest, secret):
            assert hidden not in told
        assert ["password"] in [one.withheld for one in entries(action="changed")]


class TestPeople:
    def test_leave_nothing_behind_when_they_are_erased(self):
        words = ["Zoltan", "Quix", "zq@example.org", "+31611111111", "Zmaker", "ZQ-1"]
        person = make_candidate(
            "Zbread",
            given_name="Zoltan",
            family_name="Quix",
            emails=["zq@example.org"],
            phones=["+31611111111"],
            headline="Zmaker",
            summary="Zmaker of Zbread",
            external_id="ZQ-1",
            source="ats",
            experience=[ExperienceInput(title="Zmaker", description="Zoltan")],
            documents=[DocumentInput(title="Zoltan Quix", text="Zoltan Quix")],
        )
        make_application(candidate=person)
        with connection.cursor() as cursor:
            cursor.execute("UPDATE candidates_candidate SET headline = 'Zmaker 2'")

        erase_candidate(candidate_id=person.pk, actor=ACTOR, erased_at=LATER)

        told = str(list(Entry.objects.exclude(part="skills.skilllabel").values_list()))
        about = [one for one in words if one in told]
        assert about == []
        assert entries(object_id=str(person.pk), action="deleted")

    def test_are_told_by_the_parts_that_changed(self):
        person = make_candidate("Bread", "Pastry", "Cakes")

        told = entries(part="candidates.candidateskill")

        assert [(one.object_id, one.withheld) for one in told] == [
            (str(person.pk), ["skills"])
        ]

    def test_are_not_told_beside_the_job_that_may_hide_them(self):
        application = make_application()

        entry = the(object_type="applications.application", action="created", part="")

        assert "candidate_id" not in (entry.after or {})
        assert (entry.after or {})["job_id"] == str(application.job_id)


class TestLog:
    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE audit_entry SET actor_name = 'x'",
            "DELETE FROM audit_entry",
            "TRUNCATE audit_entry",
            "INSERT INTO audit_entry (action, object_type, object_id, via, actor_kind,"
            " actor_name) VALUES ('created', 'x', 'x', 'sql', 'user', 'Eve')",
            "ALTER TABLE audit_entry DISABLE TRIGGER ALL",
            "DROP TRIGGER audit_only_grows ON audit_entry",
            "DROP TABLE audit_entry",
            "DROP SCHEMA public CASCADE",
            "ALTER SCHEMA public OWNER TO recruit",
            "ALTER TABLE audit_entry OWNER TO recruit",
            "CREATE OR REPLACE FUNCTION jobs_job_audit() RETURNS trigger LANGUAGE"
            " plpgsql AS 'BEGIN RETURN NULL; END'",
            "DROP FUNCTION jobs_job_audit() CASCADE",
            "SET ROLE recruit_audit",
        ],
    )
    def test_refuses_the_application_all_but_reading(self, statement):
        if not is_ours():
            pytest.skip("the role owns the log where the server is not ours")
        make_job()
        before = Entry.objects.count()

        with (
            pytest.raises(ProgrammingError, match=r"permission|owner|only grows"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)

        assert Entry.objects.count() == before

    @pytest.mark.parametrize(
        "statement",
        ["UPDATE audit_entry SET via = 'x'", "DELETE FROM audit_entry",
         "TRUNCATE audit_entry"],
    )  # fmt: skip
    def test_refuses_its_owner_too(self, statement):
        make_job()
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_get_functiondef('audit_refuse'::regproc)")
            assert "only grows" in cursor.fetchone()[0]
            cursor.execute(
                "SELECT tgtype FROM pg_trigger WHERE tgname = 'audit_only_grows'"
            )
            (kinds,) = cursor.fetchone()

        before, delete, update, truncate = 2, 8, 16, 32
        assert kinds & (before | delete | update | truncate) == 58

    def test_belongs_to_nobody_who_signs_in(self):
        if not is_ours():
            pytest.skip("the role owns the log where the server is not ours")
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT rolname, rolcanlogin FROM pg_class JOIN pg_roles r"
                " ON r.oid = relowner WHERE relname = 'audit_entry'"
            )
            assert cursor.fetchall() == [("recruit_audit", False)]
            cursor.execute(
                "SELECT rolsuper, rolcreaterole, rolbypassrls FROM pg_roles"
                " WHERE rolname = current_user"
            )
            assert cursor.fetchall() == [(False, False, False)]

    def test_loses_what_was_rolled_back(self):
        with transaction.atomic():
            make_job()
            transaction.set_rollback(True)

        assert entries(object_type="jobs.job") == []
